"""One date of an activity: what is in its way, moving, cancelling or keeping it, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cocivic_desktop._generated.forms.calendar_date import Ui_DatePanel
from cocivic_desktop.domain.activities import ActivityStatus, OccurrenceOverride
from cocivic_desktop.domain.errors import CoCivicError, InvalidField
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.services import activities, records, series, to_schedule
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.clock import own_move, shown_slot
from cocivic_desktop.ui.pages.calendar.panel import PlanPanel, keep_small
from cocivic_desktop.ui.pages.calendar.reach import Reach, ask_reach
from cocivic_desktop.ui.pages.calendar.slots import SlotButtons, SlotFinder
from cocivic_desktop.ui.pages.calendar.views.spots import Move
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import tone, word
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import time

    from PySide6.QtGui import QResizeEvent

    from cocivic_desktop.domain.rules.free_slots import FreeSlot
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key

SLOTS = 4
SLOTS_MARGIN = 60
"""Logical pixels beside the slots: margins and the scroll bar."""


class DatePanel(PlanPanel):
    """The first tab of the detail pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_DatePanel()
        self.ui.setupUi(self)
        self._slots_of: Key | None = None
        ui = self.ui
        self.slots = SlotButtons(ui.slotRow, ui.slotHolder, self.take_slot, SLOTS, short=True)
        self.status = ChoiceBox(ui.statusBox, self.set_status)
        self.status.offer(enum_choices(ActivityStatus))
        ui.moveButton.clicked.connect(lambda: self.move_by_hand())
        ui.seriesButton.setToolTip(self.tr("Move all following dates along, or the whole series"))
        ui.seriesButton.clicked.connect(lambda: self.move_by_hand(self._move_more))
        ui.cancelButton.clicked.connect(lambda: self.cancel_date())
        ui.restoreButton.clicked.connect(lambda: self.take_back())
        ui.keepButton.clicked.connect(lambda: self.keep())
        ui.confirmButton.clicked.connect(lambda: self.set_status(ActivityStatus.CONFIRMED))
        ui.hoursButton.clicked.connect(lambda: self.note_hours())
        ui.doneButton.clicked.connect(lambda: self.set_status(ActivityStatus.DONE))
        ui.noteLine.returnPressed.connect(self.keep)
        ui.openButton.clicked.connect(lambda: self.open_again())
        ui.moveProblem.hide()
        ui.moveTime.setPlaceholderText(self.tr("all day"))
        for field, least, most in ((ui.moveTime, 64, 80), (ui.moveMinutes, 84, 100), (ui.movePlace, 70, 200)):
            field.setMinimumWidth(least)
            field.setMaximumWidth(most)
        ui.moveReason.setMinimumWidth(80)
        ui.moveReason.setMaximumWidth(320)
        ui.whenLabel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        ui.titleRow.setStretchFactor(ui.whenLabel, 1)
        ui.titleRow.setStretchFactor(ui.reasonLabel, 1)
        keep_small(ui.stateChip)
        ui.dateScroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def setup(self, context: Context) -> None:
        """Say where data come from, and bind what is noted after a date."""
        super().setup(context)
        self.finder = SlotFinder(context, self)
        self.finder.found.connect(lambda _, slots: self._show_slots(slots))
        self.after = RecordForm(context, OccurrenceOverride, self.ui.after, prefix="after_", save=self._save_after)

    @property
    def slot_buttons(self) -> list[QPushButton]:
        """The free slots that are offered."""
        return self.slots.buttons

    def show_entry(self, data: CalendarData, entry: Entry) -> None:
        """Show a date; what is being typed for the same one stays."""
        same = self.entry is not None and self.entry.id == entry.id and self._typed()
        self.data, self.entry = data, entry
        if not same:
            self._fill_move()
        self.reload()

    def put_by(self, data: CalendarData, entry: Entry) -> None:
        """Behind another tab nothing is being typed here: everything is filled anew."""
        self.data, self.entry = data, None

    def reload(self) -> None:
        """Say when it is, how it stands, and what is in its way."""
        entry = self.entry
        if entry is None:
            return
        one, ui = entry.occurrence, self.ui
        title = entry.activity.title
        if one is None:
            ui.whenLabel.setText(f"{day_text(entry.on, weekday=True)} · {title}")
            archived = entry.activity.archived
            self._chip(self.tr("archived") if archived else self.tr("left out"), "neutral")
            skip = words.skip_text(entry.skip) if entry.skip is not None else ""
            ui.reasonLabel.setText(
                self.tr("The series leaves this date out: {reason}.").format(reason=skip) if skip else ""
            )
            ui.reasonLabel.setVisible(bool(skip))
        else:
            there = words.clock_text(entry)
            when = words.when_text(one, year=True)
            ui.whenLabel.setText(f"{when} ({there}) · {title}" if there else f"{when} · {title}")
            self._chip(word(one.status), tone(one.status))
            ui.reasonLabel.setText("\n".join(self._remarks(entry)))
            ui.reasonLabel.setVisible(bool(ui.reasonLabel.text()))
        ui.whenLabel.setVisible(not ui.reasonLabel.text())  # the line above the panels tells it as well
        held = one is not None and not one.cancelled
        status = one.status if one is not None else None
        ui.cancelButton.setVisible(held and status is not ActivityStatus.DONE)
        ui.confirmButton.setVisible(held and status is ActivityStatus.TENTATIVE)
        ui.doneButton.setVisible(held and status is ActivityStatus.CONFIRMED and entry.on <= self.context.today())
        ui.hoursButton.setVisible(held and entry.on <= self.context.today())
        series_of = entry.activity.recurrence is not None
        own = entry.own_clock or one
        at = own.starts_at.time() if own is not None and own.starts_at is not None else None
        changed = own is not None and (own.moved or (series_of and at != entry.activity.start_time))
        ui.restoreButton.setVisible(changed or (one is not None and (one.cancelled or bool(one.reason))))
        ui.cancelButton.setText(self.tr("Cancel this date") if series_of else self.tr("Cancel it"))
        kept = one is not None and bool(one.note)
        ui.keepHolder.setVisible(entry.standing or kept)
        ui.openButton.setVisible(kept)
        ui.after.setVisible(one is not None)
        self._fill_after(entry)
        ui.seriesButton.setVisible(series_of and one is not None)
        for widget in (ui.moveDay, ui.moveTime, ui.moveMinutes, ui.movePlace, ui.moveReason, ui.moveButton):
            widget.setEnabled(one is not None or entry.skip is not None)
        self._ask_for_slots(entry)

    def note_hours(self) -> None:
        """Go to the hours of this date, as they were planned."""
        entry = self.entry
        if entry is not None and entry.occurrence is not None:
            section = f"planned:{entry.occurrence.original_on.isoformat()}"
            place = Target.partnership(entry.activity.partnership_id, Stage.HOURS, section, entry.activity.id)
            self.context.navigate(place)

    def move_by_hand(self, move: Callable[..., None] | None = None) -> None:
        """Move the date to what was typed; `move` is called with it, by default this date only."""
        ui = self.ui
        if self.entry is None:
            return
        if ui.moveDay.is_invalid or ui.moveDay.day is None:
            self._refuse(self.tr("This is no date. Type it like {example}.").format(example=day_text(self.entry.on)))
        elif ui.moveTime.is_invalid:
            self._refuse(self.tr("This is no time of day. Type it like 10:30."))
        elif ui.moveMinutes.is_invalid:
            self._refuse(self.tr("This is no duration. Type it like 1:30."))
        else:
            wanted = own_move(Move(self.entry.id, ui.moveDay.day, ui.moveTime.moment), self.entry)
            (move or self._move)(
                starts_on=wanted.on,
                start_time=wanted.at,
                whole_day=ui.moveTime.moment is None,
                duration_minutes=ui.moveMinutes.minutes,
                place=ui.movePlace.text().strip(),
                reason=ui.moveReason.text().strip(),
            )

    def take_slot(self, slot: FreeSlot) -> None:
        """Move this date, and no other of its series, to a free slot."""
        if self.entry is not None:
            wanted = own_move(Move(self.entry.id, slot.on, slot.start_time), self.entry)
            self._move_reach(self.entry, {"starts_on": wanted.on, "start_time": wanted.at}, Reach.THIS)

    def cancel_date(self) -> None:
        """Cancel this date only; it stays in the calendar as cancelled."""
        if self.entry is not None:
            reason = self.ui.moveReason.text().strip()
            self.context.attempt(activities.cancel_occurrence, self.context.workspace, *self.entry.id, reason)

    def take_back(self) -> None:
        """The date takes place again where its series says."""
        if self.entry is not None:
            self.context.attempt(activities.restore_occurrence, self.context.workspace, *self.entry.id)

    def keep(self) -> None:
        """Leave the date where it is in spite of what speaks against it, and note why."""
        note = self.ui.noteLine.text().strip()
        if self.entry is None:
            return
        if not note:
            self._refuse(self.tr("Write why it stays, then it counts as settled."))
            self.ui.noteLine.setFocus()
            return
        self.context.attempt(activities.override_note, self.context.workspace, *self.entry.id, note)
        self.ui.noteLine.clear()

    def open_again(self) -> None:
        """Take back that it stays on purpose."""
        if self.entry is not None:
            self.context.attempt(activities.override_note, self.context.workspace, *self.entry.id, "")

    def set_status(self, status: ActivityStatus) -> None:
        """Say how this date stands; of a series this one only. What took place fulfils its task or meeting."""
        if self.entry is None or self.entry.occurrence is None:
            return
        if status is ActivityStatus.CANCELLED:
            self.cancel_date()
            return
        workspace, key, cancelled = self.context.workspace, self.entry.id, self.entry.occurrence.cancelled
        with workspace.write("change_occurrence", self.entry.activity.title[:80]):
            if cancelled:
                self.context.attempt(activities.restore_occurrence, workspace, *key)
            self.context.attempt(to_schedule.set_status, workspace, *key, status)

    def _save_after(self, change: OccurrenceOverride, values: dict[str, Any]) -> None:
        activities.change_occurrence(self.context.workspace, change.activity_id, change.original_on, **values)

    def _fill_after(self, entry: Entry) -> None:
        """What is noted for this date, whether or not something was stored for it already."""
        if entry.occurrence is None:
            self.after.load(None)
            return
        self.status.show(entry.occurrence.status)
        activity_id, original_on = entry.id
        found = records.find(
            self.context.workspace, OccurrenceOverride, activity_id=activity_id, original_on=original_on
        )
        shown = found[0] if found else OccurrenceOverride(activity_id=activity_id, original_on=original_on)
        shown = replace(shown, id=uuid5(activity_id, original_on.isoformat()))  # the same before and after it is stored
        if entry.activity.recurrence is None:
            shown.notes_after = entry.activity.notes_after
        self.after.load(shown)

    def _move(self, **fields: Any) -> None:
        """Move this date only."""
        if self.entry is not None:
            self._move_reach(self.entry, fields, Reach.THIS)

    def _move_more(self, **fields: Any) -> None:
        """Ask which other dates of the series move along."""
        if self.entry is not None:
            title = self.tr("Move “{title}”").format(title=self.entry.activity.title)
            dialog = ask_reach(self, title, partial(self._move_reach, self.entry, fields))
            dialog.choices[Reach.FOLLOWING].setChecked(True)

    def _move_reach(self, entry: Entry, fields: dict[str, Any], reach: Reach) -> None:
        activity_id, original_on = key = entry.id
        workspace = self.context.workspace
        if reach is not Reach.THIS:
            fields = {name: value for name, value in fields.items() if name != "reason"}
        fields = {**fields, "today": self.context.today()}
        try:
            if reach is Reach.THIS:
                activities.move_occurrence(workspace, *key, **fields)
            elif reach is Reach.ALL:
                series.move_all(workspace, *key, **fields)
            else:
                activity_id = series.move_all_following(workspace, *key, **fields)
        except InvalidField as error:
            self._refuse(sentence(error))
            return
        except CoCivicError as error:
            self.context.report(error)
            return
        stays = reach is Reach.THIS and entry.activity.recurrence is not None
        day = day_text(fields["starts_on"], weekday=True, year=False)
        self.context.notify(self.tr("Moved to {day}. Ctrl+Z takes it back.").format(day=day))
        self.ui.moveReason.clear()
        self.entry = None
        self.moved.emit((activity_id, original_on if stays else fields["starts_on"]))

    def _fill_move(self) -> None:
        entry, ui = self.entry, self.ui
        one = entry.occurrence if entry is not None else None
        activity = entry.activity if entry is not None else None
        ui.moveDay.set_day(entry.on if entry is not None else None)
        at: time | None = one.starts_at.time() if one is not None and one.starts_at is not None else None
        ui.moveTime.set_time(at if one is not None else activity.start_time if activity is not None else None)
        ui.moveMinutes.set_minutes(one.minutes if one is not None else activity.duration_minutes if activity else None)
        ui.movePlace.setText(one.place if one is not None else activity.place if activity is not None else "")
        ui.moveReason.clear()
        ui.noteLine.clear()
        ui.moveProblem.hide()

    def _typed(self) -> bool:
        """Whether something is being typed that a reload should not overwrite."""
        ui = self.ui
        fields = (ui.moveDay.line, ui.moveTime, ui.moveMinutes, ui.movePlace, ui.moveReason, ui.noteLine)
        return any(field.hasFocus() for field in fields)

    def _remarks(self, entry: Entry) -> list[str]:
        one = entry.occurrence
        names = self.data.names
        texts = [words.signed_sentence(conflict, names) for conflict in entry.conflicts]
        if one is not None and (entry.own_clock or one).moved:
            day = day_text(one.original_on, weekday=True, year=False)
            texts.append(self.tr("Moved from {day}.").format(day=day))
        if one is not None and one.reason:
            texts.append(self.tr("Reason: {reason}").format(reason=one.reason))
        note = (one.note if one is not None else "") or entry.activity.conflict_note
        if note and entry.conflicts:
            texts.append(self.tr("It stays because: {reason}").format(reason=note))
        return texts

    def _ask_for_slots(self, entry: Entry) -> None:
        """Look for free dates away from the GUI thread: all partnerships have a say in it."""
        self.finder.stop()
        if self._slots_of != entry.id or not entry.movable:
            self._show_slots([])
        if entry.movable:
            self._slots_of = entry.id
            self.finder.ask(entry.id)

    def _show_slots(self, slots: list[FreeSlot]) -> None:
        entry = self.entry
        self.slots.show([shown_slot(slot, entry) if entry is not None else slot for slot in slots[:SLOTS]])
        self._fit_slots()
        self.ui.slotsLabel.setVisible(bool(slots))
        self.ui.slotHolder.setVisible(bool(slots))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer as many slots as fit."""
        super().resizeEvent(event)
        self._fit_slots()

    def _fit_slots(self) -> None:
        room = self.width() - self.ui.slotsLabel.sizeHint().width() - SLOTS_MARGIN
        for number, button in enumerate(self.slot_buttons):
            room -= button.sizeHint().width() + self.ui.slotRow.spacing()
            button.setVisible(room >= 0 or number == 0)

    def _chip(self, text: str, chip_tone: str) -> None:
        self.ui.stateChip.setText(text)
        set_look(self.ui.stateChip, f"chip-{chip_tone}")

    def _refuse(self, text: str) -> None:
        self.ui.moveProblem.setText(f"× {text}")
        self.ui.moveProblem.show()
