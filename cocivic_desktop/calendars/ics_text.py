"""The text of an ICS file made ready for the parser: without zone definitions and endless lists, and closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cocivic_desktop.calendars.ics_values import short

LONGEST_LIST = 20_000
"""Characters of one RDATE or EXDATE: a thousand dates and more."""
LONG_LIST = "X-COCIVIC-LONG-LIST"
"""The line that stands for a longer one."""


def prepared(text: str) -> tuple[str, str]:
    """The text without VTIMEZONE definitions, and closed where the file was cut off; the second value says where."""
    lines = _without_long_lists(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    kept: list[str] = []
    in_zone = in_calendar = False
    event_from = -1
    for line in lines:
        mark = line[:16].rstrip().upper()
        if mark == "BEGIN:VTIMEZONE":
            in_zone = True
        elif mark == "END:VTIMEZONE":
            in_zone = False
            continue
        if in_zone:
            if mark not in ("END:VCALENDAR", "BEGIN:VEVENT"):
                continue
            in_zone = False  # a definition that is never closed
        if mark == "BEGIN:VCALENDAR":
            in_calendar = True
        elif mark == "END:VCALENDAR":
            in_calendar = False
        elif mark == "BEGIN:VEVENT":
            event_from = len(kept)
        elif mark == "END:VEVENT":
            event_from = -1
        kept.append(line)
    cut = ""
    if in_calendar:
        cut = "END:VCALENDAR"
        if event_from >= 0:
            summary = next(
                (line.partition(":")[2] for line in kept[event_from:] if line.upper().startswith("SUMMARY")), ""
            )
            cut = short(re.sub(r"\\(.)", r"\1", summary)) or "VEVENT"
            del kept[event_from:]
        kept.append("END:VCALENDAR")
    return "\r\n".join(kept) + "\r\n", cut


def _without_long_lists(lines: Iterable[str]) -> Iterator[str]:
    """The lines, with a mark in the place of each list of dates that is too long to be meant."""
    held: list[str] = []
    length = 0
    for line in lines:
        if held and line[:1] in (" ", "\t"):
            length += len(line)
            if length <= LONGEST_LIST:
                held.append(line)
            continue
        if held:
            yield from held if length <= LONGEST_LIST else [f"{LONG_LIST}:1"]
            held = []
        if line[:6].upper() in ("RDATE:", "RDATE;", "EXDATE"):
            held, length = [line], len(line)
        else:
            yield line
    yield from held if length <= LONGEST_LIST else [f"{LONG_LIST}:1"]
