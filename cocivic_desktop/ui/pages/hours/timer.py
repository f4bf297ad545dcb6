"""The timers of a partnership above the parts of the page: how long, pause, go on, stop into an entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.base import utc_now
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.hours import RunningTimer
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.rules.timers import ROUNDINGS, TimerReminder, elapsed_seconds, reminder, rounded_minutes
from cocivic_desktop.services import timers
from cocivic_desktop.ui.choices import name_of
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.texts.formats import day_text, minutes_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.duration_field import DurationField

TICK_MS = 10_000
ROUNDING_KEY = "hours/rounding"


class TimerStrip(QWidget):
    """One row for each timer; hidden while there is none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.now: Callable[[], datetime] = utc_now
        self.rows: list[TimerRow] = []
        self.focus_after: QWidget | None = None
        """Gets the keyboard when the timer that has it is gone."""
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.show_time)
        self.hide()

    def show_partnership(self, partnership_id: UUID) -> None:
        """Show the timers of a partnership."""
        found = timers.timers(self.context.workspace, partnership_id)
        if [row.timer.id for row in self.rows] != [timer.id for timer in found]:
            keyboard = QApplication.focusWidget()
            for row in self.rows:
                if keyboard is not None and self.focus_after is not None and row.isAncestorOf(keyboard):
                    self.focus_after.setFocus()
                row.hide()
                row.deleteLater()
            self.rows = [TimerRow(self.context, timer, lambda: self.now(), self) for timer in found]
            for row in self.rows:
                self._lines.addWidget(row)
        for row, timer in zip(self.rows, found, strict=True):
            row.show_timer(timer)
        self.setVisible(bool(found))
        if any(timer.started_at is not None for timer in found):
            self._tick.start()
        else:
            self._tick.stop()

    def show_time(self) -> None:
        """Show how long each has run by now."""
        for row in self.rows:
            row.show_timer(row.timer)


class TimerRow(QFrame):
    """One timer. Stop lets it rest and asks what to store; what is stored may be changed before."""

    def __init__(
        self, context: Context, timer: RunningTimer, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context, self.timer, self.now = context, timer, now
        self._stopping = False
        self.setProperty("look", "banner")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.text = QLabel()
        self.text.setProperty("look", "strong")
        self.text.setWordWrap(True)
        self.rounding = QComboBox()
        self.rounding.setAccessibleName(self.tr("Round to"))
        for step in ROUNDINGS:
            self.rounding.addItem(
                self.tr("to the minute") if step == 1 else self.tr("to {step} minutes").format(step=step)
            )
        kept = int(context.setting(ROUNDING_KEY, "0") or 0)
        self.rounding.setCurrentIndex(kept if 0 <= kept < len(ROUNDINGS) else 0)
        self.rounding.activated.connect(lambda: self._round())
        self.minutes = DurationField()
        self.minutes.setAccessibleName(self.tr("Time to store"))
        self.minutes.returnPressed.connect(lambda: QTimer.singleShot(0, self, self.store))  # once the time is read
        self.pause_button = QPushButton()
        self.pause_button.clicked.connect(lambda: self.pause_or_go_on())
        self.stop_button = QPushButton(self.tr("Sto&p…"))
        self.stop_button.clicked.connect(lambda: self.stop())
        self.store_button = QPushButton(self.tr("Store"))
        self.store_button.clicked.connect(lambda: self.store())
        self.discard_button = QPushButton(self.tr("Discard"))
        self.discard_button.clicked.connect(lambda: self.discard())
        line.addWidget(self.text, 1)
        for widget in (self.rounding, self.minutes, self.store_button):
            line.addWidget(widget)
        for button in (self.pause_button, self.stop_button, self.discard_button):
            line.addWidget(button)
        layout.addLayout(line)
        self.note = QLabel()
        self.note.setWordWrap(True)
        layout.addWidget(self.note)
        self._asked = False
        self._arrange()

    def show_timer(self, timer: RunningTimer) -> None:
        """Show the timer as it is now."""
        self.timer = timer
        seconds = elapsed_seconds(timer, self.now())
        who = name_of(self.context, Person, timer.person_id)
        activity = name_of(self.context, Activity, timer.activity_id)
        parts = [timer_clock(timer, seconds), who, word(timer.category), activity, timer.remark]
        self.text.setText(" · ".join(part for part in parts if part))
        running = timer.started_at is not None
        self.pause_button.setText(self.tr("Pa&use") if running else self.tr("&Go on"))
        if not self._stopping:
            self._say(self._reminder(), "warning")

    def pause_or_go_on(self) -> None:
        """Let it rest, or run again."""
        action = timers.pause if self.timer.started_at is not None else timers.go_on
        self._stopping = False
        self._arrange()
        self.context.attempt(action, self.context.workspace, self.timer.id, self.now())

    def stop(self) -> None:
        """Let it rest and ask what to store."""
        if self.timer.started_at is not None:
            self.context.attempt(timers.pause, self.context.workspace, self.timer.id, self.now())
        self._stopping = True
        self._arrange()
        self._round()
        day = day_text(self.timer.began_on, weekday=True)
        self._say(self.tr("It is stored for {day}.").format(day=day), "muted")
        self.minutes.setFocus()
        self.minutes.selectAll()

    def store(self) -> None:
        """Make the entry; an odd one is stored when the button is pressed again."""
        minutes = self.minutes.minutes
        if self.minutes.is_invalid or not minutes:
            self._say(self.tr("× This is no duration. Type it like 1:30."), "error")
            return
        workspace, today = self.context.workspace, self.context.today()
        try:
            logged, _ = timers.stop(workspace, self.timer.id, minutes, today, accept=self._asked)
        except CoCivicError as error:
            self._say(f"× {sentence(error)}", "error")
            return
        if not logged.stored:
            self._asked = True
            self._say(questions_text(logged.questions), "warning")
            self.store_button.setText(self.tr("Store anyway"))
            return
        self.context.notify(self.tr("Stored: {time}. Ctrl+Z takes it back.").format(time=minutes_text(minutes)))

    def discard(self) -> None:
        """Throw it away; undo brings it back."""
        self.context.attempt(timers.discard, self.context.workspace, self.timer.id)

    def _round(self) -> None:
        number = max(0, self.rounding.currentIndex())
        self.context.settings.setValue(ROUNDING_KEY, number)
        seconds = elapsed_seconds(self.timer, self.now())
        self.minutes.set_minutes(rounded_minutes(seconds, ROUNDINGS[number]))
        self._asked = False
        self.store_button.setText(self.tr("Store"))

    def _arrange(self) -> None:
        for widget in (self.rounding, self.minutes, self.store_button, self.discard_button):
            widget.setVisible(self._stopping)
        self.stop_button.setVisible(not self._stopping)

    def _reminder(self) -> str:
        texts = {
            TimerReminder.LONG: self.tr("It has run for over 12 hours. Was it forgotten? Stop it and set the time."),
            TimerReminder.OVER_MIDNIGHT: self.tr("It has run past midnight. Its time counts for the day it began on."),
        }
        found = reminder(self.timer, self.now(), self.context.today())
        return texts[found] if found is not None else ""

    def _say(self, text: str, look: str) -> None:
        set_look(self.note, look)
        self.note.setText(text)
        self.note.setVisible(bool(text))


def timer_clock(timer: RunningTimer, seconds: int) -> str:
    """How long a timer has run, with a mark for running or resting: "▶ 1:05", "❚❚ 0:20"."""
    mark = "▶" if timer.started_at is not None else "❚❚"
    return f"{mark} {seconds // 3600}:{seconds // 60 % 60:02}"
