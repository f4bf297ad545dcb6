"""The chosen indicator: baseline, target, goal, and the values measured by hand with their history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout

from cocivic_desktop._generated.forms.evaluate_indicators import Ui_EvaluateIndicators
from cocivic_desktop.domain.goals import Indicator, IndicatorMeans, Measurement
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.evaluate.lines import Line
from cocivic_desktop.ui.pages.evaluate.values import ANSWERS, YES_NO, answer_words, set_limits, show_answer, value_text
from cocivic_desktop.ui.pages.goals.indicators import UNITS, unit_word
from cocivic_desktop.ui.pages.part import fit_rows
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.clause_link import ClauseLink
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel

    from cocivic_desktop.ui.pages.evaluate.indicators import IndicatorsPart


class IndicatorDetail(QObject):
    """Drives the pane at the right of the indicator table."""

    def __init__(self, context: Context, ui: Ui_EvaluateIndicators, part: IndicatorsPart) -> None:
        super().__init__(part)
        self.context, self.ui, self.part = context, ui, part
        self._unit = ""
        self.clause_link = ClauseLink(context)
        pane = ui.heading.parentWidget()
        layout = pane.layout() if pane is not None else None
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(layout.indexOf(ui.facts) + 1, self.clause_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = RecordForm(
            context,
            Indicator,
            ui.indicatorFields,
            choices={"goal_id": lambda: choices.goals(context, part.partnership) if part.partnership_id else []},
        )
        self.measurement_form = RecordForm(context, Measurement, ui.measurementDetail, prefix="m_")
        ui.measurements.setup(
            context,
            ListSetup(
                cls=Measurement,
                key="evaluate_measurements",
                title=self.tr("Values"),
                add_text=self.tr("Add value"),
                columns=[
                    Column("day", self.tr("Day"), lambda one: one.measured_on),
                    Column("value", self.tr("Value"), self._value, width=56, right=True),
                    Column("source", self.tr("Source"), width=80, tip=lambda one: one.source),
                ],
                find=self._find,
                new=self._new,
                empty_title=self.tr("No value yet"),
                empty_text=self.tr("Note a value with its day, and who or what says so."),
            ),
        )
        ui.measurements.attach(self.measurement_form, ui.measurementDetail)
        ui.unitChoice.addItems([unit_word(unit) for unit in UNITS])
        ui.unitChoice.activated.connect(lambda: self._save_unit())
        unit_line = ui.unitChoice.lineEdit()
        if unit_line is not None:
            unit_line.editingFinished.connect(self._save_unit)
        self._answers: tuple[tuple[QComboBox, QDoubleSpinBox, QLabel, str], ...] = (
            (ui.baselineChoice, ui.baseline, ui.baselineLabel, "baseline"),
            (ui.targetChoice, ui.target, ui.targetLabel, "target"),
        )
        for box, _, _, name in self._answers:
            box.addItems(answer_words())
            box.activated.connect(lambda number, name=name: self._save_answer(name, number))
        ui.m_valueChoice.addItems(answer_words()[1:])
        ui.m_valueChoice.activated.connect(self._save_measured_answer)
        ui.measurements.selected.connect(self._show_measurement)

    def show_line(self, line: Line | None) -> None:
        """Show a line of the table; nothing where none is chosen."""
        row = line.row if line is not None else None
        self.ui.detailScroll.setVisible(row is not None)
        if row is None:
            self.form.load(None)
            return
        indicator = row.indicator
        used = indicator is not None
        own = row.item is None
        self.ui.heading.setText(row.name(self.context.language))
        facts = f"{choice_word(row.aspect)} · {unit_word(row.unit)}"
        if row.actual is not None and line is not None:
            since = day_text(row.measured_on) if row.measured_on else self.part.source_text(line)
            now = self.tr("Now: {value} ({source})").format(value=value_text(row.actual, row.unit), source=since)
            facts = f"{facts}\n{now}"
        self.ui.facts.setText(facts)
        self.ui.useButton.setText(self.tr("Leave out") if used else self.tr("Use this indicator"))
        self.clause_link.show_for(self.part.partnership, indicator)
        self.ui.indicatorFields.setVisible(used)
        self.ui.ownFields.setVisible(used and own)
        if self.form.record is not None and (indicator is None or indicator.id != self.form.record.id):
            self.form.flush()
        self._fit_unit(row.unit)
        self.form.load(indicator)
        self._show_answers(indicator)
        self.ui.unitChoice.setCurrentText(unit_word(row.unit))
        means = row.item.means if row.item is not None else (row.means,)
        by_hand = IndicatorMeans.MANUAL in means or IndicatorMeans.SURVEY in means
        known = used and bool(self._find(True))
        self.ui.measurementBox.setVisible(used and (by_hand or known))
        self.ui.measurementHint.setText(self._hint(means, by_hand=by_hand))
        self.ui.measurementHint.setVisible(bool(self.ui.measurementHint.text()))
        if used:
            self.ui.measurements.reload()
            fit_rows(self.ui.measurements, 5)

    def _hint(self, means: tuple[IndicatorMeans, ...], *, by_hand: bool) -> str:
        if not by_hand:
            return self.tr("The program computes this itself. Values noted here are kept beside it.")
        if IndicatorMeans.COMPUTED in means and means[0] is not IndicatorMeans.COMPUTED:
            return self.tr("Until you note a value, the program counts what it knows.")
        if IndicatorMeans.COMPUTED in means:
            return self.tr("Your value counts while nothing can be computed.")
        if means[0] is IndicatorMeans.SURVEY:
            return self.tr("Results of a survey come first; note here what a dialogue showed.")
        return ""

    def _fit_unit(self, unit: str) -> None:
        self._unit = unit
        yes_no = unit == YES_NO
        for box, number, text, _ in self._answers:
            set_limits(number, unit, optional=True)
            number.setVisible(not yes_no)
            box.setVisible(yes_no)
            text.setBuddy(box if yes_no else number)
        set_limits(self.ui.m_value, unit, optional=False)
        self.ui.m_value.setVisible(not yes_no)
        self.ui.m_valueChoice.setVisible(yes_no)
        self.ui.m_valueLabel.setBuddy(self.ui.m_valueChoice if yes_no else self.ui.m_value)

    def _show_answers(self, indicator: Indicator | None) -> None:
        for box, _, _, name in self._answers:
            show_answer(box, getattr(indicator, name) if indicator is not None else None)

    def _show_measurement(self, measurement: Measurement | None) -> None:
        if measurement is not None:
            self.ui.m_valueChoice.setCurrentIndex(0 if measurement.value else 1)

    def _save_answer(self, name: str, number: int) -> None:
        if self.form.record is not None:
            fields = {name: ANSWERS[number]}
            self.context.attempt(records.change, self.context.workspace, Indicator, self.form.record.id, **fields)

    def _save_measured_answer(self, number: int) -> None:
        measurement = self.measurement_form.record
        if measurement is not None:
            self.context.attempt(
                records.change, self.context.workspace, Measurement, measurement.id, value=1.0 if number == 0 else 0.0
            )

    def _save_unit(self) -> None:
        indicator = self.form.record
        if indicator is None or indicator.code:
            return
        text = self.ui.unitChoice.currentText().strip()
        unit = next((code for code in UNITS if unit_word(code) == text), text)
        if unit != indicator.unit:
            self.context.attempt(records.change, self.context.workspace, Indicator, indicator.id, unit=unit)

    def _find(self, archived: bool) -> list[Measurement]:
        indicator = self.form.record
        if indicator is None:
            return []
        found = records.listed(self.context.workspace, Measurement, archived, indicator_id=indicator.id)
        return sorted(found, key=lambda one: (one.measured_on, one.created_at), reverse=True)

    def _new(self) -> Measurement | None:
        indicator = self.form.record
        if indicator is None:
            return None
        before = self._find(False)
        start = before[0].value if before else indicator.baseline
        if start is None:
            start = 1.0 if self._unit == "rating" else 0.0
        return Measurement(indicator_id=indicator.id, measured_on=self.context.today(), value=start)

    def _value(self, measurement: Measurement) -> str:
        return value_text(measurement.value, self._unit)
