"""Pages that several files of tests drive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.agreement_page import AgreementPage


@pytest.fixture
def agreement_page(qtbot: QtBot, context: Context, partnership: Partnership) -> AgreementPage:
    """The agreement page of a partnership without an agreement."""
    from cocivic_desktop.ui.pages.agreement_page import AgreementPage

    page = AgreementPage(context)
    qtbot.addWidget(page)
    page.show_partnership(partnership.id)
    page.resize(860, 560)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def started(qtbot: QtBot, agreement_page: AgreementPage) -> AgreementPage:
    """The same page after its agreement was started: a draft of a memorandum in English."""
    agreement_page.ui.startButton.click()
    qtbot.waitUntil(lambda: agreement_page.agreement is not None)
    return agreement_page
