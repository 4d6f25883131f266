"""签到: durable slips a second through the whole stack (granian, middlewares, Django, database), beside what the same database
does bare with one commit for each slip, in the same run; then a storm of 2,000 members with double taps and retries.

python3 run.py bench signin [--seconds 60] [--members 2000]

With YOUJU_BENCH_DATABASE_URL the same on that PostgreSQL, in a database of its own that is dropped afterwards.
The client shares the machine with the server. Loopback only.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from _settled import settle

ROOT = Path(__file__).resolve().parent.parent
GOAL = {"sqlite": 0.30, "postgresql": 0.20}
LINES = 16  # connections of the measured run
MOST_SECONDS = 8.0  # of the measured run, and of each bare one
RAW_CONNECTIONS = (1, 8)  # of the bare run on PostgreSQL


@contextmanager
def own_database(url: str | None) -> Iterator[str | None]:
    """A PostgreSQL database for this run alone."""
    if not url:
        yield None
        return
    import psycopg

    name = f"youju_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, dbname="postgres", autocommit=True) as door:
        door.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            door.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """`youju serve` as anybody starts it."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = int(door.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "youju.cli", "serve", "--data", str(folder), "--port", str(port)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if "Ctrl-C" in line:
                break
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


# -- bare --------------------------------------------------------------------------------------------------------------


def _insert_bare(session_id: int, stop: float, waits: list[float], first: int) -> None:
    """The slip's own statement by the bare driver on a connection of its own, one commit each, until the time is over."""
    from django.db import connection

    from youju.journal.actions import WRITE_SLIP
    from youju.web.shared import clock

    connection.ensure_connection()
    moment = connection.ops.adapt_datetimefield_value(clock.now())
    statement = WRITE_SLIP.replace("%s", "?") if connection.vendor == "sqlite" else WRITE_SLIP
    cursor, member = connection.connection.cursor(), first
    while time.perf_counter() < stop:
        began = time.perf_counter()
        cursor.execute(statement, (session_id, member, moment, f"r{member}", 0, "scan", session_id, 0))
        waits.append(time.perf_counter() - began)
        member += 1
    connection.close()


def bare(session_id: int, *, connections: int, seconds: float) -> tuple[float, list[float]]:
    """Slips a second without web or Django's request, and how long each took."""
    waits: list[float] = []
    stop = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_insert_bare, args=(session_id, stop, waits, 10**9 + i * 10**7))
        for i in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(waits) / (time.perf_counter() - began), waits


def best_bare(session_id: int, vendor: str) -> tuple[float, list[float], int]:
    """SQLite has one writer; PostgreSQL shares a flush among several, so the faster of two ways counts."""
    if vendor == "sqlite":
        return *bare(session_id, connections=1, seconds=3), 1
    runs = [(*bare(session_id + n, connections=n, seconds=3), n) for n in RAW_CONNECTIONS]
    return max(runs, key=lambda run: run[0])


# -- through the stack -------------------------------------------------------------------------------------------------


async def _line(port: int, requests: Iterator[bytes], stop: float, waits: list[float], bad: list[int]) -> None:
    """One connection that sends taps one after the other."""
    from tests.web.signin.storm import answer

    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        began = time.perf_counter()
        if began > stop:
            break
        writer.write(request)
        status = await answer(reader)
        waits.append(time.perf_counter() - began)
        if status != 302:
            bad.append(status)
    writer.close()


async def through(port: int, requests: list[bytes]) -> tuple[float, list[float], list[int]]:
    waits: list[float] = []
    bad: list[int] = []
    shared = iter(requests)
    began = time.perf_counter()
    await asyncio.gather(*(_line(port, shared, began + MOST_SECONDS, waits, bad) for _ in range(LINES)))
    return len(waits) / (time.perf_counter() - began), waits, bad


def spread(waits: list[float]) -> str:
    ordered = sorted(waits)
    return f"p50 {ordered[len(ordered) // 2] * 1000:.2f} ms，p99 {ordered[int(len(ordered) * 0.99)] * 1000:.2f} ms"


def measure(port: int, people: list[int], vendor: str) -> bool:
    """Distinct members, each tapping once, in as many sessions as it takes; the bare rate before and after."""
    from django.db import connection

    from tests.web.signin.storm import request_of
    from youju.journal.models import Slip
    from youju.web.shared import clock

    moment = int(clock.now().timestamp())
    requests = [
        request_of(session_id=10**6 + n, member_id=pk, moment=moment, host="127.0.0.1", close=False)
        for n in range(-(-16000 // len(people)))
        for pk in people
    ]
    warm = requests[:200]
    asyncio.run(through(port, warm))
    before = best_bare(2 * 10**6, vendor)
    rate, waits, bad = asyncio.run(through(port, requests[200:]))
    after = best_bare(3 * 10**6, vendor)
    kept = Slip.objects.filter(session_id__range=(10**6, 2 * 10**6 - 1)).count()
    print(f"全程：{rate:,.0f} 条/秒（{len(waits):,} 条，{LINES} 个连接），{spread(waits)}")
    for name, (raw, raw_waits, lines) in (("之前", before), ("之后", after)):
        print(f"裸写（{name}）：{raw:,.0f} 条/秒，每条一次提交，{lines} 个连接，{spread(raw_waits)}")
    share = rate / ((before[0] + after[0]) / 2)
    print(f"全程是裸写的 {share:.0%}，目标 {GOAL[vendor]:.0%} 以上")
    whole = kept == len(waits) + len(warm) and not bad
    print(f"应有 {len(waits) + len(warm):,} 条，库里 {kept:,} 条" + ("" if whole else "，不一致"))
    connection.close()
    return whole and share >= GOAL[vendor]


def weather(port: int, session_id: int, people: list[int], seconds: float) -> bool:
    """Everybody with double taps and retries."""
    from django.db import connection

    from tests.web.signin.storm import request_of, storm
    from youju.journal.models import Slip
    from youju.web.shared import clock

    moment = int(clock.now().timestamp())
    requests = [(pk, request_of(session_id=session_id, member_id=pk, moment=moment, host="127.0.0.1")) for pk in people]
    told = asyncio.run(storm(host="127.0.0.1", port=port, requests=requests, seconds=seconds))
    kept = list(Slip.objects.filter(session_id=session_id).values_list("member_id", flat=True))
    connection.close()
    lost, doubled = len(told.acknowledged - set(kept)), len(kept) - len(set(kept))
    print(
        f"{len(people):,} 人 {seconds:.0f} 秒内签到：点 {told.taps:,} 次，答 {told.answered:,} 次，失败 {told.failed} 次，{spread(told.waits)}"
    )
    print(f"签到条 {len(kept):,} 条，丢 {lost} 条，重 {doubled} 条")
    return not (lost or doubled or told.failed or told.strange) and set(kept) == set(people)


def main(arguments: Callable[[], list[str] | None] = lambda: None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args(arguments())
    with (
        tempfile.TemporaryDirectory(prefix="youju-bench-") as folder,
        own_database(os.environ.get("YOUJU_BENCH_DATABASE_URL")) as url,
    ):
        settle(Path(folder), None, url)  # a tap asks no day, only how old its scan is
        from django.db import connection

        from tests import make
        from tests.web.signin.rooms import meeting

        print("正在造数据……", file=sys.stderr)
        room = meeting()
        more = max(0, args.members - len(room.cast.people))
        people = [person.pk for person in (*room.cast.people, *make.members(room.cast.branch, more))]
        vendor = connection.vendor
        connection.close()
        print(
            f"{len(people):,} 名党员，{'SQLite synchronous=FULL' if vendor == 'sqlite' else 'PostgreSQL'}，{os.cpu_count()} 核，客户端在同一台机器上"
        )
        with served(Path(folder)) as port:
            fast = measure(port, people, vendor)
            whole = weather(port, room.session.pk, people, args.seconds)
        return 0 if fast and whole else 1


if __name__ == "__main__":
    raise SystemExit(main())
