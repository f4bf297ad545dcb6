"""Words for the next steps of stage 2: what single models need, such as intake, selection and protocol."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    return {
        "research_question_missing": StepWords(
            translate("NextSteps", "Write down the research question"),
            translate("NextSteps", "The science shop begins with what you want to know, and what for."),
            translate("NextSteps", "Add a question"),
        ),
        "intake_waiting": StepWords(
            translate("NextSteps", "A research question waits for an answer: {question}"),
            translate("NextSteps", "It came in {days} days ago."),
            translate("NextSteps", "Open the question"),
        ),
        "intake_reason_missing": StepWords(
            translate("NextSteps", "Say why the question was turned away: {question}"),
            translate("NextSteps", "Whoever asked deserves a reason, and somebody else to turn to."),
            translate("NextSteps", "Open the question"),
        ),
        "research_supervisor_missing": StepWords(
            translate("NextSteps", "Find a supervisor for: {question}"),
            translate("NextSteps", "Students who do research need somebody who answers for method and ethics."),
            translate("NextSteps", "Open the question"),
        ),
        "research_challenge_missing": StepWords(
            translate("NextSteps", "Give the question to a student team: {question}"),
            translate("NextSteps", "Linked with a challenge, it gets phases, a team and coaching notes."),
            translate("NextSteps", "Open the question"),
        ),
        "research_result_late": StepWords(
            translate("NextSteps", "A result is overdue: {question}"),
            translate("NextSteps", "It was needed by {needed_by}."),
            translate("NextSteps", "Open the question"),
        ),
        "candidates_unscored": StepWords(
            translate("NextSteps", "Rate the applications ({count})"),
            translate("NextSteps", "The same criteria for everybody make a decision that can be explained."),
            translate("NextSteps", "Rate"),
        ),
        "candidates_waiting": StepWords(
            translate("NextSteps", "Answer those who applied ({count})"),
            translate("NextSteps", "They have waited for more than three weeks."),
            translate("NextSteps", "Open the selection"),
        ),
        "fellows_unpaired": StepWords(
            translate("NextSteps", "Find a host for each fellow ({count})"),
            translate("NextSteps", "They were selected and have no fellowship yet."),
            translate("NextSteps", "Open the fellowships"),
        ),
        "pair_host_missing": StepWords(
            translate("NextSteps", "Name the host of: {fellow}"),
            translate("NextSteps", "A fellowship needs an organisation and a person who takes the fellow along."),
            translate("NextSteps", "Open the fellowship"),
        ),
        "pair_plan_missing": StepWords(
            translate("NextSteps", "Write down what the fellow wants to learn: {fellow}"),
            translate("NextSteps", "Three aims, agreed with the host before the first day, are enough."),
            translate("NextSteps", "Open the fellowship"),
        ),
        "pair_outcome_missing": StepWords(
            translate("NextSteps", "Note what came of the fellowship: {fellow}"),
            translate("NextSteps", "What does the fellow take home, and what does the host keep?"),
            translate("NextSteps", "Open the fellowship"),
        ),
        "competences_missing": StepWords(
            translate("NextSteps", "Choose the competences to work on"),
            translate("NextSteps", "Begin with a ready frame, and leave out what does not fit."),
            translate("NextSteps", "Open the competences"),
        ),
        "competence_evidence_missing": StepWords(
            translate("NextSteps", "Say what shows a competence ({count})"),
            translate("NextSteps", "How would somebody else see that a learner has “{competence}”?"),
            translate("NextSteps", "Open the competences"),
        ),
        "badge_criteria_missing": StepWords(
            translate("NextSteps", "Write the criteria of the badge: {badge}"),
            translate("NextSteps", "Learners want to know before they begin what earns it."),
            translate("NextSteps", "Open the badge"),
        ),
        "badge_assessor_missing": StepWords(
            translate("NextSteps", "Say who checks and who awards: {badge}"),
            translate("NextSteps", "A badge is worth as much as the one who stands behind it."),
            translate("NextSteps", "Open the badge"),
        ),
        "badge_award_open": StepWords(
            translate("NextSteps", "Award the badge to those who earned it ({count})"),
            translate("NextSteps", "They meet all criteria of “{badge}”."),
            translate("NextSteps", "Open the badge"),
        ),
        "protocol_missing": StepWords(
            translate("NextSteps", "Note where the crisis protocol is kept"),
            translate("NextSteps", "Everybody who works at the school must know whom to call, in which order."),
            translate("NextSteps", "Add the protocol"),
        ),
        "protocol_contact_missing": StepWords(
            translate("NextSteps", "Say who is called first: {protocol}"),
            translate("NextSteps", "In a crisis nobody looks for a number."),
            translate("NextSteps", "Open the protocol"),
        ),
        "protocol_staff_uninformed": StepWords(
            translate("NextSteps", "Show the protocol to everybody who works there: {protocol}"),
            translate("NextSteps", "Note the day on which they were told about the present version."),
            translate("NextSteps", "Open the protocol"),
        ),
        "protocol_review_due": StepWords(
            translate("NextSteps", "Review the crisis protocol with the school: {protocol}"),
            translate("NextSteps", "The review is set for {review_on}. Names and numbers change."),
            translate("NextSteps", "Open the protocol"),
        ),
    }
