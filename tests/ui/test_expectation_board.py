"""The expectation board: cards of three sides, matched by drag or by keys, mismatches solved in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind, MatchState, Partnership
from cocivic_desktop.services import expectations, records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.pages.initiate.expectation_cards import CARD_ROLE
from cocivic_desktop.ui.pages.initiate.expectations import ExpectationsPart

if TYPE_CHECKING:
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace

Opened = Callable[[], ExpectationsPart]
EXPECTS, OFFERS = ExpectationKind


@pytest.fixture
def opened(qtbot: QtBot, context: Context, partnership: Partnership) -> Opened:
    """Opens the board at the size that it has beside the guidance on a small screen."""

    def open_board() -> ExpectationsPart:
        part = ExpectationsPart(context)
        qtbot.addWidget(part)
        part.resize(822, 440)
        part.load(partnership.id)
        context.events.changed.connect(lambda _changes: part.reload())
        with qtbot.waitActive(part):
            part.show()
            part.activateWindow()
        return part

    return open_board


@pytest.fixture
def cards(workspace: Workspace, partnership: Partnership) -> dict[str, UUID]:
    """A wish of the school, an offer of ours that fits it, and one that has nothing to do with it."""
    made = {
        "wish": (Side.SCHOOL, EXPECTS, "A mentor for each team"),
        "offer": (Side.CSO, OFFERS, "Three mentors on Tuesdays"),
        "other": (Side.LEARNERS, OFFERS, "Pictures and posts"),
    }
    found = {}
    for name, (side, kind, text) in made.items():
        one = Expectation(partnership_id=partnership.id, side=side, kind=kind, text=text)
        records.add(workspace, one)
        found[name] = one.id
    return found


def stored(workspace: Workspace, card: UUID) -> Expectation:
    return records.get(workspace, Expectation, card)


def test_an_empty_board_says_what_to_do_and_adds(opened: Opened, qtbot: QtBot, workspace: Workspace) -> None:
    part = opened()
    assert part.ui.stack.currentWidget() is part.ui.empty
    part.ui.empty.second_button.click()
    qtbot.keyClicks(part.ui.detail.ui.text, "Marks by June")
    part.ui.detail.flush()
    (made,) = records.find(workspace, Expectation)
    assert (made.side, made.kind, made.text) == (Side.SCHOOL, EXPECTS, "Marks by June")
    assert part.ui.columns.counts[Side.SCHOOL].text() == "1"


def test_cards_stand_under_their_side_and_kind(opened: Opened, cards: dict[str, UUID]) -> None:
    part = opened()
    for column in part.ui.columns.lists.values():
        QAbstractItemModelTester(column.cards, QAbstractItemModelTester.FailureReportingMode.Fatal)
    ours = part.ui.columns.lists[Side.CSO].cards
    assert [ours.index(row).data() for row in range(ours.rowCount())] == ["Offers", "Three mentors on Tuesdays"]
    spoken = ours.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "We offer: Three mentors on Tuesdays. free"


def test_matching_by_keys_alone(opened: Opened, qtbot: QtBot, workspace: Workspace, cards: dict[str, UUID]) -> None:
    part = opened()
    lists = part.ui.columns.lists
    lists[Side.SCHOOL].choose_near(0)
    qtbot.keyClick(lists[Side.SCHOOL], Qt.Key.Key_M)
    assert part.ui.barStack.currentWidget() is part.ui.choosePage
    assert lists[Side.CSO].hasFocus() and part.current is not None and part.current.id == cards["offer"], (
        "the likely one"
    )
    assert lists[Side.CSO].cards.index(1).data(CARD_ROLE).marked
    qtbot.keyClick(lists[Side.CSO], Qt.Key.Key_Return)
    assert stored(workspace, cards["wish"]).matched_with_id == cards["offer"]
    assert {stored(workspace, cards[name]).state for name in ("wish", "offer")} == {MatchState.MATCHED}
    assert "Three mentors" in part.ui.linkLabel.text()
    workspace.undo()
    assert stored(workspace, cards["wish"]).state is MatchState.OPEN


def test_escape_leaves_without_a_match(
    opened: Opened, qtbot: QtBot, workspace: Workspace, cards: dict[str, UUID]
) -> None:
    part = opened()
    lists = part.ui.columns.lists
    lists[Side.SCHOOL].choose_near(0)
    qtbot.keyClick(lists[Side.SCHOOL], Qt.Key.Key_M)
    qtbot.keyClick(lists[Side.CSO], Qt.Key.Key_Escape)
    assert part.ui.barStack.currentWidget() is part.ui.barPage
    assert part.current is not None and part.current.id == cards["wish"]
    assert stored(workspace, cards["wish"]).matched_with_id is None


def test_arrows_go_from_side_to_side(opened: Opened, qtbot: QtBot, cards: dict[str, UUID]) -> None:
    part = opened()
    lists = part.ui.columns.lists
    lists[Side.CSO].choose_near(0)
    for key, name in ((Qt.Key.Key_Right, "wish"), (Qt.Key.Key_Right, "other"), (Qt.Key.Key_Left, "wish")):
        focused = next(one for one in lists.values() if one.hasFocus())
        qtbot.keyClick(focused, key)
        assert part.current is not None and part.current.id == cards[name]


def test_a_card_dropped_on_another_is_matched(opened: Opened, workspace: Workspace, cards: dict[str, UUID]) -> None:
    part = opened()
    ours, school = part.ui.columns.lists[Side.CSO].cards, part.ui.columns.lists[Side.SCHOOL].cards
    carried = ours.mimeData([ours.index(1)])
    assert not school.dropMimeData(carried, Qt.DropAction.LinkAction, -1, -1, school.index(0)), "a title takes nothing"
    assert stored(workspace, cards["wish"]).matched_with_id is None
    school.dropMimeData(carried, Qt.DropAction.LinkAction, -1, -1, school.index(1))
    assert stored(workspace, cards["wish"]).matched_with_id == cards["offer"]


def test_a_card_is_dragged_by_mouse_onto_another(opened: Opened, workspace: Workspace, cards: dict[str, UUID]) -> None:
    part = opened()
    ours, school = part.ui.columns.lists[Side.CSO], part.ui.columns.lists[Side.SCHOOL]
    carried = ours.cards.mimeData([ours.cards.index(1)])
    place = school.visualRect(school.cards.index(1)).center()
    action, button, none = Qt.DropAction.LinkAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter, move = (
        QDragEnterEvent(place, action, carried, button, none),
        QDragMoveEvent(place, action, carried, button, none),
    )
    for event in (enter, move):
        QApplication.sendEvent(school.viewport(), event)
        assert event.isAccepted()
    QApplication.sendEvent(school.viewport(), QDropEvent(place.toPointF(), action, carried, button, none))
    assert stored(workspace, cards["wish"]).matched_with_id == cards["offer"]
    assert (ours.cards.rowCount(), school.cards.rowCount()) == (2, 2), "no card has left its place"


def test_a_mismatch_is_resolved_with_what_and_who(
    opened: Opened, qtbot: QtBot, workspace: Workspace, cards: dict[str, UUID]
) -> None:
    part = opened()
    detail = part.ui.detail.ui
    lists = part.ui.columns.lists
    lists[Side.SCHOOL].choose_near(0)
    qtbot.keyClick(lists[Side.SCHOOL], Qt.Key.Key_X)
    lists[Side.LEARNERS].choose_near(0)
    qtbot.keyClick(lists[Side.LEARNERS], Qt.Key.Key_Return)
    assert {stored(workspace, cards[name]).state for name in ("wish", "other")} == {MatchState.MISMATCHED}
    assert detail.resolution.hasFocus()
    detail.resolveButton.click()
    assert stored(workspace, cards["wish"]).state is MatchState.MISMATCHED, "no words, no resolution"
    assert "First write down" in detail.resolutionLabel.text()
    qtbot.keyClicks(detail.resolution, "Jonas looks after two teams")
    qtbot.keyClicks(detail.who, "Jonas Petersen")
    detail.resolveButton.click()
    assert expectations.resolution(cards["other"], records.find(workspace, Expectation)) == (
        "Jonas looks after two teams",
        "Jonas Petersen",
    )
    assert {stored(workspace, cards[name]).state for name in ("wish", "other")} == {MatchState.RESOLVED}
    assert part.ui.summaryLabel.text() == "To settle: mismatches 0, unanswered expectations 0"


def test_a_likely_match_is_offered_and_taken(opened: Opened, workspace: Workspace, cards: dict[str, UUID]) -> None:
    part = opened()
    part.ui.detailButton.setChecked(True)
    part.ui.columns.lists[Side.SCHOOL].choose_near(0)
    button = part.ui.detail.likely_buttons[0]
    assert button.accessibleName() == "Match with: We offer: Three mentors on Tuesdays"
    button.click()
    assert stored(workspace, cards["wish"]).matched_with_id == cards["offer"]


def test_only_what_is_open_and_the_order(
    opened: Opened, qtbot: QtBot, workspace: Workspace, cards: dict[str, UUID], partnership: Partnership
) -> None:
    second = Expectation(partnership_id=partnership.id, side=Side.SCHOOL, text="Marks by June")
    records.add(workspace, second)
    part = opened()
    column = part.ui.columns.lists[Side.SCHOOL]
    column.choose(second.id)
    column.setFocus()
    qtbot.keyClick(column, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    texts = [one.text for one in records.find(workspace, Expectation, order="position", side=Side.SCHOOL)]
    assert texts == ["Marks by June", "A mentor for each team"]
    part.ui.openButton.click()
    assert [part.ui.columns.counts[side].text() for side in Side] == ["", "2", ""]


def test_a_step_leads_to_the_mismatch(opened: Opened, workspace: Workspace, cards: dict[str, UUID]) -> None:
    expectations.mark_mismatch(workspace, cards["wish"])
    part = opened()
    part.open_item("expectations", cards["wish"])
    assert part.ui.detail.ui.resolution.hasFocus()
    assert part.current is not None and part.current.id == cards["wish"]


def test_a_step_leads_to_the_side_that_has_said_nothing(
    opened: Opened, workspace: Workspace, cards: dict[str, UUID]
) -> None:
    records.archive(workspace, Expectation, cards["other"])
    part = opened()
    part.open_item("expectations", None)
    assert part.ui.columns.buttons[Side.LEARNERS].hasFocus()
    part.ui.archivedButton.click()
    assert part.ui.columns.counts[Side.LEARNERS].text() == "1"


def test_thirty_cards_keep_to_their_columns(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    with workspace.write("add_expectation") as unit:
        for number in range(30):
            side = list(Side)[number % 3]
            text = f"Card {number} with a text that goes on in a second line and says something"
            unit.add(Expectation(partnership_id=partnership.id, side=side, text=text, position=number))
    part = opened()
    for column in part.ui.columns.lists.values():
        assert column.cards.rowCount() == 11
        assert column.horizontalScrollBar().maximum() == 0
        last = column.visualRect(column.cards.index(10))
        assert last.width() <= column.viewport().width() and last.bottom() > column.viewport().height()
    assert part.minimumSizeHint().width() <= 822
