"""Words for the next steps of stage 1 about letters, meetings and tasks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "letter_unanswered": StepWords(
            translate("NextSteps", "Call the school about your letter of {sent_on}"),
            translate("NextSteps", "Days without an answer: {days}. A call gets the letter read."),
            translate("NextSteps", "Note the call"),
        ),
        "readiness_gaps": StepWords(
            translate("NextSteps", "Close gaps of our own before promising anything ({count})"),
            translate("NextSteps", "What is missing most stands first, with advice on each question."),
            translate("NextSteps", "Show what is missing"),
        ),
        "meeting_day_missing": StepWords(
            translate("NextSteps", "Find a day for the meeting"),
            translate(
                "NextSteps", "Its agenda is written. With a day it stands in the calendar and people can be invited."
            ),
            translate("NextSteps", "Open the meeting"),
        ),
        "invitation_missing": StepWords(
            translate("NextSteps", "Invite people to the meeting on {held_on}"),
            translate("NextSteps", "The invitation has not been written yet. It puts the date into their calendars."),
            translate("NextSteps", "Open the meeting"),
        ),
        "agenda_missing": StepWords(
            translate("NextSteps", "Write the agenda for {held_on}"),
            translate("NextSteps", "Open points come with one click: what is not known or not settled yet."),
            translate("NextSteps", "Open the meeting"),
        ),
        "meeting_minutes_missing": StepWords(
            translate("NextSteps", "Write the minutes of the meeting of {held_on}"),
            translate("NextSteps", "A few lines on what was decided and who does what are enough."),
            translate("NextSteps", "Open the meeting"),
        ),
        "answers_not_taken": StepWords(
            translate("NextSteps", "Take over what was answered in the meeting ({count})"),
            translate("NextSteps", "It still counts as open elsewhere: {item}"),
            translate("NextSteps", "Open the agenda"),
        ),
        "task_overdue": StepWords(
            translate("NextSteps", "Overdue: {task}"),
            translate("NextSteps", "Days since it was due: {days}."),
            translate("NextSteps", "Open the task"),
        ),
        "task_open_ended": StepWords(
            translate("NextSteps", "Say who does it and by when: {task}"),
            translate("NextSteps", "Tasks without an owner or a day: {count}."),
            translate("NextSteps", "Open the task"),
        ),
    }
