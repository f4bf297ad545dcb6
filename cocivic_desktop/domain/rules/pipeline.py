"""The pipeline of prospective partners: who is where, whom to contact when, and what a person wants to see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Outreach, Partnership, PipelineState

STATES: Final = tuple(PipelineState)
"""The states in the order in which a partnership usually passes them; "not now" stands apart, last."""


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """A partnership as the pipeline shows it."""

    partnership: Partnership
    school: Organisation | None = None
    coordinator: str = ""
    next_contact_on: date | None = None
    """The day of the next contact: the partnership's own, else the one noted with the latest contact."""
    last_contact_on: date | None = None

    @property
    def id(self) -> UUID:
        """The partnership's id."""
        return self.partnership.id

    @property
    def state(self) -> PipelineState:
        """Where it stands."""
        return self.partnership.pipeline

    @property
    def archived(self) -> bool:
        """Whether it has been put away."""
        return self.partnership.archived

    @property
    def school_name(self) -> str:
        """The school's name in full."""
        return self.school.name if self.school is not None else ""

    def is_due(self, today: date) -> bool:
        """Whether the day of the next contact has come."""
        return self.next_contact_on is not None and self.next_contact_on <= today

    def is_overdue(self, today: date) -> bool:
        """Whether the day of the next contact is past."""
        return self.next_contact_on is not None and self.next_contact_on < today


def is_only_an_idea(partnership: Partnership) -> bool:
    """Whether a partnership is no more than a name in the pipeline: put there without a model, and nobody has asked."""
    idle = partnership.pipeline in (PipelineState.IDEA, PipelineState.NOT_NOW)
    return idle and not partnership.model and partnership.starts_on is None


def next_contact(partnership: Partnership, contacts: Iterable[Outreach]) -> date | None:
    """The day of the next contact; None where nobody has set one."""
    latest = max(contacts, key=lambda one: (one.happened_on, one.created_at), default=None)
    return partnership.next_contact_on or (latest.next_contact_on if latest is not None else None)


@dataclass(frozen=True, kw_only=True)
class PipelineFilter:
    """What to show. Empty parts do not narrow; every word of `text` must be found."""

    text: str = ""
    state: PipelineState | None = None
    coordinator_id: UUID | None = None
    region: str = ""
    """As `region_of` gives it."""
    vocational_field: str = ""
    due_only: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self != PipelineFilter()

    def takes(self, one: Prospect, today: date) -> bool:
        """Whether a prospect is shown."""
        school = one.school
        if not self.narrows:
            return True
        return (
            self.state in (None, one.state)
            and self.coordinator_id in (None, one.partnership.coordinator_id)
            and (not self.region or (school is not None and region_of(school) == self.region))
            and (not self.vocational_field or self._has_field(school))
            and (not self.due_only or one.is_due(today))
            and self._has_words(one)
        )

    def _has_field(self, school: Organisation | None) -> bool:
        wanted = fold(self.vocational_field)
        return school is not None and any(fold(field) == wanted for field in school.vocational_fields)

    def _has_words(self, one: Prospect) -> bool:
        school = one.school
        texts = [one.partnership.title, one.coordinator, one.partnership.not_now_reason]
        if school is not None:
            texts += [school.name, school.short_name, school.city, region_of(school), *school.vocational_fields]
        found = _folded(" ".join(texts))
        return all(word in found for word in _folded(self.text).split())


class PipelineOrder(StrEnum):
    """How prospects are sorted."""

    NEXT_CONTACT = "next_contact"
    SCHOOL = "school"
    TITLE = "title"
    LAST_CHANGE = "last_change"
    """The latest first."""


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Names are folded again and again while a person types into the filter."""
    return fold(text)


_KEYS: Final[dict[PipelineOrder, Callable[[Prospect], Any]]] = {
    PipelineOrder.NEXT_CONTACT: lambda one: (one.next_contact_on is None, one.next_contact_on or date.max),
    PipelineOrder.SCHOOL: lambda one: _folded(one.school_name),
    PipelineOrder.TITLE: lambda one: _folded(one.partnership.title),
    PipelineOrder.LAST_CHANGE: lambda one: -one.partnership.changed_at.timestamp(),
}


def in_order(prospects: Iterable[Prospect], order: PipelineOrder = PipelineOrder.NEXT_CONTACT) -> list[Prospect]:
    """Prospects sorted; what is equal goes by school and title."""
    key = _KEYS[order]
    return sorted(prospects, key=lambda one: (key(one), _folded(one.school_name), _folded(one.partnership.title)))


def region_of(school: Organisation) -> str:
    """Where a school is, for filtering: "DE-SH", else the country, else the city, else nothing."""
    codes = "-".join(part for part in (school.country, school.region) if part)
    return codes or school.city


def neighbour(state: PipelineState, step: int) -> PipelineState:
    """The state one step further (1) or back (-1); the first and the last one are the ends."""
    return STATES[min(max(STATES.index(state) + step, 0), len(STATES) - 1)]
