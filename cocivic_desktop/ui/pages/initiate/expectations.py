"""What the three sides expect and offer, and how mismatches are solved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy

from cocivic_desktop._generated.forms.initiate_expectations import Ui_InitiateExpectations
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind, MatchState
from cocivic_desktop.services import records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.part import ChoiceBox, StagePart, wrap_lines
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import capital, word
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

EVERYTHING, MISMATCHES = "everything", "mismatches"
SIDES = tuple(Side)


class ExpectationsPart(StagePart):
    """The list at the left (of all sides, of one, or mismatches only), the chosen entry at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_InitiateExpectations()
        self.ui.setupUi(self)
        self._all: list[Expectation] = []
        self.form = RecordForm(
            context, Expectation, self.ui.detail, choices={"matched_with_id": lambda: self._counterparts()}
        )
        self._shown = ChoiceBox(self.ui.sideChoice, lambda value: self._fill())
        self._setup = ListSetup(
            cls=Expectation,
            key="expectations",
            title=self.tr("Expectations and offers"),
            add_text=self.tr("Add expectation"),
            columns=[
                Column("side", self.tr("Who"), self._who, width=112),
                Column("text", self.tr("What"), lambda one: one.text, tip=lambda one: one.text),
                Column("state", self.tr("State"), lambda one: Chip.of(one.state), width=92),
            ],
            find=self._find,
            new=self._new,
            empty_title=self.tr("Nothing written down yet"),
            empty_text=self.tr(
                "Differing expectations are the second most frequent reason for failing. Write down in a sentence each "
                "what every side expects and what it offers; then look for what does not fit."
            ),
        )
        self.ui.expectations.setup(context, self._setup)
        wrap_lines(self.ui.expectations)
        self.ui.expectations.attach(self.form, self.ui.detailScroll)
        self.ui.expectations.selected.connect(self._explain)
        self.ui.mismatchLabel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ui.resolveButton.clicked.connect(lambda: self.resolve())
        self.ui.split.setSizes([440, 382])

    def reload(self) -> None:
        """Read all expectations and show those that are asked for."""
        self._all = records.find(
            self.context.workspace, Expectation, archived=None, order="position", partnership_id=self.partnership
        )
        living = [one for one in self._all if not one.archived]
        mismatches = sum(one.state is MatchState.MISMATCHED for one in living)
        self._shown.offer(
            [
                (EVERYTHING, self.tr("Everything ({count})").format(count=len(living))),
                *((side.value, f"{capital(word(side))} ({sum(one.side is side for one in living)})") for side in SIDES),
                (MISMATCHES, self.tr("Mismatches ({count})").format(count=mismatches)),
            ]
        )
        self.ui.mismatchLabel.setText(self.tr("Mismatches to solve: {count}").format(count=mismatches))
        self.ui.mismatchLabel.setVisible(bool(mismatches))
        self._fill()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select an expectation and go to where its mismatch is solved, or add one of a side that has none."""
        if item is not None:
            self._shown.show(EVERYTHING)
            self._fill()
            self.ui.expectations.select(item)
            self.form.focus("resolution")
            return
        silent = [side for side in SIDES if not any(one.side is side and not one.archived for one in self._all)]
        self._shown.show(silent[0].value if silent else EVERYTHING)
        self._fill()
        empty = self.ui.expectations.empty.action_button
        (empty if empty.isVisible() else self.ui.expectations.table).setFocus()

    def resolve(self) -> None:
        """The mismatch is solved: say so, when it is written down how."""
        record = self.form.record
        if record is None or not self.form.flush():
            return
        stored = records.get(self.context.workspace, Expectation, record.id)
        if not stored.resolution.strip():
            self.ui.hintLabel.setText(self.tr("First write down how it is solved: the agreement will refer to it."))
            self.form.focus("resolution")
            return
        self.context.attempt(records.change, self.context.workspace, Expectation, record.id, state=MatchState.RESOLVED)

    def _fill(self) -> None:
        side = self._side()
        self._setup.ordered = side is not None
        self.ui.expectations.reload()

    def _who(self, one: Expectation) -> str:
        """Side and kind in two words."""
        expects = one.kind is ExpectationKind.EXPECTS
        return {
            Side.CSO: self.tr("We expect") if expects else self.tr("We offer"),
            Side.SCHOOL: self.tr("School expects") if expects else self.tr("School offers"),
            Side.LEARNERS: self.tr("Learners expect") if expects else self.tr("Learners offer"),
        }[one.side]

    def _side(self) -> Side | None:
        value = self._shown.value
        return Side(value) if value in set(Side) else None

    def _find(self, archived: bool) -> list[Expectation]:
        side, shown = self._side(), self._shown.value
        found = [one for one in self._all if archived or not one.archived]
        if side is not None:
            return [one for one in found if one.side is side]
        if shown == MISMATCHES:
            found = [one for one in found if one.state is MatchState.MISMATCHED]
        return sorted(found, key=lambda one: SIDES.index(one.side))

    def _new(self) -> Expectation:
        current = self.ui.expectations.current
        side = self._side() or (current.side if current is not None else Side.CSO)
        kind = current.kind if current is not None else ExpectationKind.EXPECTS
        state = MatchState.MISMATCHED if self._shown.value == MISMATCHES else MatchState.OPEN
        made = Expectation(
            partnership_id=self.partnership, side=side, kind=kind, state=state, text=self.tr("New expectation")
        )
        self._all.append(made)
        return made

    def _counterparts(self) -> list[tuple[Any, str]]:
        """Other entries that may answer the one that is shown."""
        record = self.form.record
        return [
            (one.id, f"{capital(word(one.side))}: {one.text}")
            for one in self._all
            if not one.archived and (record is None or one.id != record.id)
        ]

    def _explain(self, record: Expectation | None) -> None:
        mismatch = record is not None and record.state is MatchState.MISMATCHED
        self.ui.hintLabel.setVisible(mismatch)
        self.ui.resolveButton.setVisible(mismatch)
        self.ui.hintLabel.setText(
            self.tr("A mismatch may stay a difference, as long as both sides know how they deal with it.")
        )
