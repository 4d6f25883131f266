"""Underlines over a text: places may overlap, and every card leads back to one place."""

from __future__ import annotations

from youju.web.report.marks import Mark, Spot, paragraphs

TEXT = "述职报告\n一年来召开支委会12次以上，党课4次。\n\n二、存在问题\n不足。"


def spot(words: str, id: str, line: str) -> Spot:
    start = TEXT.index(words)
    return Spot(start, start + len(words), id, line)


def marked(*spots: Spot) -> list[Mark]:
    return [mark for _, marks in paragraphs(TEXT, spots) for mark in marks if mark.lines or mark.stops]


def test_the_text_is_whole_whatever_overlaps() -> None:
    spots = [
        spot("12次以上", "1", "ok"),
        spot("召开支委会12次", "f1", "f"),
        spot("以上，党课4次。\n\n二、存在", "f2", "f"),
    ]
    lines = ["".join(mark.text for mark in marks) for _, marks in paragraphs(TEXT, spots)]
    assert lines == [line for line in TEXT.split("\n") if line]


def test_a_finding_round_a_number_leaves_the_number_its_line() -> None:
    first, number, rest = marked(spot("召开支委会12次以上，党课", "f1", "f"), spot("12次以上", "1", "x"))
    assert (first.text, first.id, first.lines) == ("召开支委会", "f1", "f")
    assert (number.text, number.id, number.lines) == ("12次以上", "1", "x f")
    assert (rest.text, rest.id, rest.lines) == ("，党课", "", "f")  # the place goes on and is no second stop


def test_a_finding_on_the_number_itself_is_led_back_to_it() -> None:
    (number,) = marked(spot("12次以上", "f1", "f"), spot("12次以上", "1", "q"))
    assert (number.id, number.lines, number.stops) == ("1", "q f", ("f1",))


def test_a_place_over_several_lines_is_one_link() -> None:
    marks = marked(spot("4次。\n\n二、存在问题\n不足", "f1", "f"))
    assert [(mark.text, mark.id) for mark in marks] == [("4次。", "f1"), ("二、存在问题", ""), ("不足", "")]


def test_what_is_not_judged_has_no_line_and_no_link() -> None:
    (mark,) = marked(spot("4次", "2", "none"))
    assert (mark.id, mark.lines, mark.stops) == ("", "none", ("2",))


def test_lines_that_seem_headings_look_so() -> None:
    assert [css for css, _ in paragraphs(TEXT, [])] == ["ttl", "", "hd1", ""]
