"""The form that asks for the dates of another school year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.services import school_years
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.texts.formats import day_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop._generated.forms.school_year_editor import Ui_SchoolYearEditor
    from cocivic_desktop.domain.organisations import Organisation
    from cocivic_desktop.domain.school_years import SchoolYear
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.widgets.date_field import DateField

Span = tuple[str, date, date]
"""Name, first and last day."""


class NewYear(QObject):
    """Proposes dates to start from, and stores what the person made of them."""

    def __init__(self, context: Context, ui: Ui_SchoolYearEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = ui
        self._context = context
        ui.newProblem.hide()

    def forget(self) -> None:
        """Propose anew next time."""
        self.ui.newLabel.clear()
        self.ui.newProblem.hide()

    def propose(self, school: Organisation, years: Sequence[SchoolYear]) -> None:
        """Dates to start from; what was typed already stays."""
        ui = self.ui
        region = "-".join(part for part in (school.country, school.region) if part)
        ui.newTitle.setText(self.tr("Another school year") if years else self.tr("Tell the school's year first"))
        ui.newHolidays.setVisible(bool(school.country))
        ui.newHolidays.setText(self.tr("Add the public holidays of {region} right away").format(region=region))
        if ui.newLabel.text():
            return
        ui.newHolidays.setChecked(bool(school.country))
        today = self._context.today()
        start = today.year if today.month >= 6 else today.year - 1
        if years:
            start = max(one.starts_on.year for one in years) + 1
        ui.newLabel.setText(f"{start}/{(start + 1) % 100:02}")
        ui.newTerm1.setText(self.tr("Term 1"))
        ui.newTerm2.setText(self.tr("Term 2"))
        proposed: tuple[tuple[DateField, date], ...] = (
            (ui.newFirst, date(start, 8, 1)),
            (ui.newLast, date(start + 1, 7, 31)),
            (ui.newTerm1First, _monday(date(start, 8, 25))),
            (ui.newTerm1Last, date(start + 1, 1, 31)),
            (ui.newTerm2First, date(start + 1, 2, 1)),
            (ui.newTerm2Last, date(start + 1, 7, 2)),
        )
        for field, day in proposed:
            field.set_day(day)

    def create(self, school: Organisation) -> SchoolYear | None:
        """Store the year with its terms, and the public holidays if wanted: one step of undo. None when refused."""
        ui, workspace = self.ui, self._context.workspace
        span = self._span()
        terms = self._terms(span) if span is not None else None
        if span is None or terms is None:
            return None
        label, first, last = span
        try:
            with workspace.write("create_school_year", label):
                year, _ = school_years.create(workspace, school.id, label, first, last, terms)
                if ui.newHolidays.isChecked() and not ui.newHolidays.isHidden():
                    language = self._context.setting("language", "en")
                    school_years.add_public_holidays(workspace, year.id, today=self._context.today(), language=language)
        except CoCivicError as error:
            self._refuse(sentence(error), ui.newLabel)
            return None
        return year

    def _span(self) -> Span | None:
        """The year as typed in; None when something is missing or is no date."""
        ui = self.ui
        fields = (ui.newFirst, ui.newLast, ui.newTerm1First, ui.newTerm1Last, ui.newTerm2First, ui.newTerm2Last)
        wrong = next((field for field in fields if field.is_invalid), None)
        if wrong is not None:
            self._refuse(self.tr("This is no date. Type it like {day}.").format(day=day_text(date(2026, 9, 21))), wrong)
            return None
        first, last, label = ui.newFirst.day, ui.newLast.day, ui.newLabel.text().strip()
        if first is None or last is None or not label:
            self._refuse(self.tr("The school year needs a name, a first and a last day."), ui.newLabel)
            return None
        return label, first, last

    def _terms(self, year: Span) -> list[Span] | None:
        """The terms that have a name and both days; None when one does not lie inside the year."""
        ui, terms = self.ui, []
        _, first, last = year
        for name, starts, ends in (
            (ui.newTerm1, ui.newTerm1First, ui.newTerm1Last),
            (ui.newTerm2, ui.newTerm2First, ui.newTerm2Last),
        ):
            if name.text().strip() and starts.day is not None and ends.day is not None:
                if ends.day < starts.day or starts.day < first or ends.day > last:
                    text = self.tr("{term} has to lie inside the school year, its end after its start.")
                    self._refuse(text.format(term=name.text().strip()), starts)
                    return None
                terms.append((name.text().strip(), starts.day, ends.day))
        return terms

    def _refuse(self, text: str, field: QWidget) -> None:
        self.ui.newProblem.setText(f"× {text}")
        self.ui.newProblem.show()
        field.setFocus()


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
