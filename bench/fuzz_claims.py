"""Looks for texts that break or slow the claims reader, guided by coverage. Run by hand; no part of the test suite.

    python3 -m pip install --target var/atheris --no-deps atheris        # Linux, Python 3.11 to 3.13
    PYTHONPATH=var/atheris .venv/bin/python -m bench.fuzz_claims 300     # seconds; 300 when left out

A text is a fault when the reader raises, when a claim's offsets do not give its words, or when reading takes more than
SLOWEST seconds of CPU beyond PER_CHARACTER for each character. The slowest text so far is printed as it is met.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

atheris: Any = import_module("atheris")

with atheris.instrument_imports(include=["youju.prose"]):
    from youju.prose.claims import read

SLOWEST, PER_CHARACTER = 0.25, 200e-6  # instrumented code is some ten times slower than the reader in use
WORDS = """支部 召开 支委会 12 一 次 每月 每 半 年 季度 按 。 ， 、 （ ） 《 》 “ ” " : ; 余 多 来 近 超 万 亿 元 % 百分之 三分之
至 - ~ 第 xx * 各 共 其中 分别 没有 如果 若 即 + 占 由 到 应 将 下一步 现有 应当 一、 （一） 存在问题： 制度 党员 名 户 个 走访 解决 问题
十 百 两 成 半数 2026年 以来 1 0 . , ４ ##paidbegin## 为 把 岁 字 天 小时 人次 意识形态 专题研究 平均 年龄 计划 学习 党课 同志 报到"""
PIECES = (*WORDS.split(), "\n", " ", "\t", "\x00", "\u202e")
_worst = (0.0, 0, "")
_runs = 0


def text_of(data: bytes) -> str:
    """Half of the bytes choose words of reports, the others any characters; a high first byte repeats the text."""
    feed = atheris.FuzzedDataProvider(data)
    parts: list[str] = []
    times = (1, 1, 1, 8, 64)[feed.ConsumeIntInRange(0, 4)]
    while feed.remaining_bytes() and len(parts) < 400:
        choice = feed.ConsumeIntInRange(0, len(PIECES) + 8)
        parts.append(PIECES[choice] if choice < len(PIECES) else feed.ConsumeUnicodeNoSurrogates(3))
    return "".join(parts) * times


def try_one(data: bytes) -> None:
    global _worst, _runs
    text = text_of(data)
    began = time.process_time()
    claims = read(text)
    spent = time.process_time() - began
    _runs += 1
    if text and spent / len(text) > _worst[0] and len(text) > 200:
        _worst = (spent / len(text), len(text), text[:80])
        print(f"第 {_runs} 篇：每字 {_worst[0] * 1e6:.0f} 微秒（{_worst[1]} 字）：{_worst[2]!r}", flush=True)
    if spent > SLOWEST + PER_CHARACTER * len(text):
        raise RuntimeError(f"{spent:.2f} CPU seconds for {len(text)} characters: {text[:200]!r}")
    for claim in claims:
        if text[claim.start : claim.end] != claim.text or len(claim.sentence) > 200 or not claim.rule:
            raise RuntimeError(f"a claim that does not hold: {json.dumps(claim.as_row(), ensure_ascii=False)}")


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    corpus = Path(tempfile.mkdtemp(prefix="youju-fuzz-"))
    arguments = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={seconds}",
        "-max_len=600",
        "-print_final_stats=1",
        f"-artifact_prefix={corpus}/",
    ]
    atheris.Setup(arguments, try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
