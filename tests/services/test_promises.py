"""Promises in a real workspace: as tables of the document, as conflicts with the calendar, as standings."""

from __future__ import annotations

from datetime import date

import pytest

from cocivic_desktop.documents.content import Table
from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.agreements import (
    Agreement,
    Clause,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    RoutineRhythm,
)
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import Indicator
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.domain.rules.feasibility import judge
from cocivic_desktop.domain.rules.traceability import PromiseKind
from cocivic_desktop.library.files import languages
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import agreements, calendar, drafts, records, traceability
from cocivic_desktop.services.agreement_text import agreement_text
from cocivic_desktop.services.conflict_list import conflict_list
from cocivic_desktop.services.verdict_words import sentence
from cocivic_desktop.services.views import partnership_view
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


@pytest.fixture
def agreement(workspace: Workspace, partnership: Partnership) -> Agreement:
    made = agreements.prepare(workspace, partnership.id)[0]
    for row in records.find(workspace, CommunicationRoutine, agreement_id=made.id):
        records.delete(workspace, CommunicationRoutine, row.id)
    return made


def tables(workspace: Workspace, agreement: Agreement, language: str) -> dict[str, Table]:
    """The tables of the document by their caption's key."""
    text = agreement_text(drafts.draft(workspace, agreement.id), language)
    captions = {words: key for key, words in labels(language).section("caption").items()}
    return {captions[table.caption]: table for part in text.sections for table in part.tables if table.caption}


def test_without_rows_there_are_no_tables(workspace: Workspace, agreement: Agreement) -> None:
    assert {"routines", "resources", "funding"}.isdisjoint(tables(workspace, agreement, "en"))


def test_rows_stand_in_the_document(workspace: Workspace, agreement: Agreement) -> None:
    mine = agreement.id
    for entity in (
        CommunicationRoutine(
            agreement_id=mine, title="Steering", rhythm=RoutineRhythm.PER_TERM, count=2, due_on=date(2027, 5, 4)
        ),
        Resource(agreement_id=mine, title="Room 12", quantity="18 places"),
        FundingItem(agreement_id=mine, title="Bus", amount_cents=125_050),
        FundingItem(agreement_id=mine, title="Snacks", amount_cents=4_950, paid_by=Side.SCHOOL),
    ):
        records.add(workspace, entity)
    english, german = tables(workspace, agreement, "en"), tables(workspace, agreement, "de")
    assert english["routines"].rows == [["Steering", "2 times per term, by 4 May 2027", "30 min"]]
    assert german["routines"].rows == [["Steering", "2-mal je Schulhalbjahr, spätestens 4. Mai 2027", "30 Min."]]
    assert english["resources"].rows == [["Room", "Room 12", "18 places", "School"]]
    assert english["funding"].rows == [
        ["Bus", "1,250.50\u00a0EUR", "Organisation"],
        ["Snacks", "49.50\u00a0EUR", "School"],
        ["Total", "1,300.00\u00a0EUR", ""],
    ]
    assert german["funding"].rows[-1] == ["Summe", "1.300,00\u00a0EUR", ""]


def test_an_amount_that_is_not_known_is_asked_for(workspace: Workspace, agreement: Agreement) -> None:
    records.add(workspace, FundingItem(agreement_id=agreement.id, title="Bus"))
    (row,) = tables(workspace, agreement, "en")["funding"].rows
    cell = row[1]
    assert not isinstance(cell, str)
    assert [(run.text, run.missing) for run in cell] == [("Amount", True)]


def test_dates_over_the_promise_are_conflicts_until_more_is_agreed(workspace: Workspace, agreement: Agreement) -> None:
    mine = agreement.partnership_id
    promise = Commitment(agreement_id=agreement.id, side=Side.CSO, minutes=90)
    records.add(workspace, promise)
    days = (date(2026, 9, 22), date(2026, 9, 29))
    for day in days:
        records.add(
            workspace,
            Activity(partnership_id=mine, title="S", kind=ActivityKind.SESSION, starts_on=day, duration_minutes=60),
        )
    (found,) = calendar.conflicts(workspace, mine, TODAY)
    assert (found.code, found.original_on) == (ConflictCode.OVER_COMMITMENT, days[1])
    (line,) = conflict_list(workspace, TODAY, mine).lines
    assert [each.code for each in line.conflicts] == [ConflictCode.OVER_COMMITMENT]
    records.change(workspace, Commitment, promise.id, minutes=120)
    assert calendar.conflicts(workspace, mine, TODAY) == []


def test_standings_and_clauses_of_figures(workspace: Workspace, agreement: Agreement) -> None:
    records.add(workspace, Commitment(agreement_id=agreement.id, side=Side.CSO, minutes=600))
    indicator = Indicator(
        partnership_id=agreement.partnership_id, code="management_meetings", name="Meetings", target=2.0
    )
    records.add(workspace, indicator)
    found = traceability.standings(workspace, agreement.id, TODAY)
    assert [one.kind for one in found.promises] == [PromiseKind.MINUTES, PromiseKind.INDICATOR]
    assert found.names[indicator.id] == "Meetings"
    clause = traceability.clause_for(workspace, indicator)
    assert clause is not None
    assert clause.code == "steering_group"
    records.change(workspace, Clause, clause.id, included=False)
    clause = traceability.clause_for(workspace, indicator)
    assert clause is not None
    assert clause.code == "communication"
    clauses = {one.id: one.code for one in records.find(workspace, Clause, agreement_id=agreement.id)}
    again = traceability.standings(workspace, agreement.id, TODAY)
    assert {clauses[one.clause_id] for one in again.promises if one.clause_id} == {"time_commitments", "communication"}


@pytest.mark.parametrize("language", languages("documents"))
def test_every_verdict_is_a_whole_sentence(workspace: Workspace, agreement: Agreement, language: str) -> None:
    records.add(workspace, Commitment(agreement_id=agreement.id, side=Side.CSO, role="Mentor", minutes=600))
    records.add(workspace, CommunicationRoutine(agreement_id=agreement.id, title="Check-in"))
    words = labels(language)
    view = partnership_view(workspace, agreement.partnership_id)
    sentences = [sentence(one, words) for one in judge(view)]
    assert len(sentences) >= 2
    assert all("{" not in text and text.endswith(".") for text in sentences)
