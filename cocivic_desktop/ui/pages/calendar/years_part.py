"""The school's years as a part of the calendar page."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.ui.pages.part import StagePart

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.widgets.school_year_editor import SchoolYearEditor


class YearsPart(StagePart):
    """Terms, holidays, assessments and lesson times of the partnership's school. Made when it is first looked at."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)

    @cached_property
    def years(self) -> SchoolYearEditor:
        """The editor, which the page of the school shows as well."""
        from cocivic_desktop.ui.widgets.school_year_editor import SchoolYearEditor

        made = SchoolYearEditor(self.context, self)
        self._layout.addWidget(made)
        made.show()
        return made

    def reload(self) -> None:
        """Show the years of the school."""
        self.years.show_school(records.get(self.context.workspace, Partnership, self.partnership).school_id)

    def open_item(self, section: str, item: UUID | None) -> None:
        """Point at a part of a school year."""
        if item is not None:
            self.years.open_item(item)
