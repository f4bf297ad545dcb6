"""Clauses brought into line with facts and kinds, supposed and real, against a real workspace."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from cocivic_desktop.domain.agreements import Agreement, AgreementKind, Clause, ClauseState
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.drafting import select_clauses, state_counts
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.services import agreements, clauses, drafts, interview, proposals, records
from cocivic_desktop.services.agreement_text import agreement_text
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.store.workspace import Workspace


@pytest.fixture
def agreement(workspace: Workspace, partnership: Partnership) -> Agreement:
    return agreements.prepare(workspace, partnership.id)[0]


def words(draft: Draft) -> list[tuple[str, bool, dict[str, str]]]:
    return [(clause.code, clause.included, clause.texts) for clause in draft.clauses]


@pytest.mark.parametrize("kind", list(AgreementKind))
def test_a_changed_kind_is_what_that_kind_would_have_been(
    workspace: Workspace, partnership: Partnership, agreement: Agreement, kind: AgreementKind
) -> None:
    for one in (*(each for each in AgreementKind if each is not kind), kind):
        agreements.change_kind(workspace, agreement.id, one)
    draft = drafts.draft(workspace, agreement.id)
    wanted = {item.clause.code: item for item in select_clauses(clause_library(), kind, draft.facts)}
    assert [clause.code for clause in draft.included] == list(wanted)
    for clause in draft.included:
        entry = wanted[clause.code]
        assert clause.texts["tr"] == entry.clause.wording("tr", entry.alternative)


def test_the_preview_of_a_kind_is_what_comes_of_it(workspace: Workspace, agreement: Agreement) -> None:
    draft = drafts.draft(workspace, agreement.id)
    before = words(draft)
    for kind, other in pairwise((AgreementKind.MOU, AgreementKind.CONTRACT, AgreementKind.CHARTER, AgreementKind.MOU)):
        draft = drafts.draft(workspace, agreement.id)
        change = proposals.change_of_kind(draft, other)
        assert draft.agreement.kind is kind
        assert words(draft) == words(drafts.draft(workspace, agreement.id))
        agreements.change_kind(workspace, agreement.id, other)
        after = drafts.draft(workspace, agreement.id)
        was, now = ({c.code: c for c in one.included} for one in (draft, after))
        assert {c.code for c in change.added} == now.keys() - was.keys()
        assert {c.code for c in change.left_out} == was.keys() - now.keys()
        reworded = {code for code in was.keys() & now.keys() if was[code].texts != now[code].texts}
        assert {after.code for _, after in change.reworded} == reworded
        assert change.unchanged + len(change.reworded) + len(change.kept) == len(was.keys() & now.keys())
    for _ in range(3):
        workspace.undo()
    assert words(drafts.draft(workspace, agreement.id)) == before


def test_what_was_agreed_or_reworded_keeps_its_words_in_another_kind(
    workspace: Workspace, agreement: Agreement
) -> None:
    draft = drafts.draft(workspace, agreement.id)
    by_code = {clause.code: clause for clause in draft.clauses}
    clauses.set_state(workspace, by_code["parties"].id, ClauseState.AGREED)
    agreements.reword(workspace, by_code["purpose"].id, "en", "Purpose", "Only nets.")
    change = proposals.change_of_kind(drafts.draft(workspace, agreement.id), AgreementKind.CONTRACT)
    assert {"parties", "purpose"} <= {clause.code for clause in change.kept}
    agreements.change_kind(workspace, agreement.id, AgreementKind.CONTRACT)
    after = {clause.code: clause for clause in drafts.draft(workspace, agreement.id).clauses}
    assert after["purpose"].texts["en"] == "Only nets."
    assert after["parties"].texts == by_code["parties"].texts


def test_a_supposed_answer_reads_like_a_stored_one_and_stores_nothing(
    workspace: Workspace, agreement: Agreement
) -> None:
    for code, value in (
        ("rooms", "Room 12"), ("transport", True), ("minors", False), ("ends_on", "2027-03-01"),
        ("results_owner", "open"), ("student_count", 0), ("money", False),
    ):  # fmt: skip
        draft = drafts.draft(workspace, agreement.id)
        before = words(draft)
        supposed = agreement_text(proposals.suppose(draft, code, value), "de").sections
        assert words(draft) == before == words(drafts.draft(workspace, agreement.id))
        agreements.answer(workspace, agreement.id, code, value)
        stored = agreement_text(drafts.draft(workspace, agreement.id), "de").sections
        assert [(one.title, one.paragraphs) for one in supposed] == [(one.title, one.paragraphs) for one in stored]


def test_a_clause_left_out_or_an_alternative_chosen_by_hand_stays(workspace: Workspace, agreement: Agreement) -> None:
    by_code = {clause.code: clause for clause in drafts.draft(workspace, agreement.id).clauses}
    clauses.include(workspace, by_code["paperwork"].id, False)
    agreements.choose_alternative(workspace, by_code["results_ownership"].id, "open")
    agreements.answer(workspace, agreement.id, "rooms", "Room 12")
    after = {clause.code: clause for clause in drafts.draft(workspace, agreement.id).clauses}
    assert not after["paperwork"].included
    assert after["results_ownership"].alternative == "open"
    agreements.answer(workspace, agreement.id, "results_owner", "cso")
    after = {clause.code: clause for clause in drafts.draft(workspace, agreement.id).clauses}
    assert after["results_ownership"].alternative == "cso"


def test_put_off_is_no_answer_and_goes_with_the_answer(workspace: Workspace, agreement: Agreement) -> None:
    agreements.put_off(workspace, agreement.id, "rooms")
    draft = drafts.draft(workspace, agreement.id)
    assert "rooms" not in draft.answers
    assert "rooms" in [question.code for question in draft.open_questions()]
    assert not draft.values("en").get("rooms")
    asked = interview.interview(workspace, draft).interview.get("rooms")
    assert asked is not None
    assert asked.standing.value == "later"
    agreements.answer(workspace, agreement.id, "rooms", "Room 12")
    assert drafts.draft(workspace, agreement.id).answers["rooms"] == "Room 12"


def test_states_are_counted_and_a_waived_clause_comes_in_with_its_reason(
    workspace: Workspace, agreement: Agreement
) -> None:
    clause = drafts.draft(workspace, agreement.id).clauses[0]
    clauses.include(workspace, clause.id, False)
    before = state_counts(drafts.draft(workspace, agreement.id).clauses)
    clauses.set_state(workspace, clause.id, ClauseState.WAIVED, " The letterhead says it ")
    stored = records.get(workspace, Clause, clause.id)
    assert (stored.included, stored.waive_reason) == (True, "The letterhead says it")
    after = state_counts(drafts.draft(workspace, agreement.id).clauses)
    assert (after[ClauseState.WAIVED], after[ClauseState.NOT_ADDRESSED]) == (1, before[ClauseState.NOT_ADDRESSED])


def test_another_wording_of_an_agreed_clause_has_to_be_agreed_again(workspace: Workspace, agreement: Agreement) -> None:
    clause = next(c for c in drafts.draft(workspace, agreement.id).clauses if c.code == "results_ownership")
    clauses.set_state(workspace, clause.id, ClauseState.AGREED)
    agreements.choose_alternative(workspace, clause.id, "open")
    assert records.get(workspace, Clause, clause.id).state is ClauseState.UNDER_DISCUSSION


def test_days_and_numbers_reach_their_records(workspace: Workspace, agreement: Agreement) -> None:
    agreements.answer(workspace, agreement.id, "ends_on", "2027-03-01")
    assert records.get(workspace, Agreement, agreement.id).ends_on == date(2027, 3, 1)
