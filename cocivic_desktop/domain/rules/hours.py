"""Hours: what is promised, used, planned and to be expected. What is odd about an entry: `hour_checks`.

Rules of domain.md, "Hour rules". All durations are whole minutes. Used means logged and confirmed; a forecast adds
what the calendar still holds. Periods of a commitment count by whole months, because hours are summed by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.agreements import Commitment, CommitmentUnit
from cocivic_desktop.domain.base import Side, fold
from cocivic_desktop.domain.hours import HourState
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.partnership_view import HourTotal, PartnershipView
from cocivic_desktop.domain.rules.recurrence import Occurrence
from cocivic_desktop.domain.rules.school_time import weeks_within

SESSION_KINDS = frozenset({ActivityKind.SESSION, ActivityKind.WORKSHOP})
"""What "per session" counts."""


@dataclass(frozen=True, kw_only=True)
class PlannedTime:
    """Minutes that the calendar still holds for a side and role in a month ("YYYY-MM")."""

    side: Side
    role: str = ""
    kind: PersonKind | None = None
    month: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How one commitment stands. `planned` is still to come; `forecast` is used and planned together."""

    commitment: Commitment
    promised: int
    used: int
    confirmed: int
    planned: int

    @property
    def forecast(self) -> int:
        """What will have been used at the end if all that is planned takes place."""
        return self.used + self.planned

    @property
    def used_percent(self) -> int | None:
        """Share of the promise that is used (`whole_percent`); None when nothing is promised."""
        return whole_percent(self.used, self.promised)

    @property
    def forecast_percent(self) -> int | None:
        """Share of the promise that will be used (`whole_percent`); None when nothing is promised."""
        return whole_percent(self.forecast, self.promised)


def whole_percent(minutes: int, promised: int) -> int | None:
    """The share of a promise in whole percent; None when nothing is promised.

    Rounded down while something is left and up once it is exceeded, so that 100 means neither 99.6 nor 100.4.
    """
    if promised <= 0:
        return None
    return 100 * minutes // promised if minutes <= promised else -(-100 * minutes // promised)


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """Minutes of one side and role in one month."""

    side: Side
    role: str
    month: str
    used: int = 0
    confirmed: int = 0
    planned: int = 0


def month_of(day: date) -> str:
    """The month of a day as "YYYY-MM"."""
    return f"{day.year:04}-{day.month:02}"


def months_between(first: date, last: date) -> int:
    """Months of a period, both days included; a begun month counts. 0 when it ends before it starts."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1) if first <= last else 0


def promised_minutes(commitment: Commitment, *, teaching_weeks: int, months: int, sessions: int) -> int:
    """Minutes that a commitment promises in all."""
    times = {
        CommitmentUnit.TOTAL: 1,
        CommitmentUnit.PER_TEACHING_WEEK: teaching_weeks,
        CommitmentUnit.PER_MONTH: months,
        CommitmentUnit.PER_SESSION: sessions,
    }
    return max(0, commitment.minutes) * max(0, times[commitment.unit])


def promised_in_view(view: PartnershipView, commitment: Commitment) -> int:
    """`promised_minutes` with the weeks, months and sessions of the partnership."""
    first = commitment.starts_on or view.starts_on
    last = commitment.ends_on or view.ends_on
    return promised_minutes(
        commitment,
        teaching_weeks=weeks_within(view, first, last) or 0,
        months=months_between(first, last) if first and last else 0,
        sessions=sum(1 for one in view.occurrences if _is_session(view, one) and _within(one.on, first, last)),
    )


def promised_minutes_of_view(view: PartnershipView, side: Side) -> int:
    """All that one side promises in a partnership."""
    return sum(promised_in_view(view, commitment) for commitment in view.commitments if commitment.side is side)


def budgets(view: PartnershipView, today: date) -> list[Budget]:
    """How each commitment stands on `today`, in the order of the agreement."""
    planned = planned_times(view, today)
    return [_budget(view, commitment, planned) for commitment in view.commitments]


def _budget(view: PartnershipView, commitment: Commitment, planned: Sequence[PlannedTime]) -> Budget:
    first = month_of(commitment.starts_on) if commitment.starts_on else ""
    last = month_of(commitment.ends_on) if commitment.ends_on else "9999-12"
    mine = [
        total
        for total in view.hour_totals
        if first <= total.month <= last and answers_to(commitment, total.side, total.role, total.kind)
    ]
    coming = [
        part
        for part in planned
        if first <= part.month <= last and answers_to(commitment, part.side, part.role, part.kind)
    ]
    return Budget(
        commitment=commitment,
        promised=promised_in_view(view, commitment),
        used=sum(total.minutes for total in mine),
        confirmed=sum(total.minutes for total in mine if total.state is HourState.CONFIRMED),
        planned=sum(part.minutes for part in coming),
    )


def answers_to(commitment: Commitment, side: Side, role: str, kind: PersonKind | None) -> bool:
    """Whether time of a side and role counts for a commitment. One without a role covers its whole side."""
    if side is not commitment.side:
        return False
    wanted = fold(commitment.role).strip()
    if not wanted:
        return True
    return _same_role(wanted, fold(role).strip()) or (kind is not None and _same_role(wanted, kind.value))


def _same_role(wanted: str, given: str) -> bool:
    """The role "mentors" is the role "mentor"; "project mentor" is not."""
    return bool(given) and (wanted == given or wanted.removesuffix("s") == given.removesuffix("s"))


def planned_times(view: PartnershipView, today: date) -> list[PlannedTime]:
    """Time that occurrences after `today` will take, by side, role and month.

    Each person taking part gives the duration; preparation and follow-up count once, for the first person of the
    CSO. An activity for which nobody is named counts as one person of the CSO; its head count counts as learners.
    """
    sums: dict[tuple[Side, str, PersonKind | None, str], int] = {}
    for one, side, role, kind, minutes in time_to_come(view, today):
        key = (side, role, kind, month_of(one.on))
        sums[key] = sums.get(key, 0) + minutes
    return [
        PlannedTime(side=side, role=role, kind=kind, month=month, minutes=minutes)
        for (side, role, kind, month), minutes in sums.items()
    ]


def time_to_come(view: PartnershipView, today: date) -> Iterator[tuple[Occurrence, Side, str, PersonKind | None, int]]:
    """Each date after `today` with the side, role and kind of who takes part, and the minutes they give."""
    taking_part: dict[object, list[tuple[Side, str, PersonKind | None]]] = {}
    for part in view.participations:
        person = view.people_by_id.get(part.person_id)
        side = view.side_of_person(part.person_id, part.role)
        taking_part.setdefault(part.activity_id, []).append((side, part.role, person.kind if person else None))
    for one in view.occurrences:
        activity = view.activities_by_id.get(one.activity_id)
        if activity is None or one.cancelled or one.on <= today or activity.kind is ActivityKind.DEADLINE:
            continue
        for side, role, kind, minutes in _time_of(activity, one, taking_part.get(activity.id, [])):
            yield one, side, role, kind, minutes


def _time_of(
    activity: Activity, one: Occurrence, people: Sequence[tuple[Side, str, PersonKind | None]]
) -> Iterable[tuple[Side, str, PersonKind | None, int]]:
    around = activity.preparation_minutes + activity.follow_up_minutes
    if not any(side is Side.CSO for side, _, _ in people):
        people = [(Side.CSO, "", None), *people]
    for side, role, kind in people:
        yield side, role, kind, one.minutes + (around if side is Side.CSO else 0)
        if side is Side.CSO:
            around = 0
    if activity.head_count:
        yield Side.LEARNERS, "", PersonKind.STUDENT, one.minutes * activity.head_count


def by_month(view: PartnershipView, today: date) -> list[MonthRow]:
    """Used, confirmed and planned minutes per side, role and month, sorted."""
    cells: dict[tuple[Side, str, str], dict[str, int]] = {}

    def cell(side: Side, role: str, month: str) -> dict[str, int]:
        return cells.setdefault((side, role, month), {"used": 0, "confirmed": 0, "planned": 0})

    for total in view.hour_totals:
        found = cell(total.side, role_of(total.role, total.kind), total.month)
        found["used"] += total.minutes
        if total.state is HourState.CONFIRMED:
            found["confirmed"] += total.minutes
    for coming in planned_times(view, today):
        cell(coming.side, role_of(coming.role, coming.kind), coming.month)["planned"] += coming.minutes
    order = {side: number for number, side in enumerate(Side)}
    return [
        MonthRow(side=side, role=role, month=month, **cells[side, role, month])
        for side, role, month in sorted(cells, key=lambda key: (order[key[0]], key[1], key[2]))
    ]


def role_of(role: str, kind: PersonKind | None) -> str:
    """The role under which time is summed: the given one, else the person's kind."""
    return role.strip() or (kind.value if kind else "")


def used_minutes(
    totals: Iterable[HourTotal], *, side: Side | None = None, kinds: Iterable[PersonKind] | None = None
) -> int:
    """Minutes of one side or of some kinds of people."""
    wanted = None if kinds is None else frozenset(kinds)
    return sum(
        total.minutes
        for total in totals
        if (side is None or total.side is side) and (wanted is None or total.kind in wanted)
    )


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _is_session(view: PartnershipView, one: Occurrence) -> bool:
    activity = view.activities_by_id.get(one.activity_id)
    return activity is not None and activity.kind in SESSION_KINDS and not one.cancelled
