"""What both sides promise, in five tables: tasks, time, meetings and reports, contributions in kind, money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop._generated.forms.agreement_duties import Ui_AgreementDuties
from cocivic_desktop.domain.agreements import (
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    Responsibility,
)
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.drafting import NEGOTIABLE
from cocivic_desktop.domain.rules.duties import Duty
from cocivic_desktop.domain.rules.feasibility import Verdict
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import agreement_tables, duties, records
from cocivic_desktop.services.drafts import wording
from cocivic_desktop.services.traceability import Standings
from cocivic_desktop.services.verdict_words import sentence
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.pages.agreement.duty_lists import DutyLists
from cocivic_desktop.ui.pages.agreement.figures import Figures
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.pages.part import fit_width, names_of
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.grid_keys import GridKeys
from cocivic_desktop.ui.widgets.tables import set_row_height

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

    from cocivic_desktop.services.duties import Proposal
    from cocivic_desktop.ui.widgets.record_list import RecordList

ROOM = 820
"""Width of the page in a window of 1366 pixels with the guidance beside it."""
TWO_LINES = 46
"""Height of a row in which a text may take two lines."""
_PARTS = (2, 3)
"""Columns of the matrix in which a letter chooses a part."""


class DutiesSection(Section):
    """The tables feed the document, the calendar and the hour budget. One is seen at a time."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementDuties()
        self.ui.setupUi(self)
        ui = self.ui
        self._locked = False
        self._duties: dict[UUID, Duty] = {}
        self._verdicts: dict[UUID, Verdict] = {}
        self.figures = Figures(context, self._show_figures)
        lists = self.lists = DutyLists(context, lambda: self.draft.agreement if self.draft else None, self._find, self)
        ui.responsibilities.setup(context, lists.matrix())
        ui.responsibilities.added.connect(lambda _: self._edit_task())
        letters = lists.letters()
        self.grid_keys = GridKeys(
            ui.responsibilities.table,
            dict.fromkeys(_PARTS, letters),
            lambda row, column, part: self._set(row, column, part),
        )
        ui.legend.setText(self._legend())
        self._lists: dict[str, tuple[RecordList, QPushButton]] = {
            "responsibilities": (ui.responsibilities, ui.matrixButton),
            "commitments": (ui.commitments, ui.timeButton),
            "routines": (ui.routines, ui.routineButton),
            "resources": (ui.resources, ui.kindButton),
            "funding": (ui.funding, ui.moneyButton),
        }
        ui.commitments.setup(context, lists.commitments())
        ui.routines.setup(context, lists.routines(self._standing))
        ui.resources.setup(context, lists.resources())
        ui.funding.setup(context, lists.funding())
        for tall in (ui.responsibilities, ui.routines, ui.funding):
            set_row_height(tall.table, TWO_LINES)
        clauses = {"clause_id": lists.clause_choices(self._clauses)}
        self.commitment_form = self._form(Commitment, ui.commitmentForm, "c_", clauses)
        self.routine_form = self._form(
            CommunicationRoutine,
            ui.routineForm,
            "m_",
            {
                **clauses,
                "person_cso_id": lambda: self._people(ours=True),
                "person_school_id": lambda: self._people(ours=False),
            },
        )
        self.resource_form = self._form(Resource, ui.resourceForm, "k_", clauses)
        self.funding_form = self._form(FundingItem, ui.fundingForm, "f_", clauses)
        for table, form, area, split, width in (
            (ui.commitments, self.commitment_form, ui.commitmentArea, ui.timePageSplit, 528),
            (ui.routines, self.routine_form, ui.routineArea, ui.routinePageSplit, 452),
            (ui.resources, self.resource_form, ui.resourceArea, ui.kindPageSplit, 490),
            (ui.funding, self.funding_form, ui.fundingArea, ui.moneyPageSplit, 490),
        ):
            table.attach(form, area)
            split.setSizes([width, ROOM - width])
        for number, (_, button) in enumerate(self._lists.values()):
            button.toggled.connect(lambda on, number=number: self._turn_to(number) if on else None)
        ui.commitments.selected.connect(lambda _: self._say_verdict())
        ui.routines.selected.connect(lambda _: self._say_duty())
        self._say_planned("")
        ui.planButton.clicked.connect(lambda: self.plan())
        ui.showButton.clicked.connect(lambda: self._show_in_calendar())

    def reload(self) -> None:
        """Show the tables anew; the figures follow."""
        self._lock(self.draft is not None and self.draft.agreement.state not in NEGOTIABLE)
        for table, _ in self._lists.values():
            table.reload()
        for area in (self.ui.commitmentArea, self.ui.routineArea, self.ui.resourceArea, self.ui.fundingArea):
            fit_width(area)
        self._say_totals()
        self._say_verdict()
        self._say_duty()
        if self.draft is not None:
            self.figures.ask(self.draft)

    def _lock(self, locked: bool) -> None:
        """What was signed is only shown; who comes to a meeting may change, and its dates are still planned."""
        self._locked = locked
        ui = self.ui
        for table, _ in self._lists.values():
            table.set_locked(locked)
        for form in (self.commitment_form, self.routine_form, self.resource_form, self.funding_form):
            for name, field in form.fields.items():
                field.widget.setEnabled(not locked or name in ("person_cso_id", "person_school_id"))
        ui.settled.setVisible(locked)
        ui.legend.setVisible(not locked)

    def turn_to(self, section: str) -> None:
        """Bring up one of the tables by its name: responsibilities, commitments, routines, resources, funding."""
        if section in self._lists:
            self._lists[section][1].setChecked(True)

    def select(self, record_id: UUID) -> bool:
        """Select a row in whichever table has it."""
        for section, (table, _) in self._lists.items():
            if table.model.row_of(record_id) >= 0:
                self.turn_to(section)
                table.select(record_id)
                return True
        return False

    def plan(self) -> None:
        """Look for free days for what is missing of the selected routine, beside the window, and plan them."""
        routine = self.ui.routines.current
        if routine is None:
            return
        self.routine_form.flush()
        workspace, today, routine_id = self.context.workspace, self.context.today(), routine.id
        self.ui.planButton.setEnabled(False)
        self._say_planned(self.tr("Looking for free days…"))
        self.context.tasks.run(
            lambda: duties.propose_dates(workspace, routine_id, today), self._plan_found, self._plan_failed
        )

    def _plan_found(self, proposal: Proposal) -> None:
        if self.context.attempt(duties.plan, self.context.workspace, proposal) is None:
            return
        text = self.tr("Planned: {count} of {missing}, from {first} to {last}. Ctrl+Z takes them back.")
        self._say_planned(
            text.format(
                count=proposal.times,
                missing=proposal.missing,
                first=day_text(proposal.first_on),
                last=day_text(proposal.last_on),
            )
        )

    def _plan_failed(self, error: Exception) -> None:
        self._say_planned("")
        self.context.report(error)
        self._say_duty()

    def _say_planned(self, text: str) -> None:
        self.ui.planned.setText(text)
        self.ui.planned.setVisible(bool(text))

    def _show_figures(self, found: Standings) -> None:
        self._duties = {duty.routine.id: duty for duty in found.duties}
        self._verdicts = {one.record.id: one for one in found.verdicts if one.record is not None}
        self.ui.routines.reload()
        self._say_verdict()
        self._say_duty()

    def _standing(self, row: CommunicationRoutine) -> Chip:
        return self.lists.standing_chip(self._duties.get(row.id))

    def _say_verdict(self) -> None:
        """Whether the selected promise fits into the school's year."""
        row = self.ui.commitments.current
        verdict = self._verdicts.get(row.id) if row is not None else None
        self.ui.verdict.setText(sentence(verdict, labels(self.context.language)) if verdict is not None else "")
        bad = verdict is not None and verdict.fits is False
        set_look(self.ui.verdict, "warning" if bad else "muted")

    def _say_duty(self) -> None:
        """How the selected routine stands, and whether there is something to plan."""
        row = self.ui.routines.current
        duty = self._duties.get(row.id) if row is not None else None
        missing = duty.missing if duty is not None else 0
        self.ui.planButton.setEnabled(bool(missing))
        self.ui.planButton.setText(
            self.tr("Plan {count} at free days").format(count=missing) if missing else self.tr("Plan at free days")
        )
        self.ui.showButton.setEnabled(duty is not None and duty.next_on is not None)
        if duty is None or duty.promised is None:
            self.ui.standing.setText(
                self.tr("The agreement needs a first and a last day before this can be counted.") if duty else ""
            )
            return
        text = self.tr("Promised over the whole agreement: {promised} · held: {held} · planned: {planned}").format(
            promised=duty.promised, held=duty.held, planned=duty.planned
        )
        if duty.unmarked:
            text += " · " + self.tr("past and not marked as held: {count}").format(count=duty.unmarked)
        if duty.next_on is not None:
            text += " · " + self.tr("next: {day}").format(day=day_text(duty.next_on))
        self.ui.standing.setText(text)

    def _say_totals(self) -> None:
        """The sum of all costs, for each currency."""
        sums = agreement_tables.totals(self.draft) if self.draft is not None else {}
        words = labels(self.context.language)
        parts = [agreement_tables.money_text(cents, currency, words) for currency, (_, cents) in sums.items()]
        self.ui.totals.setText(self.tr("In all: {amounts}").format(amounts=" + ".join(parts)) if parts else "")

    def _show_in_calendar(self) -> None:
        row = self.ui.routines.current
        if row is None or self.draft is None:
            return
        from cocivic_desktop.domain.activities import Activity

        found = records.find(self.context.workspace, Activity, order="starts_on", routine_id=row.id)
        item = found[0].id if found else None
        self.context.navigate(Target.partnership(self.draft.partnership.id, Stage.CALENDAR, "activities", item))

    def _turn_to(self, number: int) -> None:
        self.ui.stack.setCurrentIndex(number)

    def _set(self, row: Responsibility, column: int, part: Any) -> None:
        if self._locked:
            return
        name = {_PARTS[0]: "cso", _PARTS[1]: "school"}[column]
        self.context.attempt(records.change, self.context.workspace, Responsibility, row.id, **{name: part})

    def _edit_task(self) -> None:
        """Write the new task at once."""
        table = self.ui.responsibilities.table
        index = table.currentIndex().siblingAtColumn(0)
        table.setFocus()
        table.setCurrentIndex(index)
        table.edit(index)

    def _legend(self) -> str:
        """Which letter chooses what, in the words of the screen."""
        words = labels(self.context.language)
        keys = ", ".join(
            self.tr("{letter} = {part}").format(letter=letter, part=words[f"part.{part}"])
            for letter, part in self.lists.letters().items()
            if part != "none"
        )
        text = self.tr("In “We” and “School” a letter is enough: {keys}, - = no part. Enter edits, Insert adds a task.")
        return text.format(keys=keys)

    def _form(self, cls: type[Any], widget: QWidget, prefix: str, choices: dict[str, Any]) -> RecordForm[Any]:
        return RecordForm(self.context, cls, widget, prefix=prefix, choices=choices)

    def _clauses(self) -> list[tuple[UUID, str]]:
        if self.draft is None:
            return []
        return [
            (clause.id, f"{number}. {wording(clause.titles, self.language)}")
            for number, clause in enumerate(self.draft.included, start=1)
        ]

    def _people(self, *, ours: bool) -> list[tuple[Any, str]]:
        if self.draft is None:
            return []
        row = self.ui.routines.current
        organisation = (self.draft.ours.id if self.draft.ours else None) if ours else self.draft.school.id
        present = (row.person_cso_id if ours else row.person_school_id) if row is not None else None
        return names_of(self.context, organisation, present)

    def _find(self, cls: type[Entity], archived: bool) -> list[Any]:
        if self.draft is None:
            return []
        return records.listed(self.context.workspace, cls, archived, agreement_id=self.draft.agreement.id)
