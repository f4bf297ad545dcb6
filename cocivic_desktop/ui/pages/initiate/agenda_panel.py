"""An agenda as a list to edit in place; a pane beside it holds the answer to the item that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QToolButton, QWidget

from cocivic_desktop._generated.forms.initiate_agenda_panel import Ui_AgendaPanel
from cocivic_desktop.domain.base import Entity, long_text
from cocivic_desktop.domain.partnerships import AgendaItem, ReadinessAnswerValue
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import tone, word
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.initiate.answer_pane import AnswerPane

TWO_LINES = 48
"""Height of a row, in logical pixels."""


@dataclass(kw_only=True, eq=False)
class AgendaLine(Entity):
    """One item of the agenda that is shown; its id is made from the meeting's and its place."""

    item: AgendaItem = field(default_factory=lambda: AgendaItem(text=""))
    answer: str = long_text()


class AgendaPanel(QWidget):
    """Items with what was answered; keys Insert, F2, Alt+Up and Alt+Down, Delete."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_AgendaPanel()
        self.ui.setupUi(self)
        self._meeting: UUID | None = None
        self._save: Callable[[list[AgendaItem]], object] = lambda items: None
        ui = self.ui
        self._tools: list[tuple[QToolButton, str, str, str, Callable[[], None]]] = [
            (ui.upButton, "up", self.tr("Move up (Alt+Up)"), "Alt+Up", lambda: self.shift(-1)),
            (ui.downButton, "down", self.tr("Move down (Alt+Down)"), "Alt+Down", lambda: self.shift(1)),
            (ui.removeButton, "close", self.tr("Remove from the agenda (Delete)"), "Del", self.remove),
        ]

    def setup(self, context: Context, pane: AnswerPane, save: Callable[[list[AgendaItem]], object]) -> None:
        """Say where answers are written, and how a changed agenda is stored: `save` gets all items."""
        self._save, self._pane = save, pane
        self.model: RecordTableModel[AgendaLine] = RecordTableModel(
            [
                Column(
                    "text",
                    self.tr("Item"),
                    lambda line: line.item.text,
                    change=self._rename,
                    tip=lambda line: line.item.text,
                ),
                Column("answer", self.tr("Answer"), self._chip, width=78, tip=lambda line: line.answer),
            ],
            self,
        )
        table = self.ui.items
        dress_records(table, self.model, self.model.columns, TWO_LINES)
        table.horizontalHeader().hide()
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.setAccessibleName(self.tr("Items of the agenda"))
        table.selectionModel().currentRowChanged.connect(lambda: self._show_line())
        self.form = RecordForm(context, AgendaLine, pane, save=self._save_answer)
        pane.settled.connect(self.settle)
        self.ui.emptyState.set_texts(
            self.tr("Nothing on the agenda"),
            self.tr("“Open points” brings what is not known yet."),
            self.tr("Add item"),
        )
        self.ui.emptyState.action_clicked.connect(self.add)
        self.ui.addButton.clicked.connect(lambda: self.add())
        for button, _, tip, keys, action in self._tools:
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda checked=False, action=action: action())
            self._shortcut(keys, action)
        self._shortcut("Ins", self.add)
        self.ui.addButton.setToolTip(self.tr("Insert"))
        self._draw_icons()

    def load(self, meeting_id: UUID | None, items: Sequence[AgendaItem]) -> None:
        """Show a meeting's agenda; the chosen item stays chosen."""
        if meeting_id == self._meeting and list(items) == [line.item for line in self.model.rows]:
            return  # shown already: what is being typed stays
        row = self.ui.items.currentIndex().row() if meeting_id == self._meeting else 0
        if meeting_id != self._meeting:
            self.form.load(None)
        self._meeting = meeting_id
        self.model.set_rows(
            [
                AgendaLine(id=uuid5(meeting_id, str(number)), item=item, answer=item.answer)
                for number, item in enumerate(items if meeting_id is not None else ())
                if meeting_id is not None
            ]
        )
        self.ui.items.setColumnHidden(1, not any(self._chip(line) for line in self.model.rows))
        self.ui.agendaStack.setCurrentWidget(self.ui.itemsPane if self.model.rows else self.ui.emptyState)
        self.ui.addButton.setVisible(bool(self.model.rows))
        self._select(min(max(row, 0), len(self.model.rows) - 1))

    @property
    def line(self) -> AgendaLine | None:
        """The item that is chosen."""
        return self.model.record(self.ui.items.currentIndex())

    def add(self) -> None:
        """Put a new item below the chosen one and let its words be typed."""
        if self._meeting is None:
            return
        row = self.ui.items.currentIndex().row() + 1 if self.model.rows else 0
        items = self._items()
        items.insert(row, AgendaItem(text=self.tr("New item")))
        self._store(items, row)
        self.ui.items.setFocus()
        self.ui.items.edit(self.model.index(row, 0))

    def shift(self, step: int) -> None:
        """Move the chosen item up (-1) or down (1)."""
        row = self.ui.items.currentIndex().row()
        items = self._items()
        if 0 <= row < len(items) and 0 <= row + step < len(items):
            items.insert(row + step, items.pop(row))
            self._store(items, row + step)

    def remove(self) -> None:
        """Take the chosen item off the agenda."""
        row = self.ui.items.currentIndex().row()
        items = self._items()
        if 0 <= row < len(items):
            del items[row]
            self._store(items, min(row, len(items) - 1))

    def settle(self, value: ReadinessAnswerValue | None) -> None:
        """Say how far the chosen item is settled."""
        row = self.ui.items.currentIndex().row()
        items = self._items()
        if 0 <= row < len(items):
            items[row] = replace(items[row], settled=value)
            self._store(items, row)

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()
        super().changeEvent(event)

    def _items(self) -> list[AgendaItem]:
        """All items, with what is being typed."""
        self.form.flush()
        return [line.item for line in self.model.rows]

    def _store(self, items: list[AgendaItem], row: int) -> None:
        if self._save(items) is None:
            return
        self.load(self._meeting, items)
        self._select(row)

    def _rename(self, line: AgendaLine, text: str) -> None:
        row = self.model.row_of(line.id)
        items = self._items()
        if text.strip() and items[row].text != text.strip():
            items[row] = replace(items[row], text=text.strip())
            self._store(items, row)

    def _save_answer(self, line: AgendaLine, values: dict[str, Any]) -> None:
        row = self.model.row_of(line.id)
        items = [one.item for one in self.model.rows]
        if 0 <= row < len(items):
            items[row] = self.model.rows[row].item = replace(items[row], answer=values["answer"])
            self._save(items)

    def _select(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self.ui.items.setCurrentIndex(self.model.index(row, 0))
        self._show_line()

    def _show_line(self) -> None:
        line = self.line
        ui = self.ui
        row = ui.items.currentIndex().row()
        ui.upButton.setEnabled(line is not None and row > 0)
        ui.downButton.setEnabled(line is not None and row < len(self.model.rows) - 1)
        for button, *_ in self._tools:
            button.setVisible(bool(self.model.rows))
        ui.removeButton.setEnabled(line is not None)
        self.form.load(line)
        self._pane.show_item(row + 1, line.item if line is not None else None)

    def _chip(self, line: AgendaLine) -> Chip | None:
        if line.item.settled is not None:
            return Chip(word(line.item.settled), tone(line.item.settled))
        return Chip(self.tr("noted"), "accent") if line.item.answer.strip() else None

    def _shortcut(self, keys: str, action: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.ui.items)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(action)

    def _draw_icons(self) -> None:
        for button, name, *_ in self._tools:
            button.setIcon(icons.icon(name, "muted"))
