"""From a name on a list to goals both sides own, through the real window; and every model on every page."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import (
    Challenge,
    ChallengePhase,
    Indicator,
    SharedGoal,
    Solution,
    SolutionKind,
    phase_ends,
)
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.partnerships import (
    Expectation,
    MatchState,
    Meeting,
    MeetingKind,
    Outreach,
    Overlap,
    Partnership,
    PipelineState,
    ReadinessAnswer,
    ReadinessAnswerValue,
    Stage,
)
from cocivic_desktop.services import models, portable, records, starting
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.dialogs.paper_dialog import PaperDialog
from cocivic_desktop.ui.main_window import MainWindow
from cocivic_desktop.ui.pages.goals_page import GoalsPage
from cocivic_desktop.ui.pages.initiate_page import InitiatePage
from cocivic_desktop.ui.pages.partnerships_page import PartnershipsPage
from scripts.walks import initiate_and_goals as walk
from scripts.walks.hand import Hand

if TYPE_CHECKING:
    from uuid import UUID

TODAY = date(2026, 9, 14)
CODES = (
    "arts_education", "challenge_based", "cocreation_hub", "community_engagement", "engaged_research",
    "heritage_renovation", "school_social_work", "social_innovation",
)  # fmt: skip
Opened = Callable[[], Hand]


def fail(error: Exception) -> None:
    raise error


@pytest.fixture
def opened(data_folder: Path, qapp_dressed: QApplication) -> Iterator[Opened]:
    """Opens the window on the one workspace file, as often as wanted."""
    windows: list[MainWindow] = []

    def start() -> Hand:
        context = Context(QSettings(str(data_folder / "settings.ini"), QSettings.Format.IniFormat))
        context.today = lambda: TODAY
        window = MainWindow(context)
        context.report = context.tasks.on_error = fail
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        path = data_folder / "walk.cocivic"
        window.show_workspace(Workspace.open(path) if path.exists() else Workspace.create(path))
        return Hand(window)

    yield start
    for window in windows:
        for dialog in window.findChildren(QDialog):
            dialog.close()
        window.close()
        window.deleteLater()
    qapp_dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def of(hand: Hand, cls: Any, **equals: Any) -> list[Any]:
    return list(records.find(hand.window.context.workspace, cls, **equals))


def check_pipeline(hand: Hand) -> None:
    schools = {one.name: one for one in of(hand, Organisation, is_ours=False)}
    assert {name: one.city for name, one in schools.items()} == {
        "North Vocational School": "Kiel",
        "Çağrı Meslek Lisesi": "İzmir",
        "Işık Teknik Okulu": "Muğla",
    }
    by_school = {one.school_id: one.pipeline for one in of(hand, Partnership)}
    states = {name: by_school[one.id] for name, one in schools.items()}
    assert states == {
        "North Vocational School": PipelineState.EXPLORING,
        "Çağrı Meslek Lisesi": PipelineState.CONTACTED,
        "Işık Teknik Okulu": PipelineState.IDEA,
    }
    assert len(of(hand, Outreach)) == 2
    assert {one.next_contact_on for one in of(hand, Outreach)} == {date(2026, 9, 21)}
    board = hand.find(PartnershipsPage).ui.board
    assert board.columns[PipelineState.EXPLORING].hasFocus(), "the keyboard goes with the card"


def check_meeting(hand: Hand) -> None:
    (meeting,) = of(hand, Meeting)
    assert (meeting.kind, meeting.held_on) == (MeetingKind.EXPLORATORY, date(2026, 9, 18))
    assert len(meeting.agenda) == 6
    assert [one.answer for one in meeting.agenda[:2]] == [
        "The head, with the department's teachers",
        "Learning field 6, eleventh grade",
    ]
    unknown = of(hand, ReadinessAnswer, answer=ReadinessAnswerValue.UNKNOWN)
    assert len(unknown) == 7, "nothing is taken over before somebody has said so"


def check_taken_over(hand: Hand) -> None:
    remarks = {one.remark for one in of(hand, ReadinessAnswer) if one.answer is ReadinessAnswerValue.YES}
    assert {"The head, with the department's teachers", "Learning field 6, eleventh grade"} <= remarks
    assert len(of(hand, ReadinessAnswer, answer=ReadinessAnswerValue.UNKNOWN)) == 5


def check_expectations(hand: Hand) -> None:
    cards = {one.id: one for one in of(hand, Expectation)}
    states = [one.state for one in cards.values()]
    assert states.count(MatchState.RESOLVED) == 2
    matched = [one for one in cards.values() if one.state is MatchState.MATCHED]
    assert {one.side for one in matched} == {Side.SCHOOL, Side.CSO}
    assert any(one.resolution.startswith("The user tests each Friday") for one in cards.values())


def check_goals(hand: Hand) -> None:
    goals = of(hand, SharedGoal, order="position")
    assert len(goals) == 4
    for goal in goals:
        assert goal.agreed_cso_on == goal.agreed_school_on == TODAY
        assert (goal.agreed_cso_by, goal.agreed_school_by) == ("Mara Jensen", "Ute Clausen")
        assert of(hand, Indicator, goal_id=goal.id), goal.statement
    (grown,) = [one for one in goals if "forty bicycles" in one.statement]
    (measure,) = of(hand, Indicator, goal_id=grown.id)
    assert (measure.baseline, measure.target, measure.measured_how) == (0, 40, "List on the workshop's wall")
    assert {one.strength for one in of(hand, Overlap)} == {1, 2}
    part = hand.find(GoalsPage).goals
    for row, goal in enumerate(goals):
        assert part.ui.goals.model.index(row, 1).data() == "both sides", goal.statement
    scroll = part.ui.detailScroll
    assert scroll.horizontalScrollBar().maximum() == 0, "nothing is cut off beside the guidance"
    assert scroll.mapTo(part, scroll.rect().topRight()).x() <= part.width()


def check_challenges(hand: Hand) -> None:
    challenges = of(hand, Challenge, order="position")
    assert [one.phase for one in challenges] == [ChallengePhase.IDEATE, ChallengePhase.UNDERSTAND]
    assert all(list(phase_ends(one)) == list(ChallengePhase) for one in challenges)
    (solution,) = of(hand, Solution)
    assert (solution.kind, solution.usefulness, solution.adopted) == (SolutionKind.SOLUTION, 4, True)
    assert solution.adoption == "In use at the counter"


def write_paper(hand: Hand, path: Path) -> Path:
    """In the dialog that is open: say where, write, close."""
    dialog = hand.find(PaperDialog)
    hand.choose(dialog.ui.languageBox, "English")
    hand.type(str(path), dialog.ui.pathLine)
    hand.click(dialog.ui.writeButton)
    hand.until(lambda: path.exists() and dialog.written is not None)
    hand.click(dialog.ui.closeButton)
    return path


def text_of(path: Path) -> str:
    """All words of a document, those of tables and controls too."""
    return "\n".join("".join(one.itertext()) for one in docx.Document(str(path)).element.body)


def check_papers(hand: Hand, folder: Path) -> None:
    hand.stage(Stage.INITIATE)
    page = hand.find(InitiatePage)
    hand.tab(page.ui.tabs, 4)
    part = page.meetings
    for choice, name, words in (
        ("Introduction letter", "letter", ("Green Harbour", "North Vocational School")),
        ("A page about us", "profile", ("Green Harbour", "We keep the quarter's things in use")),
        ("Agenda", "agenda", ("Room 7", "Ute Clausen")),
        ("Minutes", "minutes", ("Both sides want a repair corner", "We write down goals by October")),
    ):
        hand.choose_from(part.ui.documentsButton, choice)
        text = text_of(write_paper(hand, folder / f"{name}.docx"))
        for word in words:
            assert word in text, f"{word} in the {name}"
    hand.choose_from(part.ui.inviteButton, "Invite by e-mail")
    written = write_paper(hand, folder / "invitation.eml")
    message = email.message_from_bytes(written.read_bytes(), policy=email.policy.default)
    assert "clausen@north.example" in str(message["To"])
    (event,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    assert "DTSTART;TZID=Europe/Berlin:20260918T140000" in event.get_content()

    goals = page.window().findChild(GoalsPage)
    assert goals is not None
    goals.goals.save_sheet_to(folder / "goals.docx", "en")
    goals.challenges.save_brief_to(folder / "brief.docx", "en")
    hand.until(lambda: (folder / "goals.docx").exists() and (folder / "brief.docx").exists())
    hand.settle()
    assert "forty bicycles" in text_of(folder / "goals.docx")
    assert "booking form" in text_of(folder / "brief.docx") or "Operational challenge" in text_of(folder / "brief.docx")


def content(workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(portable.to_portable(workspace)["records"], default=str))
    return {kind: sorted(rows, key=lambda one: str(one["id"])) for kind, rows in found.items()}


def check_undo(hand: Hand) -> None:
    """Back to before the first goal, and forth again: every record is as it was."""
    workspace = hand.window.context.workspace
    before = content(workspace)
    steps = 0
    while of(hand, SharedGoal):
        hand.window.undo_actions.undo.trigger()
        steps += 1
        assert steps < 400, "the way back has no end"
    assert not of(hand, Challenge) and not of(hand, Solution)
    assert of(hand, Meeting), "what came before the model stays"
    for _ in range(steps):
        workspace.redo()
    hand.settle()
    after = content(workspace)
    assert {kind: len(rows) for kind, rows in after.items()} == {kind: len(rows) for kind, rows in before.items()}
    assert without_stamps(after) == without_stamps(before)


def without_stamps(found: dict[str, Any]) -> dict[str, Any]:
    stamps = ("version", "changed_at")
    return {k: [{n: v for n, v in row.items() if n not in stamps} for row in rows] for k, rows in found.items()}


def test_from_a_name_on_a_list_to_goals_both_sides_own(opened: Opened, tmp_path: Path) -> None:
    hand = opened()
    checks: dict[str, Callable[[Hand], None]] = {
        "contacts": check_pipeline,
        "answers": check_meeting,
        "model": check_taken_over,
        "expectations": check_expectations,
        "four_goals": check_goals,
        "board": check_challenges,
    }
    for step in walk.STEPS:
        step(hand, tmp_path)
        hand.window.flush()
        hand.settle()
        if step.__name__ in checks:
            checks[step.__name__](hand)
    check_papers(hand, tmp_path)
    check_undo(hand)
    workspace = hand.window.context.workspace
    stored = content(workspace)
    portable.export_json(workspace, tmp_path / "all.json")
    with Workspace.create(tmp_path / "copy.cocivic") as copy:
        portable.import_json(copy, tmp_path / "all.json")
        assert content(copy) == stored
    hand.window.close()

    again = opened()
    assert content(again.window.context.workspace) == stored
    (exploring,) = of(again, Partnership, pipeline=PipelineState.EXPLORING)
    again.window.navigate(Target.partnership(exploring.id, Stage.GOALS, "goals"))
    again.settle()
    page = again.find(GoalsPage)
    assert page.goals.ui.goals.model.rowCount() == 4
    again.tab(page.ui.tabs, 1)
    assert {one.title for one in of(again, Challenge)} >= {"A booking form for the repair corner"}
    assert page.challenges.ui.board.isVisible(), "the board was chosen before"


@pytest.fixture(scope="module")
def shared_window(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[MainWindow]:
    """One window for all models; an error that it would show fails the test."""
    folder = tmp_path_factory.mktemp("models")
    context = Context(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    context.today = lambda: TODAY
    window = MainWindow(context)
    context.report = context.tasks.on_error = fail
    window.resize(1366, 768)
    window.show()
    window.show_workspace(Workspace.create(folder / "models.cocivic"))
    yield window
    window.close()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_all_models_are_named_here(shared_window: MainWindow) -> None:
    assert {one.code for one in models.previews(shared_window.context.workspace, "en")} >= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_model_opens_on_every_page(shared_window: MainWindow, code: str) -> None:
    workspace, hand = shared_window.context.workspace, Hand(shared_window)
    school = Organisation(name=f"School for {code}", kind=OrganisationKind.VET_PROVIDER, country="DE", region="SH")
    records.add(workspace, school)
    made, _ = starting.start(
        workspace, title=code, school_id=school.id, model_code=code, starts_on=TODAY, ends_on=date(2027, 6, 30)
    )
    counts = {
        cls.__name__: len(records.find(workspace, cls, partnership_id=made.id)) for cls in (SharedGoal, Expectation)
    }
    assert counts["SharedGoal"] >= 2
    assert counts["Expectation"] >= 6
    for stage in Stage:
        show(hand, made.id, stage)
        if stage not in (Stage.INITIATE, Stage.GOALS, Stage.AGREEMENT):
            continue
        tabs = next(one for one in shared_window.findChildren(QTabWidget, "tabs") if one.isVisible())
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            hand.rest()
            assert tabs.currentWidget() is not None and tabs.currentWidget().isVisible(), f"{stage} {number}"
    hand.settle()  # the next steps have been worked out, without an error
    shared_window.navigate(Target("home"))
    workspace.undo()
    hand.settle()
    assert not records.find(workspace, SharedGoal), "starting from a model is one step"


def show(hand: Hand, partnership_id: UUID, stage: Stage) -> None:
    hand.window.navigate(Target.partnership(partnership_id, stage))
    hand.rest()
    assert hand.window.target.stage is stage
