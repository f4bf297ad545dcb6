"""Two people who are one: what is taken from where is shown, each field can be decided, and it is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.people_merge import Ui_MergeDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.services import people_merge
from cocivic_desktop.services.people_merge import FieldChoice, Merge
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.texts.actions import kind_word
from cocivic_desktop.ui.texts.people import field_word, value_text
from cocivic_desktop.ui.widgets.chip_delegate import ChoiceDelegate
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context


class MergeDialog(QDialog):
    """With two ids it merges those; without, it goes through all who may stand twice."""

    def __init__(self, context: Context, parent: QWidget | None = None, pair: tuple[UUID, UUID] | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_MergeDialog()
        self.ui.setupUi(self)
        self._context = context
        self._fixed = pair
        self._merge: Merge | None = None
        self._pairs = ChoiceBox(self.ui.pairBox, lambda found: self._take(found))
        self.model: RecordTableModel[FieldChoice] = RecordTableModel(self._columns(), self)
        dress_records(self.ui.fieldsTable, self.model, self.model.columns)
        offered = self.model.columns[3].choices
        if offered is not None:
            self.ui.fieldsTable.setItemDelegateForColumn(3, ChoiceDelegate(offered, self.ui.fieldsTable))
        self.ui.fieldsTable.setAccessibleName(self.tr("What is taken from where"))
        for shown in (self.ui.pairWord, self.ui.pairBox):
            shown.setVisible(pair is None)
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.mergeButton.clicked.connect(lambda: self.store())
        self.ui.swapButton.clicked.connect(lambda: self._swap())
        for button in (self.ui.cancelButton, self.ui.swapButton):
            button.setAutoDefault(False)
        self.finished.connect(self.deleteLater)
        self.ui.problemLabel.hide()
        self._look()
        self.resize(820, 620)

    def store(self) -> None:
        """Merge the pair that is shown; then go on to the next, or close."""
        if self._merge is None:
            return
        taken = {one.name: one.from_other for one in self._merge.fields}
        name = self._merge.keep.name
        try:
            people_merge.merge(self._context.workspace, self._merge.keep.id, self._merge.other.id, taken)
        except CoCivicError as error:
            self._say_problem(sentence(error))
            return
        self._context.notify(self.tr("{name} is one person now. Ctrl+Z takes it back.").format(name=name))
        if self._fixed is not None:
            self.accept()
        else:
            self._look()

    def _look(self) -> None:
        """Show the pair, or the first of those who may be one."""
        if self._fixed is not None:
            self._take(self._fixed)
            return
        found = people_merge.twins(self._context.workspace)
        sure, alike = self.tr("{first} = {second}"), self.tr("{first} ≈ {second}: only similar, a question")
        self._pairs.offer(
            [
                (
                    (one.first.id, one.second.id),
                    (sure if one.sure else alike).format(first=one.first.name, second=one.second.name),
                )
                for one in found
            ]
        )
        for shown in (self.ui.pairWord, self.ui.pairBox):
            shown.setVisible(bool(found))
        self._take(self._pairs.value)

    def _take(self, pair: tuple[UUID, UUID] | None) -> None:
        self._say_problem("")
        self._merge = None
        if pair is not None:
            try:
                self._merge = people_merge.preview(self._context.workspace, *pair)
            except CoCivicError as error:
                self._say_problem(sentence(error))
        self._show()

    def _swap(self) -> None:
        if self._merge is not None:
            self._take((self._merge.other.id, self._merge.keep.id))

    def _show(self) -> None:
        merge = self._merge
        for widget in (self.ui.mergeButton, self.ui.swapButton):
            widget.setEnabled(merge is not None)
        self.model.set_rows([one for one in merge.fields if one.kept or one.other] if merge is not None else [])
        self.ui.fieldsTable.setEnabled(merge is not None)
        if merge is None:
            self.ui.introLabel.setText(self.tr("Nobody stands twice in the list, as far as names and addresses tell."))
            self.ui.followsLabel.clear()
            return
        text = self.tr("{keep} stays. Everything of {other} goes over to {keep}; then {other} is deleted.")
        self.ui.introLabel.setText(text.format(keep=self._named(merge.keep), other=self._named(merge.other)))
        follows = ", ".join(f"{count} × {kind_word(kind)}" for kind, count in merge.follows.items())
        doubled = ", ".join(f"{count} × {kind_word(kind)}" for kind, count in merge.doubled.items())
        lines = [self.tr("Goes over: {what}.").format(what=follows or self.tr("nothing"))]
        if doubled:
            lines.append(self.tr("Both have it, one is kept: {what}.").format(what=doubled))
        self.ui.followsLabel.setText("\n".join(lines))

    def _columns(self) -> list[Column[FieldChoice]]:
        return [
            Column("field", self.tr("Field"), lambda one: field_word(one.name), width=130),
            Column("kept", self.tr("Who stays"), lambda one: self._value(one, one.kept), strong=True),
            Column("other", self.tr("The other"), lambda one: self._value(one, one.other)),
            Column(
                "taken",
                self.tr("Taken from"),
                lambda one: Chip(
                    self._side(one.from_other) if one.kept != one.other else self.tr("both say this"),
                    "warning" if one.differs else "neutral",
                ),
                width=150,
                change=self._decide,
                choices=lambda: [(side, self._side(side)) for side in (False, True)],
                tip=lambda one: self.tr("Both say something: please look") if one.differs else "",
            ),
        ]

    def _side(self, from_other: bool) -> str:
        return self.tr("the other") if from_other else self.tr("who stays")

    def _decide(self, one: FieldChoice, from_other: Any) -> None:
        one.from_other = bool(from_other)
        self.model.set_rows(list(self.model.rows))

    def _value(self, one: FieldChoice, value: Any) -> str:
        if one.name == "organisation_id":
            return choices.name_of(self._context, Organisation, value)
        return value_text(value)

    def _named(self, person: Person) -> str:
        place = choices.name_of(self._context, Organisation, person.organisation_id)
        return f"“{person.name}” ({place})" if place else f"“{person.name}”"

    def _say_problem(self, text: str) -> None:
        self.ui.problemLabel.setText(text)
        self.ui.problemLabel.setVisible(bool(text))
