"""What the other side wrote into the blanks of a document becomes the answer that was asked for.

So it stands in every clause that asks for it, in each language, and the interview does not ask again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.base import SHORT_TEXT, fold
from cocivic_desktop.domain.clause_library import Answer, Question, QuestionType
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.labels import labels
from cocivic_desktop.library.questions import question_texts, questions
from cocivic_desktop.services import agreements, drafts, proposals

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.taking import Fill
    from cocivic_desktop.services.drafts import Draft
    from cocivic_desktop.store.unit_of_work import UnitOfWork

MOST: Final = 10_000
"""Largest number that the interview takes."""
_TOWN = re.compile(r"([A-Z]{0,2}-?\d[\d ]{2,7}\d) +(\D.*)")


def answered(unit: UnitOfWork, draft: Draft, fills: Iterable[Fill], language: str) -> list[Fill]:
    """Keep what was written into blanks as answers, or in the fields of the organisations; gives those that were kept.

    The others (a day that is none, a number in words, another text than the one known since) stay words of the clause.
    """
    by_placeholder = {question.placeholder: question for question in questions() if question.placeholder}
    known, kept = dict(draft.values(language)), []
    for fill in fills:
        text = fill.text.strip()
        if fill.placeholder not in known:
            question = by_placeholder.get(fill.placeholder)
            if not (_answer(unit, draft, question, text, language) if question else _record(unit, draft, fill, text)):
                continue
            known[fill.placeholder] = text
        if fold(known[fill.placeholder]) == fold(text):
            kept.append(fill)
    unit.flush()
    return kept


def follow_up(unit: UnitOfWork, before: Draft) -> None:
    """Bring the clauses into line once with all that was answered since `before` was loaded."""
    if drafts.load(unit, before.agreement.id).answers != before.answers:
        agreements.propose(unit, before.agreement.id, proposals.fitting(before), before.answers)


def understood(question: Question, text: str, language: str, people: Mapping[str, str]) -> Answer | None:
    """A text as the answer of a question; None when it is none. `people` holds ids by folded name."""
    match question.type:
        case QuestionType.TEXT:
            return text
        case QuestionType.NUMBER:
            return int(text) if text.isdecimal() and int(text) <= MOST else None
        case QuestionType.DATE:
            day = labels(language).read_date(text)
            return day.isoformat() if day else None
        case QuestionType.CHOICE:
            words = question_texts(language)[question.code].options
            return next((one for one in question.options if fold(words.get(one, one)) == fold(text)), None)
        case QuestionType.PERSON:
            return people.get(fold(text), text if len(text) <= SHORT_TEXT else None)
    return None


def _answer(unit: UnitOfWork, draft: Draft, question: Question, text: str, language: str) -> bool:
    people = {fold(shown): str(one.id) for one in draft.people for shown in (one.name, f"{one.name}, {one.position}")}
    value = understood(question, text, language, people)
    if value is None:
        return False
    agreement = unit.get(Agreement, draft.agreement.id)
    proposals.write_answer(agreement, unit.get(Partnership, agreement.partnership_id), question, value)
    return True


def _record(unit: UnitOfWork, draft: Draft, fill: Fill, text: str) -> bool:
    """Who represents an organisation, its address, our mission."""
    side, _, field = fill.placeholder.partition("_")
    of_side = {"cso": draft.ours, "school": draft.school}.get(side)
    if of_side is None or len(text) > SHORT_TEXT:
        return False
    organisation = unit.get(Organisation, of_side.id)
    if field == "address":
        street, _, town = text.rpartition(", ")
        found = _TOWN.fullmatch(town)
        organisation.street = street if found else text
        if found:
            organisation.postal_code, organisation.city = found[1], found[2]
    elif field in ("represented_by", "mission"):
        setattr(organisation, field, text)
    else:
        return False
    return True
