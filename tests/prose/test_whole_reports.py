"""The reader on whole reports of our own, marked by hand before it read them, scored as the gold is scored.

Marks stand in ``reports/*.yaml``: text; claims as [span, class, family, ledger kinds, relation, value, period]; negatives.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from youju.prose.claims import Claim, read
from youju.prose.vocabulary import FAMILIES, KINDS

FOLDER = Path(__file__).with_name("reports")
LOOSE = {"people", "org_building", "activity", "honor", "discipline", "other"}  # borders the ledger does not need


def reports() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


def load(path: Path) -> dict[str, Any]:
    body: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return body


def placed(text: str, spans: list[str]) -> list[tuple[int, int]]:
    """Where the spans stand, in the order of the text; a span of digits is not the tail of a longer number."""
    places, at = [], 0
    for span in spans:
        found = text.find(span, at)
        while found > 0 and span[0].isdigit() and re.search(r"\d[.,]?$", text[max(0, found - 2) : found]):
            found = text.find(span, found + 1)
        assert found >= 0, f"{span!r} after {text[max(0, at - 20) : at]!r}"
        places.append((found, found + len(span)))
        at = found + 1
    return places


def family(kind: str) -> str:
    return "other" if kind in LOOSE else kind


def score(path: Path, *, verbose: bool = False) -> Counter[str]:
    """Counts as those of the gold's scorer, and how often class, ledger kinds and period agree."""
    body = load(path)
    text, marks = body["text"], body["claims"]
    spots = placed(text, [str(mark[0]) for mark in marks])
    counts: Counter[str] = Counter()
    rows = [c for c in read(text) if c.class_ != "none"]
    used: set[int] = set()
    for row in rows:
        near = [i for i, (start, end) in enumerate(spots) if i not in used and start < row.end and row.start < end]
        near = [i for i in near if (marks[i][1] == "work") == (row.class_ == "work")] or near
        if not near:
            counts["predicted"] += row.class_ == "work"
            _say(verbose and row.class_ == "work", "+", path, row, None)
            continue
        best = max(near, key=lambda i: (marks[i][4] == row.relation, marks[i][5] == row.value))
        used.add(best)
        mark = marks[best]
        counts["marked"] += 1
        counts["class"] += mark[1] == row.class_
        counts["predicted"] += row.class_ == "work"
        if mark[1] != row.class_:
            _say(verbose, "!", path, row, mark)
        if mark[1] != "work" or row.class_ != "work":
            continue
        amount = mark[4] == row.relation and abs(mark[5] - row.value) <= 1e-6 * max(1.0, row.value)
        counts["span"] += 1
        counts["amount"] += amount
        counts["full"] += amount and family(mark[2]) == family(row.kind)
        counts["kinds"] += tuple(mark[3]) == row.kinds
        counts["period"] += (mark[6] or None) == (row.period.text if row.period else None)
        _say(verbose and not (amount and family(mark[2]) == family(row.kind)), "~", path, row, mark)
        _say(verbose and tuple(mark[3]) != row.kinds, "k", path, row, mark)
    for index, mark in enumerate(marks):
        counts["gold"] += mark[1] == "work"
        if verbose and index not in used:
            print("-", path.stem, *mark)
    work = [(row.start, row.end) for row in rows if row.class_ == "work"]
    for (start, end), words in zip(placed(text, list(map(str, body["negatives"]))), body["negatives"], strict=True):
        counts["negatives"] += 1
        counts["left"] += not any(s < end and start < e for s, e in work)
        if verbose and any(s < end and start < e for s, e in work):
            print("n", path.stem, words)
    return counts


def _say(wanted: bool, sign: str, path: Path, row: Claim, mark: list[Any] | None) -> None:
    if wanted:
        print(
            sign, path.stem, mark, "←", (row.text, row.class_, row.kind, row.kinds, row.relation, row.value, row.rule)
        )


def f1(hit: int, predicted: int, gold: int) -> float:
    return 2 * hit / (predicted + gold) if predicted + gold else 0.0


def figures(counts: Counter[str]) -> tuple[float, ...]:
    three = (f1(counts[name], counts["predicted"], counts["gold"]) for name in ("span", "amount", "full"))
    shares = (counts["left"] / counts["negatives"], counts["class"] / counts["marked"])
    return (*three, *shares, counts["kinds"] / counts["span"], counts["period"] / counts["span"])


@pytest.mark.parametrize("path", reports(), ids=lambda path: path.stem)
def test_the_marks_are_sound(path: Path) -> None:
    body = load(path)
    placed(body["text"], [str(mark[0]) for mark in body["claims"]])
    for _, class_, kind, kinds, *_ in body["claims"]:
        assert class_ in ("work", "state", "plan", "rule")
        assert kind in FAMILIES
        assert set(kinds) <= set(KINDS)


def test_the_scores_on_whole_reports() -> None:
    total = sum((score(path) for path in reports()), Counter[str]())
    span, amount, full, negatives, class_, kinds, period = figures(total)
    assert (span >= 0.98, amount >= 0.98, full >= 0.92, negatives >= 0.98) == (True,) * 4, (
        span,
        amount,
        full,
        negatives,
    )
    assert (class_ >= 0.98, kinds >= 0.96, period >= 0.9) == (True,) * 3, (class_, kinds, period)


if __name__ == "__main__":
    whole: Counter[str] = Counter()
    for each in reports():
        whole += score(each, verbose=True)
    print("span amount full negatives class kinds period:", " ".join(f"{x:.3f}" for x in figures(whole)))
