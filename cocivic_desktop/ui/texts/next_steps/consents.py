"""Words for the next steps about consents."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.ui.texts.next_steps.base import StepWords

translate = QCoreApplication.translate


def texts() -> dict[str, StepWords]:
    """Words by code, in the language of the screen."""
    button = translate("NextSteps", "Open the consents")
    return {
        "consent_missing": StepWords(
            translate("NextSteps", "Record the parents' consent ({count})"),
            translate("NextSteps", "Minors take part by name, and no consent is noted for them."),
            button,
        ),
        "photo_consent_missing": StepWords(
            translate("NextSteps", "Ask for consent to photos ({count})"),
            translate("NextSteps", "{activity} on {on} is near. Without consent nobody is photographed recognisably."),
            button,
        ),
        "photo_consent_withdrawn": StepWords(
            translate("NextSteps", "Take down photos: consent was withdrawn ({count})"),
            translate(
                "NextSteps",
                "Remove them from websites and drafts, and tell the school. Archive the consent once it is done.",
            ),
            button,
        ),
        "certificate_consent_missing": StepWords(
            translate("NextSteps", "Ask who wants a certificate with their name ({count})"),
            translate("NextSteps", "The end is near, and no consent to a certificate is noted for them."),
            button,
        ),
    }
