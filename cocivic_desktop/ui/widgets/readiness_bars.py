"""The picture of readiness: a row per area, a mark per question, and how much of it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cocivic_desktop.domain.partnerships import ReadinessAnswerValue
from cocivic_desktop.domain.rules.readiness import Area
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import roles

ROW, MARK, GAP = 30, 22, 4
NAME_SHARE: Final = 0.55
"""Share of the width that the names may take."""
SIGNS: Final = {
    ReadinessAnswerValue.YES: "✓",
    ReadinessAnswerValue.PARTLY: "½",
    ReadinessAnswerValue.NO: "×",
    ReadinessAnswerValue.UNKNOWN: "?",
    None: "",
}


class ReadinessBars(QWidget):
    """Shows areas; the same stands in its accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas: list[Area] = []
        self._names: Mapping[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_areas(self, areas: Sequence[Area], names: Mapping[str, str]) -> None:
        """Show these areas under their names."""
        self._areas, self._names = list(areas), names
        self.setAccessibleName("; ".join(area_text(area, names) for area in areas))
        self.setToolTip("\n".join(area_text(area, names) for area in areas))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(320, ROW * max(1, len(self._areas)))

    def minimumSizeHint(self) -> QSize:
        """Rows are never cut."""
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names at the left, marks behind them, the share at the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = QFontMetrics(self.font())
        left = min(
            max((names.horizontalAdvance(self._name(area)) for area in self._areas), default=0) + 12,
            round(self.width() * NAME_SHARE),
        )
        for number, area in enumerate(self._areas):
            top = number * ROW
            painter.setFont(self.font())
            painter.setPen(roles().color("text"))
            shown = names.elidedText(self._name(area), Qt.TextElideMode.ElideRight, left - 8)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, left, ROW), middle, shown)
            for place, mark in enumerate(area.marks):
                frame = QRectF(left + place * (MARK + GAP), top + (ROW - MARK) / 2, MARK, MARK)
                _paint_mark(painter, frame.adjusted(0.5, 0.5, -0.5, -0.5), mark.answer)
            painter.setFont(self.font())
            painter.setPen(roles().color("muted"))
            right = Qt.AlignmentFlag.AlignRight | middle
            painter.drawText(QRectF(0, top, self.width() - 4, ROW), right, f"{round(area.share * 100)} %")
        painter.end()

    def _name(self, area: Area) -> str:
        return self._names.get(area.code, area.code)


def area_text(area: Area, names: Mapping[str, str]) -> str:
    """An area in words: "Calendar and rhythm: 2 × yes, 1 × not known"."""
    counted = [(word(answer), area.count(answer)) for answer in ReadinessAnswerValue]
    open_count = area.count(None)
    parts = [f"{count} × {words}" for words, count in counted if count]
    if open_count:
        parts.append(QCoreApplication.translate("ReadinessBars", "{count} × not answered").format(count=open_count))
    return f"{names.get(area.code, area.code)}: {', '.join(parts)}"


def _paint_mark(painter: QPainter, frame: QRectF, answer: ReadinessAnswerValue | None) -> None:
    color = roles().color
    tone = {
        ReadinessAnswerValue.YES: ("accent", "accent_soft"),
        ReadinessAnswerValue.PARTLY: ("warning", "warning_soft"),
        ReadinessAnswerValue.NO: ("bad", "bad_soft"),
        ReadinessAnswerValue.UNKNOWN: ("muted", "background"),
        None: ("line", "surface"),
    }[answer]
    pen = QPen(color(tone[0]), 1)
    if answer is None:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(color(tone[1]))
    painter.drawRoundedRect(frame, 4, 4)
    font = QFont(painter.font())
    font.setPixelSize(13)
    painter.setFont(font)
    painter.setPen(color(tone[0]))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, SIGNS[answer])
