"""Which of a partnership's agreements counts: for its period, its notice, its hours and the next steps."""

from __future__ import annotations

from collections.abc import Iterable

from cocivic_desktop.domain.agreements import Agreement, AgreementState

IN_FORCE = (AgreementState.SIGNED, AgreementState.AMENDED)


def counting_agreement(agreements: Iterable[Agreement]) -> Agreement | None:
    """Of the agreements of one partnership: one in force before one still open, and that before an ended one.

    Of several that stand equal, the one made last. None where there is none.
    """

    def rank(agreement: Agreement) -> int:
        return 2 if agreement.state in IN_FORCE else 0 if agreement.state is AgreementState.ENDED else 1

    return max(agreements, key=lambda each: (rank(each), each.created_at), default=None)
