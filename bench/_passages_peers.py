"""Other ways to ask the same of the same texts. Packages are put into an environment of their own that is thrown away;
one that cannot be had is named with the reason. What would take too long is asked of a part and scaled, and says so.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from youju.library.passages.engine.form import folded

PACKAGES = ("copydetect", "datasketch")
PAIRWISE = 100  # documents compared one by one, scaled to all
WINDOWS = 150  # windows asked of the word index, scaled to all of a report
INDEXED = 9_000_000  # characters in the word index
LONGEST = 600  # seconds a package may take

COPYDETECT = """
import json, sys, time
from pathlib import Path
from copydetect import CodeFingerprint, compare_files
reports, copies, texts, folder = json.load(open(sys.argv[1], encoding="utf-8"))
folder = Path(folder)
def of(name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return CodeFingerprint(str(file), 13, 1, filter=False, encoding="utf-8")
began = time.process_time()
prints = [of(f"{n}.txt", text) for n, text in enumerate(texts)]
built = time.process_time() - began
asked = [of(f"r{n}.txt", text) for n, text in enumerate(reports)]
began = time.process_time()
hits = [[n for n, known in enumerate(prints) if compare_files(report, known)[0] > 0] for report in asked]
spent = (time.process_time() - began) / len(asked)
right = sum(source in hit for sources, hit in zip(copies, hits) for source in sources)
print(json.dumps([built / len(texts), spent / len(texts), right, sum(map(len, copies))]))
"""

DATASKETCH = """
import json, sys, time
from datasketch import MinHash, MinHashLSH
reports, copies, texts, _ = json.load(open(sys.argv[1], encoding="utf-8"))
def of(text):
    found = MinHash(num_perm=128)
    found.update_batch({text[n : n + 7].encode() for n in range(len(text) - 6)})
    return found
index = MinHashLSH(threshold=0.5, num_perm=128)
began = time.process_time()
for n, text in enumerate(texts):
    index.insert(n, of(text))
built = time.process_time() - began
began = time.process_time()
hits = [index.query(of(report)) for report in reports]
spent = (time.process_time() - began) / len(reports)
right = sum(source in hit for sources, hit in zip(copies, hits) for source in sources)
print(json.dumps([built / len(texts), spent, right, sum(map(len, copies))]))
"""


def letters(text: str) -> str:
    return "".join(map(folded, text))


def peers(texts: list[str], reports: list[str], planted: list[list[str]], folder: Path) -> None:
    """Asks each of them for the same planted copies."""
    few = reports[:4]
    sources = [[n for n, text in enumerate(texts) if any(c in text for c in copies)] for copies in planted[:4]]
    there = sorted({n for some in sources for n in some[:10]})[:PAIRWISE]
    there += [n for n in range(len(texts)) if n not in set(there)][: max(0, PAIRWISE - len(there))]
    known = [[there.index(n) for n in some if n in there] for some in sources]
    given = folder / "peers.json"
    folder.joinpath("peers").mkdir()
    content = [[letters(text) for text in few], known, [letters(texts[n]) for n in there], str(folder / "peers")]
    given.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    python = environment(folder / "venv")
    for name, script in (("copydetect", COPYDETECT), ("datasketch", DATASKETCH)):
        answer = run(python, name, script, given)
        if isinstance(answer, str):
            print(f"  {name}：未量，{answer}")
            continue
        each, spent, right, all_ = answer
        if name == "copydetect":
            print(
                f"  copydetect（k=13，逐篇比）：一份报告 {spent * len(texts):.1f} CPU 秒（比了 {len(there)} 篇，按 {len(texts):,} "
                f"篇折算），建指纹 {each * len(texts):.0f} 秒（折算），来源 {right}/{all_}"
            )
        else:
            print(
                f"  datasketch MinHashLSH（128，7 字，0.5）：一份报告 {spent * 1000:.1f} ms（库里只有 {len(there)} 篇），"
                f"建 {each * len(texts):.0f} 秒（折算），只认整篇，来源 {right}/{all_}"
            )
    word_index(texts, few[0])


def environment(place: Path) -> dict[str, Path | str]:
    """Each package with the Python that has it, or why none has."""
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(place)], capture_output=True, encoding="utf-8", check=False
    )
    if made.returncode:
        return dict.fromkeys(PACKAGES, "建不了一次性环境")
    found: dict[str, Path | str] = {}
    for package in PACKAGES:
        command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", package]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        said = [line for line in done.stderr.splitlines() if line.strip()]
        found[package] = f"装不上（{said[-1] if said else done.returncode}）" if done.returncode else python
    return found


def run(python: dict[str, Path | str], package: str, script: str, given: Path) -> list[float] | str:
    """What a package answers, or why it does not."""
    if isinstance(place := python[package], str):
        return place
    try:
        done = subprocess.run(
            [str(place), "-c", script, str(given)],
            capture_output=True, encoding="utf-8", errors="replace", timeout=LONGEST, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"超过 {LONGEST} 秒"
    except subprocess.CalledProcessError as failed:
        return f"运行失败（{(failed.stderr.strip().splitlines() or ['没有说明'])[-1]}）"
    answer: list[float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def word_index(texts: list[str], report: str) -> None:
    """SQLite's index of trigrams, asked for each window of thirteen characters as a phrase: which documents have it."""
    base = sqlite3.connect(":memory:")
    try:
        base.execute("create virtual table texts using fts5(body, tokenize='trigram', detail=full)")
    except sqlite3.OperationalError as failed:
        print(f"  FTS5：未量，{failed}")
        return
    taken = 0
    began = time.process_time()
    for text in texts:
        body = letters(text)
        base.execute("insert into texts values (?)", (body,))
        taken += len(body)
        if taken >= INDEXED:
            break
    built = time.process_time() - began
    asked = letters(report)
    places = range(0, len(asked) - 12, max(1, (len(asked) - 12) // WINDOWS))
    began = time.process_time()
    for place in places:
        base.execute("select rowid from texts where texts match ?", (f'"{asked[place : place + 13]}"',)).fetchall()
    spent = (time.process_time() - began) / len(places) * (len(asked) - 12)
    print(
        f"  FTS5 三字索引，每 13 字一问：一份报告 {spent:.2f} CPU 秒（问了 {len(places)} 个窗口，按 {len(asked) - 12:,} 个折算；"
        f"库里只有 {taken:,} 字），建 {built:.1f} 秒，只答篇目不答位置"
    )
    base.close()
