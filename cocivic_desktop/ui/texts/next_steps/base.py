"""What the words of a next step consist of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StepWords:
    """The words of one next step; templates carry placeholders."""

    headline: str
    explanation: str
    button: str
