"""Stage 3: the agreement, from the first question to the shared version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from cocivic_desktop._generated.forms.agreement_page import Ui_AgreementPage
from cocivic_desktop.domain.agreements import Agreement, AgreementKind, AgreementState, ClauseState
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.rules import drafting
from cocivic_desktop.domain.rules.completeness import TopicFinding
from cocivic_desktop.domain.rules.interview import Standing
from cocivic_desktop.services import agreements, drafts, interview, proposals, versions
from cocivic_desktop.services.agreement_text import carries_draft_mark
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.ui.choices import enum_choices, written_languages
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.pages.agreement.check import CheckSection
from cocivic_desktop.ui.pages.agreement.clauses import ClausesSection
from cocivic_desktop.ui.pages.agreement.details import DetailsSection
from cocivic_desktop.ui.pages.agreement.duties import DutiesSection
from cocivic_desktop.ui.pages.agreement.interview import InterviewSection
from cocivic_desktop.ui.pages.agreement.kind_dialog import KindDialog
from cocivic_desktop.ui.pages.agreement.output import AgreementOutput
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.pages.agreement.standing import StandingSection
from cocivic_desktop.ui.pages.agreement.versions import VersionsSection
from cocivic_desktop.ui.pages.base import StagePage
from cocivic_desktop.ui.record_form import flush_forms
from cocivic_desktop.ui.texts.words import choice_word, word
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from uuid import UUID


class AgreementPage(StagePage):
    """Questions, clauses, duties, check, and versions of one partnership's agreement."""

    kinds = (
        "agreement", "clause", "responsibility", "commitment", "signature", "agreement_version", "attachment",
        "returned_document", "returned_change", "partnership",
        "organisation", "person", "partnership_member", "shared_goal", "challenge", "term", "calendar_period",
        "expectation", "indicator", "communication_routine", "resource", "funding_item", "activity", "meeting",
        "measurement", "hour_entry", "occurrence_override", "lesson_time",
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
        self.versions = VersionsSection(context)
        self.standing = StandingSection(context)
        self.sections = (
            self.clauses, self.interview, self.duties, self.check, self.details, self.versions, self.standing,
        )  # fmt: skip
        for section, title in zip(
            self.sections,
            (
                self.tr("&Clauses"),
                self.tr("&Questions"),
                self.tr("&Duties and time"),
                self.tr("C&heck"),
                self.tr("&Signatures"),
                self.tr("&Versions"),
                self.tr("How it sta&nds"),
            ),
            strict=True,
        ):
            self.ui.tabs.addTab(section, title)
        kinds = QMenu(self.ui.kindButton)
        for kind, choice in enum_choices(AgreementKind):
            self.ui.kind.addItem(choice, str(kind))
            kinds.addAction(choice).triggered.connect(lambda _=False, kind=kind: self.change_kind(kind))
        self.ui.kindButton.setMenu(kinds)
        self.ui.kind.currentIndexChanged.connect(lambda: self._say_kind())
        self._say_kind()
        self._shown: UUID | None = None
        self.ui.headRow.setAlignment(self.ui.stateMark, Qt.AlignmentFlag.AlignVCenter)
        self.ui.secondLanguage.addItem(self.tr("alone"), "")
        for language, choice in written_languages():
            self.ui.language.addItem(choice, str(language))
            self.ui.documentLanguage.addItem(choice, str(language))
            self.ui.secondLanguage.addItem(self.tr("+ {language}").format(language=word(language)), str(language))
        self.ui.startButton.clicked.connect(lambda: self._start())
        self.ui.documentLanguage.activated.connect(lambda: self._show_sections())
        self.output = AgreementOutput(context, self.ui.exportButton, self._document, self)
        self.ui.shareButton.clicked.connect(lambda: self.share())
        self.ui.tabs.currentChanged.connect(lambda: self._show_sections())
        self.check.wanted.connect(self._go_to_finding)
        self.check.promise_wanted.connect(self._go_to_promise)
        for asking in (self.check, self.standing):
            asking.clause_wanted.connect(self._go_to_clause)
        self.standing.promise_wanted.connect(self._go_to_promise)
        self.interview.clause_wanted.connect(self._go_to_clause)
        self.clauses.question_wanted.connect(self._go_to_question)
        self.ui.which.wanted.connect(self.show_agreement)
        self.versions.followed.connect(self.show_agreement)

    def reload(self) -> None:
        """Show the partnership's agreement that is worked on, or the one chosen, or how to start one."""
        every = agreements.all_of_partnership(self.context.workspace, self.partnership)
        working = agreements.of_partnership(self.context.workspace, self.partnership)
        found = next((one for one in every if one.id == self._shown), working or (every[-1] if every else None))
        changed = found is not None and (self.agreement is None or self.agreement.id != found.id)
        self.agreement = found
        self.ui.stack.setCurrentWidget(self.ui.emptyPage if found is None else self.ui.workPage)
        self.ui.which.show_agreements(every, found)
        if found is not None:
            self.ui.kindButton.setText(choice_word(found.kind))
            if changed:
                self.ui.documentLanguage.setCurrentIndex(max(0, self.ui.documentLanguage.findData(str(found.language))))
                if self._asks_first(found):
                    self.ui.tabs.setCurrentWidget(self.interview)
        self._show_sections()

    def _asks_first(self, agreement: Agreement) -> bool:
        """Whether the questions come first: some are open, and nobody has talked about a clause yet."""
        if agreement.state is not AgreementState.DRAFT:
            return False
        draft = drafts.draft(self.context.workspace, agreement.id)
        untouched = all(clause.state is ClauseState.NOT_ADDRESSED for clause in draft.clauses)
        return untouched and bool(draft.open_questions())

    def show_agreement(self, agreement_id: UUID) -> None:
        """Show a certain agreement of the partnership instead of the one that is worked on."""
        flush_forms(self)
        self._shown = agreement_id
        self.reload()

    def change_kind(self, kind: AgreementKind) -> None:
        """Show what another kind would change, and change it when the person wants that."""
        if self.agreement is None or kind is self.agreement.kind:
            return
        flush_forms(self)
        draft = drafts.draft(self.context.workspace, self.agreement.id)
        dialog = KindDialog(proposals.change_of_kind(draft, kind), draft, self.ui.documentLanguage.currentData(), self)
        agreement_id = self.agreement.id
        dialog.accepted.connect(
            lambda: self.context.attempt(agreements.change_kind, self.context.workspace, agreement_id, kind)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_target(self, target: Target) -> None:
        """Bring up the tab that settles a next step, and the record in it."""
        section = {
            "interview": self.interview,
            "clauses": self.clauses,
            "commitments": self.duties,
            "responsibilities": self.duties,
            "routines": self.duties,
            "resources": self.duties,
            "funding": self.duties,
            "check": self.check,
            "feasible": self.check,
            "paperwork": self.check,
            "standing": self.standing,
            "signatures": self.details,
            "versions": self.versions,
        }.get(target.section)
        if section is not None:
            self.ui.tabs.setCurrentWidget(section)
        if section is self.interview:
            self.interview.start()
        if section is self.duties:
            self.duties.turn_to(target.section)
        if section is self.check:
            self.check.turn_to(target.section)
        if target.item is not None:
            self.versions.select(target.item)
            if self.clauses.ui.clauses.model.row_of(target.item) >= 0:
                self.clauses.ui.clauses.select(target.item)
            self.duties.select(target.item)

    def export_to(self, path: Path) -> None:
        """Write the agreement in the chosen language or languages as DOCX."""
        self.output.save(path)

    def _document(self) -> tuple[UUID, str, str | None] | None:
        """The agreement that is shown, and the languages chosen for its document."""
        if self.agreement is None:
            return None
        first, second = self.ui.documentLanguage.currentData(), self.ui.secondLanguage.currentData()
        return self.agreement.id, first, second or None

    def share(self) -> None:
        """Freeze a version for somebody."""
        if self.agreement is None:
            return
        flush_forms(self)
        title, question = self.tr("Share a version"), self.tr("Who receives it?")
        usual = versions.usual_recipient(self.context.workspace, self.agreement.id)
        recipient, accepted = QInputDialog.getText(self, title, question, text=usual)
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
                self.ui.tabs.setCurrentWidget(self.versions)
                self._show_sections()
                self.versions.select(shared[0].id)
                self.context.notify(
                    self.tr("Version {number} is kept as it leaves. Save the file, and send it.").format(
                        number=shared[0].number
                    )
                )

    def _start(self) -> None:
        kind, language = AgreementKind(self.ui.kind.currentData()), Language(self.ui.language.currentData())
        self.context.attempt(agreements.prepare, self.context.workspace, self.partnership, kind, language)
        self.ui.tabs.setCurrentWidget(self.interview)

    def _show_sections(self) -> None:
        if self.agreement is None or not self.context.is_open:
            return
        draft = drafts.draft(self.context.workspace, self.agreement.id)
        language = self.ui.documentLanguage.currentData() or "en"
        counts = drafting.state_counts(draft.included)
        waiting = counts[ClauseState.NOT_ADDRESSED] + counts[ClauseState.UNDER_DISCUSSION]
        self._say_state(draft, language, waiting)
        self._count(self.clauses, self.tr("&Clauses"), waiting)
        asked = interview.interview(self.context.workspace, draft).interview
        to_ask = asked.count(Standing.OPEN) + asked.count(Standing.LATER)
        negotiable = draft.agreement.state in drafting.NEGOTIABLE
        self._count(self.interview, self.tr("&Questions"), to_ask if negotiable else 0)
        self.ui.kindButton.setEnabled(negotiable)
        current = self.ui.tabs.currentWidget()
        for section in self.sections:
            if section is current:
                section.show_draft(draft, language)

    def _say_state(self, draft: Draft, language: str, waiting: int) -> None:
        """The DRAFT mark as long as the document carries it, else how far the agreement is."""
        count, drafted = len(draft.included), carries_draft_mark(draft, language)
        chip = Chip(self.tr("DRAFT"), "warning") if drafted else Chip.of(draft.agreement.state)
        self.ui.stateMark.setText(chip.word)
        set_look(self.ui.stateMark, f"chip-{chip.tone}")
        self.ui.stateMark.updateGeometry()
        settled = self.tr("{settled} of {count} clauses settled").format(settled=count - waiting, count=count)
        self.ui.stateMark.setToolTip(settled)
        self.ui.stateMark.setAccessibleDescription(settled)

    def _count(self, section: Section, title: str, waiting: int) -> None:
        """A tab's title with what still waits there."""
        text = self.tr("{title} ({count})").format(title=title, count=waiting) if waiting else title
        self.ui.tabs.setTabText(self.ui.tabs.indexOf(section), text)

    def _say_kind(self) -> None:
        texts = {
            AgreementKind.MOU: self.tr("The usual choice for a first year: what both sides intend and promise."),
            AgreementKind.CHARTER: self.tr("Short, for one project with a beginning, an end and a team."),
            AgreementKind.CONTRACT: self.tr(
                "Stricter in tone: where money changes hands, a funder asks for it, or somebody is employed at the "
                "school. Have it checked; the texts here do not replace legal advice."
            ),
        }
        self.ui.kindText.setText(texts[AgreementKind(self.ui.kind.currentData())])

    def _go_to_clause(self, clause_id: UUID) -> None:
        self.ui.tabs.setCurrentWidget(self.clauses)
        self.clauses.select(clause_id)

    def _go_to_promise(self, record_id: UUID | None) -> None:
        self.ui.tabs.setCurrentWidget(self.duties)
        if record_id is not None:
            self.duties.select(record_id)

    def _go_to_question(self, key: str) -> None:
        self.ui.tabs.setCurrentWidget(self.interview)
        if key:
            self.interview.ask(key)
        else:
            self.interview.review()

    def _go_to_finding(self, finding: TopicFinding) -> None:
        if finding.reason == "table_empty":
            wanted = self.details if finding.table == "signatures" else self.duties
            if finding.table not in ("goals", "contacts"):
                self.ui.tabs.setCurrentWidget(wanted)
                self.duties.turn_to(finding.table)
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
