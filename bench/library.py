"""The library's search over 90 million characters: what the index costs, how quick and how exact it answers, beside a
plain look through all texts, SQLite FTS5 and PostgreSQL GIN over the same tokens, in one run.

    python3 run.py bench library [--characters 90000000] [--phrases 300] [--no-peers]
    python3 run.py bench library --quick                    three million characters, in a minute

The texts are those of `bench/chain.py`: the laws of ../shared/corpus where they are (else the project's own), and the rest
from an order-2 chain over their characters with a fixed seed. CPU is that of this process with all its threads, and of
one thread for a question: the least of several times, since other work may run beside. What PostgreSQL needs is the time
that passes, since its work is done elsewhere.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.chain import library, words  # noqa: E402
from youju.library.entitlements.values import NOBODY, OWNER  # noqa: E402
from youju.library.search.engine.charbigrams import cover, tokens  # noqa: E402
from youju.library.search.engine.index import Index  # noqa: E402
from youju.library.search.engine.snapshot import Snapshot  # noqa: E402
from youju.library.search.engine.together import Changes, search  # noqa: E402
from youju.library.search.rules import read  # noqa: E402
from youju.library.search.snippets import snippet  # noqa: E402
from youju.library.search.values import ALL, FACETS, SITE, Entry  # noqa: E402

SEED = 57
TIMES = 5
PAGE = 10
GOALS = {"index": 60.0, "p50": 0.15, "p99": 3.0, "more": 10.0, "memory": 1024.0}
RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
TRADITIONAL = str.maketrans("国学会业发务实报机规员体", "國學會業發務實報機規員體")


@dataclass(frozen=True)
class Asked:
    """A question: as it is typed, and as all of these phrases and none of those."""

    typed: str
    held: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass
class Told:
    """What one engine answered to the questions of one form: milliseconds, and how many were exact."""

    times: list[float] = field(default_factory=list)
    exact: int = 0

    def part(self, of_hundred: int) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, len(ordered) * of_hundred // 100)]


# --- what is asked ----------------------------------------------------------------------------------------------------


def questions(texts: list[str], *, phrases: int) -> dict[str, list[Asked]]:
    """Pieces of the searched texts themselves, by form; the same ones for the same texts."""
    dice = random.Random(SEED)

    def pieces(shape: str, count: int) -> list[str]:
        found: list[str] = []
        wanted = re.compile(shape)
        while len(found) < count:
            here = wanted.findall(dice.choice(texts))
            found += [dice.choice(here)] if here else []
        return found

    def piece(length: int) -> str:
        run = pieces(rf"[\u4e00-\u9fff]{{{length},}}", 1)[0]
        at = dice.randrange(len(run) - length + 1)
        return run[at : at + length]

    def quoted(found: Iterable[str]) -> list[Asked]:
        return [Asked(f"“{one}”", (one,)) for one in found]

    several = [tuple(piece(dice.randint(2, 4)) for _ in range(dice.randint(2, 4))) for _ in range(40)]
    pairs = [(piece(2), piece(2)) for _ in range(20)]
    return {
        "短语 2–15 字": quoted(piece(dice.randint(2, 15)) for _ in range(phrases)),
        "并且 2–4 词": [Asked(" ".join(each), each) for each in several],
        "不含": [Asked(f"{one} -{other}", (one,), (other,)) for one, other in pairs],
        "一个字": quoted(piece(1) for _ in range(20)),
        "两个字": quoted(piece(2) for _ in range(60)),
        "字母数字": quoted(pieces(r"[0-9a-z]+[\u4e00-\u9fff]{1,3}", 30)),
        "带标点": quoted(pieces(r"[\u4e00-\u9fff]{2,4}[,、:《][\u4e00-\u9fff]{2,4}", 30)),
        "繁体": [Asked(f"“{one.translate(TRADITIONAL)}”", (one,)) for one in (piece(4) for _ in range(20))],
    }


def scanned(texts: list[str], asked: Asked) -> frozenset[int]:
    """The judge: a plain look through every searched text."""
    return frozenset(
        number
        for number, text in enumerate(texts, 1)
        if all(phrase in text for phrase in asked.held) and not any(phrase in text for phrase in asked.without)
    )


def least(work: Callable[[], object], clock: Callable[[], float] = time.thread_time, times: int = TIMES) -> float:
    """The least milliseconds of several times."""
    best = float("inf")
    for _ in range(times):
        began = clock()
        work()
        best = min(best, clock() - began)
    return best * 1000


# --- the engine and its peers -----------------------------------------------------------------------------------------


@dataclass
class Engine:
    """``ask`` answers a page, ``all`` every document."""

    name: str
    ask: Callable[[Asked], object]
    all: Callable[[Asked], frozenset[int]]
    built: float
    size: int
    clock: Callable[[], float] = time.thread_time


def ours(entries: list[Entry], folder: Path) -> tuple[Engine, Index, Snapshot]:
    index = Index(folder)
    began = time.process_time()
    with index.writing() as writer:
        for at in range(0, len(entries), 500):
            writer.put(entries[at : at + 500])
            for entry in entries[at : at + 500]:
                entry.__dict__.pop("folded", None)  # the searched texts are not kept by whoever indexes
        writer.commit(len(entries))
    built = time.process_time() - began
    snapshot = index.snapshot()
    assert snapshot is not None
    trees = {}

    def tree(asked: Asked):  # type: ignore[no-untyped-def]
        if asked not in trees:
            trees[asked] = read(asked.typed).tree
        return trees[asked]

    engine = Engine(
        "有据 tantivy",
        lambda asked: snapshot.search(tree(asked), OWNER, limit=PAGE),
        lambda asked: snapshot.documents(tree(asked), OWNER),
        built, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
    )  # fmt: skip
    return engine, index, snapshot


def fts5(texts: list[str], file: Path) -> Engine:
    """SQLite FTS5 without contents, over the same tokens; ten best, not counted."""
    database = sqlite3.connect(file)
    database.execute("PRAGMA synchronous=OFF")
    database.execute("PRAGMA journal_mode=OFF")
    database.execute(
        "CREATE VIRTUAL TABLE found USING fts5(t, content='',"
        " tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\")"
    )
    began = time.process_time()
    rows = ((number, tokens(text)) for number, text in enumerate(texts, 1))
    database.executemany("INSERT INTO found(rowid, t) VALUES (?, ?)", rows)
    database.commit()
    built = time.process_time() - began

    def phrase(text: str) -> str:
        held = tokens(text).split()
        held, begun = (held[:-1], "") if len(held) > 1 else (held, "*")
        return '"' + " ".join(held).replace('"', '""') + f'"{begun}'

    def match(asked: Asked) -> str:
        held = " AND ".join(map(phrase, asked.held))
        return f"({held}) NOT ({' OR '.join(map(phrase, asked.without))})" if asked.without else held

    best = f"SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank LIMIT {PAGE}"
    return Engine(
        "SQLite FTS5",
        lambda asked: database.execute(best, (match(asked),)).fetchall(),
        lambda asked: frozenset(
            row[0] for row in database.execute("SELECT rowid FROM found WHERE found MATCH ?", (match(asked),))
        ),
        built, file.stat().st_size,
    )  # fmt: skip


@contextmanager
def postgresql(texts: list[str]) -> Iterator[Engine | None]:
    """GIN over the same pairs and single characters, and LIKE on the text: in a database that is dropped afterwards."""
    import psycopg

    found = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "house" / "postgres.py")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    url = found.stdout.strip()
    if not url:
        print(f"PostgreSQL 没有量：{(found.stderr.strip().splitlines() or ['连不上'])[-1]}")
        yield None
        return
    name = f"youju_bench_{os.getpid()}"
    with psycopg.connect(url, dbname="postgres", autocommit=True) as above:
        above.execute(f"CREATE DATABASE {name}")
        try:
            with psycopg.connect(url, dbname=name, autocommit=True) as connection:
                yield _gin(connection, texts)
        finally:
            above.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _gin(connection, texts: list[str]) -> Engine:  # type: ignore[no-untyped-def]
    connection.execute("CREATE TABLE found (id int PRIMARY KEY, body text, pairs text[])")
    began = time.time()
    with connection.cursor().copy("COPY found FROM STDIN") as copy:
        for number, text in enumerate(texts, 1):
            pairs = set(tokens(text).split())
            copy.write_row((number, text.replace("\x00", ""), list(pairs | {pair[0] for pair in pairs})))
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute("SET plan_cache_mode = force_custom_plan")
    connection.execute("SET enable_seqscan = off")  # it thinks too well of reading all
    connection.execute("CREATE INDEX ON found USING gin (pairs)")
    connection.execute("VACUUM ANALYZE found")
    built = time.time() - began
    size = connection.execute("SELECT pg_total_relation_size('found')").fetchone()[0]

    def where(asked: Asked) -> tuple[str, list[object]]:
        clauses, values = [], []
        for phrases, kind in ((asked.held, ""), (asked.without, "NOT ")):
            for phrase in phrases:
                some = [pair for _, pair in cover(phrase, lambda _: 1)] if len(phrase) > 1 else [phrase]
                clauses.append(f"{kind}(pairs @> %s AND body LIKE %s)")
                values += [some, f"%{phrase}%"]
        return " AND ".join(clauses), values

    def rows(asked: Asked, limit: str = "") -> list[tuple[int]]:
        clause, values = where(asked)
        return connection.execute(f"SELECT id FROM found WHERE {clause}{limit}", values, prepare=True).fetchall()  # type: ignore[no-any-return]

    return Engine(
        "PostgreSQL GIN",
        lambda asked: rows(asked, f" LIMIT {PAGE}"),
        lambda asked: frozenset(row[0] for row in rows(asked)),
        built, size, time.perf_counter,
    )  # fmt: skip


# --- measuring --------------------------------------------------------------------------------------------------------


def examine(engine: Engine, forms: dict[str, list[Asked]], truths: dict[Asked, frozenset[int]]) -> dict[str, Told]:
    told = {}
    for form, asked in forms.items():
        told[form] = Told()
        for one in asked:
            told[form].exact += engine.all(one) == truths[one]
            told[form].times.append(least(lambda one=one: engine.ask(one), engine.clock))  # type: ignore[misc]
        mine = told[form]
        print(
            f"  {engine.name} {form}：{mine.part(50):.3f} / {mine.part(99):.2f}，{mine.exact}/{len(asked)} 准",
            flush=True,
        )
    return told


def memory(folder: Path, forms: dict[str, list[Asked]]) -> str:
    """What a process has taken that opened the index and answered every question."""
    typed = "\n".join(asked.typed for form in forms.values() for asked in form)
    done = subprocess.run(
        [sys.executable, __file__, "--answer", str(folder)],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def answer(folder: Path) -> None:
    """Answers the questions of standard input, and says how much memory that took. The index is mapped, not read in."""
    snapshot = Index(folder).snapshot()
    assert snapshot is not None
    for typed in sys.stdin.read().splitlines():
        snapshot.search(read(typed).tree, OWNER, limit=PAGE, facets=FACETS)
    status = Path("/proc/self/status")
    told = dict(re.findall(r"(VmRSS|RssAnon):\s+(\d+)", status.read_text())) if status.exists() else {}
    print(*(int(told.get(name, 0)) // 1024 for name in ("VmRSS", "RssAnon")))


def entries_of(documents: Iterable[tuple[str, str]], *, first: int = 1) -> list[Entry]:
    return [
        Entry(number, ALL, SITE, number, Path(title).stem[:40], (), text, 2000 + number % 25, f"g{number % 12}",
              f"s{number % 9}", ("own", "superior", "web", "bought")[number % 4])
        for number, (title, text) in enumerate(documents, first)
    ]  # fmt: skip


def goal(name: str, value: float) -> str:
    return f"目标 ≤ {GOALS[name]:g}，{'达到' if value <= GOALS[name] else '没有达到'}"


def table(engines: list[Engine], forms: dict[str, list[Asked]], told: dict[str, dict[str, Told]], scan: float) -> None:
    print(f"\n{'':14}{'问':>4}  " + "".join(f"{engine.name + ' p50/p99 毫秒（准）':<36}" for engine in engines))
    for form, asked in forms.items():
        cells = [
            f"{one.part(50):.3f} / {one.part(99):.2f}（{one.exact}/{len(asked)}）"
            for one in (told[engine.name][form] for engine in engines)
        ]
        print(f"{form:<14}{len(asked):>4}  " + "".join(f"{cell:<40}" for cell in cells))
    mine = told[engines[0].name]["短语 2–15 字"]
    for engine in engines[1:]:
        other = told[engine.name]["短语 2–15 字"]
        print(
            f"短语比 {engine.name}：p50 快 {other.part(50) / mine.part(50):.0f} 倍，p99 快 {other.part(99) / mine.part(99):.0f} 倍"
        )
    print(f"短语比内存里整个看一遍（{scan:.0f} 毫秒）：p50 快 {scan / mine.part(50):,.0f} 倍")
    print(
        f"短语 p50 {mine.part(50):.3f} 毫秒，{goal('p50', mine.part(50))}；p99 {mine.part(99):.2f}，{goal('p99', mine.part(99))}"
    )


def beside(
    snapshot: Snapshot, index: Index, entries: list[Entry], forms: dict[str, list[Asked]], more: list[Entry]
) -> None:
    """What stands around a question: a reader's limits, facets, sentences; documents that are new."""
    asked = [read(one.typed) for one in forms["短语 2–15 字"][:100]]
    median = [
        sorted(least(lambda one=one, work=work: work(one.tree)) for one in asked)[len(asked) // 2]  # type: ignore[misc]
        for work in (
            lambda tree: snapshot.search(tree, NOBODY, limit=20),
            lambda tree: snapshot.search(tree, OWNER, limit=20, facets=FACETS),
        )
    ]
    print(f"无权读者 p50 {median[0]:.3f} 毫秒；连同四种分面 {median[1]:.3f}")
    texts = {entry.document: entry.body for entry in entries}
    pages = [(one, [texts[hit.document] for hit in snapshot.search(one.tree, OWNER).hits]) for one in asked[:20]]
    shown = sum(least(lambda page=page: [snippet(page[0], text) for text in page[1]]) for page in pages)  # type: ignore[misc]
    print(f"20 条的句子和标记：{shown / len(pages):.1f} 毫秒一页")
    query = asked[0]
    direct = least(
        lambda: search(query, OWNER, snapshot, lambda _: Changes([one.document for one in more], more)), times=3
    )
    print(f"有 {len(more)} 篇还没进索引时查一次：{direct:.0f} 毫秒（已折叠）")
    wall, cpu = time.time(), time.process_time()
    with index.writing() as writer:
        writer.put(more)
        writer.commit(len(entries) + len(more))
    fresh = index.snapshot()
    assert fresh is not None
    took = time.time() - wall
    print(
        f"{len(more)} 篇新的进索引：{time.process_time() - cpu:.1f} CPU 秒，{took:.1f} 秒后查得到，{goal('more', took)}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="量素材库的查找")
    parser.add_argument("--characters", type=int, default=90_000_000)
    parser.add_argument("--phrases", type=int, default=300)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-postgresql", action="store_true")
    parser.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.answer:
        answer(given.answer)
        return 0
    characters, phrases = (3_000_000, 100) if given.quick else (given.characters, given.phrases)
    documents = list(library(characters))
    entries = entries_of(documents)
    print(f"{words(characters)}；共 {len(entries):,} 篇 {sum(len(text) for _, text in documents):,} 字")
    folder = Path(tempfile.mkdtemp(prefix="youju-bench-"))
    try:
        mine, index, snapshot = ours(entries, folder / "search")
        say_built(mine, characters)
        texts = [entry.folded.text for entry in entries]
        for entry in entries:
            entry.__dict__.pop("folded")
        forms = questions(texts, phrases=phrases)
        scans = [least(lambda one=one: scanned(texts, one), times=1) for one in forms["短语 2–15 字"][:10]]  # type: ignore[misc]
        truths = {one: scanned(texts, one) for form in forms.values() for one in form}
        engines, told = [mine], {mine.name: examine(mine, forms, truths)}
        if not given.no_peers:
            engines.append(fts5(texts, folder / "fts5.sqlite"))
            say_built(engines[-1], characters)
            told[engines[-1].name] = examine(engines[-1], forms, truths)
        if not given.no_peers and not given.no_postgresql:
            with postgresql(texts) as peer:
                if peer:
                    engines.append(peer)
                    say_built(peer, characters)
                    told[peer.name] = examine(peer, forms, truths)
        table(engines, forms, told, sorted(scans)[len(scans) // 2])
        taken, own = map(int, memory(folder / "search", forms).split())
        print(f"答完所有问题的进程占 {taken} MB（其中自己的 {own} MB，其余是映射的索引），{goal('memory', taken)}")
        beside(snapshot, index, entries, forms, entries_of(documents[-1000:], first=len(entries) + 1))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def say_built(engine: Engine, characters: int) -> None:
    told = "秒（时钟）" if engine.clock is time.perf_counter else "CPU 秒"
    judged = f"，{goal('index', engine.built)}" if engine.name.startswith("有据") and characters >= 90_000_000 else ""
    print(
        f"建索引 {engine.name}：{engine.built:.1f} {told}，{engine.size / characters:.2f} 字节一字{judged}", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
