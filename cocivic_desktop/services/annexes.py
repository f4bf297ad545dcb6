"""Which annexes an agreement has: those that somebody wants and that have something in them, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.recurrence import on_wall
from cocivic_desktop.services import calendar

if TYPE_CHECKING:
    from cocivic_desktop.domain.activities import Activity
    from cocivic_desktop.domain.rules.recurrence import Occurrence, Skip
    from cocivic_desktop.domain.rules.teaching_weeks import YearView
    from cocivic_desktop.library.labels import Labels
    from cocivic_desktop.services.drafts import Draft
    from cocivic_desktop.store.unit_of_work import UnitOfWork

ANNEXES: Final = ("goals", "plan", "hours", "contacts")
"""Codes of the annexes in the order in which they are attached."""
PLACEHOLDER: Final = "annex_list"
"""Stands in the clause on annexes for the names of those attached."""
_TITLES: Final = {
    "goals": "heading.goals",
    "plan": "heading.activities",
    "hours": "annex.hours",
    "contacts": "heading.contacts",
}


@dataclass(frozen=True)
class Planned:
    """A partnership's calendar as annexes need it; its dates are worked out once, when somebody asks for them."""

    partnership: Partnership
    content: calendar.Content

    @property
    def activities(self) -> dict[UUID, Activity]:
        """The activities by key."""
        return self.content.activities

    @property
    def year(self) -> YearView | None:
        """What is known of the school's years, joined."""
        return self.content.years.get(self.partnership.school_id)

    @cached_property
    def dates(self) -> tuple[list[Occurrence], list[Skip]]:
        """What takes place on any day, by its beginning, and what series leave out; nothing that is cancelled.

        Each on the clock of its own zone.
        """
        found, skips = self.content.occurrences(date.min, date.max)
        standing = [one for one in found if not one.cancelled]
        return sorted(standing, key=lambda one: (one.begins, self.activities[one.activity_id].title)), skips


def load_planned(unit: UnitOfWork, partnership: Partnership) -> Planned:
    """The calendar of a partnership, read within a unit of work."""
    return Planned(partnership, calendar.load(unit, [partnership.id]))


def period(draft: Draft) -> tuple[date, date]:
    """First and last day of the agreement, else of the partnership, else of all days."""
    agreement, partnership = draft.agreement, draft.partnership
    return (
        agreement.starts_on or partnership.starts_on or date.min,
        agreement.ends_on or partnership.ends_on or date.max,
    )


def planned_dates(draft: Draft) -> list[Occurrence]:
    """What takes place while the agreement runs, by its beginning, on the clock of the school."""
    if draft.planned is None:
        return []
    first, last = period(draft)
    zone, activities = draft.school.zone, draft.planned.activities
    dates = (one if activities[one.activity_id].zone == zone else on_wall(one, zone) for one in draft.planned.dates[0])
    return [one for one in dates if first <= one.on <= last]


def contact_people(draft: Draft) -> list[Person]:
    """The contact persons of both sides: those that the interview names, then those marked as contact."""
    by_id = {str(person.id): person for person in draft.people}
    ids = [str(value) for code, value in draft.answers.items() if code.startswith("contact_")]
    ids += [str(member.person_id) for member in draft.members if member.is_contact]
    return [by_id[key] for key in dict.fromkeys(ids) if key in by_id]


def possible(draft: Draft) -> list[str]:
    """Codes of the annexes that have something in them."""
    filled = {
        "goals": bool(draft.goals),
        "plan": bool(planned_dates(draft)),
        "hours": any(commitment.minutes for commitment in draft.commitments),
        "contacts": bool(contact_people(draft)),
    }
    return [code for code in ANNEXES if filled[code]]


def wanted(draft: Draft, code: str) -> bool:
    """Whether an annex is to be attached as soon as it has something in it: yes, unless somebody said no."""
    return draft.agreement.answers.get(answer_key(code)) is not False


def attached(draft: Draft) -> list[str]:
    """Codes of the annexes that belong to the document."""
    return [code for code in possible(draft) if wanted(draft, code)]


def answer_key(code: str) -> str:
    """The key under which an agreement's answers keep whether an annex is wanted."""
    return f"annex_{code}"


def title(code: str, words: Labels) -> str:
    """An annex's title in a document's language."""
    return words[_TITLES[code]]


def listed(draft: Draft, words: Labels) -> str:
    """The attached annexes with their numbers as part of a sentence, or that there are none."""
    return "; ".join(_numbered(draft, words)) or words["annex.none"]


def _numbered(draft: Draft, words: Labels) -> Iterator[str]:
    for number, code in enumerate(attached(draft), start=1):
        yield f"{words.text('document.annex', number=number)}: {title(code, words)}"
