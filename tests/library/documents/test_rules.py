"""One document, two readings: with its restricted spans and without."""

import hypothesis.strategies as st
from hypothesis import given

from youju.library.documents.rules import permitted_reading, sections_in, whole_reading
from youju.library.documents.values import Section, Span

WHOLE = "一、做法\n全年开展主题党日十二次。二、打算\n继续做好。"


def test_without_the_span_the_sentence_reads_on_as_if_nothing_had_stood_there():
    at = WHOLE.index("主题党日")
    reading = permitted_reading(WHOLE, [Span(at, at + 4)])
    assert reading.text == "一、做法\n全年开展十二次。二、打算\n继续做好。"
    assert reading.to_whole(reading.text.index("十二次")) == WHOLE.index("十二次")
    assert reading.from_whole(at + 2) == reading.text.index("十二次")


def test_the_tree_of_a_reading_names_nothing_that_is_kept_back():
    tree = [Section(0, 19, 1, "一、做法"), Section(WHOLE.index("二、"), len(WHOLE), 1, "二、打算")]
    cut = WHOLE.index("二、")
    reading = permitted_reading(WHOLE, [Span(cut, len(WHOLE))])
    assert [one.heading for one in sections_in(reading, tree)] == ["一、做法"]
    assert [one.heading for one in sections_in(whole_reading(WHOLE), tree)] == ["一、做法", "二、打算"]


def test_a_heading_cut_in_two_is_told_as_far_as_it_may_be_read():
    reading = permitted_reading("一、做法和打算\n正文", [Span(4, 7)])
    assert sections_in(reading, [Section(0, 10, 1, "一、做法和打算")]) == [Section(0, 7, 1, "一、做法")]


def test_a_hidden_heading_parts_nothing_and_the_section_before_runs_on():
    whole = "一、做法\n走访农户。\n二、暗处\n暗中的话。看得到的话。\n三、打算\n再走一遍。"
    two, three = whole.index("二、"), whole.index("三、")
    tree = [
        Section(0, two, 1, "一、做法"),
        Section(two, three, 1, "二、暗处"),
        Section(three, len(whole), 1, "三、打算"),
    ]
    reading = permitted_reading(whole, [Span(two, whole.index("看"))])
    assert [(one.heading, reading.text[one.start : one.end]) for one in sections_in(reading, tree)] == [
        ("一、做法", "一、做法\n走访农户。\n看得到的话。\n"), ("三、打算", "三、打算\n再走一遍。"),
    ]  # fmt: skip
    reading = permitted_reading(whole, [Span(two, two + 2)])
    assert [one.heading for one in sections_in(reading, tree)] == ["一、做法", "三、打算"]


SPANS = st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30)).map(lambda pair: Span(min(pair), max(pair))))


@given(st.text(max_size=25), SPANS)
def test_every_character_kept_is_found_again_in_the_whole(whole, spans):
    reading = permitted_reading(whole, spans)
    hidden = {at for span in spans for at in range(span.start, span.end)}
    kept = [at for at in range(len(whole)) if at not in hidden]
    assert reading.text == "".join(whole[at] for at in kept)
    assert [reading.to_whole(at) for at in range(len(reading.text))] == kept
    assert [reading.from_whole(at) for at in kept] == list(range(len(kept)))
    for at in hidden:
        assert reading.from_whole(at) == sum(place < at for place in kept)


@given(st.text(min_size=1, max_size=12), SPANS, st.integers(0, 11), st.integers(1, 12))
def test_a_stretch_is_held_where_nothing_of_it_is_kept_back(whole, spans, start, size):
    start = min(start, len(whole) - 1)
    end = min(start + size, len(whole))
    hidden = {at for span in spans for at in range(span.start, span.end)}
    assert permitted_reading(whole, spans).holds(start, end) is hidden.isdisjoint(range(start, end))
