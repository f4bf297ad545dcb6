"""Cases for the rules about challenges and about what single models need: speaking, and silent once it is settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from cocivic_desktop.domain.goals import Challenge, ChallengePhase, CoachingNote, Solution, TeamMember
from cocivic_desktop.domain.model_parts import (
    Badge,
    BadgeAward,
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
from tests.domain.make_view import START, TODAY

Change = Callable[[PartnershipView], object]
Case = tuple[str, Change, date]
LONG_AGO, YESTERDAY = TODAY - timedelta(days=30), TODAY - timedelta(days=1)
SOON, FAR = TODAY + timedelta(days=10), TODAY + timedelta(days=60)


def challenge(**fields: Any) -> Change:
    """A challenge of which all is well but for these fields, with a member and an idea."""

    def change(view: PartnershipView) -> None:
        values = {
            "title": "Roof",
            "social_need": "Hot flats",
            "question": "How?",
            "learning_objectives": "Plan",
            "mentor_id": uuid4(),
            "teacher_id": uuid4(),
            "phase_dates": {"reflect": "2026-06-01"},
            "partnership_id": view.id,
        }
        one = Challenge(**{**values, **fields})
        view.challenges = [one]
        view.team_members = [TeamMember(challenge_id=one.id, label="A.")]
        view.solutions = [Solution(challenge_id=one.id, title="Sedum")]

    return change


def without(name: str, change: Change) -> Change:
    return lambda view: (change(view), vars(view).update({name: []}))


def noted(day: date, **fields: Any) -> Change:
    def change(view: PartnershipView) -> None:
        challenge(**fields)(view)
        view.coaching_notes = [CoachingNote(challenge_id=view.challenges[0].id, noted_on=day)]

    return change


def solution(phase: ChallengePhase, **fields: Any) -> Change:
    def change(view: PartnershipView) -> None:
        challenge(phase=phase)(view)
        view.solutions = [Solution(challenge_id=view.challenges[0].id, title="Sedum", **fields)]

    return change


def uses(*parts: ModelPart) -> Change:
    return lambda view: setattr(view, "parts", frozenset(parts))


def question(**fields: Any) -> Change:
    accepted = {"state": IntakeState.ACCEPTED, "supervisor_id": uuid4(), "challenge_id": uuid4()}
    return lambda view: view.research_questions.append(
        ResearchQuestion(partnership_id=view.id, title="Who?", **{**accepted, **fields})
    )


def candidate(**fields: Any) -> Change:
    return lambda view: view.candidates.append(Candidate(partnership_id=view.id, label="F-1", **fields))


def pair(**fields: Any) -> Change:
    def change(view: PartnershipView) -> None:
        view.candidates = [Candidate(partnership_id=view.id, label="F-1", selection=Selection.SELECTED)]
        values = {"host_id": uuid4(), "learning_plan": "Aims", "outcome": "A plan", **fields}
        view.fellowship_pairs = [FellowshipPair(partnership_id=view.id, candidate_id=view.candidates[0].id, **values)]

    return change


def badge(*, met: tuple[str, ...] | None = None, awarded_on: date | None = None, **fields: Any) -> Change:
    def change(view: PartnershipView) -> None:
        values = {"criteria": ["Shows", "Explains"], "assessed_by": "teacher", "awarded_by": "school", **fields}
        view.badges = [Badge(partnership_id=view.id, title="Maker", **values)]
        if met is not None:
            of_badge = view.badges[0].id
            view.badge_awards = [
                BadgeAward(badge_id=of_badge, label="A.", criteria_met=list(met), awarded_on=awarded_on)
            ]

    return change


def competence(**fields: Any) -> Change:
    return lambda view: view.competences.append(Competence(partnership_id=view.id, name="Listen", **fields))


def protocol(**fields: Any) -> Change:
    known = {"phone": "110", "staff_informed_on": START, "review_on": FAR}
    return lambda view: view.crisis_protocols.append(
        CrisisProtocol(partnership_id=view.id, title="School protocol", **{**known, **fields})
    )


BOTH = ("Shows", "Explains")
CASES: list[Case] = [
    ("challenge_question_missing", challenge(question=""), TODAY),
    ("challenge_mentor_missing", challenge(mentor_id=None), TODAY),
    ("challenge_phase_late", challenge(phase_dates={"understand": "2026-03-01"}), TODAY),
    ("challenge_team_missing", without("team_members", challenge(phase=ChallengePhase.BUILD)), TODAY),
    ("solution_rating_missing", solution(ChallengePhase.SHOW, shown_on=START), TODAY),
    ("challenge_need_missing", challenge(social_need=" "), TODAY),
    ("challenge_teacher_missing", challenge(teacher_id=None), TODAY),
    ("challenge_curriculum_missing", challenge(learning_objectives=""), TODAY),
    ("challenge_dates_missing", challenge(phase_dates={}), TODAY),
    ("challenge_after_end", challenge(phase_dates={"reflect": "2026-07-01"}), TODAY),
    ("challenge_coaching_quiet", noted(LONG_AGO), TODAY),
    ("challenge_ideas_missing", without("solutions", challenge(phase=ChallengePhase.BUILD)), TODAY),
    ("solution_adoption_open", solution(ChallengePhase.REFLECT, usefulness=4), TODAY),
    ("research_question_missing", uses(ModelPart.RESEARCH_INTAKE), TODAY),
    ("intake_waiting", question(state=IntakeState.IN_REVIEW, received_on=LONG_AGO), TODAY),
    ("intake_reason_missing", question(state=IntakeState.DECLINED), TODAY),
    ("research_supervisor_missing", question(supervisor_id=None), TODAY),
    ("research_challenge_missing", question(challenge_id=None), TODAY),
    ("research_result_late", question(needed_by=YESTERDAY), TODAY),
    ("candidates_unscored", candidate(), TODAY),
    ("candidates_waiting", candidate(applied_on=LONG_AGO, scores={"motivation": 4}), TODAY),
    (
        "fellows_unpaired",
        lambda view: (uses(ModelPart.FELLOWSHIP)(view), candidate(selection=Selection.SELECTED)(view)),
        TODAY,
    ),
    ("pair_host_missing", pair(host_id=None), TODAY),
    ("pair_plan_missing", pair(learning_plan="", starts_on=SOON), TODAY),
    ("pair_outcome_missing", pair(outcome="", ends_on=YESTERDAY), TODAY),
    ("competences_missing", uses(ModelPart.COMPETENCES), TODAY),
    ("competence_evidence_missing", competence(), TODAY),
    ("badge_criteria_missing", badge(criteria=[]), TODAY),
    ("badge_assessor_missing", badge(awarded_by=""), TODAY),
    ("badge_award_open", badge(met=BOTH), TODAY),
    ("protocol_missing", uses(ModelPart.CRISIS_PROTOCOL), TODAY),
    ("protocol_contact_missing", protocol(phone=" "), TODAY),
    ("protocol_staff_uninformed", protocol(version_on=START + timedelta(days=1)), TODAY),
    ("protocol_review_due", protocol(review_on=SOON), TODAY),
]
SILENT: list[Case] = [
    (code, challenge(), TODAY)
    for code in (
        "challenge_need_missing",
        "challenge_teacher_missing",
        "challenge_curriculum_missing",
        "challenge_dates_missing",
        "challenge_after_end",
        "challenge_coaching_quiet",
        "challenge_ideas_missing",
    )
]
SILENT += [
    ("challenge_phase_late", challenge(phase_dates={"understand": "not a day"}), TODAY),
    ("solution_rating_missing", solution(ChallengePhase.SHOW, shown_on=SOON), TODAY),
    ("challenge_coaching_quiet", noted(YESTERDAY), TODAY),
    ("challenge_coaching_quiet", noted(LONG_AGO, phase=ChallengePhase.REFLECT), TODAY),
    (
        "challenge_dates_missing",
        lambda view: (challenge(phase_dates={})(view), vars(view).update(teaching_weeks=None)),
        TODAY,
    ),
    ("solution_adoption_open", solution(ChallengePhase.REFLECT, usefulness=4, adoption="Too dear"), TODAY),
    ("solution_adoption_open", solution(ChallengePhase.BUILD, usefulness=5), TODAY),
    ("solution_adoption_open", solution(ChallengePhase.REFLECT, usefulness=2), TODAY),
    ("intake_waiting", question(state=IntakeState.RECEIVED, received_on=TODAY - timedelta(days=21)), TODAY),
    ("intake_waiting", question(received_on=LONG_AGO), TODAY),
    ("intake_reason_missing", question(state=IntakeState.REFERRED, decision_reason="Ask the library"), TODAY),
    ("research_supervisor_missing", question(), TODAY),
    ("research_challenge_missing", question(), TODAY),
    ("research_result_late", question(needed_by=YESTERDAY, delivered_on=YESTERDAY), TODAY),
    ("research_question_missing", lambda view: (uses(ModelPart.RESEARCH_INTAKE)(view), question()(view)), TODAY),
    ("candidates_unscored", candidate(scores={"motivation": 4}), TODAY),
    ("candidates_waiting", candidate(applied_on=LONG_AGO, selection=Selection.RESERVE), TODAY),
    ("fellows_unpaired", lambda view: (uses(ModelPart.FELLOWSHIP)(view), pair()(view)), TODAY),
    ("fellows_unpaired", candidate(selection=Selection.SELECTED), TODAY),
    ("pair_host_missing", pair(host_id=None, host_organisation_id=uuid4()), TODAY),
    ("pair_plan_missing", pair(learning_plan="", starts_on=FAR), TODAY),
    ("pair_outcome_missing", pair(outcome="", ends_on=SOON), TODAY),
    ("competence_evidence_missing", competence(evidence="Asks back"), TODAY),
    ("badge_criteria_missing", badge(), TODAY),
    ("badge_assessor_missing", badge(), TODAY),
    ("badge_award_open", badge(met=("Shows",)), TODAY),
    ("badge_award_open", badge(met=BOTH, awarded_on=YESTERDAY), TODAY),
    ("protocol_missing", lambda view: (uses(ModelPart.CRISIS_PROTOCOL)(view), protocol()(view)), TODAY),
    ("protocol_contact_missing", protocol(), TODAY),
    ("protocol_staff_uninformed", protocol(), TODAY),
    ("protocol_review_due", protocol(), TODAY),
]
