"""The catalogue of indicators."""

from __future__ import annotations

import pytest

from cocivic_desktop.domain.goals import IndicatorAspect, IndicatorMeans
from cocivic_desktop.domain.rules.indicators import COMPUTED
from cocivic_desktop.library.files import languages
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
def test_an_item_is_worded_in_every_language_of_documents(item: CatalogueItem) -> None:
    written = set(languages("documents"))
    assert set(item.names) == written
    assert all(item.names.values())
    assert len(set(item.names.values())) == len(written)
    assert item.name("xx") == item.name("en")
    assert item.means
    assert set(item.questions) in (written, set())
    assert item.questions or item.means != (IndicatorMeans.SURVEY,)
    assert len(set(item.questions.values())) == len(item.questions)
    assert not item.questions or item.groups


def test_what_is_called_computed_is_computed() -> None:
    promised = {item.code: item.unit for item in CATALOGUE if IndicatorMeans.COMPUTED in item.means}
    assert promised == {code: unit for code, (unit, _, _) in COMPUTED.items()}
