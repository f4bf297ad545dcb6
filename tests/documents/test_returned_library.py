"""Agreements of the sample workspace, in all languages and in two: unchanged they come back unchanged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cocivic_desktop.documents.returned.model import MappedBy
from cocivic_desktop.documents.returned.reader import read_here, sent_version
from cocivic_desktop.domain.agreements import Agreement, Clause
from cocivic_desktop.services import agreements
from cocivic_desktop.services.sample import create_sample
from cocivic_desktop.store.workspace import Workspace
from tests.documents.editing import as_google
from tests.documents.office import needs_office, settled_by_office


def sample_documents(workspace: Workspace) -> dict[str, bytes]:
    create_sample(workspace, date(2026, 9, 14))
    with workspace.read() as unit:
        agreement = max(unit.find(Agreement), key=lambda a: unit.count(Clause, agreement_id=a.id))
    languages = (("en", None), ("de", None), ("es", None), ("tr", None), ("de", "en"), ("en", "tr"))
    return {
        f"{one}{two or ''}": agreements.document(workspace, agreement.id, one, two, version=1) for one, two in languages
    }


@pytest.mark.slow
@needs_office
def test_nothing_is_found_where_nothing_changed(workspace: Workspace, tmp_path: Path) -> None:
    documents = sample_documents(workspace)
    saved = settled_by_office(tmp_path, {key: (data, "") for key, data in documents.items()})
    for key, data in documents.items():
        sent = sent_version(data)
        assert len(sent.clauses) > 30
        for returned, marks in (
            (data, MappedBy.CONTROL),
            (saved[key], MappedBy.BOOKMARK),
            (as_google(data), MappedBy.TITLE),
        ):
            result = read_here(returned, sent)
            assert not result.changed, key
            assert {part.mapped_by for part in result.parts if part.sent and part.sent.number} == {marks}
