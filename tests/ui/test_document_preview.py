"""The document beside the questions: rewritten in part, it reads as if it were written anew."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cocivic_desktop.documents.content import AgreementText, ClauseText, Run, Table
from cocivic_desktop.library.labels import labels
from cocivic_desktop.ui.pages.agreement.preview import DocumentPreview

IDS = [uuid4() for _ in range(8)]


@pytest.fixture
def preview(qtbot: QtBot, qapp_dressed: QApplication) -> DocumentPreview:
    made = DocumentPreview()
    qtbot.addWidget(made)
    made.resize(320, 240)
    made.show()
    qtbot.waitExposed(made)
    return made


def clause(id: UUID, number: int, words: str, columns: int) -> ClauseText:
    table = Table(head=[f"H{n}" for n in range(columns)], rows=[[f"{words} {n}" for n in range(columns)]])
    return ClauseText(
        id=id,
        number=number,
        title=f"Clause {words[:5]}",
        paragraphs=[[Run(words), Run("when", missing=True)], [Run("<b>&amp; {x}")]],
        tables=[table] if columns else [],
    )


def document(sections: Sequence[ClauseText], *, draft: bool = True) -> AgreementText:
    return AgreementText(
        title="Nets",
        language="en",
        words=labels("en"),
        parties=[],
        sections=sections,
        signatures=[],
        annexes=[],
        draft=draft,
        notice="No legal advice.",
        header="",
        footer="",
        letterhead=[],
        author="",
        made_at=datetime(2026, 9, 14, tzinfo=UTC),
        agreement_id=IDS[0],
    )


def test_any_change_in_part_reads_as_written_anew(qtbot: QtBot, preview: DocumentPreview) -> None:
    chance = random.Random(7)
    for _ in range(80):
        some = chance.sample(IDS, chance.choice([0, 1, 7, 8]))
        if chance.random() < 0.7:
            some = [id for id in IDS if id in some]
        text = document([
            clause(id, n, chance.choice(["word " * 60, "brief", "x"]), chance.choice([0, 2, 4, 6]))
            for n, id in enumerate(some, start=1)
        ], draft=chance.random() < 0.5)  # fmt: skip
        preview.show_text(text)
        preview.point_at(chance.sample(IDS, 2))
        preview.resize(chance.choice([260, 320, 500]), 240)
        QApplication.processEvents()
        fresh = DocumentPreview()
        qtbot.addWidget(fresh)
        fresh.show_text(text)
        keys: list[UUID | str] = ["head", *some, "end"]
        for key in keys:
            assert preview.part_text(key) == fresh.part_text(key)
        assert preview.toPlainText().replace("\n", "") == fresh.toPlainText().replace("\n", "")


def test_what_is_missing_and_the_draft_mark_are_seen(preview: DocumentPreview) -> None:
    preview.show_text(document([clause(IDS[0], 1, "We meet", 0)]))
    assert preview.part_text("head").startswith("DRAFT\nNets")
    assert "We meet[when]" in preview.part_text(IDS[0])
    assert "<b>&amp; {x}" in preview.part_text(IDS[0])
    preview.show_text(document([clause(IDS[0], 1, "We meet", 0)], draft=False))
    assert preview.part_text("head").startswith("Nets")


def test_a_wide_table_stands_as_lines(preview: DocumentPreview) -> None:
    preview.show_text(document([clause(IDS[0], 1, "Room", 6)]))
    assert "– Room 0 · Room 1 · Room 2" in preview.part_text(IDS[0])


def test_the_first_marked_clause_is_brought_into_view(preview: DocumentPreview) -> None:
    preview.show_text(document([clause(id, n, "word " * 80, 0) for n, id in enumerate(IDS, start=1)]))
    preview.point_at([IDS[5], uuid4()])
    assert preview.pointed == (IDS[5],)
    first_line = preview.cursorForPosition(QPoint(30, 20)).block().text()
    assert first_line == "6 Clause word "
