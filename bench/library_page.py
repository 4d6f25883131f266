"""The library's pages over 90 million characters: CPU of a search page and of a whole document beside a page that has only
the frame; how soon 1,000 new documents are found; how large the serving process is.

    python3 run.py bench library_page [--characters 90000000]

The texts are those of `bench/chain.py`, kept through the actions of the library (cleaning and reading are measured by
`bench/intake.py`) and followed by the index as in service.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from _settled import middle_cpu, settle

TODAY = date(2026, 11, 20)
PAGE_GOAL = 50.0  # milliseconds of CPU
FOUND_GOAL = 10.0  # seconds
MEMORY_GOAL = 1024.0  # megabytes
ROUNDS = 5
AT_ONCE = 100
NEW = 1000

if TYPE_CHECKING:
    from django.test import Client


def keep(texts: list[str], *, first: int) -> None:
    """Puts texts into the library, a hundred a transaction."""
    from tests.library.making import AT, new
    from youju.library.documents.actions import add_documents
    from youju.library.reading.rules import read_of_itself

    for at in range(0, len(texts), AT_ONCE):
        news = []
        for number, text in enumerate(texts[at : at + AT_ONCE], start=first + at):
            facts = read_of_itself(text, f"第{number}篇")
            news.append(
                new(
                    text, title=f"{facts.title[:60]}（{number}）", year=2016 + number % 11, genre=facts.genre,
                    sector=facts.sector, sections=tuple(facts.sections),
                )
            )  # fmt: skip
        add_documents(news=news, by=None, at=AT)


def read_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, address


def memory() -> float:
    """Megabytes this process holds now."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=90_000_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        settle(Path(folder), TODAY)
        from bench.chain import library

        texts = [text for _, text in library(args.characters)]
        kept, fresh = (texts[:-NEW], texts[-NEW:]) if len(texts) > 2 * NEW else (texts, texts[:0])
        began = time.process_time()
        keep(kept, first=1)
        print(
            f"存入 {len(kept)} 篇、{sum(map(len, kept)):,} 字：{time.process_time() - began:.1f} 秒 CPU（不含清理、存原件）"
        )
        tell(kept, fresh)


def beside(work: Callable[[], object]) -> float:
    """Does it in another process, as the worker beside the server does; its CPU seconds."""
    from django.db import connection

    connection.close()
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit("索引没有跟上。")
    return used.ru_utime + used.ru_stime


def tell(kept: list[str], fresh: list[str]) -> None:
    from django.test import Client

    from tests import make
    from youju.library.search.following import follow
    from youju.people.roles.rules import Role

    print(f"索引跟上：{beside(follow):.1f} 秒 CPU")
    branch = make.unit(name="青禾县供销社机关党支部")
    client = Client()
    client.force_login(make.user("党务员", unit=branch, role=Role.CLERK))
    frame = middle_cpu(lambda: read_page(client, "/shared/more/"), rounds=ROUNDS)
    print(f"只有框架的一页：{frame:.1f} 毫秒 CPU")
    phrase = kept[len(kept) // 2][200:206]
    worst = 0.0
    for name, address in (
        ("六个字的原话", f"/library/?q={phrase}"),
        ("两个词", "/library/?q=管理+规定"),
        ("一个字", "/library/?q=的"),
        ("按年度筛", "/library/?q=管理&year=2020&year=2021"),
        ("没有词，最新的", "/library/"),
        ("全文一篇", f"/library/{len(kept) // 2}/?q=管理"),
    ):
        spent = middle_cpu(lambda address=address: read_page(client, address), rounds=ROUNDS)
        worst = max(worst, spent)
        print(f"  {name}：{spent:.1f} 毫秒 CPU，为框架的 {spent / frame:.1f} 倍")
    print(f"最慢的一页 {worst:.1f} 毫秒（目标 {PAGE_GOAL:.0f}：{'达到' if worst <= PAGE_GOAL else '没有达到'}）")
    if fresh:
        began = time.perf_counter()
        keep(fresh, first=len(kept) + 1)
        stored = time.perf_counter() - began
        began = time.perf_counter()
        read_page(client, f"/library/?q={fresh[0][300:308]}")
        first_seen = time.perf_counter() - began
        began = time.perf_counter()
        beside(follow)
        followed = time.perf_counter() - began
        print(
            f"新来 {len(fresh)} 篇：存入 {stored:.1f} 秒，存好的下一次搜索就找得到（{first_seen:.1f} 秒），索引跟上 {followed:.1f} 秒"
            f"（目标 {FOUND_GOAL:.0f} 秒内：{'达到' if first_seen <= FOUND_GOAL else '没有达到'}）"
        )
    own = sum(map(len, kept)) * 2 / 2**20
    held = memory() - own
    print(
        f"服务进程的内存 {held:.0f} MB，测量自己留着的原文约 {own:.0f} MB 不算"
        f"（目标 {MEMORY_GOAL:.0f}：{'达到' if held <= MEMORY_GOAL else '没有达到'}）"
    )


if __name__ == "__main__":
    main()
