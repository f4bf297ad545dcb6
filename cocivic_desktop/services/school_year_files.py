"""Periods that a calendar file offers. Nothing is stored here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.rules.calendar_files import (
    EndDates,
    EndsExample,
    ReadResult,
    Skipped,
    TableColumns,
    TableShape,
)
from cocivic_desktop.domain.school_years import PeriodKind, PeriodSource

MAX_FILE_BYTES = 20_000_000


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
    ends_example: EndsExample | None = None
    table: TableShape | None = None
    """The columns of a table of no known format."""


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
    columns: TableColumns | None = None,
    ask: bool = False,
) -> ImportPreview:
    """What an ICS or CSV file offers from `first` to `last`. Nothing is stored.

    `region` and `country` choose the rows of a table for many regions, `language` among several names; `ends`
    overrules what was found out about how the file gives its last days, `columns` what the columns of a table are.
    With `ask`, a table without a column of dates is no error: `table` then says what there is to choose from.
    Raises `BadInput`.
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

        result = read_holidays(
            data,
            first=first,
            last=last,
            country=country,
            region=region,
            language=language,
            ends=ends,
            columns=columns,
            ask=ask,
        )
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
        periods,
        source,
        detail[:300],
        list(result.skipped),
        list(result.remarks),
        result.ends,
        result.encoding,
        result.ends_example,
        result.table,
    )
