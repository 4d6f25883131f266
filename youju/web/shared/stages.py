"""The shape by which a unit of study is marked."""

from __future__ import annotations

from youju.study.units.values import Stage

MARKS = {Stage.LATE: "late", Stage.NOW: "half", Stage.AHEAD: "plan", Stage.DONE: "done"}
