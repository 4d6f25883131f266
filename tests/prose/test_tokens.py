"""Tokens in passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.prose.tokens import FigureToken, GapToken, Piece, join, split


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("没有记号。", ["没有记号。"]),
        ("开展主题党日〔=主题党日次数〕。", ["开展主题党日", FigureToken("主题党日次数"), "。"]),
        ("〔缺：会议地点〕", [GapToken("会议地点")]),
        ("〔缺:会议地点〕", [GapToken("会议地点")]),
        ("〔=甲〕〔缺：乙〕", [FigureToken("甲"), GapToken("乙")]),
        ("〔=没有写完", ["〔=没有写完"]),
        ("〔一〕不是记号", ["〔一〕不是记号"]),
    ],
)
def test_split(text: str, pieces: list[Piece]) -> None:
    assert split(text) == pieces


@given(st.text(alphabet="〔〕=缺：:甲乙。 \n", max_size=60))
def test_splitting_again_changes_nothing(text: str) -> None:
    assert split(join(split(text))) == split(text)
