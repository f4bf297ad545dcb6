"""Free slots of a date as buttons, looked for away from the GUI thread, with a verdict on any other slot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QMenu, QPushButton, QWidget

from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.services.live_check import LiveCheck
from cocivic_desktop.ui.pages.calendar import words

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.free_slots import FreeSlot
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import Key
    from cocivic_desktop.ui.tasks import Job

LOOKED_FOR = 16
"""Slots that are looked for; those beyond the buttons stand in a menu."""


class SlotFinder(QObject):
    """Loads what may be in the way of a date, and finds its nearest free slots; the last question counts."""

    found = Signal(object, object)
    """The `LiveCheck` and the free slots; None and an empty list where the date is gone."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None

    def ask(self, key: Key) -> None:
        """Look for the free slots of a date."""
        self.stop()
        workspace, today = self._context.workspace, self._context.today()

        def work() -> tuple[LiveCheck, list[FreeSlot]]:
            live = LiveCheck.load(workspace, key[0], today, around=key[1])
            return live, live.free_slots(key[1], limit=LOOKED_FOR)

        self._job = self._context.tasks.run(work, self._take, self._refuse)

    def stop(self) -> None:
        """Forget the last question."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _take(self, result: Any) -> None:
        self._job = None
        self.found.emit(*result)

    def _refuse(self, error: Exception) -> None:
        self._job = None
        self.found.emit(None, [])
        if not isinstance(error, NotFound):
            self._context.report(error)


class SlotButtons(QObject):
    """The first slots as buttons in a layout of the form, further ones in a menu; `taken` is called with a slot."""

    def __init__(
        self,
        layout: QBoxLayout,
        holder: QWidget,
        taken: Callable[[FreeSlot], object],
        shown: int,
        *,
        short: bool = False,
    ) -> None:
        super().__init__(holder)
        self._short = short
        self._layout, self._holder, self._taken, self._shown = layout, holder, taken, shown
        self.buttons: list[QPushButton] = []

    def show(self, slots: Sequence[FreeSlot]) -> None:
        """Offer these slots, best first."""
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for slot in slots[: self._shown]:
            button = QPushButton(self.text(slot), self._holder)
            button.setToolTip(self.tr("Move it there: nothing is in the way"))
            button.clicked.connect(lambda _=False, chosen=slot: self._taken(chosen))
            self._add(button)
        further = slots[self._shown :]
        if further:
            button = QPushButton(self.tr("More free slots"), self._holder)
            button.setProperty("look", "quiet")
            menu = QMenu(button)
            for slot in further:
                menu.addAction(self.text(slot)).triggered.connect(lambda _=False, chosen=slot: self._taken(chosen))
            button.setMenu(menu)
            self._add(button)

    def text(self, slot: FreeSlot) -> str:
        """A slot with its distance where there is room: "Tue 15 Dec 10:00 · a week later"."""
        if self._short:
            return words.slot_text(slot.on, slot.start_time)
        return f"{words.slot_text(slot.on, slot.start_time)} · {words.slot_distance(slot)}"

    def _add(self, button: QPushButton) -> None:
        self._layout.addWidget(button)
        self.buttons.append(button)
