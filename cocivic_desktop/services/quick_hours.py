"""Noting hours in one line: the entry that a line means, and whom its name means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.base import Side, fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import Ambiguous, InvalidField, NotFound
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourTemplate
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnership_view import side_of
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.quick_completion import Vocabulary, category_name, words_fit
from cocivic_desktop.domain.rules.quick_entry import ParsedEntry, line_of, parse
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services.hour_log import Logged, log
from cocivic_desktop.services.hour_templates import entry_of

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

Thing = TypeVar("Thing")

LEARNERS_ROLE: Final = "students"
"""Role of a head count that does not say otherwise."""


def quick_entry(
    workspace: Workspace, partnership_id: UUID, text: str, today: date, *, accept: bool = False, language: str = "en"
) -> tuple[Logged, Changes]:
    """Note hours from one line such as "ana 1h30 mentoring yesterday" (`rules.quick_entry`).

    Raises `NotFound` when the name fits nobody, `Ambiguous` when it fits several, `InvalidField` when the line names
    no time or nobody, or when a day would exceed 24 hours. See `log` for questions.
    """
    return log(workspace, read_entry(workspace, partnership_id, text, today, language), today, accept=accept)


def read_line(text: str, today: date, language: str) -> ParsedEntry:
    """What a line says, in a language of the screen; of a line that names a template, what follows its name."""
    line = text.strip()
    if line.startswith("/"):
        return parse(line.partition(" ")[2], today, language, timed=True)
    return parse(line, today, language)


def read_entry(workspace: Workspace, partnership_id: UUID, text: str, today: date, language: str = "en") -> HourEntry:
    """The entry that a line means, not stored: for a preview while typing. Raises as `quick_entry` does.

    "/2" is the second template of the partnership, "/rob" the one whose title begins so; what follows changes it.
    """
    with workspace.read() as unit:
        if text.lstrip().startswith("/"):
            parsed = read_line(text, today, language)
            entry = _from_template(unit, partnership_id, text.strip()[1:].partition(" ")[0], parsed)
        else:
            entry = _from_line(unit, partnership_id, read_line(text, today, language))
    validate(entry)
    return entry


def _from_line(unit: UnitOfWork, partnership_id: UUID, parsed: ParsedEntry) -> HourEntry:
    if parsed.minutes is None:
        raise InvalidField("minutes", "required")
    person_id, role = None, parsed.name or LEARNERS_ROLE
    if parsed.head_count is None:
        if not parsed.name:
            raise InvalidField("person_id", "required")
        person_id, role = _person_and_role(unit, partnership_id, parsed.name)
    return HourEntry(
        partnership_id=partnership_id,
        person_id=person_id,
        head_count=parsed.head_count,
        role=role,
        worked_on=parsed.worked_on,
        start_time=parsed.start_time,
        minutes=parsed.minutes,
        category=parsed.category or HourCategory.DELIVERY,
        activity_id=find_activity(unit, partnership_id, parsed.activity).id if parsed.activity else None,
        remark=parsed.remark,
    )


def _from_template(unit: UnitOfWork, partnership_id: UUID, wanted: str, parsed: ParsedEntry) -> HourEntry:
    template = find_template(unit, partnership_id, wanted)
    entry = entry_of(template, parsed.worked_on)
    if parsed.head_count is not None:
        entry.person_id, entry.head_count = None, parsed.head_count
        entry.role = parsed.name or template.role or LEARNERS_ROLE
    elif parsed.name:
        entry.person_id, entry.head_count = find_person(unit, partnership_id, parsed.name).id, None
    entry.minutes = parsed.minutes or entry.minutes
    entry.start_time = parsed.start_time or entry.start_time
    entry.category = parsed.category or entry.category
    entry.remark = parsed.remark or entry.remark
    if parsed.activity:
        entry.activity_id = find_activity(unit, partnership_id, parsed.activity).id
    return entry


def role_in(unit: UnitOfWork, partnership_id: UUID, person_id: UUID) -> str:
    """A person's role in a partnership, in the coordinator's words; "" where none is written down."""
    member = unit.first(PartnershipMember, partnership_id=partnership_id, person_id=person_id)
    return member.role if member is not None else ""


def find_template(unit: UnitOfWork, partnership_id: UUID, wanted: str) -> HourTemplate:
    """A template by its number in the list (from 1) or by words of its title. Raises `NotFound`, `Ambiguous`."""
    templates = unit.find(HourTemplate, partnership_id=partnership_id)
    if wanted.isascii() and wanted.isdigit():
        if 0 < int(wanted) <= len(templates):
            return templates[int(wanted) - 1]
        raise NotFound(f"There is no template {wanted}. There are {len(templates)} so far.")
    return _only(templates, [one.title for one in templates], wanted, "template")


def find_activity(unit: UnitOfWork, partnership_id: UUID, wanted: str) -> Activity:
    """The activity of a partnership with this title, or whose words begin so. Raises `NotFound`, `Ambiguous`."""
    activities = unit.find(Activity, partnership_id=partnership_id)
    return _only(activities, [one.title for one in activities], wanted, "activity")


def _only(things: Sequence[Thing], titles: Sequence[str], wanted: str, kind: str) -> Thing:
    words = fold(wanted).split()
    by_title = list(zip(things, titles, strict=True))
    exact = [each for each in by_title if fold(each[1].replace('"', "")).split() == words]
    fitting = exact or [each for each in by_title if words_fit(words, fold(each[1]).split())]
    if len(fitting) == 1 or exact:
        return fitting[-1][0]
    if fitting:
        titles = sorted(title for _, title in fitting)
        raise Ambiguous(f"“{wanted}” fits several. Add a letter or a word of the {kind}.", titles)
    raise NotFound(f"There is no {kind} “{wanted}” in this partnership.")


def vocabulary(workspace: Workspace, partnership_id: UUID, language: str) -> Vocabulary:
    """What lines of this partnership may name: its own people first, then everybody; the latest activities first."""
    with workspace.read() as unit:
        members = {member.person_id for member in unit.find(PartnershipMember, partnership_id=partnership_id)}
        people = sorted(unit.find(Person), key=lambda one: (one.id not in members, fold(one.name)))
        activities = unit.find(Activity, partnership_id=partnership_id, order="starts_on")
        templates = unit.find(HourTemplate, partnership_id=partnership_id)
    return Vocabulary(
        people=tuple(dict.fromkeys(one.name for one in people)),
        activities=tuple(dict.fromkeys(one.title for one in reversed(activities))),
        templates=tuple(one.title for one in templates),
        language=language,
    )


def last_line(workspace: Workspace, partnership_id: UUID, today: date, language: str) -> str:
    """The line that notes the entry noted last again, today; "" while there is none."""
    with workspace.read() as unit:
        found = unit.rows(
            "SELECT id FROM hour_entry WHERE partnership_id = :id AND archived = 0 ORDER BY rowid DESC LIMIT 1",
            id=partnership_id,
        )
        if not found:
            return ""
        entry = unit.get(HourEntry, UUID(found[0][0]))
        name = unit.get(Person, entry.person_id).name if entry.person_id else entry.role
        activity = unit.get(Activity, entry.activity_id).title if entry.activity_id else ""
    meant = ParsedEntry(
        worked_on=today,
        name=name,
        minutes=entry.minutes,
        category=entry.category,
        start_time=entry.start_time,
        head_count=None if entry.person_id else entry.head_count or 1,
        remark=entry.remark,
        activity=activity,
    )
    return line_of(meant, today, category_name(entry.category, language))


def add_person(workspace: Workspace, partnership_id: UUID, name: str, kind: PersonKind) -> Person:
    """Add somebody that a line names, as a member of the partnership; one step of undo. Raises `InvalidField`.

    Teachers, leadership and students belong to the school, everybody else to us.
    """
    with workspace.write("add_person", name) as unit:
        if side_of(kind) is Side.CSO:
            ours = unit.first(Organisation, is_ours=True)
            organisation_id = ours.id if ours else None
        else:
            organisation_id = unit.get(Partnership, partnership_id).school_id
        person = unit.add(Person(name=name, kind=kind, organisation_id=organisation_id))
        unit.add(PartnershipMember(partnership_id=partnership_id, person_id=person.id))
    return person


def find_person(unit: UnitOfWork, partnership_id: UUID, name: str) -> Person:
    """The person whose name begins like `name`, word by word, without case and accents.

    Members of the partnership come first, then everybody; a name that fits exactly beats longer ones. Raises
    `NotFound`, or `Ambiguous` with the names that fit.
    """
    return unit.get(Person, _person_and_role(unit, partnership_id, name)[0])


def _person_and_role(unit: UnitOfWork, partnership_id: UUID, name: str) -> tuple[UUID, str]:
    """`find_person`, without reading more than names; and the role as in `role_in`."""
    rows = unit.rows(
        "SELECT p.id, p.name, m.role FROM person p LEFT JOIN partnership_member m ON m.person_id = p.id "
        "AND m.partnership_id = :id AND NOT m.archived WHERE NOT p.archived ORDER BY m.created_at DESC",
        id=partnership_id,
    )
    known = {id: (given, fold(given).split(), role) for id, given, role in rows}
    wanted = fold(name).split()
    for people in ({id: each for id, each in known.items() if each[2] is not None}, known):
        exact = [id for id, (_, words, _) in people.items() if words == wanted]
        fitting = exact or [id for id, (_, words, _) in people.items() if words_fit(wanted, words)]
        if len(fitting) == 1:
            return UUID(fitting[0]), people[fitting[0]][2] or ""
        if fitting:
            names = sorted(people[id][0] for id in fitting)
            raise Ambiguous(f"“{name}” fits several people. Add a letter or the family name.", names)
    raise NotFound(f"Nobody is called “{name}”. Check the name, or add the person first.")
