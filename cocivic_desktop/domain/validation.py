"""Whether an entity may be stored: checks of single fields, and of fields that belong together.

Most checks follow from the type of a field and its name, so that a new field is covered by itself; what only
one class knows stands in `_CLASS_CHECKS`. Texts are expected to be cleaned already (`base.clean_text`).
The length and number limits are those a PostgreSQL store would refuse to exceed (quality.md).
"""

from __future__ import annotations

import dataclasses
import math
import re
import types
import typing
import unicodedata
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.base import LONG_TEXT, SHORT_TEXT, Entity
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.goals import Challenge, ChallengePhase, TeamMember
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.model_parts import BadgeAward, Candidate
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import AgendaItem
from cocivic_desktop.domain.school_years import LessonTime, SchoolYear, Term
from cocivic_desktop.domain.surveys import SurveyResponse

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
MAX_INTEGER: Final = 2**31 - 1
MAX_ITEMS: Final = 2_000
"""Most entries of a list or table kept in one field."""
MINUTES_PER_DAY: Final = 24 * 60
LONGEST_SCHOOL_YEAR_DAYS: Final = 2 * 366

REQUIRED_TEXTS: Final = frozenset({"name", "title", "text", "label", "task", "file_name", "question"})
"""Text fields that may not be blank, where the class gives them no default."""

RANGES: Final[dict[str, tuple[float, float]]] = {
    "version": (0, MAX_INTEGER),
    "position": (0, MAX_INTEGER),
    "sequence": (0, MAX_INTEGER),
    "student_count": (0, 100_000),
    "staff_count": (0, 1_000_000),
    "volunteer_count": (0, 1_000_000),
    "head_count": (1, 100_000),
    "hours_per_week": (0, 168),
    "hours_capacity": (0, 100_000),
    "deadline_notice_days": (0, 366),
    "notice_days": (0, 366),
    "duration_minutes": (0, 31 * MINUTES_PER_DAY),
    "preparation_minutes": (0, 31 * MINUTES_PER_DAY),
    "follow_up_minutes": (0, 31 * MINUTES_PER_DAY),
    "reminder_minutes": (0, 366 * MINUTES_PER_DAY),
    "minutes": (0, 10_000_000),
    "minimum_group": (1, 1_000),
    "usefulness": (1, 5),
    "strength": (0, 2),
    "count": (1, 366),
    "amount_cents": (0, MAX_INTEGER),
    "workload_hours": (0, 10_000),
    "paragraph": (-1, 100_000),
    "number": (0, 10_000),
    "weekday": (0, 6),
    "birth_year": (FIRST_YEAR, LAST_YEAR),
    "year": (FIRST_YEAR, LAST_YEAR),
    "level": (1, 5),
    "seconds_before": (0, MAX_INTEGER),
    "hour_warning_percent": (1, 100),
}
"""Least and greatest value of number fields, by the name of the field."""

ORDERED: Final[tuple[tuple[str, str], ...]] = (
    ("starts_on", "ends_on"),
    ("active_from", "active_until"),
    ("opened_on", "closed_on"),
    ("given_on", "withdrawn_on"),
)
"""Pairs of days of which the second is not before the first."""

_EMAIL: Final = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]{2,}")


@dataclasses.dataclass(frozen=True)
class FieldRule:
    """What is known of a field from its declaration."""

    name: str
    kind: type
    optional: bool
    length: int
    required_text: bool


def validate(entity: Entity) -> None:
    """Raise `InvalidField` for the first field of `entity` that may not be stored; return when all may."""
    for rule in field_rules(type(entity)):
        _check_field(rule, getattr(entity, rule.name))
    for first, second in ORDERED:
        earlier, later = getattr(entity, first, None), getattr(entity, second, None)
        if earlier is not None and later is not None and later < earlier:
            raise InvalidField(second, "before_start", start=earlier, end=later)
    check = _CLASS_CHECKS.get(type(entity))
    if check is not None:
        check(entity)


_rules_of: Final[dict[type[Entity], tuple[FieldRule, ...]]] = {}


def field_rules(entity: type[Entity]) -> tuple[FieldRule, ...]:
    """What the declaration of a class says of each of its fields; read once per class."""
    if entity not in _rules_of:
        _rules_of[entity] = _read_rules(entity)
    return _rules_of[entity]


def _read_rules(entity: type[Entity]) -> tuple[FieldRule, ...]:
    hints = typing.get_type_hints(entity)
    rules = []
    for declared in dataclasses.fields(entity):
        kind, optional = _plain_type(hints[declared.name])
        has_default = declared.default is not dataclasses.MISSING or declared.default_factory is not dataclasses.MISSING
        container = kind in (list, dict)
        rules.append(
            FieldRule(
                name=declared.name,
                kind=kind,
                optional=optional,
                length=declared.metadata.get("length", LONG_TEXT if container else SHORT_TEXT),
                required_text=kind is str and not has_default and declared.name in REQUIRED_TEXTS,
            )
        )
    return tuple(rules)


def _plain_type(hint: Any) -> tuple[type, bool]:
    """`str | None` → (str, True); `dict[str, int]` → (dict, False)."""
    optional = False
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        arguments = [argument for argument in typing.get_args(hint) if argument is not type(None)]
        optional = len(arguments) < len(typing.get_args(hint))
        hint = arguments[0]
    plain: type = typing.get_origin(hint) or hint
    return plain, optional


def _check_field(rule: FieldRule, value: Any) -> None:
    if value is None:
        if not rule.optional:
            raise InvalidField(rule.name, "required")
        return
    _check_type(rule, value)
    if isinstance(value, Enum | UUID | bool | bytes):
        return
    if isinstance(value, str):
        _check_text(rule, value)
    elif isinstance(value, int | float):
        _check_number(rule.name, value)
    elif isinstance(value, date):
        _check_year(rule.name, value)
    elif isinstance(value, time):
        if value.tzinfo is not None:
            raise InvalidField(rule.name, "time_with_zone")
    elif isinstance(value, list | dict):
        _check_container(rule, value)
    elif isinstance(value, Recurrence):
        _check_recurrence(value)


def _check_type(rule: FieldRule, value: Any) -> None:
    fits = isinstance(value, rule.kind)
    if rule.kind is float:
        fits = isinstance(value, int | float)
    if rule.kind in (int, float) and isinstance(value, bool):
        fits = False
    if rule.kind is date and isinstance(value, datetime):
        fits = False
    if not fits:
        raise InvalidField(rule.name, "not_a_choice" if issubclass(rule.kind, Enum) else "wrong_type")


def _check_text(rule: FieldRule, value: str) -> None:
    if len(value) > rule.length:
        raise InvalidField(rule.name, "too_long", length=len(value), limit=rule.length)
    if rule.required_text and not value.strip():
        raise InvalidField(rule.name, "required")
    _check_characters(rule.name, value)
    if not value:
        if rule.name == "zone":
            raise InvalidField(rule.name, "unknown_zone", zone=value)
        return
    if rule.name == "email" and not _EMAIL.fullmatch(value.strip()):
        raise InvalidField(rule.name, "not_an_email")
    if rule.name == "country" and not (len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()):
        raise InvalidField(rule.name, "not_a_country", country=value)
    if rule.name == "currency" and not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
        raise InvalidField(rule.name, "not_a_currency", currency=value)
    if rule.name == "zone" and not _zone_exists(value):
        raise InvalidField(rule.name, "unknown_zone", zone=value)


def _check_characters(name: str, value: str) -> None:
    if value.isprintable():
        return
    if any(c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cs") for c in value):
        raise InvalidField(name, "control_characters")


@cache
def _zone_exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _check_number(name: str, value: Any) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidField(name, "not_finite")
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise InvalidField(name, "out_of_range", least=-MAX_INTEGER, greatest=MAX_INTEGER)
    if name in RANGES:
        least, greatest = RANGES[name]
        if not least <= value <= greatest:
            raise InvalidField(name, "out_of_range", least=least, greatest=greatest)


def _check_year(name: str, value: date) -> None:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise InvalidField(name, "naive_moment")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InvalidField(name, "year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)


def _check_container(rule: FieldRule, value: list[Any] | dict[Any, Any]) -> None:
    if len(value) > MAX_ITEMS:
        raise InvalidField(rule.name, "too_many", count=len(value), limit=MAX_ITEMS)
    items = value if isinstance(value, list) else [*value.keys(), *value.values()]
    for item in items:
        if isinstance(item, AgendaItem):
            _check_container(rule, [item.text, item.about, item.answer])
        elif isinstance(item, str):
            if len(item) > rule.length:
                raise InvalidField(rule.name, "too_long", length=len(item), limit=rule.length)
            _check_characters(rule.name, item)
        elif isinstance(item, bool):
            continue
        elif isinstance(item, int | float):
            _check_number(rule.name, item)
        else:
            raise InvalidField(rule.name, "wrong_type")


def _check_recurrence(recurrence: Recurrence) -> None:
    if recurrence.interval < 1 or recurrence.interval > 52:
        raise InvalidField("recurrence", "interval_out_of_range", least=1, greatest=52)
    if any(not 0 <= weekday <= 6 for weekday in recurrence.weekdays):
        raise InvalidField("recurrence", "weekday_out_of_range", least=0, greatest=6)
    if len(recurrence.week_numbers) > MAX_ITEMS or any(not 1 <= week <= 60 for week in recurrence.week_numbers):
        raise InvalidField("recurrence", "week_out_of_range", least=1, greatest=60)
    if recurrence.week_letter not in ("", "A", "B"):
        raise InvalidField("recurrence", "week_letter")
    if recurrence.count is not None and not 1 <= recurrence.count <= 1_000:
        raise InvalidField("recurrence", "count_out_of_range", least=1, greatest=1_000)
    if recurrence.ends is RecurrenceEnd.AFTER_COUNT and recurrence.count is None:
        raise InvalidField("recurrence", "count_missing")
    if recurrence.until is not None:
        _check_year("recurrence", recurrence.until)
    if recurrence.ends is RecurrenceEnd.ON_DATE and recurrence.until is None:
        raise InvalidField("recurrence", "until_missing")


def _check_activity(activity: Activity) -> None:
    until = activity.recurrence.until if activity.recurrence else None
    if until is not None and until < activity.starts_on:
        raise InvalidField("recurrence", "before_start", start=activity.starts_on, end=until)


def _check_override(override: OccurrenceOverride) -> None:
    if override.duration_minutes is not None and override.duration_minutes < 0:
        raise InvalidField("duration_minutes", "out_of_range", least=0, greatest=31 * MINUTES_PER_DAY)


def _check_hour_entry(entry: HourEntry) -> None:
    if not 1 <= entry.minutes <= MINUTES_PER_DAY:
        raise InvalidField("minutes", "out_of_range", least=1, greatest=MINUTES_PER_DAY)
    if entry.person_id is not None and entry.head_count is not None:
        raise InvalidField("head_count", "person_or_head_count")
    if entry.person_id is None and entry.head_count is None:
        raise InvalidField("person_id", "person_or_head_count")


def _check_person(person: Person) -> None:
    if person.birth_year is not None and person.birth_year > person.changed_at.year:
        raise InvalidField("birth_year", "out_of_range", least=FIRST_YEAR, greatest=person.changed_at.year)


def _check_lesson_time(lesson: LessonTime) -> None:
    if lesson.ends_at <= lesson.starts_at:
        raise InvalidField("ends_at", "before_start", start=lesson.starts_at, end=lesson.ends_at)


def _check_term(term: Term) -> None:
    if term.first_week_letter not in ("A", "B"):
        raise InvalidField("first_week_letter", "week_letter")


def _check_school_year(year: SchoolYear) -> None:
    days = (year.ends_on - year.starts_on).days + 1
    if days > LONGEST_SCHOOL_YEAR_DAYS:
        raise InvalidField("ends_on", "year_too_long", days=days, limit=LONGEST_SCHOOL_YEAR_DAYS)


def _check_challenge(challenge: Challenge) -> None:
    for phase, day in challenge.phase_dates.items():
        if phase not in set(ChallengePhase):
            raise InvalidField("phase_dates", "not_a_choice", phase=phase)
        if not day:
            continue
        try:
            parsed = date.fromisoformat(day)
        except ValueError:
            raise InvalidField("phase_dates", "not_a_date", phase=phase) from None
        _check_year("phase_dates", parsed)


def _check_named(one: TeamMember | Candidate | BadgeAward) -> None:
    """A learner is a person, or a label such as initials."""
    if one.person_id is None and not one.label.strip():
        raise InvalidField("label", "required")


def _check_candidate(candidate: Candidate) -> None:
    _check_named(candidate)
    for criterion, score in candidate.scores.items():
        if not 1 <= score <= 5:
            raise InvalidField("scores", "out_of_range", criterion=criterion, least=1, greatest=5)


def _check_survey_response(response: SurveyResponse) -> None:
    for question, answer in response.answers.items():
        if isinstance(answer, int) and not 1 <= answer <= 5:
            raise InvalidField("answers", "out_of_range", question=question, least=1, greatest=5)


_CLASS_CHECKS: Final[dict[type[Entity], Callable[[Any], None]]] = {
    Activity: _check_activity,
    OccurrenceOverride: _check_override,
    HourEntry: _check_hour_entry,
    Person: _check_person,
    LessonTime: _check_lesson_time,
    Term: _check_term,
    SchoolYear: _check_school_year,
    Challenge: _check_challenge,
    TeamMember: _check_named,
    Candidate: _check_candidate,
    BadgeAward: _check_named,
    SurveyResponse: _check_survey_response,
}
