"""The document as it stands, beside the questions: it follows every keystroke and shows the clauses in question.

Each part of the document is a frame of its own; only frames whose words changed are written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor, QTextFrame, QTextFrameFormat
from PySide6.QtWidgets import QTextBrowser, QWidget

from cocivic_desktop.ui.pages.agreement.section import paragraphs_html, runs_html
from cocivic_desktop.ui.theme import Roles, roles

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import AgreementText, Cell, ClauseText, SignatureBlock, Table

Part = tuple[UUID | str, str]
"""A clause's id, or the name of another part; and its words as HTML."""
MARGIN = 8
"""Around each part, in logical pixels."""
MOST_COLUMNS = 4
"""Columns of a table that can be read in half a page."""


class DocumentPreview(QTextBrowser):
    """`show_text` whenever something changes, `point_at` for the clauses that a question is about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The document as it stands"))
        self._text: AgreementText | None = None
        self._parts: list[Part] = []
        self._frames: dict[UUID | str, QTextFrame] = {}
        self._pointed: tuple[UUID, ...] = ()

    def show_text(self, text: AgreementText) -> None:
        """Show a document; what stays the same is not touched, and the scroll place stays."""
        self._text = text
        parts = _parts(text, roles())
        if [key for key, _ in parts] != [key for key, _ in self._parts]:
            self._write_all(parts)
        else:
            for (key, html), (_, before) in zip(parts, self._parts, strict=True):
                if html != before:
                    self._write(self._frames[key], html)
        self._parts = parts

    def point_at(self, clause_ids: Sequence[UUID], *, scroll: bool = True) -> None:
        """Mark these clauses and bring the first one into view."""
        before, self._pointed = self._pointed, tuple(id for id in clause_ids if id in self._frames)
        for id in {*before, *self._pointed}:
            if id in self._frames:
                self._frames[id].setFrameFormat(self._format(id))
        if scroll:
            self._bring_up()

    @property
    def pointed(self) -> tuple[UUID, ...]:
        """The clauses that are marked."""
        return self._pointed

    def part_text(self, key: UUID | str) -> str:
        """The plain words of a part: a clause by its id, "head" or "end"; "" for one that is not there."""
        frame = self._frames.get(key)
        if frame is None:
            return ""
        cursor = frame.firstCursorPosition()
        cursor.setPosition(frame.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selection().toPlainText()

    def changeEvent(self, event: QEvent) -> None:
        """Colour everything anew with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._text is not None:
            self._parts = _parts(self._text, roles())
            self._write_all(self._parts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew: what is marked stays in view."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._bring_up()

    def _bring_up(self) -> None:
        frame = self._frames.get(self._pointed[0]) if self._pointed else None
        if frame is not None:
            top = self.document().documentLayout().frameBoundingRect(frame).top()
            self.verticalScrollBar().setValue(max(0, round(top) - MARGIN))

    def _write_all(self, parts: Sequence[Part]) -> None:
        place = self.verticalScrollBar().value()
        document = self.document()
        document.setUndoRedoEnabled(False)
        self._frames = {}  # before they go: emptying the document may hide the scroll bar, and that is a resize
        document.clear()
        document.setDocumentMargin(MARGIN)
        cursor = QTextCursor(document)
        between = QTextCharFormat()
        between.setFontPointSize(1)
        frames: dict[UUID | str, QTextFrame] = {}
        cursor.beginEditBlock()
        for key, html in parts:
            frames[key] = cursor.insertFrame(self._format(key))
            frames[key].firstCursorPosition().insertHtml(html)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.setBlockCharFormat(between)
        cursor.endEditBlock()
        self._frames = frames
        self.verticalScrollBar().setValue(place)

    def _write(self, frame: QTextFrame, html: str) -> None:
        cursor = frame.firstCursorPosition()
        cursor.beginEditBlock()
        cursor.setPosition(frame.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.insertHtml(html)
        cursor.endEditBlock()

    def _format(self, key: UUID | str) -> QTextFrameFormat:
        layout = QTextFrameFormat()
        layout.setPadding(MARGIN)
        if key in self._pointed:
            layout.setBackground(roles().color("accent_soft"))
            layout.setLeftMargin(0)
        return layout


def _parts(text: AgreementText, chosen: Roles) -> list[Part]:
    """The document as its head, its clauses and its end."""
    parts: list[Part] = [("head", _head(text, chosen))]
    parts += [(section.id, _clause(section, chosen)) for section in text.sections]
    return [*parts, ("end", _end(text, chosen))]


def _head(text: AgreementText, chosen: Roles) -> str:
    mark = _line(f"<b>{escape(text.words['document.draft_mark'])}</b>", f"color:#{chosen.warning}")
    lines = [mark] if text.draft else []
    lines.append(_line(f"<b>{escape(text.title)}</b>", "font-size:18px"))
    lines += [_line(escape(line), f"color:#{chosen.muted}") for line in text.subtitle.split("\n") if line]
    for party in text.parties:
        lines.append(_line("<br/>".join((f"<b>{escape(party.name)}</b>", *map(escape, party.lines)))))
    return "".join(lines)


def _clause(section: ClauseText, chosen: Roles) -> str:
    """Title, paragraphs numbered "6.1", "6.2" as in the document, tables."""
    lines = [_line(f"<b>{section.number} {escape(section.title)}</b>")]
    lines.append(paragraphs_html(section.paragraphs, section.number, chosen))
    return "".join(lines) + "".join(_table(table, chosen) for table in section.tables)


def _end(text: AgreementText, chosen: Roles) -> str:
    lines = [_line(f"<b>{escape(text.words['heading.signatures'])}</b>")] if text.signatures else []
    lines += [_line("<br/>".join(map(escape, _signature(block)))) for block in text.signatures]
    for number, annex in enumerate(text.annexes, start=1):
        title = text.words["document.annex"].format(number=number)
        lines.append(_line(f"<b>{escape(title)}: {escape(annex.title)}</b>"))
        lines += [_table(table, chosen) for table in annex.tables]
    return "".join(lines) + _line(escape(text.notice), f"color:#{chosen.muted};font-size:12px")


def _signature(block: SignatureBlock) -> list[str]:
    parts = (block.side_label, block.organisation, block.name, block.position, block.place_date)
    return [part for part in parts if part]


def _table(table: Table, chosen: Roles) -> str:
    """A table; one with more columns than fit beside the questions as a line for each row."""
    if len(table.head) > MOST_COLUMNS:
        rows = (" · ".join(filter(None, (_cell(cell, chosen) for cell in row))) for row in table.rows)
        return "".join(_line(f"– {row}", "font-size:13px") for row in rows)

    def row(cells: Sequence[Cell], style: str) -> str:
        return "<tr>" + "".join(f'<td style="{style}">{_cell(cell, chosen)}</td>' for cell in cells) + "</tr>"

    head = row(table.head, f"color:#{chosen.muted}")
    body = "".join(row(cells, "") for cells in table.rows)
    style = f"border-collapse:collapse;border-color:#{chosen.line};font-size:13px"
    frame = f'width="100%" border="1" cellspacing="0" cellpadding="4" style="{style}"'
    return f"<table {frame}>{head}{body}</table>{_line('', 'font-size:4px')}"


def _cell(cell: Cell, chosen: Roles) -> str:
    return escape(cell).replace("\n", "<br/>") if isinstance(cell, str) else runs_html(cell, chosen)


def _line(html: str, style: str = "") -> str:
    return f'<p style="margin:0 0 6px 0;{style}">{html}</p>'
