"""The pipeline on screen: board and list, moving by mouse and keyboard, panes for quick work, the filter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Outreach, OutreachKind, Partnership, PipelineState
from cocivic_desktop.services import pipeline, records
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.pages.partnerships.cards import card_text
from cocivic_desktop.ui.pages.partnerships_page import PartnershipsPage
from cocivic_desktop.ui.widgets.board import CardList
from cocivic_desktop.ui.widgets.board_cards import CARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

IDEA, CONTACTED, NOT_NOW = PipelineState.IDEA, PipelineState.CONTACTED, PipelineState.NOT_NOW


@pytest.fixture
def page(qtbot: QtBot, context: Context, partnership: Partnership) -> Iterator[PartnershipsPage]:
    """The page with three prospects: one stored by the fixture, one overdue, one with a coordinator."""
    person = Person(name="Mara Jensen", kind=PersonKind.STAFF)
    records.add(context.workspace, person)
    pipeline.add_prospect(
        context.workspace, new_school={"name": "Harbour College"}, state=CONTACTED, next_contact_on=date(2026, 9, 9)
    )
    pipeline.add_prospect(
        context.workspace, new_school={"name": "Alder School", "city": "Kiel"}, coordinator_id=person.id
    )
    made = PartnershipsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 680)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def column(page: PartnershipsPage, state: PipelineState) -> CardList:
    return page.ui.board.columns[state]


def names(page: PartnershipsPage, state: PipelineState) -> list[str]:
    return [one.school_name for one in column(page, state).cards.rows]


def school_line(page: PartnershipsPage) -> QLineEdit:
    line = page.add_pane.ui.school.lineEdit()
    assert line is not None
    return line


def by_name(page: PartnershipsPage, name: str) -> UUID:
    return next(one.id for one in page.prospects if one.school_name == name)


def stored(context: Context, id: UUID) -> Partnership:
    return records.get(context.workspace, Partnership, id)


def test_the_board_shows_who_stands_where(page: PartnershipsPage) -> None:
    assert names(page, IDEA) == ["Alder School", "North Vocational School"]
    assert names(page, CONTACTED) == ["Harbour College"]
    assert page.ui.board.counts[IDEA].text() == "2"
    assert page.ui.board.counts[PipelineState.MEETING].text() == "0"
    assert page.ui.contextLabel.text() == "3 partnerships · 1 to contact now"


def test_a_card_says_all_in_words(page: PartnershipsPage, context: Context) -> None:
    overdue = column(page, CONTACTED).cards
    assert overdue.data(overdue.index(0, 0), Qt.ItemDataRole.DisplayRole) == "Harbour College, Overdue: 9 Sept"
    ideas = column(page, IDEA).cards
    spoken = [ideas.data(ideas.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken == [
        "Alder School, No next contact, Mara Jensen",
        "North Vocational School, Repair café, No next contact",
    ]
    assert card_text(page.prospects[0], context.today()).head == "North Vocational School"
    QAbstractItemModelTester(ideas, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier])
def test_cards_move_by_keyboard_and_the_keyboard_goes_with_them(
    qtbot: QtBot, page: PartnershipsPage, context: Context, modifier: Qt.KeyboardModifier
) -> None:
    alder = by_name(page, "Alder School")
    page.ui.board.select(alder, focus=True)
    QTest.keyClick(column(page, IDEA), Qt.Key.Key_Right, modifier)
    assert stored(context, alder).pipeline is CONTACTED
    assert column(page, CONTACTED).hasFocus()
    QTest.keyClick(column(page, CONTACTED), Qt.Key.Key_Right, modifier)
    assert stored(context, alder).pipeline is PipelineState.MEETING
    QTest.keyClick(column(page, PipelineState.MEETING), Qt.Key.Key_Left, modifier)
    assert names(page, CONTACTED) == ["Harbour College", "Alder School"]
    for _ in range(3):
        context.workspace.undo()
    qtbot.waitUntil(lambda: names(page, IDEA) == ["Alder School", "North Vocational School"])


def test_arrows_walk_from_column_to_column(page: PartnershipsPage) -> None:
    page.ui.board.select(by_name(page, "North Vocational School"), focus=True)
    QTest.keyClick(column(page, IDEA), Qt.Key.Key_Right)
    assert page.current is not None
    assert page.current.school_name == "Harbour College"
    assert column(page, CONTACTED).hasFocus()
    QTest.keyClick(column(page, CONTACTED), Qt.Key.Key_Right)
    assert page.current.school_name == "Harbour College"
    QTest.keyClick(column(page, CONTACTED), Qt.Key.Key_Left)
    assert page.current.school_name == "Alder School"


def test_a_card_is_carried_by_the_mouse(page: PartnershipsPage, context: Context) -> None:
    ideas, target = column(page, IDEA), column(page, PipelineState.AGREED)
    carried = ideas.cards.mimeData([ideas.cards.index(0, 0)])
    assert bytes(carried.data(CARD).data()).decode() == str(by_name(page, "Alder School"))
    drop(target, carried)
    assert stored(context, by_name(page, "Alder School")).pipeline is PipelineState.AGREED
    assert names(page, PipelineState.AGREED) == ["Alder School"]


def test_foreign_things_cannot_be_let_go_on_the_board(page: PartnershipsPage, context: Context) -> None:
    foreign = QMimeData()
    foreign.setText("Harbour College")
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.MoveAction, foreign, Qt.MouseButton.LeftButton,
                               Qt.KeyboardModifier.NoModifier)  # fmt: skip
    column(page, NOT_NOW).dragEnterEvent(entering)
    assert not entering.isAccepted()
    before = context.workspace.undo_step()
    broken = QMimeData()
    broken.setData(CARD, b"no id")
    drop(column(page, NOT_NOW), broken)
    assert context.workspace.undo_step() == before


def drop(target: CardList, carried: QMimeData) -> None:
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip
    target.dropEvent(event)


def test_the_menu_moves_as_well(page: PartnershipsPage, context: Context) -> None:
    alder = by_name(page, "Alder School")
    page.view.select(alder)
    assert page.current is not None
    menu = page.menu_for(page.current)
    moves = next(entry.menu() for entry in menu.actions() if entry.text() == "Move to")
    offered = {entry.text(): entry for entry in moves.actions()}  # type: ignore[attr-defined]
    assert not offered["Idea"].isEnabled()
    assert offered["Contacted"].shortcut().toString() == "Ctrl+Right"
    offered["Exploring"].trigger()
    assert stored(context, alder).pipeline is PipelineState.EXPLORING
    menu.close()


def test_not_now_asks_why_beside_the_board(qtbot: QtBot, page: PartnershipsPage, context: Context) -> None:
    alder = by_name(page, "Alder School")
    page.move_to(alder, NOT_NOW)
    assert stored(context, alder).pipeline is NOT_NOW
    assert page.not_now.isVisible()
    line = page.not_now.ui.later_not_now_reason
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, "Exams until summer")
    page.not_now.ui.later_next_contact_on.line.setText("2027-08-01")
    page.not_now.ui.later_next_contact_on.line.editingFinished.emit()
    page.not_now.ui.saveButton.click()
    after = stored(context, alder)
    assert (after.not_now_reason, after.next_contact_on) == ("Exams until summer", date(2027, 8, 1))
    assert not page.not_now.isVisible()
    qtbot.waitUntil(lambda: page.ui.board.columns[NOT_NOW].cards.rows[0].partnership.not_now_reason != "")
    cards = column(page, NOT_NOW).cards
    assert cards.data(cards.index(0, 0)) == "Alder School, Exams until summer, 1 Aug 2027, Mara Jensen"


def test_the_card_stays_in_sight_beside_the_pane(qtbot: QtBot, page: PartnershipsPage) -> None:
    page.move_to(by_name(page, "Alder School"), NOT_NOW)
    cards = column(page, NOT_NOW)
    board = page.ui.board.viewport()
    qtbot.waitUntil(lambda: cards.mapTo(board, QPoint(cards.width(), 0)).x() <= board.width() + 8)
    assert page.not_now.ui.later_not_now_reason.hasFocus()


def test_not_now_without_a_reason_stays_and_says_so(page: PartnershipsPage, context: Context) -> None:
    alder = by_name(page, "Alder School")
    page.move_to(alder, NOT_NOW)
    QTest.keyClick(page.not_now.ui.later_not_now_reason, Qt.Key.Key_Escape)
    assert not page.not_now.isVisible()
    assert stored(context, alder).pipeline is NOT_NOW
    cards = column(page, NOT_NOW).cards
    assert cards.data(cards.index(0, 0)) == "Alder School, No reason noted, Mara Jensen"


def test_a_usual_reason_is_one_click(page: PartnershipsPage, context: Context) -> None:
    alder = by_name(page, "Alder School")
    page.move_to(alder, NOT_NOW)
    button = page.not_now.ui.reasonsLayout.itemAt(0).widget()
    assert button is not None
    button.click()  # type: ignore[attr-defined]
    assert stored(context, alder).not_now_reason == "No time this school year"
    assert page.not_now.ui.later_not_now_reason.text() == "No time this school year"


def test_a_contact_is_logged_from_a_card(page: PartnershipsPage, context: Context) -> None:
    alder = by_name(page, "Alder School")
    page.view.select(alder)
    page.ui.logButton.click()
    pane = page.contact
    assert pane.ui.aboutLabel.text() == "Alder School"
    pane.ui.kind.setCurrentIndex(list(OutreachKind).index(OutreachKind.VISIT))
    pane.ui.outcome.setPlainText("Met the deputy head")
    pane.ui.fortnightButton.click()
    QTest.keyClick(pane.ui.outcome, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (contact,) = records.find(context.workspace, Outreach, partnership_id=alder)
    assert (contact.happened_on, contact.kind, contact.outcome) == (
        date(2026, 9, 14), OutreachKind.VISIT, "Met the deputy head"
    )  # fmt: skip
    after = stored(context, alder)
    assert (after.pipeline, after.next_contact_on) == (CONTACTED, date(2026, 9, 28))
    assert not pane.isVisible()


def test_a_contact_before_this_one_is_refused_beside_the_field(page: PartnershipsPage, context: Context) -> None:
    page.log_contact(page.prospects[0])
    page.contact.ui.next_contact_on.set_day(date(2026, 9, 1))
    page.contact.ui.saveButton.click()
    assert "before this one" in page.contact.ui.problemLabel.text()
    assert page.contact.isVisible()
    assert records.find(context.workspace, Outreach) == []


def test_a_new_school_goes_into_the_pipeline_in_one_step(page: PartnershipsPage, context: Context) -> None:
    page.ui.prospectButton.click()
    pane = page.add_pane
    QTest.keyClicks(school_line(page), "Escola Nova")
    assert pane.ui.city.isVisible()
    assert pane.ui.title.placeholderText() == "Green Harbour – Escola Nova"
    QTest.keyClicks(pane.ui.city, "Porto")
    QTest.keyClick(pane.ui.city, Qt.Key.Key_Return)
    (school,) = records.find(context.workspace, Organisation, name="Escola Nova")
    assert school.city == "Porto"
    (made,) = records.find(context.workspace, Partnership, school_id=school.id)
    assert (made.title, made.pipeline) == ("Green Harbour – Escola Nova", IDEA)
    assert pane.isVisible()
    assert pane.ui.school.currentText() == ""
    context.workspace.undo()
    assert records.find(context.workspace, Organisation, name="Escola Nova") == []
    assert records.find(context.workspace, Partnership, id=made.id) == []


def test_a_known_school_is_found_by_its_name(page: PartnershipsPage, context: Context) -> None:
    page.add_prospect()
    pane = page.add_pane
    QTest.keyClicks(school_line(page), "harbour college")
    assert not pane.ui.city.isVisible()
    assert pane.ui.problemLabel.text() == "! Already in the pipeline: Green Harbour – Harbour College (contacted)"
    pane.ui.title.setText("Second try")
    pane.ui.saveButton.click()
    assert len(records.find(context.workspace, Organisation, name="Harbour College")) == 1
    assert [one.title for one in records.find(context.workspace, Partnership) if one.title == "Second try"]


def test_a_school_without_a_name_is_refused(page: PartnershipsPage, context: Context) -> None:
    page.add_prospect()
    page.add_pane.ui.saveButton.click()
    assert page.add_pane.ui.problemLabel.text() == "Choose a school, or write the name of a new one."
    assert len(records.find(context.workspace, Partnership)) == 3


def test_the_list_shows_the_same_and_the_choice_is_remembered(
    qtbot: QtBot, page: PartnershipsPage, context: Context
) -> None:
    alder = by_name(page, "Alder School")
    page.view.select(alder)
    page.ui.listButton.click()
    model = page.ui.partnerships.model
    assert [model.data(model.index(row, 0)) for row in range(3)] == [
        "Harbour College", "Alder School", "North Vocational School"
    ]  # fmt: skip
    assert page.current is not None
    assert page.current.id == alder
    model.setData(model.index(1, 2), list(PipelineState).index(PipelineState.EXPLORING))
    assert stored(context, alder).pipeline is PipelineState.EXPLORING
    again = PartnershipsPage(context)
    qtbot.addWidget(again)
    assert again.ui.listButton.isChecked()
    page.ui.boardButton.click()
    assert page.current.id == alder


def test_the_filter_narrows_and_counts_say_so(qtbot: QtBot, page: PartnershipsPage) -> None:
    QTest.keyClicks(page.ui.filterLine, "kiel")
    qtbot.waitUntil(lambda: names(page, IDEA) == ["Alder School"])
    assert page.ui.board.counts[IDEA].text() == "1 of 2"
    assert page.ui.board.counts[CONTACTED].text() == "0 of 1"
    assert page.ui.contextLabel.text() == "1 of 3 partnerships · 1 to contact now"
    page.view.filter.clear()
    page.ui.dueButton.click()
    assert (names(page, IDEA), names(page, CONTACTED)) == ([], ["Harbour College"])
    page.view.select(by_name(page, "Alder School"))
    assert page.current is not None
    assert page.current.school_name == "Alder School"
    assert not page.ui.dueButton.isChecked()


def test_enter_and_a_double_click_open(page: PartnershipsPage, context: Context) -> None:
    targets: list[Target] = []
    context.navigate = targets.append
    alder = by_name(page, "Alder School")
    page.ui.board.select(alder, focus=True)
    QTest.keyClick(column(page, IDEA), Qt.Key.Key_Return)
    page.ui.openButton.click()
    assert targets == [Target.partnership(alder)] * 2


def test_delete_archives_and_undo_brings_back(qtbot: QtBot, page: PartnershipsPage, context: Context) -> None:
    page.ui.board.select(by_name(page, "Alder School"), focus=True)
    QTest.keyClick(column(page, IDEA), Qt.Key.Key_Delete)
    assert names(page, IDEA) == ["North Vocational School"]
    assert page.current is not None
    assert page.current.school_name == "North Vocational School"
    context.workspace.undo()
    qtbot.waitUntil(lambda: len(names(page, IDEA)) == 2)


def test_what_is_changed_elsewhere_arrives(qtbot: QtBot, page: PartnershipsPage, context: Context) -> None:
    alder = by_name(page, "Alder School")
    pipeline.move(context.workspace, alder, PipelineState.AGREED)
    qtbot.waitUntil(lambda: names(page, PipelineState.AGREED) == ["Alder School"])


def test_details_are_edited_beside_the_board(page: PartnershipsPage, context: Context) -> None:
    alder = by_name(page, "Alder School")
    page.ui.board.select(alder, focus=True)
    QTest.keyClick(column(page, IDEA), Qt.Key.Key_F2)
    assert page.ui.title.hasFocus()
    page.ui.title.setText("")
    QTest.keyClicks(page.ui.title, "Kiel repairs")
    page.close_pane()
    assert stored(context, alder).title == "Kiel repairs"


def test_an_empty_pipeline_says_how_to_begin(qtbot: QtBot, context: Context, workspace: Workspace) -> None:
    page = PartnershipsPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 680)
    page.show()
    qtbot.waitExposed(page)
    assert page.ui.empty.title_label.text() == "No partnership yet"
    assert not page.ui.prospectButton.isVisible()
    page.ui.empty.action_button.click()
    QTest.keyClicks(school_line(page), "First School")
    page.add_pane.ui.saveButton.click()
    qtbot.waitUntil(lambda: names(page, IDEA) == ["First School"])
    assert page.add_pane.isVisible()
    page.close()


def test_keys_that_mean_nothing_are_left_to_others(page: PartnershipsPage) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    page.keyPressEvent(event)
    assert not event.isAccepted()


def test_filters_take_two_rows_where_it_is_narrow(page: PartnershipsPage, qtbot: QtBot) -> None:
    ui = page.ui
    assert ui.dueButton.y() == ui.filterLine.y()
    page.resize(784, 540)  # what a window of 1000 × 600 leaves
    qtbot.waitUntil(lambda: ui.dueButton.y() > ui.filterLine.y())
    assert ui.dueButton.width() >= ui.dueButton.minimumSizeHint().width()
    page.resize(1100, 680)
    qtbot.waitUntil(lambda: ui.dueButton.y() == ui.filterLine.y())
    assert ui.dueButton.x() < ui.orderBox.x()


def test_one_partnership_is_one(page: PartnershipsPage) -> None:
    page.view.prospects = page.prospects[:1]
    page.view.say_count(1)
    assert page.ui.contextLabel.text().startswith("1 partnership")
    assert not page.ui.contextLabel.text().startswith("1 partnerships")
