"""Words for the next steps of stage 2: goals that both sides share."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "overlap_map_empty": StepWords(
            translate("NextSteps", "Fill the overlap map together"),
            translate(
                "NextSteps", "Twenty minutes at a table: our themes, the school's objectives, and what they share."
            ),
            translate("NextSteps", "Open the map"),
        ),
        "overlap_without_goal": StepWords(
            translate("NextSteps", "Make a goal of strong common ground ({count})"),
            translate("NextSteps", "“{theme}” and “{objective}” have much in common, and no goal says so."),
            translate("NextSteps", "Open the cell"),
        ),
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
        "goal_not_specific": StepWords(
            translate("NextSteps", "Say in goal {number} what can be seen or counted"),
            translate("NextSteps", "“{goal}”: the quality check has a suggestion."),
            translate("NextSteps", "Open the goal"),
        ),
        "goal_curriculum_missing": StepWords(
            translate("NextSteps", "Link goal {number} to the curriculum"),
            translate("NextSteps", "Teachers are bound to it. Ask which learning field or module “{goal}” belongs to."),
            translate("NextSteps", "Open the goal"),
        ),
        "indicator_target_missing": StepWords(
            translate("NextSteps", "Set targets for indicators ({count})"),
            translate("NextSteps", "“{indicator}” has none: nobody will know whether the goal was reached."),
            translate("NextSteps", "Open the indicator"),
        ),
        "indicator_how_missing": StepWords(
            translate("NextSteps", "Say how indicators are measured ({count})"),
            translate("NextSteps", "“{indicator}”: who asks or counts, and when?"),
            translate("NextSteps", "Open the indicator"),
        ),
        "goals_too_many": StepWords(
            translate("NextSteps", "Choose among {count} goals"),
            translate("NextSteps", "Two or three are plenty for a first year. Archive the others; they can come back."),
            translate("NextSteps", "Open the goals"),
        ),
        "goal_meeting_missing": StepWords(
            translate("NextSteps", "Plan a goal meeting with the school"),
            translate(
                "NextSteps", "Goals that wait for its yes: {count}. Take the goal sheet along; it can be signed there."
            ),
            translate("NextSteps", "Plan the meeting"),
        ),
    }
