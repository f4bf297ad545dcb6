"""Evaluation: the indicators of a partnership with baseline, target and actual value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.goals import Indicator, IndicatorAspect, IndicatorMeans, Measurement
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.rules.indicators import COMPUTED, computed_value, survey_value
from cocivic_desktop.library.indicators import CatalogueItem, indicator_catalogue, indicators_by_code
from cocivic_desktop.services import records
from cocivic_desktop.services.views import partnership_view

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """One line of the indicator table.

    `indicator` is the partnership's own record (None for an item of the catalogue that it has not chosen), `item`
    that of the catalogue (None for an indicator of its own). `source` says where `actual` comes from: a code of
    `rules.indicators`, "survey", or the words of the measurement.
    """

    code: str
    aspect: IndicatorAspect
    unit: str
    means: IndicatorMeans
    indicator: Indicator | None = None
    item: CatalogueItem | None = None
    baseline: float | None = None
    target: float | None = None
    actual: float | None = None
    source: str = ""
    measured_on: date | None = None

    def name(self, language: str = "en") -> str:
        """The partnership's own name of it, else that of the catalogue."""
        if self.indicator is not None and self.indicator.name:
            return self.indicator.name
        return self.item.name(language) if self.item is not None else self.code


@dataclass(frozen=True)
class _Actual:
    value: float | None
    means: IndicatorMeans
    source: str = ""
    measured_on: date | None = None


def indicators(workspace: Workspace, partnership_id: UUID, today: date) -> list[IndicatorRow]:
    """The whole catalogue in its order, with the partnership's targets and actual values; its own indicators follow.

    An item that several goals measure comes once per indicator. Raises `NotFound`.
    """
    return indicator_rows(partnership_view(workspace, partnership_id, bookings=False), today)


def indicator_rows(view: PartnershipView, today: date) -> list[IndicatorRow]:
    """`indicators` of a view that is there already."""
    known = indicators_by_code()
    chosen: dict[str, list[Indicator]] = {}
    for indicator in view.indicators:
        chosen.setdefault(indicator.code if indicator.code in known else "", []).append(indicator)
    latest = _latest(view, today)
    rows: list[IndicatorRow] = []
    for item in indicator_catalogue():
        measured: list[Indicator | None] = [*chosen.get(item.code, ())]
        rows += [_row(view, today, item, indicator, latest) for indicator in measured or [None]]
    return rows + [_own_row(indicator, latest) for indicator in chosen.get("", ())]


def use_indicator(
    workspace: Workspace, partnership_id: UUID, code: str, /, language: str = "en", **fields: Any
) -> tuple[UUID, Changes]:
    """Take an indicator of the catalogue for a partnership, in one step of undo; gives its id.

    One that was left out before comes back with its measurements. Raises KeyError for an unknown code, `InvalidField`.
    """
    item = indicators_by_code()[code]
    known = records.find(workspace, Indicator, archived=True, partnership_id=partnership_id, code=code)
    if known:
        with workspace.write("restore_indicator", known[0].name) as unit:
            indicator = unit.get(Indicator, known[0].id)
            for name, value in {**fields, "archived": False}.items():
                setattr(indicator, name, value)
        return known[0].id, workspace.last_changes
    added = Indicator(
        partnership_id=partnership_id,
        code=code,
        aspect=item.aspect,
        name=item.name(language),
        unit=item.unit,
        means=item.means[0],
        **fields,
    )
    return added.id, records.add(workspace, added)


def _latest(view: PartnershipView, today: date) -> dict[UUID, Measurement]:
    """The latest measurement of each indicator up to today."""
    found: dict[UUID, Measurement] = {}
    for measurement in sorted(view.measurements, key=lambda m: (m.measured_on, m.created_at)):
        if measurement.measured_on <= today:
            found[measurement.indicator_id] = measurement
    return found


def _row(
    view: PartnershipView,
    today: date,
    item: CatalogueItem,
    indicator: Indicator | None,
    latest: dict[UUID, Measurement],
) -> IndicatorRow:
    measurement = latest.get(indicator.id) if indicator else None
    actual = _actual(view, today, item, measurement)
    return IndicatorRow(
        code=item.code,
        aspect=item.aspect,
        unit=item.unit,
        means=actual.means,
        indicator=indicator,
        item=item,
        baseline=indicator.baseline if indicator else None,
        target=indicator.target if indicator else None,
        actual=actual.value,
        source=actual.source,
        measured_on=actual.measured_on,
    )


def _actual(view: PartnershipView, today: date, item: CatalogueItem, measurement: Measurement | None) -> _Actual:
    """The value by the first of the item's means that has one.

    A measurement typed in stands for a survey or dialogue that was not held in the app, too.
    """
    for means in item.means:
        if means is IndicatorMeans.COMPUTED and item.code in COMPUTED:
            computed = computed_value(item.code, view, today)
            if computed.value is not None:
                return _Actual(computed.value, means, computed.source)
        elif means is IndicatorMeans.SURVEY:
            asked = survey_value(item.code, item.unit, view)
            if asked.value is not None:
                return _Actual(asked.value, means, asked.source)
            if measurement is not None:
                return _measured(measurement, means)
        elif means is IndicatorMeans.MANUAL and measurement is not None:
            return _measured(measurement, means)
    return _Actual(None, item.means[0])


def _measured(measurement: Measurement, means: IndicatorMeans) -> _Actual:
    return _Actual(measurement.value, means, measurement.source, measurement.measured_on)


def _own_row(indicator: Indicator, latest: dict[UUID, Measurement]) -> IndicatorRow:
    measurement = latest.get(indicator.id)
    return IndicatorRow(
        code=indicator.code,
        aspect=indicator.aspect,
        unit=indicator.unit,
        means=indicator.means,
        indicator=indicator,
        baseline=indicator.baseline,
        target=indicator.target,
        actual=measurement.value if measurement else None,
        source=measurement.source if measurement else "",
        measured_on=measurement.measured_on if measurement else None,
    )
