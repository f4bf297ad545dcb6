"""Certificates of engagement: issuing them to one or a whole class, and the register."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop._generated.forms.hours_certificates import Ui_HoursCertificates
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.pages.hours.certificates_issue import IssuePane
from cocivic_desktop.ui.pages.hours.certificates_register import RegisterPane
from cocivic_desktop.ui.pages.part import StagePart

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class CertificatesPart(StagePart):
    """Two tabs; what was just issued is selected in the register."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursCertificates()
        self.ui.setupUi(self)
        self.issue = IssuePane(context)
        self.register = RegisterPane(context)
        self.ui.tabs.addTab(self.issue, self.tr("Issue"))
        self.ui.tabs.addTab(self.register, self.tr("Register"))
        self.ui.tabs.tabBar().setDrawBase(False)
        self.issue.issued.connect(self._show_issued)

    def reload(self) -> None:
        """Show who has hours, and the register."""
        self.issue.load(self.partnership)
        self.register.load(self.partnership)

    def open_item(self, section: str, item: UUID | None) -> None:
        """Point at a line of the register."""
        if item is not None:
            self.ui.tabs.setCurrentWidget(self.register)
            self.register.select([item])

    def _show_issued(self, ids: list[UUID]) -> None:
        self.register.load(self.partnership)
        self.ui.tabs.setCurrentWidget(self.register)
        self.register.select(ids)
