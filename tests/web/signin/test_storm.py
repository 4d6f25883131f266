"""Everybody at once, with double taps and retries: none lost, none doubled; and a server killed outright loses nobody it answered."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import make
from tests.cli.test_serve import free_port, started
from tests.web.signin.rooms import TODAY, meeting
from tests.web.signin.storm import Told, request_of, storm
from youju.journal.models import Slip
from youju.web.shared import clock

MANY = 200
PREPARE = """
import json, os, sys
from datetime import date
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import make
from tests.web.signin.rooms import meeting
from tests.web.signin.storm import request_of
from youju.web.shared import clock
room = meeting()
people = [*room.cast.people, *make.members(room.cast.branch, 91)]
moment = int(clock.now().timestamp())
made = [(p.pk, request_of(session_id=room.session.pk, member_id=p.pk, moment=moment, host="localhost").decode()) for p in people]
print(json.dumps(made))
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


def in_a_thread(work: Coroutine[Any, Any, Told]) -> Told:
    """A loop of its own: after a browser test, this thread already has Playwright's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.mark.django_db(transaction=True)
def test_everybody_at_once_is_there_once(live_server) -> None:  # type: ignore[no-untyped-def]
    room = meeting()
    people = [*room.cast.people, *make.members(room.cast.branch, MANY - len(room.cast.people))]
    moment = int(clock.now().timestamp())
    door = urlsplit(live_server.url)
    requests = [
        (p.pk, request_of(session_id=room.session.pk, member_id=p.pk, moment=moment, host=door.netloc)) for p in people
    ]
    told = in_a_thread(storm(host=door.hostname or "", port=door.port or 0, requests=requests, seconds=1))
    assert told.taps == MANY * 2 + MANY // 10
    assert (told.answered, told.failed, told.strange) == (told.taps, 0, [])
    members = list(Slip.objects.filter(session_id=room.session.pk).values_list("member_id", flat=True))
    assert len(members) == len(set(members)) == MANY
    assert set(members) == told.acknowledged == {p.pk for p in people}


@pytest.mark.skipif(os.name != "posix", reason="信号只在 POSIX 上这样发")
def test_killed_outright_in_the_storm_it_keeps_every_slip_it_acknowledged(tmp_path: Path) -> None:
    """Workers and all, by SIGKILL, with taps on their way."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    env = bare | {
        "YOUJU_DATA": str(tmp_path), "YOUJU_TODAY": TODAY.isoformat(), "DJANGO_SETTINGS_MODULE": "youju.config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }  # fmt: skip
    made = subprocess.run([sys.executable, "-c", PREPARE], env=env, capture_output=True, encoding="utf-8", check=True)
    requests = [(pk, text.encode()) for pk, text in json.loads(made.stdout)]
    told, port = Told(), free_port()
    with started("serve", "--data", str(tmp_path), "--port", str(port), YOUJU_TODAY=TODAY.isoformat()) as (process, _):
        group = os.getpgid(process.pid)

        def kill() -> None:
            until = time.monotonic() + 20
            while len(told.acknowledged) < 30 and time.monotonic() < until:
                time.sleep(0.002)
            os.killpg(group, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        in_a_thread(storm(host="127.0.0.1", port=port, requests=requests, seconds=1.5, told=told))
        killer.join(30)
        process.wait(20)
    assert 30 <= len(told.acknowledged) < len(requests) and told.failed > 0 and told.strange == []
    with sqlite3.connect(tmp_path / "youju.sqlite3") as ledger:
        members = [row[0] for row in ledger.execute("SELECT member_id FROM journal_slip")]
        assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    ledger.close()
    assert told.acknowledged <= set(members) and len(members) == len(set(members))
