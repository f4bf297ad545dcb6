"""The guided interview of an agreement: what it asks, in which order, where an answer is known from, and what it fills.

Everything here is pure. A question that was left for later is kept as an empty answer of the agreement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement, Clause
from cocivic_desktop.domain.clause_library import Answer, ClauseLibrary, LibraryClause, Question, QuestionType
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.drafting import placeholders

EXPECTATION_KEY = "expectation."
"""Begins the key of a question that an open expectation asks; its id in hexadecimal follows."""


class Standing(StrEnum):
    """How far a question of the interview is."""

    OPEN = "open"
    LATER = "later"
    ANSWERED = "answered"


class Source(StrEnum):
    """Where an answer is known from."""

    INTERVIEW = "interview"
    AGREEMENT = "agreement"
    PARTNERSHIP = "partnership"
    CONTACT = "contact"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question of the interview. `key` is its code; `clause_ids` are the clauses that its answer decides about.

    `source` is None while nothing is known.
    """

    key: str
    standing: Standing
    group: str = ""
    question: Question | None = None
    expectation_id: UUID | None = None
    source: Source | None = None
    clause_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Interview:
    """All questions in the interview's order."""

    items: tuple[Item, ...]

    def count(self, standing: Standing) -> int:
        """How many questions stand so."""
        return sum(item.standing is standing for item in self.items)

    @property
    def answered_share(self) -> float:
        """The share of questions that are answered, from 0 to 1."""
        return self.count(Standing.ANSWERED) / len(self.items) if self.items else 1.0

    def get(self, key: str) -> Item | None:
        """The question of a key, where it is asked at all."""
        return next((item for item in self.items if item.key == key), None)

    def following(self, key: str = "") -> Item | None:
        """The next question to ask after one: open ones further on, then from the beginning, then those left for later.

        The question itself is not given, None when there is no other.
        """
        keys = [item.key for item in self.items]
        place = keys.index(key) + 1 if key in keys else 0
        turned = [item for item in (*self.items[place:], *self.items[:place]) if item.key != key]
        for standing in (Standing.OPEN, Standing.LATER):
            found = next((item for item in turned if item.standing is standing), None)
            if found is not None:
                return found
        return None


def question_items(
    questions: Sequence[Question],
    asked: Iterable[Question],
    *,
    agreement: Agreement,
    partnership: Partnership,
    answers: Mapping[str, Answer],
    facts: Collection[str],
    clauses: Iterable[Clause],
    library: ClauseLibrary,
) -> list[Item]:
    """The questions that are open (`drafting.open_questions`) or answered, in the interview's order.

    `answers` and `facts` are those of `rules.drafting`. An answer to a question that is asked no more is left out.
    """
    open_codes = {question.code for question in asked}
    standing_clauses = list(clauses)
    items = []
    for question in questions:
        known = question.code in answers and all(fact in facts for fact in question.when)
        if question.code not in open_codes and not known:
            continue
        later = agreement.answers.get(question.code) == ""
        items.append(
            Item(
                key=question.code,
                standing=Standing.ANSWERED if known else Standing.LATER if later else Standing.OPEN,
                group=question.group,
                question=question,
                source=source_of(question, agreement, partnership) if known else None,
                clause_ids=decided_by(question, standing_clauses, library),
            )
        )
    return items


def source_of(question: Question, agreement: Agreement, partnership: Partnership) -> Source:
    """Where the answer of a question that is known comes from."""
    if agreement.answers.get(question.code, "") != "":
        return Source.INTERVIEW
    record, _, field = question.field.partition(".")
    if record == "agreement" and getattr(agreement, field) not in (None, getattr(partnership, field, None)):
        return Source.AGREEMENT
    if question.type is QuestionType.PERSON:
        return Source.CONTACT
    return Source.PARTNERSHIP


def decided_by(question: Question, clauses: Iterable[Clause], library: ClauseLibrary) -> tuple[UUID, ...]:
    """The clauses of an agreement that an answer fills or decides about: those it fills first."""
    fills, decides = [], []
    for clause in clauses:
        entry = library.get(clause.code)
        used = {name for text in clause.texts.values() for name in placeholders(text)}
        if question.placeholder and question.placeholder in used:
            fills.append(clause.id)
        elif entry is not None and _depends(entry, question):
            decides.append(clause.id)
    return (*fills, *decides)


def _depends(entry: LibraryClause, question: Question) -> bool:
    """Whether a clause's place in the document, or its wording, depends on what a question decides."""
    facts = {f"{question.code}_{option}" for option in question.options}
    if question.fact:
        facts |= {question.fact, f"no_{question.fact}"}
    conditions = {*entry.when, *entry.unless, *(fact for option in entry.alternatives for fact in option.when)}
    return bool(facts & conditions)
