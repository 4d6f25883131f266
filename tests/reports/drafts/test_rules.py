"""Tokens of a passage, and what differs between two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.prose.tokens import FigureToken, GapToken
from youju.reports.drafts.rules import asked, difference, joined, pieces, stray
from youju.reports.drafts.values import Part, RecordWords

TEXT = "召开支委会〔=支委会次数〕，研究〔据2026-支委-01〕“学习〔2026〕5号文”〔完〕等事项。〔缺：地点〕"
LETTERS = st.text(alphabet="一二三四召开会议。；，12〔〕=据完缺：@", max_size=40)


def test_a_passage_in_pieces() -> None:
    assert pieces(TEXT) == [
        "召开支委会", FigureToken("支委会次数"), "，研究", RecordWords("2026-支委-01", "", "“学习〔2026〕5号文”"), "等事项。", GapToken("地点"),
    ]  # fmt: skip


def test_a_record_of_another_ledger_names_it() -> None:
    assert pieces("〔据2026-党课-01·QH02〕讲课〔完〕") == [RecordWords("2026-党课-01", "QH02", "讲课")]


@given(LETTERS)
def test_pieces_together_are_the_passage(text: str) -> None:
    assert pieces(joined(pieces(text))) == pieces(text)


def test_a_token_asks_of_this_year_or_the_last() -> None:
    assert asked(FigureToken("支委会次数")) == ("支委会次数", False)
    assert asked(FigureToken("支委会次数@上年")) == ("支委会次数", True)


@pytest.mark.parametrize("slip", ["开会〔=支委会次数", "〔据2026-支委-01〕研究", "研究〔完〕", "〔=〕次"])
def test_half_a_token_is_seen(slip: str) -> None:
    assert stray(pieces(slip))


@pytest.mark.parametrize("fine", ["学习青发〔2026〕5号", TEXT, "〔〕"])
def test_other_brackets_are_words(fine: str) -> None:
    assert not stray(pieces(fine))


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("一样。", "一样。", [("same", "一样。")]),
        ("", "新的。", [("in", "新的。")]),
        ("旧的。", "", [("out", "旧的。")]),
        ("第一句。第二句。", "第一句。", [("same", "第一句。"), ("out", "第二句。")]),
        (
            "讲党课4次，参加23人。年底总结。",
            "讲党课3次，参加23人。年底总结。",
            [("same", "讲党课"), ("out", "4"), ("in", "3"), ("same", "次，参加23人。年底总结。")],
        ),
        (
            "开会〔=支委会次数〕。",
            "开会〔=党员大会次数〕。",
            [("same", "开会"), ("out", "〔=支委会次数〕"), ("in", "〔=党员大会次数〕"), ("same", "。")],
        ),
        ("甲乙丙丁。", "完全另外一句话。", [("out", "甲乙丙丁。"), ("in", "完全另外一句话。")]),
    ],
)
def test_what_went_and_what_came(old: str, new: str, parts: list[tuple[str, str]]) -> None:
    assert difference(old, new) == tuple(Part(*part) for part in parts)


@given(LETTERS, LETTERS)
def test_both_texts_can_be_read_from_their_difference(old: str, new: str) -> None:
    parts = difference(old, new)
    assert "".join(part.text for part in parts if part.kind != "in") == old
    assert "".join(part.text for part in parts if part.kind != "out") == new
    assert all(part.text for part in parts)


def test_what_repeats_itself_without_end_is_not_compared_sign_by_sign():
    old, new = "会" * 4000, "会" * 3999 + "开"
    assert difference(old, new) == (Part("out", old), Part("in", new))
    old, new = "会。" * 1000, "开。" + "会。" * 999
    assert difference(old, new) == (Part("out", old), Part("in", new))
    assert difference(old, old) == (Part("same", old),)
