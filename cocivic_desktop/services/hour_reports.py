"""Reports of hours: grouped sums from the database, arranged in rows and columns, and the entries behind a figure.

Everything is summed up in SQL, first by what the entries themselves hold, then by what is joined to them, so that
200,000 entries need no more than one pass over an index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.hours import HourCategory, HourRate, HourReport
from cocivic_desktop.domain.organisations import Organisation, PersonKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.hour_report import (
    HEADS_KEY,
    VALUED_KINDS,
    GroupBy,
    HourSum,
    Pivot,
    column_of,
    days_of,
    kinds_of,
    pivot,
    rows_of,
)
from cocivic_desktop.domain.rules.hour_value import VolunteerValue, volunteer_value
from cocivic_desktop.domain.school_years import SchoolYear, Term
from cocivic_desktop.services.hour_list import HourRow, row_fields

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

_KIND: Final = """
CASE WHEN p.kind IS NOT NULL THEN p.kind
     WHEN TRIM(h.role) LIKE 'staff%' OR TRIM(h.role) LIKE 'coordinator%' THEN 'staff'
     WHEN TRIM(h.role) LIKE 'volunteer%' THEN 'volunteer' WHEN TRIM(h.role) LIKE 'mentor%' THEN 'mentor'
     WHEN TRIM(h.role) LIKE 'teacher%' THEN 'teacher' WHEN TRIM(h.role) LIKE 'leadership%' THEN 'leadership'
     ELSE 'student' END
"""
"""Kind of whose time it is; a head count without a telling role is a class (`partnership_view.side_of`)."""
_SIDE: Final = f"""
CASE {_KIND} WHEN 'staff' THEN 'cso' WHEN 'volunteer' THEN 'cso' WHEN 'mentor' THEN 'cso'
     WHEN 'teacher' THEN 'school' WHEN 'leadership' THEN 'school' WHEN 'student' THEN 'learners'
     ELSE CASE WHEN p.organisation_id = :ours THEN 'cso' ELSE 'school' END END
"""
_PLAIN: Final = "RTRIM(LOWER(TRIM(h.role)), 's')"
_CODES: Final = ", ".join(f"'{kind.value}'" for kind in PersonKind)
_ROLE: Final = f"CASE WHEN {_PLAIN} IN ({_CODES}) THEN {_PLAIN} ELSE TRIM(h.role) END"
"""A role that is a kind of people in other letters ("Students") counts as that kind."""
_KEYS: Final[dict[GroupBy, str]] = {
    GroupBy.PERSON: f"COALESCE(h.person_id, '{HEADS_KEY}' || {_ROLE})",
    GroupBy.ROLE: f"COALESCE(NULLIF({_ROLE}, ''), p.kind, '')",
    GroupBy.KIND: _KIND,
    GroupBy.SIDE: _SIDE,
    GroupBy.ACTIVITY: "COALESCE(h.activity_id, '')",
    GroupBy.GOAL: "COALESCE(a.goal_id, '')",
    GroupBy.CATEGORY: "h.category",
    GroupBy.MONTH: "substr(h.worked_on, 1, 7)",
    GroupBy.TERM: "COALESCE(d.term_id, '')",
    GroupBy.STATE: "h.state",
    GroupBy.PARTNERSHIP: "h.partnership_id",
}
"""The key of an entry, as SQL over the entry `h`, its person `p`, activity `a` and day `d`."""
_RAW: Final[dict[GroupBy, frozenset[str]]] = {
    GroupBy.PERSON: frozenset({"person_id", "role"}),
    GroupBy.ROLE: frozenset({"person_id", "role"}),
    GroupBy.KIND: frozenset({"person_id", "role"}),
    GroupBy.SIDE: frozenset({"person_id", "role"}),
    GroupBy.ACTIVITY: frozenset({"activity_id"}),
    GroupBy.GOAL: frozenset({"activity_id"}),
    GroupBy.CATEGORY: frozenset({"category"}),
    GroupBy.MONTH: frozenset({"worked_on"}),
    GroupBy.TERM: frozenset({"partnership_id", "worked_on"}),
    GroupBy.STATE: frozenset({"state"}),
    GroupBy.PARTNERSHIP: frozenset({"partnership_id"}),
}
"""Columns of an entry that its key is made of."""
_MINUTES: Final = "h.minutes * COALESCE(h.head_count, 1)"
_TERM_OF_DAY: Final = """
WITH day AS MATERIALIZED (
    SELECT u.partnership_id, u.worked_on, (
        SELECT t.id FROM partnership w JOIN school_year y ON y.school_id = w.school_id AND NOT y.archived
        JOIN term t ON t.school_year_id = y.id AND NOT t.archived
        WHERE w.id = u.partnership_id AND u.worked_on BETWEEN t.starts_on AND t.ends_on
        ORDER BY t.starts_on, t.id LIMIT 1) AS term_id
    FROM (SELECT DISTINCT partnership_id, worked_on FROM hour_entry h WHERE {where}) u)
"""
"""The term of each day on which anybody worked; where terms overlap, the one that began first."""


@dataclass(frozen=True, kw_only=True)
class HourTable:
    """A report, reckoned. `names` gives the names of ids; `ranks` what ids are ordered by."""

    report: HourReport
    first: date | None
    last: date | None
    pivot: Pivot
    names: Mapping[str, str] = field(default_factory=dict)
    ranks: Mapping[str, Any] = field(default_factory=dict)
    value: VolunteerValue | None = None
    worked_first: date | None = None
    worked_last: date | None = None
    """First and last day with hours in the report; None when it holds none."""


@dataclass(frozen=True, kw_only=True)
class ReportEntry(HourRow):
    """One entry of a report, with the kind of person and the partnership's title."""

    kind: PersonKind
    partnership: str


def run(
    workspace: Workspace, report: HourReport, today: date, *, sort: str | None = None, descending: bool = True
) -> HourTable:
    """The report as it stands; see `rules.hour_report.pivot` for `sort`. `today` decides over periods without days."""
    with workspace.read() as unit:
        first, last = _days(unit, report, today)
        rows, column = rows_of(report), column_of(report)
        wanted = [*rows, column] if column is not None else rows
        sums = _hour_sums(unit, report, first, last, wanted)
        names, ranks = _names(unit, wanted, sums)
        value = None
        if report.with_value:
            ours = unit.first(Organisation, is_ours=True)
            rates = unit.find(HourRate, order="year", organisation_id=ours.id) if ours else []
            value = volunteer_value(_valued(unit, report, first, last), rates)
        worked = _worked(unit, report, first, last)

    def rank(by: GroupBy, key: str) -> Any:
        return _rank(by, key, ranks)

    return HourTable(
        report=report,
        first=first,
        last=last,
        pivot=pivot(sums, rows, column, rank, sort=sort, descending=descending),
        names=names,
        ranks=ranks,
        value=value,
        worked_first=worked[0],
        worked_last=worked[1],
    )


def grouped(workspace: Workspace, report: HourReport, today: date, by: Sequence[GroupBy]) -> list[HourSum]:
    """The bare sums of a report by these keys."""
    with workspace.read() as unit:
        first, last = _days(unit, report, today)
        return _hour_sums(unit, report, first, last, by)


def entries(
    workspace: Workspace,
    report: HourReport,
    today: date,
    keys: Mapping[GroupBy, str] | None = None,
    *,
    offset: int = 0,
    limit: int = -1,
) -> list[ReportEntry]:
    """The entries behind a figure, oldest first: those of the report with these keys. A negative limit means all."""
    with workspace.read() as unit:
        first, last = _days(unit, report, today)
        where, values = _conditions(report, first, last)
        term = _TERM_OF_DAY.format(where=where) if keys and GroupBy.TERM in keys else ""
        joins = "LEFT JOIN day d ON d.partnership_id = h.partnership_id AND d.worked_on = h.worked_on" if term else ""
        kinds = _kinds(report)
        parts = [where, *(f"{_KEYS[by]} = :key_{by.value}" for by in keys or {}), *([kinds] if kinds else [])]
        if keys and GroupBy.SIDE in keys:
            values["ours"] = _ours(unit)
        found = unit.rows(
            f"""
            {term}
            SELECT h.id, h.partnership_id, h.worked_on, h.start_time, h.person_id, p.name, h.head_count, h.role,
                   h.minutes, h.category, h.state, a.title, h.remark, {_KIND}, w.title
            FROM hour_entry h LEFT JOIN person p ON p.id = h.person_id LEFT JOIN activity a ON a.id = h.activity_id
            JOIN partnership w ON w.id = h.partnership_id {joins}
            WHERE {" AND ".join(parts)} ORDER BY h.worked_on, h.rowid LIMIT :limit OFFSET :offset
            """,  # noqa: S608 - all parts are ours, values are bound
            **values,
            **{f"key_{by.value}": key for by, key in (keys or {}).items()},
            limit=limit,
            offset=offset,
        )
    return [_entry(row) for row in found]


def _entry(row: tuple[Any, ...]) -> ReportEntry:
    return ReportEntry(**row_fields(row), kind=PersonKind(row[13]), partnership=row[14])


def periods(workspace: Workspace, partnership_id: UUID | None) -> tuple[list[SchoolYear], list[Term]]:
    """School years and terms that a report may cover, newest first: those of the partnership's school, or all."""
    with workspace.read() as unit:
        return _periods(unit, partnership_id)


def _periods(unit: UnitOfWork, partnership_id: UUID | None) -> tuple[list[SchoolYear], list[Term]]:
    of_school: dict[str, Any] = {}
    if partnership_id is not None:
        of_school["school_id"] = unit.get(Partnership, partnership_id).school_id
    years = sorted(unit.find(SchoolYear, **of_school), key=lambda one: one.starts_on, reverse=True)
    ids = [one.id for one in years]
    terms = unit.find(Term, order="starts_on", school_year_id=ids) if ids else []
    return years, sorted(terms, key=lambda one: one.starts_on, reverse=True)


def _days(unit: UnitOfWork, report: HourReport, today: date) -> tuple[date | None, date | None]:
    years, terms = _periods(unit, report.partnership_id)
    return days_of(report, today, years, terms)


def _ours(unit: UnitOfWork) -> str:
    ours = unit.first(Organisation, is_ours=True)
    return ours.id.hex if ours else ""


def _conditions(report: HourReport, first: date | None, last: date | None) -> tuple[str, dict[str, Any]]:
    """Which entries count, as far as they tell themselves."""
    parts, values = ["h.archived = 0"], {}
    wanted: list[tuple[str, str, Any]] = [
        ("h.partnership_id = :partnership", "partnership", report.partnership_id),
        ("h.worked_on >= :first", "first", first),
        ("h.worked_on <= :last", "last", last),
        ("h.state = :state", "state", "confirmed" if report.confirmed_only else None),
    ]
    for condition, name, value in wanted:
        if value is not None:
            parts.append(condition)
            values[name] = value
    return " AND ".join(parts), values


def _kinds(report: HourReport) -> str:
    """The condition on kinds of people; the codes are ours, so they stand in the text."""
    codes = ", ".join(f"'{kind.value}'" for kind in sorted(kinds_of(report)))
    return f"{_KIND} IN ({codes})" if codes else ""


def _sums(
    unit: UnitOfWork, report: HourReport, first: date | None, last: date | None, wanted: Sequence[GroupBy]
) -> list[tuple[Any, ...]]:
    """Keys, minutes, confirmed minutes and number of entries."""
    where, values = _conditions(report, first, last)
    kinds = _kinds(report)
    needed = [_RAW[by] for by in (*wanted, *([GroupBy.KIND] if kinds else []))]
    raw: frozenset[str] = frozenset().union(*needed)
    term = GroupBy.TERM in wanted
    shown = {} if term else {"worked_on": "substr(h.worked_on, 1, 7) AS worked_on"}
    inner = ", ".join(shown.get(name, f"h.{name} AS {name}") for name in sorted(raw))
    grouped = ", ".join(str(number) for number in range(1, len(raw) + 1))
    if GroupBy.SIDE in wanted:
        values["ours"] = _ours(unit)
    joins = ["LEFT JOIN person p ON p.id = h.person_id"] if "person_id" in raw else []
    joins += ["LEFT JOIN activity a ON a.id = h.activity_id"] if "activity_id" in raw else []
    joins += ["LEFT JOIN day d ON d.partnership_id = h.partnership_id AND d.worked_on = h.worked_on"] if term else []
    keys = ", ".join(_KEYS[by] for by in wanted)
    return unit.rows(
        f"""
        {_TERM_OF_DAY.format(where=where) if term else ""}
        SELECT {keys}, SUM(h.minutes), SUM(h.confirmed), SUM(h.entries) FROM (
            SELECT {inner}, SUM({_MINUTES}) AS minutes,
                   SUM(CASE h.state WHEN 'confirmed' THEN {_MINUTES} ELSE 0 END) AS confirmed,
                   COUNT(*) AS entries
            FROM hour_entry h WHERE {where} GROUP BY {grouped}
        ) h {" ".join(joins)} {f"WHERE {kinds}" if kinds else ""}
        GROUP BY {", ".join(str(number) for number in range(1, len(wanted) + 1))}
        """,  # noqa: S608 - all parts are ours, values are bound
        **values,
    )


def _hour_sums(
    unit: UnitOfWork, report: HourReport, first: date | None, last: date | None, wanted: Sequence[GroupBy]
) -> list[HourSum]:
    rows = _sums(unit, report, first, last, wanted)
    return [HourSum(tuple(str(key) for key in row[:-3]), *row[-3:]) for row in rows]


def _valued(
    unit: UnitOfWork, report: HourReport, first: date | None, last: date | None
) -> list[tuple[int, HourCategory, int]]:
    """Minutes of volunteers in the report by year and category."""
    by_month = _sums(unit, report, first, last, [GroupBy.KIND, GroupBy.CATEGORY, GroupBy.MONTH])
    sums: dict[tuple[int, HourCategory], int] = {}
    for kind, category, month, minutes, _, _ in by_month:
        if kind in {one.value for one in VALUED_KINDS}:
            key = (int(month[:4]), HourCategory(category))
            sums[key] = sums.get(key, 0) + minutes
    return [(year, category, minutes) for (year, category), minutes in sums.items()]


def _worked(
    unit: UnitOfWork, report: HourReport, first: date | None, last: date | None
) -> tuple[date | None, date | None]:
    where, values = _conditions(report, first, last)
    row = unit.rows(f"SELECT MIN(h.worked_on), MAX(h.worked_on) FROM hour_entry h WHERE {where}", **values)[0]  # noqa: S608
    return tuple(date.fromisoformat(one) if one else None for one in row)  # type: ignore[return-value]


_NAMED: Final = {
    GroupBy.PERSON: ("person", "name", "''"),
    GroupBy.ACTIVITY: ("activity", "title", "starts_on"),
    GroupBy.GOAL: ("shared_goal", "statement", "''"),
    GroupBy.PARTNERSHIP: ("partnership", "title", "''"),
}
"""Table, name and what ids are ordered by before their name."""


def _names(
    unit: UnitOfWork, wanted: Sequence[GroupBy], sums: Sequence[HourSum]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Names of the ids among the keys, and their places."""
    names: dict[str, str] = {}
    ranks: dict[str, Any] = {}
    for number, by in enumerate(wanted):
        keys = {one.keys[number] for one in sums if one.keys[number]}
        if by in _NAMED and keys:
            table, column, order = _NAMED[by]
            for id, name, place in unit.rows(f"SELECT id, {column}, {order} FROM {table}"):  # noqa: S608
                if id in keys:
                    names[id], ranks[id] = name, (place, fold(name))
        elif by is GroupBy.TERM and keys:
            rows = unit.rows(
                "SELECT t.id, t.name, y.label, t.starts_on FROM term t JOIN school_year y ON y.id = t.school_year_id"
            )
            for id, name, label, starts_on in rows:
                if id in keys:
                    names[id], ranks[id] = f"{name} {label}", starts_on
    return names, ranks


_ORDERS: Final[dict[GroupBy, list[str]]] = {
    GroupBy.CATEGORY: [one.value for one in HourCategory],
    GroupBy.KIND: [one.value for one in PersonKind],
    GroupBy.SIDE: ["cso", "school", "learners"],
    GroupBy.STATE: ["confirmed", "logged"],
}


def _rank(by: GroupBy, key: str, ranks: Mapping[str, Any]) -> Any:
    """What has no key comes last; head counts come behind people."""
    if by in _ORDERS:
        order = _ORDERS[by]
        return (0, order.index(key) if key in order else len(order), key)
    if not key:
        return (2, "", "")
    if by is GroupBy.PERSON and key.startswith(HEADS_KEY):
        return (1, fold(key), "")
    place = ranks.get(key, fold(key))
    return (0, *place) if isinstance(place, tuple) else (0, place, "")
