"""Who takes part in an activity: adding people, and removing them so that somebody who was invited can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Participation, ParticipationReply
from cocivic_desktop.services.activities import title_of

if TYPE_CHECKING:
    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace


def add(workspace: Workspace, activity_id: UUID, people: dict[UUID, str]) -> Changes:
    """Let people take part, each in a role; who did before and was removed comes back. Raises `NotFound`."""
    with workspace.write("add_participation", label=title_of(workspace, activity_id)) as unit:
        for person_id, role in people.items():
            present = unit.find(Participation, archived=None, activity_id=activity_id, person_id=person_id)
            if not present:
                unit.add(Participation(activity_id=activity_id, person_id=person_id, role=role))
            elif all(one.archived for one in present):
                again = present[-1]
                again.archived, again.role, again.reply = False, role, ParticipationReply.NONE
    return workspace.last_changes


def remove(unit: UnitOfWork, one: Participation) -> None:
    """Let somebody take part no longer, within a unit of work; who was told of it is to be told of this as well."""
    if one.told_at is None:
        unit.delete(one)
    else:
        one.archived = True
