"""Taking people from a table or an address book into the workspace, with a role in a partnership if wished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.services import people_list
from cocivic_desktop.services.people_list import Defaults, ListedPerson, PersonField
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.dialogs.list_import import ListImportDialog, ListWords
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.texts.counts import people_count
from cocivic_desktop.ui.texts.people import column_word, reason_text, remark_text, row_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.services.listed import Layout
    from cocivic_desktop.tables.people_file import ReadPerson
    from cocivic_desktop.tables.reading import Row
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Progress


class PeopleImportDialog(ListImportDialog):
    """A CSV or Excel table, or cards of an address book (vCard)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._cards: list[ReadPerson] = []
        self._options: list[QWidget] = []
        super().__init__(context, parent, _words())
        self._add_options()

    def fields(self) -> Sequence[tuple[StrEnum, str]]:
        """What a column can hold, with its words."""
        return [(one, column_word(one)) for one in PersonField]

    def open_file(self, path: Path) -> people_list.Read:
        """Read a table or cards; called off the GUI thread."""
        return people_list.read_file(path)

    def take_file(self, found: people_list.Read) -> None:
        """A table's columns are matched; cards need none."""
        self._cards = found.cards
        if found.book is not None:
            self.take_book(found.book)
            return
        for widget in (self.ui.sheetWord, self.ui.sheetBox, self.ui.headingWord, self.ui.headingBox,
                       self.ui.columnsScroll, self.ui.hintLabel):  # fmt: skip
            widget.hide()
        self.show_work()
        self.compare()

    def find_layout(self, rows: Sequence[Row], heading_row: int | None = None) -> Layout[Any]:
        """What the columns hold; `heading_row` when a person has said it."""
        if heading_row is None:
            return people_list.find_layout(rows)
        return people_list.layout_with_headings(rows, heading_row)

    def compare_work(self) -> Callable[[Progress], list[ListedPerson]]:
        """Work for another thread that gives the compared rows."""
        known, defaults, cards = people_list.known(self._context.workspace), self.defaults, self._cards
        sheet, layout = (None, None) if cards else (self.sheet, self.layout_read)

        def work(progress: Progress) -> list[ListedPerson]:
            read = cards if sheet is None or layout is None else people_list.rows_of(sheet, layout)
            return people_list.compare(read, known, defaults, progress.check)

        return work

    @property
    def defaults(self) -> Defaults:
        """What holds for rows that say nothing of it."""
        return Defaults(
            kind=self._kind.value or PersonKind.VOLUNTEER,
            organisation_id=self._organisation.value,
            partnership_id=self._partnership.value,
            role=self._role.text().strip(),
        )

    def middle_columns(self) -> list[Column[Any]]:
        """The kind; everything else is said below the list."""
        return [Column("kind", self.tr("Kind"), lambda one: choice_word(one.values["kind"]), width=104)]

    def row_text(self, one: ListedPerson) -> str:
        """All that is taken of a row."""
        return row_text(one)

    def remarks_text(self, one: ListedPerson) -> str:
        """What was not taken of a row."""
        return "; ".join(remark_text(remark) for remark in one.remarks)

    def reason_text(self, one: ListedPerson) -> str:
        """Why a row is held for another, in words."""
        return reason_text(one)

    def import_text(self, count: int) -> str:
        """The words of the button that imports."""
        return self.tr("Import {people}").format(people=people_count(count))

    def option_widgets(self) -> Sequence[QWidget]:
        """What holds for all rows."""
        return self._options

    def store_rows(self) -> str:
        """Store the rows and say what was done. Raises `CoCivicError`."""
        taken = people_list.store(self._context.workspace, self.rows, self.defaults)
        parts = [
            self.tr("{people} added").format(people=people_count(len(taken.added))),
            self.tr("{count} filled up").format(count=len(taken.updated)) if taken.updated else "",
        ]
        return ", ".join(filter(None, parts))

    def _add_options(self) -> None:
        """Two lines above the plan: what holds where rows say nothing, and a role for all who are taken."""
        boxes = [QComboBox() for _ in range(3)]
        for box in boxes:
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(11)
        self._kind, self._organisation = (ChoiceBox(box, lambda _: self.compare()) for box in boxes[:2])
        self._partnership = ChoiceBox(boxes[2])
        self._role = QLineEdit()
        self._role.setMinimumWidth(120)
        self._role.setPlaceholderText(self.tr("as what"))
        self._kind.offer([(kind, choice_word(kind)) for kind in PersonKind])
        self._kind.show(PersonKind.VOLUNTEER)
        self._organisation.offer([(None, self.tr("– none –")), *choices.organisations(self._context)])
        self._partnership.offer([(None, self.tr("– in none –")), *choices.partnerships(self._context)])
        row = QHBoxLayout()
        words: list[tuple[str, QWidget]] = [
            (self.tr("Where rows do not say: &kind"), boxes[0]),
            (self.tr("or&ganisation"), boxes[1]),
            (self.tr("All take &part in"), boxes[2]),
        ]
        for text, widget in words:
            word = QLabel(text)
            word.setBuddy(widget)
            row.addWidget(word)
            row.addWidget(widget)
            self._options += [word, widget]
        self._role.setAccessibleName(self.tr("Role in the partnership"))
        row.addWidget(self._role, 1)
        self._options.append(self._role)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(layout.indexOf(self.ui.planLabel), row)
        for option in self._options:
            option.hide()


def _words() -> ListWords:
    translate = QCoreApplication.translate
    return ListWords(
        key="people_list",
        title=translate("PeopleImportDialog", "Import people"),
        choose=translate("PeopleImportDialog", "Choose a list of people or an address book"),
        explained=translate(
            "PeopleImportDialog",
            "A table as CSV or Excel (.xlsx), or contacts as vCard (.vcf). Take over only what you need: for students "
            "a code or initials are enough. Nothing is stored before you have looked at it.",
        ),
        kinds=translate(
            "PeopleImportDialog", "Tables and contacts (*.csv *.xlsx *.xlsm *.tsv *.txt *.vcf *.vcard);;All files (*)"
        ),
        no_headings=translate("PeopleImportDialog", "none: all rows are people"),
        name=translate("PeopleImportDialog", "Name"),
        rows=translate("PeopleImportDialog", "People"),
    )
