"""What a good agreement covers, and how much paperwork it asks for."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.agreements import Clause, ClauseState, Responsibility
from cocivic_desktop.domain.clause_library import TOPICS, Alternative, ClauseLibrary, LibraryClause
from cocivic_desktop.domain.rules.completeness import (
    DOES_NOT_APPLY_WHEN,
    Completeness,
    TopicFinding,
    TopicState,
    completeness,
    paperwork_count,
)

AGREEMENT = uuid4()


def clause(topic: str, state: ClauseState = ClauseState.AGREED, **fields: object) -> Clause:
    return Clause(agreement_id=AGREEMENT, topic=topic, state=state, **fields)  # type: ignore[arg-type]


def finding(result: Completeness, topic: str) -> TopicFinding:
    return next(entry for entry in result.findings if entry.topic == topic)


def test_an_empty_agreement_misses_everything_that_applies() -> None:
    result = completeness([], set())
    assert [entry.topic for entry in result.findings] == list(TOPICS)
    optional = [entry.topic for entry in result.in_state(TopicState.NOT_APPLICABLE)]
    assert sorted(optional) == ["confidentiality", "general"]
    assert len(result.in_state(TopicState.MISSING)) == len(TOPICS) - 2
    assert result.share == 0.0


def test_a_clause_for_every_topic_is_complete() -> None:
    result = completeness([clause(topic) for topic in TOPICS], set())
    assert result.is_complete
    assert all(entry.state is TopicState.COVERED for entry in result.findings)


@pytest.mark.parametrize("topic", DOES_NOT_APPLY_WHEN)
def test_a_fact_can_decide_that_a_topic_does_not_apply(topic: str) -> None:
    fact = DOES_NOT_APPLY_WHEN[topic][0]
    entry = finding(completeness([], {fact}), topic)
    assert (entry.state, entry.reason, entry.fact) == (TopicState.NOT_APPLICABLE, "fact", fact)
    still_written = finding(completeness([clause(topic)], {fact}), topic)
    assert still_written.state is TopicState.COVERED


def test_an_optional_topic_is_needed_when_a_fact_calls_for_it() -> None:
    entry = finding(completeness([], {"confidential"}), "confidentiality")
    assert (entry.state, entry.reason, entry.fact) == (TopicState.MISSING, "no_clause", "confidential")


@pytest.mark.parametrize(
    ("states", "expected", "reason"),
    [
        ([ClauseState.AGREED, ClauseState.AGREED], TopicState.COVERED, "agreed"),
        ([ClauseState.AGREED, ClauseState.WAIVED], TopicState.COVERED, "agreed"),
        ([ClauseState.WAIVED], TopicState.WAIVED, "waived"),
        ([ClauseState.AGREED, ClauseState.UNDER_DISCUSSION], TopicState.UNDER_DISCUSSION, "clause_open"),
        ([ClauseState.NOT_ADDRESSED], TopicState.UNDER_DISCUSSION, "clause_open"),
    ],
)
def test_the_least_settled_clause_decides(states: list[ClauseState], expected: TopicState, reason: str) -> None:
    entry = finding(completeness([clause("funding", state) for state in states], set()), "funding")
    assert (entry.state, entry.reason) == (expected, reason)


def test_a_clause_left_out_leaves_a_gap_and_one_waived_does_not() -> None:
    left_out = clause("insurance", included=False)
    entry = finding(completeness([left_out], set()), "insurance")
    assert (entry.state, entry.reason, entry.clause_ids) == (TopicState.MISSING, "left_out", (left_out.id,))
    waived = clause("insurance", ClauseState.WAIVED, included=False)
    assert finding(completeness([left_out, waived], set()), "insurance").state is TopicState.WAIVED


def test_an_archived_clause_covers_nothing() -> None:
    assert finding(completeness([clause("parties", archived=True)], set()), "parties").reason == "no_clause"


def test_open_values_and_empty_tables_keep_a_topic_under_discussion() -> None:
    duration, matrix = clause("duration"), clause("responsibilities")
    gaps: dict[UUID, int] = {duration.id: 2}
    result = completeness([duration, matrix], set(), gaps=gaps, rows={"responsibilities": 0})
    entry = finding(result, "duration")
    assert (entry.state, entry.reason, entry.count) == (TopicState.UNDER_DISCUSSION, "values_open", 2)
    entry = finding(result, "responsibilities")
    assert (entry.reason, entry.table) == ("table_empty", "responsibilities")
    filled = completeness([duration, matrix], set(), rows={"responsibilities": 3})
    assert finding(filled, "responsibilities").state is TopicState.COVERED


CLAUSES = st.lists(
    st.builds(
        Clause,
        agreement_id=st.just(AGREEMENT),
        topic=st.sampled_from([*TOPICS, "own topic", ""]),
        state=st.sampled_from(ClauseState),
        included=st.booleans(),
        archived=st.booleans(),
    ),
    max_size=40,
)


@given(clauses=CLAUSES, known=st.sets(st.sampled_from(["no_transport", "no_minors", "minors", "confidential"])))
def test_every_topic_has_one_state_whatever_the_clauses(clauses: list[Clause], known: set[str]) -> None:
    result = completeness(clauses, known)
    assert [entry.topic for entry in result.findings] == list(TOPICS)
    assert 0.0 <= result.share <= 1.0
    assert sum(len(result.in_state(state)) for state in TopicState) == len(TOPICS)


@given(clauses=CLAUSES)
def test_agreeing_on_a_clause_never_makes_an_agreement_less_complete(clauses: list[Clause]) -> None:
    before = completeness(clauses, set()).share
    for entry in clauses:
        if entry.included and entry.state is not ClauseState.WAIVED:
            entry.state = ClauseState.AGREED
    assert completeness(clauses, set()).share >= before


# --- paperwork --------------------------------------------------------------------------------------------------------

LIBRARY = ClauseLibrary(
    (
        LibraryClause(code="hours", topic="time_commitments", kinds=("mou",), processes=("hour_record",)),
        LibraryClause(
            code="grant",
            topic="funding",
            kinds=("mou",),
            processes=("funder_report", "hour_record"),
            alternatives=(Alternative(code="big", processes=("audit",)),),
        ),
    )
)


def test_each_process_counts_once() -> None:
    count = paperwork_count([clause("", code="hours"), clause("", code="grant", alternative="big")], LIBRARY)
    assert count.processes == ("hour_record", "funder_report", "audit")
    assert count.total == 3


def test_only_the_chosen_alternative_counts() -> None:
    assert paperwork_count([clause("", code="grant")], LIBRARY).processes == ("funder_report", "hour_record")


def test_what_is_not_in_the_document_asks_for_no_paper() -> None:
    clauses = [
        clause("", code="hours", included=False),
        clause("", ClauseState.WAIVED, code="hours"),
        clause("", code="hours", archived=True),
        clause("", code=""),
        clause("", code="gone from the library"),
    ]
    assert paperwork_count(clauses, LIBRARY).total == 0


def test_reports_of_the_matrix_count() -> None:
    rows = [
        Responsibility(agreement_id=AGREEMENT, task="Yearly report", area="reporting"),
        Responsibility(agreement_id=AGREEMENT, task="Workshop", area="facilitation"),
        Responsibility(agreement_id=AGREEMENT, task="Old report", area="reporting", archived=True),
    ]
    count = paperwork_count([clause("", code="hours")], LIBRARY, rows)
    assert count.reports == ("Yearly report",)
    assert count.total == 2
