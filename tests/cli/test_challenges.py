"""`cocivic challenge`: the list, and the brief for the class."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import docx
import pytest

from cocivic_desktop import cli


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCIVIC_DATA", str(tmp_path / "data"))
    return Path(shutil.copy(sample_file, tmp_path / "sample.cocivic"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = cli.main([str(argument) for argument in arguments])
    return (code, *capsys.readouterr())


def test_the_list_has_stable_keys(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--workspace", sample, "--json", "challenge", "list", "Harbour")
    rows = json.loads(out)["challenges"]
    assert code == 0
    assert {row["phase"] for row in rows} >= {"understand", "ideate", "build"}
    assert {"id", "title", "phase", "phase_ends", "team", "ideas", "solutions", "adopted"} <= rows[0].keys()


def test_the_brief_is_written_in_a_language(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "brief.docx"
    words = ("--workspace", sample, "challenge", "brief", "Harbour", "Parcels", "--out", out)
    assert run(capsys, *words, "--language", "tr")[0] == 0
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(out.read_bytes())).paragraphs)
    assert "How can pallets on the quay be secured" in text and "Ekibiniz" in text
    code, said, complaint = run(capsys, *words)
    assert (code, said) == (2, "") and "brief.docx" in complaint


@pytest.mark.parametrize(("challenge", "language", "part"), [("Nothing", "en", "Nothing"), ("Parcels", "fr", "fr")])
def test_a_mistake_is_one_line(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], challenge: str, language: str, part: str
) -> None:
    out = tmp_path / "brief.docx"
    words = ("challenge", "brief", "Harbour", challenge, "--language", language, "--out", out)
    code, said, complaint = run(capsys, "--workspace", sample, *words)
    assert (code, said, complaint.count("\n")) == (2, "", 1)
    assert part in complaint and not out.exists()
