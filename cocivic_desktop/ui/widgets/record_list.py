"""A list of records with everything that lists need: add, order, archive, an empty state, remembered widths.

Nothing asks "are you sure?": each action is one step of undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cocivic_desktop.services import records
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.models.record_table import SORT_ROLE, Column, RecordTableModel
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.chip_delegate import ChipDelegate, ChoiceDelegate
from cocivic_desktop.ui.widgets.empty_state import EmptyState
from cocivic_desktop.ui.widgets.tables import dress_table

if TYPE_CHECKING:
    from cocivic_desktop.domain.base import Entity
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.record_form import RecordForm

LEAST_STRETCH = 150
"""Room in logical pixels that the stretching column keeps."""


@dataclass
class ListSetup:
    """What a list shows and what may be done in it.

    `find(archived)` gives the records (archived ones too when True). `new()` gives a fresh record or None when the
    person backed out; without `new` nothing can be added. `key` names the remembered column widths.
    """

    cls: type[Entity]
    key: str
    columns: Sequence[Column[Any]]
    find: Callable[[bool], Sequence[Any]]
    new: Callable[[], Entity | None] | None = None
    title: str = ""
    add_text: str = ""
    empty_title: str = ""
    empty_text: str = ""
    ordered: bool = False
    """The person orders the records (Alt+Up, Alt+Down, or by dragging); they have a `position`."""
    archives: bool = True
    primary: bool = False
    """"Add" is the page's primary button."""
    sortable: bool = True
    extra: Sequence[QWidget] = field(default_factory=list)
    """Further buttons, right of "Add"."""


class RecordList(QWidget):
    """Usable from Designer (`RecordList`, then `setup`) and from code."""

    selected = Signal(object)
    """The record that is selected now, or None."""
    activated = Signal(object)
    """A record was double-clicked, or Enter was pressed on it."""
    added = Signal(object)
    """A record was added and selected: put the keyboard into its first field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._form: RecordForm[Any] | None = None
        self._pane: QWidget | None = None
        self._own_add: Callable[[], None] | None = None
        self._current: UUID | None = None
        self._loading = False
        self._locked = False
        self._triggers = QAbstractItemView.EditTrigger.NoEditTriggers
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.title_label = QLabel()
        self.title_label.setProperty("look", "section")
        self.count_label = QLabel()
        self.count_label.setProperty("look", "muted")
        self.add_button = QPushButton()
        self.up_button, self.down_button = (
            self._tool(self.tr("Move up (Alt+Up)")),
            self._tool(self.tr("Move down (Alt+Down)")),
        )
        self.archive_button = self._tool(self.tr("Archive (Delete); Undo brings it back"))
        self.archived_button = QPushButton(self.tr("Archived"))
        self.archived_button.setProperty("look", "quiet")
        self.archived_button.setCheckable(True)
        self.archived_button.setToolTip(self.tr("Show archived entries too"))
        self._bar = QHBoxLayout()
        self._bar.setSpacing(4)
        self._bar.addWidget(self.title_label)
        self._bar.addWidget(self.count_label)
        self._bar.addStretch(1)
        for widget in (self.archived_button, self.up_button, self.down_button, self.archive_button, self.add_button):
            self._bar.addWidget(widget)
        layout.addLayout(self._bar)
        self.table = QTableView(self)
        self.empty = EmptyState(parent=self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        layout.addWidget(self._stack, 1)
        dress_table(self.table)

    def setup(self, context: Context, setup: ListSetup) -> RecordList:
        """Say what to show. Call `reload` (from the page's `reload`) to show it."""
        self._context, self._setup = context, setup
        self.model = RecordTableModel(setup.columns, self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setSortRole(SORT_ROLE)
        self.table.setModel(self._proxy)
        self.table.setSortingEnabled(setup.sortable and not setup.ordered)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.setAccessibleName(setup.title or setup.empty_title)
        for number, column in enumerate(setup.columns):
            delegate = ChoiceDelegate(column.choices, self.table) if column.choices else ChipDelegate(self.table)
            self.table.setItemDelegateForColumn(number, delegate)
        if setup.ordered:
            self.model.moved = self.move_row
            self.table.setDragDropMode(QTableView.DragDropMode.InternalMove)
            self.table.setDragDropOverwriteMode(False)
        self._restore_widths()
        self.title_label.setText(setup.title)
        self.title_label.setVisible(bool(setup.title))
        self.add_button.setText(setup.add_text or self.tr("Add"))
        self.add_button.setVisible(setup.new is not None)
        self.add_button.setToolTip(self.tr("Insert"))
        set_look(self.add_button, "primary" if setup.primary else "")
        set_look(self.empty.action_button, "primary" if setup.primary else "")
        self.up_button.setVisible(setup.ordered)
        self.down_button.setVisible(setup.ordered)
        self.archive_button.setVisible(setup.archives)
        for widget in setup.extra:
            self._bar.addWidget(widget)
        self.empty.set_texts(
            setup.empty_title or self.tr("Nothing here yet"),
            setup.empty_text,
            self.add_button.text() if setup.new else "",
        )
        self._connect()
        self._draw_icons()
        return self

    def attach(self, form: RecordForm[Any], pane: QWidget | None = None) -> None:
        """Show the selected record in a form, and put the keyboard there after adding.

        `pane` is what holds the form; it hides while nothing is selected.
        """
        self._form, self._pane = form, pane

    def offer_add(self, action: Callable[[], None]) -> None:
        """Let "Add" do something of the page's own, such as a dialog, where `setup` has no `new`."""
        self._own_add = action
        self.empty.set_texts(self._setup.empty_title, self._setup.empty_text, self.add_button.text())

    def set_locked(self, locked: bool) -> None:
        """Only show the records, from the next `reload` on: none is added, moved, put away or written over in place."""
        if locked != self._locked:
            triggers = self.table.editTriggers()
            self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers if locked else self._triggers)
            self._triggers = triggers
        self._locked = locked
        self.table.setDragEnabled(self._setup.ordered and not locked)
        self.add_button.setEnabled(not locked)

    def reload(self) -> None:
        """Read the records again; the selection stays with its record."""
        with_archived = self.archived_button.isChecked()
        rows = list(self._setup.find(with_archived))
        wanted = self._current
        self._loading = True
        self.model.set_rows(rows)
        self._loading = False
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self.add_button.setVisible(bool(rows) and (self._setup.new is not None or self._own_add is not None))
        self.up_button.setVisible(self._setup.ordered and len(rows) > 1)
        self.down_button.setVisible(self._setup.ordered and len(rows) > 1)
        self.archive_button.setVisible(self._setup.archives and bool(rows))
        self.count_label.setText(str(len(rows)) if rows and self._setup.title else "")
        archived_known = with_archived or self._has_archived()
        self.archived_button.setVisible(self._setup.archives and archived_known)
        if rows and (wanted is None or self.model.row_of(wanted) < 0):
            wanted = rows[0].id
        self._select(wanted if rows else None)

    def select(self, record_id: UUID) -> None:
        """Select a record and bring it into view."""
        self._select(record_id)

    @property
    def current(self) -> Any | None:
        """The selected record, or None."""
        return self.model.record(self._proxy.mapToSource(self.table.currentIndex()))

    @property
    def chosen(self) -> list[Any]:
        """All selected records, in their order, where a list lets several be selected."""
        rows = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        found = (self.model.record(self._proxy.mapToSource(index)) for index in rows)
        return [one for one in found if one is not None]

    def add(self) -> None:
        """Add what `new` gives, as one undoable step, and select it."""
        if self._own_add is not None:
            self._own_add()
            return
        if self._context is None or self._setup.new is None or self._locked:
            return
        record = self._setup.new()
        if record is None or self._context.attempt(records.add, self._context.workspace, record) is None:
            return
        self._current = record.id
        self.reload()
        if self.model.row_of(record.id) < 0:  # kept back by a filter: what is typed next must not go into another one
            return
        self.added.emit(self.current)
        if self._form is not None and self._form.fields:
            self._form.focus(next(iter(self._form.fields)))

    def shift(self, step: int) -> None:
        """Move the selected record up (-1) or down (1)."""
        record = self.current
        if record is None or not self._setup.ordered:
            return
        place = self.model.row_of(record.id)
        if 0 <= place + step < len(self.model.rows):
            self.move_row(place, place + step + (step > 0))

    def move_row(self, row: int, before: int) -> None:
        """Put a row before another one (counted before the move), as one undoable step."""
        context = self._context
        if context is None or self._locked or before in (row, row + 1) or not 0 <= row < len(self.model.rows):
            return
        ids = [record.id for record in self.model.rows]
        moved = ids.pop(row)
        ids.insert(before - (before > row), moved)
        self._current = moved
        context.attempt(records.reorder, context.workspace, self._setup.cls, ids)
        self.reload()

    def archive(self) -> None:
        """Archive the selected record, or bring it back when it is archived."""
        record, context = self.current, self._context
        if record is None or context is None or not self._setup.archives or self._locked:
            return
        action = records.restore if record.archived else records.archive
        ids = [row.id for row in self.model.rows]
        place = ids.index(record.id)
        if not self.archived_button.isChecked():
            self._current = ids[place + 1] if place + 1 < len(ids) else ids[place - 1]
        if self._form is not None:
            self._form.flush()
        context.attempt(action, context.workspace, self._setup.cls, record.id)
        text = self.tr("Brought back.") if record.archived else self.tr("Archived. Ctrl+Z brings it back.")
        context.notify(text)
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._context is not None:
            self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and self._context is not None:
            self._draw_icons()
        super().changeEvent(event)

    def _select(self, record_id: UUID | None) -> None:
        row = self.model.row_of(record_id) if record_id is not None else -1
        index = self._proxy.mapFromSource(self.model.index(row, 0)) if row >= 0 else QModelIndex()
        self._loading = True
        self.table.setCurrentIndex(index)
        if index.isValid():
            self.table.selectRow(index.row())
            self.table.scrollTo(index)
        self._loading = False
        self._tell()

    def _tell(self) -> None:
        if self._loading:
            return
        record = self.current
        self._current = record.id if record is not None else None
        rows = self.model.rows
        place = self.model.row_of(record.id) if record is not None else -1
        self.up_button.setEnabled(place > 0 and not self._locked)
        self.down_button.setEnabled(0 <= place < len(rows) - 1 and not self._locked)
        self.archive_button.setEnabled(record is not None and not self._locked)
        archived = record is not None and record.archived
        self.archive_button.setToolTip(
            self.tr("Bring back") if archived else self.tr("Archive (Delete); Undo brings it back")
        )
        self.archive_button.setAccessibleName(self.archive_button.toolTip())
        if self._form is not None:
            self._form.load(record)
        if self._pane is not None:
            self._pane.setVisible(record is not None)
            self._give_pane_room()
        self.selected.emit(record)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda: self._tell())
        self.table.activated.connect(lambda: self.activated.emit(self.current))
        self.table.horizontalHeader().sectionResized.connect(lambda: self._remember_widths())
        self.add_button.clicked.connect(lambda: self.add())
        self.empty.action_clicked.connect(self.add)
        self.up_button.clicked.connect(lambda: self.shift(-1))
        self.down_button.clicked.connect(lambda: self.shift(1))
        self.archive_button.clicked.connect(lambda: self.archive())
        self.archived_button.toggled.connect(lambda: self.reload())
        for keys, action in (
            ("Ins", self.add),
            ("Alt+Up", lambda: self.shift(-1)),
            ("Alt+Down", lambda: self.shift(1)),
            ("Del", self.archive),
        ):
            # Given to the constructor, the context is ignored beside a callable (PySide 6.9).
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _restore_widths(self) -> None:
        header = self.table.horizontalHeader()
        stored = self._context.setting(f"columns/{self._setup.key}").split(",") if self._context is not None else []
        for number, column in enumerate(self._setup.columns):
            if column.width == 0:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
                continue
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
            known = len(stored) == len(self._setup.columns) and stored[number].isdigit() and stored[number] != "0"
            self.table.setColumnWidth(number, int(stored[number]) if known else column.width)

    def _remember_widths(self) -> None:
        if self._context is not None and self.isVisible():
            widths = [str(self.table.columnWidth(number)) for number in range(len(self._setup.columns))]
            self._context.settings.setValue(f"columns/{self._setup.key}", ",".join(widths))

    def _fit_columns(self) -> None:
        """Where the list is narrow, hide the widest columns but the first until the stretching one has room."""
        columns = self._setup.columns
        if all(column.width for column in columns):
            return
        room = self.width() - LEAST_STRETCH
        shown = [number for number, column in enumerate(columns) if column.width]
        while len(shown) > 1 and sum(self._width_of(number) for number in shown) > room:
            shown.remove(max(shown[1:] if shown[0] == 0 else shown, key=self._width_of))
        for number, column in enumerate(columns):
            self.table.setColumnHidden(number, bool(column.width) and number not in shown)

    def _width_of(self, number: int) -> int:
        return self.table.columnWidth(number) or self._setup.columns[number].width

    def _give_pane_room(self) -> None:
        """A pane in a scroll area is never narrower than what it holds: it scrolls down, not sideways."""
        if isinstance(self._pane, QScrollArea) and self._pane.widget() is not None:
            self._pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._pane.setMinimumWidth(self._pane.widget().minimumSizeHint().width() + 14)

    def _has_archived(self) -> bool:
        return self._setup.archives and len(self._setup.find(True)) > len(self.model.rows)

    def _tool(self, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _draw_icons(self) -> None:
        self.up_button.setIcon(icons.icon("up", "muted"))
        self.down_button.setIcon(icons.icon("down", "muted"))
        self.archive_button.setIcon(icons.icon("archive", "muted"))
