"""Who is who in a table of hours: each name of the file, and the person it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject

from cocivic_desktop.services.hours_import import Choice, ListedName
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.hours.import_words import choice_words, match_chip, meant_text
from cocivic_desktop.ui.widgets.chip_delegate import ChoiceDelegate
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop._generated.forms.hours_import import Ui_HoursImportDialog


class NamesCard(QObject):
    """Binds the card with the names. `changed` is called when something has been decided about one."""

    def __init__(self, ui: Ui_HoursImportDialog, changed: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._changed = ui, changed
        self.decided: dict[str, tuple[Choice, UUID | None]] = {}
        """What has been decided by hand, by name as the file has it."""
        self.people: list[tuple[Any, str]] = []
        """Who can be meant."""
        self.model: RecordTableModel[ListedName] = RecordTableModel(self._columns(), self)
        dress_records(ui.namesTable, self.model, self.model.columns)
        ui.namesTable.setItemDelegateForColumn(1, ChoiceDelegate(self._choices, ui.namesTable))
        ui.suggestedButton.clicked.connect(lambda: self.take_suggestions())
        ui.suggestedButton.setAutoDefault(False)

    def show_names(self, names: Sequence[ListedName]) -> None:
        """Show the names of the file, freshly compared."""
        self.model.set_rows(list(names))
        self._ui.namesCard.setVisible(bool(names))
        self._ui.suggestedButton.setVisible(any(_is_suggested(one) for one in names))

    def decide(self, one: ListedName, chosen: Any) -> None:
        """Take a name for a person of this id, or do with it what was chosen."""
        self.decided[one.name] = (Choice.TAKE, chosen) if isinstance(chosen, UUID) else (chosen, None)
        self._changed()

    def take_suggestions(self) -> None:
        """Say yes to whoever is perhaps meant."""
        self.decided |= {one.name: (Choice.TAKE, one.person_id) for one in self.model.rows if _is_suggested(one)}
        self._changed()

    def _choices(self) -> list[tuple[Any, str]]:
        return [*choice_words(), *self.people]

    def _columns(self) -> list[Column[ListedName]]:
        return [
            Column("name", self.tr("In the file"), lambda one: f"{one.name} ({one.rows})", tip=lambda one: one.name),
            Column("who", self.tr("Is"), meant_text, width=146, change=self.decide, choices=self._choices),
            Column("match", "", match_chip, width=98),
        ]


def _is_suggested(one: ListedName) -> bool:
    return one.choice is Choice.OPEN and one.person_id is not None
