"""Progress of the stages."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.stages import present_stage, stage_progress
from tests.domain.make_view import TODAY, add_late_phase, bare_view, good_view
from tests.domain.test_next_steps import random_views


def test_nothing_done_is_nothing() -> None:
    assert stage_progress(bare_view(), TODAY) == dict.fromkeys(Stage, 0.0)
    assert present_stage(bare_view(), TODAY) is Stage.INITIATE


def test_a_good_partnership_is_in_its_hours() -> None:
    progress = stage_progress(good_view(), TODAY)
    assert [progress[stage] for stage in list(Stage)[:4]] == [1, 1, 1, 1]
    assert 0 < progress[Stage.HOURS] < 1
    assert present_stage(good_view(), TODAY) is Stage.HOURS


def test_the_end_is_complete() -> None:
    view = add_late_phase(good_view())
    assert view.ends_on is not None
    assert stage_progress(view, view.ends_on)[Stage.EVALUATE] == 1


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(random_views())
def test_progress_lies_between_nothing_and_all(view: PartnershipView) -> None:
    assert all(0 <= share <= 1 for share in stage_progress(view, TODAY).values())
