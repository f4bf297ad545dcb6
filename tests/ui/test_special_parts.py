"""Stage 2, special parts: they appear where the model calls for them, and every one is worked in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from cocivic_desktop.domain.goals import Challenge
from cocivic_desktop.domain.model_parts import (
    Badge,
    BadgeAward,
    Candidate,
    Competence,
    CrisisProtocol,
    FellowshipPair,
    HubPhase,
    IntakeState,
    ModelPart,
    ResearchQuestion,
    Selection,
)
from cocivic_desktop.domain.partnerships import Partnership, Stage
from cocivic_desktop.services import model_parts, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.goals.special import SpecialParts
from cocivic_desktop.ui.pages.goals_page import GoalsPage

if TYPE_CHECKING:
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace

Shown = Callable[..., Any]


@pytest.fixture
def shown(qtbot: QtBot, context: Context, workspace: Workspace, partnership: Partnership) -> Shown:
    """Switches a part on and opens it; gives the part."""
    page = GoalsPage(context)
    qtbot.addWidget(page)
    page.resize(822, 490)

    def show(part: ModelPart | None = None, item: UUID | None = None) -> Any:
        if part is not None:
            model_parts.switch(workspace, partnership.id, part, True)
        page.show_partnership(partnership.id)
        page.show()
        qtbot.waitExposed(page)
        section = part.value if part is not None else "research_intake"
        if part is None:
            page.ui.tabs.setCurrentWidget(page.special)
            return page.special
        page.go_to(Target.partnership(partnership.id, Stage.GOALS, section, item))
        return page.special.places[part]

    return show


def choose(box: Any, number: int) -> None:
    """Choose from a combo box as a person does."""
    box.setCurrentIndex(number)
    box.activated.emit(number)


def test_parts_are_switched_on_by_the_menu(
    shown: Shown, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    special: SpecialParts = shown()
    assert special.ui.emptyState.isVisible() and not any(one.isVisible() for one in special.buttons.values())
    special.actions_of[ModelPart.BADGES].trigger()
    qtbot.waitUntil(special.buttons[ModelPart.BADGES].isVisible)
    assert special.places[ModelPart.BADGES].isVisible()
    workspace.undo()
    qtbot.waitUntil(special.ui.emptyState.isVisible)


def test_a_model_brings_its_part(shown: Shown, workspace: Workspace, partnership: Partnership) -> None:
    records.change(workspace, Partnership, partnership.id, model="cocreation_hub")
    special: SpecialParts = shown()
    visible = [part for part, button in special.buttons.items() if button.isVisible()]
    assert visible == [ModelPart.SELECTION, ModelPart.FELLOWSHIP]


def test_a_question_is_reviewed_and_accepted(shown: Shown, qtbot: QtBot, workspace: Workspace) -> None:
    part = shown(ModelPart.RESEARCH_INTAKE)
    part.ui.questions.empty.action_button.click()
    part.ui.title.selectAll()
    qtbot.keyClicks(part.ui.title, "Who is missing?")
    part.form.flush()
    boxes = part.ui.criteria.boxes
    choose(boxes["use"], 1)
    choose(boxes["ethics"], 3)
    question = records.find(workspace, ResearchQuestion)[0]
    assert (question.title, question.review) == ("Who is missing?", {"use": "yes", "ethics": "no"})
    qtbot.waitUntil(lambda: part.ui.reviewLabel.text() == "2 of 8 criteria answered · Yes: 1, No: 1")
    choose(part.ui.stateChoice, list(IntakeState).index(IntakeState.ACCEPTED))
    assert records.find(workspace, ResearchQuestion)[0].reviewed_on == date(2026, 9, 14)
    part.ui.challengeButton.click()
    assert [one.title for one in records.find(workspace, Challenge)] == ["Who is missing?"]
    qtbot.waitUntil(part.ui.challengeButton.isHidden)


def test_applicants_are_scored_ranked_and_paired(
    shown: Shown, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    for label in ("F-1", "F-2"):
        records.add(workspace, Candidate(partnership_id=partnership.id, label=label))
    second = records.find(workspace, Candidate, label="F-2")[0]
    part = shown(ModelPart.SELECTION, second.id)
    choose(part.ui.criteria.boxes["motivation"], 5)
    assert records.get(workspace, Candidate, second.id).scores == {"motivation": 5}
    qtbot.waitUntil(lambda: part.ui.candidates.model.rows[0].id == second.id)
    assert part.ui.meanLabel.text() == "Mean 5 · 1 of 6 criteria rated"
    choose(part.ui.selectionChoice, list(Selection).index(Selection.SELECTED))
    assert records.get(workspace, Candidate, second.id).decided_on == date(2026, 9, 14)
    part.ui.pairButton.click()
    assert [one.candidate_id for one in records.find(workspace, FellowshipPair)] == [second.id]
    assert model_parts.parts_of(workspace, partnership.id) == {ModelPart.SELECTION, ModelPart.FELLOWSHIP}


def test_a_fellowship_needs_a_candidate(
    shown: Shown, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    part = shown(ModelPart.FELLOWSHIP)
    said: list[str] = []
    part.context.notify = said.append
    part.ui.pairs.add()
    assert records.find(workspace, FellowshipPair) == [] and "application" in said[0]
    records.add(workspace, Candidate(partnership_id=partnership.id, label="F-1"))
    part.ui.pairs.add()
    pair = records.find(workspace, FellowshipPair)[0]
    qtbot.waitUntil(lambda: part.form.record is not None)
    choose(part.ui.phase, list(HubPhase).index(HubPhase.TESTING))
    part.ui.learning_plan.setPlainText("Three aims")
    part.form.flush()
    stored = records.get(workspace, FellowshipPair, pair.id)
    assert (stored.phase, stored.learning_plan) == (HubPhase.TESTING, "Three aims")


def test_a_frame_is_taken_over_and_changed(shown: Shown, qtbot: QtBot, workspace: Workspace) -> None:
    part = shown(ModelPart.COMPETENCES)
    part.frame_button.menu().actions()[0].trigger()
    assert len(records.find(workspace, Competence)) == 6
    qtbot.waitUntil(lambda: len(part.ui.competences.model.rows) == 6)
    part.ui.evidence.setPlainText("Seen twice")
    part.form.flush()
    first = part.ui.competences.model.rows[0].id
    assert records.get(workspace, Competence, first).evidence == "Seen twice"
    workspace.undo()
    workspace.undo()
    qtbot.waitUntil(part.ui.competences.empty.isVisible)


def test_a_badge_with_criteria_and_an_award(
    shown: Shown, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    records.add(workspace, Competence(partnership_id=partnership.id, name="Listening"))
    part = shown(ModelPart.BADGES)
    part.ui.badges.add()
    part.ui.criteria.setPlainText("Shows it\nExplains it")
    part.form.flush()
    part.ui.competenceChecks.boxes[0].click()
    badge = records.find(workspace, Badge)[0]
    assert badge.criteria == ["Shows it", "Explains it"]
    assert badge.competences == [str(records.find(workspace, Competence)[0].id)]
    part.ui.parts.setCurrentIndex(1)
    part.ui.awards.add()
    qtbot.waitUntil(lambda: len(part.ui.criteriaChecks.boxes) == 2)
    for number in (0, 1):
        part.ui.criteriaChecks.boxes[number].click()
    assert records.find(workspace, BadgeAward)[0].criteria_met == ["Shows it", "Explains it"]
    part.ui.awardButton.click()
    assert records.find(workspace, BadgeAward)[0].awarded_on == date(2026, 9, 14)
    qtbot.waitUntil(part.ui.awardButton.isHidden)


def test_the_protocol_page_wants_no_cases(shown: Shown, workspace: Workspace) -> None:
    part = shown(ModelPart.CRISIS_PROTOCOL)
    assert "Write nothing about cases" in part.ui.warningLabel.text()
    part.ui.protocols.add()
    part.ui.kept_at.setText("Staff room, red folder")
    part.ui.kept_at.textEdited.emit("")
    part.form.flush()
    assert records.find(workspace, CrisisProtocol)[0].kept_at == "Staff room, red folder"


def test_a_search_hit_opens_its_record(shown: Shown, workspace: Workspace, partnership: Partnership) -> None:
    records.add(workspace, CrisisProtocol(partnership_id=partnership.id, title="One"))
    wanted = CrisisProtocol(partnership_id=partnership.id, title="Two")
    records.add(workspace, wanted)
    part = shown(ModelPart.CRISIS_PROTOCOL, wanted.id)
    assert part.form.record is not None and part.form.record.id == wanted.id
    assert part.window().focusWidget() is part.ui.first_contact_id
