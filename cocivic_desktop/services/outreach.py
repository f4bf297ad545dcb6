"""The outreach log: the latest contact says when the school is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.partnerships import Outreach, Partnership
from cocivic_desktop.services import records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


def change(workspace: Workspace, outreach_id: UUID, /, **fields: Any) -> Changes:
    """Set fields of a contact. The next day noted with the latest one is that of the partnership: one step of undo.

    Raises `InvalidField`, `NotFound`.
    """
    contact = records.get(workspace, Outreach, outreach_id)
    if "next_contact_on" not in fields or not _is_latest(workspace, contact):
        return records.change(workspace, Outreach, outreach_id, **fields)
    with workspace.write("change_outreach", records.label_of(contact)):
        records.change(workspace, Outreach, outreach_id, **fields)
        records.change(workspace, Partnership, contact.partnership_id, next_contact_on=fields["next_contact_on"])
    return workspace.last_changes


def _is_latest(workspace: Workspace, contact: Outreach) -> bool:
    others = records.find(workspace, Outreach, partnership_id=contact.partnership_id)
    return all((one.happened_on, one.created_at) <= (contact.happened_on, contact.created_at) for one in others)
