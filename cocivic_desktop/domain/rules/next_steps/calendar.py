"""Next steps of stage 4: a school year one can trust, and sessions that can take place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Final

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import PipelineState, Stage
from cocivic_desktop.domain.rules.conflicts import Severity
from cocivic_desktop.domain.rules.next_steps.base import (
    NextStep,
    Rule,
    Steps,
    Urgency,
    Value,
    days_since,
    excerpt,
    has_ended,
    is_agreed,
)
from cocivic_desktop.domain.rules.to_schedule import unscheduled_tasks
from cocivic_desktop.domain.school_years import SchoolYear

_STAGE = Steps(Stage.CALENDAR)
NEAR_DAYS = 14
"""A tentative session nearer than this should be confirmed or moved."""
STALE_DAYS = 180
"""Dates of a school year that were last checked longer ago are looked at again."""


def _present_years(view: PartnershipView, today: date) -> list[SchoolYear]:
    """School years that are not over."""
    return [year for year in view.school_years if year.ends_on >= today]


def school_year_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Nothing is known of the school's year in which the partnership runs."""
    if view.partnership.pipeline in (PipelineState.IDEA, PipelineState.CONTACTED) or has_ended(view, today):
        return
    if not _present_years(view, today):
        yield _STAGE.step(view, "school_year_missing", section="school_years")


def _year_is(year: SchoolYear) -> Mapping[str, Value]:
    return {"year": excerpt(year.label)}


_year_steps = partial(_STAGE.each, section="school_years", says=_year_is)


def terms_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A school year without terms has no teaching weeks to plan in."""
    known = {term.school_year_id for term in view.terms}
    return _year_steps(view, "terms_missing", (year for year in _present_years(view, today) if year.id not in known))


def school_year_unconfirmed(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """The school itself has not said that the dates are right."""
    unconfirmed = (year for year in _present_years(view, today) if year.confirmed_on is None)
    return _year_steps(view, "school_year_unconfirmed", unconfirmed)


def school_year_stale(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """The dates of a year were checked long ago."""
    for year in _present_years(view, today):
        if year.checked_on is not None and days_since(year.checked_on, today) > STALE_DAYS:
            yield _STAGE.step(
                view,
                "school_year_stale",
                Urgency.LATER,
                section="school_years",
                opens=year,
                year=excerpt(year.label),
                checked_on=year.checked_on,
            )


def estimates_near(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Estimated days, such as feasts that follow the moon, come within two months."""
    last = today + timedelta(days=60)
    near = [period for period in view.periods if period.estimate and today <= period.starts_on <= last]
    if near:
        first = min(near, key=lambda period: period.starts_on)
        yield _STAGE.step(
            view,
            "estimates_near",
            section="school_years",
            opens=first,
            name=excerpt(first.name),
            starts_on=first.starts_on,
        )


def lesson_times_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Without lesson times nobody sees that a session starts in the break."""
    known = {lesson.school_year_id for lesson in view.lesson_times}
    years = _present_years(view, today)
    if not any(year.id in known for year in years):
        yield from _year_steps(view, "lesson_times_missing", years[:1], Urgency.LATER)


def activities_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Agreed, and nothing is planned."""
    if is_agreed(view) and not view.activities and not has_ended(view, today):
        yield _STAGE.step(view, "activities_missing", section="activities")


def conflicts_hard(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Sessions that cannot take place as planned, counted by reason."""
    yield from _conflicts(view, today, Severity.HARD, "conflicts_hard", Urgency.NOW)


def conflicts_soft(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Sessions on unwise days that nobody has accepted, counted by reason."""
    yield from _conflicts(view, today, Severity.SOFT, "conflicts_soft", Urgency.SOON)


def _conflicts(
    view: PartnershipView, today: date, severity: Severity, code: str, urgency: Urgency
) -> Iterator[NextStep]:
    standing = [
        conflict
        for conflict in view.conflicts
        if conflict.severity is severity and not conflict.accepted and conflict.original_on >= today
    ]
    counts = Counter(conflict.code for conflict in standing)
    for reason, count in sorted(counts.items()):
        first = min((c for c in standing if c.code == reason), key=lambda conflict: conflict.original_on)
        yield _STAGE.step(
            view,
            code,
            urgency,
            section="conflicts",
            opens=view.activities_by_id.get(first.activity_id),
            reason=reason,
            count=count,
            first_on=first.original_on,
        )


def tentative_near(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A session that comes soon is still only pencilled in."""
    last = today + timedelta(days=NEAR_DAYS)
    near = sorted(
        (
            one
            for one in view.occurrences
            if one.status is ActivityStatus.TENTATIVE and not one.cancelled and today <= one.on <= last
        ),
        key=lambda one: one.on,
    )
    if near:
        first = near[0]
        activity = view.activities_by_id.get(first.activity_id)
        yield _STAGE.step(
            view,
            "tentative_near",
            section="activities",
            opens=activity,
            count=len(near),
            activity=excerpt(activity.title if activity else ""),
            first_on=first.on,
        )


def task_without_date(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A task is due soon, and nobody has set aside the time for it; what is late has a step of its own."""
    last = today + timedelta(days=NEAR_DAYS)
    near = sorted(
        (task for task in unscheduled_tasks(view) if task.due_on is not None and today <= task.due_on <= last),
        key=lambda task: task.due_on or last,
    )
    yield from _STAGE.counted(
        view,
        "task_without_date",
        near,
        section="to_schedule",
        says=lambda first: {"task": excerpt(first.title), "due_on": first.due_on or last},
    )


def time_proposed(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A guest has answered an invitation with another time, and nobody has taken it over or left it."""
    coming = {one.activity_id for one in view.occurrences if one.on >= today and not one.cancelled}
    asked = {one.activity_id for one in view.participations if one.proposed_on is not None}
    asked |= {one.activity_id for one in view.proposals}
    activities = [view.activities_by_id[id] for id in asked & coming if id in view.activities_by_id]
    activities.sort(key=lambda one: (one.starts_on, one.title))
    yield from _STAGE.counted(
        view, "time_proposed", activities, section="people", says=lambda first: {"activity": excerpt(first.title)}
    )


RULES: Final[tuple[Rule, ...]] = (
    school_year_missing,
    terms_missing,
    school_year_unconfirmed,
    school_year_stale,
    estimates_near,
    lesson_times_missing,
    activities_missing,
    conflicts_hard,
    conflicts_soft,
    tentative_near,
    time_proposed,
    task_without_date,
)
