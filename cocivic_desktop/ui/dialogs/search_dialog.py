"""Search over everything (Ctrl+K): type, choose with the arrow keys, Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cocivic_desktop._generated.forms.search_dialog import Ui_SearchDialog
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import RECORD_ROLE, Column, RecordTableModel
from cocivic_desktop.ui.texts.actions import kind_word
from cocivic_desktop.ui.texts.words import capital
from cocivic_desktop.ui.theme import roles
from cocivic_desktop.ui.widgets.chip_delegate import cell_of, draw_ground

if TYPE_CHECKING:
    from cocivic_desktop.services.search import Hit

STAGE_OF = {
    **dict.fromkeys(("readiness_answer", "outreach", "meeting", "task", "expectation"), Stage.INITIATE),
    **dict.fromkeys(("overlap", "shared_goal", "indicator", "challenge", "solution", "team_member"), Stage.GOALS),
    **dict.fromkeys(("coaching_note", "research_question", "candidate", "fellowship_pair"), Stage.GOALS),
    **dict.fromkeys(("competence", "badge", "badge_award", "crisis_protocol"), Stage.GOALS),
    **dict.fromkeys(
        ("agreement", "clause", "responsibility", "commitment", "signature", "attachment"), Stage.AGREEMENT
    ),
    **dict.fromkeys(("activity", "participation", "school_year", "calendar_period"), Stage.CALENDAR),
    **dict.fromkeys(("hour_entry", "attendance"), Stage.HOURS),
    **dict.fromkeys(("survey", "measurement", "note"), Stage.EVALUATE),
}
"""The stage on which a kind of record is seen."""


class SearchDialog(QDialog):
    """A line and a list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SearchDialog()
        self.ui.setupUi(self)
        self._context = context
        self.model: RecordTableModel[Hit] = RecordTableModel([Column("hit", "", lambda hit: hit.title)], self)
        self.ui.resultsView.setModel(self.model)
        self.ui.resultsView.setItemDelegate(HitDelegate(self))
        self.ui.resultsView.setAccessibleName(self.tr("Results"))
        self.ui.resultsView.setMouseTracking(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self.search)
        self.ui.searchLine.textChanged.connect(lambda: self._timer.start())
        self.ui.searchLine.returnPressed.connect(self.go)
        self.ui.searchLine.installEventFilter(self)
        self.ui.searchLine.setClearButtonEnabled(True)
        self.ui.resultsView.activated.connect(lambda: self.go())
        self.ui.resultsView.clicked.connect(lambda: self.go())
        self.ui.hintLabel.setText(self.tr("Arrow keys choose, Enter opens, Esc closes"))
        self.finished.connect(self.deleteLater)
        self.resize(640, 460)

    def search(self) -> None:
        """Show what fits the text."""
        self._timer.stop()
        from cocivic_desktop.services.search import search

        text = self.ui.searchLine.text().strip()
        hits = self._context.attempt(search, self._context.workspace, text) or [] if text else []
        self.model.set_rows(hits)
        if hits:
            self.ui.resultsView.setCurrentIndex(self.model.index(0, 0))
        nothing = bool(text) and not hits
        hint = (
            self.tr("Nothing found. Try part of a word.")
            if nothing
            else self.tr("Arrow keys choose, Enter opens, Esc closes")
        )
        self.ui.hintLabel.setText(hint)

    def go(self) -> None:
        """Go to the chosen result."""
        if self._timer.isActive():
            self.search()
        hit = self.model.record(self.ui.resultsView.currentIndex())
        if hit is not None:
            self.accept()
            self._context.navigate(target_of(hit.kind, hit.id, hit.partnership_id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while the keyboard stays in the line."""
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in moves:
            QApplication.sendEvent(self.ui.resultsView, event)
            return True
        return super().eventFilter(watched, event)


def target_of(kind: str, record_id: UUID, partnership_id: UUID | None) -> Target:
    """Where a record is seen."""
    if kind == "partnership":
        return Target.partnership(record_id)
    if kind in STAGE_OF and partnership_id is not None:
        return Target.partnership(partnership_id, STAGE_OF[kind], section=kind, item=record_id)
    places = {"organisation": "schools", "person": "people"}
    if kind in places:
        return Target(places[kind], item=record_id)
    return Target.partnership(partnership_id) if partnership_id is not None else Target("home")


class HitDelegate(QStyledItemDelegate):
    """A result in two lines: title and kind, then where it is."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit = index.data(RECORD_ROLE)
        self.initStyleOption(option, index)
        view_font = draw_ground(painter, option)
        place = cell_of(option).adjusted(10, 5, -10, -6)
        painter.save()
        font = QFont(view_font)
        kind = capital(kind_word(hit.kind))
        small = QFont(font)
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(roles().color("muted"))
        width = painter.fontMetrics().horizontalAdvance(kind)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, kind)
        below = painter.fontMetrics().elidedText(hit.context, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, below)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(roles().color("text"))
        title = " ".join(str(hit.title).split())
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(place.width() - width - 16))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, 52)
