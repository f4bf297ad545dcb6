"""A field for a time of day that may be empty."""

from __future__ import annotations

import re
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cocivic_desktop.ui.texts.formats import time_text


def parse_time(text: str) -> time | None:
    """A wall clock time from "10", "1030", "10:30", "10.30", "3 pm"; empty is None. Raises ValueError."""
    text = text.strip().lower().replace("h", ":").replace("uhr", "").strip(" :.")
    if not text:
        return None
    match = re.fullmatch(r"(\d{1,2})(?:[:.\s]?(\d{2}))?\s*(am|pm)?", text)
    if match is None:
        raise ValueError(text)
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] is not None:
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    return time(hour, minute)


class TimeField(QLineEdit):
    """A line to type a time of day into. Empty means None, e.g. an activity of the whole day."""

    time_changed = Signal(object)
    invalid = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment: time | None = None
        self.setMinimumWidth(64)  # a time is read whole, however narrow the pane
        self.setMaximumWidth(100)
        self.setPlaceholderText(self.tr("no time"))
        self.editingFinished.connect(self._read)

    @property
    def moment(self) -> time | None:
        """The last time that could be read."""
        return self._moment

    @property
    def is_invalid(self) -> bool:
        """Whether the text is no time."""
        try:
            parse_time(self.text())
        except ValueError:
            return True
        return False

    def set_time(self, moment: time | None) -> None:
        """Show a time, or nothing; tells nobody."""
        self._moment = moment
        self.setText(time_text(moment))

    def _read(self) -> None:
        try:
            moment = parse_time(self.text())
        except ValueError:
            self.invalid.emit(True)
            return
        self.invalid.emit(False)
        changed = moment != self._moment
        self.set_time(moment)
        if changed:
            self.time_changed.emit(moment)
