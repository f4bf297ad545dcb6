"""Durations as people type them."""

from __future__ import annotations

import re

_NUMBER = r"(\d+(?:[.,]\d+)?)"


def parse_minutes(text: str) -> int | None:
    """Whole minutes from "1:30", "90 min", "1.5 h", "1 h 30 min", "2" (hours up to 12, else minutes); empty is None.

    Raises ValueError when it is no duration.
    """
    text = text.strip().lower()
    if not text:
        return None
    if match := re.fullmatch(r"(\d+):([0-5]?\d)", text):
        return int(match[1]) * 60 + int(match[2])
    if match := re.fullmatch(
        rf"{_NUMBER}\s*(?:h|hours?|std\.?|sa|stunden?)(?:\s*(\d+)\s*(?:m|min|minutes?|dk)?)?", text
    ):
        return round(_float(match[1]) * 60) + int(match[2] or 0)
    if match := re.fullmatch(r"(\d+)\s*(?:m|min|minutes?|minuten|dk)", text):
        return int(match[1])
    if match := re.fullmatch(_NUMBER, text):
        value = _float(match[1])
        return round(value * 60) if value <= 12 else round(value)
    raise ValueError(text)


def _float(text: str) -> float:
    return float(text.replace(",", "."))
