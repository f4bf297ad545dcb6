"""How the calendar is drawn, on the screen and on paper: shadings with a pattern, dates with a shape and a sign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.ui.texts.formats import time_text
from cocivic_desktop.ui.theme import LIGHT, Roles, roles

if TYPE_CHECKING:
    from datetime import date

    from cocivic_desktop.ui.pages.calendar.data import Entry

SMALL: Final = 12
"""Smallest text on the screen, in logical pixels."""
_PAPER: Final = replace(
    LIGHT,
    background="FFFFFF",
    line="999999",
    text="000000",
    muted="333333",
    accent="000000",
    accent_soft="FFFFFF",
    selection="FFFFFF",
    warning="000000",
    warning_soft="FFFFFF",
    bad="000000",
    bad_soft="FFFFFF",
    good="000000",
    good_soft="FFFFFF",
    holiday="EEEEEE",
    assessment="FFFFFF",
)
_HATCH: Final = 7.0
"""Distance of the printed lines, in units of the page."""
_PATTERNS: Final = {"holiday": Qt.BrushStyle.BDiagPattern, "assessment": Qt.BrushStyle.Dense6Pattern}


@dataclass(frozen=True)
class Ink:
    """Colours and sizes of one drawing. `own` is the partnership whose dates stand out."""

    roles: Roles
    font: QFont
    printed: bool = False

    @staticmethod
    def screen(font: QFont) -> Ink:
        """As the window is dressed now."""
        return Ink(roles(), font)

    @staticmethod
    def paper(font: QFont) -> Ink:
        """Black on white, so that a copy stays readable."""
        return Ink(_PAPER, font, printed=True)

    def color(self, role: str) -> QColor:
        """The colour of a role."""
        return self.roles.color(role)

    def sized(self, size: int = SMALL, *, bold: bool = False) -> QFont:
        """The font in another size."""
        font = QFont(self.font)
        font.setPixelSize(size)
        font.setBold(bold)
        return font

    def shade(self, painter: QPainter, place: QRectF, role: str) -> None:
        """Ground of closed days or assessments: a colour and a pattern, never the colour alone."""
        if not role:
            return
        painter.fillRect(place, self.color(role))
        if self.printed:
            self._hatch(painter, place, role)
            return
        lines = QColor(self.color("muted"))
        lines.setAlphaF(0.16)
        painter.fillRect(place, QBrush(lines, _PATTERNS[role]))

    def _hatch(self, painter: QPainter, place: QRectF, role: str) -> None:
        """The pattern as lines: those of a brush are as fine as the dots of the printer."""
        painter.save()
        painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
        painter.setPen(
            QPen(self.color("line"), 0.6, Qt.PenStyle.SolidLine if role == "holiday" else Qt.PenStyle.DotLine)
        )
        reach = place.height()
        start = place.left() - place.left() % _HATCH - reach - reach % _HATCH
        while start < place.right():
            painter.drawLine(QPointF(start, place.bottom()), QPointF(start + reach, place.top()))
            start += _HATCH
        painter.restore()

    def write(
        self, painter: QPainter, place: QRectF, text: str, role: str = "text", *, align: Qt.AlignmentFlag | None = None
    ) -> None:
        """One line of text, cut with an ellipsis where it is too long."""
        metrics = QFontMetricsF(painter.font())
        if metrics.horizontalAdvance(text) > place.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(self.color(role))
        flags = (align or Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(place, int(flags), text)


def sign_of(entry: Entry) -> str:
    """What stands before a title: "×" not possible, "!" unwise, "✓" done."""
    if entry.standing:
        return "×" if entry.hard else "!"
    if entry.occurrence is not None and entry.occurrence.status is ActivityStatus.DONE:
        return "✓"
    return ""


def role_of(entry: Entry, *, own: bool) -> str:
    """The colour of a date by what it means."""
    one = entry.occurrence
    if one is None or one.cancelled:
        return "muted"
    if entry.standing:
        return "bad" if entry.hard else "warning"
    return "accent" if own else "muted"


def short_text(entry: Entry, day: date | None = None) -> str:
    """A date in one line: sign, time, title; on the days that follow the first one, without the time."""
    one = entry.occurrence
    begins = one.starts_at if one is not None and (day is None or day == one.on) else None
    parts = [sign_of(entry), time_text(begins), entry.activity.title]
    return " ".join(part for part in parts if part)


def paint_date(
    painter: QPainter,
    place: QRectF,
    entry: Entry,
    ink: Ink,
    *,
    own: bool,
    chosen: bool,
    text: str,
    strong: bool = False,
) -> None:
    """A date as a block: filled ground when planned, a dashed frame when tentative, struck through when cancelled."""
    one = entry.occurrence
    role = role_of(entry, own=own)
    cancelled = one is None or one.cancelled
    tentative = one is not None and one.status is ActivityStatus.TENTATIVE
    grounds = {"accent": "accent_soft", "bad": "bad_soft", "warning": "warning_soft"}
    ground = "surface" if cancelled or tentative else grounds.get(role, "background")
    frame = QPen(ink.color(role), 1.0, Qt.PenStyle.DashLine if tentative else Qt.PenStyle.SolidLine)
    block = place.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(ink.color(ground))
    painter.setPen(frame)
    painter.drawRoundedRect(block, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    bar = QRectF(block.left(), block.top() + 1, 3, block.height() - 2)
    if not cancelled and not tentative:
        painter.fillRect(bar, ink.color(role))
    if chosen:
        painter.setPen(QPen(ink.color("text"), 2 if strong else 1.5))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    inside = place.adjusted(6, 0, -3, 0)
    font = painter.font()
    if cancelled and not font.strikeOut():
        struck = QFont(font)
        struck.setStrikeOut(True)
        painter.setFont(struck)
    if inside.height() < 30:
        ink.write(painter, inside, text, "muted" if cancelled else "text")
    else:
        painter.setPen(ink.color("muted" if cancelled else "text"))
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.save()
        painter.setClipRect(place)
        painter.drawText(inside.adjusted(0, 2, 0, 0), int(flags), text)
        painter.restore()
    painter.setFont(font)


def paint_mark(painter: QPainter, place: QRectF, entries: list[Entry], ink: Ink, *, own: bool, chosen: bool) -> None:
    """Dates of one week as one mark: the worst state gives its shape and sign, else their number stands in it."""
    worst = min(entries, key=lambda one: ("× !".find(sign_of(one) or "?") % 4, one.on))
    one = worst.occurrence
    role = role_of(worst, own=own)
    hollow = one is None or one.cancelled or one.status is ActivityStatus.TENTATIVE
    painter.setPen(QPen(ink.color(role), 1.5))
    painter.setBrush(ink.color("surface" if hollow else role))
    painter.drawRoundedRect(place.adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    sign = sign_of(worst) or ("" if len(entries) == 1 else str(len(entries)) if len(entries) < 10 else "+")
    if sign:
        painter.setFont(ink.sized(SMALL, bold=True))
        painter.setPen(ink.color(role if hollow else "surface"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), sign)
    if one is not None and one.cancelled:
        painter.drawLine(place.bottomLeft() + QPointF(2, -3), place.topRight() + QPointF(-2, 3))
    if chosen:
        painter.setPen(QPen(ink.color("text"), 2))
        painter.drawRoundedRect(place.adjusted(-2, -2, 2, 2), 5, 5)
