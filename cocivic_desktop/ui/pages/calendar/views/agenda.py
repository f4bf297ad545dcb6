"""The list of dates, with those that series leave out and archived activities."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import QTableView, QWidget

from cocivic_desktop.ui.models.record_table import RecordTableModel
from cocivic_desktop.ui.pages.calendar import rows
from cocivic_desktop.ui.pages.calendar.filters import Scope
from cocivic_desktop.ui.pages.calendar.views.handling import Handling
from cocivic_desktop.ui.pages.calendar.views.spots import Hit, Move, Spot
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key


class AgendaView(QTableView):
    """`show_data`, then its `handling` tells what the person does. Rows are chosen as in every list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data_of: CalendarData | None = None
        self.current: Key | None = None
        self._filling = False
        self.agenda: RecordTableModel[Entry] = RecordTableModel(rows.agenda_columns(self._partnership), self)
        dress_records(self, self.agenda, self.agenda.columns)
        self.setAccessibleName(self.tr("Agenda"))
        self.handling = Handling(self, [])
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda: self._open())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def show_data(self, data: CalendarData) -> None:
        """Show other dates; the chosen one stays chosen where it can."""
        self.data_of = data
        self._filling = True
        self.agenda.set_rows([*data.entries, *data.archived])
        self._filling = False
        self.setColumnHidden(rows.PARTNERSHIP_COLUMN, data.wanted.filters.scope is Scope.THIS)
        self.choose(self.current)

    def choose(self, key: Key | None) -> None:
        """Choose a date; tells nobody."""
        self.current = key
        row = next((number for number, entry in enumerate(self.agenda.rows) if entry.id == key), -1)
        self._filling = True
        index = self.agenda.index(row, 0)
        if self.currentIndex().row() != row:
            self.setCurrentIndex(index)
            if row >= 0:
                self.selectRow(row)
                self.scrollTo(index)
        self._filling = False

    def _moved(self, index: QModelIndex) -> None:
        entry = self.agenda.record(index)
        if entry is not None and not self._filling and entry.id != self.current:
            self.current = entry.id
            self.handling.chosen.emit(entry.id)

    def _open(self) -> None:
        if self.current is not None:
            self.handling.opened.emit(self.current)

    def _menu(self, place: QPoint) -> None:
        self.handling.menu_wanted.emit(self.current_spot(), self.viewport().mapToGlobal(place))

    def _partnership(self, entry: Entry) -> str:
        return self.data_of.partnership_of(entry).title if self.data_of is not None else ""

    # ---- what the handling asks ----

    def hit_at(self, place: QPoint) -> Hit | None:
        """The list handles the mouse by itself, here and below."""
        return None

    def spot_at(self, place: QPoint) -> Spot | None:
        """Nothing is dragged in a list."""
        return None

    def more_at(self, place: QPoint) -> list[Entry]:
        """A list shows all."""
        return []

    def next_at(self, place: QPoint) -> Key | None:
        """Every date stands by itself."""
        return None

    def tip_at(self, place: QPoint) -> str:
        """The columns have their own tips."""
        return ""

    def frames_of(self, move: Move, entry: Entry) -> list[QRect]:
        """Nothing is dragged in a list."""
        return []

    def stops(self, day: date) -> list[int]:
        """A list has no times."""
        return []

    def current_entry(self) -> Entry | None:
        """The chosen date."""
        return self.entry_of(self.current) if self.current is not None else None

    def entry_of(self, key: Key) -> Entry | None:
        """The date of a key."""
        return self.data_of.entry(key) if self.data_of is not None else None

    def current_spot(self) -> Spot | None:
        """The day of the chosen date."""
        entry = self.current_entry()
        if entry is not None:
            return Spot(entry.on)
        return Spot(self.data_of.wanted.today) if self.data_of is not None else None

    def step_to(self, spot: Spot) -> None:
        """The list handles the mouse by itself."""

    def step(self, key: Qt.Key) -> bool:
        """Arrow keys do what they do in every list."""
        return False

    def alt_step(self, key: Qt.Key) -> tuple[int, int]:
        """A day up or down, or sideways."""
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        return days.get(key, 0), 0
