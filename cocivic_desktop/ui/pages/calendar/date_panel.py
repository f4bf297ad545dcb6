"""One date of an activity: what is in its way, when it could be instead, moving, cancelling, keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cocivic_desktop._generated.forms.calendar_date import Ui_DatePanel
from cocivic_desktop.domain.activities import Activity, ActivityStatus, OccurrenceOverride
from cocivic_desktop.domain.errors import CoCivicError, InvalidField, NotFound
from cocivic_desktop.domain.rules.conflicts import Severity
from cocivic_desktop.services import activities, calendar, records
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.panel import PlanPanel, keep_small
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import tone, word
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from datetime import time
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent

    from cocivic_desktop.domain.rules.free_slots import FreeSlot
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key
    from cocivic_desktop.ui.tasks import Job

SLOTS = 4
SLOTS_MARGIN = 60
"""Logical pixels beside the slots: margins and the scroll bar."""


class DatePanel(PlanPanel):
    """The first tab of the detail pane."""

    moved = Signal(object)
    """The key of the date after it was moved or changed, so that it stays chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_DatePanel()
        self.ui.setupUi(self)
        self._slots_of: Key | None = None
        self._job: Job | None = None
        self.slot_buttons: list[QPushButton] = []
        ui = self.ui
        ui.moveButton.clicked.connect(lambda: self.move_by_hand())
        ui.cancelButton.clicked.connect(lambda: self.cancel_date())
        ui.restoreButton.clicked.connect(lambda: self.take_back())
        ui.keepButton.clicked.connect(lambda: self.keep())
        ui.confirmButton.clicked.connect(lambda: self.set_status(ActivityStatus.CONFIRMED))
        ui.doneButton.clicked.connect(lambda: self.set_status(ActivityStatus.DONE))
        ui.noteLine.returnPressed.connect(self.keep)
        ui.moveProblem.hide()
        for field, least, most in ((ui.moveTime, 64, 80), (ui.moveMinutes, 84, 100), (ui.movePlace, 70, 200)):
            field.setMinimumWidth(least)
            field.setMaximumWidth(most)
        ui.moveReason.setMinimumWidth(80)
        ui.moveReason.setMaximumWidth(320)
        ui.whenLabel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        ui.titleRow.setStretchFactor(ui.whenLabel, 1)
        keep_small(ui.stateChip)
        ui.dateScroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def setup(self, context: Context) -> None:
        """Say where data come from."""
        super().setup(context)

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
            ui.whenLabel.setText(f"{words.when_text(one, year=True)} · {title}")
            self._chip(word(one.status), tone(one.status))
            ui.reasonLabel.setText("\n".join(self._remarks(entry)))
            ui.reasonLabel.setVisible(bool(ui.reasonLabel.text()))
        held = one is not None and not one.cancelled
        status = one.status if one is not None else None
        ui.cancelButton.setVisible(held and status is not ActivityStatus.DONE)
        ui.confirmButton.setVisible(held and status is ActivityStatus.TENTATIVE)
        ui.doneButton.setVisible(held and status is ActivityStatus.CONFIRMED and entry.on <= self.context.today())
        ui.restoreButton.setVisible(one is not None and (one.cancelled or one.moved or bool(one.reason)))
        series = entry.activity.recurrence is not None
        ui.cancelButton.setText(self.tr("Cancel this date") if series else self.tr("Cancel it"))
        soft = any(each.severity is Severity.SOFT and not each.accepted for each in entry.conflicts)
        hard = any(each.severity is Severity.HARD for each in entry.conflicts)
        ui.keepHolder.setVisible(soft and not hard)
        for widget in (ui.moveDay, ui.moveTime, ui.moveMinutes, ui.movePlace, ui.moveReason, ui.moveButton):
            widget.setEnabled(one is not None or entry.skip is not None)
        self._ask_for_slots(entry)

    def move_by_hand(self) -> None:
        """Move the date to what was typed."""
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
            self._move(
                starts_on=ui.moveDay.day,
                start_time=ui.moveTime.moment,
                duration_minutes=ui.moveMinutes.minutes,
                place=ui.movePlace.text().strip(),
                reason=ui.moveReason.text().strip(),
            )

    def take_slot(self, slot: FreeSlot) -> None:
        """Move the date to a free slot."""
        self._move(starts_on=slot.on, start_time=slot.start_time)

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
        if self.entry.activity.recurrence is None:
            self._change(Activity, self.entry.activity.id, conflict_note=note)
        else:
            self._override(reason=note)
        self.ui.noteLine.clear()

    def set_status(self, status: ActivityStatus) -> None:
        """Confirm this date, or say that it took place; of a series this one only."""
        if self.entry is None:
            return
        if self.entry.activity.recurrence is None:
            self._change(Activity, self.entry.activity.id, status=status)
        else:
            self._override(status=status)

    def _override(self, **fields: Any) -> None:
        """Note something for one date of a series."""
        if self.entry is None:
            return
        activity_id, original_on = self.entry.id
        workspace = self.context.workspace
        found = records.find(workspace, OccurrenceOverride, activity_id=activity_id, original_on=original_on)
        if found:
            self._change(OccurrenceOverride, found[0].id, **fields)
        else:
            made = OccurrenceOverride(activity_id=activity_id, original_on=original_on, **fields)
            self.context.attempt(records.add, workspace, made)

    def _change(self, cls: type[Any], record_id: UUID, **fields: Any) -> None:
        self.context.attempt(records.change, self.context.workspace, cls, record_id, **fields)

    def _move(self, **fields: Any) -> None:
        if self.entry is None:
            return
        activity_id, original_on = self.entry.id
        try:
            activities.move_occurrence(self.context.workspace, activity_id, original_on, **fields)
        except InvalidField as error:
            self._refuse(sentence(error))
            return
        except CoCivicError as error:
            self.context.report(error)
            return
        single = self.entry.activity.recurrence is None
        day = day_text(fields["starts_on"], weekday=True, year=False)
        self.context.notify(self.tr("Moved to {day}. Ctrl+Z takes it back.").format(day=day))
        self.ui.moveReason.clear()
        self.entry = None
        self.moved.emit((activity_id, fields["starts_on"] if single else original_on))

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
        texts = []
        for conflict in entry.conflicts:
            if conflict.accepted:
                sign = self.tr("Kept:")
            else:
                hard = conflict.severity is Severity.HARD
                sign = self.tr("× Not possible:") if hard else self.tr("! Unwise:")
            texts.append(f"{sign} {words.conflict_sentence(conflict, names)}")
        if one is not None and one.moved:
            day = day_text(one.original_on, weekday=True, year=False)
            texts.append(self.tr("Moved from {day}.").format(day=day))
        if one is not None and one.reason:
            texts.append(self.tr("Note: {reason}").format(reason=one.reason))
        elif entry.conflicts and entry.activity.conflict_note:
            texts.append(self.tr("Note: {reason}").format(reason=entry.activity.conflict_note))
        return texts

    def _ask_for_slots(self, entry: Entry) -> None:
        """Look for free dates away from the GUI thread: all partnerships have a say in it."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._slots_of != entry.id or not entry.movable:
            self._show_slots([])
        if not entry.movable:
            return
        self._slots_of = key = entry.id
        workspace, today = self.context.workspace, self.context.today()
        self._job = self.context.tasks.run(
            lambda: calendar.free_slots(workspace, *key, today=today, limit=SLOTS), self._show_slots, self._no_slots
        )

    def _no_slots(self, error: Exception) -> None:
        self._show_slots([])
        if not isinstance(error, NotFound):
            self.context.report(error)

    def _show_slots(self, slots: list[FreeSlot]) -> None:
        self._job = None
        for button in self.slot_buttons:
            self.ui.slotRow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.slot_buttons = []
        for slot in slots:
            button = QPushButton(words.slot_text(slot.on, slot.start_time), self.ui.slotHolder)
            button.setToolTip(self.tr("Move it there: nothing is in the way"))
            button.clicked.connect(lambda _=False, chosen=slot: self.take_slot(chosen))
            self.ui.slotRow.addWidget(button)
            self.slot_buttons.append(button)
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
