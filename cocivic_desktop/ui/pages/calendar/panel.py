"""What the parts of the calendar page's detail pane share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry


def keep_small(chip: QLabel) -> None:
    """A chip keeps its height beside buttons."""
    chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


class PlanPanel(QWidget):
    """A tab about one date of an activity. Made by the form, then `setup`, then `show_entry` at every load."""

    context: Context
    data: CalendarData
    entry: Entry | None = None

    def setup(self, context: Context) -> None:
        """Say where data come from; called once."""
        self.context = context

    def show_entry(self, data: CalendarData, entry: Entry) -> None:
        """Show a date of an activity."""
        self.data, self.entry = data, entry
        self.reload()

    def put_by(self, data: CalendarData, entry: Entry) -> None:
        """Remember a date while another tab is in front; it is shown once this one is."""
        self.data, self.entry = data, entry

    def reload(self) -> None:
        """Fill the widgets from `self.data` and `self.entry`."""
