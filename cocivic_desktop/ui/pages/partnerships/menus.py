"""What can be done with a prospect, as menus; each entry shows the keys that do the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from cocivic_desktop.domain.partnerships import PipelineState
from cocivic_desktop.domain.rules.pipeline import STATES, Prospect, neighbour
from cocivic_desktop.ui.texts.words import choice_word

Action = Callable[[Prospect], Any]
Move = Callable[[UUID, PipelineState], Any]


def prospect_menu(
    one: Prospect,
    parent: QWidget,
    *,
    open_it: Action,
    log_contact: Action,
    details: Action,
    archive: Action,
    move_to: Move,
) -> QMenu:
    """The menu of a card or a row; it goes when it is closed."""
    translate = QCoreApplication.translate
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _offer(menu, translate("Pipeline", "Open"), "Return", partial(open_it, one))
    _offer(menu, translate("Pipeline", "Log a contact"), "Ctrl+L", partial(log_contact, one))
    _offer(menu, translate("Pipeline", "Details"), "F2", partial(details, one))
    menu.addMenu(move_menu(one, menu, move_to))
    menu.addSeparator()
    _offer(menu, translate("Pipeline", "Archive"), "Del", partial(archive, one))
    return menu


def move_menu(one: Prospect, parent: QWidget, move_to: Move) -> QMenu:
    """The states that a prospect can be put into; those beside have keys."""
    menu = QMenu(QCoreApplication.translate("Pipeline", "Move to"), parent)
    beside = {neighbour(one.state, -1): "Ctrl+Left", neighbour(one.state, 1): "Ctrl+Right"}
    for state in STATES:
        keys = beside.get(state, "") if state is not one.state else ""
        _offer(menu, choice_word(state), keys, partial(move_to, one.id, state), enabled=state is not one.state)
    return menu


def _offer(menu: QMenu, text: str, keys: str, action: Callable[[], Any], *, enabled: bool = True) -> None:
    entry = menu.addAction(text)
    entry.setEnabled(enabled)
    entry.setShortcut(QKeySequence(keys))
    entry.setShortcutVisibleInContextMenu(True)
    entry.triggered.connect(lambda: action())
