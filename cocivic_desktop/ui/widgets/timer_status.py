"""The timers that run, in the status line; a click goes to them. Made only once there is a timer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from cocivic_desktop.domain.base import utc_now
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.timers import elapsed_seconds, reminder
from cocivic_desktop.services import timers
from cocivic_desktop.ui.choices import name_of
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.hours.timer import TICK_MS, timer_clock

if TYPE_CHECKING:
    from cocivic_desktop.domain.hours import RunningTimer


class TimerStatus(QPushButton):
    """The first timer that runs, else the first that rests; hidden while there is none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "link")
        self._context = context
        self._timer: RunningTimer | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show)
        self.clicked.connect(lambda: self._open())
        self.refresh()

    def refresh(self) -> None:
        """Read the timers anew."""
        found = timers.timers(self._context.workspace) if self._context.is_open else []
        self._timer = next((one for one in found if one.started_at is not None), found[0] if found else None)
        self.setVisible(self._timer is not None)
        if self._timer is not None and self._timer.started_at is not None:
            self._tick.start()
        else:
            self._tick.stop()
        self._show()

    def _show(self) -> None:
        timer = self._timer
        if timer is None or not self._context.is_open:
            return
        now = utc_now()
        warn = reminder(timer, now, self._context.today()) is not None
        text = f"{timer_clock(timer, elapsed_seconds(timer, now))} {name_of(self._context, Person, timer.person_id)}"
        self.setText(f"! {text}" if warn else text)
        self.setToolTip(self.tr("This timer was perhaps forgotten. Go to it.") if warn else self.tr("Go to the timer"))

    def _open(self) -> None:
        if self._timer is not None:
            self._context.navigate(Target.partnership(self._timer.partnership_id, Stage.HOURS, "entry"))
