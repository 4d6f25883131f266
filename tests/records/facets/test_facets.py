"""形式、专题、面向、结合业务、学习材料: written with the record, corrected with it, said on paper, and never of a person."""

from __future__ import annotations

import io
import json
from datetime import date

import docx
import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.journal.models import Revision
from youju.kit.datafile import DataFault
from youju.kit.refusal import Refusal
from youju.records.activities import actions
from youju.records.activities.models import Session
from youju.records.activities.onpaper import record_docx
from youju.records.activities.queries import record_of, with_parts
from youju.records.activities.values import ActivityDraft
from youju.records.facets.queries import known_words
from youju.records.facets.rules import read_words, say_words
from youju.records.facets.values import Facet, Facets, read_lists
from youju.records.sources.actions import correct_source, enter_source
from youju.records.sources.models import Source
from youju.records.sources.queries import offered, register_of
from youju.records.sources.rules import read_all, read_said, say
from youju.records.sources.values import Said, SourceDraft
from youju.upkeep.mentions import Mention, mentions
from youju.upkeep.verify import faults

DAY = date(2026, 3, 20)
LATER = make.moment(date(2026, 4, 1))
TOLD = Facets(forms=("watching",), topics=("党的二十大精神", "土托新规"), groups=("young",), business=("春耕保供",))
READ = (Said("青禾读本", "第一章"), Said("县里的通知"))


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def record(cast: Cast, **more: object) -> Session:
    return make.activity(cast.branch, "group_study", DAY, facets=TOLD, studied=READ, **more)


def whole(session: Session) -> Session:
    return with_parts(Session.objects.filter(pk=session.pk)).get()


@pytest.mark.django_db
class TestOnTheRecord:
    def test_they_are_kept_under_one_name_and_said_by_theirs(self, cast: Cast) -> None:
        found = record_of(whole(record(cast)))
        assert found.facets == Facets(("watching",), ("二十大精神", "土托新规"), ("young",), ("春耕保供",))
        assert found.told == [
            ("活动形式", "观看影像"), ("专题", "二十大精神、土托新规"), ("面向", "青年党员"), ("结合业务", "春耕保供"),
            ("学习材料", "《青禾读本》第一章；《县里的通知》"),
        ]  # fmt: skip
        assert known_words(cast.branch, Facet.TOPIC)[-1] == "土托新规"
        assert faults() == []

    def test_they_are_corrected_with_the_record_and_every_revision_keeps_its_own(self, cast: Cast) -> None:
        session = record(cast)
        draft = ActivityDraft(
            kinds=("group_study",), title=session.title, starts_at=session.starts_at, ends_at=session.ends_at,
            roster=make.everyone(cast.branch, ("group_study",), DAY), facets=Facets(topics=("廉政",)),
        )  # fmt: skip
        actions.correct_activity(session=session, draft=draft, revision=1, reason="专题写错了", by=None, at=LATER)
        assert record_of(whole(session)).told == [("专题", "廉政")]
        first, second = Revision.objects.filter(noun="session", object_id=session.pk).order_by("number")
        assert [facet for facet, _ in json.loads(first.body)["facets"]] == [
            "form",
            "topic",
            "topic",
            "group",
            "business",
        ]
        assert json.loads(second.body)["facets"] == [["topic", ""]]
        assert faults() == []

    def test_a_record_without_them_reads_as_before_there_were_any(self, cast: Cast) -> None:
        session = make.activity(cast.branch, "group_study", DAY)
        body = json.loads(Revision.objects.get(noun="session", object_id=session.pk).body)
        assert not {"facets", "studied"} & body.keys()

    def test_they_stand_on_the_paper(self, cast: Cast) -> None:
        document = docx.Document(io.BytesIO(record_docx(whole(record(cast)))))
        text = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
        assert "土托新规" in text and "《青禾读本》第一章" in text and "青年党员" in text

    @pytest.mark.parametrize(
        ("given", "field", "said"),
        [
            ({"facets": Facets(forms=("dancing",))}, "form", "重新选择"),
            ({"facets": Facets(groups=("rich",))}, "group", "重新选择"),
            ({"facets": Facets(topics=("长" * 31,))}, "topic", "最多 30 字"),
            ({"facets": Facets(business=tuple(map(str, range(13))))}, "business", "最多写 12 个"),
            ({"studied": tuple(Said(f"第{n}本") for n in range(13))}, "sources", "最多写 12 份"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_beside_its_field(self, cast: Cast, given, field: str, said: str) -> None:
        with pytest.raises(Refusal, match=said) as caught:
            make.activity(cast.branch, "group_study", DAY, **given)
        assert caught.value.field == field
        assert not Session.objects.exists() and not Source.objects.exists()


@pytest.mark.django_db
class TestRegister:
    def test_a_text_first_met_in_a_record_is_entered_and_found_again(self, cast: Cast) -> None:
        record(cast)
        make.activity(cast.branch, "group_study", date(2026, 4, 3), studied=(Said("青禾读本", "第二章"),))
        gone = make.activity(cast.branch, "group_study", date(2026, 4, 9), studied=(Said("青禾读本", "第二章"),))
        actions.remove_activity(session=gone, reason="记重了", by=None, at=make.moment(date(2026, 4, 10)))
        book = next(one for one in register_of(cast.branch) if one.source.title == "青禾读本")
        assert [(part.title, [number for number, _ in part.sessions]) for part in book.parts] == [
            ("第一章", ["2026-学习-01"]), ("第二章", ["2026-学习-02"]),
        ]  # fmt: skip
        assert (book.read, len(book.sessions)) == (2, 2)
        assert Said("青禾读本", "第二章") in offered(cast.branch)
        assert faults() == []

    def test_a_reading_list_tells_how_far_one_has_come(self, cast: Cast) -> None:
        draft = SourceDraft("《青禾读本》", "book", date(2015, 1, 1), "县委", ("第一章", "第二章", "第三章"))
        source = enter_source(unit=cast.branch, draft=draft, by=None, at=make.START)
        record(cast)
        (book,) = [one for one in register_of(cast.branch) if one.source.pk == source.pk]
        assert (book.kind, book.read, len(book.parts)) == ("原著", 1, 3)
        less = SourceDraft("青禾读本", "book", date(2015, 1, 1), "县委", ("第二章",))
        source.refresh_from_db()
        with pytest.raises(Refusal, match="已经学过"):
            correct_source(source=source, draft=less, revision=source.revision, reason="减", by=None, at=LATER)
        kept = SourceDraft("青禾新读本", "book", None, "", ("第二章", "第一章"))
        correct_source(source=source, draft=kept, revision=source.revision, reason="换了版本", by=None, at=LATER)
        assert record_of(whole(Session.objects.get())).studied == READ  # what was written then stays as it was
        assert faults() == []

    @pytest.mark.parametrize(
        ("draft", "field"),
        [
            (SourceDraft(""), "title"),
            (SourceDraft("甲", "song"), "kind"),
            (SourceDraft("甲", issued_on=date(2027, 1, 1)), "issued_on"),
            (SourceDraft("甲", parts=("一", "一")), "parts"),
            (SourceDraft("甲", origin="长" * 61), "origin"),
            (SourceDraft("青禾读本"), "title"),
        ],
    )
    def test_a_wrong_entry_is_refused(self, cast: Cast, draft: SourceDraft, field: str) -> None:
        enter_source(unit=cast.branch, draft=SourceDraft("青禾读本"), by=None, at=make.START)
        with pytest.raises(Refusal) as caught:
            enter_source(unit=cast.branch, draft=draft, by=None, at=LATER)
        assert (caught.value.field, Source.objects.count()) == (field, 1)


class TestWords:
    def test_a_cell_is_read_as_it_is_said(self) -> None:
        assert read_words("直播、观影", Facet.FORM) == ("live", "watching")
        assert say_words(("live", "watching"), Facet.FORM) == "网络直播、观看影像"
        assert read_words("党的二十大；土托新规，二十大精神", Facet.TOPIC) == ("二十大精神", "土托新规")
        with pytest.raises(Refusal, match="不认识面向“富人”"):
            read_words("富人", Facet.GROUP)

    @pytest.mark.parametrize("said", ["《党章》总纲", "党章 · 总纲", "《党章》·总纲", "《党章》：总纲"])
    def test_a_part_may_be_written_in_several_ways(self, said: str) -> None:
        assert read_said(said) == Said("党章", "总纲")
        assert say(read_said(said)) == "《党章》总纲"

    def test_several_texts_stand_in_one_cell(self) -> None:
        assert read_all("《甲》、《乙》二；丙\n《甲》") == (Said("甲"), Said("乙", "二"), Said("丙"))

    def test_a_word_that_means_two_things_stops_the_start(self, tmp_path) -> None:
        path = tmp_path / "facets.yaml"
        path.write_text(
            "forms:\n  - {id: a, zh: 甲}\n  - {id: b, zh: 乙, words: 甲}\ngroups: []\ntopics: []\n", encoding="utf-8"
        )
        with pytest.raises(DataFault, match="第3行"):
            read_lists(path)


@pytest.mark.django_db
def test_a_name_in_a_text_that_is_studied_is_found_before_somebody_is_forgotten(cast: Cast) -> None:
    draft = SourceDraft("柯某事迹读本", parts=("柯某在河湾村",))
    source = enter_source(unit=cast.branch, draft=draft, by=None, at=make.START)
    session = make.activity(
        cast.branch, "group_study", DAY, facets=Facets(topics=("学习柯某",)), studied=(Said("柯某事迹读本"),)
    )
    assert mentions("柯某") == [
        Mention("学习材料", cast.branch.pk, source.number), Mention("记录", cast.branch.pk, session.number),
    ]  # fmt: skip
