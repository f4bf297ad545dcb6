"""How the calendar is drawn, on the screen and on paper: shadings with a pattern, dates with a shape and a sign."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText

from cocivic_desktop.domain.activities import ActivityStatus
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
INK_CHANGES: Final = frozenset({QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange})
"""After these events, what was kept of colours and fonts is wrong."""
_MOST_KEPT: Final = 4_000
_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_PATTERNS: Final = {"holiday": Qt.BrushStyle.BDiagPattern, "assessment": Qt.BrushStyle.Dense6Pattern}


@dataclass(frozen=True)
class Ink:
    """Colours and sizes of one drawing. `own` is the partnership whose dates stand out."""

    roles: Roles
    font: QFont
    printed: bool = False
    _colors: dict[str, QColor] = field(default_factory=dict)
    _fonts: dict[tuple[int, bool], tuple[QFont, QFontMetricsF]] = field(default_factory=dict)
    _blocks: dict[tuple[float, float, float, Look], QPixmap] = field(default_factory=dict)
    _lines: dict[tuple[str, int, bool], tuple[QStaticText, float]] = field(default_factory=dict)
    _cut: dict[tuple[str, int, int, bool], str] = field(default_factory=dict)

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
        found = self._colors.get(role)
        if found is None:
            found = self._colors[role] = self.roles.color(role)
        return found

    def sized(self, size: int = SMALL, *, bold: bool = False) -> QFont:
        """The font in another size."""
        return self._font(size, bold)[0]

    def _font(self, size: int, bold: bool) -> tuple[QFont, QFontMetricsF]:
        found = self._fonts.get((size, bold))
        if found is None:
            font = QFont(self.font)
            font.setPixelSize(size)
            font.setBold(bold)
            found = self._fonts[size, bold] = font, QFontMetricsF(font)
        return found

    def block(self, painter: QPainter, size: QSizeF, look: Look) -> QPixmap:
        """The ground of a date, drawn once for each size and look."""
        ratio = painter.device().devicePixelRatio()
        key = (size.width(), size.height(), ratio, look)
        found = self._blocks.get(key)
        if found is None:
            if len(self._blocks) > _MOST_KEPT:
                self._blocks.clear()
            found = self._blocks[key] = QPixmap((size * ratio).toSize() + QSize(1, 1))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            inside = QPainter(found)
            inside.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_block(inside, QRectF(QPointF(), size), self, *look)
            inside.end()
        return found

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
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        role: str = "text",
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        bold: bool = False,
    ) -> None:
        """One line of small text in the painter's font, cut with an ellipsis where it is too long."""
        painter.setPen(self.color(role))
        if self.printed or align is not Qt.AlignmentFlag.AlignLeft:
            painter.drawText(place, int(align | _LINE), self.cut(text, place.width(), bold=bold))
            return
        key = (text, int(place.width()), bold)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) > _MOST_KEPT:
                self._lines.clear()
                self._cut.clear()
            line = QStaticText(self.cut(text, place.width(), bold=bold))
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            line.prepare(font=painter.font())
            found = self._lines[key] = line, line.size().height()
        painter.drawStaticText(QPointF(place.left(), place.top() + (place.height() - found[1]) / 2), found[0])

    def cut(self, text: str, width: float, *, bold: bool = False, size: int = SMALL) -> str:
        """A text as far as it fits."""
        key = (text, int(width), size, bold)
        found = self._cut.get(key)
        if found is None:
            metrics = self._font(size, bold)[1]
            found = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._cut[key] = found
        return found


def role_of(entry: Entry, *, own: bool) -> str:
    """The colour of a date by what it means."""
    one = entry.occurrence
    if one is None or one.cancelled:
        return "muted"
    if entry.standing:
        return "bad" if entry.hard else "warning"
    return "accent" if own else "muted"


def short_text(entry: Entry, day: date | None = None) -> str:
    """A date in one line; on the days that follow the first one, without its time."""
    one = entry.occurrence
    if day is None or one is None or day == one.on:
        return entry.text
    return f"{entry.sign} {entry.activity.title}".strip()


Look = tuple[str, str, bool, bool]
"""Colours of frame and ground, whether the frame is dashed, whether a bar stands at the left."""


def _paint_block(
    painter: QPainter, place: QRectF, ink: Ink, role: str, ground: str, dashed: bool, with_bar: bool
) -> None:
    block = place.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(ink.color(ground))
    painter.setPen(QPen(ink.color(role), 1.0, Qt.PenStyle.DashLine) if dashed else ink.color(role))
    painter.drawRoundedRect(block, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if with_bar:
        painter.fillRect(QRectF(block.left(), block.top() + 1, 3, block.height() - 2), ink.color(role))


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
    look = (role, ground, tentative, not cancelled and not tentative)
    if ink.printed:
        _paint_block(painter, place, ink, *look)
    else:
        painter.drawPixmap(place.topLeft(), ink.block(painter, place.size(), look))
    if chosen:
        painter.setPen(QPen(ink.color("text"), 2 if strong else 1.5))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    inside = place.adjusted(6, 0, -3, 0)
    if cancelled:
        painter.save()
        struck = QFont(painter.font())
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
    if cancelled:
        painter.restore()


def paint_mark(painter: QPainter, place: QRectF, entries: list[Entry], ink: Ink, *, own: bool, chosen: bool) -> None:
    """Dates of one week as one mark: the first is the worst and gives shape and sign, else it tells their number."""
    worst = entries[0]
    one = worst.occurrence
    role = role_of(worst, own=own)
    hollow = one is None or one.cancelled or one.status is ActivityStatus.TENTATIVE
    painter.setPen(QPen(ink.color(role), 1.5))
    painter.setBrush(ink.color("surface" if hollow else role))
    painter.drawRoundedRect(place.adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    sign = worst.sign or ("" if len(entries) == 1 else str(len(entries)) if len(entries) < 10 else "+")
    if sign:
        painter.setFont(ink.sized(SMALL, bold=True))
        painter.setPen(ink.color(role if hollow else "surface"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), sign)
    if one is not None and one.cancelled:
        painter.drawLine(place.bottomLeft() + QPointF(2, -3), place.topRight() + QPointF(-2, 3))
    if chosen:
        painter.setPen(QPen(ink.color("text"), 2))
        painter.drawRoundedRect(place.adjusted(-2, -2, 2, 2), 5, 5)
