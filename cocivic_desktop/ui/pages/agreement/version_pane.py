"""One version that went out: its facts, what changed since, its file, and the signed scans."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from cocivic_desktop._generated.forms.agreement_version_pane import Ui_AgreementVersionPane
from cocivic_desktop.domain.agreements import AgreementState, AgreementVersion, Attachment
from cocivic_desktop.domain.rules.clause_compare import ClauseComparison, ClauseKind
from cocivic_desktop.files import safe_file_name, write_whole
from cocivic_desktop.services import attachments, records, versions
from cocivic_desktop.ui.pages.agreement.differences import comparison_html
from cocivic_desktop.ui.texts.formats import moment_text
from cocivic_desktop.ui.texts.words import word

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context


class VersionPane(QWidget):
    """Compares the version with another one or with the present text, off the GUI thread."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ui = Ui_AgreementVersionPane()
        self.ui.setupUi(self)
        self.version: AgreementVersion | None = None
        self._title = ""
        self._scans: list[Attachment] = []
        self._asked = 0
        self.ui.compareBox.activated.connect(lambda: self.compare())
        self.ui.saveButton.clicked.connect(lambda: self.save())
        self.ui.redlineButton.clicked.connect(lambda: self.save_redline())
        self.ui.attachButton.clicked.connect(lambda: self.choose_scan())
        self.ui.openScanButton.clicked.connect(lambda: self.open_scan())
        self.ui.removeScanButton.clicked.connect(lambda: self.remove_scan())

    def show_version(self, version: AgreementVersion, others: list[AgreementVersion], title: str) -> None:
        """Show a version; `others` are all of its agreement, the latest first."""
        same = self.version is not None and self.version.id == version.id
        chosen = self.ui.compareBox.currentData() if same else None
        self.version, self._title = version, title
        self.ui.title.setText(self.tr("Version {number}").format(number=version.number))
        facts = [
            "" if version.state is AgreementState.SHARED else word(version.state),
            self.tr("shared {moment}").format(moment=moment_text(version.shared_at)) if version.shared_at else "",
            self.tr("to {recipient}").format(recipient=version.recipient) if version.recipient else "",
            self.tr("fingerprint {sha}").format(sha=version.sha256[:16]),
        ]
        self.ui.facts.setText(" · ".join(fact for fact in facts if fact))
        self.ui.facts.setToolTip(self.tr("SHA-256 of the file: {sha}").format(sha=version.sha256))
        self.ui.compareBox.clear()
        self.ui.compareBox.addItem(self.tr("the present text"), 0)
        for other in others:
            if other.number != version.number:
                self.ui.compareBox.addItem(self.tr("version {number}").format(number=other.number), other.number)
        self.ui.compareBox.setCurrentIndex(max(self.ui.compareBox.findData(chosen), 0))
        self._show_scans()
        self.compare()

    def compare(self) -> None:
        """Show what differs between this version and the one chosen, the older one first."""
        version = self.version
        if version is None:
            return
        other = int(self.ui.compareBox.currentData() or 0)
        old, new = (other, version.number) if 0 < other < version.number else (version.number, other or None)
        self._asked += 1
        asked, workspace = self._asked, self.context.workspace
        languages = [one for one in (version.language, version.second_language) if one]
        self.ui.compareCount.setText(self.tr("comparing…"))

        def done(found: tuple[ClauseComparison, ...]) -> None:
            if asked == self._asked:
                self._show_differences(found, languages)

        self.context.tasks.run(lambda: versions.compare(workspace, version.agreement_id, old, new), done, self._failed)

    def save(self) -> None:
        """Save the file exactly as it left."""
        version = self.version
        if version is None:
            return
        path = self._ask_path(self.tr("Save version {number}").format(number=version.number), f" {version.number}")
        if path is not None and self.context.attempt(write_whole, path, version.content, force=True) is not None:
            self.context.notify(self.tr("Saved {path}").format(path=path))

    def save_redline(self) -> None:
        """Save what changed as a Word document with tracked changes."""
        version = self.version
        if version is None:
            return
        other = int(self.ui.compareBox.currentData() or 0)
        old, new = (other, version.number) if 0 < other < version.number else (version.number, other or None)
        path = self._ask_path(self.tr("Save the changes"), self.tr(" changes since {number}").format(number=old))
        if path is None:
            return
        workspace, agreement_id = self.context.workspace, version.agreement_id

        def work() -> Path:
            return versions.redline(workspace, agreement_id, old, new, path, force=True)

        saved = self.tr("Saved {path}").format(path=path)
        self.context.tasks.run(work, lambda _: self.context.notify(saved), self.context.report)

    def choose_scan(self) -> None:
        """Ask for a scan and keep it with the version."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Attach a signed scan"), str(Path.home()), self.tr("Scans (*.pdf *.jpg *.jpeg *.png)")
        )
        if name:
            self.attach(Path(name))

    def attach(self, path: Path) -> None:
        """Keep a scan with the version, or say what is wrong with it."""
        if self.version is not None:
            self.context.attempt(attachments.attach, self.context.workspace, self.version.id, path)
            self._show_scans()

    def open_scan(self) -> None:
        """Open the latest scan in the program of the system, from a folder that only the user can read."""
        if self._scans:
            path = self.context.attempt(attachments.save_in, self._scans[-1], Path(mkdtemp(prefix="cocivic-")))
            if path is not None:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def remove_scan(self) -> None:
        """Remove the latest scan; undo brings it back."""
        if self._scans:
            self.context.attempt(records.delete, self.context.workspace, Attachment, self._scans[-1].id)
            self._show_scans()

    def _show_scans(self) -> None:
        if self.version is None:
            return
        self._scans = attachments.of_version(self.context.workspace, self.version.id)
        names = ", ".join(one.file_name for one in self._scans)
        self.ui.scansLabel.setText(names or self.tr("No signed scan yet"))
        self.ui.openScanButton.setVisible(bool(self._scans))
        self.ui.removeScanButton.setVisible(bool(self._scans))

    def _show_differences(self, found: tuple[ClauseComparison, ...], languages: list[str]) -> None:
        count = sum(one.kind is not ClauseKind.UNCHANGED for one in found)
        text = self.tr("clauses that differ: {count}").format(count=count) if count else self.tr("no difference")
        self.ui.compareCount.setText(text)
        nothing = self.tr("Both say the same, word for word.")
        self.ui.differences.setHtml(comparison_html(found, languages) if count else f"<p>{nothing}</p>")

    def _failed(self, error: Exception) -> None:
        self.ui.compareCount.setText("")
        self.context.report(error)

    def _ask_path(self, title: str, suffix: str) -> Path | None:
        proposed = f"{safe_file_name(self._title + suffix)}.docx"
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, self.tr("Word documents (*.docx)"))
        return Path(name) if name else None


def shared_day(version: AgreementVersion) -> Any:
    """When a version went out, for a table."""
    return version.shared_at.date() if version.shared_at is not None else None
