"""A field for whole minutes, typed as hours and minutes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cocivic_desktop.domain.rules.durations import parse_minutes
from cocivic_desktop.ui.texts.formats import minutes_text


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
