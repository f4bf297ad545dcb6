"""Of several agreements of a partnership, the one that binds counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from cocivic_desktop.domain.agreements import Agreement, AgreementState
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement

PARTNERSHIP = uuid4()
FIRST = datetime(2026, 9, 1, tzinfo=UTC)


def made(*states: AgreementState) -> list[Agreement]:
    """Agreements in these states, made one day after the other."""
    return [
        Agreement(partnership_id=PARTNERSHIP, state=state, created_at=FIRST + timedelta(days=number))
        for number, state in enumerate(states)
    ]


@pytest.mark.parametrize(
    ("states", "counts"),
    [
        ((AgreementState.SIGNED, AgreementState.DRAFT), 0),
        ((AgreementState.DRAFT, AgreementState.AMENDED, AgreementState.AGREED), 1),
        ((AgreementState.SIGNED, AgreementState.AMENDED), 1),
        ((AgreementState.AGREED, AgreementState.DRAFT), 1),
        ((AgreementState.DRAFT, AgreementState.ENDED), 0),
        ((AgreementState.ENDED, AgreementState.ENDED), 1),
    ],
)
def test_the_one_in_force_counts_else_the_latest_that_has_not_ended(
    states: tuple[AgreementState, ...], counts: int
) -> None:
    agreements = made(*states)
    assert counting_agreement(agreements) is agreements[counts]
    assert counting_agreement(reversed(agreements)) is agreements[counts]


def test_without_an_agreement_none_counts() -> None:
    assert counting_agreement([]) is None
