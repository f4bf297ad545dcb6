from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFileDialog, QLineEdit, QMessageBox, QTabBar, QWidget

from cocivic_desktop.domain.errors import InvalidField, NotFound
from cocivic_desktop.domain.organisations import ErasureKind, Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership, PipelineState, Stage, Task
from cocivic_desktop.services import portable, privacy, records
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui import errors
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.main_window import MainWindow
from cocivic_desktop.ui.page_registry import PLACES, STAGES, make_page
from cocivic_desktop.ui.pages.partnerships_page import PartnershipsPage
from cocivic_desktop.ui.widgets.next_step_banner import NextStepBanner

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot, context: Context, partnership: Partnership) -> Iterator[MainWindow]:
    workspace = context.workspace
    context.opened = None
    report = context.report
    made = MainWindow(context)
    context.report = report
    context.tasks.on_error = report
    made.show_workspace(workspace)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    context.opened = None
    made.close()
    made.deleteLater()


def test_places_and_stages_have_their_pages(qtbot: QtBot, window: MainWindow, partnership: Partnership) -> None:
    for place in PLACES:
        window.navigate(Target(place))
        assert window.ui.navigation.places[place].isChecked()
    for stage in STAGES:
        window.navigate(Target.partnership(partnership.id, stage))
        view = window._partnership_view()
        assert view.stage is stage
        assert view.ui.stageBar.buttons[stage].isChecked()
        assert view.ui.titleLabel.text() == "Repair café"
    qtbot.wait(10)


def test_counts_and_partnerships_in_the_navigation(qtbot: QtBot, window: MainWindow, context: Context) -> None:
    assert window.ui.navigation.places["partnerships"].accessibleName() == "Partnerships, 1"
    school = records.find(context.workspace, Organisation, is_ours=False)[0]
    records.add(context.workspace, Partnership(title="An idea", school_id=school.id))
    second = Partnership(title="A second one", school_id=school.id, pipeline=PipelineState.CONTACTED)
    records.add(context.workspace, second)
    qtbot.waitUntil(lambda: window.ui.navigation.places["partnerships"].accessibleName() == "Partnerships, 3")
    assert [button.text_in_full for button in window.ui.navigation._partnerships.values()] == [
        "A second one · NVS",
        "Repair café · NVS",
    ]
    rest = window.ui.navigation._ideas
    assert (rest.text_in_full, rest.isVisible()) == ("Not begun yet: 1", True)
    rest.click()
    assert window.target == Target("partnerships")


def test_undo_by_keyboard_says_what_it_takes_back(
    qtbot: QtBot, window: MainWindow, context: Context, partnership: Partnership
) -> None:
    records.change(context.workspace, Partnership, partnership.id, title="Bicycle workshop")
    qtbot.waitUntil(lambda: "Undo: change partnership" in window.ui.undoLabel.text())
    assert window.ui.savedLabel.text().startswith("Saved ")
    window.undo_actions.undo.trigger()
    assert records.get(context.workspace, Partnership, partnership.id).title == "Repair café"
    window.undo_actions.update()
    assert window.undo_actions.redo.isEnabled()
    window.undo_actions.redo.trigger()
    assert records.get(context.workspace, Partnership, partnership.id).title == "Bicycle workshop"


def test_the_status_line_cuts_long_words_with_an_ellipsis(
    qtbot: QtBot, window: MainWindow, context: Context, partnership: Partnership
) -> None:
    window.resize(1000, 600)
    title = "Repair café in the old harbour office with a class for mechatronics"
    records.add(context.workspace, Task(partnership_id=partnership.id, title=title))
    window.notify("Written to /home/greta/Documents/Partnerships/Green Harbour/Agreement – version 3 – English.docx")
    undo, saved = window.ui.undoLabel, window.ui.savedLabel
    qtbot.waitUntil(lambda: f"“{title}”" in undo.toolTip())
    assert undo.text() == undo.toolTip()
    qtbot.waitUntil(lambda: undo.width() < undo.sizeHint().width())
    assert window.width() == 1000
    assert saved.geometry().right() < undo.geometry().left()
    assert undo.geometry().right() <= window.ui.statusLine.contentsRect().right() - 23


def test_typing_is_stored_before_undo_and_before_closing(
    qtbot: QtBot, window: MainWindow, context: Context, partnership: Partnership
) -> None:
    window.navigate(Target("partnerships", item=partnership.id))
    page = window._pages["partnerships"]
    assert isinstance(page, PartnershipsPage)
    page.show_details()
    title = page.ui.title
    qtbot.waitUntil(lambda: title.text() == "Repair café")
    title.selectAll()
    QTest.keyClicks(title, "Sewing room")
    window.navigate(Target("home"))
    assert records.get(context.workspace, Partnership, partnership.id).title == "Sewing room"


def test_next_step_is_followed_and_put_off(
    qtbot: QtBot, window: MainWindow, context: Context, partnership: Partnership
) -> None:
    records.add(context.workspace, Task(partnership_id=partnership.id, title="Call the head", due_on=date(2026, 9, 1)))
    qtbot.waitUntil(lambda: bool(context.advisor.steps(partnership.id)))
    window.navigate(Target.partnership(partnership.id, Stage.INITIATE))
    view = window._partnership_view()
    qtbot.waitUntil(view.ui.banner.isVisible)
    shown = view._step
    assert shown is not None
    steps = context.advisor.steps(partnership.id)
    view.ui.banner.later_button.click()
    assert shown.key not in [step.key for step in context.advisor.steps(partnership.id)]
    assert len(context.advisor.steps(partnership.id)) == len(steps) - 1
    followed: list[Target] = []
    context.navigate = followed.append
    view.ui.banner.action_button.click()
    assert followed
    assert followed[0].partnership_id == partnership.id


def test_guidance_hides_by_choice_and_when_narrow(
    qtbot: QtBot, window: MainWindow, context: Context, partnership: Partnership
) -> None:
    window.navigate(Target.partnership(partnership.id, Stage.GOALS))
    view = window._partnership_view()
    assert view.ui.guidance.isVisible()
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: not view.ui.guidance.isVisible())
    window.resize(1366, 768)
    qtbot.waitUntil(view.ui.guidance.isVisible)
    view.show_guidance(False)
    assert not view.ui.guidance.isVisible()
    assert not context.flag("guidance", True)


def test_stage_bar_goes_by_key(qtbot: QtBot, window: MainWindow, partnership: Partnership) -> None:
    window.navigate(Target.partnership(partnership.id, Stage.INITIATE))
    window._partnership_view().ui.stageBar.buttons[Stage.HOURS].click()
    assert window._partnership_view().stage is Stage.HOURS
    window.navigate(Target("home"))
    window.navigate(Target.partnership(partnership.id))
    assert window._partnership_view().stage is Stage.HOURS


def test_another_workspace_takes_over(qtbot: QtBot, window: MainWindow, context: Context, data_folder: Path) -> None:
    before = context.workspace
    context.opened = None
    other = Workspace.create(data_folder / "other.cocivic")
    window.show_workspace(other)
    assert window.ui.navigation.places["partnerships"].accessibleName() == "Partnerships"
    assert context.setting("workspace").endswith("other.cocivic")
    context.opened = None
    other.close()
    assert before.path.exists()


def test_errors_are_shown_in_plain_words(qtbot: QtBot, window: MainWindow) -> None:
    window.report(InvalidField("email", "not_an_email"))
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "E-mail" in box.text()
    box.accept()
    assert errors.sentence(NotFound("It is gone.")) == "It is gone."


def test_log_holds_no_message_and_no_value(data_folder: Path) -> None:
    try:
        raise ValueError("Ada Brandt, born 2009")
    except ValueError as error:
        path = errors.write_log(error)
    text = path.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_window.py" in text
    assert "Ada" not in text
    assert str(Path.home()) not in text


def test_search_finds_and_goes_there(qtbot: QtBot, window: MainWindow, context: Context) -> None:
    ada = Person(name="Ada Brandt")
    records.add(context.workspace, ada)
    from cocivic_desktop.ui.dialogs.search_dialog import SearchDialog

    targets: list[Target] = []
    context.navigate = targets.append
    dialog = SearchDialog(context, window)
    dialog.open()
    QTest.keyClicks(dialog.ui.searchLine, "brandt")
    QTest.keyClick(dialog.ui.searchLine, Qt.Key.Key_Return)
    assert targets == [Target("people", item=ada.id)]


def test_new_partnership_with_a_new_school_is_one_step(qtbot: QtBot, window: MainWindow, context: Context) -> None:
    from cocivic_desktop.ui.dialogs.new_partnership import NewPartnershipDialog

    targets: list[Target] = []
    context.navigate = targets.append
    dialog = NewPartnershipDialog(context, window)
    dialog.open()
    dialog.ui.schoolBox.setCurrentIndex(0)
    dialog.ui.startButton.click()
    assert dialog.ui.problemLabel.text()
    QTest.keyClicks(dialog.ui.schoolLine, "Harbour School")
    assert dialog.ui.titleLine.text() == "Green Harbour with Harbour School"
    dialog.ui.startButton.click()
    assert len(records.find(context.workspace, Partnership)) == 2
    assert targets[0].page == "partnership"
    context.workspace.undo()
    assert len(records.find(context.workspace, Partnership)) == 1
    assert not [one for one in records.find(context.workspace, Organisation) if one.name == "Harbour School"]


def test_home_of_an_empty_workspace_says_how_to_begin(
    qtbot: QtBot, context: Context, workspace: Workspace, qapp_dressed: QApplication
) -> None:
    page = make_page("home", context)
    qtbot.addWidget(page)
    targets: list[Target] = []
    context.navigate = targets.append
    page.show()
    empty = page.findChild(QWidget, "empty")
    assert empty is not None
    assert empty.isVisible()
    empty.second_clicked.emit()  # type: ignore[attr-defined]
    assert targets == [Target("sample")]


def test_settings_describe_our_organisation_once(qtbot: QtBot, context: Context, workspace: Workspace) -> None:
    page = make_page("settings", context)
    qtbot.addWidget(page)
    page.show()
    name = page.findChild(QLineEdit, "name")
    assert name is not None
    assert name.isEnabled()
    QTest.keyClicks(name, "Green Harbour")
    page.hide()
    ours = records.find(workspace, Organisation, is_ours=True)
    assert [one.name for one in ours] == ["Green Harbour"]
    page.show()
    qtbot.wait(5)
    city = page.findChild(QLineEdit, "city")
    assert city is not None
    QTest.keyClicks(city, "Kiel")
    page.hide()
    ours = records.find(workspace, Organisation, is_ours=True)
    assert [(one.name, one.city) for one in ours] == [("Green Harbour", "Kiel")]


def test_backup_and_restore(qtbot: QtBot, context: Context, partnership: Partnership) -> None:
    from cocivic_desktop.ui.pages.settings_page import SettingsPage

    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.back_up()
    records.change(context.workspace, Partnership, partnership.id, title="Changed")
    page.ui.backupsTable.selectRow(0)
    assert page.ui.restoreButton.isEnabled()
    page.restore()
    assert records.get(context.workspace, Partnership, partnership.id).title == "Repair café"
    assert len(page._backups.rows) == 2


def test_settings_survive_a_file(data_folder: Path, context: Context) -> None:
    context.set_flag("guidance", False)
    context.settings.sync()
    again = Context(QSettings(context.settings.fileName(), QSettings.Format.IniFormat))
    assert again.flag("guidance", True) is False


def test_the_keyboard_comes_along_to_what_is_used_first(
    qtbot: QtBot, window: MainWindow, partnership: Partnership
) -> None:
    window.navigate(Target("partnerships"))
    page = window._pages["partnerships"]
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QAbstractItemView))
    assert page.isAncestorOf(window.focusWidget())
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.target == Target.partnership(partnership.id))
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QTabBar))
    window.navigate(Target("library", section="first_steps"))
    qtbot.wait(10)
    assert window.focusWidget() is window._pages["library"].ui.guidanceList  # type: ignore[attr-defined]
    window.navigate(Target("settings"))
    qtbot.waitUntil(lambda: window._pages["settings"].isAncestorOf(window.focusWidget()))
    settings = window._pages["settings"]
    assert window.focusWidget() is settings.ui.name  # type: ignore[attr-defined]
    window.navigate(Target("settings", section="backups"))
    qtbot.waitUntil(lambda: window.focusWidget() is settings.ui.backUpButton)  # type: ignore[attr-defined]
    window.ui.navigation.places["home"].setFocus()
    window.navigate(Target("home"))
    qtbot.wait(10)
    assert window.focusWidget() is window.ui.navigation.places["home"]


def test_a_low_window_says_the_next_step_without_its_reason(qtbot: QtBot) -> None:
    banner = NextStepBanner()
    qtbot.addWidget(banner)
    banner.show_step("Meet the leadership", "Backing matters.", "Plan it")
    assert "Backing matters." in banner.text_label.text()
    banner.set_brief(True)
    assert banner.text_label.text() == "<b>Meet the leadership</b> "
    assert banner.text_label.toolTip() == "Backing matters."


def press(text: str) -> None:
    """Press a button of the box that asks."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(one for one in box.buttons() if one.text().replace("&", "") == text.replace("&", "")).click()


def test_importing_a_file_says_who_stays_erased_and_asks_about_conflicts(
    window: MainWindow, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = Person(name="Ada Gone"), Person(name="Ben")
    for one in (ada, ben):
        records.add(context.workspace, one)
    file = tmp_path / "all.json"
    portable.export_json(context.workspace, file)
    privacy.carry_out(context.workspace, [ada.id], ErasureKind.ERASED, context.today())
    said: list[str] = []
    monkeypatch.setattr(context, "notify", said.append)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.file_actions.import_json()
    assert said.pop() == "all.json holds nothing new. Anonymised or erased, and not brought back: 1 person."

    records.change(context.workspace, Person, ben.id, name="Ben Here")
    for answer, name in (("Cancel", "Ben Here"), ("Those in the &file", "Ben")):
        QTimer.singleShot(0, partial(press, answer))
        window.file_actions.import_json()
        assert records.get(context.workspace, Person, ben.id).name == name
    assert said[0] == "Nothing was imported."
    assert said[1].startswith("Imported all.json. Anonymised")
