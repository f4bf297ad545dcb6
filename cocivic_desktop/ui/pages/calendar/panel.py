"""What the parts of the calendar page's detail pane share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QWidget

from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry


def keep_small(chip: QLabel) -> None:
    """A chip keeps its height beside buttons."""
    chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


class PlanPanel(QWidget):
    """A tab about one date of an activity. Made by the form, then `setup`, then `show_entry` at every load."""

    moved = Signal(object)
    """The key of the date after it was moved, changed, or became part of another series, so that it stays chosen."""

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


class ReachBox(QObject):
    """Whether changes of a series apply to all of its dates, or from the chosen one on; hidden where that is the same.

    The first choice is all dates; another date of the same series keeps what was chosen.
    """

    TEXTS = (
        QT_TRANSLATE_NOOP("ReachBox", "all dates of the series"),
        QT_TRANSLATE_NOOP("ReachBox", "this date and all following"),
    )

    def __init__(self, label: QLabel, box: QComboBox) -> None:
        super().__init__(box)
        self._label, self.box = label, box
        self._of: object = None
        box.addItems([QCoreApplication.translate("ReachBox", text) for text in self.TEXTS])

    @property
    def following(self) -> bool:
        """Whether changes apply from the chosen date on."""
        return not self.box.isHidden() and self.box.currentIndex() == 1

    def show_entry(self, entry: Entry) -> None:
        """Offer the choice where a date is neither the only nor the first one."""
        one, activity = entry.occurrence, entry.activity
        later = activity.recurrence is not None and one is not None and one.original_on > activity.starts_on
        if self._of != activity.id:
            self._of = activity.id
            self.box.setCurrentIndex(0)
        for widget in (self._label, self.box):
            widget.setVisible(later)
