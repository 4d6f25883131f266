"""What the two reports the project began with give a check to find. They are read where they lie and never copied."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from youju.audit.queries import audit_text
from youju.audit.values import Finding

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="没有两份原始报告（../shared/seeds）")

STUDY, COOPERATIVE = "000", "003"
#: report, check, words of the finding or of its place; how often at least
HELD = [
    (STUDY, "底线", "合计28次", 1),
    (STUDY, "前后不一", "25次", 1),
    (STUDY, "主体", "中心组", 1),
    (STUDY, "主体", "两委班子", 1),
    (STUDY, "主体", "村级换届", 1),
    (STUDY, "约数", "12次以上", 1),
    (STUDY, "合计", "12次以上", 1),
    (STUDY, "合计", "支委会", 1),
    (STUDY, "漏写", "谈心谈话", 1),
    (STUDY, "漏写", "党课", 1),
    (STUDY, "绝对", "全覆盖", 2),
    (STUDY, "绝对", "未出现违纪违法", 1),
    (STUDY, "绝对", "不失察", 1),
    (STUDY, "问题无措施", "碎片化", 1),
    (STUDY, "问题无措施", "入耳不入脑", 1),
    (STUDY, "措施不落实", "责任人和时限", 1),
    (STUDY, "期间", "近年来", 1),
    (STUDY, "占位", "AAA", 4),
    (STUDY, "占位", "XX", 1),
    (STUDY, "缺字", "参加等有关领导", 1),
    (STUDY, "缺字", "公报》重要讲话精神", 1),
    (STUDY, "缺字", "公开讲话", 1),
    (STUDY, "序号", "一是、三是、二是、三是", 1),
    (STUDY, "序号", "“一是”编号", 1),
    (STUDY, "人称", "没有出现“我”", 1),
    (STUDY, "套话", "没有数字", 1),
    (STUDY, "隐私", "联系方式", 2),
    (STUDY, "广告", "公众号", 1),
    (COOPERATIVE, "约数", "20余次", 1),
    (COOPERATIVE, "合计", "20余次", 1),
    (COOPERATIVE, "无数", "谈心谈话", 1),
    (COOPERATIVE, "无数", "意识形态", 1),
    (COOPERATIVE, "无数", "培训", 1),
    (COOPERATIVE, "无数", "科技下乡", 1),
    (COOPERATIVE, "问题无措施", "兼职的党务工作者", 1),
    (COOPERATIVE, "占位", "AAA", 1),
    (COOPERATIVE, "占位", "“x”", 2),
    (COOPERATIVE, "隐私", "宿城", 1),
    (COOPERATIVE, "序号", "“一是”编号", 1),
]
HELD += [
    (report, "漏写", matter, 1)
    for report in (STUDY, COOPERATIVE)
    for matter in ("党员大会", "组织生活会", "民主评议", "党费", "党小组会", "发展党员")
]
HELD += [(report, "上年整改", "没有写上年问题", 1) for report in (STUDY, COOPERATIVE)]


@cache
def findings(report: str) -> tuple[Finding, ...]:
    text = next(SEEDS.glob(f"{report}_*.txt")).read_text(encoding="utf-8")
    return audit_text(text, unit=None, today=date(2026, 11, 20), year=2023).findings


@pytest.mark.parametrize(("report", "check", "words", "times"), HELD)
def test_each_statement_of_the_domain_is_found(report: str, check: str, words: str, times: int) -> None:
    found = [f for f in findings(report) if f.check == check and (words in f.message or words in f.quote)]
    assert len(found) >= times, [f.message for f in findings(report) if f.check == check]


def test_what_is_in_order_is_not_pointed_at() -> None:
    assert not [f for f in findings(COOPERATIVE) if f.check in ("人称", "期间", "主体", "前后不一", "绝对", "缺字")]
    assert not [f for f in findings(COOPERATIVE) if f.check == "漏写" and "谈心谈话" in f.message]
