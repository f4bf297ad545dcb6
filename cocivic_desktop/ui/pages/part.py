"""Stage pages in parts: one tab each, loaded when it is looked at; and what such parts share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QScrollArea, QTabWidget, QWidget

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.pages.base import StagePage
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.theme import ROW_HEIGHT
from cocivic_desktop.ui.widgets.record_list import RecordList

HEAD_HEIGHT = 76
"""Title line and column heads of a list, in logical pixels."""
EMPTY_HEIGHT = 216
BAR_WIDTH = 14
LINE_HEIGHT = 17

Part = TypeVar("Part", bound="StagePart")


class StagePart(QWidget):
    """One tab of a stage page. `reload` is called while it is seen and has a partnership."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.partnership_id: UUID | None = None

    @property
    def partnership(self) -> UUID:
        """The id of the partnership shown; in `reload` there always is one."""
        if self.partnership_id is None:
            raise RuntimeError("a part of a page was loaded without a partnership")
        return self.partnership_id

    def load(self, partnership_id: UUID) -> None:
        """Show a partnership, freshly read."""
        self.partnership_id = partnership_id
        self.reload()

    def reload(self) -> None:
        """Fill the widgets from services."""

    def open_item(self, section: str, item: UUID | None) -> None:
        """Point at a record or a field, after `reload`."""


class PartsPage(StagePage):
    """A stage page whose parts stand in tabs. Only the tab that is seen is filled."""

    def set_parts(self, tabs: QTabWidget, parts: Sequence[tuple[str, StagePart | Callable[[], StagePart]]]) -> None:
        """Put the parts into their tabs; called once by the constructor.

        A function stands for a part that is made when its tab is first turned to; it gives what `put` gave.
        """
        self._tabs = tabs
        self._fresh: set[int] = set()
        self._parts = [part for _, part in parts]
        for title, part in parts:
            tabs.addTab(part if isinstance(part, StagePart) else QWidget(), title)
        tabs.tabBar().setDrawBase(False)
        tabs.currentChanged.connect(lambda: self._fill())

    def part_at(self, number: int) -> StagePart:
        """The part of a tab, made if nobody has looked at it so far."""
        part = self._parts[number]
        return part if isinstance(part, StagePart) else part()

    def put(self, number: int, part: Part) -> Part:
        """Put a part that has just been made into its tab."""
        self._parts[number], tabs = part, self._tabs
        with QSignalBlocker(tabs):
            was_current, place = tabs.currentIndex() == number, tabs.widget(number)
            tabs.insertTab(number, part, tabs.tabText(number))
            if was_current:
                tabs.setCurrentIndex(number)
            tabs.removeTab(number + 1)
        place.deleteLater()
        return part

    def reload(self) -> None:
        """Fill the tab that is seen; the others when they are turned to."""
        self._fresh.clear()
        self._fill()

    def first_control(self) -> QWidget | None:
        """The tabs: arrows turn to another part, Tab goes into the one that is seen."""
        return self._tabs.tabBar()

    def bring_up(self, part: StagePart, section: str = "", item: UUID | None = None) -> None:
        """Turn to a part and let it point at a record."""
        self._tabs.setCurrentWidget(part)
        self._fill()
        part.open_item(section, item)

    def _fill(self) -> None:
        number = self._tabs.currentIndex()
        seen = self.isVisible() and self.partnership_id is not None and self.context.is_open
        if seen and number not in self._fresh:
            self._fresh.add(number)
            self.part_at(number).load(self.partnership)


def names_of(context: Context, organisation_id: UUID | None, present: UUID | None) -> list[tuple[Any, str]]:
    """People of one organisation by name, for choosing; and who is chosen now, wherever that person belongs."""
    if not context.is_open:
        return []
    found = [
        one
        for one in records.find(context.workspace, Person)
        if one.id == present or (organisation_id is not None and one.organisation_id == organisation_id)
    ]
    return [(one.id, one.name) for one in sorted(found, key=lambda one: fold(one.name))]


def our_id(context: Context) -> UUID | None:
    """The id of our own organisation, where it is known."""
    found = records.find(context.workspace, Organisation, is_ours=True) if context.is_open else []
    return found[0].id if found else None


def school_id(context: Context, partnership_id: UUID | None) -> UUID | None:
    """The id of a partnership's school."""
    if partnership_id is None or not context.is_open:
        return None
    return records.get(context.workspace, Partnership, partnership_id).school_id


def begin_with(added: RecordList, form: RecordForm[Any], name: str) -> None:
    """Put the keyboard into this field of what was added to a list, where the form's first one is not the best."""
    added.added.connect(lambda: QTimer.singleShot(0, form, lambda: form.focus(name) if form.record else None))


def wrap_lines(records: RecordList, lines: int = 2) -> None:
    """Let the texts of a list go on in further lines."""
    records.table.setWordWrap(True)
    records.table.verticalHeader().setDefaultSectionSize(lines * LINE_HEIGHT + 14)


def fit_width(area: QScrollArea) -> None:
    """Keep a pane as wide as what it holds now, so that it scrolls down only."""

    def fit() -> None:
        layout = area.widget().layout()
        if layout is not None:
            layout.activate()
        area.setMinimumWidth(area.widget().minimumSizeHint().width() + BAR_WIDTH)

    QTimer.singleShot(0, area, fit)


def fit_rows(records: RecordList, most: int = 6) -> None:
    """Give a list inside a scroll area the height of its rows, so that one scroll bar is enough."""
    rows = len(records.model.rows)
    records.setFixedHeight(HEAD_HEIGHT + min(rows, most) * ROW_HEIGHT + 4 if rows else EMPTY_HEIGHT)
