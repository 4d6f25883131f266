"""Whose report a text is: the unit it names, or nobody's where that stays open."""

from __future__ import annotations

import pytest

from youju.audit.naming import unit_named

NAMES = [
    ("0001", "青禾县直机关工委"),
    ("00010001", "青禾县供销社机关党支部"),
    ("00010001", "供销社支部"),
    ("00010002", "柳溪镇机关党支部"),
    ("00010003", "机关党支部"),
]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("柳溪镇机关党支部2026年度述职报告\n在青禾县直机关工委领导下，……", "00010002"),
        ("2026年柳溪镇机关党支部述职报告", "00010002"),
        (
            "述职报告\n青禾县直机关工委：现将青禾县供销社机关党支部的工作报告如下。",
            "00010001",
        ),  # of both the branch is meant
        ("述职报告\n" + "做了工作。" * 90 + "\n柳溪镇机关党支部\n2026年11月20日", "00010002"),
        ("青禾县直机关工委2026年工作总结", "0001"),
        ("供销社支部述职报告", "00010001"),
        ("红河县供销社机关党支部述职报告", None),  # another's, whose name ends as one of ours
        ("柳溪镇机关党支部、青禾县供销社机关党支部联合总结", None),
        ("述职报告\n召开支委会4次。", None),
        ("", None),
    ],
)
def test_the_unit_a_text_names(text: str, path: str | None) -> None:
    assert unit_named(text, NAMES) == path


def test_two_units_of_one_name_stay_open() -> None:
    assert unit_named("机关党支部述职报告", [*NAMES, ("00020001", "机关党支部")]) is None
