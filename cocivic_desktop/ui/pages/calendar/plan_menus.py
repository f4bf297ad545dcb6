"""Menus of the calendar's views: all that can be done by drag or keys, in words; and dates that have no room."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from cocivic_desktop.ui.pages.calendar.views.ink import short_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from cocivic_desktop.ui.pages.calendar.data import Entry
    from cocivic_desktop.ui.pages.calendar.plan_part import PlanPart
    from cocivic_desktop.ui.pages.calendar.views.spots import Spot


class PlanMenus(QObject):
    """Opened by the right button, the menu key, or a click on "5 more"."""

    def __init__(self, plan: PlanPart) -> None:
        super().__init__(plan)
        self._plan = plan

    def offer_more(self, entries: list[Entry], place: QPoint) -> None:
        """All dates of a day that has no room for them; the one taken is chosen."""
        menu = QMenu(self._plan)
        for entry in entries:
            menu.addAction(short_text(entry), partial(self._plan.choose, entry.id))
        self._pop_up(menu, place)

    def offer_acts(self, spot: Spot | None, place: QPoint) -> None:
        """What can be done with the chosen date and at a place."""
        plan, menu = self._plan, QMenu(self._plan)
        entry = plan.entry_of(plan.view.current)
        if entry is not None:
            self._add(menu, self.tr("Open"), "Return", partial(plan.open_date, entry.id))
            self._add(menu, self.tr("Copy"), "Ctrl+C", partial(plan.copy, entry.id))
            if entry.occurrence is not None and not entry.occurrence.cancelled:
                self._add(menu, self.tr("Cancel this date"), "Del", partial(plan.cancel, entry.id))
            menu.addSeparator()
        if spot is not None:
            self._add(menu, self.tr("New activity here"), "N", partial(plan.add_activity, spot))
            paste = self._add(menu, self.tr("Paste here"), "Ctrl+V", partial(plan.acting.paste, spot))
            paste.setEnabled(plan.acting.copied is not None)
        self._pop_up(menu, place)

    def _add(self, menu: QMenu, text: str, keys: str, act: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(keys)
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda: act())
        return action

    def _pop_up(self, menu: QMenu, place: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
