"""A text made to hurt costs every check work in proportion to its length: calls are counted, not seconds."""

import sys
from random import Random

import pytest

from tests.audit.looking import look
from youju.audit.checks import CHECKS

SHORT, LONG = 1500, 6000
SLACK = 4000  # calls that do not grow with the text: reading data files, compiling patterns
CHANCE = Random(7)


def _words() -> str:
    return "".join(chr(CHANCE.randrange(0x4E00, 0x9FA5)) for _ in range(9))


def _problems(length: int) -> str:
    point = [f"一是{_words()}。\n" for _ in range(length // 24)]
    return "一、存在问题\n" + "".join(point) + "二、下步打算\n" + "".join(reversed(point))


HURT = {
    "digits": lambda n: "1" * n,
    "points": lambda n: "（一）" * (n // 3),
    "lines": lambda n: "一、\n" * (n // 3),
    "upside down": lambda n: "".join(f"（{mark}）\n" for mark in "三二一" * (n // 12)),
    "I": lambda n: "述职报告\n" + "我" * n,
    "one kind": lambda n: "2023年述职报告\n" + "支委会" * (n // 3),
    "one number": lambda n: "召开支委会12次。" * (n // 9),
    "numbers": lambda n: "".join(f"召开支委会{i}次以上。" for i in range(1, n // 11)),
    "telephones": lambda n: "电话13800138000、" * (n // 14),
    "advertisements": lambda n: "微信公众号，" * (n // 6),
    "places": lambda n: "x村禾县" * (n // 4),
    "absolutes": lambda n: "全覆盖" * (n // 3),
    "open quotes": lambda n: "“" * n,
    "blanks": lambda n: "AAA，" * (n // 4),
    "problems": lambda n: _problems(6 * n),  # below the most that are compared the work may grow faster
}


def calls(check, looked) -> int:
    """How many calls of any function the check makes; a quadratic slice is one call, so the texts have many pieces."""
    count = 0

    def counted(*_) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        check(looked)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", HURT)
def test_work_grows_no_faster_than_the_text(text):
    short, long = look(HURT[text](SHORT)), look(HURT[text](LONG))
    for check in CHECKS:
        check(short)  # what is kept for later is made now
        few, many = calls(check, short), calls(check, long)
        assert many <= 6 * few + SLACK, f"{check.__name__}: {few} → {many}"


def test_a_run_out_of_order_is_not_written_out_in_full():
    numbering = next(check for check in CHECKS if check.__name__ == "numbering")
    (found,) = numbering(look("二、学习\n" * 500))
    assert len(found.message) < 80
    assert "……" in found.message
