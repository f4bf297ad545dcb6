"""Words for the next steps of stage 2: challenges, their teams and solutions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "challenge_question_missing": StepWords(
            translate("NextSteps", "Put the challenge as a question: {challenge}"),
            translate("NextSteps", "Students start from an open question, not from an order."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_mentor_missing": StepWords(
            translate("NextSteps", "Find a mentor for: {challenge}"),
            translate("NextSteps", "A team needs one person of ours to turn to."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_phase_late": StepWords(
            translate("NextSteps", "A challenge is behind its plan: {challenge}"),
            translate("NextSteps", "Phase: {phase}. Days since it should have ended: {days}."),
            translate("NextSteps", "Open the challenge"),
        ),
        "solution_rating_missing": StepWords(
            translate("NextSteps", "Rate the solutions that were shown ({count})"),
            translate("NextSteps", "How useful is “{solution}” to us? The students want to know."),
            translate("NextSteps", "Rate"),
        ),
        "challenge_team_missing": StepWords(
            translate("NextSteps", "Note the team of: {challenge}"),
            translate("NextSteps", "Initials or a number of students will do."),
            translate("NextSteps", "Open the challenge"),
        ),
    }
