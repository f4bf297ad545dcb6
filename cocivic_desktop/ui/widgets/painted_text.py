"""Texts of several lines for painted items: where they break, and how high they are."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

SMALL = 12
"""Smallest size of text, in logical pixels."""


def small(font: QFont, size: int = SMALL) -> QFont:
    """The font in another size, in logical pixels."""
    result = QFont(font)
    result.setPixelSize(size)
    return result


def wrapped(text: str, font: QFont, width: float, most: int) -> list[str]:
    """A text as at most `most` lines that fit `width` logical pixels; what does not fit ends with an ellipsis."""
    text = " ".join(text.split())
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1.0))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    lines = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    if len(lines) > most:
        rest = text[starts[most - 1] :]
        lines = lines[:most]
        lines[-1] = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, int(width))
    return lines


def paint_lines(painter: QPainter, place: QRectF, lines: list[str], font: QFont) -> float:
    """Write lines from the top of `place` down in the painter's pen; returns the height that they took."""
    painter.setFont(font)
    metrics = QFontMetrics(font)
    for number, line in enumerate(lines):
        painter.drawText(QPointF(place.left(), place.top() + metrics.ascent() + number * metrics.lineSpacing()), line)
    return float(len(lines) * metrics.lineSpacing())
