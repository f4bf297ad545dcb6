"""A field for a day that may be empty: typed in any usual way, or chosen from a calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from cocivic_desktop.ui import icons
from cocivic_desktop.ui.texts.formats import day_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


def parse_day(text: str, today: date) -> date | None:
    """A day from what a person types: "21.9.", "21 Sep 2026", "2026-09-21", "today", "+3".

    Empty text is None. Without a year, the nearest such day counts that is not over half a year ago.
    Raises ValueError when no day can be read. Order of day and month follows the locale.
    """
    text = text.strip()
    if not text:
        return None
    if text.lower() in ("today", "heute", "hoy", "bugün"):
        return today
    if match := re.fullmatch(r"\+(\d{1,3})", text):
        return today + timedelta(days=int(match[1]))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]?\s*(\d{2}|\d{4})?", text):
        first, second = int(match[1]), int(match[2])
        month_first = "/" in text and re.search(
            "m.*d", QLocale().dateFormat(QLocale.FormatType.ShortFormat), re.IGNORECASE
        )
        month, day = (first, second) if month_first else (second, first)
        return _with_year(day, month, match[3], today)
    for pattern in ("ddd d MMM yyyy", "d MMM yyyy", "d MMMM yyyy", "ddd d MMM", "d MMM", "d MMMM"):
        for locale in (QLocale(), QLocale.c()):
            found = locale.toDate(text.rstrip("."), pattern)
            if found.isValid():
                year = str(found.year()) if "yyyy" in pattern else None
                return _with_year(found.day(), found.month(), year, today)
    raise ValueError(text)


def _with_year(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = date(today.year, month, day)
    if (today - found).days > 183:
        return date(today.year + 1, month, day)
    return found


class DateField(QWidget):
    """A line to type a day into, with a calendar at its right. Empty means None."""

    day_changed = Signal(object)
    """The day, or None; only when the person has changed it."""
    edited = Signal()
    """The text is being typed at."""
    invalid = Signal(bool)
    """Whether what is typed is no day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._popup: QFrame | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.line = QLineEdit(self)
        self.line.setMinimumWidth(110)
        self.line.setMaximumWidth(160)
        self.line.setPlaceholderText(self.tr("no date"))
        self.button = QToolButton(self)
        self.button.setProperty("look", "quiet")
        self.button.setIcon(icons.icon("calendar", "muted"))
        self.button.setToolTip(self.tr("Choose from a calendar (Alt+Down)"))
        self.button.setAccessibleName(self.tr("Choose from a calendar"))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self.line)
        layout.addWidget(self.button)
        layout.addStretch(1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda: self.edited.emit())
        self.line.editingFinished.connect(self._read)
        self.button.clicked.connect(self.choose)

    @property
    def day(self) -> date | None:
        """The last day that could be read."""
        return self._day

    @property
    def is_invalid(self) -> bool:
        """Whether the text is no day."""
        try:
            parse_day(self.line.text(), date.today())
        except (ValueError, OverflowError):
            return True
        return False

    def set_day(self, day: date | None) -> None:
        """Show a day, or nothing; tells nobody."""
        self._day = day
        self.line.setText(day_text(day, weekday=True))
        self.line.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.choose()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icon anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "button"):
            self.button.setIcon(icons.icon("calendar", "muted"))
        super().changeEvent(event)

    def choose(self) -> None:
        """Open the calendar below the field."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("look", "popup")
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(4, 4, 4, 4)
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        shown = self._day or date.today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(self._take)
        calendar.clicked.connect(self._take)
        layout.addWidget(calendar)
        self._popup = popup
        popup.adjustSize()
        popup.move(self._place(popup))
        popup.show()
        calendar.setFocus()

    def _place(self, popup: QFrame) -> QPoint:
        """Below the field, or above where the screen ends."""
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        available: QRect = self.screen().availableGeometry()
        if below.y() + popup.height() > available.bottom():
            below.setY(self.mapToGlobal(QPoint(0, 0)).y() - popup.height() - 2)
        below.setX(max(available.left(), min(below.x(), available.right() - popup.width())))
        return below

    def _take(self, chosen: QDate) -> None:
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self._set_by_hand(date(chosen.year(), chosen.month(), chosen.day()))

    def _read(self) -> None:
        try:
            day = parse_day(self.line.text(), date.today())
        except (ValueError, OverflowError):
            self.invalid.emit(True)
            return
        self.invalid.emit(False)
        self._set_by_hand(day)

    def _set_by_hand(self, day: date | None) -> None:
        changed = day != self._day
        self.set_day(day)
        if changed:
            self.invalid.emit(False)
            self.day_changed.emit(day)
