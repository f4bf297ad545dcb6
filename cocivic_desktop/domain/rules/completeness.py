"""Does an agreement cover what a good one covers, and how much paperwork does it ask for? Codes only, no words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.agreements import Clause, ClauseState, Responsibility
from cocivic_desktop.domain.clause_library import TOPICS, ClauseLibrary

DOES_NOT_APPLY_WHEN: Final[Mapping[str, tuple[str, ...]]] = {
    "transport": ("no_transport",),
    "safeguarding": ("no_minors",),
    "parental_consent": ("no_minors",),
    "confidentiality": ("no_confidential",),
}
"""Facts by which a topic need not be covered. All other topics always apply."""

OPTIONAL_TOPICS: Final[frozenset[str]] = frozenset({"confidentiality", "general"})
"""Topics whose absence is no gap, unless a fact of their own name or `NEEDED_WHEN` calls for them."""

NEEDED_WHEN: Final[Mapping[str, str]] = {"confidentiality": "confidential"}

TABLE_OF_TOPIC: Final[Mapping[str, str]] = {
    "contacts": "contacts",
    "purpose": "goals",
    "responsibilities": "responsibilities",
    "time_commitments": "commitments",
    "signatures": "signatures",
}
"""Topics that need rows as well as words."""


class TopicState(StrEnum):
    """How a topic stands."""

    COVERED = "covered"
    UNDER_DISCUSSION = "under_discussion"
    WAIVED = "waived"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, kw_only=True)
class TopicFinding:
    """How one topic stands.

    `reason` is a code: "agreed", "clause_open", "values_open" (with `count` answers missing), "table_empty" (with
    `table`), "waived", "no_clause", "left_out" (there is a clause, but not included), "fact" (with `fact`), "optional".
    """

    topic: str
    state: TopicState
    reason: str
    fact: str = ""
    table: str = ""
    count: int = 0
    clause_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """All topics in the order of a document."""

    findings: tuple[TopicFinding, ...]

    def in_state(self, state: TopicState) -> tuple[TopicFinding, ...]:
        """The findings in one state."""
        return tuple(finding for finding in self.findings if finding.state is state)

    @property
    def share(self) -> float:
        """Topics covered or waived among those that apply, from 0 to 1; 1 when none applies."""
        applying = [f for f in self.findings if f.state is not TopicState.NOT_APPLICABLE]
        settled = [f for f in applying if f.state in (TopicState.COVERED, TopicState.WAIVED)]
        return len(settled) / len(applying) if applying else 1.0

    @property
    def is_complete(self) -> bool:
        """Whether no topic is missing or still under discussion."""
        return self.share == 1.0


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One administrative step and where it is asked for.

    A `process` is a code of the clause library, with the clause that first names it; a `report` is a task of the
    responsibility matrix, with its row.
    """

    process: str = ""
    report: str = ""
    clause_id: UUID | None = None
    row_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PaperworkCount:
    """Administrative processes named in the agreement (indicator "bureaucracy", handbook chapter 7).

    Codes of the clause library count once each; the tasks of the responsibility matrix in the area "reporting" count
    one by one.
    """

    papers: tuple[Paper, ...]

    @property
    def processes(self) -> tuple[str, ...]:
        """Codes of the processes that clauses name."""
        return tuple(paper.process for paper in self.papers if paper.process)

    @property
    def reports(self) -> tuple[str, ...]:
        """Tasks of the matrix that are reports."""
        return tuple(paper.report for paper in self.papers if paper.report)

    @property
    def total(self) -> int:
        """Number of processes, the value of the indicator."""
        return len(self.papers)


def completeness(
    clauses: Iterable[Clause],
    known: Collection[str],
    *,
    gaps: Mapping[UUID, int] | None = None,
    rows: Mapping[str, int] | None = None,
) -> Completeness:
    """How every topic of a good agreement stands.

    `known` are facts of `drafting.facts`; `gaps` counts the missing values per clause id; `rows` counts the rows
    per table of `TABLE_OF_TOPIC` (a table that is not named there is not checked).
    """
    standing = [clause for clause in clauses if not clause.archived]
    return Completeness(
        findings=tuple(
            _finding(topic, [c for c in standing if c.topic == topic], known, gaps or {}, rows or {})
            for topic in TOPICS
        )
    )


def paperwork_count(
    clauses: Iterable[Clause], library: ClauseLibrary, responsibilities: Iterable[Responsibility] = ()
) -> PaperworkCount:
    """The processes named by the included, not waived clauses, and by the matrix.

    Own clauses name none: what they ask for cannot be read from their words.
    """
    found: dict[str, Paper] = {}
    for clause in clauses:
        entry = library.get(clause.code) if clause.code else None
        if entry is None or clause.archived or not clause.included or clause.state is ClauseState.WAIVED:
            continue
        chosen = [option for option in entry.alternatives if option.code == clause.alternative]
        for code in (*entry.processes, *(code for option in chosen for code in option.processes)):
            found.setdefault(code, Paper(process=code, clause_id=clause.id))
    reports = [row for row in responsibilities if row.area == "reporting" and not row.archived]
    return PaperworkCount(papers=(*found.values(), *(Paper(report=row.task, row_id=row.id) for row in reports)))


def _finding(
    topic: str, clauses: list[Clause], known: Collection[str], gaps: Mapping[UUID, int], rows: Mapping[str, int]
) -> TopicFinding:
    included = [clause for clause in clauses if clause.included]
    if not included:
        return _without_clause(topic, clauses, known)
    ids = tuple(clause.id for clause in included)
    counting = [clause for clause in included if clause.state is not ClauseState.WAIVED]
    if not counting:
        return TopicFinding(topic=topic, state=TopicState.WAIVED, reason="waived", clause_ids=ids)
    undecided = [clause for clause in counting if clause.state is not ClauseState.AGREED]
    missing_values = sum(gaps.get(clause.id, 0) for clause in counting)
    table = TABLE_OF_TOPIC.get(topic, "")
    discussed = TopicState.UNDER_DISCUSSION
    if table and rows.get(table, 1) == 0:
        return TopicFinding(topic=topic, state=discussed, reason="table_empty", table=table, clause_ids=ids)
    if missing_values:
        return TopicFinding(topic=topic, state=discussed, reason="values_open", count=missing_values, clause_ids=ids)
    if undecided:
        return TopicFinding(topic=topic, state=discussed, reason="clause_open", count=len(undecided), clause_ids=ids)
    return TopicFinding(topic=topic, state=TopicState.COVERED, reason="agreed", clause_ids=ids)


def _without_clause(topic: str, left_out: list[Clause], known: Collection[str]) -> TopicFinding:
    for fact in DOES_NOT_APPLY_WHEN.get(topic, ()):
        if fact in known:
            return TopicFinding(topic=topic, state=TopicState.NOT_APPLICABLE, reason="fact", fact=fact)
    needed = NEEDED_WHEN.get(topic, "")
    if topic in OPTIONAL_TOPICS and needed not in known:
        return TopicFinding(topic=topic, state=TopicState.NOT_APPLICABLE, reason="optional")
    waived = [clause for clause in left_out if clause.state is ClauseState.WAIVED]
    ids = tuple(clause.id for clause in left_out)
    if waived:
        return TopicFinding(topic=topic, state=TopicState.WAIVED, reason="waived", clause_ids=ids)
    reason = "left_out" if left_out else "no_clause"
    return TopicFinding(
        topic=topic, state=TopicState.MISSING, reason=reason, clause_ids=ids, fact=needed if needed in known else ""
    )
