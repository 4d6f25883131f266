"""序号: numbers out of order, and one level of headings in two styles."""

from __future__ import annotations

from collections import Counter

from youju.audit.layout import SHOWN, Item, items
from youju.audit.values import Finding, Looked


def numbering(looked: Looked) -> list[Finding]:
    """One finding a run that is out of order, and one a part whose points are numbered unlike the other parts'."""
    found = items(looked.text)
    return sorted((*_out_of_order(looked, found), *_other_style(looked, found)), key=lambda finding: finding.start)


def _out_of_order(looked: Looked, found: list[Item]) -> list[Finding]:
    return [
        _finding(
            looked,
            run[0],
            f"这一组的序号依次是{'、'.join(item.mark.rstrip('、.．') for item in run)}，没有按顺序排。",
            "请按顺序重排，或看看是不是少抄了一段。",
        )
        for run in _runs(found)
        if [item.number for item in run] != list(range(1, len(run) + 1))
    ]


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
    parts = [item for item in found if item.style == "part"]
    below = {part: _first_below(part, found) for part in parts}
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


def _first_below(part: Item, found: list[Item]) -> Item | None:
    return next((item for item in found if part.start < item.start < part.end and item.leads), None)


def _finding(looked: Looked, item: Item, message: str, advice: str) -> Finding:
    return Finding("序号", item.start, item.mark_end, looked.around(item.start, item.mark_end), message, advice)
