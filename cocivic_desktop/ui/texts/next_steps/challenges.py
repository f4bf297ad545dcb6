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
        "challenge_need_missing": StepWords(
            translate("NextSteps", "Say which need stands behind it: {challenge}"),
            translate("NextSteps", "Who in the community needs this, and why? Without a need it is an exercise."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_mentor_missing": StepWords(
            translate("NextSteps", "Find a mentor for: {challenge}"),
            translate("NextSteps", "A team needs one person of ours to turn to."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_teacher_missing": StepWords(
            translate("NextSteps", "Ask which teacher goes along with: {challenge}"),
            translate("NextSteps", "The teacher knows the class, the marks and the timetable."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_curriculum_missing": StepWords(
            translate("NextSteps", "Say what students learn by: {challenge}"),
            translate("NextSteps", "A link to the curriculum gives the teacher the hours for it."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_dates_missing": StepWords(
            translate("NextSteps", "Put the phases into the school year: {challenge}"),
            translate("NextSteps", "The teaching weeks are known; the days can be proposed."),
            translate("NextSteps", "Propose dates"),
        ),
        "challenge_phase_late": StepWords(
            translate("NextSteps", "A challenge is behind its plan: {challenge}"),
            translate("NextSteps", "Phase: {phase}. Days since it should have ended: {days}."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_after_end": StepWords(
            translate("NextSteps", "A challenge outlasts the partnership: {challenge}"),
            translate("NextSteps", "Its last phase ends on {due_on}, the partnership on {ends_on}."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_team_missing": StepWords(
            translate("NextSteps", "Note the team of: {challenge}"),
            translate("NextSteps", "Initials or a number of students will do."),
            translate("NextSteps", "Open the challenge"),
        ),
        "challenge_coaching_quiet": StepWords(
            translate("NextSteps", "Ask how the team is doing: {challenge}"),
            translate("NextSteps", "The last coaching note is of {noted_on}."),
            translate("NextSteps", "Add a note"),
        ),
        "challenge_ideas_missing": StepWords(
            translate("NextSteps", "Write down the team’s ideas: {challenge}"),
            translate("NextSteps", "Ideas count in the evaluation, also those that were not built."),
            translate("NextSteps", "Open the challenge"),
        ),
        "solution_rating_missing": StepWords(
            translate("NextSteps", "Rate the solutions that were shown ({count})"),
            translate("NextSteps", "How useful is “{solution}” to us? The students want to know."),
            translate("NextSteps", "Rate"),
        ),
        "solution_adoption_open": StepWords(
            translate("NextSteps", "Tell the students whether we use their solution ({count})"),
            translate("NextSteps", "“{solution}” was found useful. Say how it is used, or why not."),
            translate("NextSteps", "Answer"),
        ),
    }
