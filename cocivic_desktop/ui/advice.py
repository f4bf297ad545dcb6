"""Next steps, progress and guidance as the screen shows them: the rules' codes joined with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.ui.context import Context, Target

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.next_steps import NextStep
    from cocivic_desktop.services.advice import Advised
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.tasks import Job, Progress

MOST_URGENT = 3
"""How many steps to be done now are shown of one partnership before all are asked for."""


@dataclass(frozen=True)
class Advice:
    """One next step in words, with the place that settles it."""

    key: str
    partnership_id: UUID
    headline: str
    explanation: str
    button: str
    urgent: bool
    target: Target


@dataclass(frozen=True)
class Waiting:
    """What waits in one partnership: its first steps in words, and how many there are."""

    partnership_id: UUID
    first: tuple[Advice, ...]
    count: int
    urgent: int
    """How many of them are to be done now."""


@dataclass(frozen=True)
class Reading:
    """Sections (heading, paragraph or points) and sources for the guidance panel."""

    sections: tuple[tuple[str, str | Sequence[str]], ...] = ()
    sources: tuple[str, ...] = ()


class Advisor(QObject):
    """What the rules say of the partnerships: worked out off the GUI thread, and kept until something changes.

    Asking gives at once what is known, which may be out of date or nothing yet. Then it is worked out anew, and `ready`
    says when to ask again.
    """

    ready = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._known: dict[UUID, Advised] = {}
        self._known_at: dict[UUID, tuple[int, date]] = {}
        self._all_at: tuple[int, date] | None = None
        self._edition = 0
        """Raised by every change: what was worked out from an earlier one is out of date."""
        self._wanted: list[UUID | None] = []
        self._job: Job | None = None
        context.events.changed.connect(self._changed)
        context.events.workspace_opened.connect(self._forget)

    @property
    def job(self) -> Job | None:
        """What is being worked out now; nobody has to wait for it."""
        return self._job

    def of(self, partnership_id: UUID) -> Advised | None:
        """One partnership."""
        if self._known_at.get(partnership_id) != self._now():
            self._want(partnership_id)
        return self._known.get(partnership_id)

    def all(self) -> dict[UUID, Advised] | None:
        """All partnerships that are not archived; None until they have been worked out for the first time."""
        if self._all_at != self._now():
            self._want(None)
        return None if self._all_at is None else self._known

    def steps(self, partnership_id: UUID | None = None, most: int | None = None) -> list[Advice]:
        """What to do next, most urgent first, without what was put off for today; at most so many."""
        from cocivic_desktop.services.advice import in_order

        if partnership_id is not None:
            one = self.of(partnership_id)
            found = [one] if one is not None else []
        else:
            found = list((self.all() or {}).values())
        later = _postponed(self._context)
        shown = (step for step in in_order(found) if _key(step) not in later)
        return [_worded(step) for step in islice(shown, most)]

    def waiting(self) -> list[Waiting]:
        """What waits in each partnership where anything does, as far as is known; the most pressing first.

        Of a partnership, the first `MOST_URGENT` steps that are to be done now are worded, else the first one.
        """
        later = _postponed(self._context)
        found = []
        for key, one in self._known.items() if self._all_at is not None else ():
            steps = [step for step in one.steps if _key(step) not in later]
            if not steps:
                continue
            urgent = sum(_is_urgent(step) for step in steps)
            first = tuple(_worded(step) for step in steps[: min(max(urgent, 1), MOST_URGENT)])
            found.append((steps[0].urgency, Waiting(key, first, len(steps), urgent)))
        found.sort(key=lambda pair: (-pair[0], -pair[1].urgent))
        return [one for _, one in found]

    def urgent_count(self) -> int:
        """How much is to be done now in all partnerships, as far as is known; nothing is worked out for it."""
        if self._all_at is None:
            return 0
        later = _postponed(self._context)
        return sum(_is_urgent(step) and _key(step) not in later for one in self._known.values() for step in one.steps)

    def _now(self) -> tuple[int, date]:
        return self._edition, self._context.today()

    def _want(self, partnership_id: UUID | None) -> None:
        if partnership_id not in self._wanted:
            self._wanted.append(partnership_id)
        self._start()

    def _start(self) -> None:
        """One job at a time; the partnership that is shown comes before all the others."""
        if self._job is not None or not self._wanted or not self._context.is_open:
            return
        self._wanted.sort(key=lambda one: one is None)
        wanted = self._wanted.pop(0)
        workspace, at = self._context.workspace, self._now()

        def work(progress: Progress) -> dict[UUID, Advised]:
            from cocivic_desktop.services.advice import advise

            return advise(workspace, at[1], wanted, progress.check)

        self._job = self._context.tasks.run(
            work, lambda found: self._take(found, wanted, at), lambda error: self._fail(error, workspace)
        )

    def _take(self, found: dict[UUID, Advised], wanted: UUID | None, at: tuple[int, date]) -> None:
        self._job = None
        if wanted is None:
            self._known, self._known_at, self._all_at = {}, {}, at
        self._known = {**self._known, **found}
        self._known_at.update(dict.fromkeys(found, at))
        self.ready.emit()
        self._start()

    def _fail(self, error: Exception, workspace: Workspace) -> None:
        self._job = None
        closed = self._context.opened is not workspace
        if not closed and not isinstance(error, NotFound):  # deleted meanwhile: `changed` has told whoever asked
            self._context.report(error)
        self._start()

    def _changed(self, _changes: object) -> None:
        self._edition += 1

    def _forget(self) -> None:
        """Another workspace: drop all of the one before."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._edition += 1
        self._known, self._known_at, self._all_at, self._wanted = {}, {}, None, []


def _is_urgent(step: NextStep) -> bool:
    from cocivic_desktop.domain.rules.next_steps import Urgency

    return step.urgency is Urgency.NOW


def _worded(step: NextStep) -> Advice:
    from cocivic_desktop.ui.texts.next_steps import words

    text = words(step)
    return Advice(
        key=_key(step),
        partnership_id=step.partnership_id,
        headline=text.headline,
        explanation=text.explanation,
        button=text.button,
        urgent=_is_urgent(step),
        target=_target(step),
    )


def _target(step: NextStep) -> Target:
    """The stage that settles a step; consents of all people of the partnership are seen on the page of people."""
    place = step.target
    if place.section == "consents":
        return Target("people", step.partnership_id, section=place.section)
    return Target.partnership(step.partnership_id, place.stage, place.section, place.id)


def _key(step: NextStep) -> str:
    item = step.target.id
    return f"{step.partnership_id.hex}-{step.code}-{item.hex if item is not None else ''}"


def postpone(context: Context, advice: Advice) -> None:
    """Do not show a step again today. Kept on this computer, not in the workspace."""
    today = context.today().isoformat()
    entries = [f"{today}/{key}" for key in sorted(_postponed(context) | {advice.key})]
    context.settings.setValue("later", ",".join(entries))


def guidance_sections(topic: str, language: str) -> Reading:
    """The guidance of a stage, as the panel shows it; nothing where there is none."""
    from cocivic_desktop.library.guidance import guidance

    try:
        found = guidance(topic, language)
    except NotFound:
        return Reading()
    sections: list[tuple[str, str | Sequence[str]]] = []
    for section in found.sections:
        sections.append((section.heading, section.text))
        if section.bullets:
            sections.append(("", section.bullets))
    if found.pitfalls:
        sections.append((QCoreApplication.translate("Advice", "Pitfalls"), found.pitfalls))
    return Reading(tuple(sections), found.sources)


def _postponed(context: Context) -> set[str]:
    """Keys of what was put off today."""
    today = f"{context.today().isoformat()}/"
    entries = context.setting("later").split(",")
    return {entry.removeprefix(today) for entry in entries if entry.startswith(today)}
