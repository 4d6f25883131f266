"""Pure judgement about a project: how it stands, and how its sub-goals are written in lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from youju.records.projects.values import AimDraft, Stage
from youju.records.steps.values import Pace

COLON = re.compile("[：:]")


def stage(*, until: date | None, done_on: date | None, stopped_on: date | None, steps: Pace, on: date) -> Stage:
    """What is due today is not late yet."""
    if done_on is not None and done_on <= on:
        return Stage.DONE
    if stopped_on is not None and stopped_on <= on:
        return Stage.STOPPED
    return Stage.LATE if steps.late or (until is not None and until < on) else Stage.GOING


def aims_in(lines: str) -> tuple[AimDraft, ...]:
    """One sub-goal a line: 名称：内容."""
    found = []
    for line in lines.splitlines():
        name, _, text = COLON.sub("：", line.strip(), count=1).partition("：")
        if name.strip():
            found.append(AimDraft(name.strip(), text.strip()))
    return tuple(found)


def aim_lines(aims: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}：{text}" if text else name for name, text in aims)
