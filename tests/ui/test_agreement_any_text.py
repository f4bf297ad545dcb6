"""Whatever somebody writes into an agreement comes out as it is: in DOCX, on printed pages, in the preview."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QTextDocument

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.agreements import (
    Agreement,
    Clause,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    Responsibility,
    Signature,
)
from cocivic_desktop.domain.base import Side, clean_text
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.services import agreements, records
from cocivic_desktop.ui.pages.agreement.preview import DocumentPreview
from cocivic_desktop.ui.printing.agreement_html import agreement_html
from tests.documents.parts import part, words

if TYPE_CHECKING:
    from datetime import date

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace

ODD = {
    "markup": "<b>bold</b> & </w:t> <!-- x --> <script>alert(1)</script>",
    "braces": "{{ name }} {% if x %} {cso_name_} {} {0}",
    "emoji": "👩‍🏫 🧑🏽‍🔧 🇩🇪 ok",
    "directions": "abc \u202eדעת\u202c \u200fxyz\u200e \u2067עב\u2069",
    "control": "one\x00two\x07three\x1b[0m\x7f four\ufffe",
    "accents": "I\u0307stanbul e\u0301te\u0301 Ž",
}


def shown(text: str) -> str:
    """The text as every place shows it: what no file can hold is gone, spaces are not compared."""
    return "".join(clean_text(text).replace("\ufffe", "").split())


def fill(workspace: Workspace, agreement: Agreement, partnership: Partnership, text: str, day: date) -> None:
    """The text in every table and field of an agreement that a document shows, and in one of its clauses."""
    mine: dict[str, Any] = {"agreement_id": agreement.id}
    for entity in (
        Responsibility(task=text, by_when=text, **mine),
        Commitment(role=text, minutes=60, **mine),
        CommunicationRoutine(title=text, channel=text, remark=text, **mine),
        Resource(title=text, quantity=text, available=text, remark=text, **mine),
        FundingItem(title=text, source=text, remark=text, **mine),
        Signature(side=Side.LEARNERS, name=text, position_held=text, place=text, signed_on=day, **mine),
        SharedGoal(partnership_id=partnership.id, statement=text, benefit_school=text),
        Activity(partnership_id=partnership.id, title=text, starts_on=day, place=text),
    ):
        records.add(workspace, entity)
    records.change(workspace, Agreement, agreement.id, title=text)
    agreements.answer(workspace, agreement.id, "class_group", text)
    clause = records.find(workspace, Clause, **mine, code="insurance")[0]
    agreements.reword(workspace, clause.id, "en", text, f"{text}\n{text}")


@pytest.mark.parametrize("kind", ODD)
def test_odd_text_is_shown_and_exported_literally(
    qtbot: QtBot, workspace: Workspace, partnership: Partnership, kind: str
) -> None:
    text, (agreement, _) = ODD[kind], agreements.prepare(workspace, partnership.id)
    assert partnership.starts_on is not None
    fill(workspace, agreement, partnership, text, partnership.starts_on)
    made = agreements.texts(workspace, agreement.id, "en")
    times = 24
    docx = "".join(words(part(agreements.document(workspace, agreement.id, "en"), "word/document.xml")).split())
    assert docx.count(shown(text)) >= times
    html = agreement_html(made)
    assert "<script>" not in html
    assert "".join(unescape(html).split()).count(shown(text)) >= times
    printed = QTextDocument()
    printed.setHtml(html)
    assert "".join(printed.toPlainText().split()).count(shown(text)) >= times
    preview = DocumentPreview()
    qtbot.addWidget(preview)
    preview.show_text(made[0])
    assert "".join(preview.toPlainText().split()).count(shown(text)) >= times


def test_twenty_thousand_characters_come_out_whole(
    qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    long = " ".join(f"word{number:05}" for number in range(2000))
    assert len(long) == 19_999
    clause = records.find(workspace, Clause, agreement_id=agreement.id, code="insurance")[0]
    agreements.reword(workspace, clause.id, "en", "Insurance", long)
    goal = SharedGoal(partnership_id=partnership.id, statement="Repair", benefit_school=long)
    records.add(workspace, goal)
    made = agreements.texts(workspace, agreement.id, "en")
    assert words(part(agreements.document(workspace, agreement.id, "en"), "word/document.xml")).count(long) == 2
    assert agreement_html(made).count(long) == 2
    preview = DocumentPreview()
    qtbot.addWidget(preview)
    preview.show_text(made[0])
    assert preview.toPlainText().count(long) == 2
