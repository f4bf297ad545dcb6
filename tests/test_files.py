"""Files are written whole or not at all, under names every system takes."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop import files
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.files import LONGEST_NAME, LONGEST_NAME_BYTES, present, safe_file_name, write_whole


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_the_bytes_for_the_owner_alone(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a.docx", b"content")
    assert path.read_bytes() == b"content"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert _names(tmp_path) == ["a.docx"]


def test_what_is_there_and_what_cannot_be_looked_at(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert present(tmp_path / "file")
    assert not present(tmp_path / "none")
    assert not present(tmp_path / "file" / "below")
    for refused in (tmp_path / ("x" * 400), tmp_path / "a\0b"):
        with pytest.raises(BadInput, match="cannot be reached"):
            present(refused)


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    with pytest.raises(BadInput, match="already a file"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    write_whole(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert _names(tmp_path) == ["a.docx"]


def test_a_file_that_comes_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    monkeypatch.setattr(files, "_check_target", lambda target, force: path.write_bytes(b"somebody else's"))
    with pytest.raises(BadInput, match="already a file"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"somebody else's"
    assert _names(tmp_path) == ["a.docx"]


def test_a_file_system_without_hard_links_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert write_whole(tmp_path / "a.docx", b"content").read_bytes() == b"content"
    assert _names(tmp_path) == ["a.docx"]


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EIO, "system answered"), (errno.EROFS, "cannot be written")],
)
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")

    def fails(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(BadInput, match=words):
        write_whole(path, b"new", force=True)
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.docx"]


def test_a_missing_folder_and_a_folder_as_target_are_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        write_whole(tmp_path / "no" / "a.docx", b"")
    with pytest.raises(BadInput, match="not a file"):
        write_whole(tmp_path, b"", force=True)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInput, match="not a folder"):
        write_whole(tmp_path / "file" / "a.docx", b"")
    with pytest.raises(BadInput, match="too long"):
        write_whole(tmp_path / ("a" * 300), b"")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_an_unwritable_folder_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(BadInput, match="cannot be written"):
            write_whole(tmp_path / "a.docx", b"")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device")
def test_a_device_is_never_replaced() -> None:
    with pytest.raises(BadInput, match="not a file"):
        write_whole("/dev/full", b"", force=True)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.docx").write_bytes(b"old")
    (tmp_path / "link.docx").symlink_to(tmp_path / "real.docx")
    write_whole(tmp_path / "link.docx", b"new", force=True)
    assert (tmp_path / "link.docx").is_symlink()
    assert (tmp_path / "real.docx").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Agreement: Repair café / Berufsschule", "Agreement-Repair café-Berufsschule.docx"),
        ("nul", "_nul.docx"),
        ("COM1.backup", "_COM1.backup.docx"),
        ("Console", "Console.docx"),
        ("  ...  ", "document.docx"),
        ("", "document.docx"),
        ("../../etc/passwd", "etc-passwd.docx"),
        ("invoice\u202excod.exe", "invoicexcod.exe.docx"),
        ("a\nb\tc\x00", "a b c.docx"),
    ],
)
def test_names_are_made_safe(text: str, expected: str) -> None:
    assert safe_file_name(text, ".docx") == expected


@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_text_makes_a_name_that_windows_takes(text: str) -> None:
    name = safe_file_name(text, ".ics")
    assert name.endswith(".ics") and len(name) > 4
    assert len(name) <= LONGEST_NAME + 1 and len(name.encode()) <= LONGEST_NAME_BYTES + 1 <= 255
    assert not set(name) & set('<>:"/\\|?*') and not name.startswith((".", " "))
    assert all(unicodedata.category(c)[0] != "C" for c in name)
    assert safe_file_name(name[:-4], ".ics") == name
