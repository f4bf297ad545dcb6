"""What mouse and keys do in every view of the calendar: choosing, opening, moving, copying, resizing, making anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from cocivic_desktop.ui.pages.calendar.views.overlay import DragOverlay
from cocivic_desktop.ui.pages.calendar.views.phrases import place_text
from cocivic_desktop.ui.pages.calendar.views.spots import (
    DAY_MINUTES,
    LEAST_MINUTES,
    STEP_MINUTES,
    USUAL_MINUTES,
    Hit,
    Move,
    Spot,
    Verdict,
    lengthened,
    minutes_of,
    settled,
    shifted,
    snapped,
    time_of,
)

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import Entry, Key

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_ALT, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Surface(Protocol):
    """What a view tells about itself. Places are in the view's own coordinates."""

    def hit_at(self, place: QPoint) -> Hit | None:
        """The date at a place."""

    def spot_at(self, place: QPoint) -> Spot | None:
        """The day, and in the week the time, at a place."""

    def more_at(self, place: QPoint) -> list[Entry]:
        """All dates of the day where "5 more" stands at a place; empty elsewhere."""

    def next_at(self, place: QPoint) -> Key | None:
        """The date after the chosen one where several share a mark."""

    def tip_at(self, place: QPoint) -> str:
        """Words for what lies at a place."""

    def frames_of(self, move: Move, entry: Entry) -> list[QRect]:
        """Where a date would be seen after a move."""

    def stops(self, day: date) -> list[int]:
        """Minutes since midnight to which a drag snaps on a day."""

    def current_spot(self) -> Spot | None:
        """Where the keyboard is."""

    def current_entry(self) -> Entry | None:
        """The chosen date."""

    def entry_of(self, key: Key) -> Entry | None:
        """The date of a key."""

    def step(self, key: Qt.Key) -> bool:
        """Move the selection with an arrow, Home, End, or Space key; False where it does not mean anything."""

    def step_to(self, spot: Spot) -> None:
        """Put the keyboard to a place."""

    def alt_step(self, key: Qt.Key) -> tuple[int, int]:
        """Days and minutes by which Alt with an arrow key moves a date."""


class Handling(QObject):
    """Watches the widgets of a view and tells what the person wants."""

    chosen = Signal(object)
    """Key of the date clicked, or None for an empty place."""
    opened = Signal(object)
    """Key of a date double-clicked, or on which Enter was pressed."""
    moved = Signal(object)
    """A `Move` by drag or keys."""
    new_wanted = Signal(object)
    """The `Spot` at which a new date is wanted."""
    cancel_wanted = Signal(object)
    copy_wanted = Signal(object)
    paste_wanted = Signal(object)
    """The `Spot` at which what was copied is wanted."""
    more_wanted = Signal(object, QPoint)
    """The dates of a day that has no room for all, and where on the screen to offer them."""
    menu_wanted = Signal(object, QPoint)
    drag_started = Signal(object)
    """The `Entry` that is being dragged now: time to look what would be in its way."""
    left = Signal(object)
    """The day beyond the shown ones to which an arrow key leads."""

    def __init__(self, view: QWidget, sources: list[QWidget]) -> None:
        super().__init__(view)
        self._view = view
        self._surface: Surface = cast(Any, view)
        self._overlay = DragOverlay(view)
        self.judge: Callable[[Move, Entry], Verdict | None] = lambda move, entry: None
        self._pressed: QPoint | None = None
        self._hit: Hit | None = None
        self._grabbed: Spot | None = None
        self._last = QPoint()
        self._was_chosen = False
        self.dragging = False
        for source in sources:
            source.installEventFilter(self)
            source.setMouseTracking(True)
        if view not in sources:
            view.installEventFilter(self)

    @property
    def words(self) -> str:
        """What is said beside the mouse while something is dragged; empty otherwise."""
        return self._overlay.words.text() if self._overlay.isVisible() else ""

    def judge_again(self) -> None:
        """Say anew whether the place fits, once more is known about it."""
        if self.dragging:
            self._drag(self._last, QApplication.keyboardModifiers())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mouse and keys before the view sees them."""
        kind = event.type()
        if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            place = watched.mapTo(self._view, event.position().toPoint()) if watched is not self._view else None
            if place is not None:
                return self._mouse(kind, event, place, watched)
        elif isinstance(event, QKeyEvent) and watched is self._view:
            if kind == QEvent.Type.KeyPress:
                return self._key(event)
            if kind == QEvent.Type.ShortcutOverride and event.modifiers() & _ALT and event.key() in _ARROWS:
                event.accept()
                return True
        elif isinstance(event, QHelpEvent) and kind == QEvent.Type.ToolTip and isinstance(watched, QWidget):
            text = self._surface.tip_at(
                watched.mapTo(self._view, event.pos()) if watched is not self._view else event.pos()
            )
            QToolTip.showText(event.globalPos(), text, watched) if text else QToolTip.hideText()
            return True
        return False

    # ---- mouse ----

    def _mouse(self, kind: QEvent.Type, event: QMouseEvent, place: QPoint, source: QWidget) -> bool:
        if kind == QEvent.Type.MouseButtonPress:
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
            if event.button() == Qt.MouseButton.RightButton:
                self._choose_at(place)
                self.menu_wanted.emit(self._surface.spot_at(place), self._view.mapToGlobal(place))
                return True
            return event.button() == Qt.MouseButton.LeftButton and self._press(place)
        if kind == QEvent.Type.MouseMove:
            if self._pressed is None:
                self._shape(place, source)
            elif self.dragging or (place - self._pressed).manhattanLength() >= QApplication.startDragDistance():
                self._drag(place, event.modifiers())
            return True
        if kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            return self._release(place, event.modifiers())
        if kind == QEvent.Type.MouseButtonDblClick and event.button() == Qt.MouseButton.LeftButton:
            hit, spot = self._surface.hit_at(place), self._surface.spot_at(place)
            self._forget()
            if hit is not None:
                self.opened.emit(hit.key)
            elif spot is not None:
                self.new_wanted.emit(settled(spot, self._surface.stops(spot.on)))
            return True
        return False

    def _press(self, place: QPoint) -> bool:
        some = self._surface.more_at(place)
        if some:
            self.more_wanted.emit(some, self._view.mapToGlobal(place))
            return True
        self._pressed, self._last = place, place
        self._hit, self._grabbed = self._surface.hit_at(place), self._surface.spot_at(place)
        present = self._surface.current_entry()
        self._was_chosen = self._hit is not None and present is not None and present.id == self._hit.key
        self._choose_at(place)
        return True

    def _choose_at(self, place: QPoint) -> None:
        hit, spot = self._surface.hit_at(place), self._surface.spot_at(place)
        if spot is not None:
            self._surface.step_to(spot)
        self.chosen.emit(hit.key if hit is not None else None)

    def _shape(self, place: QPoint, source: QWidget) -> None:
        hit = self._surface.hit_at(place)
        if hit is None:
            source.unsetCursor()
        else:
            source.setCursor(Qt.CursorShape.SizeVerCursor if hit.edge else Qt.CursorShape.PointingHandCursor)

    def _drag(self, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if self._hit is None:
            return
        entry = self._surface.entry_of(self._hit.key)
        if entry is None or entry.occurrence is None:
            return
        if not self.dragging:
            self.dragging = True
            self.drag_started.emit(entry)
        self._last = place
        move = self._move_to(entry, place, copy=bool(modifiers & _CTRL))
        if move is None:
            self._overlay.hide()
            return
        title = place_text(entry, move)
        self._overlay.show_place(self._surface.frames_of(move, entry), place, title, self.judge(move, entry))

    def _release(self, place: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
        entry = self._surface.entry_of(self._hit.key) if self._hit is not None else None
        move, again = None, None
        if not self.dragging and self._was_chosen:
            again = self._surface.next_at(place)
        if self.dragging and entry is not None:
            move = self._move_to(entry, place, copy=bool(modifiers & _CTRL))
        self._forget()
        if move is not None and entry is not None and not _same(move, entry):
            self.moved.emit(move)
        elif again is not None:
            self.chosen.emit(again)
        return True

    def _forget(self) -> None:
        self._pressed, self._hit, self._grabbed, self.dragging = None, None, None, False
        self._overlay.hide()

    def _move_to(self, entry: Entry, place: QPoint, *, copy: bool) -> Move | None:
        """What dropping a date at a place would do."""
        spot, hit, grabbed, one = self._surface.spot_at(place), self._hit, self._grabbed, entry.occurrence
        if spot is None or hit is None or grabbed is None or one is None:
            return None
        stops = self._surface.stops(spot.on)
        if one.starts_at is None and spot.at is not None:
            at, minutes = time_of(snapped(minutes_of(spot.at), stops)), one.minutes
            return Move(hit.key, spot.on, at, minutes if 0 < minutes < DAY_MINUTES else USUAL_MINUTES, copy=copy)
        if one.starts_at is None or spot.at is None or grabbed.at is None:
            on = one.on + (spot.on - grabbed.on)
            return Move(hit.key, on, copy=copy, whole_day=spot.whole_day and one.starts_at is not None)
        begins = minutes_of(one.starts_at)
        if hit.edge:
            far = (spot.on - grabbed.on).days * 24 * 60 + minutes_of(spot.at) - minutes_of(grabbed.at)
            if hit.edge == "end":
                end = snapped(begins + one.minutes + far, stops)
                return Move(hit.key, one.on, minutes=max(LEAST_MINUTES, end - begins))
            start = min(max(0, snapped(begins + far, stops)), begins + one.minutes - LEAST_MINUTES)
            return Move(hit.key, one.on, time_of(start), begins + one.minutes - start)
        wanted = begins + minutes_of(spot.at) - minutes_of(grabbed.at)
        days, minutes = divmod(snapped(wanted, stops), 24 * 60)
        on = one.on + (spot.on - grabbed.on) + timedelta(days=days)
        return Move(hit.key, on, time_of(minutes), copy=copy)

    # ---- keys ----

    def _key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        surface, entry = self._surface, self._surface.current_entry()
        if key == Qt.Key.Key_Escape and self.dragging:
            self._forget()
            return True
        if event.matches(QKeySequence.StandardKey.Copy):
            return self._tell(self.copy_wanted, entry.id if entry is not None else None)
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._tell(self.paste_wanted, surface.current_spot())
        if modifiers in (_ALT, _ALT | _SHIFT):
            return entry is not None and self._move_by_key(key, entry, resize=bool(modifiers & _SHIFT))
        if modifiers not in (Qt.KeyboardModifier.NoModifier, _SHIFT):
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._tell(self.opened, entry.id if entry is not None else None)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return self._tell(self.cancel_wanted, entry.id if entry is not None else None)
        if key in (Qt.Key.Key_N, Qt.Key.Key_Insert):
            return self._tell(self.new_wanted, surface.current_spot())
        if key == Qt.Key.Key_Menu:
            place = self._view.rect().center()
            self.menu_wanted.emit(surface.current_spot(), self._view.mapToGlobal(place))
            return True
        return surface.step(key)

    def _move_by_key(self, key: Qt.Key, entry: Entry, *, resize: bool) -> bool:
        if resize:
            step = {Qt.Key.Key_Up: -STEP_MINUTES, Qt.Key.Key_Down: STEP_MINUTES}.get(key)
            return step is not None and self._tell(self.moved, lengthened(entry, step))
        weeks = {Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}.get(key)
        if weeks is None and key not in _ARROWS:
            return False
        days, minutes = (weeks, 0) if weeks is not None else self._surface.alt_step(key)
        move = shifted(entry, days, minutes)
        if move is not None:
            self.moved.emit(move)
        return True

    @staticmethod
    def _tell(signal: object, value: object) -> bool:
        if value is not None:
            signal.emit(value)  # type: ignore[attr-defined]
        return value is not None


def _same(move: Move, entry: Entry) -> bool:
    """Whether a move leaves a date as it is."""
    one = entry.occurrence
    if one is None or move.copy or move.on != one.on:
        return one is None
    at = one.starts_at.time() if one.starts_at is not None else None
    return not move.whole_day and move.at in (None, at) and move.minutes in (None, one.minutes)
