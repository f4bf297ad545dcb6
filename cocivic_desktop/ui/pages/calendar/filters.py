"""Which dates the calendar shows: whose, of which partnership, what kind, how they stand."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import ActivityKind, ActivityStatus

if TYPE_CHECKING:
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.ui.pages.calendar.data import Entry


class Scope(StrEnum):
    """Whose dates: of the partnership of the page, of all partnerships with its school, or of all."""

    THIS = "this"
    SCHOOL = "school"
    ALL = "all"


@dataclass(frozen=True)
class Filters:
    """What a date must be to be shown; None means anything."""

    scope: Scope = Scope.THIS
    person: UUID | None = None
    kind: ActivityKind | None = None
    status: ActivityStatus | None = None
    in_conflict: bool = False

    @property
    def narrow(self) -> bool:
        """Whether something beside the choice of partnerships keeps dates back."""
        return self.person is not None or self.kind is not None or self.status is not None or self.in_conflict

    def keeps(self, entry: Entry, content: Content, partnership_id: UUID) -> bool:
        """Whether a date is shown on the page of a partnership."""
        activity = entry.activity
        if self.scope is Scope.THIS and activity.partnership_id != partnership_id:
            return False
        if self.scope is Scope.SCHOOL and not _same_school(content, activity.partnership_id, partnership_id):
            return False
        if self.kind is not None and activity.kind is not self.kind:
            return False
        if self.status is not None and (entry.occurrence is None or entry.occurrence.status is not self.status):
            return False
        if self.in_conflict and not entry.standing:
            return False
        return self.person is None or any(
            one.person_id == self.person for one in content.participations.get(activity.id, ())
        )

    def stored(self) -> str:
        """The filters as text for the settings."""
        return json.dumps({name: str(value) for name, value in asdict(self).items() if value})

    @staticmethod
    def read(text: str) -> Filters:
        """Filters from the settings; what is not understood is left out."""
        try:
            values = json.loads(text or "{}")
            return Filters(
                scope=Scope(values.get("scope", Scope.THIS)),
                person=UUID(values["person"]) if values.get("person") else None,
                kind=ActivityKind(values["kind"]) if values.get("kind") else None,
                status=ActivityStatus(values["status"]) if values.get("status") else None,
                in_conflict=bool(values.get("in_conflict")),
            )
        except (ValueError, AttributeError, TypeError):
            return Filters()


def _same_school(content: Content, one: UUID, other: UUID) -> bool:
    first, second = content.partnerships.get(one), content.partnerships.get(other)
    return first is not None and second is not None and first.school_id == second.school_id
