"""Words for the next steps of stage 2: goals that both sides share."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "goals_missing": StepWords(
            translate("NextSteps", "Write the first shared goal together"),
            translate("NextSteps", "Start from what both sides want already; the overlap map shows it."),
            translate("NextSteps", "Add a goal"),
        ),
        "goal_statement_missing": StepWords(
            translate("NextSteps", "Say what goal {number} is about"),
            translate("NextSteps", "One sentence that a student would understand."),
            translate("NextSteps", "Open the goal"),
        ),
        "goal_benefit_missing": StepWords(
            translate("NextSteps", "Goal {number} names no benefit for this side: {side}"),
            translate("NextSteps", "“{goal}” lasts only when every side gains from it."),
            translate("NextSteps", "Open the goal"),
        ),
        "goal_owner_missing": StepWords(
            translate("NextSteps", "Name who looks after goal {number}: {side}"),
            translate("NextSteps", "“{goal}” needs a person on each side."),
            translate("NextSteps", "Open the goal"),
        ),
        "goal_assent_missing": StepWords(
            translate("NextSteps", "Get a yes to goal {number}: {side}"),
            translate("NextSteps", "“{goal}” is shared once both sides have agreed. Note the day and the name."),
            translate("NextSteps", "Open the goal"),
        ),
        "goal_indicator_missing": StepWords(
            translate("NextSteps", "Say how goal {number} will be measured"),
            translate("NextSteps", "“{goal}” has no indicator yet."),
            translate("NextSteps", "Add an indicator"),
        ),
        "goal_target_date_missing": StepWords(
            translate("NextSteps", "Set a day for goal {number}"),
            translate("NextSteps", "By when is “{goal}” to be reached?"),
            translate("NextSteps", "Open the goal"),
        ),
        "goal_after_end": StepWords(
            translate("NextSteps", "Goal {number} comes after the end"),
            translate("NextSteps", "It is due on {target_on}, and the partnership ends on {ends_on}."),
            translate("NextSteps", "Open the goal"),
        ),
        "goal_mission_link_missing": StepWords(
            translate("NextSteps", "Say how goal {number} serves our mission"),
            translate("NextSteps", "“{goal}” should carry the core mission, not draw resources away from it."),
            translate("NextSteps", "Open the goal"),
        ),
        "goal_diverts_mission": StepWords(
            translate("NextSteps", "Goal {number} draws resources away from our mission"),
            translate("NextSteps", "Noted: {diversion}. Say what the mission gains, or make the goal smaller."),
            translate("NextSteps", "Open the goal"),
        ),
    }
