"""The front door, as far as it can be tried without installing anything."""

import importlib.util
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as a module whose checkout is a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("front_door", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(module, "HOLD", tmp_path / ".venv.lock")
    monkeypatch.setattr(module, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(module, "LOCKS", {"runtime": tmp_path / "r.lock", "dev": tmp_path / "d.lock"})
    (tmp_path / "pyproject.toml").write_text("one", encoding="utf-8")
    (tmp_path / "r.lock").write_text("a==1\n", encoding="utf-8")
    (tmp_path / "d.lock").write_text("a==1\nb==2\n", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "python").touch()
    return module


def installed(run: ModuleType, *, dev: bool) -> None:
    run.STAMP.write_text(json.dumps(run.wanted(dev=dev)), encoding="utf-8")


def test_it_needs_only_the_standard_library() -> None:
    """With -S -I no installed package can be found, and it still answers."""
    done = subprocess.run([sys.executable, "-I", "-S", "run.py", "--help"], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, "python3 run.py" in done.stderr.decode()) == (0, True)


def test_an_unknown_verb_is_wrong_use() -> None:
    done = subprocess.run([sys.executable, "run.py", "dance"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 2


def test_an_old_python_is_told_in_a_sentence(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "OLDEST", (9, 9))
    assert run.main() == 2
    assert "需要 Python 3.11 以上" in capsys.readouterr().err


def test_a_fresh_stamp_leaves_nothing_to_do(run: ModuleType) -> None:
    assert run.missing(dev=False) == {"python", "runtime", "project"}
    installed(run, dev=True)
    assert run.missing(dev=True) == run.missing(dev=False) == set()


def test_a_changed_lock_is_noticed(run: ModuleType) -> None:
    installed(run, dev=False)
    assert run.missing(dev=True) == {"dev"}
    run.LOCKS["runtime"].write_text("a==2\n", encoding="utf-8")
    assert run.missing(dev=False) == {"runtime"}


def test_an_environment_without_its_python_is_made_anew(run: ModuleType) -> None:
    installed(run, dev=True)
    run.PYTHON.unlink()
    assert "python" in run.missing(dev=True)


def test_two_at_once_install_once(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installs = []

    def install(*, dev: bool) -> None:
        installs.append(dev)
        time.sleep(0.2)
        installed(run, dev=dev)

    monkeypatch.setattr(run, "install", install)
    both = [threading.Thread(target=run.ensure) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(10)
    assert installs == [False]
    assert not run.HOLD.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows 上不问进程是否还在，只看锁的年纪")
def test_a_lock_left_by_a_dead_process_is_taken_over(run: ModuleType) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(30)
    run.HOLD.mkdir()
    (run.HOLD / "pid").write_text(str(gone.pid), encoding="ascii")
    run.take_hold()
    assert (run.HOLD / "pid").read_text(encoding="ascii") == str(os.getpid())
    assert not run.abandoned()


def fake_pip(run: ModuleType, monkeypatch: pytest.MonkeyPatch, said: str, code: int) -> None:
    script = f"import sys; print({said!r}); sys.exit({code})"
    monkeypatch.setattr(run, "pip_command", lambda: [sys.executable, "-c", script])


def test_without_network_there_is_one_sentence(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_pip(run, monkeypatch, "WARNING: Retrying: NewConnectionError: Name or service not known", 1)
    with pytest.raises(run.Trouble, match="连不上软件包索引"):
        run.pip(["x"])
    assert "NewConnectionError" in run.LOG.read_text(encoding="utf-8")


def test_another_failure_shows_its_last_line(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_pip(run, monkeypatch, "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", 1)
    with pytest.raises(run.Trouble, match="DO NOT MATCH THE HASHES"):
        run.pip(["x"])


@pytest.mark.parametrize(
    ("line", "package"),
    [
        ("Collecting django-htmx==1.29.0 (from -r r.lock (line 3))", ("django-htmx", "1.29.0")),
        ("Requirement already satisfied: lxml==6.1.3 in ./x (6.1.3)", ("lxml", "6.1.3")),
        ("Processing ./wheels/python_docx-1.2.0-py3-none-any.whl (from -r r.lock)", ("python_docx", "1.2.0")),
    ],
)
def test_progress_reads_what_pip_says(run: ModuleType, line: str, package: tuple[str, str]) -> None:
    found = run.PACKAGE.match(line)
    assert found and found.groups() == package


def test_the_account_adds_up_and_gives_reasons(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    runs = [
        {"passed": 5, "failed": 1, "not_run": {"没有 Chromium": 2}},
        {"passed": 3, "failed": 0, "not_run": {"没有 Chromium": 1}},
    ]
    run.close_account(runs, without_postgresql=None)
    assert capsys.readouterr().out.splitlines()[1:] == [
        "未运行：3 项",
        "  3 项：没有 Chromium",
        "8 passed, 1 failed, 3 skipped",
    ]
    run.close_account(runs[:1], without_postgresql="连不上")
    assert "1 项：PostgreSQL 上的全部测试：连不上" in capsys.readouterr().out
