"""Words for the next steps of stage 3: the agreement and its way to the signatures."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "agreement_missing": StepWords(
            translate("NextSteps", "Put the agreement into writing"),
            translate("NextSteps", "A short guided interview drafts it from what is known already."),
            translate("NextSteps", "Start the interview"),
        ),
        "questions_open": StepWords(
            translate("NextSteps", "Answer what the agreement does not know yet"),
            translate(
                "NextSteps", "One question at a time, beside the clause that it fills. What nobody knows yet can wait."
            ),
            translate("NextSteps", "Answer the questions"),
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
            translate("NextSteps", "More hours are promised than fit: {role}"),
            translate(
                "NextSteps",
                "{promised_minutes} promised; {weeks} usable weeks at {weekly_minutes} make {possible_minutes}. "
                "{weeks_needed} weeks, or {weekly_needed_minutes} a week, would do.",
            ),
            translate("NextSteps", "Change the promise"),
        ),
        "promise_all_hours_do_not_fit": StepWords(
            translate("NextSteps", "All our promises together need more time than there is"),
            translate(
                "NextSteps",
                "{promised_minutes} promised; {weeks} usable weeks at {weekly_minutes} make {possible_minutes}. "
                "{weeks_needed} weeks, or {weekly_needed_minutes} a week, would do.",
            ),
            translate("NextSteps", "Change the promises"),
        ),
        "promise_session_too_long": StepWords(
            translate("NextSteps", "A session is longer than the school's day"),
            translate("NextSteps", "It takes {session_minutes}; from first to last lesson there are {day_minutes}."),
            translate("NextSteps", "Look at the promises"),
        ),
        "promise_heads_too_many": StepWords(
            translate("NextSteps", "More learners are planned for than the agreement names"),
            translate("NextSteps", "Named: {promised}; the largest session counts {largest}."),
            translate("NextSteps", "Look at the promises"),
        ),
        "promise_heads_too_few": StepWords(
            translate("NextSteps", "The planned sessions do not reach all learners"),
            translate("NextSteps", "Named in the agreement: {promised}; all sessions together count {together}."),
            translate("NextSteps", "Look at the promises"),
        ),
        "promise_times_do_not_fit": StepWords(
            translate("NextSteps", "More meetings are promised than there are teaching weeks: {title}"),
            translate("NextSteps", "Promised: {times}; teaching weeks: {weeks}. A slower rhythm would do."),
            translate("NextSteps", "Change the routine"),
        ),
        "promise_due_outside": StepWords(
            translate("NextSteps", "Due outside the agreement: {title}"),
            translate("NextSteps", "It is due on {due_on}; the agreement does not cover that day."),
            translate("NextSteps", "Change the routine"),
        ),
        "promise_meetings_too_long": StepWords(
            translate("NextSteps", "Meetings would take more time than we promise in all"),
            translate("NextSteps", "All meetings: {meeting_minutes}; our side promises {promised_minutes}."),
            translate("NextSteps", "Look at the promises"),
        ),
        "routines_missing": StepWords(
            translate("NextSteps", "Say when you will meet and report"),
            translate("NextSteps", "A steering meeting per term and short check-ins; they become duties to plan."),
            translate("NextSteps", "Write down the routine"),
        ),
        "duty_not_planned": StepWords(
            translate("NextSteps", "Plan what the agreement promises: {title}"),
            translate("NextSteps", "Promised: {promised}; planned: {planned}; held: {held}. One click finds days."),
            translate("NextSteps", "Plan them"),
        ),
        "duty_unmarked": StepWords(
            translate("NextSteps", "Did it take place? {title}"),
            translate("NextSteps", "Dates gone by that nobody has marked as held: {count}."),
            translate("NextSteps", "Open the routine"),
        ),
        "funding_incomplete": StepWords(
            translate("NextSteps", "A cost has no amount yet: {title}"),
            translate("NextSteps", "Costs without an amount: {count}. Open words about money prevent quarrels later."),
            translate("NextSteps", "Open the costs"),
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


def topics() -> dict[str, str]:
    """Topics of clauses as part of a sentence."""
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
