"""Pure judgement of contests: is one whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.study.contests.values import LONGEST_TITLE, MOST_QUESTIONS, ContestDraft


def checked_draft(draft: ContestDraft, *, today: date) -> ContestDraft:
    """The contest as it is drawn up. Raises Refusal on the field at fault."""
    title = " ".join(needed(draft.title, field="title", name="名称", most=LONGEST_TITLE).split())
    if draft.day < today:
        raise Refusal("day", "竞赛日期不能早于今天：先抽题，再比赛。")
    return replace(draft, title=title)


def check_size(size: int, *, pool: int) -> None:
    """Raises Refusal on ``size`` where there are not so many questions to draw."""
    if not pool:
        raise Refusal("size", "这个范围里还没有题目，请换一个专题或材料，或者先去题库出题。")
    most = min(pool, MOST_QUESTIONS)
    if not 1 <= size <= most:
        raise Refusal("size", f"这个范围里有 {pool} 道题，请写 1 到 {most}。")
