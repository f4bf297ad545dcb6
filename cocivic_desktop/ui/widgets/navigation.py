"""The column at the left: the places of the window, the partnerships, search and settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cocivic_desktop.ui import icons
from cocivic_desktop.ui.context import Target

if TYPE_CHECKING:
    from uuid import UUID

WIDTH = 216
ICON = 18


class NavigationButton(QPushButton):
    """A place: name at the left, a count or a key at the right."""

    def __init__(self, text: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = text
        self._said = ""
        self._icon_name = icon_name
        self.setProperty("look", "navigation")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(ICON, ICON))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 10, 0)
        layout.addStretch(1)
        self._note = QLabel()
        self._note.setProperty("look", "label")
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self._note)
        self.set_text(text)
        self.draw_icon()

    def set_text(self, text: str) -> None:
        """The name; cut with "…" where it is too long, with the whole name as a tip."""
        self._full = text
        self.set_note(self._note.text(), self._said)

    @property
    def text_in_full(self) -> str:
        """The name without cuts."""
        return self._full

    def set_note(self, note: str, said: str = "") -> None:
        """The small text at the right, and what a screen reader and the tip say instead."""
        self._note.setText(note)
        self._said = said if note else ""
        spoken = self._said or note
        self.setAccessibleName(f"{self._full}, {spoken}" if spoken else self._full)
        self._fit()

    def draw_icon(self) -> None:
        """Colour the icon for the theme."""
        if self._icon_name:
            self.setIcon(icons.icon(self._icon_name, "muted", ICON))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = (
            self.width()
            - 20
            - (26 if self._icon_name else 0)
            - (self._note.sizeHint().width() + 10 if self._note.text() else 0)
        )
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        shown = QFontMetrics(font).elidedText(self._full, Qt.TextElideMode.ElideRight, max(room, 40))
        self.setText(f" {shown}".replace("&", "&&") if self._icon_name else shown.replace("&", "&&"))
        self.setToolTip(self._full if shown != self._full else self._said)


class Navigation(QFrame):
    """All places. `chosen` carries a `Target`."""

    chosen = Signal(object)
    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "navigation")
        self.setFixedWidth(WIDTH)
        self._group = QButtonGroup(self)
        self._partnerships: dict[UUID, NavigationButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 12, 12)
        layout.setSpacing(2)
        brand = QLabel("Co-Civic Desktop")
        brand.setProperty("look", "brand")
        brand.setContentsMargins(8, 0, 0, 10)
        layout.addWidget(brand)
        self.places: dict[str, NavigationButton] = {}
        for page, text, icon_name in (
            ("home", self.tr("Home"), "home"),
            ("partnerships", self.tr("Partnerships"), "partnerships"),
            ("schools", self.tr("Schools"), "school"),
            ("people", self.tr("People"), "people"),
            ("library", self.tr("Library"), "library"),
        ):
            layout.addWidget(self._place(page, text, icon_name))
        self._heading = QLabel(self.tr("Partnerships"))
        self._heading.setProperty("look", "label-strong")
        self._heading.setContentsMargins(10, 16, 0, 4)
        self._heading.hide()
        layout.addWidget(self._heading)
        layout.addWidget(self._scroll_area(), 1)
        self.search_button = NavigationButton(self.tr("Search"), "search", self)
        self.search_button.setCheckable(False)
        self.search_button.set_note(self.tr("Ctrl K"))
        self.search_button.clicked.connect(lambda: self.search_wanted.emit())
        layout.addWidget(self.search_button)
        layout.addWidget(self._place("settings", self.tr("Settings"), "settings"))

    def set_partnerships(self, partnerships: Sequence[tuple[UUID, str]], ideas: int = 0) -> None:
        """List partnerships by name, in this order; `ideas` tells how many more stand in the pipeline only."""
        self._ideas.setVisible(ideas > 0)
        self._ideas.set_text(self.tr("Not begun yet: {count}").format(count=ideas))
        self._heading.setVisible(bool(partnerships) or ideas > 0)
        if [*partnerships] == [(key, button.text_in_full) for key, button in self._partnerships.items()]:
            return
        marked = next((key for key, button in self._partnerships.items() if button.isChecked()), None)
        for button in self._partnerships.values():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._partnerships = {}
        for partnership_id, name in partnerships:
            button = NavigationButton(name, parent=self._list)
            button.clicked.connect(lambda _=False, key=partnership_id: self.chosen.emit(Target.partnership(key)))
            self._group.addButton(button)
            self._list_layout.insertWidget(self._list_layout.count() - 2, button)
            self._partnerships[partnership_id] = button
        if marked in self._partnerships:
            self._partnerships[marked].setChecked(True)

    def set_count(self, page: str, count: int, said: str = "") -> None:
        """The number beside a place; none for 0. `said` is what it counts, in words."""
        self.places[page].set_note(str(count) if count else "", said)

    def mark(self, target: Target) -> None:
        """Mark the place that is shown."""
        button = (
            self._partnerships.get(target.partnership_id)
            if target.page == "partnership" and target.partnership_id is not None
            else self.places.get(target.page)
        )
        if button is not None:
            button.setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "search_button"):
            for button in (*self.places.values(), self.search_button):
                button.draw_icon()
        super().changeEvent(event)

    def _place(self, page: str, text: str, icon_name: str) -> NavigationButton:
        button = NavigationButton(text, icon_name, self)
        button.clicked.connect(lambda: self.chosen.emit(Target(page)))
        self._group.addButton(button)
        self.places[page] = button
        return button

    def _scroll_area(self) -> QScrollArea:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list = QWidget()
        self._list.setProperty("look", "clear")
        self._list_layout = QVBoxLayout(self._list)
        self._list_layout.setContentsMargins(0, 0, 0, 0)
        self._list_layout.setSpacing(2)
        self._ideas = NavigationButton("", parent=self._list)
        self._ideas.setCheckable(False)
        self._ideas.clicked.connect(lambda: self.chosen.emit(Target("partnerships")))
        self._ideas.hide()
        self._list_layout.addWidget(self._ideas)
        self._list_layout.addStretch(1)
        scroll.setWidget(self._list)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll
