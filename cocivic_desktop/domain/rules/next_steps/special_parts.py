"""Next steps of stage 2 for what single models need: intake, selection, pairs, competences, badges, protocol.

Handbook, sections 8.1 (school social work), 8.3 (challenges from CSOs) and 8.4 (a science shop's intake and review).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from cocivic_desktop.domain.model_parts import (
    Badge,
    Candidate,
    Competence,
    CrisisProtocol,
    FellowshipPair,
    IntakeState,
    ModelPart,
    ResearchQuestion,
    Selection,
)
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.next_steps.base import (
    NextStep,
    Rule,
    Steps,
    Urgency,
    Value,
    days_since,
    excerpt,
    has_begun,
)

WAITING_DAYS: Final = 21
"""Days after which who asked or applied should have an answer."""
REVIEW_NOTICE_DAYS: Final = 14
"""Days before a protocol's review in which to arrange it."""

_STAGE = Steps(Stage.GOALS)
_UNDECIDED = (IntakeState.RECEIVED, IntakeState.IN_REVIEW)
_TURNED_AWAY = (IntakeState.REFERRED, IntakeState.DECLINED)
_OPEN = (Selection.APPLIED, Selection.SHORTLISTED)


def _question_is(question: ResearchQuestion) -> Mapping[str, Value]:
    return {"question": excerpt(question.title)}


def _competence_is(competence: Competence) -> Mapping[str, Value]:
    return {"competence": excerpt(competence.name)}


def _badge_is(badge: Badge) -> Mapping[str, Value]:
    return {"badge": excerpt(badge.title)}


def _protocol_is(protocol: CrisisProtocol) -> Mapping[str, Value]:
    return {"protocol": excerpt(protocol.title)}


_questions = partial(_STAGE.each, section=ModelPart.RESEARCH_INTAKE, says=_question_is)
_badges = partial(_STAGE.each, section=ModelPart.BADGES, says=_badge_is)
_protocols = partial(_STAGE.each, section=ModelPart.CRISIS_PROTOCOL, says=_protocol_is)


def research_question_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A science shop begins with a question, and there is none."""
    if ModelPart.RESEARCH_INTAKE in view.parts and not view.research_questions:
        yield _STAGE.step(view, "research_question_missing", section=ModelPart.RESEARCH_INTAKE)


def intake_waiting(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A question that has waited three weeks for a decision."""
    for question in view.research_questions:
        received = question.received_on
        if question.state in _UNDECIDED and received is not None and days_since(received, today) > WAITING_DAYS:
            yield _STAGE.step(
                view,
                "intake_waiting",
                section=ModelPart.RESEARCH_INTAKE,
                opens=question,
                days=days_since(received, today),
                **_question_is(question),
            )


def intake_reason_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A question that was turned away without a word why."""
    silent = (q for q in view.research_questions if q.state in _TURNED_AWAY and not q.decision_reason.strip())
    return _questions(view, "intake_reason_missing", silent)


def research_supervisor_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A question that was taken on, and nobody supervises the work."""
    alone = (q for q in view.research_questions if q.state is IntakeState.ACCEPTED and q.supervisor_id is None)
    return _questions(view, "research_supervisor_missing", alone)


def research_challenge_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A question that was taken on, and no student team has it as its challenge."""
    loose = (q for q in view.research_questions if q.state is IntakeState.ACCEPTED and q.challenge_id is None)
    return _questions(view, "research_challenge_missing", loose)


def research_result_late(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A result that was needed by now."""
    for question in view.research_questions:
        due = question.needed_by
        waits = question.state is IntakeState.ACCEPTED and question.delivered_on is None
        if waits and due is not None and due < today:
            yield _STAGE.step(
                view,
                "research_result_late",
                Urgency.NOW,
                section=ModelPart.RESEARCH_INTAKE,
                opens=question,
                needed_by=due,
                **_question_is(question),
            )


def candidates_unscored(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Applications that nobody has looked at by the criteria."""
    unscored = (one for one in view.candidates if one.selection in _OPEN and not one.scores)
    return _STAGE.counted(view, "candidates_unscored", unscored, section=ModelPart.SELECTION)


def candidates_waiting(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """People who applied three weeks ago and have no answer."""
    waiting = (one for one in view.candidates if one.selection in _OPEN and _waits(one, today))
    return _STAGE.counted(view, "candidates_waiting", waiting, section=ModelPart.SELECTION)


def _waits(candidate: Candidate, today: date) -> bool:
    return candidate.applied_on is not None and days_since(candidate.applied_on, today) > WAITING_DAYS


def fellows_unpaired(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Fellows who were chosen, and have no host yet."""
    paired = {pair.candidate_id for pair in view.fellowship_pairs}
    chosen = (one for one in view.candidates if one.selection is Selection.SELECTED and one.id not in paired)
    unpaired = chosen if ModelPart.FELLOWSHIP in view.parts else ()
    return _STAGE.counted(view, "fellows_unpaired", unpaired, section=ModelPart.FELLOWSHIP)


def _fellow_steps(
    view: PartnershipView, code: str, pairs: Iterator[FellowshipPair], urgency: Urgency = Urgency.SOON
) -> Iterator[NextStep]:
    """A step for each pair, which is named by its fellow."""
    names = {one.id: one.label or _name(view, one) for one in view.candidates}
    return _STAGE.each(
        view,
        code,
        pairs,
        urgency,
        section=ModelPart.FELLOWSHIP,
        says=lambda pair: {"fellow": excerpt(names.get(pair.candidate_id, ""))},
    )


def _name(view: PartnershipView, candidate: Candidate) -> str:
    person = view.people_by_id.get(candidate.person_id) if candidate.person_id else None
    return person.name if person is not None else ""


def pair_host_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A fellowship without a host."""
    alone = (one for one in view.fellowship_pairs if one.host_id is None and one.host_organisation_id is None)
    return _fellow_steps(view, "pair_host_missing", alone)


def pair_plan_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A fellowship that begins within two weeks or has begun, and nobody has written down its aims."""
    near = (one for one in view.fellowship_pairs if one.starts_on and days_since(one.starts_on, today) >= -14)
    running = (one for one in near if one.ends_on is None or one.ends_on >= today)
    return _fellow_steps(view, "pair_plan_missing", (one for one in running if not one.learning_plan.strip()))


def pair_outcome_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A fellowship that is over, and of which nothing is written down."""
    over = (one for one in view.fellowship_pairs if one.ends_on and one.ends_on < today)
    return _fellow_steps(view, "pair_outcome_missing", (one for one in over if not one.outcome.strip()))


def competences_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A model that rests on a competence framework, without one."""
    if ModelPart.COMPETENCES in view.parts and not view.competences:
        yield _STAGE.step(view, "competences_missing", Urgency.LATER, section=ModelPart.COMPETENCES)


def competence_evidence_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Competences of which nobody has said what shows them."""
    bare = (one for one in view.competences if not one.evidence.strip())
    return _STAGE.counted(
        view, "competence_evidence_missing", bare, Urgency.LATER, section=ModelPart.COMPETENCES, says=_competence_is
    )


def badge_criteria_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A badge that says nothing about how it is earned."""
    return _badges(view, "badge_criteria_missing", (one for one in view.badges if not one.criteria))


def badge_assessor_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A badge of which nobody knows who checks it or who awards it."""
    open_ones = (one for one in view.badges if not one.assessed_by.strip() or not one.awarded_by.strip())
    return _badges(view, "badge_assessor_missing", open_ones, Urgency.LATER)


def badge_award_open(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """Learners who meet all criteria of a badge and have not been given it."""
    for badge in view.badges:
        met = (
            one
            for one in view.badge_awards
            if one.badge_id == badge.id
            and one.awarded_on is None
            and badge.criteria
            and set(badge.criteria) <= set(one.criteria_met)
        )
        count = sum(1 for _ in met)
        if count:
            yield _STAGE.step(
                view, "badge_award_open", section=ModelPart.BADGES, opens=badge, count=count, **_badge_is(badge)
            )


def protocol_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """School social work without a word on where the crisis protocol lies; urgent once it has begun."""
    if ModelPart.CRISIS_PROTOCOL in view.parts and not view.crisis_protocols:
        urgency = Urgency.NOW if has_begun(view, today) else Urgency.SOON
        yield _STAGE.step(view, "protocol_missing", urgency, section=ModelPart.CRISIS_PROTOCOL)


def protocol_contact_missing(view: PartnershipView, _today: date) -> Iterator[NextStep]:
    """A protocol of which nobody knows who is called first."""
    silent = (one for one in view.crisis_protocols if one.first_contact_id is None and not one.phone.strip())
    return _protocols(view, "protocol_contact_missing", silent, Urgency.NOW)


def protocol_staff_uninformed(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A protocol that the people who work at the school have not been shown, or not in its present version."""
    unknown = (
        one
        for one in view.crisis_protocols
        if one.staff_informed_on is None or (one.version_on is not None and one.staff_informed_on < one.version_on)
    )
    return _protocols(view, "protocol_staff_uninformed", unknown) if has_begun(view, today) else iter(())


def protocol_review_due(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A protocol whose day of review is near or past."""
    for protocol in view.crisis_protocols:
        due = protocol.review_on
        if due is not None and days_since(due, today) >= -REVIEW_NOTICE_DAYS:
            yield _STAGE.step(
                view,
                "protocol_review_due",
                Urgency.NOW if due < today else Urgency.SOON,
                section=ModelPart.CRISIS_PROTOCOL,
                opens=protocol,
                review_on=due,
                **_protocol_is(protocol),
            )


RULES: Final[tuple[Rule, ...]] = (
    research_question_missing,
    intake_waiting,
    intake_reason_missing,
    research_supervisor_missing,
    research_challenge_missing,
    research_result_late,
    candidates_unscored,
    candidates_waiting,
    fellows_unpaired,
    pair_host_missing,
    pair_plan_missing,
    pair_outcome_missing,
    competences_missing,
    competence_evidence_missing,
    badge_criteria_missing,
    badge_assessor_missing,
    badge_award_open,
    protocol_missing,
    protocol_contact_missing,
    protocol_staff_uninformed,
    protocol_review_due,
)
