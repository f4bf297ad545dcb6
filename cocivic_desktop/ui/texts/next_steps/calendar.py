"""Words for the next steps of stage 4: the school year and sessions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "school_year_missing": StepWords(
            translate("NextSteps", "Bring in the school's calendar"),
            translate("NextSteps", "From a file of the school, from public holidays, or by hand."),
            translate("NextSteps", "Add a school year"),
        ),
        "terms_missing": StepWords(
            translate("NextSteps", "Enter the terms of {year}"),
            translate("NextSteps", "Teaching weeks are counted in terms."),
            translate("NextSteps", "Open the school year"),
        ),
        "school_year_unconfirmed": StepWords(
            translate("NextSteps", "Ask the school to confirm the dates of {year}"),
            translate("NextSteps", "Published dates differ from those of a single school more often than one thinks."),
            translate("NextSteps", "Open the school year"),
        ),
        "school_year_stale": StepWords(
            translate("NextSteps", "Check the dates of {year} again"),
            translate("NextSteps", "They were last checked on {checked_on}."),
            translate("NextSteps", "Open the school year"),
        ),
        "estimates_near": StepWords(
            translate("NextSteps", "Check an estimated date: {name}"),
            translate("NextSteps", "It is expected on {starts_on}, and may move by a day or two."),
            translate("NextSteps", "Open the school year"),
        ),
        "lesson_times_missing": StepWords(
            translate("NextSteps", "Enter the lesson times of {year}"),
            translate("NextSteps", "Then sessions can be checked against the school's day."),
            translate("NextSteps", "Open the school year"),
        ),
        "activities_missing": StepWords(
            translate("NextSteps", "Plan the first activity"),
            translate("NextSteps", "Begin with what cannot move: kick-off, final presentation, steering meetings."),
            translate("NextSteps", "Add an activity"),
        ),
        "conflicts_hard": StepWords(
            translate("NextSteps", "Dates that cannot take place ({count}): {reason}"),
            translate("NextSteps", "The first is on {first_on}. Free dates nearby are proposed."),
            translate("NextSteps", "Show the conflicts"),
        ),
        "conflicts_soft": StepWords(
            translate("NextSteps", "Dates to look at again ({count}): {reason}"),
            translate("NextSteps", "The first is on {first_on}. Move it, or note why it stays."),
            translate("NextSteps", "Show the conflicts"),
        ),
        "tentative_near": StepWords(
            translate("NextSteps", "Confirm dates that come soon ({count})"),
            translate("NextSteps", "The next is {activity} on {first_on}, still tentative."),
            translate("NextSteps", "Open the activity"),
        ),
        "time_proposed": StepWords(
            translate("NextSteps", "Decide on another time that guests propose ({count})"),
            translate("NextSteps", "For {activity}: take it over with one click, or leave it."),
            translate("NextSteps", "Show the proposal"),
        ),
        "task_without_date": StepWords(
            translate("NextSteps", "Find time for tasks that are due soon ({count})"),
            translate("NextSteps", "The first is {task}, due on {due_on}. Free slots are proposed."),
            translate("NextSteps", "Show what has no date"),
        ),
    }


def conflicts() -> dict[ConflictCode, str]:
    """Reasons of a conflict as part of a sentence."""
    return {
        ConflictCode.CLOSURE: translate("NextSteps", "holiday or closed day"),
        ConflictCode.PUBLIC_HOLIDAY: translate("NextSteps", "public holiday"),
        ConflictCode.OUTSIDE_TERM: translate("NextSteps", "outside the term"),
        ConflictCode.ASSESSMENT: translate("NextSteps", "assessment period"),
        ConflictCode.DEADLINE_NEAR: translate("NextSteps", "near an accreditation deadline"),
        ConflictCode.OUTSIDE_AGREEMENT: translate("NextSteps", "outside the agreement"),
        ConflictCode.PERSON_BUSY: translate("NextSteps", "a person is booked twice"),
        ConflictCode.PLACE_BUSY: translate("NextSteps", "a room is booked twice"),
        ConflictCode.OUTSIDE_LESSONS: translate("NextSteps", "outside lesson times"),
        ConflictCode.OVER_COMMITMENT: translate("NextSteps", "more hours than promised"),
        ConflictCode.SHORT_NOTICE: translate("NextSteps", "shorter notice than agreed"),
    }
