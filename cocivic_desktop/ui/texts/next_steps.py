"""Words for next steps: what to do, why, and the button that leads there.

The rules give codes and parameters; `words` finds the text for a code, translates it and fills the placeholders.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, number_text
from cocivic_desktop.ui.texts.words import word

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.next_steps import NextStep

translate = QCoreApplication.translate


@dataclass(frozen=True)
class StepWords:
    """The words of one next step."""

    headline: str
    explanation: str
    button: str


def words(step: NextStep) -> StepWords:
    """The words of a step, translated, with its parameters filled in. Raises KeyError for an unknown code."""
    text = templates()[step.code]
    values = {name: shown(name, value) for name, value in step.parameters.items()}
    if not values.get("role", "-"):
        values["role"] = values.get("side", "")
    return StepWords(
        text.headline.format_map(values), text.explanation.format_map(values), text.button.format_map(values)
    )


def shown(name: str, value: object) -> str:
    """A parameter as a person reads it: days and numbers as the locale writes them, codes as words."""
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, ConflictCode):
        return _conflict_words()[value]
    if isinstance(value, StrEnum):
        return word(value)
    if name == "topic":
        return _topic_words().get(str(value), str(value).replace("_", " "))
    if isinstance(value, int):
        return minutes_text(value) if name.endswith("_minutes") else number_text(value)
    return str(value)


def templates() -> dict[str, StepWords]:
    """The words by code in the language of the screen, placeholders unfilled."""
    return {
        **_initiate(),
        **_goals(),
        **_challenges(),
        **_agreement(),
        **_calendar(),
        **_hours(),
        **_evaluate(),
    }


def _initiate() -> dict[str, StepWords]:
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
        "meeting_minutes_missing": StepWords(
            translate("NextSteps", "Write the minutes of the meeting of {held_on}"),
            translate("NextSteps", "A few lines on what was decided and who does what are enough."),
            translate("NextSteps", "Open the meeting"),
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
        "task_overdue": StepWords(
            translate("NextSteps", "Overdue: {task}"),
            translate("NextSteps", "Days since it was due: {days}."),
            translate("NextSteps", "Open the task"),
        ),
        "decision_missing": StepWords(
            translate("NextSteps", "Decide whether to go on"),
            translate("NextSteps", "The exploratory meeting was on {held_on}. Go on, or say why not now."),
            translate("NextSteps", "Decide"),
        ),
    }


def _goals() -> dict[str, StepWords]:
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


def _challenges() -> dict[str, StepWords]:
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


def _agreement() -> dict[str, StepWords]:
    return {
        "agreement_missing": StepWords(
            translate("NextSteps", "Put the agreement into writing"),
            translate("NextSteps", "A short guided interview drafts it from what is known already."),
            translate("NextSteps", "Start the interview"),
        ),
        "clause_topic_missing": StepWords(
            translate("NextSteps", "The agreement says nothing about: {topic}"),
            translate("NextSteps", "Take in a clause, or leave the topic out with a reason."),
            translate("NextSteps", "Open the clauses"),
        ),
        "clauses_not_addressed": StepWords(
            translate("NextSteps", "Go through the clauses not talked about yet ({count})"),
            translate("NextSteps", "Each clause ends as agreed, or as left out with a reason."),
            translate("NextSteps", "Open the clauses"),
        ),
        "clauses_under_discussion": StepWords(
            translate("NextSteps", "Agree on the clauses under discussion ({count})"),
            translate("NextSteps", "The document carries a DRAFT mark until all of them are settled."),
            translate("NextSteps", "Open the clauses"),
        ),
        "waive_reason_missing": StepWords(
            translate("NextSteps", "Say why this clause is left out: {clause}"),
            translate("NextSteps", "The next coordinator, or an auditor, will ask."),
            translate("NextSteps", "Open the clause"),
        ),
        "commitments_missing": StepWords(
            translate("NextSteps", "Write down how many hours each side promises"),
            translate("NextSteps", "Hours are held against them. Lack of time is the first barrier (63.6 %)."),
            translate("NextSteps", "Add a commitment"),
        ),
        "responsibilities_missing": StepWords(
            translate("NextSteps", "Write down who does what"),
            translate("NextSteps", "Facilitation, materials, reporting, transport: who leads, who supports?"),
            translate("NextSteps", "Fill in the matrix"),
        ),
        "promise_hours_do_not_fit": StepWords(
            translate("NextSteps", "More hours are promised than fit into the school year"),
            translate(
                "NextSteps",
                "{promised_minutes} promised; {weeks} usable weeks at {weekly_minutes} make {possible_minutes}.",
            ),
            translate("NextSteps", "Change the commitments"),
        ),
        "promise_sessions_do_not_fit": StepWords(
            translate("NextSteps", "More sessions are promised than there are teaching weeks"),
            translate("NextSteps", "Sessions: {sessions}; teaching weeks: {weeks}."),
            translate("NextSteps", "Change the commitments"),
        ),
        "promise_no_teaching_weeks": StepWords(
            translate("NextSteps", "There is no teaching week in the agreed period"),
            translate("NextSteps", "Check the dates of the agreement against the school year."),
            translate("NextSteps", "Change the commitments"),
        ),
        "agreement_not_shared": StepWords(
            translate("NextSteps", "Send the draft to the school"),
            translate("NextSteps", "Every clause has been looked at. The version that leaves is kept as it is."),
            translate("NextSteps", "Share a version"),
        ),
        "agreement_reply_due": StepWords(
            translate("NextSteps", "Ask for an answer to version {number}"),
            translate("NextSteps", "Days since the school received it: {days}."),
            translate("NextSteps", "Show the versions"),
        ),
        "signature_missing": StepWords(
            translate("NextSteps", "A signature is missing: {side}"),
            translate("NextSteps", "Print the agreement or send it; note the day on which it was signed."),
            translate("NextSteps", "Open the signatures"),
        ),
        "agreement_unsigned_at_start": StepWords(
            translate("NextSteps", "Work has begun without a signed agreement"),
            translate("NextSteps", "Insurance and supervision may depend on it."),
            translate("NextSteps", "Open the signatures"),
        ),
    }


def _calendar() -> dict[str, StepWords]:
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
        "consent_missing": StepWords(
            translate("NextSteps", "Record the parents' consent ({count})"),
            translate("NextSteps", "Minors take part by name, and no consent is noted for them."),
            translate("NextSteps", "Open the people"),
        ),
    }


def _hours() -> dict[str, StepWords]:
    return {
        "hours_silent": StepWords(
            translate("NextSteps", "Note the hours of the last weeks"),
            translate("NextSteps", "Dates held in the last {days} days: {count}. No hours were noted."),
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


def _evaluate() -> dict[str, StepWords]:
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


def _conflict_words() -> dict[ConflictCode, str]:
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
        ConflictCode.SHORT_NOTICE: translate("NextSteps", "shorter notice than agreed"),
    }


def _topic_words() -> dict[str, str]:
    return {
        "results_ownership": translate("NextSteps", "who owns the results"),
        "responsibilities": translate("NextSteps", "who is responsible for what"),
        "time_commitments": translate("NextSteps", "time each side gives"),
        "school_calendar": translate("NextSteps", "the school's calendar"),
        "communication": translate("NextSteps", "how both sides keep in touch"),
        "data_protection": translate("NextSteps", "data protection"),
        "evaluation": translate("NextSteps", "evaluation"),
        "termination": translate("NextSteps", "how to end it"),
        "safeguarding": translate("NextSteps", "safeguarding of minors"),
        "parental_consent": translate("NextSteps", "parental consent"),
    }
