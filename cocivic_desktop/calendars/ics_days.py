"""The events of an ICS file by days: series spelt out inside a window, neighbouring days joined into periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from cocivic_desktop.calendars.day_rules import Allowance, RefusedRule, days_of, parse_rule
from cocivic_desktop.calendars.ics_values import BROKEN, RawEvent, days_between, until_day
from cocivic_desktop.domain.rules.calendar_files import ReadEvent, Skipped, guess_kind
from cocivic_desktop.domain.rules.teaching_weeks import CLOSURES

MAX_EVENTS = 20_000
LONGEST_DAYS = 400
"""No holiday is longer; what is, is an error of the file."""
FULL_DAY = timedelta(hours=6)
"""A closure shorter than this leaves the school open."""


@dataclass
class Expansion:
    """Days from `first` to `last` in `zone`; `local` is the zone of the file. What is left out goes to `skipped`."""

    first: date
    last: date
    zone: tzinfo
    local: tzinfo
    skipped: list[Skipped]
    _allowance: Allowance = field(default_factory=Allowance)

    def events(self, raw: list[RawEvent], *, inclusive: bool) -> list[ReadEvent]:
        """The events by days inside the window, sorted; neighbouring days of one series become one period."""
        replaced: dict[str, set[date]] = {}
        for event in raw:
            if event.replaces is not None:
                replaced.setdefault(event.uid, set()).add(event.replaces)
        found: list[ReadEvent] = []
        outside = 0
        seen: dict[tuple[str, date | None], list[date | datetime]] = {}
        for event in sorted(raw, key=lambda event: -event.sequence):
            starts = seen.setdefault((event.uid, event.replaces), [])
            if event.start in starts:
                self._skip(event.summary, "duplicate", uid=event.uid)
                continue
            twin = len(starts)
            starts.append(event.start)
            try:
                spans = self._spans(event, replaced.get(event.uid, set()), inclusive=inclusive)
            except RefusedRule as refusal:
                self._skip(event.summary, refusal.code)
                continue
            except BROKEN:
                self._skip(event.summary, "impossible_date")
                continue
            if not spans:
                outside += 1
            if len(found) + len(spans) > MAX_EVENTS:
                self._skip(event.summary, "too_many_events", limit=MAX_EVENTS)
                continue
            found += self._read_events(event, _joined(spans), twin)
        if outside:
            self.skipped.append(Skipped("", "outside_window", {"count": outside}))
        return sorted(found, key=lambda event: (event.starts_on, event.ends_on, event.summary))

    def _skip(self, summary: str, code: str, **parameters: object) -> None:
        self.skipped.append(Skipped(summary, code, dict(parameters)))

    def _spans(self, event: RawEvent, replaced: set[date], *, inclusive: bool) -> list[tuple[date, date]]:
        """The first and last days of an event inside the window, without the dates that others replace."""
        spans = [
            self._span(event, day, inclusive)
            for day in self._starts(event)
            if event.replaces is not None or day not in replaced
        ]
        return [span for span in spans if span[0] <= self.last and span[1] >= self.first]

    def _starts(self, event: RawEvent) -> list[date]:
        start = event.start.date() if isinstance(event.start, datetime) else event.start
        # A series that began before the window may still reach into it, by its length and a day for the zone.
        length = days_between(event.start, event.end) + 2
        first = date.fromordinal(max(1, self.first.toordinal() - length))
        last = date.fromordinal(min(date.max.toordinal() - LONGEST_DAYS - 2, self.last.toordinal() + 1))
        days: set[date] = set() if event.rules else {start}
        if event.replaces is None:
            for rule in event.rules:
                until = until_day(rule, event.start, self.local)
                days.update(days_of(parse_rule(rule, until), start, first, last, self._allowance))
            days.update(event.extra_days)
            days -= event.left_out
        else:
            days = {start}
        return sorted(day for day in days if first <= day <= last)

    def _span(self, event: RawEvent, day: date, inclusive: bool) -> tuple[date, date]:
        if isinstance(event.start, datetime) and isinstance(event.end, datetime):
            begin = datetime.combine(day, event.start.timetz()).astimezone(self.zone)
            finish = begin + (event.end.astimezone(UTC) - event.start.astimezone(UTC))
            last = finish - timedelta(microseconds=1) if finish > begin else finish
            return begin.date(), last.date()
        days = days_between(event.start, event.end)
        if not inclusive or not event.has_end:
            days = max(0, days - 1)
        return day, day + timedelta(days=days)

    def _read_events(self, event: RawEvent, spans: list[tuple[date, date]], twin: int) -> Iterator[ReadEvent]:
        kind = guess_kind(event.summary, event.categories)
        remark = ""
        if isinstance(event.start, datetime) and isinstance(event.end, datetime):
            length = event.end.astimezone(UTC) - event.start.astimezone(UTC)
            if kind in CLOSURES and length < FULL_DAY:
                kind, remark = None, "part_of_day"
        one = ReadEvent(event.uid, event.summary, date.min, date.min, kind, event.categories, remark=remark)
        recurring = bool(event.rules or event.extra_days or event.replaces is not None)
        for number, (starts_on, ends_on) in enumerate(spans):
            uid = event.uid
            if recurring or twin or number:
                uid = f"{uid}#{starts_on:%Y%m%d}"
            yield replace(one, uid=uid, starts_on=starts_on, ends_on=ends_on)


def _joined(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Spans in order, those that touch or overlap joined."""
    joined: list[tuple[date, date]] = []
    for starts_on, ends_on in sorted(spans):
        if joined and starts_on.toordinal() <= joined[-1][1].toordinal() + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends_on))
        else:
            joined.append((starts_on, ends_on))
    return joined
