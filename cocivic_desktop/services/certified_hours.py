"""Hours that certificates stand for: of whom, how many, in which roles and activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.organisations import PersonKind

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork


@dataclass
class PersonHours:
    """Hours of one person in a period."""

    confirmed: int = 0
    logged: int = 0
    first: date | None = None
    last: date | None = None
    roles: list[str] = field(default_factory=list)


def people_with_hours(
    unit: UnitOfWork, partnership_id: UUID, first: date | None, last: date | None
) -> dict[UUID, PersonHours]:
    """Who has hours by name in a partnership and a period, those with most first."""
    found: dict[UUID, PersonHours] = {}
    for person, role, state, minutes, begins, ends in unit.rows(
        """
        SELECT person_id, TRIM(role), state, SUM(minutes), MIN(worked_on), MAX(worked_on) FROM hour_entry
        WHERE partnership_id = :partnership AND archived = 0 AND person_id IS NOT NULL
          AND worked_on BETWEEN :first AND :last
        GROUP BY person_id, TRIM(role), state ORDER BY SUM(minutes) DESC
        """,
        partnership=partnership_id,
        first=first or date.min,
        last=last or date.max,
    ):
        hours = found.setdefault(UUID(person), PersonHours())
        if state != "confirmed":
            hours.logged += minutes
            continue
        hours.confirmed += minutes
        days = [date.fromisoformat(begins), date.fromisoformat(ends)]
        hours.first = min(days if hours.first is None else [*days, hours.first])
        hours.last = max(days if hours.last is None else [*days, hours.last])
        if role and role not in hours.roles:
            hours.roles.append(role)
    return found


def printed(
    unit: UnitOfWork, partnership_id: UUID, person_id: UUID, first: date, last: date
) -> tuple[list[str], dict[str, int]]:
    """Roles, the most frequent first, and confirmed minutes by title of activity, the longest first."""
    rows = unit.rows(
        """
        SELECT TRIM(h.role), COALESCE(a.title, ''), SUM(h.minutes) FROM hour_entry h
        LEFT JOIN activity a ON a.id = h.activity_id
        WHERE h.partnership_id = :partnership AND h.person_id = :person AND h.archived = 0 AND h.state = 'confirmed'
          AND h.worked_on BETWEEN :first AND :last
        GROUP BY 1, 2 ORDER BY SUM(h.minutes) DESC
        """,
        partnership=partnership_id,
        person=person_id,
        first=first,
        last=last,
    )
    roles: dict[str, int] = {}
    activities: dict[str, int] = {}
    for role, title, minutes in rows:
        if role and role.lower().removesuffix("s") != PersonKind.STUDENT:
            roles[role] = roles.get(role, 0) + minutes
        if title:
            activities[title] = activities.get(title, 0) + minutes
    return _longest(roles), {title: activities[title] for title in _longest(activities)}


def _longest(minutes: Mapping[str, int]) -> list[str]:
    return sorted(minutes, key=lambda name: -minutes[name])
