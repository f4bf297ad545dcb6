"""What a next step is, and the small helpers that its rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from typing import TypeVar
from uuid import UUID

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import PipelineState, Stage
from cocivic_desktop.domain.registry import kind_name

E = TypeVar("E", bound=Entity)
Value = str | int | date
"""What a parameter may be. Enum values keep their type, so that the screen can word them."""

EXCERPT = 60
"""Longest piece of a person's text that goes into a next step, in characters."""


class Urgency(IntEnum):
    """How soon; the highest comes first."""

    LATER = 1
    SOON = 2
    NOW = 3


@dataclass(frozen=True, kw_only=True)
class Target:
    """The place that settles a step: a stage's page, a section of it, and the thing to open there."""

    stage: Stage
    section: str = ""
    kind: str = ""
    """Kind (`registry.kind_name`) of the thing `id` names."""
    id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """Advice by rule. `code` and `parameters` are worded in `ui/texts/next_steps/<stage>.py`."""

    code: str
    partnership_id: UUID
    urgency: Urgency
    target: Target
    parameters: dict[str, Value] = field(default_factory=dict)


Rule = Callable[[PartnershipView, date], Iterable[NextStep]]
"""A rule yields the steps that it advises on a day; nothing when all is well."""


class Steps:
    """Makes the steps of one stage, so that a rule names only what is special."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def step(
        self,
        view: PartnershipView,
        code: str,
        urgency: Urgency = Urgency.SOON,
        /,
        *,
        section: str = "",
        opens: Entity | None = None,
        **parameters: Value,
    ) -> NextStep:
        """A step of this stage, settled in a section of its page; `opens` is the thing to open there."""
        return NextStep(
            code=code,
            partnership_id=view.id,
            urgency=urgency,
            target=Target(
                stage=self.stage,
                section=section,
                kind=kind_name(type(opens)) if opens is not None else "",
                id=opens.id if opens is not None else None,
            ),
            parameters=parameters,
        )

    def each(
        self,
        view: PartnershipView,
        code: str,
        records: Iterable[E],
        urgency: Urgency = Urgency.SOON,
        /,
        *,
        section: str,
        says: Callable[[E], Mapping[str, Value]],
    ) -> Iterator[NextStep]:
        """A step for each record, opening it; `says` gives the parameters for its words."""
        for record in records:
            step = self.step(view, code, urgency, section=section, opens=record)
            yield replace(step, parameters=dict(says(record)))

    def counted(
        self,
        view: PartnershipView,
        code: str,
        records: Iterable[E],
        urgency: Urgency = Urgency.SOON,
        /,
        *,
        section: str,
        says: Callable[[E], Mapping[str, Value]] = lambda _first: {},
    ) -> Iterator[NextStep]:
        """One step for all records together, if any: it opens the first, `says` names it, `count` tells how many."""
        found = list(records)
        for step in self.each(view, code, found[:1], urgency, section=section, says=says):
            yield replace(step, parameters={"count": len(found), **step.parameters})


def excerpt(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def days_since(day: date, today: date) -> int:
    """Days from `day` to `today`; negative for a day to come."""
    return (today - day).days


def has_begun(view: PartnershipView, today: date) -> bool:
    """Whether the partnership runs or has run: its first day is past, or a session has taken place."""
    if view.starts_on is not None:
        return view.starts_on <= today
    return any(one.on <= today for one in view.occurrences)


def has_ended(view: PartnershipView, today: date) -> bool:
    """Whether its last day is past."""
    return view.ends_on is not None and view.ends_on < today


def days_to_end(view: PartnershipView, today: date) -> int | None:
    """Days until the last day; negative afterwards, None without one."""
    return None if view.ends_on is None else (view.ends_on - today).days


def middle(view: PartnershipView) -> date | None:
    """The day halfway through the partnership; None when it has no period."""
    first, last = view.starts_on, view.ends_on
    return first + (last - first) / 2 if first and last and first < last else None


def is_agreed(view: PartnershipView) -> bool:
    """Whether both sides have decided to work together."""
    return view.partnership.pipeline is PipelineState.AGREED
