"""The `youju` command itself: which verb, in which language, with which exit code, at what price."""

import argparse
import subprocess
import sys
from types import SimpleNamespace

import pytest

from youju import cli
from youju.kit.datafile import DataFault
from youju.kit.refusal import Refusal


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A verb `try` that does what the test puts into it."""
    command = SimpleNamespace(HELP="试一试", add_arguments=lambda parser: None, run=lambda args: 0)
    monkeypatch.setattr(cli, "command_names", lambda: ("try",))
    monkeypatch.setattr(cli, "load_command", lambda name: command)
    return command


def raising(trouble: Exception):  # type: ignore[no-untyped-def]
    def run(args: argparse.Namespace) -> int:
        raise trouble

    return run


def test_the_exit_code_is_the_verbs(verb: SimpleNamespace) -> None:
    verb.run = lambda args: 1
    assert cli.main(["try"]) == 1


def test_an_unknown_verb_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["nonsense"]) == 2
    assert "没有“nonsense”这个命令" in capsys.readouterr().err


def test_no_verb_is_wrong_use_and_help_is_not(verb: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert cli.main(["--help"]) == 0
    assert "试一试" in capsys.readouterr().out


def test_a_refusal_is_one_sentence(verb: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    verb.run = raising(Refusal("year", "没有这一年。"))
    assert cli.main(["try"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "没有这一年。\n")


def test_a_data_fault_names_file_line_and_key(verb: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    from pathlib import Path

    verb.run = raising(DataFault(Path("kinds.yaml"), 7, "code", "代号重复。"))
    assert cli.main(["try"]) == 2
    assert capsys.readouterr().err == "kinds.yaml 第7行 键 code：代号重复。\n"


def test_a_bug_stays_a_bug(verb: SimpleNamespace) -> None:
    verb.run = raising(KeyError("x"))
    with pytest.raises(KeyError):
        cli.main(["try"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "还缺：FILE"),
        (["a", "b"], "不认识的参数：b"),
        (["a", "--year", "x"], "--year 的值不对：'x'"),
        (["a", "--year"], "--year 后面要跟一个值"),
    ],
)
def test_wrong_use_is_said_in_chinese(
    verb: SimpleNamespace, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    def add_arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--year", type=int)

    verb.add_arguments = add_arguments
    assert cli.main(["try", *arguments]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.startswith("用法：youju try")


def test_every_file_is_a_whole_verb() -> None:
    for name in cli.command_names():
        command = cli.load_command(name)
        assert command.HELP.strip()
        command.add_arguments(cli.Parser(prog=name))
        assert callable(command.run)


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)


def test_loading_the_verbs_does_not_load_django() -> None:
    """`--help` and `claims` must not wait for Django; a verb imports its rooms once it runs."""
    found = python(
        "import sys; from youju import cli\n"
        "[cli.load_command(name) for name in cli.command_names()]\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in {'django', 'pydantic', 'docx'})[:3])"
    )
    assert found.stdout.strip() == "[]", found.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="管道提前关闭只在 POSIX 上这样试")
def test_a_reader_who_leaves_early_is_no_fault() -> None:
    code = (
        "import sys; from types import SimpleNamespace; from youju import cli\n"
        "def run(args):\n    [print('行' * 99) for _ in range(9999)]\n    return 0\n"
        "command = SimpleNamespace(HELP='', add_arguments=lambda p: None, run=run)\n"
        "cli.command_names = lambda: ('try',); cli.load_command = lambda name: command\n"
        "sys.exit(cli.main(['try']))"
    )
    writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert writer.stdout and writer.stderr
    writer.stdout.readline()
    writer.stdout.close()
    assert writer.stderr.read() == b""
    writer.stderr.close()
    assert writer.wait(30) == 0


def test_it_writes_utf8_on_a_console_that_would_not() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "youju.cli", "nonsense"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        check=False,
    )
    assert "没有“nonsense”" in done.stderr.decode()
