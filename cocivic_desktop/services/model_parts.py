"""The special parts of single models: which are in use, and what a person does in them in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.model_parts import ModelPart
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.models import model
from cocivic_desktop.services import records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


def parts_of(partnership: Partnership) -> frozenset[ModelPart]:
    """The parts in use: those that its model calls for, but for what was switched on or off."""
    called = _called_for(partnership.model)
    return frozenset(part for part in ModelPart if partnership.parts.get(part, part in called))


def switch(workspace: Workspace, partnership_id: UUID, part: ModelPart, on: bool) -> Changes:
    """Use a part in a partnership, or put it away; what was written in it is kept. Raises `NotFound`."""
    partnership = records.get(workspace, Partnership, partnership_id)
    parts = {code: chosen for code, chosen in partnership.parts.items() if code != part}
    if on != (part in _called_for(partnership.model)):
        parts[part.value] = on
    return records.change(workspace, Partnership, partnership_id, parts=parts)


def _called_for(code: str) -> tuple[ModelPart, ...]:
    try:
        return model(code).parts if code else ()
    except NotFound:
        return ()
