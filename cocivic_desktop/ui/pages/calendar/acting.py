"""What the person does with dates of the calendar: each act is one step of undo."""

from __future__ import annotations

from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.rules.conflicts import Severity
from cocivic_desktop.services import activities, records, series
from cocivic_desktop.services.live_check import LiveCheck
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.clock import own_move
from cocivic_desktop.ui.pages.calendar.reach import Reach, ask_reach
from cocivic_desktop.ui.pages.calendar.views.spots import Move, Spot, Verdict
from cocivic_desktop.ui.texts.formats import day_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key

TEN = time(10)
NEW_MINUTES = 90


class Acting(QObject):
    """Moves, copies, cancels and makes dates; asks how far it reaches where a date belongs to a series."""

    done = Signal(object)
    """Key of the date that should be chosen now."""
    known = Signal()
    """More is known about what is in the way of the date being dragged."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._parent = context, parent
        self._live: LiveCheck | None = None
        self._live_of: Key | None = None
        self.copied: Entry | None = None

    # ---- what would be in the way ----

    def begin(self, entry: Entry) -> None:
        """A date is being dragged: read what could be in its way, away from the GUI thread."""
        if self._live_of == entry.id and self._live is not None:
            return
        self._live, self._live_of = None, entry.id
        workspace, today, key, around = self._context.workspace, self._context.today(), entry.id, entry.on

        def take(live: LiveCheck) -> None:
            if self._live_of == key:
                self._live = live
                self.known.emit()

        self._context.tasks.run(lambda: LiveCheck.load(workspace, key[0], today, around=around), take)

    def forget(self) -> None:
        """Data changed: what was read for dragging is no longer true."""
        self._live, self._live_of = None, None

    def judge(self, move: Move, entry: Entry) -> Verdict | None:
        """Whether a date fits a place, in words."""
        live, one = self._live, entry.occurrence
        if live is None or self._live_of != entry.id or one is None:
            return Verdict("accent", self.tr("Looking what is in the way…"))
        move = own_move(move, entry)
        if move.on < self._context.today():
            return Verdict("warning", self.tr("! This day is over."))
        if move.copy:
            held = entry.own_clock or one
            at = move.at or (held.starts_at.time() if held.starts_at is not None else None)
            minutes = one.minutes if move.minutes is None else move.minutes
            found = live.what_if_new(move.on, None if move.whole_day else at, minutes)
        else:
            found = live.what_if(entry.id[1], move.on, move.at, move.minutes, whole_day=move.whole_day)
        if not found:
            return Verdict("good", self.tr("✓ It fits: nothing is in the way."))
        first = found[0]
        hard = first.severity is Severity.HARD
        sentence = words.conflict_sentence(first, live.names)
        text = (self.tr("× Not possible: {reason}") if hard else self.tr("! Unwise: {reason}")).format(reason=sentence)
        if len(found) > 1:
            text += "\n" + self.tr("and {count} more reasons").format(count=len(found) - 1)
        return Verdict("bad" if hard else "warning", text)

    # ---- moving and copying ----

    def move(self, entry: Entry, move: Move) -> None:
        """Move, lengthen or copy a date; of a series, ask which dates are meant."""
        if entry.occurrence is None:
            return
        move = own_move(move, entry)
        if move.copy:
            self._copy(entry.id, move)
        elif entry.activity.recurrence is None:
            self._move_one(entry, move)
        else:
            title = self.tr("Move “{title}”").format(title=entry.activity.title)
            ask_reach(self._parent, title, partial(self._move_reach, entry, move))

    def _move_reach(self, entry: Entry, move: Move, reach: Reach) -> None:
        if reach is Reach.THIS:
            self._move_one(entry, move)
            return
        workspace, (activity_id, original_on) = self._context.workspace, entry.id
        move_them = partial(
            series.move_all_following if reach is Reach.FOLLOWING else series.move_all,
            workspace,
            activity_id,
            original_on,
            starts_on=move.on,
            start_time=move.at,
            duration_minutes=move.minutes,
            whole_day=move.whole_day,
            today=self._context.today(),
        )
        found = self._context.attempt(move_them)
        if found is not None:
            self._say(move, (found if isinstance(found, UUID) else activity_id, move.on))

    def _move_one(self, entry: Entry, move: Move) -> None:
        activity_id, original_on = entry.id
        changes = self._context.attempt(
            activities.move_occurrence,
            self._context.workspace,
            activity_id,
            original_on,
            starts_on=move.on,
            start_time=move.at,
            duration_minutes=move.minutes,
            whole_day=move.whole_day,
            today=self._context.today(),
        )
        if changes is not None:
            single = entry.activity.recurrence is None
            self._say(move, (activity_id, move.on if single else original_on))

    def _say(self, move: Move, key: Key) -> None:
        day = day_text(move.on, weekday=True, year=False)
        self._context.notify(self.tr("Moved to {day}. Ctrl+Z takes it back.").format(day=day))
        self.done.emit(key)

    def _copy(self, key: Key, move: Move) -> None:
        """A copy of one date elsewhere, with the same people; not confirmed yet."""
        made = self._context.attempt(
            activities.copy_activity,
            self._context.workspace,
            key[0],
            key[1],
            starts_on=move.on,
            start_time=move.at,
            duration_minutes=move.minutes,
            whole_day=move.whole_day,
            today=self._context.today(),
        )
        if made is not None:
            day = day_text(move.on, weekday=True, year=False)
            self._context.notify(self.tr("Copied to {day}. Ctrl+Z takes it back.").format(day=day))
            self.done.emit((made.id, made.starts_on))

    def remember(self, entry: Entry) -> None:
        """Keep a date for pasting."""
        self.copied = entry
        self._context.notify(
            self.tr("“{title}” is copied. Ctrl+V puts it on the chosen day.").format(title=entry.activity.title)
        )

    def paste(self, spot: Spot) -> None:
        """Put what was copied to a place; on a day without a time it keeps its own."""
        if self.copied is None:
            self._context.notify(self.tr("Nothing is copied yet: choose a date and press Ctrl+C."))
            return
        key = self.copied.id
        self._copy(key, own_move(Move(key, spot.on, spot.at, copy=True, whole_day=spot.whole_day), self.copied))

    # ---- cancelling and making ----

    def cancel(self, entry: Entry) -> None:
        """Cancel a date; of a series, ask which are meant. It stays in the calendar as cancelled."""
        if entry.occurrence is None or entry.occurrence.cancelled:
            return
        if entry.activity.recurrence is None:
            self._cancel_reach(entry, Reach.THIS)
        else:
            title = self.tr("Cancel “{title}”").format(title=entry.activity.title)
            ask_reach(self._parent, title, partial(self._cancel_reach, entry))

    def _cancel_reach(self, entry: Entry, reach: Reach) -> None:
        workspace, (activity_id, original_on) = self._context.workspace, entry.id
        if reach is Reach.THIS:
            changes = self._context.attempt(activities.cancel_occurrence, workspace, activity_id, original_on)
        else:
            on = entry.activity.starts_on if reach is Reach.ALL else original_on
            changes = self._context.attempt(series.cancel_following, workspace, activity_id, on)
        if changes is not None:
            self._context.notify(self.tr("Cancelled. Ctrl+Z takes it back."))
            self.done.emit(entry.id)

    def add(self, data: CalendarData, on: date, at: time | None = TEN) -> Key | None:
        """A new activity at a place; gives its key."""
        activity = Activity(
            partnership_id=data.partnership.id,
            title=self.tr("New activity"),
            starts_on=on,
            start_time=at,
            duration_minutes=NEW_MINUTES,
            zone=data.school.zone,
            planned_on=self._context.today(),
        )
        if self._context.attempt(records.add, self._context.workspace, activity) is None:
            return None
        return activity.id, on
