"""Surveys on paper: their questions, the sheets typed in, and results that show nobody's own answer.

A question of a survey is a code of the catalogue of indicators, or a text of one's own. An own question is answered
from 1 to 5; with `OPEN` before it, in words. Answers are kept under the question as it stands in the survey.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.surveys import Survey, SurveyGroup, SurveyResponse
from cocivic_desktop.library.indicators import CatalogueItem, indicator_catalogue, indicators_by_code
from cocivic_desktop.services import records

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

OPEN: Final = "text: "
"""Stands before an own question that is answered in words."""
HIGHEST: Final = 5
"""Answers run from 1 (not at all) to 5 (very much)."""


class SurveyState(StrEnum):
    """How far a survey is, from its days."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Question:
    """One question of a survey. `key` is what the survey and its sheets hold; `item` is None for an own one."""

    key: str
    text: str
    in_words: bool = False
    item: CatalogueItem | None = None


@dataclass(frozen=True)
class SurveyRow:
    """A survey with the number of its sheets."""

    survey: Survey
    sheets: int


@dataclass(frozen=True)
class QuestionResult:
    """The answers to one question, or only their number while there are too few (`shown` is False)."""

    question: Question
    count: int
    shown: bool
    mean: float | None = None
    distribution: tuple[int, ...] = ()
    """How often 1, 2, 3, 4 and 5 were given."""
    texts: tuple[str, ...] = ()
    """Answers in words by the alphabet, so that their order tells nothing about the sheets."""


@dataclass(frozen=True)
class SurveyResult:
    """What a survey says."""

    sheets: int
    minimum: int
    questions: tuple[QuestionResult, ...]

    @property
    def enough(self) -> bool:
        """Whether there are enough sheets to show anything."""
        return self.sheets >= self.minimum


def state_of(survey: Survey, today: date) -> SurveyState:
    """Whether a survey is being prepared, open, or closed on a day."""
    if survey.closed_on is not None and survey.closed_on <= today:
        return SurveyState.CLOSED
    if survey.opened_on is not None and survey.opened_on <= today:
        return SurveyState.OPEN
    return SurveyState.PREPARED


def surveys(workspace: Workspace, partnership_id: UUID, *, archived: bool | None = False) -> list[SurveyRow]:
    """The surveys of a partnership, the latest first; those without a day at the top."""
    with workspace.read() as unit:
        found = unit.find(Survey, archived=archived, partnership_id=partnership_id)
        mine = unit.find(SurveyResponse, survey_id=[survey.id for survey in found]) if found else []
    counts: dict[UUID, int] = {}
    for sheet in mine:
        counts[sheet.survey_id] = counts.get(sheet.survey_id, 0) + 1
    found.sort(key=lambda survey: (survey.opened_on or date.max, survey.created_at), reverse=True)
    return [SurveyRow(survey, counts.get(survey.id, 0)) for survey in found]


def sheets(workspace: Workspace, survey_id: UUID) -> list[SurveyResponse]:
    """The sheets of a survey in the order in which they were typed in."""
    found = records.find(workspace, SurveyResponse, survey_id=survey_id)
    return sorted(found, key=lambda sheet: sheet.created_at)


def questions(survey: Survey, language: str = "en") -> list[Question]:
    """The questions of a survey in a language; own ones as they were written."""
    return [question_of(key, language) for key in survey.questions]


def question_of(key: str, language: str = "en") -> Question:
    """What a question of a survey asks."""
    item = indicators_by_code().get(key)
    if item is not None and item.question():
        return Question(key, item.question(language), item=item)
    return Question(key, key.removeprefix(OPEN), in_words=key.startswith(OPEN))


def fitting(survey: Survey) -> list[CatalogueItem]:
    """What the catalogue offers for the survey's group and is not asked yet."""
    return [
        item
        for item in indicator_catalogue()
        if survey.group in item.groups and item.question() and item.code not in survey.questions
    ]


def proposed(group: SurveyGroup) -> list[str]:
    """Questions to begin with: all that the catalogue has for a group."""
    return [item.code for item in indicator_catalogue() if group in item.groups and item.question()]


def change_survey(workspace: Workspace, survey_id: UUID, /, **fields: Any) -> Changes:
    """Set fields of a survey. Another group gets its own questions while no sheet is there; own questions stay.

    Raises `InvalidField`, `NotFound`.
    """
    survey = records.get(workspace, Survey, survey_id)
    group = fields.get("group", survey.group)
    if group is not survey.group and not sheets(workspace, survey_id):
        own = [key for key in survey.questions if question_of(key).item is None]
        fields["questions"] = [*proposed(group), *own]
    return records.change(workspace, Survey, survey_id, **fields)


def add_question(workspace: Workspace, survey_id: UUID, key: str) -> Changes:
    """Put a question last. Raises `InvalidField` for an empty one or one that is asked already, `NotFound`."""
    with workspace.write("change_survey", _label(key)) as unit:
        survey = unit.get(Survey, survey_id)
        survey.questions = [*survey.questions, _new_key(survey, key)]
    return workspace.last_changes


def move_question(workspace: Workspace, survey_id: UUID, place: int, step: int) -> Changes:
    """Move the question at a place by some steps; beyond the ends nothing happens. Raises `NotFound`."""
    survey = records.get(workspace, Survey, survey_id)
    order = list(survey.questions)
    if not (0 <= place < len(order) and 0 <= place + step < len(order)):
        return Changes()
    order.insert(place + step, order.pop(place))
    return records.change(workspace, Survey, survey_id, questions=order)


def reword_question(workspace: Workspace, survey_id: UUID, key: str, new: str) -> Changes:
    """Give an own question other words; the sheets' answers go with it, in one step. Raises as `add_question`."""
    new = OPEN + new.strip() if key.startswith(OPEN) and new.strip() else new.strip()
    if new == key:
        return Changes()
    with workspace.write("change_survey", _label(new)) as unit:
        survey = unit.get(Survey, survey_id)
        wanted = _new_key(survey, new)
        survey.questions = [wanted if one == key else one for one in survey.questions]
        _change_answers(unit, survey_id, lambda name: wanted if name == key else name)
    return workspace.last_changes


def remove_question(workspace: Workspace, survey_id: UUID, key: str) -> Changes:
    """Take a question out with its answers, in one step, so that no indicator counts them. Raises `NotFound`."""
    with workspace.write("change_survey", _label(key)) as unit:
        survey = unit.get(Survey, survey_id)
        survey.questions = [one for one in survey.questions if one != key]
        _change_answers(unit, survey_id, lambda name: None if name == key else name)
    return workspace.last_changes


def answer(
    workspace: Workspace, survey_id: UUID, sheet_id: UUID | None, key: str, value: int | str | None, day: date
) -> tuple[UUID, Changes]:
    """Note one answer; None or an empty text takes it away. Without a sheet a new one of that day begins.

    Gives the id of the sheet. Raises `InvalidField`, `NotFound`.
    """
    value = value.strip() or None if isinstance(value, str) else value
    if sheet_id is None:
        given = {} if value is None else {key: value}
        sheet = SurveyResponse(survey_id=survey_id, answered_on=day, answers=given)
        return sheet.id, records.add(workspace, sheet)
    answers = dict(records.get(workspace, SurveyResponse, sheet_id).answers)
    answers.pop(key, None)
    if value is not None:
        answers[key] = value
    return sheet_id, records.change(workspace, SurveyResponse, sheet_id, answers=answers)


def results(workspace: Workspace, survey_id: UUID, language: str = "en") -> SurveyResult:
    """Mean, distribution and number of answers for each question that enough people answered. Raises `NotFound`."""
    survey = records.get(workspace, Survey, survey_id)
    answered = sheets(workspace, survey_id)
    return SurveyResult(
        sheets=len(answered),
        minimum=survey.minimum_group,
        questions=tuple(
            _result(question, [one.answers[question.key] for one in answered if question.key in one.answers], survey)
            for question in questions(survey, language)
        ),
    )


def _result(question: Question, given: list[int | str], survey: Survey) -> QuestionResult:
    numbers = [one for one in given if isinstance(one, int)]
    words = [one for one in given if isinstance(one, str)]
    counted = len(words) if question.in_words else len(numbers)
    if counted < survey.minimum_group:
        return QuestionResult(question, counted, shown=False)
    if question.in_words:
        return QuestionResult(question, counted, shown=True, texts=tuple(sorted(words, key=fold)))
    spread = tuple(sum(1 for one in numbers if one == step) for step in range(1, HIGHEST + 1))
    return QuestionResult(question, counted, shown=True, mean=sum(numbers) / counted, distribution=spread)


def _new_key(survey: Survey, key: str) -> str:
    key = key.strip()
    if not key.removeprefix(OPEN.strip()).strip():
        raise InvalidField("questions", "required")
    if key in survey.questions:
        raise InvalidField("questions", "already_there")
    return key


def _change_answers(unit: UnitOfWork, survey_id: UUID, name_of: Callable[[str], str | None]) -> None:
    for sheet in unit.find(SurveyResponse, archived=None, survey_id=survey_id):
        kept = {new: value for old, value in sheet.answers.items() if (new := name_of(old)) is not None}
        if kept != sheet.answers:
            sheet.answers = kept


def _label(key: str) -> str:
    return question_of(key).text[:80]
