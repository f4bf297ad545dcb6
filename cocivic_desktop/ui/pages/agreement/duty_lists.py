"""The lists of what both sides promise: commitments, routines, contributions in kind, costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from cocivic_desktop.domain.agreements import (
    Agreement,
    Commitment,
    CommitmentUnit,
    CommunicationRoutine,
    FundingItem,
    Resource,
    ResourceKind,
    Responsibility,
    ResponsibilityPart,
    RoutineKind,
)
from cocivic_desktop.domain.base import Entity, Side
from cocivic_desktop.domain.rules.duties import Duty
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import agreement_tables, records
from cocivic_desktop.ui.choices import Choices, enum_choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.texts.formats import minutes_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup

Find = Callable[[type[Entity], bool], list[Any]]
Owner = Callable[[], Agreement | None]


class DutyLists(QObject):
    """Makes the setups of the five lists. `owner` gives the agreement shown, `find` the records of a class."""

    def __init__(self, context: Context, owner: Owner, find: Find, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._owner, self._find = context, owner, find
        self._words = labels(context.language)

    def areas(self) -> Choices:
        """Areas of the responsibility matrix by name, and none."""
        found = self._words.section("area")
        return [("", "–"), *sorted(found.items(), key=lambda item: item[1])]

    def letters(self) -> dict[str, ResponsibilityPart]:
        """The letters that choose a part in the matrix: those of the document's legend, and "-" for no part."""
        short = self._words.section("part_short")
        return {short[part].upper().replace("–", "-"): part for part in ResponsibilityPart}

    def matrix(self) -> ListSetup:
        """Every cell is edited in place."""
        change = self._change(Responsibility)

        def parts() -> Choices:
            return enum_choices(ResponsibilityPart)

        return ListSetup(
            cls=Responsibility,
            key="responsibilities",
            title=self.tr("Who does what"),
            columns=[
                Column("task", self.tr("Task"), change=change("task")),
                Column(
                    "area",
                    self.tr("Area"),
                    self._area,
                    width=150,
                    change=change("area"),
                    choices=self.areas,
                ),
                Column(
                    "cso",
                    self.tr("We"),
                    width=110,
                    change=change("cso"),
                    choices=parts,
                ),
                Column(
                    "school",
                    self.tr("School"),
                    width=110,
                    change=change("school"),
                    choices=parts,
                ),
                Column(
                    "by_when",
                    self.tr("By when"),
                    width=170,
                    change=change("by_when"),
                ),
            ],
            find=lambda archived: self._find(Responsibility, archived),
            new=lambda: self._new(Responsibility, task=self.tr("New task")),
            add_text=self.tr("Task"),
            empty_title=self.tr("Nobody has a task yet"),
            empty_text=self.tr(
                "Say who leads, who supports and who is informed: materials, reports, rooms, transport.",
            ),
            ordered=True,
        )

    def commitments(self) -> ListSetup:
        """Time promised."""
        change = self._change(Commitment)
        return ListSetup(
            cls=Commitment,
            key="commitments",
            title=self.tr("Time promised, for all people together"),
            columns=[
                Column(
                    "side", self.tr("Side"), width=124,
                    change=change("side"), choices=lambda: enum_choices(Side),
                ),
                Column("role", self.tr("Role"), change=change("role")),
                Column("minutes", self.tr("Time"), lambda row: minutes_text(row.minutes), width=90, right=True),
                Column(
                    "unit", self.tr("Per"), width=148,
                    change=change("unit"), choices=lambda: enum_choices(CommitmentUnit),
                ),
            ],
            find=lambda archived: self._find(Commitment, archived),
            new=lambda: self._new(Commitment, minutes=60),
            add_text=self.tr("Promise"),
            empty_title=self.tr("No time promised yet"),
            empty_text=self.tr(
                "Lack of time is the first barrier (63.6 % of organisations). Write down what each side can give, "
                "counting all people of a role together."
            ),
            ordered=True,
        )  # fmt: skip

    def routines(self, standing: Callable[[CommunicationRoutine], Chip]) -> ListSetup:
        """Meetings and reports; `standing` says how one stands."""
        change = self._change(CommunicationRoutine)
        return ListSetup(
            cls=CommunicationRoutine,
            key="routines",
            title=self.tr("Meetings and reports"),
            columns=[
                Column("title", self.tr("What"), change=change("title")),
                Column(
                    "rhythm",
                    self.tr("How often"),
                    lambda row: agreement_tables.rhythm_text(row, self._words),
                    width=150,
                ),
                Column("standing", self.tr("In the calendar"), standing, width=130),
            ],
            find=lambda archived: self._find(CommunicationRoutine, archived),
            new=lambda: self._new(
                CommunicationRoutine, title=choice_word(RoutineKind.CHECK_IN), kind=RoutineKind.CHECK_IN
            ),
            add_text=self.tr("Routine"),
            empty_title=self.tr("No meetings or reports yet"),
            empty_text=self.tr(
                "A steering meeting per term, a short check-in every few weeks, a report at the end: each becomes a "
                "duty that is planned with one click and counted.",
            ),
            ordered=True,
        )

    def resources(self) -> ListSetup:
        """Contributions in kind."""
        change = self._change(Resource)
        return ListSetup(
            cls=Resource,
            key="resources",
            title=self.tr("What each side brings"),
            columns=[
                Column("title", self.tr("What"), change=change("title")),
                Column(
                    "kind", self.tr("Kind"), width=110,
                    change=change("kind"), choices=lambda: enum_choices(ResourceKind),
                ),
                Column(
                    "provided_by", self.tr("Provided by"), width=140,
                    change=change("provided_by"), choices=lambda: enum_choices(Side),
                ),
                Column("quantity", self.tr("Quantity"), width=110, change=change("quantity")),
            ],
            find=lambda archived: self._find(Resource, archived),
            new=lambda: self._new(Resource, title=self.tr("New contribution")),
            add_text=self.tr("Contribution"),
            empty_title=self.tr("Nothing in kind yet"),
            empty_text=self.tr("Rooms, tools, material, transport: what is written down is there on the day."),
            ordered=True,
        )  # fmt: skip

    def funding(self) -> ListSetup:
        """Costs and who bears them."""
        change = self._change(FundingItem)
        return ListSetup(
            cls=FundingItem,
            key="funding",
            title=self.tr("Costs"),
            columns=[
                Column("title", self.tr("What for"), change=change("title")),
                Column("amount", self.tr("Amount"), self._amount, width=120, right=True),
                Column(
                    "paid_by", self.tr("Paid by"), width=140,
                    change=change("paid_by"), choices=lambda: enum_choices(Side),
                ),
            ],
            find=lambda archived: self._find(FundingItem, archived),
            new=lambda: self._new(FundingItem, title=self.tr("New cost")),
            add_text=self.tr("Cost"),
            empty_title=self.tr("No costs yet"),
            empty_text=self.tr(
                "Where money is involved: write down how much, what for and who pays, before it is spent."
            ),
            ordered=True,
        )  # fmt: skip

    def standing_chip(self, duty: Duty | None) -> Chip:
        """A routine's state: planned, to be planned, behind."""
        if duty is None or duty.promised is None:
            return Chip("")
        if duty.held >= duty.promised:
            return Chip(self.tr("kept"), "good")
        if duty.behind:
            return Chip(self.tr("behind: {count}").format(count=duty.behind), "bad")
        if duty.missing:
            return Chip(self.tr("to plan: {count}").format(count=duty.missing), "warning")
        return Chip(self.tr("planned"), "good")

    def clause_choices(self, titles: Callable[[], list[tuple[UUID, str]]]) -> Callable[[], Choices]:
        """Clauses to choose from; None stands for the usual one."""
        return lambda: [(None, self.tr("the usual one")), *titles()]

    def _amount(self, row: FundingItem) -> str | Chip:
        text = agreement_tables.money_text(row.amount_cents, row.currency, self._words)
        return text or Chip(self.tr("open"), "warning")

    def _area(self, row: Responsibility) -> str:
        return self._words.get(f"area.{row.area}", row.area)

    def _new(self, cls: type[Any], **values: Any) -> Any:
        agreement = self._owner()
        return cls(agreement_id=agreement.id, **values) if agreement is not None else None

    def _change(self, cls: type[Entity]) -> Callable[[str], Callable[[Entity, Any], object]]:
        context = self._context

        def of_field(name: str) -> Callable[[Entity, Any], object]:
            def store(row: Entity, value: Any) -> object:
                text = value.strip() if isinstance(value, str) and type(value) is str else value
                return context.attempt(records.change, context.workspace, cls, row.id, **{name: text})

            return store

        return of_field
