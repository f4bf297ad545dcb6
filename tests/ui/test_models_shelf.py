"""The shelf of models, bringing one to a partnership, and leaving parts out when starting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QDialog

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.model_parts import OwnModel
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.models import model as shipped
from cocivic_desktop.services import models, own_models, records
from cocivic_desktop.ui.dialogs.bring_model import BringModelDialog
from cocivic_desktop.ui.dialogs.first_steps import OurOrganisationDialog
from cocivic_desktop.ui.dialogs.new_partnership import NewPartnershipDialog
from cocivic_desktop.ui.pages.library.models_shelf import ModelsShelf

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QTreeWidgetItem
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.widgets.model_choice import ModelChoice


@pytest.fixture
def shelf(context: Context, qtbot: QtBot) -> ModelsShelf:
    found = ModelsShelf()
    qtbot.addWidget(found)
    found.resize(900, 600)
    found.show()
    found.show_models(context)
    return found


def titles(shelf: ModelsShelf) -> list[str]:
    return [shelf.ui.titles.item(row).text() for row in range(shelf.ui.titles.count())]


def choose(shelf: ModelsShelf, *wanted: str) -> None:
    shelf.ui.titles.clearSelection()
    for row, one in enumerate(shelf._models):
        if one.code in wanted:
            shelf.ui.titles.setCurrentRow(row, QItemSelectionModel.SelectionFlag.Select)


def test_one_model_is_read_several_are_compared(shelf: ModelsShelf) -> None:
    choose(shelf, "heritage_renovation")
    text = shelf.ui.reader.toPlainText()
    assert "Interfolk" in text
    assert "Before each building day" in text, "its checklists"
    for line in ("School expects: ", "Instructor · school · 6 h", "target 24", "second to last week · 14:00"):
        assert line in text, line
    assert shelf.ui.startButton.isEnabled()
    choose(shelf, "heritage_renovation", "arts_education", "challenge_based")
    text = shelf.ui.reader.toPlainText()
    for code in ("heritage_renovation", "arts_education", "challenge_based"):
        assert shipped(code).title["en"] in text
    assert text.count("HEROES") >= 1
    assert not shelf.ui.startButton.isEnabled()
    shelf.ui.titles.selectAll()
    assert "first 4" in shelf.ui.hintLabel.text()


def test_a_model_comes_from_a_file_and_goes_with_undo(shelf: ModelsShelf, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "harbour.toml"
    text = models.text_of(context.workspace, "social_innovation").replace('"social_innovation"', '"harbour"', 1)
    path.write_text(text, encoding="utf-8")
    shelf.load_file(path)
    assert [one.code for one in shelf.chosen()] == ["harbour"]
    assert titles(shelf)[0].endswith("(own)")
    assert shelf.ui.removeButton.isVisible()
    shelf.ui.removeButton.click()
    assert records.find(context.workspace, OwnModel) == []
    assert len(titles(shelf)) == 8
    context.workspace.undo()
    shelf.show_models(context)
    assert len(titles(shelf)) == 9


def test_a_faulty_file_is_told_with_its_line(shelf: ModelsShelf, context: Context, tmp_path: Path) -> None:
    told: list[Exception] = []
    context.report = told.append
    path = tmp_path / "mine.toml"
    text = models.text_of(context.workspace, "social_innovation").replace("minors = true", "minors = 3", 1)
    path.write_text(text, encoding="utf-8")
    shelf.load_file(path)
    assert isinstance(told[0], BadInput)
    line = text.splitlines().index("minors = 3") + 1
    assert str(told[0]).startswith(f"mine.toml, line {line}: minors: must be true or false")
    assert len(titles(shelf)) == 8


def test_a_broken_own_model_is_named_and_the_others_stay(shelf: ModelsShelf, context: Context) -> None:
    records.add(context.workspace, OwnModel(code="own_x", title="Broken one", content="minors = "))
    shelf.show_models(context)
    assert shelf.ui.problemLabel.isVisible()
    assert "Broken one" in shelf.ui.problemLabel.text()
    assert "line 1" in shelf.ui.problemLabel.text()
    assert len(titles(shelf)) == 8


def test_starting_from_a_model_asks_for_our_organisation_first(shelf: ModelsShelf) -> None:
    choose(shelf, "heritage_renovation")
    shelf.ui.startButton.click()
    first = next(one for one in shelf.window().findChildren(QDialog) if one.isVisible())
    assert isinstance(first, OurOrganisationDialog)
    first.ui.nameLine.setText("Green Harbour")
    first.ui.nextButton.click()
    second = next(one for one in shelf.window().findChildren(QDialog) if one.isVisible())
    assert isinstance(second, NewPartnershipDialog)
    assert "Heritage" in second.ui.modelBox.currentText()
    second.reject()


def leaves(choice: ModelChoice, branch: int) -> list[QTreeWidgetItem]:
    item = choice.tree.topLevelItem(branch)
    assert item is not None
    return [item.child(number) for number in range(item.childCount())]


def test_parts_are_taken_out_when_starting(context: Context, partnership: Partnership, qtbot: QtBot) -> None:
    dialog = NewPartnershipDialog(context, model_code="school_social_work")
    qtbot.addWidget(dialog)
    goals = leaves(dialog.ui.modelChoice, 0)
    goals[0].setCheckState(0, Qt.CheckState.Unchecked)
    dialog.ui.titleLine.setText("Only some of it")
    dialog.ui.startButton.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    started = next(one for one in records.find(context.workspace, Partnership) if one.title == "Only some of it")
    assert started.model == "school_social_work"
    stored = records.find(context.workspace, SharedGoal, partnership_id=started.id)
    assert [goal.statement for goal in stored] == [
        draft.statement["en"] for draft in shipped("school_social_work").goals[1:]
    ]


def test_a_model_is_brought_to_a_partnership_from_the_list(
    context: Context, partnership: Partnership, qtbot: QtBot
) -> None:
    own_models.save_as_model(context.workspace, partnership.id, "Ours")
    dialog = BringModelDialog(context, partnership.id)
    qtbot.addWidget(dialog)
    assert dialog.ui.modelBox.itemText(0) == "Ours", "own ones come first"
    dialog.ui.modelBox.setCurrentText(shipped("arts_education").title["en"])
    before = len(records.find(context.workspace, SharedGoal, partnership_id=partnership.id))
    dialog.ui.bringButton.click()
    after = len(records.find(context.workspace, SharedGoal, partnership_id=partnership.id))
    assert after == before + len(shipped("arts_education").goals)
    context.workspace.undo()
    assert len(records.find(context.workspace, SharedGoal, partnership_id=partnership.id)) == before
