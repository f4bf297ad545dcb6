"""The picture of readiness: how far each area is, and what is missing most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from cocivic_desktop.domain.partnerships import ReadinessAnswerValue

WORTH: Final = {
    ReadinessAnswerValue.YES: 1.0,
    ReadinessAnswerValue.PARTLY: 0.5,
    ReadinessAnswerValue.NO: 0.0,
    ReadinessAnswerValue.UNKNOWN: 0.0,
    None: 0.0,
}
"""What an answer adds to its area; None is no answer yet."""
URGENT_FIRST: Final = (ReadinessAnswerValue.NO, ReadinessAnswerValue.UNKNOWN, None, ReadinessAnswerValue.PARTLY)
"""What is known to be missing comes before what is not known, and both before what is half there."""


class Asked(Protocol):
    """A question as the picture needs it."""

    @property
    def code(self) -> str:
        """What the answer refers to."""
        ...

    @property
    def group(self) -> str:
        """Whose it is: "cso" or "school"."""
        ...

    @property
    def area(self) -> str:
        """What it belongs to."""
        ...


@dataclass(frozen=True)
class Mark:
    """One question of an area with its answer; None is no answer yet."""

    code: str
    answer: ReadinessAnswerValue | None


@dataclass(frozen=True)
class Area:
    """One area of readiness with its questions in order."""

    code: str
    group: str
    marks: tuple[Mark, ...]

    @property
    def share(self) -> float:
        """How much is there, from 0 to 1."""
        return sum(WORTH[mark.answer] for mark in self.marks) / len(self.marks)

    def count(self, answer: ReadinessAnswerValue | None) -> int:
        """Questions with this answer."""
        return sum(mark.answer is answer for mark in self.marks)


def areas(questions: Iterable[Asked], answers: Mapping[str, ReadinessAnswerValue]) -> list[Area]:
    """The areas in the order in which the questions name them."""
    found: dict[tuple[str, str], list[Mark]] = {}
    for question in questions:
        marks = found.setdefault((question.group, question.area), [])
        marks.append(Mark(question.code, answers.get(question.code)))
    return [Area(code, group, tuple(marks)) for (group, code), marks in found.items()]


def missing_most_first(found: Iterable[Area]) -> list[Mark]:
    """What is not answered with yes: what is surely missing first, and of it what belongs to the weakest area."""
    marks = [(area.share, mark) for area in found for mark in area.marks if mark.answer in URGENT_FIRST]
    return [mark for _, mark in sorted(marks, key=lambda one: (URGENT_FIRST.index(one[1].answer), one[0]))]
