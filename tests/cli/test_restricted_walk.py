"""Words that a reader has no right to, asked for by every command that answers as somebody: as if there were none.

A command that is new and takes `--as` fails the first test until it stands here with what it is asked.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.library.planted import ACROSS, INTO_IT, OPENING, PLANTED, TELLING, TODAY, WORDS, Library, library
from tests.web.unpacked import words_of
from youju.cli import Parser, command_names, load_command, main
from youju.cli.library import load, sub_verbs

pytestmark = pytest.mark.django_db
#: Command → what it is asked, each once a reader; {out} is a file that it writes.
ASKED: dict[str, list[list[str]]] = {
    "library search": [[words, *more] for words in WORDS for more in (["--json"], ["--ids", "--json"])] + [["储备粮"]],
    "library stats": [[], ["--json"]],
    "passages": [[file, *more] for file in ("稿.txt", "暗.txt") for more in ([], ["--json"], ["--all"], ["--all", "--json"])],
    "audit": [["稿.txt"], ["稿.txt", "--json"]],
    "report": [["--year", "2026", "--out", f"{{out}}.{ending}"] for ending in ("docx", "xlsx")],
}  # fmt: skip
#: Those that speak with the voice of who owns the folder, or read no ledger at all: they take no `--as`.
OWNERS = {
    "account", "claims", "demo", "forget", "kinds", "library import", "night", "serve", "verify", "work",
}  # fmt: skip
#: The order is compared, the number is not: it counts the average length of all that stands in the index, no words.
SCORE = re.compile(r'(?<="score": )[\d.]+|(?<=\t)\d+\.\d+(?=\t)')


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is the test's own; the commands find it open."""
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    monkeypatch.setenv("YOUJU_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in modules():
        module = importlib.import_module(name)
        if hasattr(module, "open_folder"):
            monkeypatch.setattr(module, "open_folder", lambda args, **more: None)
    Path("稿.txt").write_text(f"述职报告\n2026年，我们听说{OPENING}，走访农户20户。", encoding="utf-8")
    Path("暗.txt").write_text(
        f"储备粮三千吨，{PLANTED}，账实相符率保持稳定，轮换的品种和数量都有台账。", encoding="utf-8"
    )


def modules() -> Iterator[str]:
    yield from (f"youju.cli.{name}" for name in command_names())
    yield from (f"youju.cli.library.{name}" for name in sub_verbs().values())


def commands() -> dict[str, bool]:
    """Every command with whether it answers as somebody."""
    found = {}
    for name in command_names():
        if name == "library":
            found |= {f"library {word}": _answers(load(file)) for word, file in sub_verbs().items()}
        else:
            found[name] = _answers(load_command(name))
    return found


def _answers(command: object) -> bool:
    parser = Parser()
    command.add_arguments(parser)  # type: ignore[attr-defined]
    return "--as" in every_option(parser)


def every_option(parser: argparse.ArgumentParser) -> set[str]:
    """Of its own and of what stands below it."""
    found = set(parser._option_string_actions)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                found |= every_option(below)
    return found


def test_every_command_that_answers_as_somebody_is_asked() -> None:
    known = commands()
    assert {name for name, answers in known.items() if answers} == set(ASKED), "say in ASKED what the new one is asked"
    assert {name for name, answers in known.items() if not answers} == OWNERS


def told(made: Library, who: str | None, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """All that the commands say to a reader, what they write included."""
    user = {**made.readers, **made.entitled}[who] if who else None
    heard = {}
    for name, lines in ASKED.items():
        for number, line in enumerate(lines):
            out = Path(f"{name}{number}")
            words = [word.format(out=out) for word in line]
            words = words if name != "library search" else [*words[1:], "--", words[0]]
            place = ["--unit", made.scene.cast.branch.name] if name in ("audit", "report") else []
            code = main([*name.split(), *place, *(["--as", user.username] if user else []), *words])
            said = capsys.readouterr()
            written = ""
            for file in Path().glob(f"{out}.*"):
                written += words_of(file.read_bytes(), file.suffix[1:])
                file.unlink()
            said_out = SCORE.sub("0", said.out)
            heard[f"{name} {' '.join(line)}"] = f"{code}\n{said_out}\n{said.err}\n{written}"
    return heard


@pytest.mark.parametrize(
    ("who", "indexed"), [("clerk", True), ("clerk", False), ("other_clerk", True), ("admin", False)]
)
def test_nothing_of_it_by_any_command(who: str, indexed: bool, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for secret in (True, False):
        with library(secret=secret, indexed=indexed) as made:
            found.append(told(made, who, capsys))
    different = {line: (said, found[1][line]) for line, said in found[0].items() if said != found[1][line]}
    assert different == {}
    assert [
        (line, piece) for line, text in found[0].items() for piece in TELLING
        if piece in text and piece not in line and "暗.txt" not in line
    ] == []  # fmt: skip
    assert json.loads(found[0][f"library search “{ACROSS}” --json"].splitlines()[1])["title"] == "河湾仓储工作情况"


@pytest.mark.parametrize("who", ["keeper", "opener", None])
def test_who_has_the_right_hears_it(who: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    """By his role, by a code, and as the owner of the folder, who hears of the far circle too."""
    with library(secret=True, indexed=True) as made:
        heard = told(made, who, capsys)
        number = made.restricted.pk
    documents = 1 if who else 2
    for words in (PLANTED, f"“{INTO_IT}”"):
        rows = heard[f"library search {words} --json"].splitlines()[1:]
        found = [json.loads(row) for row in rows if row.startswith("{")]
        assert number in [row["document"] for row in found] and len(found) == documents
    assert f'"document": {number}' in heard["passages 稿.txt --json"]
    assert ("青萝滩" in heard["passages 稿.txt"]) is (who is None)
    assert '"restricted": 1' in heard["library stats --json"]
