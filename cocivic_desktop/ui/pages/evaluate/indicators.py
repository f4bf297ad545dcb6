"""The handbook's indicators with target and actual value; the chosen one's fields and measurements beside them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QAbstractItemView, QWidget

from cocivic_desktop._generated.forms.evaluate_indicators import Ui_EvaluateIndicators
from cocivic_desktop.domain.goals import Indicator, IndicatorAspect, IndicatorMeans
from cocivic_desktop.services import evaluate, records
from cocivic_desktop.services.evaluate import IndicatorRow
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.evaluate.indicator_detail import IndicatorDetail
from cocivic_desktop.ui.pages.evaluate.lines import Line, LinesModel, lines_of
from cocivic_desktop.ui.pages.evaluate.values import ValueDelegate, value_text
from cocivic_desktop.ui.pages.part import StagePart, fit_width
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.tables import dress_records

LINE_HEIGHT: Final = 46
"""Rows have room for two lines of text."""
TARGET: Final = 1
_EDIT = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)


class IndicatorsPart(StagePart):
    """All indicators by aspect. A tick takes one or leaves it out; targets are typed into the table."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_EvaluateIndicators()
        self.ui.setupUi(self)
        self._rows: list[IndicatorRow] = []
        self._line = ""
        self._loading = False
        self.model = LinesModel(
            [
                Column("name", self.tr("Indicator"), self._name, tip=self._name),
                Column("target", self.tr("Target"), self._target, width=74, change=self._set_target, right=True),
                Column("actual", self.tr("Actual"), self._actual, width=80, right=True),
                Column("source", self.tr("How we know"), self.source_text, width=120, tip=self.source_text),
            ],
            self._set_used,
            self,
        )
        self.detail = IndicatorDetail(context, self.ui, self)
        self._dress_table()
        self.ui.onlyUsed.setChecked(context.flag("evaluate/only_used", False))
        self.ui.onlyUsed.setToolTip(self.tr("Hide what this partnership does not use"))
        self.ui.ownButton.setToolTip(self.tr("Add something that the handbook does not list"))
        self.ui.onlyUsed.toggled.connect(self._filter)
        self.ui.ownButton.clicked.connect(lambda: self.add_own())
        self.ui.useButton.clicked.connect(lambda: self._turn_use())
        self.ui.split.setSizes([546, 276])
        fit_width(self.ui.detailScroll)
        self.ui.split.setStretchFactor(0, 1)

    def reload(self) -> None:
        """Compute what can be computed, and show it; the chosen line stays chosen."""
        self._rows = evaluate.indicators(self.context.workspace, self.partnership, self.context.today())
        self._show_lines()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose an indicator, or put the keyboard into the table."""
        if item is not None:
            line = next((one for one in self._all_lines() if one.indicator_id == item), None)
            if line is not None:
                self._choose(line.id)
        self.ui.table.setFocus()

    def add_own(self) -> None:
        """Add an indicator of one's own and put the keyboard into its name."""
        line = self.current
        aspect = line.row.aspect if line is not None and line.row is not None else IndicatorAspect.GOALS
        added = Indicator(partnership_id=self.partnership, name=self.tr("New indicator"), unit="count", aspect=aspect)
        if self.context.attempt(records.add, self.context.workspace, added) is not None:
            self._line = str(added.id)
            self.reload()
            self.detail.form.focus("name")

    @property
    def current(self) -> Line | None:
        """The chosen line, or None."""
        line = self.model.record(self.ui.table.currentIndex())
        return line if line is not None and line.row is not None else None

    def source_text(self, line: Line) -> str:
        """How the actual value came about, in words."""
        row = line.row
        if row is None:
            return ""
        if row.actual is None:
            return self.tr("{means}: no value yet").format(means=choice_word(row.means))
        if row.means is IndicatorMeans.COMPUTED:
            return self.tr("Computed from {source}").format(source=self._source_words().get(row.source, row.source))
        if row.means is IndicatorMeans.SURVEY and row.measured_on is None:
            return self.tr("Survey")
        return f"{choice_word(row.means)}: {row.source}" if row.source else choice_word(row.means)

    def _source_words(self) -> dict[str, str]:
        return {
            "agreement": self.tr("agreement"),
            "goals": self.tr("goals"),
            "challenges": self.tr("challenges"),
            "hours": self.tr("hours"),
            "solutions": self.tr("solutions"),
            "expectations": self.tr("expectations"),
            "meetings": self.tr("meetings"),
            "activities": self.tr("calendar"),
            "notes": self.tr("notes"),
        }

    def _dress_table(self) -> None:
        table = self.ui.table
        dress_records(table, self.model, self.model.columns, LINE_HEIGHT)
        table.setItemDelegateForColumn(TARGET, ValueDelegate(table))
        table.setEditTriggers(_EDIT)
        table.selectionModel().currentRowChanged.connect(lambda: self._show_current())

    def _all_lines(self) -> list[Line]:
        headings = {}
        for aspect in IndicatorAspect:
            mine = [row for row in self._rows if row.aspect is aspect]
            used = sum(row.indicator is not None for row in mine)
            headings[aspect] = self.tr("{aspect} · {used} of {count} used").format(
                aspect=choice_word(aspect), used=used, count=len(mine)
            )
        return lines_of(self._rows, headings, only_used=self.ui.onlyUsed.isChecked())

    def _show_lines(self) -> None:
        used = [row for row in self._rows if row.indicator is not None]
        valued = sum(row.actual is not None for row in used)
        self.ui.summary.setText(
            self.tr("{used} used, {valued} known").format(used=len(used), valued=valued)
            if used
            else self.tr("tick what answers your own questions")
        )
        self.ui.onlyUsed.setEnabled(bool(used) or self.ui.onlyUsed.isChecked())
        self._loading = True
        self.model.set_rows(self._all_lines())
        self.ui.table.clearSpans()
        for number, line in enumerate(self.model.rows):
            heading = line.row is None
            if heading:
                self.ui.table.setSpan(number, 0, 1, len(self.model.columns))
            self.ui.table.setRowHeight(number, 36 if heading else LINE_HEIGHT)
        self._loading = False
        first_used = next((one.id for one in self.model.rows if one.indicator_id is not None), "")
        first = next((one.id for one in self.model.rows if one.row is not None), "")
        self._choose(self._line if self.model.place_of(self._line) >= 0 else first_used or first)

    def _choose(self, line_id: str) -> None:
        place = self.model.place_of(line_id)
        if place >= 0 and self.ui.table.currentIndex().row() != place:
            self._loading = True
            self.ui.table.setCurrentIndex(self.model.index(place, 0))
            self._loading = False
            self.ui.table.scrollTo(self.model.index(place, 0))
        self._show_current()

    def _show_current(self) -> None:
        if self._loading:
            return
        line = self.current
        self._line = line.id if line is not None else ""
        self.detail.show_line(line)

    def _filter(self, on: bool) -> None:
        self.context.set_flag("evaluate/only_used", on)
        self._show_lines()

    def _name(self, line: Line) -> str:
        return line.row.name(self.context.language) if line.row is not None else ""

    def _target(self, line: Line) -> str:
        return value_text(line.row.target, line.row.unit) if line.row is not None else ""

    def _actual(self, line: Line) -> str:
        if line.row is None:
            return ""
        return value_text(line.row.actual, line.row.unit) or "–"

    def _set_used(self, line: Line, used: bool) -> None:
        if line.row is None or used == (line.indicator_id is not None):
            return
        workspace = self.context.workspace
        if used:
            language = self.context.language
            self.context.attempt(evaluate.use_indicator, workspace, self.partnership, line.row.code, language)
        elif line.row.indicator is not None:
            self.detail.form.flush()
            self.context.attempt(records.archive, workspace, Indicator, line.row.indicator.id)
            self.context.notify(self.tr("Left out; its values are kept. Ctrl+Z brings it back."))

    def _set_target(self, line: Line, value: float | None) -> None:
        row = line.row
        if row is None or value == row.target:
            return
        if row.indicator is not None:
            self.context.attempt(records.change, self.context.workspace, Indicator, row.indicator.id, target=value)
        else:
            self.context.attempt(
                evaluate.use_indicator,
                self.context.workspace,
                self.partnership,
                row.code,
                self.context.language,
                target=value,
            )

    def _turn_use(self) -> None:
        line = self.current
        if line is not None:
            self._set_used(line, line.indicator_id is None)
