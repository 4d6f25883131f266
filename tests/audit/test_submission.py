"""清稿: form is put right, content is shown, and nothing that is a person's leaves unseen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.audit.submission import CleanCopy, clean_copy, width_of, with_names

TODAY = date(2026, 11, 20)


def clean(text: str, *names: str) -> CleanCopy:
    return clean_copy(text, names=names, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("支部开会１２次,党员大会 4 次.", "支部开会12次，党员大会4次。"),
        ("时间:9:30;地点:二楼(会议室)", "时间：9:30；地点：二楼（会议室）"),
        ('他说:"先试后推"', "他说：“先试后推”"),
        ("比例9.5%,共1,250人", "比例9.5%，共1,250人"),
        ("详见https://news.example/a?b=1,2 或来信", "详见https://news.example/a?b=1,2 或来信"),
        ("用 WPS Office 编辑(v1.2)", "用 WPS Office 编辑（v1.2）"),
        ("\u3000\u3000第一段\r\n\r\n\r\n　第二段\u200b...\n", "第一段\n第二段……"),
        ("1.抓学习 2.抓作风", "1.抓学习 2.抓作风"),
        ("参加，，活动（人数见表)", "参加，活动（人数见表）"),
        ("集中学习和##paidbegin##个人自学", "集中学习和个人自学"),
        ("A,B and C.", "A,B and C."),
    ],
)
def test_form_is_put_right(typed: str, wanted: str) -> None:
    assert clean(typed).text == wanted


def test_advertisements_go_and_the_line_that_holds_nothing_else_goes_with_them() -> None:
    copy = clean("支部学习情况\n材料来自：【公众号：某某文库】\n党员到田头服务。\n【青禾素材库】——每天更新材料1000多篇")
    assert copy.text == "支部学习情况\n党员到田头服务。"
    assert "删去了广告" in copy.done and not copy.refuses


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("联系人手机13900001111。", "隐私"),
        ("身份证11010119900307123X。", "隐私"),
        ("AAA同志带头。", "占位"),
        ("到“XX”学习。", "占位"),
        ("参加人数〔缺：到会人数〕。", "缺项"),
    ],
)
def test_what_may_not_go_out_refuses_the_text_and_stays_in_it(text: str, check: str) -> None:
    copy = clean(text)
    assert check in {one.check for one in copy.refuses} and copy.text == text


def test_names_of_members_are_shown_and_hidden_only_where_somebody_says_so() -> None:
    copy = clean("周砚秋带头，沈知禾跟上，周砚秋小结。", "沈知禾", "周砚秋", "白霁")
    assert [(one.name, one.times) for one in copy.names] == [("周砚秋", 2), ("沈知禾", 1)]
    assert "周砚秋" in copy.text
    assert with_names(copy.text, {"周砚秋": False, "沈知禾": True}) == "周某某带头，沈知禾跟上，周某某小结。"


def test_a_name_within_a_longer_one_is_not_that_persons() -> None:
    copy = clean("周砚秋带头，周砚跟上，周砚秋小结。", "周砚", "周砚秋", "林朝暮", "")
    assert [(one.name, one.times) for one in copy.names] == [("周砚秋", 2), ("周砚", 1)]
    assert with_names(copy.text, {"周砚秋": True, "周砚": False}) == "周砚秋带头，周某跟上，周砚秋小结。"


def test_what_is_doubtful_is_shown_without_standing_in_the_way() -> None:
    copy = clean("一、学习\n三、作风\n参加等有关领导的会。")
    assert {one.check for one in copy.shown} >= {"序号", "缺字"} and not copy.refuses


@given(st.one_of(st.text(max_size=200), st.text('支部 ,.()12"…。:：“AX\n\u3000１（%', max_size=40)))
def test_a_text_that_is_clean_stays_as_it_is(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once
    assert width_of(once) <= 3 * max(1, len(text))
