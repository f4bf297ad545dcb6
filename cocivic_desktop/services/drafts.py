"""One agreement with all that its rules need: records, known answers, facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.agreements import (
    Agreement,
    Clause,
    ClauseState,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    Responsibility,
    Signature,
)
from cocivic_desktop.domain.clause_library import Answer, Question
from cocivic_desktop.domain.goals import Challenge, Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules import drafting
from cocivic_desktop.domain.rules.clause_wording import own_languages, remember_library
from cocivic_desktop.domain.rules.taking import shown
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.labels import labels
from cocivic_desktop.library.questions import placeholder_questions, question_texts, questions
from cocivic_desktop.services import annexes

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An agreement and everything that decides about its words. `facts` are those of `rules.drafting.facts`."""

    agreement: Agreement
    partnership: Partnership
    ours: Organisation | None
    school: Organisation
    people: list[Person]
    members: list[PartnershipMember]
    clauses: list[Clause]
    responsibilities: list[Responsibility]
    commitments: list[Commitment]
    routines: list[CommunicationRoutine]
    resources: list[Resource]
    funding: list[FundingItem]
    signatures: list[Signature]
    goals: list[SharedGoal]
    indicators: list[Indicator]
    challenges: list[Challenge]
    answers: Mapping[str, Answer]
    facts: frozenset[str]
    planned: annexes.Planned | None = None
    """The calendar, for the annexes; None where only clauses and answers matter."""

    @property
    def included(self) -> list[Clause]:
        """The clauses that stand in the document, in order."""
        return [clause for clause in self.clauses if clause.included]

    def open_questions(self) -> list[Question]:
        """What the interview still has to ask."""
        return still_to_ask(self.included, self.answers, self.facts)

    def values(self, language: str) -> Mapping[str, str]:
        """The text of every placeholder that can be filled, in a document language; worked out once."""
        if language not in self._values:
            words = labels(language)
            self._values[language] = drafting.placeholder_values(
                partnership=self.partnership,
                ours=self.ours,
                school=self.school,
                questions=questions(),
                question_texts=question_texts(language),
                answers=self.answers,
                people=self.people,
                format_date=words.format_date,
            ) | {annexes.PLACEHOLDER: annexes.listed(self, words)}
        return self._values[language]

    @cached_property
    def _values(self) -> dict[str, Mapping[str, str]]:
        return {}

    def paragraphs(self, clause: Clause, language: str) -> list[list[drafting.Run]]:
        """A clause's paragraphs with its placeholders filled; what is not known yet is a missing run."""
        return drafting.resolve_paragraphs(
            wording(clause.texts, language), self.values(language), placeholder_questions(language)
        )

    def plain(self, clause: Clause, language: str) -> str:
        """A clause's words as the document has them, a paragraph per line; what is missing stands in brackets."""
        return "\n".join(map(shown, self.paragraphs(clause, language)))

    def gaps(self, language: str) -> dict[UUID, int]:
        """How many answers each included clause still lacks; one that both sides do without lacks none."""
        values, asked = self.values(language), placeholder_questions(language)
        return {
            clause.id: sum(
                run.missing and clause.state is not ClauseState.WAIVED
                for paragraph in drafting.resolve_paragraphs(wording(clause.texts, language), values, asked)
                for run in paragraph
            )
            for clause in self.included
        }

    def table_rows(self) -> dict[str, int]:
        """Rows of each table that a document puts after a clause (`clause_library.TABLES`)."""
        return {
            "contacts": sum(member.is_contact for member in self.members)
            + sum(code.startswith("contact") for code in self.answers),
            "goals": len(self.goals),
            "responsibilities": len(self.responsibilities),
            "commitments": len(self.commitments),
            "routines": len(self.routines),
            "resources": len(self.resources),
            "funding": len(self.funding),
            "signatures": len(self.signatures),
        }


def wording(texts: Mapping[str, str], language: str) -> str:
    """A text in a language; else in English, else in any language there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def changed_elsewhere(clause: Clause, language: str) -> str:
    """The language in which somebody has written a clause's words while nobody has in this one; "" for none.

    Then the two no longer say the same: a person has to look at the translation.
    """
    own = own_languages(clause, clause_library().get(clause.code))
    return own[0] if own and language not in own else ""


def _with_new_languages(clause: Clause) -> Clause:
    """Add the languages that the library has learnt since a clause was taken from it, where nobody has reworded it."""
    entry = clause_library().get(clause.code)
    if entry and clause.texts and entry.texts.keys() - clause.texts.keys():
        library = {language: entry.wording(language, clause.alternative) for language in entry.texts}
        if clause.texts.items() <= library.items():
            clause.titles = {language: texts.title for language, texts in entry.texts.items()} | clause.titles
            clause.texts = library
            remember_library(clause, entry)
    return clause


def load(unit: UnitOfWork, agreement_id: UUID) -> Draft:
    """The draft of an agreement, within a unit of work. Raises `NotFound`."""
    agreement = unit.get(Agreement, agreement_id)
    partnership = unit.get(Partnership, agreement.partnership_id)
    ours = unit.first(Organisation, is_ours=True)
    school = unit.get(Organisation, partnership.school_id)
    members = unit.find(PartnershipMember, partnership_id=partnership.id)
    organisations = [school.id] + ([ours.id] if ours else [])
    people = {p.id: p for p in unit.find(Person, archived=None, id=[member.person_id for member in members])}
    people |= {p.id: p for p in unit.find(Person, organisation_id=organisations)}
    goals = unit.find(SharedGoal, partnership_id=partnership.id)
    challenges = unit.find(Challenge, partnership_id=partnership.id)
    found = Draft(
        agreement=agreement,
        partnership=partnership,
        ours=ours,
        school=school,
        people=list(people.values()),
        members=members,
        clauses=[_with_new_languages(clause) for clause in unit.find(Clause, agreement_id=agreement_id)],
        responsibilities=unit.find(Responsibility, agreement_id=agreement_id),
        commitments=unit.find(Commitment, agreement_id=agreement_id),
        routines=unit.find(CommunicationRoutine, agreement_id=agreement_id),
        resources=unit.find(Resource, agreement_id=agreement_id),
        funding=unit.find(FundingItem, agreement_id=agreement_id),
        signatures=unit.find(Signature, agreement_id=agreement_id),
        goals=goals,
        indicators=unit.find(Indicator, partnership_id=partnership.id),
        challenges=challenges,
        answers={},
        facts=frozenset(),
    )
    return derived(found)


def derived(draft: Draft) -> Draft:
    """A draft with its known answers and facts worked out anew from its records."""
    known, facts = known_of(draft, draft.agreement, draft.ours)
    return replace(draft, answers=known, facts=facts)


def known_of(
    records: Draft | PartnershipView, agreement: Agreement, ours: Organisation | None
) -> tuple[Mapping[str, Answer], frozenset[str]]:
    """The known answers and the facts of an agreement (`rules.drafting`)."""
    people = {person.id: person for person in records.people}
    known = drafting.known_answers(
        questions(),
        partnership=records.partnership,
        agreement=agreement,
        people=records.people,
        members=records.members,
        ours=ours,
    )
    facts = drafting.facts(
        partnership=records.partnership,
        questions=questions(),
        answers=known,
        goals=records.goals,
        challenges=records.challenges,
        people=[people[member.person_id] for member in records.members if member.person_id in people],
        ours=ours,
        school=records.school,
    )
    return known, facts


def still_to_ask(included: Iterable[Clause], known: Mapping[str, Answer], facts: frozenset[str]) -> list[Question]:
    """The library's questions that these clauses leave open."""
    library = clause_library()
    entries = [entry for clause in included if (entry := library.get(clause.code))]
    return drafting.open_questions(entries, known, questions(), facts)


def draft(workspace: Workspace, agreement_id: UUID) -> Draft:
    """The draft of an agreement with its calendar, as plain data. Raises `NotFound`."""
    with workspace.read() as unit:
        found = load(unit, agreement_id)
        return replace(found, planned=annexes.load_planned(unit, found.partnership))
