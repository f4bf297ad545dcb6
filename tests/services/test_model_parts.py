"""Special parts of single models: which are in use, intake, selection, frames, badges; and that they are found."""

from __future__ import annotations

from datetime import date

import pytest

from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.goals import Challenge
from cocivic_desktop.domain.model_parts import (
    Badge,
    BadgeAward,
    Candidate,
    Competence,
    CrisisProtocol,
    IntakeState,
    ModelPart,
    ResearchQuestion,
    Selection,
)
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.special_parts import competence_frames, intake_criteria, selection_criteria
from cocivic_desktop.services import advice, model_parts, records
from cocivic_desktop.services.search import search
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


@pytest.fixture
def question(workspace: Workspace, partnership: Partnership) -> ResearchQuestion:
    made = ResearchQuestion(
        partnership_id=partnership.id,
        title="Who is missing?",
        knowledge_needed="What keeps people away?",
        received_on=date(2026, 8, 1),
    )
    records.add(workspace, made)
    return made


def candidate(workspace: Workspace, partnership: Partnership, label: str, *scores: int) -> Candidate:
    made = Candidate(partnership_id=partnership.id, label=label)
    records.add(workspace, made)
    for criterion, value in zip(selection_criteria(), scores, strict=False):
        model_parts.score(workspace, made.id, criterion.code, value)
    return made


def stored(workspace: Workspace, question: ResearchQuestion) -> ResearchQuestion:
    return records.get(workspace, ResearchQuestion, question.id)


@pytest.mark.parametrize(
    ("model", "parts"),
    [
        ("engaged_research", {ModelPart.RESEARCH_INTAKE}),
        ("cocreation_hub", {ModelPart.SELECTION, ModelPart.FELLOWSHIP}),
        ("challenge_based", {ModelPart.COMPETENCES, ModelPart.BADGES}),
        ("community_engagement", {ModelPart.COMPETENCES}),
        ("school_social_work", {ModelPart.CRISIS_PROTOCOL}),
        ("social_innovation", set()),
        ("no_such_model", set()),
    ],
)
def test_a_model_calls_for_its_parts(
    workspace: Workspace, partnership: Partnership, model: str, parts: set[ModelPart]
) -> None:
    records.change(workspace, Partnership, partnership.id, model=model)
    assert model_parts.parts_of(workspace, partnership.id) == parts


def test_parts_are_switched_against_the_model(workspace: Workspace, partnership: Partnership) -> None:
    records.change(workspace, Partnership, partnership.id, model="engaged_research")
    model_parts.switch(workspace, partnership.id, ModelPart.BADGES, True)
    model_parts.switch(workspace, partnership.id, ModelPart.RESEARCH_INTAKE, False)
    assert model_parts.parts_of(workspace, partnership.id) == {ModelPart.BADGES}
    model_parts.switch(workspace, partnership.id, ModelPart.RESEARCH_INTAKE, True)
    assert records.get(workspace, Partnership, partnership.id).parts == {"badges": True}
    workspace.undo()
    assert model_parts.parts_of(workspace, partnership.id) == {ModelPart.BADGES}


def test_advice_is_given_on_parts_in_use_only(
    workspace: Workspace, partnership: Partnership, question: ResearchQuestion
) -> None:
    codes = {step.code for step in advice.next_steps(workspace, TODAY, partnership.id)}
    assert "intake_waiting" not in codes
    model_parts.switch(workspace, partnership.id, ModelPart.RESEARCH_INTAKE, True)
    step = next(s for s in advice.next_steps(workspace, TODAY, partnership.id) if s.code == "intake_waiting")
    assert (step.parameters["days"], step.target.section, step.target.id) == (44, "research_intake", question.id)


def test_the_review_begins_with_the_first_answer(workspace: Workspace, question: ResearchQuestion) -> None:
    model_parts.review(workspace, question.id, "use", "partly")
    assert (stored(workspace, question).state, stored(workspace, question).review) == (
        IntakeState.IN_REVIEW,
        {"use": "partly"},
    )
    model_parts.review(workspace, question.id, "use", None)
    assert stored(workspace, question).review == {}
    with pytest.raises(BadInput, match="perhaps"):
        model_parts.review(workspace, question.id, "use", "perhaps")


def test_a_decision_is_dated_and_can_be_taken_back(workspace: Workspace, question: ResearchQuestion) -> None:
    model_parts.decide(workspace, question.id, IntakeState.DECLINED, TODAY)
    assert stored(workspace, question).reviewed_on == TODAY
    model_parts.decide(workspace, question.id, IntakeState.ACCEPTED, date(2026, 9, 20))
    assert stored(workspace, question).reviewed_on == TODAY
    model_parts.decide(workspace, question.id, IntakeState.IN_REVIEW, TODAY)
    assert stored(workspace, question).reviewed_on is None


def test_a_question_becomes_a_challenge_in_one_step(workspace: Workspace, question: ResearchQuestion) -> None:
    challenge, _ = model_parts.make_challenge(workspace, question.id)
    assert (challenge.title, challenge.question) == ("Who is missing?", "What keeps people away?")
    assert stored(workspace, question).challenge_id == challenge.id
    workspace.undo()
    assert records.find(workspace, Challenge) == [] and stored(workspace, question).challenge_id is None


def test_candidates_are_ranked_by_their_mean(workspace: Workspace, partnership: Partnership) -> None:
    candidate(workspace, partnership, "new")
    candidate(workspace, partnership, "good", 4, 4, 4, 4, 4, 4)
    candidate(workspace, partnership, "half", 5, 3)
    best = candidate(workspace, partnership, "best", 5, 5, 4)
    found = model_parts.ranking(workspace, partnership.id)
    assert [(one.name, one.rank, one.scored) for one in found] == [
        ("best", 1, 3), ("good", 2, 6), ("half", 2, 2), ("new", None, 0)
    ]  # fmt: skip
    assert found[0].mean == pytest.approx(14 / 3)
    with pytest.raises(InvalidField):
        model_parts.score(workspace, best.id, "motivation", 6)
    model_parts.choose(workspace, best.id, Selection.SELECTED, TODAY)
    assert records.get(workspace, Candidate, best.id).decided_on == TODAY
    pair, _ = model_parts.pair_up(workspace, best.id)
    assert pair.candidate_id == best.id


def test_a_frame_adds_what_is_missing(workspace: Workspace, partnership: Partnership) -> None:
    frame = competence_frames("de")[1]
    assert model_parts.take_over_frame(workspace, partnership.id, frame.code, "de") == 6
    assert model_parts.take_over_frame(workspace, partnership.id, frame.code, "de") == 0
    own = records.find(workspace, Competence, order="position")
    assert [one.name for one in own] == [draft.name for draft in frame.competences]
    badge = model_parts.badge_of_frame(workspace, partnership.id, frame.code, "de")
    assert badge.competences == [str(one.id) for one in own] and len(badge.criteria) == 5
    model_parts.set_competence(workspace, badge.id, own[0].id, False)
    assert str(own[0].id) not in records.get(workspace, Badge, badge.id).competences


def test_a_badge_is_awarded_when_all_criteria_are_met(workspace: Workspace, partnership: Partnership) -> None:
    badge = Badge(partnership_id=partnership.id, title="Maker", criteria=["Shows", "Explains"])
    records.add(workspace, badge)
    one = BadgeAward(badge_id=badge.id, label="A.")
    records.add(workspace, one)
    model_parts.set_criterion(workspace, one.id, "Shows", True)
    with pytest.raises(BadInput, match="Still open: Explains"):
        model_parts.award(workspace, one.id, TODAY)
    model_parts.set_criterion(workspace, one.id, "Explains", True)
    model_parts.award(workspace, one.id, TODAY)
    assert records.get(workspace, BadgeAward, one.id).awarded_on == TODAY


@pytest.mark.parametrize("language", ["de", "es", "tr"])
def test_every_language_has_the_same_criteria_and_frames(language: str) -> None:
    for read in (intake_criteria, selection_criteria):
        assert [one.code for one in read(language)] == [one.code for one in read("en")]
        assert {one.text for one in read(language)}.isdisjoint(one.text for one in read("en"))
    for frame, english in zip(competence_frames(language), competence_frames("en"), strict=True):
        assert [one.code for one in frame.competences] == [one.code for one in english.competences]
        assert len(frame.badge.criteria) == len(english.badge.criteria)
        assert frame.title != english.title


def test_what_is_written_there_is_found(
    workspace: Workspace, partnership: Partnership, question: ResearchQuestion
) -> None:
    records.add(workspace, CrisisProtocol(partnership_id=partnership.id, title="Red folder", kept_at="staff room"))
    records.add(workspace, Challenge(partnership_id=partnership.id, title="Nets", question="What holds a pallet?"))
    assert [(hit.kind, hit.id) for hit in search(workspace, "missing")] == [("research_question", question.id)]
    assert [hit.kind for hit in search(workspace, "staff room")] == ["crisis_protocol"]
    assert [(hit.kind, hit.partnership_id) for hit in search(workspace, "pallet")] == [("challenge", partnership.id)]
