"""Words for the next steps of stage 5: hours and attendance."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "hours_silent": StepWords(
            translate("NextSteps", "Note the hours of the last weeks"),
            translate(
                "NextSteps", "Held in the last {days} days: {count}. One click notes those that went as planned."
            ),
            translate("NextSteps", "Note hours"),
        ),
        "commitment_exceeded": StepWords(
            translate("NextSteps", "The promised hours are used up: {role}"),
            translate("NextSteps", "{percent} % of {promised_minutes}. Share the load, or change the agreement."),
            translate("NextSteps", "Open the hour budget"),
        ),
        "commitment_nearly_used": StepWords(
            translate("NextSteps", "The promised hours are nearly used up: {role}"),
            translate("NextSteps", "{percent} % of {promised_minutes} are used."),
            translate("NextSteps", "Open the hour budget"),
        ),
        "commitment_forecast_over": StepWords(
            translate("NextSteps", "The plan needs more hours than were promised: {role}"),
            translate("NextSteps", "With what is planned, {percent} % of {promised_minutes} will be used."),
            translate("NextSteps", "Open the hour budget"),
        ),
        "unconfirmed_old": StepWords(
            translate("NextSteps", "Confirm hours that have waited for long ({count})"),
            translate("NextSteps", "The oldest are from {first_on}."),
            translate("NextSteps", "Confirm hours"),
        ),
        "attendance_missing": StepWords(
            translate("NextSteps", "Note who or how many were there ({count})"),
            translate("NextSteps", "For example at {activity}. A number is enough where names are not needed."),
            translate("NextSteps", "Note attendance"),
        ),
    }
