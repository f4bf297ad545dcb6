"""On which days an agreement can have been signed or ended. Each rule says what is wrong, or nothing ("")."""

from __future__ import annotations

from datetime import date


def signing_problem(day: date, today: date | None, shared_on: date | None) -> str:
    """What is wrong with `day` as the one on which both sides have signed.

    `shared_on` is when the text first went out, None when it never did. Without `today`, days to come are not looked
    at. A clock that says the text went out after today is not believed: today is always allowed.
    """
    if today is not None and day > today:
        return f"{day} is still to come. Give the day on which the last of both sides has signed, today at the latest."
    if shared_on is not None and day < (shared_on if today is None else min(shared_on, today)):
        return (
            f"The text went out for the first time on {shared_on}: both sides cannot have signed it before that day. "
            "Where a paper was signed earlier, enter its days under Signatures, then give today here."
        )
    return ""


def ending_problem(day: date, today: date | None, starts_on: date | None, signed_on: date | None) -> str:
    """What is wrong with `day` as the one on which an agreement has ended.

    `signed_on` is the day of its last signature, None before it is in force. Without `today`, days to come are not
    looked at.
    """
    if today is not None and day > today:
        return (
            f"{day} is still to come. Give today or an earlier day; to let the agreement run until then, change its "
            "last day instead (Signatures)."
        )
    if starts_on is not None and day < starts_on:
        return f"The agreement starts on {starts_on}; it cannot end before that day."
    if signed_on is not None and day < signed_on:
        return f"The agreement was signed on {signed_on}; it cannot have ended before that day."
    return ""
