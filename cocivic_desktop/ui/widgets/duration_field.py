"""A field for whole minutes, typed as hours and minutes."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cocivic_desktop.ui.texts.formats import minutes_text

_NUMBER = r"(\d+(?:[.,]\d+)?)"


def parse_minutes(text: str) -> int | None:
    """Whole minutes from "1:30", "90 min", "1.5 h", "1 h 30 min", "2" (hours up to 12, else minutes); empty is None.

    Raises ValueError when it is no duration.
    """
    text = text.strip().lower()
    if not text:
        return None
    if match := re.fullmatch(r"(\d+):([0-5]?\d)", text):
        return int(match[1]) * 60 + int(match[2])
    if match := re.fullmatch(
        rf"{_NUMBER}\s*(?:h|hours?|std\.?|sa|stunden?)(?:\s*(\d+)\s*(?:m|min|minutes?|dk)?)?", text
    ):
        return round(_float(match[1]) * 60) + int(match[2] or 0)
    if match := re.fullmatch(r"(\d+)\s*(?:m|min|minutes?|minuten|dk)", text):
        return int(match[1])
    if match := re.fullmatch(_NUMBER, text):
        value = _float(match[1])
        return round(value * 60) if value <= 12 else round(value)
    raise ValueError(text)


def _float(text: str) -> float:
    return float(text.replace(",", "."))


class DurationField(QLineEdit):
    """A line to type a duration into; holds whole minutes, or None while empty."""

    minutes_changed = Signal(object)
    invalid = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minutes: int | None = None
        self.setMaximumWidth(140)
        self.setPlaceholderText(self.tr("e.g. 1:30"))
        self.editingFinished.connect(self._read)

    @property
    def minutes(self) -> int | None:
        """The last duration that could be read."""
        return self._minutes

    @property
    def is_invalid(self) -> bool:
        """Whether the text is no duration."""
        try:
            parse_minutes(self.text())
        except ValueError:
            return True
        return False

    def set_minutes(self, minutes: int | None) -> None:
        """Show a duration, or nothing; tells nobody."""
        self._minutes = minutes
        self.setText(minutes_text(minutes))

    def _read(self) -> None:
        try:
            minutes = parse_minutes(self.text())
        except ValueError:
            self.invalid.emit(True)
            return
        self.invalid.emit(False)
        changed = minutes != self._minutes
        self.set_minutes(minutes)
        if changed:
            self.minutes_changed.emit(minutes)
