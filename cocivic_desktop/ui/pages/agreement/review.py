"""All answers of the interview in one table, with where each is known from and the way to change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.drafting import RECORD_PLACEHOLDERS
from cocivic_desktop.domain.rules.interview import Item, Standing
from cocivic_desktop.library.labels import labels
from cocivic_desktop.library.questions import group_titles, question_texts
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.services.interview import Asked
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.texts.answers import answer_text, source_text
from cocivic_desktop.ui.texts.expectations import said
from cocivic_desktop.ui.theme import roles
from cocivic_desktop.ui.widgets.chip_delegate import ChipDelegate, cell_of, draw_ground
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

CHANGE_COLUMN: Final = 4


@dataclass(frozen=True)
class ReviewRow:
    """One line: an item of the interview, or (with `target`) what a record knows by itself."""

    part: str
    question: str
    answer: str
    source: str
    standing: Standing
    item: Item | None = None
    target: Target | None = None


class LinkDelegate(ChipDelegate):
    """Draws a cell as a link: the row can be clicked there."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Underlined, in the accent colour."""
        self.initStyleOption(option, index)
        font = draw_ground(painter, option)
        font.setUnderline(True)
        painter.save()
        painter.setFont(font)
        painter.setPen(roles().color("accent"))
        place = cell_of(option).adjusted(8, 0, -8, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(index.data() or ""))
        painter.restore()


class ReviewTable(QTableView):
    """`show_answers` fills it; Enter, a double click or a click on "Change" emits `wanted` with the row."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: RecordTableModel[ReviewRow] = RecordTableModel(
            [
                Column("part", self.tr("Part"), width=128),
                Column("question", self.tr("Question"), tip=lambda row: row.question),
                Column("answer", self.tr("Answer"), self._answer, tip=lambda row: row.answer),
                Column("source", self.tr("Known from"), width=160),
                Column("change", self.tr("Change"), self._change, width=82),
            ],
            self,
        )
        dress_records(self, self.rows, self.rows.columns)
        self.setItemDelegateForColumn(CHANGE_COLUMN, LinkDelegate(self))
        self.activated.connect(lambda index: self.wanted.emit(self.rows.record(index)))
        self.clicked.connect(self._clicked)

    def show_answers(self, draft: Draft, asked: Asked, language: str) -> None:
        """Fill the table from the data; `language` is that of the screen."""
        found = [*_record_rows(draft, language, self.tr("The parties")), *self._item_rows(draft, asked, language)]
        parts = [row.part for row in found]
        first = {part: parts.index(part) for part in parts}
        rows = [row if first[row.part] == number else ReviewRow("", *_rest_of(row)) for number, row in enumerate(found)]
        place = self.currentIndex().row()
        self.rows.set_rows(rows)
        self.selectRow(max(0, min(place, len(rows) - 1)))

    @property
    def lacking(self) -> int:
        """How many lines of the records, which no question asks for, are empty."""
        return sum(row.target is not None and row.standing is Standing.OPEN for row in self.rows.rows)

    def _item_rows(self, draft: Draft, asked: Asked, language: str) -> Iterable[ReviewRow]:
        texts, groups = question_texts(language), group_titles(language)
        groups = {**groups, "expectations": self.tr("Expectations")}
        for item in asked.interview.items:
            question, answer = "", ""
            if item.question is not None:
                words = texts[item.key]
                question = words.short
                if item.key in draft.answers:
                    answer = answer_text(item.question, draft.answers[item.key], words, draft.people)
            elif item.expectation_id is not None:
                card = asked.cards[item.expectation_id].expectation
                question = said(card)
                answer = card.resolution if item.standing is Standing.ANSWERED else ""
            yield ReviewRow(groups[item.group], question, answer, source_text(item), item.standing, item)

    def _answer(self, row: ReviewRow) -> str | Chip:
        if row.standing is Standing.ANSWERED:
            return row.answer
        return Chip(self.tr("later"), "neutral") if row.standing is Standing.LATER else Chip(self.tr("open"), "warning")

    def _change(self, row: ReviewRow) -> str:
        return self.tr("Change") if row.standing is Standing.ANSWERED else self.tr("Answer")

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == CHANGE_COLUMN:
            self.wanted.emit(self.rows.record(index))


def _rest_of(row: ReviewRow) -> tuple[str, str, str, Standing, Item | None, Target | None]:
    return row.question, row.answer, row.source, row.standing, row.item, row.target


def _record_rows(draft: Draft, language: str, part: str) -> Sequence[ReviewRow]:
    """What the document takes from the records of both sides and of the partnership."""
    words, values = labels(language), draft.values(language)
    initiate = Target.partnership(draft.partnership.id, Stage.INITIATE, "overview")
    places = {
        "cso": (draft.ours.name if draft.ours else "", Target("settings", section="organisation")),
        "school": (draft.school.name, Target("schools", item=draft.school.id)),
        "partnership": (draft.partnership.title, initiate),
    }
    rows = []
    for name in RECORD_PLACEHOLDERS:
        source, target = places[name.partition("_")[0]]
        value = values.get(name, "")
        standing = Standing.ANSWERED if value else Standing.OPEN
        rows.append(ReviewRow(part, words[f"missing.{name}"], value, source, standing, target=target))
    return rows
