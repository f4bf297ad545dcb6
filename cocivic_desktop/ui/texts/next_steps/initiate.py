"""Words for the next steps of stage 1: first contacts, meetings, expectations."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "our_mission_missing": StepWords(
            translate("NextSteps", "Write down our mission"),
            translate("NextSteps", "Goals are held against it, and letters and agreements quote it."),
            translate("NextSteps", "Open our organisation"),
        ),
        "readiness_not_started": StepWords(
            translate("NextSteps", "Check whether we are ready"),
            translate("NextSteps", "A few questions on time, people and backing, before anything is promised."),
            translate("NextSteps", "Start the self-check"),
        ),
        "readiness_unknown": StepWords(
            translate("NextSteps", "Clear up what we do not know yet ({count})"),
            translate("NextSteps", "Unknown answers become questions for the exploratory meeting."),
            translate("NextSteps", "Show the open questions"),
        ),
        "first_contact_missing": StepWords(
            translate("NextSteps", "Make the first contact with {school}"),
            translate("NextSteps", "A call to the person who decides works better than a letter to the office."),
            translate("NextSteps", "Note a contact"),
        ),
        "next_contact_overdue": StepWords(
            translate("NextSteps", "Get in touch: it was planned for {due_on}"),
            translate("NextSteps", "Days since then: {days}. A promised call that does not come costs trust."),
            translate("NextSteps", "Note the contact"),
        ),
        "ask_again": StepWords(
            translate("NextSteps", "Ask again: it was put off until {due_on}"),
            translate("NextSteps", "“Not now” is not “never”. Days since then: {days}."),
            translate("NextSteps", "Note the contact"),
        ),
        "not_now_reason_missing": StepWords(
            translate("NextSteps", "Say why {school} is not possible now"),
            translate("NextSteps", "A line is enough. Whoever asks again later will know what to ask."),
            translate("NextSteps", "Note the reason"),
        ),
        "contact_gone_quiet": StepWords(
            translate("NextSteps", "Ask the school again"),
            translate("NextSteps", "Days since the last contact: {days}. Set a day for the next one."),
            translate("NextSteps", "Note a contact"),
        ),
        "leadership_meeting_missing": StepWords(
            translate("NextSteps", "Meet the school's leadership"),
            translate("NextSteps", "Without its backing, a project depends on one teacher."),
            translate("NextSteps", "Plan the meeting"),
        ),
        "expectations_missing": StepWords(
            translate("NextSteps", "Ask what this side expects and offers: {side}"),
            translate("NextSteps", "Expectations that do not match are the second most frequent barrier (55 %)."),
            translate("NextSteps", "Add an expectation"),
        ),
        "mismatch_open": StepWords(
            translate("NextSteps", "Settle expectations that do not match ({count})"),
            translate("NextSteps", "For example: {expectation}"),
            translate("NextSteps", "Open the mismatch board"),
        ),
        "expectation_unanswered": StepWords(
            translate("NextSteps", "Find out who answers what is expected ({count})"),
            translate(
                "NextSteps",
                "For example, from this side: {side} – “{expectation}”. Match it, or say that it does not fit.",
            ),
            translate("NextSteps", "Open the expectation board"),
        ),
        "decision_missing": StepWords(
            translate("NextSteps", "Decide whether to go on"),
            translate("NextSteps", "The exploratory meeting was on {held_on}. Go on, or say why not now."),
            translate("NextSteps", "Decide"),
        ),
    }
