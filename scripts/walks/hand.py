"""A hand at the window: clicks and types on real widgets, and counts what it does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.ui.main_window import MainWindow
from cocivic_desktop.ui.partnership_view import PartnershipView
from cocivic_desktop.ui.widgets.record_list import RecordList

Shown = TypeVar("Shown", bound=QWidget)
LONGEST_WAIT = 20.0
"""Seconds until something that was asked for must be there."""


class Hand:
    """Clicks and keystrokes so far; a choice from a box or a menu counts as two clicks."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.clicks = 0
        self.keys = 0

    def settle(self) -> None:
        """Let the window store, read anew and draw, until nothing is under way."""
        self.rest(advised=True)

    def rest(self, *, advised: bool = False) -> None:
        """The same, but next steps are waited for only when `advised`: a hand goes on while they are worked out."""
        context = self.window.context
        quiet, limit = 0, time.monotonic() + LONGEST_WAIT
        while quiet < 3:
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = 0 if context.tasks.busy(None if advised else context.advisor.job) else quiet + 1
            if QApplication.activeWindow() is None:  # a screen without a window manager forgets who was there before
                self.window.activateWindow()
            if time.monotonic() > limit:
                raise TimeoutError("The window does not come to rest.")
            time.sleep(0.002)

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait for something to be seen."""
        limit = time.monotonic() + LONGEST_WAIT
        while not seen():
            if time.monotonic() > limit:
                raise TimeoutError("What was waited for has not come.")
            self.rest()

    def find(self, cls: type[Shown]) -> Shown:
        """The dialog, page or part of a class that is seen now."""
        self.until(lambda: any(one.isVisible() for one in self.window.findChildren(cls)))
        return next(one for one in self.window.findChildren(cls) if one.isVisible())

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget that can be seen and used."""
        reveal(widget)
        if not (widget.isVisible() and widget.isEnabled()):
            raise AssertionError(f"{widget.objectName() or widget} cannot be clicked")
        if at is None and isinstance(widget, QAbstractButton):
            at = QPoint(12, widget.height() // 2)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
        self.clicks += 1
        self.rest()

    def hold(self, widget: QWidget, at: QPoint) -> None:
        """Press the mouse and keep it down; with `carry` and `let_go` it counts as one click."""
        reveal(widget)
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=at)
        self.clicks += 1

    def carry(self, widget: QWidget, at: QPoint) -> None:
        """Move the mouse that is held to a place, and wait for what is said there."""
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        place, there = QPointF(at), QPointF(widget.mapToGlobal(at))
        QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, place, there, left, left, none))
        self.rest()

    def let_go(self, widget: QWidget, at: QPoint) -> None:
        """Let go of what the mouse holds."""
        self.carry(widget, at)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=at)
        self.rest()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focus, key, modifier)
        self.keys += 1
        self.rest()

    @property
    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        found = QApplication.focusWidget()
        if found is None:
            raise AssertionError("nothing has the keyboard")
        return found

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Write a text in the place of what stands there; without a field, where the keyboard is."""
        if into is not None and self.focus is not into:
            self.click(into)
        field = self.focus
        if isinstance(field, QAbstractSpinBox | QLineEdit | QPlainTextEdit):
            field.selectAll()
        QTest.keyClicks(field, text)
        self.keys += len(text)
        self.rest()

    def choose(self, box: QComboBox, text: str) -> None:
        """Choose from a box what begins with these words."""
        reveal(box)
        texts = [box.itemText(number) for number in range(box.count())]
        number = next((number for number, one in enumerate(texts) if one.startswith(text)), -1)
        if number < 0 or not box.isEnabled():
            raise AssertionError(f"{text} is not offered among {texts}")
        box.setCurrentIndex(number)
        box.activated.emit(number)
        self.clicks += 2
        self.rest()

    def choose_from(self, button: QPushButton, text: str) -> None:
        """Choose from a button's menu."""
        menu: QMenu | None = button.menu()
        if menu is None or not (button.isVisible() and button.isEnabled()):
            raise AssertionError(f"{button.text()} has no menu to open")
        menu.aboutToShow.emit()
        action = next(one for one in menu.actions() if one.text().startswith(text))
        if not action.isEnabled():
            raise AssertionError(f"{text} cannot be chosen")
        action.trigger()
        self.clicks += 2
        self.rest()

    def add(self, listed: RecordList) -> None:
        """Add to a list with the button that is seen."""
        self.click(listed.empty.action_button if not listed.model.rows else listed.add_button)

    def row(self, view: QAbstractItemView, row: int, column: int = 0) -> None:
        """Click a row of a table or list."""
        index = view.model().index(row, column)
        view.scrollTo(index)
        place = view.visualRect(index)
        self.click(view.viewport(), QPoint(place.left() + min(20, place.width() // 2), place.center().y()))

    def tab(self, tabs: QTabWidget, number: int) -> None:
        """Turn to a tab."""
        self.click(tabs.tabBar(), tabs.tabBar().tabRect(number).center())

    def place(self, name: str) -> None:
        """Go to a place with the navigation."""
        self.click(self.window.ui.navigation.places[name])

    def stage(self, stage: Stage) -> None:
        """Go to a stage of the partnership that is shown."""
        bar = self.find(PartnershipView).ui.stageBar
        self.click(bar.findChildren(QAbstractButton)[list(Stage).index(stage)])


def reveal(widget: QWidget) -> None:
    """Scroll until a widget is in sight."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 8, 8)
        parent = parent.parentWidget()
    QCoreApplication.processEvents()
