"""Serving: the port, the links, and that nothing outlives the server."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from youju.cli.serve import address_of, require_free, threads
from youju.kit.refusal import Refusal

HOUSE = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="信号只在 POSIX 上这样发")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def started(*args: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A command that serves, with what it said once it was open; ended in any case."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "youju.cli", *args],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=bare | more, start_new_session=True,
    )  # fmt: skip
    said = ""
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        assert "Ctrl-C" in said, said
        yield process, said
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        if process.stdout:
            process.stdout.close()


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **more: object) -> None:
        return None


def ask(url: str) -> tuple[int, str, str]:
    """Status, where it leads, and which cookies it sets."""
    try:
        with urllib.request.build_opener(Stay).open(url, timeout=20) as answer:
            return answer.status, "", ";".join(answer.headers.get_all("Set-Cookie", []))
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location", ""), ";".join(answer.headers.get_all("Set-Cookie", []))


def closed_within(port: int, seconds: float) -> bool:
    """Whether the port stops answering in that time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return True
        time.sleep(0.1)
    return False


def test_the_address_to_open() -> None:
    assert address_of("0.0.0.0", 8000) == address_of("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert address_of("::1", 80) == "http://[::1]:80/"
    assert address_of("ledger.local", 80) == "http://ledger.local:80/"


def test_only_postgresql_is_served_by_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YOUJU_DATABASE_URL", raising=False)
    assert threads() == 1
    monkeypatch.setenv("YOUJU_DATABASE_URL", "postgresql://u@127.0.0.1/youju")
    assert threads() > 1


def test_a_taken_port_is_refused_with_a_free_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refusal) as refused:
            require_free("127.0.0.1", port, verb="serve")
    assert refused.value.field == "port"
    hint = re.search(r"youju serve --port (\d+)", refused.value.sentence)
    assert hint and int(hint[1]) > port
    require_free("127.0.0.1", port, verb="serve")


@pytest.mark.skipif(not hasattr(socket, "SO_REUSEPORT"), reason="这个系统没有端口共享")
def test_a_port_that_its_owner_would_share_is_taken_all_the_same() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Refusal):
            require_free("127.0.0.1", other.getsockname()[1], verb="serve")


def test_an_address_that_is_not_this_machine_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        require_free("192.0.2.1", free_port(), verb="serve")
    assert refused.value.field == "host"


@POSIX
def test_it_makes_a_missing_folder_serves_and_ends_cleanly(tmp_path: Path) -> None:
    port = free_port()
    with started("serve", "--data", str(tmp_path / "new"), "--port", str(port)) as (process, said):
        assert f"http://127.0.0.1:{port}/" in said
        assert (tmp_path / "new" / "youju.sqlite3").is_file()
        status, location, _ = ask(f"http://127.0.0.1:{port}/")
        assert (status, location.split("?")[0]) == (302, "/login/")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert closed_within(port, 5)


@POSIX
def test_killed_outright_it_takes_its_workers_along(tmp_path: Path) -> None:
    port = free_port()
    with started("serve", "--data", str(tmp_path), "--port", str(port)) as (process, _):
        assert ask(f"http://127.0.0.1:{port}/login/first/")[0] == 200
        process.kill()
        process.wait(20)
        assert closed_within(port, 10)


@POSIX
def test_ctrl_c_which_reaches_every_process_ends_them_all(tmp_path: Path) -> None:
    """Told twice at once a worker waited for itself, now and then: so it is told three times over."""
    for _ in range(3):
        port = free_port()
        with started("serve", "--data", str(tmp_path), "--port", str(port)) as (process, _said):
            ask(f"http://127.0.0.1:{port}/")  # the workers are there
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(12) == 0  # before the server would kill who does not end
        assert closed_within(port, 5)


@POSIX
def test_a_sign_in_link_dies_with_its_server(tmp_path: Path) -> None:
    port = free_port()
    folder = str(tmp_path / "demo")
    with started("demo", "--data", folder, "--port", str(port), "--on", "2022-04-08") as (_, said):
        links = re.findall(r"http://\S+/login/enter/\S+/", said)
        assert len(links) == 9
        assert all(link.startswith(f"http://127.0.0.1:{port}/") for link in links)
        status, location, cookies = ask(links[0])
        assert (status, location) == (302, "/")
        assert "sessionid" in cookies
        assert ask(links[0][:-2] + "x/")[0] == 404
    assert closed_within(port, 5)
    with started("demo", "--data", folder, "--port", str(port), "--on", "2022-04-08") as (_, said):
        assert "已经做好" in said
        assert ask(links[0])[0] == 404
        assert ask(re.findall(r"http://\S+/login/enter/\S+/", said)[0])[0] == 302


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("reports/outlines/grassroots.yaml", "〔=支委会次数〕", "〔=支委次数〕"),
        ("duties/packs/party_branch_regulations.yaml", "rhythm: monthly", "rhythm: fortnightly"),
        ("records/activities/vote_rules.yaml", "- id: ordinary", "- idd: ordinary"),
    ],
)
def test_a_wrong_data_file_stops_it_before_the_port_is_open(tmp_path: Path, file: str, before: str, after: str) -> None:
    """The pages would find the fault at the first request only, when somebody is already looking."""
    shutil.copytree(HOUSE / "youju", tmp_path / "youju", ignore=shutil.ignore_patterns("__pycache__"))
    broken = tmp_path / "youju" / file
    text = broken.read_text(encoding="utf-8")
    assert before in text
    broken.write_text(text.replace(before, after, 1), encoding="utf-8")
    bare = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    ended = subprocess.run(
        [sys.executable, "-m", "youju.cli", "serve", "--port", str(free_port()), "--data", str(tmp_path / "data")],
        capture_output=True, encoding="utf-8", env=bare | {"PYTHONPATH": str(tmp_path)}, cwd=tmp_path, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert re.search(rf"{broken.name} 第\d+行", ended.stderr)
    assert "Traceback" not in ended.stderr
    assert "已打开" not in ended.stdout
