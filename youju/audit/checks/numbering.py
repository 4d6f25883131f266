"""序号: numbers out of order, and one level of headings in two styles."""

from __future__ import annotations

from collections import Counter

from youju.audit.layout import SHOWN, Item, items
from youju.audit.values import Finding, Looked

LONGEST = 12  # marks of a run that are written out


def numbering(looked: Looked) -> list[Finding]:
    """One finding a run that is out of order, and one a part whose points are numbered unlike the other parts'."""
    found = items(looked.text)
    return sorted((*_out_of_order(looked, found), *_other_style(looked, found)), key=lambda finding: finding.start)


def _out_of_order(looked: Looked, found: list[Item]) -> list[Finding]:
    return [
        _finding(
            looked,
            run[0],
            f"这一组的序号依次是{_told(run)}，没有按顺序排。",
            "请按顺序重排，或看看是不是少抄了一段。",
        )
        for run in _runs(found)
        if [item.number for item in run] != list(range(1, len(run) + 1))
    ]


def _told(run: list[Item]) -> str:
    marks = "、".join(item.mark.rstrip("、.．") for item in run[:LONGEST])
    return f"{marks}……" if len(run) > LONGEST else marks


def _runs(found: list[Item]) -> list[list[Item]]:
    """Items of one style under the same heading. A new 一 begins a run; so does anything wider."""
    runs: list[list[Item]] = []
    open_runs: dict[str, list[Item]] = {}
    for item in found:
        for style in [style for style, run in open_runs.items() if run[0].rank > item.rank]:
            del open_runs[style]
        if item.number == 1 or item.style not in open_runs:
            open_runs[item.style] = []
            runs.append(open_runs[item.style])
        open_runs[item.style].append(item)
    return runs


def _other_style(looked: Looked, found: list[Item]) -> list[Finding]:
    """Of parts 一、二、三、, the first style below each: the one most of them use is the report's.

    一是 within a paragraph is a turn of speech; at the beginning of one it numbers what stands below the part.
    """
    below = _first_below(found)
    styles = Counter(item.style for item in below.values() if item)
    if len(styles) < 2:
        return []
    usual = styles.most_common(1)[0][0]
    return [
        _finding(
            looked,
            item,
            f"“{part.mark}”下面用“{SHOWN[item.style]}”编号，别的部分用“{SHOWN[usual]}”。",
            "同一层的序号请用同一种样式。",
        )
        for part, item in below.items()
        if item and item.style != usual
    ]


def _first_below(found: list[Item]) -> dict[Item, Item | None]:
    """Each part with the first item that leads a paragraph in it: one pass, a part ending where the next begins."""
    below: dict[Item, Item | None] = {}
    part: Item | None = None
    for item in found:
        if item.style == "part":
            part = item
            below[part] = None
        elif part is not None and item.leads and below[part] is None:
            below[part] = item
    return below


def _finding(looked: Looked, item: Item, message: str, advice: str) -> Finding:
    return Finding("序号", item.start, item.mark_end, looked.around(item.start, item.mark_end), message, advice)
