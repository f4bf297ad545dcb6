"""How a goal is measured: its indicators, from the catalogue or own, and their values over time."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from cocivic_desktop._generated.forms.goals_indicators import Ui_GoalsIndicators
from cocivic_desktop.domain.goals import Indicator, IndicatorMeans, Measurement, SharedGoal
from cocivic_desktop.library.indicators import indicator_catalogue
from cocivic_desktop.services import goals, records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.part import fit_rows
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import number_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup

UNITS: Final[dict[str, str]] = {
    "count": QT_TRANSLATE_NOOP("Units", "number"),
    "percent": QT_TRANSLATE_NOOP("Units", "%"),
    "hours": QT_TRANSLATE_NOOP("Units", "hours"),
    "rating": QT_TRANSLATE_NOOP("Units", "rating 1–5"),
    "yes_no": QT_TRANSLATE_NOOP("Units", "yes or no"),
}
"""Units of the catalogue in words; an indicator of one's own may have any other."""


def unit_word(unit: str) -> str:
    """The word for a unit; a unit of one's own is its own word."""
    return QCoreApplication.translate("Units", UNITS[unit]) if unit in UNITS else unit


class IndicatorsPanel(QWidget):
    """Indicators of one goal, the chosen one's fields, and its measurements."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ui = Ui_GoalsIndicators()
        self.ui.setupUi(self)
        self._goal: SharedGoal | None = None
        self._latest: dict[UUID, float] = {}
        self.form = RecordForm(
            context,
            Indicator,
            self.ui.indicatorDetail,
            choices={"code": self._catalogue},
            save=self._save,
        )
        self.measurement_form = RecordForm(context, Measurement, self.ui.measurementDetail)
        self._set_up_lists()
        self.ui.unitChoice.addItems([unit_word(unit) for unit in UNITS])
        self.ui.unitChoice.activated.connect(lambda: self._save_unit())
        line = self.ui.unitChoice.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._save_unit)

    def _set_up_lists(self) -> None:
        self.ui.indicators.setup(
            self.context,
            ListSetup(
                cls=Indicator,
                key="goal_indicators",
                title=self.tr("How we will know"),
                add_text=self.tr("Add"),
                ordered=True,
                columns=[
                    Column("name", self.tr("Indicator"), self._name, tip=self._name),
                    Column("latest", self.tr("Latest"), lambda one: self._latest.get(one.id), width=72, right=True),
                    Column("target", self.tr("Target"), self._target, width=96, right=True),
                ],
                find=self._find_indicators,
                new=self._new_indicator,
                empty_title=self.tr("Not measured yet"),
                empty_text=self.tr(
                    "One or two indicators are enough. Most can be computed from what you enter anyway."
                ),
            ),
        )
        self.ui.indicators.attach(self.form, self.ui.indicatorDetail)
        self.ui.indicators.selected.connect(self._show_indicator)
        self.ui.measurements.setup(
            self.context,
            ListSetup(
                cls=Measurement,
                key="measurements",
                title=self.tr("Measurements"),
                add_text=self.tr("Add value"),
                columns=[
                    Column("day", self.tr("Day"), lambda one: one.measured_on, width=110),
                    Column("value", self.tr("Value"), width=80, right=True),
                    Column("source", self.tr("Source")),
                ],
                find=self._find_measurements,
                new=self._new_measurement,
                empty_title=self.tr("No value yet"),
                empty_text=self.tr("Note a first value now: without a start, nobody sees the change."),
            ),
        )
        self.ui.measurements.attach(self.measurement_form, self.ui.measurementDetail)

    def show_goal(self, goal: SharedGoal | None) -> None:
        """Show the indicators of a goal, freshly read."""
        self._goal = goal
        if not self.context.is_open or goal is None:
            return
        self.ui.indicators.reload()
        fit_rows(self.ui.indicators, 5)

    def go_to(self, item: UUID | None) -> None:
        """Select an indicator, or put the keyboard where one is added."""
        indicators = self.ui.indicators
        if item is not None:
            indicators.select(item)
            record = self.form.record
            if record is not None and record.target is None:
                self.form.focus("target")
            elif record is not None and record.means is not IndicatorMeans.COMPUTED and not record.measured_how:
                self.form.focus("measured_how")
            else:
                indicators.table.setFocus()
        else:
            (indicators.add_button if indicators.model.rows else indicators.empty.action_button).setFocus()

    def _show_indicator(self, indicator: Indicator | None) -> None:
        self.ui.measurementBox.setVisible(indicator is not None)
        if indicator is None:
            return
        self.ui.unitChoice.setCurrentText(unit_word(indicator.unit))
        own = not indicator.code
        for widget in (self.ui.aspect, self.ui.unitChoice):
            widget.setEnabled(own)
        computed = indicator.means is IndicatorMeans.COMPUTED
        self.ui.computedLabel.setVisible(computed)
        self.ui.computedLabel.setText(
            self.tr(
                "The program computes this from hours, meetings and activities. "
                "Values that you note below are kept beside it."
            )
        )
        self.ui.measurements.reload()
        fit_rows(self.ui.measurements, 5)

    def _catalogue(self) -> list[tuple[Any, str]]:
        language = self.context.language
        items = [(item.code, f"{item.name(language)} ({choice_word(item.means[0])})") for item in indicator_catalogue()]
        return [("", self.tr("Our own indicator")), *items]

    def _new_indicator(self) -> Indicator | None:
        if self._goal is None:
            return None
        return Indicator(
            partnership_id=self._goal.partnership_id,
            goal_id=self._goal.id,
            name=self.tr("New indicator"),
            unit="count",
        )

    def _new_measurement(self) -> Measurement | None:
        indicator = self.form.record
        if indicator is None:
            return None
        return Measurement(indicator_id=indicator.id, measured_on=self.context.today(), value=indicator.baseline or 0.0)

    def _find_indicators(self, archived: bool) -> list[Indicator]:
        if self._goal is None:
            return []
        found = records.listed(
            self.context.workspace,
            Indicator,
            archived,
            order="position",
            goal_id=self._goal.id,
        )
        values = records.find(self.context.workspace, Measurement, indicator_id=[one.id for one in found])
        self._latest = {one.indicator_id: one.value for one in sorted(values, key=lambda one: one.measured_on)}
        return found

    def _find_measurements(self, archived: bool) -> list[Measurement]:
        indicator = self.form.record
        if indicator is None:
            return []
        found = records.listed(self.context.workspace, Measurement, archived, indicator_id=indicator.id)
        return sorted(found, key=lambda one: one.measured_on, reverse=True)

    def _save(self, record: Indicator, values: dict[str, Any]) -> None:
        language = self.context.language
        goals.change_indicator(self.context.workspace, record.id, language=language, **values)

    def _save_unit(self) -> None:
        indicator = self.form.record
        if indicator is None:
            return
        text = self.ui.unitChoice.currentText().strip()
        unit = next((code for code in UNITS if unit_word(code) == text), text)
        if unit != indicator.unit:
            self.context.attempt(records.change, self.context.workspace, Indicator, indicator.id, unit=unit)

    def _name(self, indicator: Indicator) -> str:
        return indicator.name or indicator.code

    def _target(self, indicator: Indicator) -> str:
        if indicator.target is None:
            return ""
        if indicator.unit == "yes_no":
            return self.tr("yes") if indicator.target else self.tr("no")
        suffix = " %" if indicator.unit == "percent" else " h" if indicator.unit == "hours" else ""
        return number_text(indicator.target) + suffix
