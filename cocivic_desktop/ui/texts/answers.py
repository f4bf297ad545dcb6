"""Words for the answers of the agreement interview: what was answered, and where it is known from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.clause_library import Answer, Question, QuestionText, QuestionType
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.rules.interview import Item, Source, Standing
from cocivic_desktop.ui.texts.formats import day_text, number_text

translate = QCoreApplication.translate


def yes_no() -> tuple[str, str]:
    """The words for yes and for no."""
    return translate("Answers", "Yes"), translate("Answers", "No")


def answer_text(question: Question, value: Answer, words: QuestionText, people: Iterable[Person]) -> str:
    """An answer as it reads on the screen."""
    if isinstance(value, bool):
        return yes_no()[0 if value else 1]
    if isinstance(value, int):
        return number_text(value)
    match question.type:
        case QuestionType.CHOICE:
            return words.options.get(value, value)
        case QuestionType.PERSON:
            return next((person.name for person in people if str(person.id) == value), value)
        case QuestionType.DATE:
            try:
                return day_text(date.fromisoformat(value))
            except ValueError:
                return value
    return value


def source_text(item: Item) -> str:
    """Where an answer is known from, or that there is none."""
    match item.standing, item.source:
        case Standing.OPEN, _:
            return translate("Answers", "not answered yet")
        case Standing.LATER, _:
            return translate("Answers", "left for later")
        case _, Source.AGREEMENT:
            return translate("Answers", "the agreement’s dates")
        case _, Source.PARTNERSHIP:
            if item.expectation_id is not None:
                return translate("Answers", "the expectations")
            return translate("Answers", "the partnership")
        case _, Source.CONTACT:
            return translate("Answers", "its contact persons")
    return translate("Answers", "answered here")
