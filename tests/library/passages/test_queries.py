"""What is told of a text, and to whom: as the library stands at this moment, whether it was followed or not."""

from datetime import date

import pytest

from tests.cast import Cast, standing_cast
from tests.library.making import AT, DAY, document
from youju.library.documents.actions import remove
from youju.library.documents.values import Span
from youju.library.entitlements.values import Reader
from youju.library.handed.actions import keep_handed
from youju.library.models import HandedText
from youju.library.passages.asking import Asker, asker, has_texts
from youju.library.passages.following import follow
from youju.library.passages.queries import every_row, find_passages, rows_of
from youju.library.passages.values import AsideKind
from youju.people.models import Unit

pytestmark = pytest.mark.django_db

COPIED = "春耕时节把农资送到村口，一户一户问缺什么、要多少，当天登记当天配送"
OTHER = "夏粮收购期间仓库每晚留人值守，早晚各查一遍温湿度并写进台账备查"
TEXT = f"一年来，{COPIED}。此外，{OTHER}！"


def hand_in(unit: Unit, text: str, *, submission: int, title: str = "述职报告", day: date = DAY) -> HandedText:
    return keep_handed(
        unit=unit, submission=submission, year=day.year, title=title, handed_on=day, text=text, by=None, at=AT
    )


def told(asking: Asker, text: str = TEXT, *, everything: bool = False) -> list[str]:
    return [text[one.start : one.end] for one in find_passages(asking, text, everything=everything).passages]


@pytest.fixture(params=["followed", "newer", "half"])
def bring(request: pytest.FixtureRequest) -> object:
    """Whether the store has followed: an answer is the same either way. ``half``: only what came first."""

    def brought(*, first: bool = False) -> None:
        if request.param == "followed" or (first and request.param == "half"):
            follow()

    return brought


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def test_a_passage_with_its_sources_the_earliest_first(bring) -> None:
    document(f"后来的。{COPIED}，还有后文", title="后来的", dated=date(2026, 5, 1))
    bring(first=True)
    document(f"不知何时。{COPIED}", title="没有日期")
    document(f"先写的{COPIED[:20]}", title="先写的", year=2024)
    bring()
    found = find_passages(asker(None, on=DAY), TEXT)
    (passage,) = found.passages
    assert TEXT[passage.start : passage.end] == COPIED
    assert [place.source.title for place in passage.places] == ["先写的", "后来的", "没有日期"]
    assert [place.length for place in passage.places] == [19, 30, 30]  # commas are no characters of a run
    assert found.summary == "相同 1 段 30 字"


def test_a_list_is_cut_and_its_count_is_whole(bring) -> None:
    for number in range(4):
        document(f"第{number}篇：{COPIED}")
    bring()
    (passage,) = find_passages(asker(None, on=DAY), TEXT, cap=3).passages
    assert (len(passage.places), passage.texts, passage.unlisted) == (3, 4, 1)
    (passage,) = find_passages(asker(None, on=DAY), TEXT, everything=True, cap=3).passages
    assert len(passage.places) == 4


def test_what_was_taken_out_is_told_no_more(bring) -> None:
    row = document(COPIED)
    bring(first=True)
    remove(document=row, by=None, at=AT)
    bring()
    assert told(asker(None, on=DAY)) == []
    assert not has_texts(asker(None, on=DAY))


def test_a_restricted_span_is_told_to_who_reads_it_and_to_nobody_else(cast: Cast, bring) -> None:
    before, after = "公开的前半句写到这里为止，接着是后半句", "后半句接着前半句往下写，一直写到结尾"
    whole = f"{before}{COPIED}{after}"
    row = document(whole, restricted=(Span(len(before), len(before) + len(COPIED)),))
    bring()
    open_to, closed_to = Reader(scopes=None, opened=frozenset({row.pk})), Reader(scopes=None)
    reports = HandedText.objects.none()
    assert told(Asker(open_to, reports)) == [COPIED]
    assert told(Asker(closed_to, reports)) == []
    # Across the span the permitted text reads on, and only for who has no right: never both readings.
    across = f"{before}{after}"
    (one,) = find_passages(Asker(closed_to, reports), across).passages
    assert (one.length, one.texts) == (sum(map(str.isalnum, across)), 1)
    assert [one.texts for one in find_passages(Asker(open_to, reports), across).passages] == [1, 1]
    for reader, least in ((open_to, len(before) + len(COPIED)), (closed_to, len(before))):
        asking = Asker(reader, reports)
        row_of = rows_of(asking, find_passages(asking, after))[0]
        assert row_of.source_start == least


def test_a_document_of_another_unit_is_as_if_it_did_not_exist(cast: Cast, bring) -> None:
    document(COPIED, unit=cast.other)
    bring()
    assert told(asker(cast.other_clerk, on=DAY)) == [COPIED]
    for user in (cast.clerk, cast.superior, cast.stranger):
        assert told(asker(user, on=DAY)) == []
        assert not has_texts(asker(user, on=DAY))


def test_who_reads_no_library_is_told_nothing_of_it(cast: Cast, bring) -> None:
    document(COPIED)
    bring()
    assert told(asker(cast.member, on=DAY)) == [COPIED]
    assert told(asker(cast.stranger, on=DAY)) == [] and not has_texts(asker(cast.stranger, on=DAY))


def test_reports_handed_in_are_told_to_who_reads_them(cast: Cast, bring) -> None:
    hand_in(cast.branch, f"我们{COPIED}", submission=1)
    bring(first=True)
    hand_in(cast.other, f"别人{OTHER}", submission=2)
    bring()
    assert told(asker(cast.clerk, on=DAY)) == [COPIED]
    assert told(asker(cast.superior, on=DAY)) == [COPIED, OTHER]
    assert told(asker(cast.superior, on=DAY, apart=1)) == [OTHER]  # a report is not compared with itself
    assert told(asker(cast.member, on=DAY)) == []
    place = find_passages(asker(cast.superior, on=DAY, apart=1), TEXT).passages[0].places[0]
    assert (place.source.document, place.source.unit, place.source.year) == (None, cast.other.short_name, 2026)


class TestAside:
    FORMULA = "坚持以习近平新时代中国特色社会主义思想为指导"

    def test_formulas_titles_and_names_alone_are_no_passage(self, bring) -> None:
        title = "青禾县供销社系统党的建设工作情况通报"
        text = f"{self.FORMULA}，落实《关于新形势下党内政治生活的若干准则》，见{title}。"
        document(f"甲：{self.FORMULA}。乙：《关于新形势下党内政治生活的若干准则》。丙，{title}", title=title)
        bring()
        found = find_passages(asker(None, on=DAY), text)
        assert found.passages == ()
        assert {one.kind for one in found.aside} == {AsideKind.TITLE, AsideKind.QUOTED, AsideKind.FORMULA}
        quoted = next(one for one in found.aside if one.kind is AsideKind.QUOTED)
        assert text[quoted.start : quoted.end] == "《关于新形势下党内政治生活的若干准则》"
        assert len(told(asker(None, on=DAY), text, everything=True)) == 3

    def test_a_copied_passage_stays_whole_with_the_formula_in_it(self, bring) -> None:
        copied = f"{COPIED}，{self.FORMULA}，{OTHER}"
        document(copied)
        bring()
        assert told(asker(None, on=DAY), f"前面。{copied}") == [copied]

    def test_a_short_name_in_the_middle_hides_no_copied_sentence(self, bring) -> None:
        before, after = "利用周五下午组织全体同志", "随后每人写下一段自己的话"
        assert len(before) == len(after) == 12
        for name in ("《党章》", "不忘初心、牢记使命"):
            document(f"甲{before}{name}{after}乙")
        bring()
        short, formula = f"{before}《党章》{after}", f"{before}不忘初心牢记使命{after}"
        assert told(asker(None, on=DAY), f"丙{short}。丁{formula}。") == [short, formula]

    def test_formulas_with_a_few_words_between_are_no_passage(self, bring) -> None:
        copied = f"始终{self.FORMULA}，带头做到深刻领悟“两个确立”的决定性意义，自觉坚定拥护“两个确立”、坚决做到“两个维护”，把学习"
        document(f"甲{copied}乙")
        bring()
        assert told(asker(None, on=DAY), f"丙{copied}丁") == []
        assert told(asker(None, on=DAY), f"丙{copied}丁", everything=True) == [copied]

    def test_a_short_title_sets_nothing_aside(self, bring) -> None:
        document(COPIED, title="农资")
        bring()
        assert told(asker(None, on=DAY)) == [COPIED]


def test_rows_say_where_a_run_stands_in_both_texts(bring) -> None:
    stored = f"摘　录：\n{COPIED[:25]} {COPIED[25:]}。\n另：{COPIED[:15]}"
    document(stored, path="甲/一.txt")
    document(stored, path="甲/二.txt")  # the same words are one document with two files
    bring()
    asking = asker(None, on=DAY)
    found = find_passages(asking, TEXT)
    (listed,) = rows_of(asking, found)
    assert found.unlisted == 1  # the shorter run in the same text
    assert (listed.path, listed.source.document) == ("甲/一.txt", listed.source.key // 4)
    assert TEXT[listed.start : listed.end] == COPIED
    assert stored[listed.source_start : listed.source_end] == f"{COPIED[:25]} {COPIED[25:]}"
    rows = every_row(asking, TEXT)
    assert [(row.path, row.length) for row in rows] == [
        ("甲/一.txt", 14), ("甲/二.txt", 14), ("甲/一.txt", 30), ("甲/二.txt", 30),
    ]  # fmt: skip
    assert stored[rows[0].source_start : rows[0].source_end] == COPIED[:15]


def test_places_count_characters_of_all_planes(bring) -> None:
    stored = f"𠀀𠀁。{COPIED}"
    document(stored)
    bring()
    asking = asker(None, on=DAY)
    (row,) = rows_of(asking, find_passages(asking, TEXT))
    assert stored[row.source_start : row.source_end] == COPIED
