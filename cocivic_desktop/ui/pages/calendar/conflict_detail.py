"""What can be done about a date with something in its way: move it, keep it and say why, or cancel it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cocivic_desktop._generated.forms.calendar_conflict_detail import Ui_ConflictDetail
from cocivic_desktop.domain.errors import CoCivicError, InvalidField
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.services import activities
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.clock import own_move, shown_in, shown_slot
from cocivic_desktop.ui.pages.calendar.data import Entry
from cocivic_desktop.ui.pages.calendar.slots import SlotButtons, SlotFinder
from cocivic_desktop.ui.pages.calendar.views.spots import Move
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, time
    from uuid import UUID

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.domain.rules.free_slots import FreeSlot
    from cocivic_desktop.services.conflict_list import ConflictLine
    from cocivic_desktop.services.live_check import LiveCheck
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

SHOWN_SLOTS = 3
DAY_WIDTH, TIME_WIDTH = 180, 76
"""Of the fields for another slot, in logical pixels."""


class ConflictDetail(QWidget):
    """One date of the list of conflicts. Made by the form, then `setup`, then `show_line`."""

    settled = Signal()
    """Something was done about the date, so that the next one may be looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_ConflictDetail()
        ui.setupUi(self)
        self.line: ConflictLine | None = None
        self.entry: Entry | None = None
        """The same date on the clock that is shown."""
        self._live: LiveCheck | None = None
        self._names: Mapping[UUID, str] = {}
        self.slots = SlotButtons(ui.slotColumn, self, self.take_slot, SHOWN_SLOTS)
        ui.otherDay.setMinimumWidth(DAY_WIDTH)
        ui.otherTime.setMaximumWidth(TIME_WIDTH)
        ui.otherDay.line.setAccessibleName(self.tr("Another day"))
        ui.otherTime.setAccessibleName(self.tr("Time on the other day"))
        ui.otherDay.day_changed.connect(lambda: self._judge())
        ui.otherTime.time_changed.connect(lambda: self._judge())
        ui.moveButton.clicked.connect(lambda: self.move_by_hand())
        ui.keepButton.clicked.connect(lambda: self.keep())
        ui.noteLine.returnPressed.connect(self.keep)
        ui.cancelButton.clicked.connect(lambda: self.cancel_date())
        ui.cancelLine.returnPressed.connect(self.cancel_date)
        ui.openButton.clicked.connect(lambda: self.open_again())
        ui.showButton.clicked.connect(lambda: self._show_in_calendar())

    def setup(self, context: Context) -> None:
        """Say where data come from; called once."""
        self.context = context
        self.finder = SlotFinder(context, self)
        self.finder.found.connect(self._take_slots)

    def show_line(self, line: ConflictLine, names: Mapping[UUID, str], zone: str) -> None:
        """Show a date on the clock of `zone` (IANA); what is being typed for the same one stays."""
        same = self.line is not None and self.line.id == line.id
        self.line, self._names = line, names
        self.entry = entry = line_entry(line, zone)
        ui, one = self.ui, entry.occurrence or line.occurrence
        when, there = words.when_text(one, year=True), words.clock_text(entry)
        ui.whenLabel.setText(f"{when} ({there})" if there else when)
        ui.whoseLabel.setText(f"{line.activity.title} · {line.partnership.title}")
        texts = [words.signed_sentence(each, names) for each in line.conflicts]
        if line.note:
            texts.append(self.tr("Note: {reason}").format(reason=line.note))
        ui.reasonLabel.setText("\n".join(texts))
        if not same:
            ui.otherDay.set_day(one.on)
            ui.otherTime.set_time(_time_of(entry))
            ui.noteLine.setText(line.note)
            ui.cancelLine.clear()
            self._live = None
            self.slots.show([])
        for widget in (ui.slotsLabel, ui.noSlotLabel):
            widget.setVisible(False)
        ui.noteLabel.setText(self.tr("Why it stays") if line.kept else self.tr("Keep it there, and say why"))
        ui.keepButton.setText(self.tr("Change note") if line.kept else self.tr("Keep"))
        ui.openButton.setVisible(line.kept and bool(one.note))
        self._judge()
        if line.movable and not line.kept:
            ui.slotsLabel.setText(self.tr("Looking for free slots…"))
            ui.slotsLabel.show()
        self.finder.ask(line.id)

    def take_slot(self, slot: FreeSlot) -> None:
        """Move the date to a free slot on the clock that is shown."""
        self._move(slot.on, slot.start_time)

    def move_by_hand(self) -> None:
        """Move the date to the day and time that were chosen."""
        ui = self.ui
        if ui.otherDay.is_invalid or ui.otherDay.day is None:
            self._say(self.tr("× This is no date. Type it like {example}.").format(example=self._example()), "error")
        elif ui.otherTime.is_invalid:
            self._say(self.tr("× This is no time of day. Type it like 10:30."), "error")
        else:
            self._move(ui.otherDay.day, ui.otherTime.moment)

    def keep(self) -> None:
        """Leave the date where it is, and note why."""
        note = self.ui.noteLine.text().strip()
        if self.line is None:
            return
        if not note:
            self._say(self.tr("× Write why it stays, then it counts as settled."), "error")
            self.ui.noteLine.setFocus()
            return
        text = self.tr("Kept on purpose. Ctrl+Z takes it back.")
        self._act(activities.override_note, note, text=text)

    def open_again(self) -> None:
        """Take back that it stays on purpose."""
        self._act(activities.override_note, "", text=self.tr("It counts as open again."))

    def cancel_date(self) -> None:
        """Cancel this date; it stays in the calendar as cancelled."""
        reason = self.ui.cancelLine.text().strip()
        self._act(activities.cancel_occurrence, reason, text=self.tr("Cancelled. Ctrl+Z takes it back."))

    def focus_first(self) -> None:
        """Put the keyboard on the best way out."""
        (self.slots.buttons[0] if self.slots.buttons else self.ui.otherDay.line).setFocus()

    def _act(self, action: Callable[[Workspace, UUID, date, str], Changes], argument: str, *, text: str) -> None:
        if self.line is None:
            return
        if self.context.attempt(action, self.context.workspace, *self.line.id, argument) is not None:
            self.context.notify(text)
            self.settled.emit()

    def _move(self, on: date, at: time | None) -> None:
        if self.entry is None:
            return
        wanted = own_move(Move(self.entry.id, on, at), self.entry)
        try:
            activities.move_occurrence(
                self.context.workspace,
                *self.entry.id,
                starts_on=wanted.on,
                start_time=wanted.at,
                today=self.context.today(),
            )
        except InvalidField as error:
            self._say(f"× {sentence(error)}", "error")
            return
        except CoCivicError as error:
            self.context.report(error)
            return
        day = day_text(on, weekday=True, year=False)
        self.context.notify(self.tr("Moved to {day}. Ctrl+Z takes it back.").format(day=day))
        self.settled.emit()

    def _take_slots(self, live: LiveCheck | None, slots: list[FreeSlot]) -> None:
        self._live = live
        line, entry, ui = self.line, self.entry, self.ui
        movable = line is not None and entry is not None and line.movable
        offered = [shown_slot(slot, entry) for slot in slots] if entry is not None and movable else []
        self.slots.show(offered)
        ui.slotsLabel.setText(self.tr("Free slots"))
        ui.slotsLabel.setVisible(bool(offered))
        ui.noSlotLabel.setVisible(movable and not offered)
        self._judge()

    def _judge(self) -> None:
        """Say what would be in the way at the day and time that are being typed."""
        entry, ui = self.entry, self.ui
        day, moment = ui.otherDay.day, ui.otherTime.moment
        present = entry is not None and day == entry.on and moment == _time_of(entry)
        if entry is None or self._live is None or day is None or present:
            ui.verdictLabel.hide()
            return
        wanted = own_move(Move(entry.id, day, moment), entry)
        found = self._live.what_if(entry.id[1], wanted.on, wanted.at)
        if not found:
            self._say(self.tr("✓ Nothing is in the way there."), "good")
            return
        names = {**self._live.names, **self._names}
        self._say("\n".join(words.signed_sentence(each, names) for each in found), "warning")

    def _say(self, text: str, look: str) -> None:
        self.ui.verdictLabel.setText(text)
        set_look(self.ui.verdictLabel, look)
        self.ui.verdictLabel.show()

    def _example(self) -> str:
        return day_text(self.entry.on if self.entry is not None else self.context.today())

    def _show_in_calendar(self) -> None:
        if self.line is not None:
            partnership_id, activity_id = self.line.partnership.id, self.line.activity.id
            self.context.navigate(Target.partnership(partnership_id, Stage.CALENDAR, "activities", activity_id))


def line_entry(line: ConflictLine, zone: str) -> Entry:
    """A date of the list on the clock of `zone` (IANA)."""
    entry = Entry(line.activity, line.occurrence.on, line.occurrence, conflicts=line.conflicts)
    return entry if line.activity.zone == zone else shown_in(entry, zone)


def _time_of(entry: Entry) -> time | None:
    one = entry.occurrence
    return one.starts_at.time() if one is not None and one.starts_at is not None else None
