"""Common ground of our themes and the school's objectives: where shared goals come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal

from cocivic_desktop._generated.forms.goals_overlaps import Ui_GoalsOverlaps
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Overlap, Partnership
from cocivic_desktop.services import overlaps, records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.part import ChoiceBox, StagePart
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox, QWidget

TONES = ("neutral", "accent", "good")


class OverlapsPart(StagePart):
    """Pairs of a theme of ours and an objective of the school; what is strong becomes a goal."""

    goal_added = Signal(object)
    """The id of a goal that was made of common ground."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_GoalsOverlaps()
        self.ui.setupUi(self)
        self.form = RecordForm(context, Overlap, self.ui.detail)
        self._strength = ChoiceBox(self.ui.strengthChoice, lambda value: self._change(strength=value))
        self._strength.offer([(0, self.tr("none yet")), (1, self.tr("some")), (2, self.tr("strong"))])
        self._typed: dict[str, QComboBox] = {"theme": self.ui.themeChoice, "objective": self.ui.objectiveChoice}
        for name, box in self._typed.items():
            box.activated.connect(lambda number, name=name: self._store_typed(name))
            line = box.lineEdit()
            if line is not None:
                line.editingFinished.connect(lambda name=name: self._store_typed(name))
        self.ui.overlaps.setup(
            context,
            ListSetup(
                cls=Overlap,
                key="overlaps",
                title=self.tr("Common ground"),
                add_text=self.tr("Add pair"),
                columns=[
                    Column("theme", self.tr("Our theme"), lambda one: one.theme, width=140),
                    Column("objective", self.tr("The school's objective"), lambda one: one.objective),
                    Column("strength", self.tr("Common"), self._strength_chip, width=92),
                ],
                find=self._find,
                new=self._new,
                empty_title=self.tr("Where do both of you want the same?"),
                empty_text=self.tr(
                    "Lay one of your themes beside one of the school's objectives and say what they have in common. "
                    "Strong pairs are where shared goals come from."
                ),
            ),
        )
        self.ui.overlaps.attach(self.form, self.ui.detailScroll)
        self.ui.overlaps.selected.connect(self._show)
        self.ui.goalButton.clicked.connect(lambda: self.make_goal())
        self.ui.split.setSizes([490, 330])

    def reload(self) -> None:
        """Read the pairs, and what both sides have said of themselves."""
        workspace = self.context.workspace
        partnership = records.get(workspace, Partnership, self.partnership)
        ours = next(iter(records.find(workspace, Organisation, is_ours=True)), None)
        school = next(iter(records.find(workspace, Organisation, archived=None, id=partnership.school_id)), None)
        self._offer(self.ui.themeChoice, ours.focus_themes if ours is not None else [])
        self._offer(self.ui.objectiveChoice, school.objectives if school is not None else [])
        self.ui.overlaps.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select a pair."""
        if item is not None:
            self.ui.overlaps.select(item)

    def make_goal(self) -> None:
        """Make a shared goal of the pair that is shown, and go there."""
        overlap: Overlap | None = self.form.record
        if overlap is None or not self.form.flush():
            return
        statement = self.tr("New goal: {theme}").format(theme=overlap.theme)
        made = self.context.attempt(overlaps.goal_from_overlap, self.context.workspace, overlap.id, statement)
        if made is not None:
            self.goal_added.emit(made[0].id)

    def _offer(self, box: QComboBox, texts: list[str]) -> None:
        if [box.itemText(number) for number in range(box.count())] != texts:
            typed = box.currentText()
            box.clear()
            box.addItems(texts)
            box.setEditText(typed)

    def _show(self, overlap: Overlap | None) -> None:
        if overlap is None:
            return
        for name, box in self._typed.items():
            line = box.lineEdit()
            if line is None or not (line.hasFocus() and line.isModified()):
                box.setEditText(getattr(overlap, name))
                if line is not None:
                    line.setCursorPosition(0)
        self._strength.show(overlap.strength)

    def _store_typed(self, name: str) -> None:
        self._change(**{name: self._typed[name].currentText().strip()})

    def _change(self, **fields: Any) -> None:
        overlap = self.form.record
        if overlap is not None and any(getattr(overlap, name) != value for name, value in fields.items()):
            self.context.attempt(records.change, self.context.workspace, Overlap, overlap.id, **fields)

    def _find(self, archived: bool) -> list[Overlap]:
        found = records.find(
            self.context.workspace, Overlap, archived=None if archived else False, partnership_id=self.partnership
        )
        return sorted(found, key=lambda one: (-one.strength, one.created_at))

    def _new(self) -> Overlap:
        theme, objective = self.ui.themeChoice.itemText(0), self.ui.objectiveChoice.itemText(0)
        return Overlap(partnership_id=self.partnership, theme=theme, objective=objective)

    def _strength_chip(self, overlap: Overlap) -> Chip:
        words = (self.tr("none yet"), self.tr("some"), self.tr("strong"))
        return Chip(words[overlap.strength], TONES[overlap.strength])
