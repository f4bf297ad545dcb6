"""The tables of what both sides promise, the check, and how promises stand: typed, planned, opened."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    Clause,
    Commitment,
    CommitmentUnit,
    CommunicationRoutine,
    FundingItem,
    Responsibility,
    ResponsibilityPart,
    RoutineKind,
    RoutineRhythm,
)
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import PartnershipMember, Stage
from cocivic_desktop.domain.rules.traceability import PromiseKind
from cocivic_desktop.domain.school_years import LessonTime, SchoolYear
from cocivic_desktop.services import agreements, drafts, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.agreement.check import CheckSection
from cocivic_desktop.ui.pages.agreement.duties import DutiesSection
from cocivic_desktop.ui.pages.agreement.standing import StandingSection
from cocivic_desktop.ui.widgets.cents_spin import CentsSpin
from cocivic_desktop.ui.widgets.clause_link import ClauseLink

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.pages.agreement.section import Section


@pytest.fixture
def agreement(workspace: Workspace, partnership: Partnership) -> Agreement:
    """A draft with a mentor of 3 hours a week, lessons until one, and 40 hours promised in 11 weeks."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    mentor = Person(name="Ute", kind=PersonKind.MENTOR, organisation_id=ours.id, hours_per_week=3.0)
    year = SchoolYear(
        school_id=partnership.school_id, label="2026/27", starts_on=date(2026, 8, 24), ends_on=date(2026, 11, 8)
    )
    made = agreements.prepare(workspace, partnership.id)[0]
    for entity in (
        mentor,
        PartnershipMember(partnership_id=partnership.id, person_id=mentor.id, role="Mentor"),
        year,
        LessonTime(school_year_id=year.id, number=1, starts_at=time(8), ends_at=time(13)),
        Commitment(agreement_id=made.id, side=Side.CSO, role="Mentor", minutes=40 * 60, unit=CommitmentUnit.TOTAL),
        Responsibility(agreement_id=made.id, task="Materials"),
        Responsibility(agreement_id=made.id, task="Transport"),
    ):
        records.add(workspace, entity)
    return made


def shown(qtbot: QtBot, context: Context, section: Section, agreement: Agreement) -> None:
    qtbot.addWidget(section)
    section.show_draft(drafts.draft(context.workspace, agreement.id), "en")
    section.show()
    qtbot.waitExposed(section)
    qtbot.waitUntil(lambda: not context.tasks.busy())


def again(qtbot: QtBot, context: Context, section: Section, agreement: Agreement) -> None:
    section.show_draft(drafts.draft(context.workspace, agreement.id), "en")
    qtbot.waitUntil(lambda: not context.tasks.busy())


@pytest.fixture
def duties(qtbot: QtBot, context: Context, agreement: Agreement) -> DutiesSection:
    made = DutiesSection(context)
    shown(qtbot, context, made, agreement)
    return made


def test_the_matrix_is_filled_by_letters(
    qtbot: QtBot, context: Context, duties: DutiesSection, agreement: Agreement
) -> None:
    table = duties.ui.responsibilities.table
    QAbstractItemModelTester(duties.ui.responsibilities.model)
    table.setCurrentIndex(table.model().index(0, 2))
    qtbot.keyClicks(table, "I")
    assert table.currentIndex().row() == 1
    qtbot.keyClicks(table, "-")
    table.setCurrentIndex(table.model().index(1, 3))
    qtbot.keyClicks(table, "l")
    parts = [
        (row.task, row.cso, row.school)
        for row in records.find(context.workspace, Responsibility, agreement_id=agreement.id)
    ]
    assert parts == [
        ("Materials", ResponsibilityPart.INFORMED, ResponsibilityPart.SUPPORTS),
        ("Transport", ResponsibilityPart.NONE, ResponsibilityPart.LEADS),
    ]
    context.workspace.undo()
    assert records.find(context.workspace, Responsibility, task="Transport")[0].school is ResponsibilityPart.SUPPORTS


def test_enter_edits_a_text_in_the_matrix(qtbot: QtBot, context: Context, duties: DutiesSection) -> None:
    table = duties.ui.responsibilities.table
    table.setCurrentIndex(table.model().index(0, 4))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "weekly")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(records.find(context.workspace, Responsibility, by_when="weekly")))


def test_a_promise_that_does_not_fit_is_said_beside_it(duties: DutiesSection) -> None:
    duties.turn_to("commitments")
    text = duties.ui.verdict.text()
    assert "40 h promised; 11 usable weeks at 3 h make 33 h" in text
    assert "14 weeks or 3 h 40 min a week would do" in text
    assert "all people" in duties.ui.commitments.title_label.text()


def test_a_routine_is_planned_with_one_click(
    qtbot: QtBot, context: Context, duties: DutiesSection, agreement: Agreement
) -> None:
    routine = CommunicationRoutine(
        agreement_id=agreement.id, title="Steering", kind=RoutineKind.STEERING, rhythm=RoutineRhythm.ONCE, count=2
    )
    records.add(context.workspace, routine)
    again(qtbot, context, duties, agreement)
    assert duties.select(routine.id)
    assert duties.ui.stack.currentWidget() is duties.ui.routinePage
    assert "held: 0 · planned: 0" in duties.ui.standing.text()
    assert duties.ui.planButton.text() == "Plan 2 at free days"
    duties.ui.planButton.click()
    qtbot.waitUntil(lambda: not context.tasks.busy())
    assert len(records.find(context.workspace, Activity, routine_id=routine.id)) == 2
    assert duties.ui.planned.text().startswith("Planned: 2 of 2")
    again(qtbot, context, duties, agreement)
    assert "planned: 2" in duties.ui.standing.text()
    assert not duties.ui.planButton.isEnabled()


def test_costs_are_summed_by_currency(
    qtbot: QtBot, context: Context, duties: DutiesSection, agreement: Agreement
) -> None:
    for cents, currency in ((12_050, "EUR"), (7_950, "EUR"), (100_00, "TRY"), (None, "EUR")):
        records.add(
            context.workspace,
            FundingItem(agreement_id=agreement.id, title="Bus", amount_cents=cents, currency=currency),
        )
    again(qtbot, context, duties, agreement)
    assert duties.ui.totals.text().replace("\u00a0", " ") == "In all: 200.00 EUR + 100.00 TRY"
    duties.turn_to("funding")
    field = duties.ui.f_amount_cents
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "99.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    duties.funding_form.flush()
    assert records.find(context.workspace, FundingItem, agreement_id=agreement.id)[0].amount_cents == 9_950


def test_amounts_have_two_decimals(qtbot: QtBot) -> None:
    field = CentsSpin()
    qtbot.addWidget(field)
    field.setMaximum(10**9)
    field.setValue(125_000)
    assert field.text() == "1250.00"
    assert field.valueFromText("12.34") == 1234
    assert field.valueFromText("much") == field.minimum()


def test_the_check_explains_topics_promises_and_papers(qtbot: QtBot, context: Context, agreement: Agreement) -> None:
    check = CheckSection(context)
    shown(qtbot, context, check, agreement)
    check.ui.topics.selectRow(0)
    assert "Ask:" in check.ui.explanation.text()
    check.turn_to("feasible")
    line = check.verdicts.rows[0]
    assert line.verdict.fits is False
    assert check.ui.fitVerdict.text().startswith("Promises that do not fit: 1")
    with qtbot.waitSignal(check.promise_wanted) as asked:
        check.ui.verdicts.selectRow(0)
        check.ui.promiseButton.click()
    assert asked.args == [line.verdict.record.id if line.verdict.record else None]
    check.turn_to("paperwork")
    assert check.papers.rowCount() > 5
    hints = [check.papers.index(row, 2).data() for row in range(check.papers.rowCount())]
    assert all(hints)
    with qtbot.waitSignal(check.clause_wanted):
        check.ui.papers.selectRow(0)
        check.ui.paperClauseButton.click()


def test_a_promise_opens_its_clause_and_its_figure(qtbot: QtBot, context: Context, agreement: Agreement) -> None:
    went: list[Target] = []
    context.navigate = went.append
    standing = StandingSection(context)
    shown(qtbot, context, standing, agreement)
    row = next(n for n, one in enumerate(standing.model.rows) if one.kind is PromiseKind.MINUTES)
    assert standing.model.index(row, 2).data() == "promised 40 h · used 0 min"
    standing.ui.promises.selectRow(row)
    with qtbot.waitSignal(standing.clause_wanted) as asked:
        standing.ui.clauseButton.click()
    clause = records.get(context.workspace, Clause, asked.args[0])
    assert clause.code == "time_commitments"
    standing.ui.figureButton.click()
    assert (went[0].stage, went[0].section) == (Stage.HOURS, "budget")


def test_a_figure_links_to_its_clause(
    qtbot: QtBot, context: Context, agreement: Agreement, partnership: Partnership
) -> None:
    went: list[Target] = []
    context.navigate = went.append
    link = ClauseLink(context)
    qtbot.addWidget(link)
    link.show_for(partnership.id, records.find(context.workspace, Commitment)[0])
    assert link.text() == "Clause: Time commitments"
    link.click()
    assert went[0].section == "clauses"
    assert records.get(context.workspace, Clause, went[0].item or agreement.id).code == "time_commitments"
    link.show_for(partnership.id, None)
    assert link.isHidden()


def test_nothing_promised_says_what_the_place_is_for(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    made = agreements.prepare(context.workspace, partnership.id)[0]
    for one in records.find(context.workspace, CommunicationRoutine, agreement_id=made.id):
        records.archive(context.workspace, CommunicationRoutine, one.id)
    standing = StandingSection(context)
    shown(qtbot, context, standing, made)
    assert standing.ui.stack.currentWidget() is standing.ui.empty


def test_what_was_signed_is_shown_but_not_changed(
    duties: DutiesSection, context: Context, agreement: Agreement, qtbot: QtBot
) -> None:
    records.add(context.workspace, CommunicationRoutine(agreement_id=agreement.id, title="Steering"))
    records.change(context.workspace, Agreement, agreement.id, state=AgreementState.SIGNED)
    again(qtbot, context, duties, agreement)
    table = duties.ui.responsibilities.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 2))
    before = [one.cso for one in records.find(context.workspace, Responsibility, agreement_id=agreement.id)]
    qtbot.keyClick(table, Qt.Key.Key_I)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.findChild(QLineEdit) is None
    assert [one.cso for one in records.find(context.workspace, Responsibility, agreement_id=agreement.id)] == before
    assert not duties.ui.responsibilities.add_button.isEnabled()
    assert duties.ui.settled.isVisible()
    duties.turn_to("commitments")
    assert not duties.ui.c_minutes.isEnabled()
    duties.turn_to("routines")
    assert not duties.ui.m_title.isEnabled()
    assert duties.ui.m_person_school_id.isEnabled()  # people may change; who comes is no promise
    records.change(context.workspace, Agreement, agreement.id, state=AgreementState.DRAFT)
    again(qtbot, context, duties, agreement)
    assert duties.ui.m_title.isEnabled()
    assert not duties.ui.settled.isVisible()
    duties.turn_to("responsibilities")
    table.setCurrentIndex(table.model().index(0, 2))
    qtbot.keyClick(table, Qt.Key.Key_I)
    changed = records.find(context.workspace, Responsibility, agreement_id=agreement.id)
    assert ResponsibilityPart.INFORMED in [one.cso for one in changed]
