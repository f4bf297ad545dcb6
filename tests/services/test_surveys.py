"""Surveys: questions, sheets typed in, and results that show nobody's own answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.surveys import Survey, SurveyGroup, SurveyResponse
from cocivic_desktop.services import evaluate, records, surveys
from cocivic_desktop.services.surveys import OPEN, SurveyState

if TYPE_CHECKING:
    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace

DAY = date(2026, 9, 14)
LIKED = "satisfaction_students"
WHY = OPEN + "Why?"


@pytest.fixture
def survey(workspace: Workspace, partnership: Partnership) -> Survey:
    made = Survey(partnership_id=partnership.id, group=SurveyGroup.STUDENTS, questions=[LIKED, WHY], minimum_group=3)
    records.add(workspace, made)
    return made


def type_in(workspace: Workspace, survey: Survey, *values: int, words: tuple[str, ...] = ()) -> None:
    for number, value in enumerate(values):
        sheet, _ = surveys.answer(workspace, survey.id, None, LIKED, value, DAY)
        if number < len(words):
            surveys.answer(workspace, survey.id, sheet, WHY, words[number], DAY)


def test_questions_are_worded_in_the_language_that_is_asked_for(survey: Survey) -> None:
    liked, why = surveys.questions(survey, "de")
    assert liked.item is not None and liked.text == liked.item.question("de") != liked.item.question("en")
    assert (why.text, why.in_words, why.item) == ("Why?", True, None)


@pytest.mark.parametrize("group", SurveyGroup)
def test_the_catalogue_offers_what_fits_the_group_and_is_not_asked_yet(group: SurveyGroup, survey: Survey) -> None:
    survey.group = group
    codes = [item.code for item in surveys.fitting(survey)]
    assert LIKED not in codes
    assert all(group in item.groups and item.question("de") for item in surveys.fitting(survey))
    assert set(surveys.proposed(group)) == {*codes, *({LIKED} if group is SurveyGroup.STUDENTS else ())}
    assert surveys.proposed(group)


def test_another_group_gets_its_own_questions_until_a_sheet_is_there(workspace: Workspace, survey: Survey) -> None:
    surveys.change_survey(workspace, survey.id, group=SurveyGroup.TEACHERS)
    changed = records.get(workspace, Survey, survey.id)
    assert changed.questions == [*surveys.proposed(SurveyGroup.TEACHERS), WHY]
    surveys.answer(workspace, survey.id, None, WHY, "Because", DAY)
    surveys.change_survey(workspace, survey.id, group=SurveyGroup.STUDENTS)
    assert records.get(workspace, Survey, survey.id).questions == changed.questions


def test_few_answers_show_nothing(workspace: Workspace, survey: Survey) -> None:
    type_in(workspace, survey, 5, 1, words=("Because",))
    result = surveys.results(workspace, survey.id)
    assert (result.sheets, result.enough) == (2, False)
    assert all(
        not one.shown and one.mean is None and not one.distribution and not one.texts for one in result.questions
    )


def test_enough_answers_show_mean_spread_and_count(workspace: Workspace, survey: Survey) -> None:
    type_in(workspace, survey, 5, 4, 4, 2, words=("b", "a"))
    liked, why = surveys.results(workspace, survey.id).questions
    assert (liked.count, liked.mean, liked.distribution) == (4, 3.75, (0, 1, 0, 2, 1))
    assert (why.shown, why.count, why.texts) == (False, 2, ())
    sheet = surveys.sheets(workspace, survey.id)[-1]
    surveys.answer(workspace, survey.id, sheet.id, WHY, " c ", DAY)
    assert surveys.results(workspace, survey.id).questions[1].texts == ("a", "b", "c")


def test_answers_feed_the_indicator(workspace: Workspace, survey: Survey) -> None:
    def actual() -> float | None:
        rows = evaluate.indicators(workspace, survey.partnership_id, DAY)
        return next(row.actual for row in rows if row.code == LIKED)

    type_in(workspace, survey, 5, 4)
    assert actual() is None
    type_in(workspace, survey, 3)
    assert actual() == 4
    surveys.remove_question(workspace, survey.id, LIKED)
    assert actual() is None
    workspace.undo()
    assert actual() == 4


def test_an_answer_can_be_changed_and_taken_away(workspace: Workspace, survey: Survey) -> None:
    sheet, _ = surveys.answer(workspace, survey.id, None, LIKED, 2, DAY)
    surveys.answer(workspace, survey.id, sheet, LIKED, 4, DAY)
    stored = records.get(workspace, SurveyResponse, sheet)
    assert (stored.answers, stored.answered_on) == ({LIKED: 4}, DAY)
    surveys.answer(workspace, survey.id, sheet, LIKED, None, DAY)
    assert records.get(workspace, SurveyResponse, sheet).answers == {}
    with pytest.raises(InvalidField):
        surveys.answer(workspace, survey.id, sheet, LIKED, 6, DAY)


def test_other_words_keep_the_answers_in_one_step(workspace: Workspace, survey: Survey) -> None:
    sheet, _ = surveys.answer(workspace, survey.id, None, WHY, "Because", DAY)
    surveys.reword_question(workspace, survey.id, WHY, "Why so?")
    assert records.get(workspace, Survey, survey.id).questions == [LIKED, OPEN + "Why so?"]
    assert records.get(workspace, SurveyResponse, sheet).answers == {OPEN + "Why so?": "Because"}
    workspace.undo()
    assert records.get(workspace, Survey, survey.id).questions == [LIKED, WHY]
    assert records.get(workspace, SurveyResponse, sheet).answers == {WHY: "Because"}


@pytest.mark.parametrize("key", ["", "  ", OPEN, LIKED, WHY])
def test_empty_questions_and_the_same_twice_are_refused(workspace: Workspace, survey: Survey, key: str) -> None:
    with pytest.raises(InvalidField):
        surveys.add_question(workspace, survey.id, key)


def test_questions_are_moved_within_their_ends(workspace: Workspace, survey: Survey) -> None:
    surveys.add_question(workspace, survey.id, "Again?")
    surveys.move_question(workspace, survey.id, 2, -1)
    assert records.get(workspace, Survey, survey.id).questions == [LIKED, "Again?", WHY]
    surveys.move_question(workspace, survey.id, 2, 1)
    surveys.move_question(workspace, survey.id, 0, -1)
    assert records.get(workspace, Survey, survey.id).questions == [LIKED, "Again?", WHY]


def test_surveys_come_with_their_sheets_and_their_state(workspace: Workspace, survey: Survey) -> None:
    type_in(workspace, survey, 5, 4)
    older = Survey(partnership_id=survey.partnership_id, group=SurveyGroup.STAFF, opened_on=date(2026, 9, 1))
    records.add(workspace, older)
    rows = surveys.surveys(workspace, survey.partnership_id)
    assert [(row.survey.id, row.sheets) for row in rows] == [(survey.id, 2), (older.id, 0)]
    assert surveys.state_of(survey, DAY) is SurveyState.PREPARED
    assert surveys.state_of(older, DAY) is SurveyState.OPEN
    older.closed_on = DAY
    assert surveys.state_of(older, DAY) is SurveyState.CLOSED
