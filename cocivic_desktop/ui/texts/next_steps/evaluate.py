"""Words for the next steps of stage 6: feedback, surveys, indicators and lessons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "feedback_due": StepWords(
            translate("NextSteps", "Hold the mid-term feedback dialogue"),
            translate("NextSteps", "Half of the time was over on {half_on}; there is still time to change something."),
            translate("NextSteps", "Plan the dialogue"),
        ),
        "midterm_survey_due": StepWords(
            translate("NextSteps", "Ask everybody how it goes"),
            translate("NextSteps", "Half of the time was over on {half_on}. A sheet with five questions is enough."),
            translate("NextSteps", "Prepare a survey"),
        ),
        "final_survey_due": StepWords(
            translate("NextSteps", "Prepare the final survey"),
            translate("NextSteps", "The partnership ends on {ends_on}; afterwards nobody can be reached."),
            translate("NextSteps", "Prepare a survey"),
        ),
        "survey_open_long": StepWords(
            translate("NextSteps", "Too few answers yet: {group}"),
            translate("NextSteps", "Answers: {count}. Results show from {minimum} on, so that nobody is recognised."),
            translate("NextSteps", "Open the survey"),
        ),
        "indicator_baseline_missing": StepWords(
            translate("NextSteps", "Give indicators a baseline and a target ({count})"),
            translate("NextSteps", "For example: {indicator}"),
            translate("NextSteps", "Open the indicators"),
        ),
        "indicator_unmeasured": StepWords(
            translate("NextSteps", "Enter the missing values of indicators ({count})"),
            translate("NextSteps", "For example: {indicator}"),
            translate("NextSteps", "Open the indicators"),
        ),
        "lessons_missing": StepWords(
            translate("NextSteps", "Write down what was learnt"),
            translate("NextSteps", "Three lines on what to do again and what to do otherwise help the next year."),
            translate("NextSteps", "Add a lesson"),
        ),
    }
