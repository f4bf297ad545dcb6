"""Six small rings in a row: how far the stages of a partnership have come."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.ui.models.record_table import RECORD_ROLE
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import ROW_HEIGHT, roles
from cocivic_desktop.ui.widgets.chip_delegate import cell_of
from cocivic_desktop.ui.widgets.stage_bar import paint_ring

SIZE, GAP = 14, 6
WIDTH = len(Stage) * (SIZE + GAP)


def paint_rings(painter: QPainter, place: QRectF, progress: Mapping[Stage, float]) -> None:
    """Draw the rings at the left of `place`, centred in its height."""
    chosen = roles()
    top = place.center().y() - SIZE / 2
    for number, stage in enumerate(Stage):
        ring = QRectF(place.left() + number * (SIZE + GAP), top, SIZE, SIZE)
        paint_ring(painter, ring, progress.get(stage, 0.0), chosen.color("accent"), chosen.color("line"), 3.5)


def progress_text(progress: Mapping[Stage, float]) -> str:
    """The same in words, for tips and screen readers."""
    return ", ".join(f"{word(stage)} {round(progress.get(stage, 0.0) * 100)} %" for stage in Stage)


class ProgressRings(QWidget):
    """The rings as a widget."""

    def __init__(self, progress: Mapping[Stage, float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = dict(progress)
        self.setFixedSize(WIDTH, 24)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(progress_text(progress))
        self.setAccessibleName(progress_text(progress))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_rings(painter, QRectF(self.rect()), self._progress)
        painter.end()


class RingsDelegate(QStyledItemDelegate):
    """Draws the rings in a table's cell; `progress` holds them by the id of the row's record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress: Mapping[UUID, Mapping[Stage, float]] = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        record = index.data(RECORD_ROLE)
        place = cell_of(option).adjusted(8, 0, -4, -1)
        paint_rings(painter, place, self.progress.get(record.id, {}) if record is not None else {})

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH + 16, ROW_HEIGHT)
