"""Stage 2, challenges: list and board, phases in the school year, team, notes, ideas, and the brief for the class."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester

from cocivic_desktop.domain.goals import (
    Challenge,
    ChallengePhase,
    CoachingNote,
    Solution,
    SolutionKind,
    TeamMember,
    phase_ends,
)
from cocivic_desktop.domain.partnerships import Partnership, Stage
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.goals.challenges import ChallengesPart
from cocivic_desktop.ui.pages.goals_page import GoalsPage
from cocivic_desktop.ui.widgets.board_cards import CARD

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace

Shown = Callable[..., ChallengesPart]


@pytest.fixture
def shown(qtbot: QtBot, context: Context, partnership: Partnership) -> Shown:
    """The part in its page, opened at a record as a next step does."""
    page = GoalsPage(context)
    qtbot.addWidget(page)
    page.resize(822, 490)

    def show(item: UUID | None = None, section: str = "challenges") -> ChallengesPart:
        page.show_partnership(partnership.id)
        page.show()
        qtbot.waitExposed(page)
        page.go_to(Target.partnership(partnership.id, Stage.GOALS, section, item))
        return page.challenges

    return show


@pytest.fixture
def challenge(workspace: Workspace, partnership: Partnership) -> Challenge:
    """A challenge with a title only."""
    made = Challenge(partnership_id=partnership.id, title="Parcels without plastic")
    records.add(workspace, made)
    return made


def choose(box: object, number: int) -> None:
    """Choose from a combo box as a person does."""
    box.setCurrentIndex(number)  # type: ignore[attr-defined]
    box.activated.emit(number)  # type: ignore[attr-defined]


def stored(workspace: Workspace, challenge: Challenge) -> Challenge:
    return records.get(workspace, Challenge, challenge.id)


def test_the_empty_place_adds_a_challenge_to_type_into(shown: Shown, qtbot: QtBot, workspace: Workspace) -> None:
    part = shown()
    assert part.ui.emptyState.isVisible() and not part.ui.boardButton.isVisible()
    part.ui.emptyState.action_button.click()
    qtbot.waitUntil(part.ui.detailCard.isVisible)
    part.ui.title.selectAll()
    qtbot.keyClicks(part.ui.title, "Less film")
    part.form.flush()
    assert [one.title for one in records.find(workspace, Challenge)] == ["Less film"]


def test_what_is_added_is_chosen(shown: Shown, qtbot: QtBot, workspace: Workspace, challenge: Challenge) -> None:
    part = shown(challenge.id)
    part.show_board(True)
    part.ui.addButton.click()
    assert part.form.record is not None and part.form.record.id != challenge.id
    qtbot.waitUntil(lambda: part.window().focusWidget() is part.ui.title)
    part.ui.title.selectAll()
    qtbot.keyClicks(part.ui.title, "Second")
    part.form.flush()
    assert [one.title for one in records.find(workspace, Challenge, order="position")] == [challenge.title, "Second"]
    part.ui.challenges.archive()
    qtbot.waitUntil(lambda: part.ui.challenges.model.row_of(challenge.id) == 0)
    assert len(part.ui.challenges.model.rows) == 1


def test_every_field_of_a_challenge_is_stored(shown: Shown, workspace: Workspace, challenge: Challenge) -> None:
    part = shown(challenge.id)
    texts = {
        name: f"about {name}"
        for name in (
            "question",
            "social_need",
            "constraints",
            "learning_objectives",
            "curriculum_link",
            "mission_link",
        )
    }
    for name, text in texts.items():
        getattr(part.ui, name).setPlainText(text)
    part.form.flush()
    now = stored(workspace, challenge)
    assert {name: getattr(now, name) for name in texts} == texts


def test_phases_have_days_and_remarks(shown: Shown, qtbot: QtBot, workspace: Workspace, challenge: Challenge) -> None:
    part = shown(challenge.id)
    part.ui.parts.setCurrentIndex(2)
    qtbot.keyClicks(part.ui.build_ends.line, "2026-09-01")
    qtbot.keyClick(part.ui.build_ends.line, Qt.Key.Key_Return)
    assert stored(workspace, challenge).phase_dates == {"build": "2026-09-01"}
    choose(part.ui.phase, list(ChallengePhase).index(ChallengePhase.BUILD))
    assert stored(workspace, challenge).phase is ChallengePhase.BUILD
    qtbot.waitUntil(lambda: part.ui.challenges.model.index(0, 1).data() == "! Build")
    qtbot.keyClicks(part.ui.show_ends.line, "2027-07-20")
    qtbot.keyClick(part.ui.show_ends.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.ui.showNote.text() == "! after the end of the partnership")
    workspace.undo()
    qtbot.waitUntil(lambda: part.ui.showNote.text() == "")


def test_dates_are_proposed_from_the_school_year(
    shown: Shown, qtbot: QtBot, workspace: Workspace, partnership: Partnership, challenge: Challenge
) -> None:
    part = shown(challenge.id)
    part.context.report = lambda error: part.ui.proposeLabel.setText(str(error))
    part.ui.proposeButton.click()
    assert "school year is not known" in part.ui.proposeLabel.text()
    year = SchoolYear(
        school_id=partnership.school_id, label="26/27", starts_on=date(2026, 8, 24), ends_on=date(2027, 1, 29)
    )
    records.add(workspace, year)
    records.add(workspace, Term(school_year_id=year.id, name="1", starts_on=year.starts_on, ends_on=year.ends_on))
    holiday = CalendarPeriod(
        school_year_id=year.id,
        name="Autumn",
        kind=PeriodKind.HOLIDAY,
        starts_on=date(2026, 10, 12),
        ends_on=date(2026, 10, 23),
    )
    records.add(workspace, holiday)
    part.ui.proposeButton.click()
    ends = phase_ends(stored(workspace, challenge))
    assert list(ends) == list(ChallengePhase)
    assert sorted(ends.values()) == list(ends.values())
    assert all(not holiday.starts_on <= day <= holiday.ends_on and day.weekday() == 4 for day in ends.values())
    assert ends[ChallengePhase.REFLECT] == date(2027, 1, 29)
    qtbot.waitUntil(lambda: part.ui.understandNote.text().startswith("teaching weeks:"))


def test_the_board_moves_cards_by_keyboard_and_mouse(
    shown: Shown, qtbot: QtBot, workspace: Workspace, challenge: Challenge
) -> None:
    part = shown(challenge.id)
    part.ui.boardButton.click()
    board = part.ui.board
    assert board.isVisible() and part.context.flag("goals/challenges_board")
    column = board.columns[ChallengePhase.UNDERSTAND]
    QAbstractItemModelTester(column.cards, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert column.cards.index(0, 0).data() == "Parcels without plastic, no mentor yet"
    qtbot.keyClick(column, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert stored(workspace, challenge).phase is ChallengePhase.IDEATE
    qtbot.waitUntil(lambda: board.columns[ChallengePhase.IDEATE].cards.row_of(challenge.id) == 0)
    carried = QMimeData()
    carried.setData(CARD, str(challenge.id).encode())
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    board.columns[ChallengePhase.SHOW].dropEvent(drop)
    assert stored(workspace, challenge).phase is ChallengePhase.SHOW
    workspace.undo()
    qtbot.waitUntil(lambda: board.columns[ChallengePhase.IDEATE].cards.row_of(challenge.id) == 0)
    qtbot.keyClick(board.columns[ChallengePhase.IDEATE], Qt.Key.Key_Return)
    assert part.ui.listPage.isVisible() and part.form.record is not None and part.form.record.id == challenge.id


def test_team_with_a_code(shown: Shown, qtbot: QtBot, workspace: Workspace, challenge: Challenge) -> None:
    part = shown(challenge.id)
    part.ui.team.add()
    part.ui.member_label.selectAll()
    qtbot.keyClicks(part.ui.member_label, "M. K.")
    part.team.form.flush()
    assert [one.label for one in records.find(workspace, TeamMember)] == ["M. K."]
    qtbot.waitUntil(lambda: part.ui.parts.tabText(1) == "People 1")
    part.ui.member_label.clear()
    part.ui.member_label.textEdited.emit("")
    part.team.form.flush()
    assert records.find(workspace, TeamMember)[0].label == "M. K."
    assert part.ui.member_label.accessibleDescription()


def test_coaching_notes(shown: Shown, qtbot: QtBot, workspace: Workspace, challenge: Challenge) -> None:
    part = shown(challenge.id)
    part.ui.parts.setCurrentIndex(3)
    part.ui.notes.add()
    part.ui.note_text.setPlainText("They asked the harbour master.")
    part.ui.note_next_step.setText("Draw three nets")
    part.ui.note_next_step.textEdited.emit("")
    part.notes.form.flush()
    note = records.find(workspace, CoachingNote)[0]
    assert (note.text, note.next_step) == ("They asked the harbour master.", "Draw three nets")
    assert (note.noted_on, note.phase) == (part.context.today(), ChallengePhase.UNDERSTAND)
    records.add(workspace, CoachingNote(challenge_id=challenge.id, noted_on=date(2026, 9, 20), text="Later"))
    qtbot.waitUntil(lambda: [one.text for one in part.ui.notes.model.rows][:1] == ["Later"])


def test_an_idea_becomes_a_solution_and_is_adopted(
    shown: Shown, qtbot: QtBot, workspace: Workspace, challenge: Challenge
) -> None:
    part = shown(challenge.id)
    part.ui.parts.setCurrentIndex(4)
    part.ui.solutions.add()
    assert records.find(workspace, Solution)[0].kind is SolutionKind.IDEA
    choose(part.ui.solutionUsefulness, 4)
    part.ui.solutionButton.click()
    assert records.find(workspace, Solution)[0].kind is SolutionKind.SOLUTION
    qtbot.waitUntil(part.ui.solutionButton.isHidden)
    workspace.undo()
    qtbot.waitUntil(part.ui.solutionButton.isVisible)
    part.ui.solution_adopted.click()
    solution = records.find(workspace, Solution)[0]
    assert (solution.kind, solution.usefulness, solution.adopted) == (SolutionKind.SOLUTION, 4, True)
    part.ui.solution_adoption.setPlainText("Used on the quay since May")
    part.ideas.form.flush()
    assert records.find(workspace, Solution)[0].adoption == "Used on the quay since May"


def test_a_step_leads_to_the_solution(
    shown: Shown, workspace: Workspace, challenge: Challenge, partnership: Partnership
) -> None:
    records.add(workspace, Challenge(partnership_id=partnership.id, title="Another"))
    solution = Solution(challenge_id=challenge.id, title="Net", shown_on=date(2026, 9, 1))
    records.add(workspace, solution)
    part = shown(solution.id)
    assert part.ui.solutions.current is not None and part.ui.solutions.current.id == solution.id
    assert part.window().focusWidget() is part.ui.solutionUsefulness


@pytest.mark.parametrize(
    ("section", "widget"),
    [
        ("challenges", "social_need"),
        ("challenge_people", "mentor_id"),
        ("challenge_learning", "learning_objectives"),
        ("challenge_phases", "proposeButton"),
    ],
)
def test_a_step_leads_to_what_the_challenge_lacks(
    shown: Shown, workspace: Workspace, challenge: Challenge, section: str, widget: str
) -> None:
    records.change(workspace, Challenge, challenge.id, question="How?")
    part = shown(challenge.id, section)
    assert part.window().focusWidget() is getattr(part.ui, widget)


@pytest.mark.parametrize(("section", "name"), [("challenge_notes", "notes"), ("challenge_ideas", "solutions")])
def test_a_step_leads_to_where_something_is_added(shown: Shown, challenge: Challenge, section: str, name: str) -> None:
    part = shown(challenge.id, section)
    assert part.window().focusWidget() is getattr(part.ui, name).empty.action_button


def test_the_brief_is_saved(
    shown: Shown, qtbot: QtBot, workspace: Workspace, challenge: Challenge, tmp_path: Path
) -> None:
    part = shown(challenge.id)
    said: list[str] = []
    part.context.notify = said.append
    part.save_brief_to(tmp_path / "brief.docx", "de")
    qtbot.waitUntil(lambda: bool(said))
    assert (tmp_path / "brief.docx").stat().st_size > 5_000
