"""Selection of participants: applications, scores by criteria, ranking and decision."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from cocivic_desktop._generated.forms.special_selection import Ui_SpecialSelection
from cocivic_desktop.domain.model_parts import Candidate, Selection
from cocivic_desktop.library.special_parts import LEAST_SCORE, MOST_SCORE, selection_criteria, source
from cocivic_desktop.services import model_parts
from cocivic_desktop.services.model_parts import Ranked
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.goals.special.base import SpecialPart
from cocivic_desktop.ui.pages.part import begin_with
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import number_text
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.criteria_grid import Criterion
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SelectionPart(SpecialPart):
    """The ranking at the left; the chosen application with its scores and decision at the right."""

    paired = Signal(object)
    """The id of a fellowship that was begun here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SpecialSelection()
        self.ui.setupUi(self)
        self._ranked: dict[UUID, Ranked] = {}
        self.set_list(
            self.ui.candidates,
            ListSetup(
                cls=Candidate,
                key="candidates",
                title=self.tr("Participants"),
                add_text=self.tr("Add application"),
                columns=[
                    Column("rank", self.tr("Rank"), lambda one: self._ranked[one.id].rank, width=52),
                    Column("name", self.tr("Who"), lambda one: self._ranked[one.id].name),
                    Column("decision", self.tr("Decision"), lambda one: Chip.of(one.selection), width=108),
                ],
                find=self._find,
                new=self._new,
                sortable=False,
                empty_title=self.tr("No applications yet"),
                empty_text=self.tr(
                    "Those who want to take part stand here with initials or a code; names are not needed. The same "
                    "criteria for everybody make a decision that can be explained."
                ),
            ),
            RecordForm(context, Candidate, self.ui.detail),
            self.ui.detailCard,
        )
        begin_with(self.list, self.form, "label")
        self._selection = ChoiceBox(self.ui.selectionChoice, self._choose)
        self._selection.offer(choices.enum_choices(Selection))
        self.ui.criteria.offer(
            [
                Criterion(one.code, one.text, self.tr("1: {low} · 5: {high}").format(low=one.low, high=one.high))
                for one in selection_criteria(context.language)
            ],
            [(value, str(value)) for value in range(LEAST_SCORE, MOST_SCORE + 1)],
        )
        self.ui.criteria.answered.connect(self._score)
        self.ui.sourceLabel.setText(self.tr("Source: {source}").format(source=source("selection", context.language)))
        self.ui.pairButton.clicked.connect(lambda: self._pair_up())
        self.list.selected.connect(self._show_candidate)
        self.ui.parts.tabBar().setDrawBase(False)
        self.ui.split.setSizes([366, 454])

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose an application; one that is not rated is turned to its scores, another to the decision."""
        super().open_item(section, item)
        candidate: Candidate | None = self.form.record
        if item is not None and candidate is not None:
            self.ui.parts.setCurrentIndex(1 if not candidate.scores else 2)
            box = next(iter(self.ui.criteria.boxes.values())) if not candidate.scores else self.ui.selectionChoice
            box.setFocus()

    def _find(self, archived: bool) -> list[Candidate]:
        found = model_parts.ranking(self.context.workspace, self.partnership, archived=None if archived else False)
        self._ranked = {one.id: one for one in found}
        return [one.candidate for one in found]

    def _new(self) -> Candidate:
        number = len(self.records_of(Candidate, True)) + 1
        return Candidate(
            partnership_id=self.partnership,
            label=self.tr("Applicant {number}").format(number=number),
            applied_on=self.context.today(),
        )

    def _show_candidate(self, candidate: Candidate | None) -> None:
        if candidate is None:
            return
        self._selection.show(candidate.selection)
        self.ui.criteria.show_answers(candidate.scores)
        one = self._ranked.get(candidate.id)
        if one is None or one.mean is None:
            self.ui.meanLabel.setText(self.tr("Not rated yet"))
        else:
            text = self.tr("Mean {mean} · {scored} of {all} criteria rated")
            self.ui.meanLabel.setText(
                text.format(mean=number_text(round(one.mean, 1)), scored=one.scored, all=one.criteria)
            )

    def _score(self, code: str, value: int | None) -> None:
        if self.form.record is not None:
            self.context.attempt(model_parts.score, self.context.workspace, self.form.record.id, code, value)

    def _choose(self, selection: Selection) -> None:
        if self.form.record is not None:
            context = self.context
            context.attempt(model_parts.choose, context.workspace, self.form.record.id, selection, context.today())

    def _pair_up(self) -> None:
        if self.form.record is None or not self.form.flush():
            return
        begun = self.context.attempt(model_parts.pair_up, self.context.workspace, self.form.record.id)
        if begun is not None:
            self.paired.emit(begun[0].id)
