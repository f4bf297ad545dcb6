"""Challenges: what their cards say, moving on, proposals, and what the sample shows of them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import (
    Challenge,
    ChallengePhase,
    CoachingNote,
    Solution,
    SolutionKind,
    TeamMember,
    phase_ends,
)
from cocivic_desktop.domain.model_parts import Badge, Candidate, Competence, ResearchQuestion
from cocivic_desktop.domain.organisations import FilePurpose, Person
from cocivic_desktop.domain.school_years import SchoolYear
from cocivic_desktop.services import challenges, organisation_files, records, sample
from cocivic_desktop.services.challenge_brief import write_brief

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


@pytest.fixture
def challenge(workspace: Workspace, partnership: Partnership) -> Challenge:
    mentor = Person(name="Ute")
    records.add(workspace, mentor)
    made = Challenge(
        partnership_id=partnership.id,
        title="Nets",
        mentor_id=mentor.id,
        phase=ChallengePhase.IDEATE,
        phase_dates={"understand": "2026-09-04", "ideate": "2026-09-11"},
    )
    records.add(workspace, made)
    return made


def test_a_card_counts_what_belongs_to_its_challenge(
    workspace: Workspace, partnership: Partnership, challenge: Challenge
) -> None:
    of = challenge.id
    for entity in (
        TeamMember(challenge_id=of, label="A."),
        CoachingNote(challenge_id=of, noted_on=date(2026, 9, 1)),
        CoachingNote(challenge_id=of, noted_on=date(2026, 9, 8)),
        Solution(challenge_id=of, title="Net", adopted=True),
        Solution(challenge_id=of, title="Rope", kind=SolutionKind.IDEA),
    ):
        records.add(workspace, entity)
    (card,) = challenges.cards(workspace, partnership.id)
    assert (card.mentor, card.team, card.ideas, card.solutions, card.adopted) == ("Ute", 1, 1, 1, 1)
    assert (card.notes, card.last_note_on) == (2, date(2026, 9, 8))
    assert card.due_on == date(2026, 9, 11) and card.is_late(TODAY)
    challenges.move(workspace, of, ChallengePhase.BUILD)
    (card,) = challenges.cards(workspace, partnership.id)
    assert card.phase is ChallengePhase.BUILD and not card.is_late(TODAY)


def test_a_proposal_keeps_phases_that_are_over(
    workspace: Workspace, partnership: Partnership, challenge: Challenge
) -> None:
    records.add(
        workspace,
        SchoolYear(
            school_id=partnership.school_id, label="26/27", starts_on=date(2026, 8, 24), ends_on=date(2027, 6, 30)
        ),
    )
    challenges.propose_dates(workspace, challenge.id, TODAY)
    ends = phase_ends(records.get(workspace, Challenge, challenge.id))
    assert ends[ChallengePhase.UNDERSTAND] == date(2026, 9, 4)
    assert list(ends) == list(ChallengePhase)
    assert TODAY <= ends[ChallengePhase.IDEATE] < ends[ChallengePhase.BUILD] < ends[ChallengePhase.SHOW]
    assert ends[ChallengePhase.REFLECT] == date(2027, 6, 30)
    workspace.undo()
    assert records.get(workspace, Challenge, challenge.id).phase_dates == challenge.phase_dates
    with pytest.raises(BadInput, match="too few teaching weeks"):
        challenges.propose_dates(workspace, challenge.id, date(2027, 6, 21))


def test_what_is_adopted_is_a_solution(workspace: Workspace, challenge: Challenge) -> None:
    idea = Solution(challenge_id=challenge.id, title="Rope", kind=SolutionKind.IDEA)
    records.add(workspace, idea)
    challenges.change_solution(workspace, idea.id, adopted=True)
    assert records.get(workspace, Solution, idea.id).kind is SolutionKind.SOLUTION
    workspace.undo()
    assert records.get(workspace, Solution, idea.id).kind is SolutionKind.IDEA


def test_the_sample_shows_every_phase(workspace: Workspace) -> None:
    sample.create_sample(workspace, date(2026, 11, 20))
    shown = records.find(workspace, Challenge)
    assert {one.phase for one in shown} == set(ChallengePhase)
    assert len(records.find(workspace, CoachingNote)) >= 5
    assert {one.kind for one in records.find(workspace, Solution)} == set(SolutionKind)
    assert any(one.adopted and one.adoption for one in records.find(workspace, Solution))
    for cls in (ResearchQuestion, Competence, Badge):
        assert records.find(workspace, cls)


def test_the_brief_wears_our_letterhead(workspace: Workspace, challenge: Challenge, tmp_path: Path) -> None:
    paper, made = docx.Document(), BytesIO()
    paper.sections[0].header.paragraphs[0].text = "Green Harbour, Quay 7"
    paper.save(made)
    organisation_files.choose(workspace, FilePurpose.LETTERHEAD, "paper.docx", made.getvalue())
    path = write_brief(workspace, challenge.id, tmp_path / "brief.docx", "es")
    written = docx.Document(str(path))
    assert "Green Harbour, Quay 7" in [one.text for one in written.sections[0].header.paragraphs]
    assert "Un reto para vuestro equipo" in [one.text for one in written.paragraphs]


def test_who_is_erased_leaves_no_application(workspace: Workspace, partnership: Partnership) -> None:
    person = Person(name="Fellow")
    records.add(workspace, person)
    records.add(workspace, Candidate(partnership_id=partnership.id, person_id=person.id, motivation="Mine"))
    records.delete(workspace, Person, person.id)
    assert records.find(workspace, Candidate, archived=None) == []
