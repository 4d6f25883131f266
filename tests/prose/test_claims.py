"""What holds for every claim: offsets, sentence length, rows, periods, shared numbers; and the bound on hostile text."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youju.kit.periods import Period
from youju.prose.claims import Claim, read
from youju.prose.vocabulary import FAMILIES, KINDS

REPORT = """某某供销社机关党支部述职报告
一、履职情况
今年以来，支部召开支委会12次、党员大会4次，讲党课4次。坚持每月开展1次主题党日。
走访群众60余户,收集意见18条,解决问题15个。培训党员近100人次，投入资金3.5万元。
二、存在的问题
一是全年研讨只有2次。
三、下一步打算
每月召开1次支委会，发展党员3名。
"""


def one(text: str) -> Claim:
    (claim,) = (c for c in read(text) if c.class_ == "work")
    return claim


def test_offsets_are_those_of_the_text_as_given() -> None:
    for claim in read(REPORT):
        assert REPORT[claim.start : claim.end] == claim.text


def test_offsets_hold_across_markers_spaces_and_invisible_characters() -> None:
    text = "\ufeff支部##paidbegin##召开 支委会\u200b 1 2 次,党员大会 4 次。##paidend##"
    claims = [c for c in read(text) if c.class_ == "work"]
    assert [text[c.start : c.end] for c in claims][-1] == "4 次"
    assert claims[-1].kinds == ("party_meeting",)


def test_classes_follow_the_sections() -> None:
    classes = [c.class_ for c in read(REPORT)]
    assert classes == ["work"] * 9 + ["state", "plan", "plan"]


def test_a_row_has_the_fixed_order() -> None:
    row = one("支部召开支委会12次。").as_row()
    assert list(row) == [
        "start", "end", "text", "class", "kind", "kinds", "activity", "relation", "value", "value_max", "unit", "period", "sentence",
    ]  # fmt: skip
    assert (row["kinds"], row["class"], row["sentence"]) == (["committee_meeting"], "work", "支部召开支委会12次。")


def test_every_claim_names_the_rule_that_decided() -> None:
    assert all(c.rule for c in read(REPORT))


def test_a_sentence_is_at_most_200_characters() -> None:
    text = "支部认真开展各项工作，" * 60 + "召开支委会12次" + "，扎实推进落实" * 60 + "。"
    claim = one(text)
    assert len(claim.sentence) <= 200
    assert "召开支委会12次" in claim.sentence


def test_a_sentence_that_spaces_stretch_is_cut_around_the_claim() -> None:
    text = (
        " ".join("支部认真开展各项工作并且扎实推进落实" * 6)
        + " 召 开 支 委 会 1 2 次 ， "
        + " ".join("干部作风进一步转变" * 10)
    )
    claims = [c for c in read(text) if c.kinds == ("committee_meeting",)]
    assert [(c.value, c.text in c.sentence, len(c.sentence) <= 200) for c in claims] == [(12, True, True)]


def test_kinds_and_families_are_those_of_the_vocabulary() -> None:
    for claim in read(REPORT):
        assert claim.kind in FAMILIES
        assert set(claim.kinds) <= set(KINDS)


@pytest.mark.parametrize(
    ("text", "sort", "period"),
    [
        ("全年召开支委会12次。", "this_year", Period.year(2026)),
        ("2025年，召开支委会12次。", "named_year", Period.year(2025)),
        ("2025年以来，召开支委会12次。", "span", Period(date(2025, 1, 1), date(2026, 11, 30))),
        ("今年以来，召开支委会12次。", "span", Period(date(2026, 1, 1), date(2026, 11, 30))),
        ("去年召开支委会12次。", "last_year", Period.year(2025)),
        ("上半年召开支委会6次。", "half", Period.half(2026, 1)),
        ("第三季度召开支委会3次。", "quarter", Period.quarter(2026, 3)),
        ("2026年5月召开支委会2次。", "month", Period.month(2026, 5)),
        ("1至6月召开支委会6次。", "months", Period(date(2026, 1, 1), date(2026, 6, 30))),
        ("去年12月召开支委会1次。", "month", Period.month(2025, 12)),
        ("去年三季度召开支委会3次。", "quarter", Period.quarter(2025, 3)),
        ("2025年12月召开支委会1次。", "month", Period.month(2025, 12)),
        ("九月召开支委会1次。", "month", Period.month(2026, 9)),
        ("9月，召开支委会1次。", "month", Period.month(2026, 9)),
        ("上年度召开支委会12次。", "last_year", Period.year(2025)),
        ("今年3月以来，召开支委会8次。", "span", Period(date(2026, 3, 1), date(2026, 11, 30))),
        ("截至6月底，召开支委会6次。", "to_date", Period(date(2026, 1, 1), date(2026, 6, 30))),
        ("6月底前召开支委会6次。", "to_date", Period(date(2026, 1, 1), date(2026, 6, 30))),
        ("3月、4月召开支委会2次。", "months", Period(date(2026, 3, 1), date(2026, 4, 30))),
        ("5月上旬召开支委会1次。", "day", Period(date(2026, 5, 1), date(2026, 5, 10))),
        ("2月28日召开支委会1次。", "day", Period(date(2026, 2, 28), date(2026, 2, 28))),
    ],
)
def test_periods(text: str, sort: str, period: Period) -> None:
    phrase = one(text).period
    assert phrase is not None
    assert phrase.sort == sort
    assert phrase.resolve(year=2026, until=date(2026, 11, 30)) == period


def test_a_day_that_does_not_exist_resolves_to_nothing() -> None:
    phrase = one("2月30日召开支委会1次。").period
    assert phrase is not None
    assert phrase.resolve(year=2026, until=date(2026, 11, 30)) is None


AROUND = "年初 年底 今年底 2025年年底 岁末年初 七一前夕 “七一”前夕 春节前 国庆期间 中秋、国庆前后 换届以来 主题教育期间 近三年 5月底 节前"


@pytest.mark.parametrize("words", AROUND.split())
def test_a_time_whose_days_nobody_can_know_resolves_to_nothing(words: str) -> None:
    phrase = one(f"{words}召开支委会1次。").period
    assert phrase is not None
    assert (phrase.sort, phrase.inexact) == ("around", True)
    assert phrase.resolve(year=2026, until=date(2026, 11, 30)) is None
    assert phrase.within(year=2026) is not None


@pytest.mark.parametrize("words", ["3月、9月", "3月和9月", "3、6、9月", "3月、6月以及9月分别"])
def test_months_that_do_not_touch_are_no_run_of_days(words: str) -> None:
    phrase = one(f"{words}召开支委会2次。").period
    assert phrase is not None
    assert (phrase.sort, phrase.resolve(year=2026, until=date(2026, 11, 30))) == ("scattered", None)
    assert phrase.within(year=2026) == Period(date(2026, 3, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    "text", ["9月开始整改，召开支委会2次。", "3月、9月换届，召开支委会2次。", "年初定下计划，召开支委会2次。"]
)
def test_a_month_of_another_verb_is_only_nearby(text: str) -> None:
    claim = one(text)
    assert claim.period is None
    assert claim.nearby is not None


@pytest.mark.parametrize(
    "text", ["2023年初中教育走访5户。", "年终考核3次。", "每三月召开支委会1次。", "一月一主题开展主题党日12次。"]
)
def test_what_only_looks_like_a_month_or_the_end_of_a_year(text: str) -> None:
    period = one(text).period
    assert period is None or period.sort == "named_year"


@pytest.mark.parametrize(
    ("text", "said", "kinds"),
    [
        ("多次召开支委会。", "多次", ["committee_meeting"]),
        ("支委会召开了多次。", "多次", ["committee_meeting"]),
        ("开展走访慰问数次。", "数次", ["visit"]),
        ("若干次集中学习。", "若干次", ["group_study"]),
        ("数十次主题党日。", "数十次", ["theme_day"]),
        ("举办多场宣讲。", "多场", ["outreach"]),
        ("每月数十次走访。", "每月数十次", ["visit"]),
    ],
)
def test_an_amount_without_a_bound_is_shown_without_a_number(text: str, said: str, kinds: list[str]) -> None:
    [row] = [claim.as_row() for claim in read(text)]
    assert (row["text"], row["class"], row["relation"], row["value"], row["kinds"]) == (
        said,
        "none",
        "vague",
        None,
        kinds,
    )
    assert [claim.rule for claim in read(text)] == ["vague_amount"]


@pytest.mark.parametrize(
    "text", ["多次强调纪律。", "将多次召开支委会。", "没有多次召开支委会。", "20多次支委会。", "《多次召开支委会》。"]
)
def test_what_is_not_an_amount_without_a_bound(text: str) -> None:
    assert [claim for claim in read(text) if claim.relation == "vague"] == []


def test_who_gave_the_lecture_stays_in_the_activity() -> None:
    texts = ["我讲党课1次。", "我先后讲党课1次。", "我在“七一”前夕讲党课1次。", "我们讲党课1次。", "支部讲党课1次。"]
    assert [one(text).activity for text in texts] == ["我讲党课", "我讲党课", "我讲党课", "讲党课", "讲党课"]


def test_resolutions_are_not_the_meetings_they_came_of() -> None:
    meetings, resolutions = read("专题研究意识形态工作2次，形成决议29项。")
    assert (meetings.kinds, resolutions.kinds, resolutions.activity) == (("ideology_study",), (), "形成决议")


def test_a_period_holds_through_its_paragraph_and_no_further() -> None:
    claims = [c for c in read("今年以来，召开支委会12次。召开党员大会4次。\n讲党课2次。") if c.class_ == "work"]
    assert [c.period.text if c.period else None for c in claims] == ["今年以来", "今年以来", None]


def test_another_number_in_the_same_words_is_read_as_that_number() -> None:
    for count in (1, 7, 12, 29, 101):
        assert one(f"全年共开展固定学习日、主题党日和党员活动日{count}余次。").value == count


HOSTILE = {
    "digits": "1" * 1_000_000,
    "chinese digits": "一" * 333_000,
    "scales": "十百千万" * 83_000,
    "rhythms": "每月每季度" * 66_000,
    "counted rhythms": "每月1次" * 90_000,
    "short lines": "1次\n" * 200_000,
    "bidi and nul": "\u202e\x00一次" * 90_000,
    "spaces": " " * 1_000_000,
    "quotes": "“" * 333_000,
    "straight quotes": '"' * 1_000_000,
    "titles": "《" * 333_000,
    "decimals": "1." * 500_000,
    "thousands": "1，234，" * 90_000,
    "ranges": "1至" * 250_000,
    "hundredths": "百分之" * 110_000,
    "headings": "一、下一步\n" * 60_000,
    "thousands parted by spaces": "1 000 " * 160_000,
    "digits parted by spaces": "件 1 0 " * 100_000,
    "leads": "存在问题：1名\n" * 45_000,
    "one lead": "存在问题：" + "共1次。" * 90_000,
    "one period": "今年以来，" + "共1次。" * 90_000,
    "cells": "会1%\n" * 140_000,
    "formulas": "1+1+N即1名、" * 60_000,
    "suppositions": "如果每提高1个，" * 45_000,
    "markers": "##paidbegin##" * 75_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_linear_time(name: str) -> None:
    text = HOSTILE[name][: len(HOSTILE[name]) // 3]  # bench/claims.py reads the whole megabyte
    quarter, whole = _cpu(text[: len(text) // 4]), _cpu(text)
    assert whole <= 20  # a bound on CPU time that only a quadratic rule would break
    assert whole <= 8 * quarter + 1  # four times the text, about four times the work


def _cpu(text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began


PIECES = st.sampled_from(
    ["支部", "召开", "支委会", "12", "一", "次", "每月", "每", "半", "年", "。", "，", "、", "（", "）", "《", "“", "”", '"', "\n", " ", "余", "近", "万", "元",
     "%", "百分之", "三分之一", "至", "-", "第", "xx", "*",
     "##paidbegin##", "\x00", "\u202e", "2026年", "以来", "下一步", "应当", "共有", "名", "党员", "各", "1.5"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    at = 0
    for claim in read(text):
        assert at <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end] == claim.text
        assert len(claim.sentence) <= 200
        at = claim.start


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_characters_break_the_reader(text: str) -> None:
    for claim in read(text):
        assert text[claim.start : claim.end] == claim.text
