"""Adding a whole class of students: codes are made, or initials pasted; one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.people_class import Ui_ClassDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import people, records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.texts.counts import students_count
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context


class ClassDialog(QDialog):
    """Asks for the class; shows the codes before they are stored."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ClassDialog()
        self.ui.setupUi(self)
        self._context = context
        self._school = ChoiceBox(self.ui.schoolBox, lambda _: self._show())
        self._partnership = ChoiceBox(self.ui.partnershipBox)
        schools = choices.organisations(context, ours=False)
        self._school.offer([*schools, (None, self.tr("– none –"))])
        self._partnership.offer([(None, self.tr("– in none yet –")), *choices.partnerships(context)])
        self.ui.countSpin.setValue(24)
        self.ui.active_from.set_day(context.today())
        self._known = records.find(context.workspace, Person, archived=None)
        self.ui.class_group.textChanged.connect(lambda: self._show())
        self.ui.countSpin.valueChanged.connect(lambda: self._show())
        self.ui.namesText.textChanged.connect(lambda: self._show())
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.addButton.clicked.connect(lambda: self.store())
        self.ui.cancelButton.setAutoDefault(False)
        self.finished.connect(self.deleteLater)
        self.ui.problemLabel.hide()
        self._show()
        self.resize(520, 640)

    @property
    def names(self) -> list[str]:
        """What stands for each student."""
        pasted = people.names_of_list(self.ui.namesText.toPlainText())
        if pasted:
            return pasted
        group = self.ui.class_group.text().strip()
        taken = [one.name for one in self._known if one.organisation_id == self._school.value]
        return people.codes(group, self.ui.countSpin.value(), taken)

    def store(self) -> None:
        """Add the class, or say what is wrong."""
        new = people.NewClass(
            class_group=self.ui.class_group.text().strip(),
            names=self.names,
            organisation_id=self._school.value,
            partnership_id=self._partnership.value,
            role=self.ui.roleLine.text().strip(),
            active_from=self.ui.active_from.day,
        )
        try:
            added = people.add_class(self._context.workspace, new)
        except CoCivicError as error:
            self.ui.problemLabel.setText(sentence(error))
            self.ui.problemLabel.show()
            return
        self._context.notify(
            self.tr("Added: {students}. Ctrl+Z takes it back.").format(students=students_count(len(added)))
        )
        self.accept()

    def _show(self) -> None:
        """Say who would be added."""
        self.ui.problemLabel.hide()
        pasted = bool(people.names_of_list(self.ui.namesText.toPlainText()))
        self.ui.countSpin.setEnabled(not pasted)
        names = self.names
        shown = ", ".join(names) if len(names) < 5 else ", ".join([*names[:3], "…", names[-1]])
        self.ui.previewLabel.setText(shown)
        self.ui.addButton.setText(self.tr("Add {students}").format(students=students_count(len(names))))
        self.ui.addButton.setEnabled(bool(names))
