"""The roles of one person: in which partnerships, as what, with how much time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject

from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.widgets.record_list import ListSetup, RecordList

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context


class RoleList(QObject):
    """Sets up the list of roles; each cell is edited in place."""

    def __init__(self, context: Context, roles: RecordList, person: Callable[[], Person | None]) -> None:
        super().__init__(roles)
        self._context, self._roles, self._person = context, roles, person
        self._titles: dict[UUID, str] = {}
        roles.setup(
            context,
            ListSetup(
                cls=PartnershipMember,
                key="roles",
                columns=[
                    self._column("partnership_id", self.tr("Partnership"), choose=True),
                    self._column("role", self.tr("Role"), 104),
                    self._column("hours_capacity", self.tr("Hours"), 56),
                    self._column("is_contact", self.tr("Contact"), 64),
                ],
                find=self._find,
                new=self._new,
                add_text=self.tr("Add role"),
                empty_title=self.tr("No role yet"),
                empty_text=self.tr("In which partnerships, and as what: mentor, steering group, …"),
            ),
        )

    def reload(self, titles: dict[UUID, str]) -> None:
        """Show the roles of the person; `titles` are those of partnerships."""
        self._titles = titles
        self._roles.reload()

    def _column(self, name: str, title: str, width: int = 0, *, choose: bool = False) -> Column[Any]:
        def value(one: PartnershipMember) -> Any:
            return self._titles.get(one.partnership_id, "") if choose else getattr(one, name)

        def change(one: PartnershipMember, new: Any) -> None:
            stored = _hours(new) if name == "hours_capacity" else new
            self._context.attempt(records.change, self._context.workspace, PartnershipMember, one.id, **{name: stored})

        offered = (lambda: choices.partnerships(self._context)) if choose else None
        tip = (lambda _: self.tr("Hours this person can give in all")) if name == "hours_capacity" else None
        return Column(name, title, value, width=width, change=change, choices=offered, tip=tip)

    def _find(self, archived: bool) -> list[PartnershipMember]:
        person = self._person()
        if person is None:
            return []
        return records.listed(self._context.workspace, PartnershipMember, archived, person_id=person.id)

    def _new(self) -> PartnershipMember | None:
        person = self._person()
        taken = {one.partnership_id for one in self._find(True)}
        offered = [id for id, _ in choices.partnerships(self._context) if id not in taken]
        if person is None:
            return None
        if not offered:
            self._context.notify(self.tr("There is no further partnership. Start one; then people get roles in it."))
            return None
        return PartnershipMember(person_id=person.id, partnership_id=offered[0])


def _hours(text: Any) -> float | None:
    """A number of hours as it was typed; nothing for an empty cell."""
    try:
        return float(str(text).strip().replace(",", ".")) if str(text).strip() else None
    except ValueError:
        return None
