"""Drafting an agreement: which clauses fit, which questions are open, and what the words become.

Everything here is pure. Facts are short codes such as "minors", "no_transport" or "costs_shared".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from cocivic_desktop.domain.agreements import Agreement, AgreementState, Clause, ClauseState
from cocivic_desktop.domain.clause_library import (
    Alternative,
    Answer,
    ClauseLibrary,
    LibraryClause,
    Question,
    QuestionText,
    QuestionType,
)
from cocivic_desktop.domain.goals import Challenge, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember

NEGOTIABLE: Final = (AgreementState.DRAFT, AgreementState.SHARED, AgreementState.AGREED)
"""States in which the words of an agreement may still change; later ones take an amendment."""

RECORD_PLACEHOLDERS: Final[tuple[str, ...]] = (
    "cso_name", "cso_address", "cso_represented_by", "cso_mission",
    "school_name", "school_address", "school_represented_by", "partnership_title",
)  # fmt: skip
"""Placeholders filled from records; all others are filled by a question."""

_PLACEHOLDER: Final = re.compile(r"(?<!\{)\{([a-z][a-z0-9_]*)\}(?!\})")


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph. `missing`: `text` is the question whose answer belongs here.

    `placeholder` names what the text was filled from, "" for the clause's own words.
    """

    text: str
    missing: bool = False
    placeholder: str = ""


@dataclass(frozen=True)
class ChosenClause:
    """A clause proposed for an agreement, with the code of the alternative that fits ("" for its own text)."""

    clause: LibraryClause
    alternative: str = ""


def known_answers(
    questions: Iterable[Question],
    *,
    partnership: Partnership,
    agreement: Agreement,
    people: Iterable[Person] = (),
    members: Iterable[PartnershipMember] = (),
    ours: Organisation | None = None,
) -> dict[str, Answer]:
    """What is known already, by question code: from the records first, then from the interview.

    A question that is to be confirmed is known only when the interview has asked it.
    The contact persons are the members of the partnership marked as contact, by their organisation.
    """
    known: dict[str, Answer] = {}
    by_id = {person.id: person for person in people}
    contacts = [by_id[m.person_id] for m in members if m.is_contact and not m.archived and m.person_id in by_id]
    for question in questions:
        asked = question.code in agreement.answers and _is_answer(agreement.answers[question.code])
        value = _field_value(question, partnership, agreement)
        if value is not None and (asked or not question.confirm):
            known[question.code] = value
        elif asked:
            known[question.code] = agreement.answers[question.code]
        elif question.type is QuestionType.PERSON:
            contact = _contact(contacts, question.side, partnership, ours)
            if contact is not None:
                known[question.code] = str(contact.id)
    return known


def facts(
    *,
    partnership: Partnership,
    questions: Iterable[Question],
    answers: Mapping[str, Answer],
    goals: Iterable[SharedGoal] = (),
    challenges: Iterable[Challenge] = (),
    people: Iterable[Person] = (),
    ours: Organisation | None = None,
    school: Organisation | None = None,
) -> frozenset[str]:
    """The facts that decide about clauses. `answers` are those of `known_answers`.

    "country_de" holds when either side sits there: its law then matters for both.

    A question with `fact` gives that fact for yes, for a number over 0 and for any text, and "no_<fact>" for no
    and for 0. A choice gives "<code>_<option>". Without an answer the default decides, but an assumed no
    gives no "no_<fact>": only a person can say that something does not apply.
    """
    kinds = {person.kind for person in people if not person.archived}
    from_records = {
        "minors": partnership.minors,
        "no_minors": not partnership.minors,
        f"model_{partnership.model}": bool(partnership.model),
        "goals": any(not goal.archived for goal in goals),
        "challenges": any(not challenge.archived for challenge in challenges),
        "volunteers": bool(kinds & {PersonKind.VOLUNTEER, PersonKind.MENTOR}),
        "named_learners": PersonKind.STUDENT in kinds,
    } | {f"country_{side.country.lower()}": True for side in (ours, school) if side is not None and side.country}
    from_answers = {_fact(question, answers) for question in questions if question.field != "partnership.minors"}
    return frozenset(fact for fact, holds in from_records.items() if holds) | (from_answers - {""})


def select_clauses(library: ClauseLibrary, kind: str, known: Collection[str]) -> list[ChosenClause]:
    """The clauses that fit a kind of agreement and the known facts, in the library's order."""
    return [
        ChosenClause(clause, choose_alternative(clause, kind, known))
        for clause in library.clauses
        if fits(clause, kind, known) and (clause.essential or clause.when)
    ]


def fits(clause: LibraryClause, kind: str, known: Collection[str]) -> bool:
    """Whether a clause's conditions hold: its kind, all facts of `when`, no fact of `unless`."""
    return kind in clause.kinds and all(f in known for f in clause.when) and not any(f in known for f in clause.unless)


def choose_alternative(clause: LibraryClause, kind: str, known: Collection[str]) -> str:
    """Code of the first alternative that the kind and the facts call for; "" for the clause's own text."""
    return next((option.code for option in clause.alternatives if _called_for(option, kind, known)), "")


def open_questions(
    clauses: Iterable[LibraryClause],
    answers: Mapping[str, Answer],
    questions: Sequence[Question],
    known: Collection[str] = frozenset(),
) -> list[Question]:
    """The questions still to be asked, in the interview's order.

    Those that an included clause asks, and those that decide whether a clause is needed at all; each only
    when its own conditions hold and nobody has answered it.
    """
    asked = {code for clause in clauses for code in clause.asks}
    return [
        question
        for question in questions
        if question.code not in answers
        and (question.code in asked or question.fact)
        and all(fact in known for fact in question.when)
    ]


def placeholder_values(
    *,
    partnership: Partnership,
    ours: Organisation | None,
    school: Organisation | None,
    questions: Iterable[Question],
    question_texts: Mapping[str, QuestionText],
    answers: Mapping[str, Answer],
    people: Iterable[Person],
    format_date: Callable[[date], str],
) -> dict[str, str]:
    """The text of every placeholder that can be filled.

    `question_texts` and `format_date` are of the document's language. A choice is shown as its option's label,
    a person as name and position; yes and no fill nothing.
    """
    values = {"partnership_title": partnership.title}
    for prefix, organisation in (("cso", ours), ("school", school)):
        if organisation is not None:
            values[f"{prefix}_name"] = organisation.name
            values[f"{prefix}_address"] = _address(organisation)
            values[f"{prefix}_represented_by"] = organisation.represented_by
            values[f"{prefix}_mission"] = organisation.mission
    by_id = {str(person.id): person for person in people}
    for question in questions:
        value = answers.get(question.code)
        if not question.placeholder or value is None or isinstance(value, bool):
            continue
        texts = question_texts.get(question.code)
        values[question.placeholder] = _shown(question, value, texts, by_id, format_date)
    return {name: value for name, value in values.items() if value.strip()}


def resolve(text: str, values: Mapping[str, str], questions: Mapping[str, str]) -> list[Run]:
    """Fill the placeholders of a text. `questions` holds a short human question for every known placeholder.

    A {name} with a value becomes it, literally and never read again; one known but without a value becomes a
    missing run with its question. A value that ends with a full stop ends the sentence: the text's own stop behind
    it is left out. Everything else stays as it is: doubled braces, unknown names, markup.
    """
    runs: list[Run] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        name = match.group(1)
        if name not in values and name not in questions:
            continue
        if match.start() > end:
            runs.append(Run(text[end : match.start()]))
        value = values.get(name, "")
        runs.append(Run(value, placeholder=name) if value else Run(questions.get(name, name), True, name))
        end = match.end() + (value.endswith((".", "…")) and text.startswith(".", match.end()))
    if end < len(text):
        runs.append(Run(text[end:]))
    return runs


def blank(question: str) -> str:
    """A missing answer as a document shows it: "name of the school" → "[name of the school?]"."""
    return f"[{question.rstrip('?…. ') or '…'}?]"


def resolve_paragraphs(text: str, values: Mapping[str, str], questions: Mapping[str, str]) -> list[list[Run]]:
    """`resolve` for each paragraph of a text."""
    return [resolve(line, values, questions) for line in paragraphs(text)]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: its lines that are not blank."""
    return [line.strip() for line in text.split("\n") if line.strip()]


@lru_cache(maxsize=2_000)
def placeholders(text: str) -> frozenset[str]:
    """Names of all placeholders in a text, known or not. The interview asks of each question for each clause."""
    return frozenset(_PLACEHOLDER.findall(text))


def state_counts(clauses: Iterable[Clause]) -> dict[ClauseState, int]:
    """How many of the included clauses stand in each state."""
    states = [clause.state for clause in clauses if clause.included and not clause.archived]
    return {state: states.count(state) for state in ClauseState}


def is_draft(clauses: Iterable[Clause]) -> bool:
    """Whether a document carries the DRAFT mark: until every included clause is agreed or waived."""
    included = [clause for clause in clauses if clause.included and not clause.archived]
    settled = (ClauseState.AGREED, ClauseState.WAIVED)
    return not included or any(clause.state not in settled for clause in included)


def _fact(question: Question, answers: Mapping[str, Answer]) -> str:
    """The fact that a question decides, "" for none."""
    answered = question.code in answers
    value = answers[question.code] if answered else question.default
    if value is None:
        return ""
    if question.type is QuestionType.CHOICE:
        return f"{question.code}_{value}" if value in question.options else ""
    if question.fact and _truth(value):
        return question.fact
    return f"no_{question.fact}" if question.fact and answered else ""


def _called_for(option: Alternative, kind: str, known: Collection[str]) -> bool:
    if not option.kinds and not option.when:
        return False
    return (not option.kinds or kind in option.kinds) and all(fact in known for fact in option.when)


def _is_answer(value: Answer) -> bool:
    return not (isinstance(value, str) and not value.strip())


def _truth(value: Answer) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _field_value(question: Question, partnership: Partnership, agreement: Agreement) -> Answer | None:
    """The value of the record's field that a question names; the agreement's dates fall back to the partnership's."""
    match question.field:
        case "agreement.starts_on":
            starts_on = agreement.starts_on or partnership.starts_on
            return starts_on.isoformat() if starts_on else None
        case "agreement.ends_on":
            ends_on = agreement.ends_on or partnership.ends_on
            return ends_on.isoformat() if ends_on else None
        case "agreement.notice_days":
            return agreement.notice_days
        case "partnership.minors":
            return partnership.minors
        case "partnership.student_count":
            return partnership.student_count
    return None


def _contact(
    contacts: Iterable[Person], side: str, partnership: Partnership, ours: Organisation | None
) -> Person | None:
    for person in contacts:
        at_school = person.organisation_id == partnership.school_id
        at_ours = ours is not None and person.organisation_id == ours.id
        if (side == "school" and at_school) or (side == "cso" and at_ours):
            return person
    return None


def _address(organisation: Organisation) -> str:
    town = " ".join(part for part in (organisation.postal_code, organisation.city) if part)
    return ", ".join(part for part in (organisation.street, town) if part)


def _shown(
    question: Question,
    value: str | int,
    texts: QuestionText | None,
    people: Mapping[str, Person],
    format_date: Callable[[date], str],
) -> str:
    text = str(value)
    if question.type is QuestionType.CHOICE:
        return texts.options.get(text, text) if texts else text
    if question.type is QuestionType.PERSON and text in people:
        person = people[text]
        return ", ".join(part for part in (person.name, person.position) if part)
    if question.type is QuestionType.DATE:
        try:
            return format_date(date.fromisoformat(text))
        except ValueError:
            return text
    return text
