"""入库: texts a second that one core takes in, the whole path (read, judge the encoding, clean, read what it says of itself,
keep the original and the document), beside what the disk and the database do at the least with the same bytes, in the same
run: each written and waited for, and one row.

python3 run.py bench intake [--texts 2000] [--characters 7000] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from _settled import settle

TODAY = date(2026, 11, 20)
GOAL = 200.0  # texts a second of CPU
HEADS = ("一、", "二、", "三、", "四、", "五、")
ADVERT = "更多精品材料请关注公众号：示例材料库"


def texts(number: int, characters: int) -> list[bytes]:
    """Generated texts, dressed as what people collect: a title, headings, now and then an advertisement, two encodings."""
    from chain import library

    words = "".join(text for _, text in library(number * characters))
    made = []
    for at in range(number):
        body = words[at * characters : (at + 1) * characters]
        step = len(body) // len(HEADS)
        parts = [f"{head}第{at}篇的一段\n{body[n * step : (n + 1) * step]}" for n, head in enumerate(HEADS)]
        text = "\n".join([f"青禾县供销社2026年工作总结（{at}）", *parts, *([ADVERT] if at % 5 == 0 else [])])
        made.append(text.encode("gb18030" if at % 4 == 0 else "utf-8", "replace"))
    return made


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    what()
    return time.process_time() - cpu, time.perf_counter() - wall


def bare(folder: Path, made: list[bytes]) -> None:
    """The least that keeps anything: each file written, on disk and named, and a row for it."""
    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (name TEXT, text TEXT)")
    for number, data in enumerate(made):
        with (folder / f"{number}.half").open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        (folder / f"{number}.half").replace(folder / f"{number}")
        database.execute("INSERT INTO t VALUES (?, ?)", (str(number), data.decode("utf-8", "replace")))
    database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="量一量入库的速度")
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--characters", type=int, default=7000)
    parser.add_argument("--profile", action="store_true", help="列出时间花在哪里")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        settle(folder / "data", TODAY)
        from chain import words
        from django.db import connection

        made = texts(args.texts, args.characters)
        for number, data in enumerate(made):
            (folder / "given").mkdir(exist_ok=True)
            (folder / "given" / f"{number:05d}.txt").write_bytes(data)
        print(
            f"{args.texts:,} 篇 txt，每篇约 {args.characters:,} 字，四分之一是 GB18030。{words(args.texts * args.characters)}"
        )
        (folder / "bare").mkdir()
        bare_cpu, bare_wall = timed(lambda: bare(folder / "bare", made))
        profile = cProfile.Profile()
        if args.profile:
            profile.enable()
        cpu, wall = timed(lambda: taken(folder / "given"))
        profile.disable()
        again, _ = timed(lambda: taken(folder / "given"))
        whole = faults_of(args.texts)
        connection.close()
    speed = args.texts / cpu
    print(f"只写文件、落盘、加一行：{args.texts / bare_cpu:,.0f} 篇/CPU 秒，{args.texts / bare_wall:,.0f} 篇/秒")
    print(
        f"入库全程：{speed:,.0f} 篇/CPU 秒，{args.texts / wall:,.0f} 篇/秒；CPU 是前者的 {cpu / bare_cpu:.1f} 倍，时间 {wall / bare_wall:.1f} 倍"
    )
    print(f"再给一遍（全部已入过）：{args.texts / again:,.0f} 篇/CPU 秒")
    print(f"目标 {GOAL:.0f} 篇/CPU 秒：{'够快' if speed >= GOAL else '太慢'}；youju verify：{whole or '一致'}")
    if args.profile:
        pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(30)
    return 0 if speed >= GOAL and not whole else 1


def taken(folder: Path) -> None:
    """As `youju library import` does it."""
    from datetime import datetime

    from youju.kit.zone import SHANGHAI
    from youju.library.documents.values import Origin
    from youju.library.intake import actions
    from youju.library.intake.listing import of_paths
    from youju.library.intake.values import Way

    at = datetime.now(SHANGHAI)
    with of_paths([str(folder)]) as listing:
        intake = actions.begin(
            way=Way.PATHS, given=str(folder), offers=listing.offers, unit=None, origin=Origin.WEB, by=None, at=at
        )
        actions.take(intake=intake, offers=listing.offers, by=None, at=at)


def faults_of(expected: int) -> str:
    from youju.library.models import Document
    from youju.upkeep.verify import faults

    found = [fault.sentence for fault in faults()]
    if Document.objects.count() != expected:
        found.append(f"应有 {expected} 篇，实有 {Document.objects.count()} 篇。")
    return "；".join(found[:3])


if __name__ == "__main__":
    raise SystemExit(main())
