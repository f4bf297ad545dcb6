"""The overlap map as a table: our themes down, the school's objectives across, how much they share in each cell."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cocivic_desktop.services.overlaps import STRENGTHS, OverlapMap
from cocivic_desktop.ui.theme import roles
from cocivic_desktop.ui.widgets.painted_text import paint_lines, small, wrapped

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
STRENGTH_ROLE: Final = Qt.ItemDataRole.UserRole + 1
LEAST_COLUMN: Final = 112
"""Least width of a column at usual size, in logical pixels; more columns scroll."""
MARK: Final = 22
"""Diameter of the circle that shows how much is in common; a click on it takes the next step."""


class OverlapModel(QAbstractTableModel):
    """Rows are themes, columns objectives. `set_strength` asks for a change; the page stores it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map: OverlapMap | None = None

    def show_map(self, found: OverlapMap) -> None:
        """Show a map, freshly read; while rows and columns stay, so does the chosen cell."""
        old, self.map = self.map, found
        if old is not None and (old.themes, old.objectives) == (found.themes, found.objectives) and found.themes:
            last = self.index(len(found.themes) - 1, len(found.objectives) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self.map is None else len(self.map.themes)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or self.map is None else len(self.map.objectives)

    def pair(self, index: Index) -> tuple[str, str]:
        """Theme and objective of a cell."""
        assert self.map is not None  # noqa: S101 - an index exists only with a map
        return self.map.themes[index.row()], self.map.objectives[index.column()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.map is None:
            return None
        theme, objective = self.pair(index)
        cell = self.map.cells.get((theme, objective))
        strength = cell.strength if cell is not None else 0
        text = cell.common_ground if cell is not None else ""
        if role == STRENGTH_ROLE:
            return strength
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{theme} and {objective}: {strength}. {text}").format(
                theme=theme, objective=objective, strength=self.strength_word(strength), text=text
            )
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.map is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        texts = self.map.objectives if orientation == Qt.Orientation.Horizontal else self.map.themes
        return texts[section] if 0 <= section < len(texts) else None

    def strength_word(self, strength: int) -> str:
        """0, 1 and 2 in words."""
        return (self.tr("nothing in common yet"), self.tr("something in common"), self.tr("much in common"))[strength]


class OverlapDelegate(QStyledItemDelegate):
    """A circle, empty, half or full, and below it what the two sides have written."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        view = option.widget  # type: ignore[attr-defined]
        color = roles().color
        strength = int(index.data(STRENGTH_ROLE) or 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = rect.adjusted(2.5, 2.5, -2.5, -2.5)
        ground = ("surface", "background", "accent_soft")[strength]
        painter.setBrush(color("selection" if chosen else ground))
        painter.setPen(QPen(color("accent" if chosen else "line"), 2 if chosen else 1))
        painter.drawRoundedRect(frame, 6, 6)
        self._mark(painter, mark_place(rect, view), strength)
        text = str(index.data() or "")
        font = small(option.font, max(12, option.font.pixelSize() - 2))  # type: ignore[attr-defined]
        place = frame.adjusted(8, mark_size(view) + 12, -8, -4)
        lines = int(place.height() // max(1, painter.fontMetrics().lineSpacing()))
        if text and lines:
            painter.setPen(color("text"))
            paint_lines(painter, place, wrapped(text, font, place.width(), lines), font)
        painter.restore()

    def _mark(self, painter: QPainter, place: QRectF, strength: int) -> None:
        color = roles().color
        painter.setPen(QPen(color("accent" if strength else "muted"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent"))
        if strength == 1:
            painter.drawChord(place, -90 * 16, 180 * 16)
        elif strength:
            painter.drawEllipse(place)


class TopicHeader(QHeaderView):
    """A header whose texts wrap, in the size of the table's text."""

    def __init__(self, orientation: Qt.Orientation, parent: QTableView) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self._table = parent

    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        font = self._table.font()
        bold = small(font, font.pixelSize())
        bold.setWeight(bold.Weight.DemiBold)
        text = str(self.model().headerData(logicalIndex, self.orientation()) or "")
        place = QRectF(rect).adjusted(8, 6, -6, -4)
        painter.save()
        chosen = self._table.currentIndex()
        here = chosen.column() if self.orientation() == Qt.Orientation.Horizontal else chosen.row()
        painter.setPen(roles().color("accent" if here == logicalIndex else "text"))
        spacing = self._table.fontMetrics().lineSpacing()
        lines = wrapped(text, bold, place.width(), max(1, int(place.height() // spacing)))
        if self.orientation() == Qt.Orientation.Horizontal:
            place.setTop(place.bottom() - len(lines) * spacing)
        else:
            place.setTop(place.top() + max(0.0, (place.height() - len(lines) * spacing) / 2))
        paint_lines(painter, place, lines, bold)
        painter.restore()


class OverlapMatrix(QTableView):
    """Keys 0, 1, 2 set a cell, Space takes the next step; a click on the circle does too."""

    chosen = Signal(object)
    """Theme and objective of the chosen cell, or None."""
    strength_asked = Signal(int)
    """The chosen cell is to have this strength."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overlaps = OverlapModel(self)
        self.setModel(self.overlaps)
        self.setItemDelegate(OverlapDelegate(self))
        self.setHorizontalHeader(TopicHeader(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(TopicHeader(Qt.Orientation.Vertical, self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._scale = 1.0
        self.selectionModel().currentChanged.connect(lambda: self._tell())
        self.overlaps.modelReset.connect(self._fit)
        self.horizontalHeader().sectionClicked.connect(lambda column: self._go_to(self.currentIndex().row(), column))
        self.verticalHeader().sectionClicked.connect(lambda row: self._go_to(row, self.currentIndex().column()))

    @property
    def pair(self) -> tuple[str, str] | None:
        """Theme and objective of the chosen cell."""
        index = self.currentIndex()
        return self.overlaps.pair(index) if index.isValid() else None

    @property
    def scale(self) -> float:
        """1 for a desk, more for a projector."""
        return self._scale

    def set_scale(self, scale: float) -> None:
        """Draw everything larger, for people who sit at a distance."""
        self._scale = scale
        self.setFont(small(self.font(), round(14 * scale)))
        self._fit()

    def choose(self, theme: str, objective: str) -> bool:
        """Choose a cell; says whether it is there."""
        found = self.overlaps.map
        if found is None or theme not in found.themes or objective not in found.objectives:
            return False
        self._go_to(found.themes.index(theme), found.objectives.index(objective))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.pair is not None and Qt.Key.Key_0 <= key <= Qt.Key.Key_2:
            self.strength_asked.emit(key - Qt.Key.Key_0)
        elif self.pair is not None and key == Qt.Key.Key_Space:
            self._next()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            place = mark_place(QRectF(self.visualRect(index)), self).adjusted(-6, -6, 6, 6)
            if place.contains(event.position()):
                self._next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _next(self) -> None:
        self.strength_asked.emit((int(self.currentIndex().data(STRENGTH_ROLE) or 0) + 1) % STRENGTHS)

    def _go_to(self, row: int, column: int) -> None:
        index = self.overlaps.index(max(0, row), max(0, column))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _tell(self) -> None:
        self.chosen.emit(self.pair)
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()

    def _fit(self) -> None:
        """Columns and rows share the room; where it is too little, the table scrolls."""
        rows, columns = self.overlaps.rowCount(), self.overlaps.columnCount()
        if not rows or not columns:
            return
        scale = self._scale
        head = round(150 * scale)
        self.verticalHeader().setFixedWidth(min(head, max(120, self.width() // 5)))
        self.horizontalHeader().setFixedHeight(round(62 * scale))
        room = QSize(
            self.width() - self.verticalHeader().width() - 4, self.height() - self.horizontalHeader().height() - 4
        )
        width = max(round(LEAST_COLUMN * scale), room.width() // columns)
        height = max(round(76 * scale), min(round(130 * scale), room.height() // rows))
        for column in range(columns):
            self.setColumnWidth(column, width)
        for row in range(rows):
            self.setRowHeight(row, height)


def mark_size(view: object) -> float:
    """Diameter of the circle in a view, in logical pixels."""
    return MARK * (view.scale if isinstance(view, OverlapMatrix) else 1.0)


def mark_place(rect: QRectF, view: object) -> QRectF:
    """Where the circle stands in a cell."""
    size = mark_size(view)
    return QRectF(rect.left() + 12, rect.top() + 11, size, size)
