"""What stands on a page about us, on an agenda and in minutes, as blocks of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Meeting, Task
from cocivic_desktop.library.labels import Labels

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import Block


def profile(ours: Organisation, text: str, words: Labels, dates: Labels) -> list[Block]:
    """A page about our organisation. Lines of `text` before points are headings."""
    from cocivic_desktop.documents.content import Heading, Items, Table

    blocks: list[Block] = []
    if ours.mission.strip():
        blocks += [Heading(words["profile.mission"], 2), *[line for line in ours.mission.splitlines() if line.strip()]]
    if ours.focus_themes:
        blocks += [Heading(words["profile.themes"], 2), " · ".join(ours.focus_themes)]
    blocks += _headed_points(text)
    town = " ".join(part for part in (ours.postal_code, ours.city) if part)
    hours = (
        dates.format_number(ours.hours_per_week, 0 if float(ours.hours_per_week).is_integer() else 1)
        if (ours.hours_per_week)
        else ""
    )
    facts = [
        ("legal_form", ours.legal_form),
        ("register", ours.register_number),
        ("represented", ours.represented_by),
        ("staff", str(ours.staff_count) if ours.staff_count else ""),
        ("volunteers", str(ours.volunteer_count) if ours.volunteer_count else ""),
        (
            "hours",
            words.text("profile.hour_value" if hours == "1" else "profile.hours_value", hours=hours) if hours else "",
        ),
        ("address", ", ".join(part for part in (ours.street, town) if part)),
        ("email", ours.email),
        ("phone", ours.phone),
        ("website", ours.website),
    ]
    rows = [[words[f"profile.{key}"], value] for key, value in facts if value]
    if rows:
        head = [words["profile.facts"], ""]
        blocks.append(Heading(words["profile.contact"], 2))
        blocks.append(Table(head=head, rows=rows, widths=(1, 2)))
    return [block for block in blocks if not (isinstance(block, Items) and not block.items)]


def agenda(meeting: Meeting, people: Sequence[Person], items: Sequence[str], text: str, words: Labels) -> list[Block]:
    """An agenda with room for notes beside each point."""
    from cocivic_desktop.documents.content import Heading, Table
    from cocivic_desktop.documents.letters import blocks_of

    blocks: list[Block] = []
    present = _present(meeting, people)
    if present:
        blocks += [Heading(words["agenda.invited"], 2), present]
    head = ["", words["agenda.item"], words["agenda.notes"]]
    rows = [[f"{number}.", item, "\n"] for number, item in enumerate(items, start=1)]
    blocks.append(Table(head=head, rows=rows or [["1.", "", ""]], widths=(0.35, 4, 3)))
    return [*blocks_of(text), *blocks]


def minutes(
    meeting: Meeting,
    people: Sequence[Person],
    items: Sequence[str],
    tasks: Sequence[Task],
    names: Mapping[UUID, str],
    text: str,
    words: Labels,
    dates: Labels,
) -> list[Block]:
    """Minutes: who was there, points with their answers, what was said, decided and promised."""
    from cocivic_desktop.documents.content import Heading, Items, Table
    from cocivic_desktop.documents.letters import blocks_of

    blocks: list[Block] = []
    present = _present(meeting, people)
    if present:
        blocks += [Heading(words["minutes.present"], 2), present]
    if items:
        rows = [
            [f"{number}.", asked, _answer(item.answer, item.settled, words)]
            for number, (asked, item) in enumerate(zip(items, meeting.agenda, strict=True), start=1)
        ]
        head = ["", words["agenda.item"], words["minutes.answer"]]
        blocks += [Heading(words["minutes.answers"], 2), Table(head=head, rows=rows, widths=(0.35, 3, 4))]
    if meeting.minutes.strip():
        blocks += [Heading(dates["heading.minutes"], 2), *blocks_of(meeting.minutes)]
    decided = [line.strip().removeprefix("• ") for line in meeting.decisions.splitlines() if line.strip()]
    blocks.append(Heading(dates["heading.decisions"], 2))
    blocks.append(Items(decided) if decided else words["minutes.no_decisions"])
    blocks.append(Heading(dates["heading.tasks"], 2))
    if tasks:
        rows = [
            [
                task.title,
                names.get(task.owner_id, "") if task.owner_id is not None else "",
                dates.format_date(task.due_on, "short") if task.due_on is not None else "",
            ]
            for task in tasks
        ]
        head = [dates["column.task"], dates["column.name"], dates["column.by_when"]]
        blocks.append(Table(head=head, rows=rows, widths=(4, 2, 1.4)))
    else:
        blocks.append(words["minutes.no_tasks"])
    return [*blocks, *blocks_of(text)]


def _answer(answer: str, settled: str | None, words: Labels) -> str:
    state = words[f"minutes.settled_{settled}"] if settled is not None else ""
    said = answer.strip()
    return f"{state}: {said}" if state and said else said or state or words["minutes.no_answer"]


def _present(meeting: Meeting, people: Sequence[Person]) -> str:
    named = [f"{one.name} ({one.position})" if one.position else one.name for one in people]
    others = [part.strip() for part in meeting.participants.replace("\n", ",").split(",") if part.strip()]
    known = {one.name for one in people}
    return ", ".join([*named, *(one for one in others if one not in known)])


def _headed_points(text: str) -> list[Block]:
    """Points under their headings: a line before points is a heading, others are paragraphs."""
    from cocivic_desktop.documents.content import Heading, Items
    from cocivic_desktop.documents.letters import blocks_of

    found = blocks_of(text)
    result: list[Block] = []
    for number, block in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        result.append(Heading(block, 2) if isinstance(block, str) and isinstance(following, Items) else block)
    return result
