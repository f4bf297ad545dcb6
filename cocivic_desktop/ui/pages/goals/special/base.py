"""What the special parts share: a list with the chosen record beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.services import records
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.record_form import RecordForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.widgets.record_list import ListSetup, RecordList


class SpecialPart(StagePart):
    """A part with one list. `open_item` chooses a record and goes to the first of `needs` that it lacks."""

    needs: Sequence[str] = ()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.list: RecordList
        self.form: RecordForm[Any]

    def set_list(self, records_list: RecordList, setup: ListSetup, form: RecordForm[Any], pane: QWidget) -> None:
        """Set up the list and the form of the chosen record."""
        self.list, self.form = records_list, form
        records_list.setup(self.context, setup)
        records_list.attach(form, pane)

    def reload(self) -> None:
        """Read the list anew."""
        self.list.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose a record, or put the keyboard where one is added."""
        if item is None:
            (self.list.add_button if self.list.model.rows else self.list.empty.action_button).setFocus()
            return
        self.list.select(item)
        lacks = next((name for name in self.needs if not getattr(self.form.record, name, True)), None)
        if lacks is not None:
            self.form.focus(lacks)

    def records_of(self, cls: type[Any], archived: bool) -> list[Any]:
        """The partnership's records of a kind, in their order."""
        return records.listed(
            self.context.workspace,
            cls,
            archived,
            order="position",
            partnership_id=self.partnership,
        )

    def names(self, cls: type[Person] | type[Organisation] = Person) -> dict[UUID, str]:
        """Names by id, of all people or organisations."""
        return {one.id: one.name for one in records.find(self.context.workspace, cls, archived=None)}

    def of_kind(self, cls: type[Any], text: Callable[[Any], str]) -> list[tuple[Any, str]]:
        """The partnership's records of a kind as choices, by text."""
        if self.partnership_id is None or not self.context.is_open:
            return []
        return sorted(((one.id, text(one)) for one in self.records_of(cls, False)), key=lambda pair: fold(pair[1]))
