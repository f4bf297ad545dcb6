"""Taking a list of schools from a file into the workspace, and into the pipeline if wished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.services import school_list
from cocivic_desktop.services.school_list import ListedSchool, SchoolField
from cocivic_desktop.ui.dialogs.list_import import ListImportDialog, ListWords
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.texts.school_list import column_word, reason_text, remark_text, row_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.tables.columns import Layout
    from cocivic_desktop.tables.reading import Row
    from cocivic_desktop.tables.spreadsheet import Book
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Progress


class SchoolImportDialog(ListImportDialog):
    """With `as_ideas`, each school that is taken is proposed as an idea in the pipeline."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, as_ideas: bool = False) -> None:
        super().__init__(context, parent, _words())
        self.ui.ideasCheck.setChecked(as_ideas)

    def fields(self) -> Sequence[tuple[StrEnum, str]]:
        """What a column can hold, with its words."""
        return [(one, column_word(one)) for one in SchoolField]

    def open_file(self, path: Path) -> Book:
        """Read a table; called off the GUI thread."""
        return school_list.read_file(path)

    def find_layout(self, rows: Sequence[Row], heading_row: int | None = None) -> Layout[Any]:
        """What the columns hold; `heading_row` when a person has said it."""
        if heading_row is None:
            return school_list.find_layout(rows)
        return school_list.layout_with_headings(rows, heading_row)

    def compare_work(self) -> Callable[[Progress], list[ListedSchool]]:
        """Work for another thread that gives the compared rows."""
        known = school_list.known_schools(self._context.workspace)
        sheet, layout = self.sheet, self.layout_read
        return lambda progress: school_list.compare(sheet, layout, known, progress.check)

    def middle_columns(self) -> list[Column[Any]]:
        """The place."""
        return [Column("place", self.tr("Place"), lambda one: one.values.get("city", ""), width=104)]

    def row_text(self, one: ListedSchool) -> str:
        """All that is taken of a row."""
        return row_text(one)

    def remarks_text(self, one: ListedSchool) -> str:
        """What was not taken of a row."""
        return "; ".join(remark_text(remark) for remark in one.remarks)

    def reason_text(self, one: ListedSchool) -> str:
        """Why a row is held for another, in words."""
        return reason_text(one)

    def import_text(self, count: int) -> str:
        """The words of the button that imports."""
        return self.tr("Import 1 school") if count == 1 else self.tr("Import {count} schools").format(count=count)

    def option_widgets(self) -> Sequence[QWidget]:
        """Whether schools become ideas."""
        return (self.ui.ideasCheck,)

    def store_rows(self) -> str:
        """Store the rows and say what was done. Raises `CoCivicError`."""
        taken = school_list.store(self._context.workspace, self.rows, as_ideas=self.ui.ideasCheck.isChecked())
        added, ideas = len(taken.added), len(taken.ideas)
        parts = [
            self.tr("1 school added") if added == 1 else self.tr("{count} schools added").format(count=added),
            self.tr("{count} filled up").format(count=len(taken.updated)) if taken.updated else "",
            self.tr("ideas in the pipeline: {count}").format(count=ideas) if ideas else "",
        ]
        return ", ".join(filter(None, parts))


def _words() -> ListWords:
    translate = QCoreApplication.translate
    return ListWords(
        key="school_list",
        title=translate("SchoolImportDialog", "Import a school list"),
        choose=translate("SchoolImportDialog", "Choose a list of schools"),
        explained=translate(
            "SchoolImportDialog",
            "A table as CSV or Excel (.xlsx), as ministries, chambers and school networks publish them. Columns "
            "are recognised by their headings, and nothing is stored before you have looked at it.",
        ),
        kinds=translate("SchoolImportDialog", "Tables (*.csv *.xlsx *.xlsm *.tsv *.txt);;All files (*)"),
        no_headings=translate("SchoolImportDialog", "none: all rows are schools"),
        name=translate("SchoolImportDialog", "School"),
        rows=translate("SchoolImportDialog", "Schools"),
    )
