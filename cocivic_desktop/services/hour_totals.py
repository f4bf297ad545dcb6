"""The hours of a partnership summed up by the database: what budgets, reports and the advice count with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import HourCategory, HourState
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.partnership_view import HourTotal, side_of

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork

_HOUR_TOTALS: Final = """
SELECT h.person_id, p.kind, p.organisation_id, h.role, h.month, h.category, h.state,
       h.minutes, h.entries, h.heads, h.first_on, h.last_on
FROM (
    SELECT person_id, role, category, state, substr(worked_on, 1, 7) AS month,
           SUM(minutes * COALESCE(head_count, 1)) AS minutes, COUNT(*) AS entries,
           SUM(COALESCE(head_count, 1)) AS heads, MIN(worked_on) AS first_on, MAX(worked_on) AS last_on
    FROM hour_entry WHERE partnership_id = :partnership AND archived = 0
    GROUP BY person_id, role, category, state, month
) h LEFT JOIN person p ON p.id = h.person_id
ORDER BY h.month, h.person_id, h.role, h.category, h.state
"""
"""Summed up first, from `ix_hour_entry_sums` alone; then the person of each sum is looked up, not of each entry."""


def hour_totals(unit: UnitOfWork, partnership_id: UUID, our_id: UUID | None) -> list[HourTotal]:
    """The hours of a partnership summed up in SQL by person, role, month, category and state."""
    ours = our_id.hex if our_id else None
    people = dict[str | None, UUID | None]({None: None})
    whose: dict[tuple[str | None, str], tuple[PersonKind | None, Side]] = {}
    found = []
    for row in unit.rows(_HOUR_TOTALS, partnership=partnership_id):
        person, kind_text, organisation, role, month, category, state, minutes, entries, heads, first, last = row
        if person not in people:
            people[person] = UUID(person)
        if (person, role) not in whose:
            kind = PersonKind(kind_text) if kind_text else None
            at_ours = ours is not None and organisation == ours
            whose[person, role] = kind, side_of(kind, role, at_ours=at_ours)
        found.append(
            HourTotal(
                person_id=people[person],
                kind=whose[person, role][0],
                side=whose[person, role][1],
                role=role,
                month=month,
                category=HourCategory(category),
                state=HourState(state),
                minutes=minutes,
                entries=entries,
                heads=heads,
                first_on=date.fromisoformat(first),
                last_on=date.fromisoformat(last),
            )
        )
    return found
