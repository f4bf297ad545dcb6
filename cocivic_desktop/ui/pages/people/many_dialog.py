"""One thing for several people at once: another class, a role in a partnership, or their last day."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.people_many import Ui_ManyDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.services import people
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.texts.counts import people_count
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context


class Many(StrEnum):
    """What is set."""

    CLASS = "class"
    ROLE = "role"
    LEFT = "left"


class ManyDialog(QDialog):
    """Asks for the value and stores it for all, as one step of undo."""

    def __init__(self, context: Context, ids: Sequence[UUID], what: Many, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ManyDialog()
        self.ui.setupUi(self)
        self._context, self._ids, self._what = context, list(ids), what
        self._partnership = ChoiceBox(self.ui.partnershipBox)
        self._partnership.offer(choices.partnerships(context))
        self.ui.day.set_day(context.today())
        title = {
            Many.CLASS: self.tr("Class or group of {people}"),
            Many.ROLE: self.tr("A role for {people}"),
            Many.LEFT: self.tr("Last day of {people}"),
        }[what]
        self.ui.titleLabel.setText(title.format(people=people_count(len(ids))))
        self.ui.goButton.setText(self.tr("Set for all"))
        rows = {
            Many.CLASS: (self.ui.classLine,),
            Many.ROLE: (self.ui.partnershipBox, self.ui.roleLine),
            Many.LEFT: (self.ui.day,),
        }
        for kind, widgets in rows.items():
            for widget in widgets:
                self.ui.fieldsLayout.setRowVisible(widget, kind is what)
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.cancelButton.setAutoDefault(False)
        self.ui.goButton.clicked.connect(lambda: self.go())
        self.ui.goButton.setEnabled(what is not Many.ROLE or self._partnership.value is not None)
        self.finished.connect(self.deleteLater)
        self.ui.problemLabel.hide()
        self.resize(420, 200)

    def go(self) -> None:
        """Store it for all."""
        workspace, ids = self._context.workspace, self._ids
        try:
            if self._what is Many.CLASS:
                people.set_class(workspace, ids, self.ui.classLine.text())
            elif self._what is Many.ROLE:
                people.add_to_partnership(workspace, ids, self._partnership.value, self.ui.roleLine.text())
            else:
                people.end(workspace, ids, self.ui.day.day or self._context.today())
        except CoCivicError as error:
            self.ui.problemLabel.setText(sentence(error))
            self.ui.problemLabel.show()
            return
        self._context.notify(self.tr("Set for {people}. Ctrl+Z takes it back.").format(people=people_count(len(ids))))
        self.accept()
