"""The sample's negotiation: an agreement in its third version, and the document that the school sent back.

Nothing is faked: the versions are shared as a person would share them, and the school's file has tracked changes as
Word would write them, made from a text in which the school's wishes (`resources/sample/clauses.toml`) stand.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cocivic_desktop.domain.agreements import Agreement, AgreementState, Clause
from cocivic_desktop.domain.base import Language
from cocivic_desktop.library.files import read_toml
from cocivic_desktop.services import agreements, negotiation, versions

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

SHARED_DAYS_AGO: Final = (41, 27, 13)
"""When the three versions went out."""
RETURNED_DAYS_AGO: Final = 6
ZONE: Final = ZoneInfo("Europe/Berlin")
LANGUAGE: Final = Language.ENGLISH.value


def negotiate(workspace: Workspace, agreement_id: UUID, today: date) -> None:
    """Share three versions of an agreement and keep the school's answer to the third, undecided."""
    story = read_toml("sample", "clauses.toml")["negotiation"]
    for number, days in enumerate(SHARED_DAYS_AGO):
        for question, answer in story["versions"][number].get("answers", {}).items():
            agreements.answer(workspace, agreement_id, question, answer)
        made, _ = versions.share(workspace, agreement_id, story["recipient"], LANGUAGE)
        with workspace.write("share_version") as unit:
            unit.get(type(made), made.id).shared_at = _moment(today, days)
    with workspace.write("share_version") as unit:
        unit.get(Agreement, agreement_id).state = AgreementState.SHARED
    _answer(workspace, agreement_id, story, today)


def _answer(workspace: Workspace, agreement_id: UUID, story: dict[str, object], today: date) -> None:
    """The school's wishes as a document with tracked changes; our own text stays as it was."""
    from cocivic_desktop.documents.redline import redline_docx
    from cocivic_desktop.documents.returned.reader import read_here, sent_version

    wishes = story["returned"]
    if not isinstance(wishes, dict):
        raise TypeError("the sample's returned document is no table")
    latest = versions.all_of(workspace, agreement_id)[0]
    before = {code: _clause(workspace, agreement_id, code).texts[LANGUAGE] for code in wishes["texts"]}
    for code, text in wishes["texts"].items():
        _reword(workspace, agreement_id, code, text)
    wanted = agreements.document(workspace, agreement_id, LANGUAGE, version=latest.number)
    for code, text in before.items():
        _reword(workspace, agreement_id, code, text)
    content = redline_docx(latest.content, wanted, author=wishes["author"], date=_moment(today, RETURNED_DAYS_AGO + 1))
    returned = read_here(content, sent_version(latest.content))
    reading = negotiation.reading_of(agreement_id, latest, wishes["file_name"], content, returned)
    negotiation.keep(workspace, reading, wishes["author"], today - timedelta(days=RETURNED_DAYS_AGO))


def _clause(workspace: Workspace, agreement_id: UUID, code: str) -> Clause:
    with workspace.read() as unit:
        found = unit.first(Clause, agreement_id=agreement_id, code=code)
    if found is None:
        raise LookupError(f"the sample's agreement has no clause {code}")
    return found


def _reword(workspace: Workspace, agreement_id: UUID, code: str, text: str) -> None:
    clause_id = _clause(workspace, agreement_id, code).id
    with workspace.write("change_clause") as unit:
        clause = unit.get(Clause, clause_id)
        clause.texts = {**clause.texts, LANGUAGE: text.strip()}


def _moment(today: date, days_ago: int) -> datetime:
    return datetime.combine(today - timedelta(days=days_ago), time(16, 20), ZONE)
