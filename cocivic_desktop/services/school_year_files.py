"""Periods that a calendar file offers, and what taking them over would do to a school year. Nothing is stored here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import EndDates, ReadResult, Skipped
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, PeriodSource

MAX_FILE_BYTES = 20_000_000
NEAR_DAYS = 60
"""A period of the same name that starts this near is the same one with a new date."""


@dataclass
class PreviewPeriod:
    """A period that a file offers. May be edited before it is imported; `chosen` says whether it will be."""

    kind: PeriodKind
    name: str
    starts_on: date
    ends_on: date
    chosen: bool = True
    recognised: bool = True
    """False when nothing in the file says that the school is closed or examines then; `kind` is then a suggestion."""
    estimate: bool = False
    remark: str = ""
    external_uid: str = ""
    line: int | None = None


@dataclass
class ImportPreview:
    """What a calendar file holds for the asked days, and what of it could not be used and why."""

    periods: list[PreviewPeriod]
    source: PeriodSource
    source_detail: str
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Skipped] = field(default_factory=list)
    ends: EndDates = EndDates.EXCLUSIVE
    encoding: str = "utf-8"


@dataclass(frozen=True)
class PeriodPlan:
    """What an import does to a school year. `changed` pairs the stored period with its new content."""

    added: list[PreviewPeriod]
    changed: list[tuple[CalendarPeriod, PreviewPeriod]]
    removed: list[CalendarPeriod]
    unchanged: list[CalendarPeriod]


def read_calendar_file(
    path: Path | str,
    *,
    first: date,
    last: date,
    region: str = "",
    country: str = "",
    zone: str = "UTC",
    language: str = "",
    ends: EndDates | None = None,
) -> ImportPreview:
    """What an ICS or CSV file offers from `first` to `last`. Nothing is stored.

    `region` and `country` choose the rows of a table for many regions, `language` among several names; `ends`
    overrules what was found out about how an ICS file gives its last days. Raises `BadInput`.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BadInput(f"{path.name} is larger than {MAX_FILE_BYTES // 1_000_000} MB. Nothing was read.")
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror or error}. Nothing was imported.") from error
    if not data.strip():
        raise BadInput(f"{path.name} is empty. Nothing was read.")
    if _is_ics(path, data):
        from cocivic_desktop.calendars.ics_in import read_calendar

        result = read_calendar(data, first=first, last=last, zone=zone, ends=ends)
        source = PeriodSource.ICS
    else:
        from cocivic_desktop.tables.holiday_csv import read_holidays

        result = read_holidays(data, first=first, last=last, country=country, region=region, language=language)
        source = PeriodSource.CSV
    return _preview(result, source, result.name or _file_title(path))


def _is_ics(path: Path, data: bytes) -> bool:
    if path.suffix.lower() in (".ics", ".ical", ".icalendar", ".ifb"):
        return True
    return b"BEGIN:VCALENDAR" in data[:4000].replace(b"\x00", b"").upper()


def _file_title(path: Path) -> str:
    """A file's name without its ending and without the number that a browser adds to a second copy."""
    return re.sub(r"\s*(?:\(\d+\)|- Copy|- Kopie)$", "", path.stem)[:200] or path.name[:200]


def _preview(result: ReadResult, source: PeriodSource, detail: str) -> ImportPreview:
    periods = [
        PreviewPeriod(
            event.kind or PeriodKind.BLOCKED,
            event.summary or "—",
            event.starts_on,
            event.ends_on,
            chosen=event.kind is not None and not event.local,
            recognised=event.kind is not None,
            estimate=event.estimate,
            remark=event.remark,
            external_uid=event.uid[:300],
            line=event.line,
        )
        for event in result.events
    ]
    return ImportPreview(
        periods, source, detail[:300], list(result.skipped), list(result.remarks), result.ends, result.encoding
    )


def plan_import(
    existing: Iterable[CalendarPeriod], wanted: Iterable[PreviewPeriod], source: PeriodSource, detail: str
) -> PeriodPlan:
    """Which stored periods a source's new content changes, removes or leaves, and what it adds.

    The same period is recognised by its identity in the source, else by its kind and days, else by its name when
    it starts nearby. Periods of other sources are never changed, and not doubled either.
    """
    stored = list(existing)
    own = [period for period in stored if period.source == source]
    left = _distinct(wanted)
    pairs: list[tuple[CalendarPeriod, PreviewPeriod]] = []
    taken: set[UUID] = set()

    def pair(candidates: Iterable[CalendarPeriod], fits: Callable[[CalendarPeriod, PreviewPeriod], bool]) -> None:
        for period in candidates:
            if period.id in taken:
                continue
            found = next((new for new in left if fits(period, new)), None)
            if found is not None:
                left.remove(found)
                taken.add(period.id)
                pairs.append((period, found))

    pair(own, lambda old, new: bool(new.external_uid) and old.external_uid == new.external_uid)
    pair(own, _same_days)
    same_source = [period for period in own if period.source_detail == detail]
    pair(same_source, lambda old, new: _same_name(old, new) and abs((old.starts_on - new.starts_on).days) <= NEAR_DAYS)
    elsewhere = [period for period in stored if period.source != source]
    kept = [period for period in elsewhere if any(_same_days(period, new) for new in left)]
    left = [new for new in left if not any(_same_days(period, new) for period in elsewhere)]
    changed = [(old, new) for old, new in pairs if _differs(old, new)]
    unchanged = [old for old, new in pairs if not _differs(old, new)]
    removed = [period for period in same_source if period.id not in taken]
    return PeriodPlan(left, changed, removed, [*unchanged, *kept])


def _distinct(wanted: Iterable[PreviewPeriod]) -> list[PreviewPeriod]:
    found: dict[tuple[object, ...], PreviewPeriod] = {}
    for period in wanted:
        found.setdefault((period.kind, fold(period.name), period.starts_on, period.ends_on), period)
    return list(found.values())


def _same_days(old: CalendarPeriod, new: PreviewPeriod) -> bool:
    return (old.kind, old.starts_on, old.ends_on) == (new.kind, new.starts_on, new.ends_on)


def _same_name(old: CalendarPeriod, new: PreviewPeriod) -> bool:
    return old.kind == new.kind and fold(old.name) == fold(new.name)


def _differs(old: CalendarPeriod, new: PreviewPeriod) -> bool:
    return not _same_days(old, new) or old.name != new.name or old.estimate != new.estimate
