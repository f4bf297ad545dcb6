"""Stage 3: the agreement, from the first question to the shared version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from cocivic_desktop._generated.forms.agreement_page import Ui_AgreementPage
from cocivic_desktop.domain.agreements import Agreement, AgreementKind
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.rules.completeness import TopicFinding
from cocivic_desktop.files import safe_file_name, write_whole
from cocivic_desktop.services import agreements, drafts, versions
from cocivic_desktop.ui.choices import enum_choices, written_languages
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.agreement.check import CheckSection
from cocivic_desktop.ui.pages.agreement.clauses import ClausesSection
from cocivic_desktop.ui.pages.agreement.details import DetailsSection
from cocivic_desktop.ui.pages.agreement.duties import DutiesSection
from cocivic_desktop.ui.pages.agreement.interview import InterviewSection
from cocivic_desktop.ui.pages.base import StagePage
from cocivic_desktop.ui.texts.words import word


class AgreementPage(StagePage):
    """Questions, clauses, duties, check, and versions of one partnership's agreement."""

    kinds = (
        "agreement", "clause", "responsibility", "commitment", "signature", "agreement_version", "partnership",
        "organisation", "person", "partnership_member", "shared_goal", "challenge", "term", "calendar_period",
    )  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementPage()
        self.ui.setupUi(self)
        self.agreement: Agreement | None = None
        self.clauses = ClausesSection(context)
        self.interview = InterviewSection(context)
        self.duties = DutiesSection(context)
        self.check = CheckSection(context)
        self.details = DetailsSection(context)
        self.sections = (self.clauses, self.interview, self.duties, self.check, self.details)
        for section, title in zip(
            self.sections,
            (
                self.tr("&Clauses"),
                self.tr("&Questions"),
                self.tr("&Duties and time"),
                self.tr("C&heck"),
                self.tr("&Signatures and versions"),
            ),
            strict=True,
        ):
            self.ui.tabs.addTab(section, title)
        for text, kind in ((choice, value) for value, choice in enum_choices(AgreementKind)):
            self.ui.kind.addItem(text, str(kind))
        self.ui.secondLanguage.addItem(self.tr("one language"), "")
        for language, choice in written_languages():
            self.ui.language.addItem(choice, str(language))
            self.ui.documentLanguage.addItem(choice, str(language))
            self.ui.secondLanguage.addItem(self.tr("beside {language}").format(language=word(language)), str(language))
        self.ui.startButton.clicked.connect(lambda: self._start())
        self.ui.documentLanguage.activated.connect(lambda: self._show_sections())
        self.ui.exportButton.clicked.connect(lambda: self.export())
        self.ui.shareButton.clicked.connect(lambda: self.share())
        self.ui.tabs.currentChanged.connect(lambda: self._show_sections())
        self.check.wanted.connect(self._go_to_finding)

    def reload(self) -> None:
        """Show the partnership's present agreement, or how to start one."""
        found = agreements.of_partnership(self.context.workspace, self.partnership)
        changed = found is not None and (self.agreement is None or self.agreement.id != found.id)
        self.agreement = found
        self.ui.stack.setCurrentWidget(self.ui.emptyPage if found is None else self.ui.workPage)
        if found is not None and changed:
            self.ui.documentLanguage.setCurrentIndex(max(0, self.ui.documentLanguage.findData(str(found.language))))
        self._show_sections()

    def open_target(self, target: Target) -> None:
        """Bring up the tab that settles a next step, and the record in it."""
        section = {
            "interview": self.interview,
            "clauses": self.clauses,
            "commitments": self.duties,
            "responsibilities": self.duties,
            "check": self.check,
            "signatures": self.details,
            "versions": self.details,
        }.get(target.section)
        if section is not None:
            self.ui.tabs.setCurrentWidget(section)
        if section is self.interview:
            self.interview.start()
        if target.item is not None:
            for table in (
                self.clauses.ui.clauses,
                self.duties.ui.commitments,
                self.duties.ui.responsibilities,
                self.details.ui.versions,
            ):
                if table.model.row_of(target.item) >= 0:
                    table.select(target.item)

    def export(self) -> None:
        """Ask for a file and write the agreement there as DOCX, off the GUI thread."""
        if self.agreement is None:
            return
        title = self.tr("Save the agreement")
        proposed = f"{safe_file_name(drafts.draft(self.context.workspace, self.agreement.id).partnership.title)}.docx"
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, self.tr("Word documents (*.docx)"))
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the agreement in the chosen language or languages."""
        if self.agreement is None:
            return
        workspace, agreement_id = self.context.workspace, self.agreement.id
        first, second = self.ui.documentLanguage.currentData(), self.ui.secondLanguage.currentData()

        def work() -> Any:
            content = agreements.document(workspace, agreement_id, first, second or None)
            write_whole(path, content, force=True)

        saved = self.tr("Saved {path}").format(path=path)
        self.context.tasks.run(work, lambda _: self.context.notify(saved), self.context.report)

    def share(self) -> None:
        """Freeze a version for somebody."""
        if self.agreement is None:
            return
        title, question = self.tr("Share a version"), self.tr("Who receives it?")
        recipient, accepted = QInputDialog.getText(self, title, question)
        if accepted:
            shared = self.context.attempt(
                versions.share,
                self.context.workspace,
                self.agreement.id,
                recipient.strip(),
                self.ui.documentLanguage.currentData(),
                self.ui.secondLanguage.currentData() or None,
            )
            if shared is not None:
                self.ui.tabs.setCurrentWidget(self.details)
                self.details.ui.versions.select(shared[0].id)

    def _start(self) -> None:
        kind, language = AgreementKind(self.ui.kind.currentData()), Language(self.ui.language.currentData())
        self.context.attempt(agreements.prepare, self.context.workspace, self.partnership, kind, language)
        self.ui.tabs.setCurrentWidget(self.interview)

    def _show_sections(self) -> None:
        if self.agreement is None or not self.context.is_open:
            return
        draft = drafts.draft(self.context.workspace, self.agreement.id)
        language = self.ui.documentLanguage.currentData() or "en"
        settled = sum(clause.state in ("agreed", "waived") for clause in draft.included)
        summary = self.tr("{settled} of {count} clauses settled").format(settled=settled, count=len(draft.included))
        self.ui.summary.setText(summary)
        waiting = len(draft.open_questions())
        title = self.tr("&Questions ({count})").format(count=waiting) if waiting else self.tr("&Questions")
        self.ui.tabs.setTabText(self.ui.tabs.indexOf(self.interview), title)
        current = self.ui.tabs.currentWidget()
        for section in self.sections:
            if section is current:
                section.show_draft(draft, language)

    def _go_to_finding(self, finding: TopicFinding) -> None:
        if finding.reason == "table_empty":
            wanted = self.details if finding.table == "signatures" else self.duties
            if finding.table not in ("goals", "contacts"):
                self.ui.tabs.setCurrentWidget(wanted)
                return
        self.ui.tabs.setCurrentWidget(self.clauses)
        self._load()
        rows = (
            [clause for clause in self.clauses.draft.clauses if clause.topic == finding.topic]
            if self.clauses.draft
            else []
        )
        if rows:
            self.clauses.select(finding.clause_ids[0] if finding.clause_ids else rows[0].id)
