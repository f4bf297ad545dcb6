"""The catalogue of indicators."""

from __future__ import annotations

import pytest

from cocivic_desktop.domain.goals import IndicatorAspect, IndicatorMeans
from cocivic_desktop.domain.rules.indicators import COMPUTED
from cocivic_desktop.library.indicators import CatalogueItem, indicator_catalogue, indicators_by_code

CATALOGUE = indicator_catalogue()


def test_all_aspects_and_items_are_there() -> None:
    items = {(item.aspect, item.item) for item in CATALOGUE}
    counts = {aspect: sum(1 for found, _ in items if found is aspect) for aspect in IndicatorAspect}
    assert counts == {
        IndicatorAspect.GOALS: 3,
        IndicatorAspect.EFFICIENCY: 3,
        IndicatorAspect.MISSION: 5,
        IndicatorAspect.CAPABILITIES: 5,
    }
    assert len(indicators_by_code()) == len(CATALOGUE) == 41


@pytest.mark.parametrize("item", CATALOGUE, ids=lambda item: item.code)
def test_an_item_is_complete(item: CatalogueItem) -> None:
    assert item.name("en")
    assert item.name("de") != item.name("en") or item.code == "media"
    assert item.name("xx") == item.name("en")
    assert item.means
    if item.means == (IndicatorMeans.SURVEY,):
        assert item.groups
        assert item.question("en")
        assert item.question("de")


def test_what_is_called_computed_is_computed() -> None:
    promised = {item.code: item.unit for item in CATALOGUE if IndicatorMeans.COMPUTED in item.means}
    assert promised == {code: unit for code, (unit, _, _) in COMPUTED.items()}
