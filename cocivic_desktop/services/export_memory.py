"""What is remembered of an activity once it has left the house, in one short field (`Activity.exported_hash`).

The digest of what was written; which dates of the series went out, so that those that are no more can be called off;
whether it went out as one series; and what the guests were last told by mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

LONGEST_MEMORY_DAYS: Final = 900
"""Days from the first exported week on of which it is remembered what was exported; more does not fit the field."""
MAIL_DIGEST: Final = 12
"""Characters of the digest of what was last mailed."""

Slot = tuple[date, int]
"""An event's place in its series: the Monday of its week and the position of its weekday; date.min for the only one."""
WHOLE: Final[Slot] = (date.min, 0)


@dataclass(frozen=True)
class Memory:
    """What went out."""

    digest: str = ""
    slots: frozenset[Slot] = field(default_factory=frozenset)
    series: bool = False
    """Whether the last calendar file held the activity as one series."""
    mailed: str = ""
    """Digest of what the guests were last told, empty when they were told nothing."""
    mailed_series: bool = False
    """Whether they were told of the whole series at once."""

    @property
    def text(self) -> str:
        """The memory for the field: the first Monday, then a bit per day from it on."""
        parts = [self.digest]
        days = sorted(slot[0].toordinal() + slot[1] for slot in self.slots if slot != WHOLE)
        if days:
            base = days[0] - (days[0] - 1) % 7
            bits = sum(1 << (day - base) for day in set(days) if day - base <= LONGEST_MEMORY_DAYS)
            parts.append(f"{date.fromordinal(base):%Y%m%d} {bits:x}")
        if WHOLE in self.slots:
            parts.append("single")
        if self.series:
            parts.append("series")
        if self.mailed:
            parts.append(f"mail{'s' if self.mailed_series else ''}:{self.mailed}")
        return " ".join(parts)


def read_memory(text: str) -> Memory:
    """The memory that a field holds; what cannot be read is left out."""
    digest, *parts = text.split() or [""]
    slots: set[Slot] = {WHOLE} if "single" in parts else set()
    mail = next((part for part in parts if part.startswith(("mail:", "mails:"))), "")
    numbers = [part for part in parts if part not in ("single", "series") and part != mail]
    if len(numbers) == 2:
        slots |= set(_slots(*numbers))
    return Memory(digest, frozenset(slots), "series" in parts, mail.partition(":")[2], mail.startswith("mails:"))


def _slots(monday: str, hexadecimal: str) -> Iterable[Slot]:
    try:
        base, bits = datetime.strptime(monday, "%Y%m%d").replace(tzinfo=UTC).date(), int(hexadecimal, 16)
    except ValueError:
        return
    for offset in range(min(bits.bit_length(), LONGEST_MEMORY_DAYS + 1)):
        if bits >> offset & 1:
            yield base + timedelta(days=offset - offset % 7), offset % 7
