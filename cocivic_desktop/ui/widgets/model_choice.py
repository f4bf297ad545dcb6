"""A model of cooperation to read, and what it brings to tick off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QTextBrowser, QTreeWidget, QTreeWidgetItem, QWidget

from cocivic_desktop.services.models import Item, Section
from cocivic_desktop.ui.reading import model_html
from cocivic_desktop.ui.texts.model_lines import lines, section_names

if TYPE_CHECKING:
    from cocivic_desktop.services.models import ModelPreview

ITEM_ROLE = Qt.ItemDataRole.UserRole


class ModelChoice(QTabWidget):
    """Two tabs: the model's page, and a tree of all it brings in which single things can be left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.reader = QTextBrowser()
        self.reader.setOpenLinks(False)
        self.reader.setProperty("look", "reader")
        self.reader.setAccessibleName(self.tr("The model"))
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.setUniformRowHeights(False)
        self.tree.setAccessibleName(self.tr("What the model brings"))
        self.addTab(self.reader, self.tr("About the model"))
        self.addTab(self.tree, self.tr("What it brings"))
        self.setMinimumWidth(340)

    def show_model(self, model: ModelPreview) -> None:
        """Show a model with everything chosen."""
        self.reader.setHtml(model_html(model))
        self.tree.clear()
        names = section_names()
        for section, texts in lines(model).items():
            if not texts:
                continue
            branch = QTreeWidgetItem(self.tree, [f"{names[section]} ({len(texts)})"])
            branch.setFlags(branch.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            branch.setCheckState(0, Qt.CheckState.Checked)
            for number, text in enumerate(texts):
                leaf = QTreeWidgetItem(branch, [text])
                leaf.setToolTip(0, text)
                leaf.setFlags(leaf.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                leaf.setCheckState(0, Qt.CheckState.Checked)
                leaf.setData(0, ITEM_ROLE, (section.value, number))
            branch.setExpanded(section is Section.GOALS)

    def left_out(self) -> frozenset[Item]:
        """What was taken out of the choice."""
        found: set[Item] = set()
        root = self.tree.invisibleRootItem()
        for branch in (root.child(number) for number in range(root.childCount())):
            for leaf in (branch.child(number) for number in range(branch.childCount())):
                if leaf.checkState(0) is Qt.CheckState.Unchecked:
                    section, number = leaf.data(0, ITEM_ROLE)
                    found.add((Section(section), number))
        return frozenset(found)
