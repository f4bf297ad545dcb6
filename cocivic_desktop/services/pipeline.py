"""The pipeline of prospective partners: reading it, moving in it, noting contacts, adding to it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Outreach, OutreachKind, Partnership, PipelineState
from cocivic_desktop.domain.rules.pipeline import Prospect, next_contact
from cocivic_desktop.services.partnerships import create_school

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def prospects(workspace: Workspace, *, archived: bool = False) -> list[Prospect]:
    """All partnerships with what the pipeline shows of them; with `archived` also those put away."""
    with workspace.read() as unit:
        found = unit.find(Partnership, archived=None if archived else False)
        schools = {one.id: one for one in unit.find(Organisation, archived=None)}
        people = {one.id: one.name for one in unit.find(Person, archived=None)}
        contacts: dict[UUID, list[Outreach]] = defaultdict(list)
        for contact in unit.find(Outreach):
            contacts[contact.partnership_id].append(contact)
    return [
        Prospect(
            partnership=one,
            school=schools.get(one.school_id),
            coordinator=people.get(one.coordinator_id, "") if one.coordinator_id is not None else "",
            next_contact_on=next_contact(one, contacts[one.id]),
            last_contact_on=max((contact.happened_on for contact in contacts[one.id]), default=None),
        )
        for one in found
    ]


def move(workspace: Workspace, partnership_id: UUID, state: PipelineState, reason: str | None = None) -> Changes:
    """Put a partnership into another state: one step of undo. A move to where it is changes nothing.

    `reason` says why not now; None keeps what was written earlier, which also stays when the partnership goes on.
    Raises NotFound, InvalidField.
    """
    with workspace.read() as unit:
        present = unit.get(Partnership, partnership_id)
    if present.pipeline is state and reason in (None, present.not_now_reason):
        return Changes()
    with workspace.write("move_partnership", present.title) as unit:
        present = unit.get(Partnership, partnership_id)
        present.pipeline = state
        if reason is not None:
            present.not_now_reason = reason
    return workspace.last_changes


def log_contact(
    workspace: Workspace,
    partnership_id: UUID,
    *,
    happened_on: date,
    kind: OutreachKind,
    outcome: str = "",
    next_contact_on: date | None = None,
    person_id: UUID | None = None,
) -> tuple[Outreach, Changes]:
    """Note a contact and the day of the next one: one step of undo.

    An idea has been contacted by then and moves on. The day of the next contact replaces the one planned before,
    which is done with; None means that none is planned. Raises NotFound, InvalidField, and BadInput when the next
    contact would be before this one.
    """
    if next_contact_on is not None and next_contact_on < happened_on:
        raise BadInput(
            f"The next contact ({next_contact_on}) would be before this one ({happened_on}). Please check the days."
        )
    with workspace.read() as unit:
        title = unit.get(Partnership, partnership_id).title
    with workspace.write("log_outreach", title) as unit:
        partnership = unit.get(Partnership, partnership_id)
        contact = unit.add(
            Outreach(
                partnership_id=partnership_id,
                happened_on=happened_on,
                kind=kind,
                person_id=person_id,
                outcome=outcome,
                next_contact_on=next_contact_on,
            )
        )
        partnership.next_contact_on = next_contact_on
        if partnership.pipeline is PipelineState.IDEA:
            partnership.pipeline = PipelineState.CONTACTED
    return contact, workspace.last_changes


def add_prospect(
    workspace: Workspace,
    *,
    school_id: UUID | None = None,
    new_school: dict[str, Any] | None = None,
    title: str = "",
    state: PipelineState = PipelineState.IDEA,
    **fields: Any,
) -> tuple[Partnership, Changes]:
    """Put a school into the pipeline: one step of undo, also with a school that is entered on the way.

    Either `school_id`, or the fields of `new_school`. Without a `title` the two names make one. `fields` are further
    ones of `Partnership`. Raises NotFound, InvalidField, and BadInput when no school is named or it is our own.
    """
    with workspace.write("add_partnership", title or str((new_school or {}).get("name", ""))) as unit:
        if new_school is not None:
            school, _ = create_school(workspace, **new_school)
        elif school_id is not None:
            school = unit.get(Organisation, school_id)
        else:
            raise BadInput("No school is named. Choose one, or write the name of a new one.")
        if school.is_ours:
            raise BadInput(f"“{school.name}” is our own organisation. Please choose the school to work with.")
        partnership = prospect_of(unit, school, title=title, state=state, **fields)
    return partnership, workspace.last_changes


def prospect_of(unit: UnitOfWork, school: Organisation, *, title: str = "", **fields: Any) -> Partnership:
    """A new partnership with a school, inside a unit for writing."""
    state = fields.pop("state", PipelineState.IDEA)
    title = title or default_title(unit.first(Organisation, is_ours=True), school)
    return unit.add(Partnership(title=title, school_id=school.id, pipeline=state, **fields))


def default_title(ours: Organisation | None, school: Organisation) -> str:
    """The title of a partnership that nobody has named: both names, the short ones where there are."""
    names = [one.short_name or one.name for one in (ours, school) if one is not None]
    return " – ".join(names)[:300]
