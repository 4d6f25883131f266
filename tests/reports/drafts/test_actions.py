"""A draft is composed once, written on, brought up to date by hand, made final and handed in."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.report.ledger import TODAY, busy_year
from youju.journal.models import Line, Revision, Seal
from youju.journal.queries import breaks
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.records.activities.actions import remove_activity
from youju.records.activities.values import AgendaDraft, ResolutionDraft
from youju.records.models import Session, Submission
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import ProblemDraft, Source
from youju.records.submissions.queries import submissions_in
from youju.records.submissions.queries import torn as torn_submissions
from youju.reports.drafts import actions
from youju.reports.drafts.models import Alternative, Citation, CitedRow, Draft, Passage
from youju.reports.drafts.paper import docx_of
from youju.reports.drafts.queries import cited_in, drift, sheet_of, torn
from youju.reports.drafts.values import Status, TextDraft
from youju.reports.queries import report_of
from youju.store.queries import read

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)
LATER = date(2026, 12, 1)


@pytest.fixture
def cast() -> Cast:
    return busy_year()


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return started(cast)


def started(cast: Cast) -> Draft:
    return actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=cast.clerk, at=AT)


def passage_with(draft: Draft, words: str) -> Passage:
    return draft.passages.filter(text__contains=words).get()


def save(passage: Passage, text: str, *, base: int | None = None) -> Alternative | None:
    base = passage.version if base is None else base
    return actions.edit_passage(passage=passage, draft=TextDraft(text, base), by=None, at=AT)


def refused(call: Callable[[], object], field: str) -> str:
    rows = Revision.objects.count(), Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()
    assert rows == (Revision.objects.count(), Line.objects.count())
    assert caught.value.field == field
    return caught.value.sentence


def one_more_meeting(cast: Cast) -> Session:
    return make.activity(cast.branch, "committee_meeting", date(2026, 11, 25), title="研究年终总结")


class TestStarting:
    def test_it_reads_as_the_composed_report_does(self, cast: Cast, draft: Draft) -> None:
        report = report_of(cast.branch, 2026, as_of=TODAY)
        sheet = sheet_of(draft)
        assert [p.text for p in sheet.passages] == list(report.paragraphs())
        assert [c.text for c in sheet.citations] == [c.text for c in report.citations]
        assert [c.number for c in sheet.citations] == list(range(1, len(report.citations) + 1))
        assert sheet.shares() == report.shares()
        assert torn_free()

    def test_figures_and_told_words_stand_as_tokens(self, draft: Draft) -> None:
        text = passage_with(draft, "〔=支委会次数〕").text
        assert "〔据2026-支委-" in text and "〔完〕" in text

    def test_started_again_it_is_the_same_one(self, cast: Cast, draft: Draft) -> None:
        assert started(cast).pk == draft.pk
        assert Draft.objects.count() == 1

    def test_a_citation_names_its_records_with_their_revisions(self, draft: Draft) -> None:
        citation = Citation.objects.get(figure="支委会次数")
        assert (citation.shown, citation.value, citation.rows) == ("11次", 11, 11)
        assert citation.numbers == [f"2026-支委-{n:02d}" for n in range(1, 12)]
        assert set(citation.cited.values_list("noun", "revision")) == {("activity", 1)}
        assert len(citation.tag) <= 64
        assert "截至2026-11-20" in citation.question

    def test_beyond_500_records_it_keeps_count_and_digest(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("youju.reports.drafts.actions.citing.MOST_ROWS", 10)
        started(cast)
        citation = Citation.objects.get(figure="支委会次数")
        assert (citation.rows, citation.numbers, citation.cited.count()) == (11, [], 0)
        assert citation.digest


class TestWriting:
    def test_a_token_is_answered_when_it_is_saved(self, draft: Draft) -> None:
        passage = passage_with(draft, "履行抓基层党建")
        save(passage, "全年召开党员大会〔=党员大会次数〕，形成决议〔=决议件数〕。")
        assert sheet_of(draft).passages[0].text == "全年召开党员大会3次，形成决议11项。"
        assert torn_free()

    def test_a_figure_that_stays_keeps_its_answer_and_its_tag(self, cast: Cast, draft: Draft) -> None:
        kept = Citation.objects.get(figure="支委会次数")
        one_more_meeting(cast)
        passage = passage_with(draft, "〔=支委会次数〕")
        save(passage, "今年开了支委会〔=支委会次数〕。")
        citation = passage.citations.get()
        assert (citation.pk, citation.shown, citation.tag) == (kept.pk, "11次", kept.tag)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("开会〔=支委会次〕。", "没有“支委会次”这个指标，是不是“支委会次数”？"),
            ("开会〔=支委会次数。", "“〔=支委会次数。”写得不完整"),
            (" ", "请写这一段的文字。"),
            ("长" * 4001, "这一段的文字最多 4000 字"),
            ("〔据2026-支委-99〕研究〔完〕", "台账里没有 2026-支委-99 这条记录"),
            ("〔据2026-支委-01〕讲了二十次〔完〕", "不是 2026-支委-01 里的原话"),
        ],
    )
    def test_what_cannot_be_resolved_is_said_beside_the_text(self, draft: Draft, text: str, said: str) -> None:
        passage = passage_with(draft, "履行抓基层党建")
        assert said in refused(lambda: save(passage, text), "text")

    def test_words_of_a_record_may_be_told_anew(self, cast: Cast, draft: Draft) -> None:
        passage = passage_with(draft, "履行抓基层党建")
        save(passage, "会上〔据2026-支委-01〕研究春耕农资供应〔完〕。")
        session = Session.objects.get(number="2026-支委-01")
        assert passage.cited.get().session_id == session.pk

    def test_of_a_record_of_another_ledger_its_head_alone_is_quoted(self, cast: Cast, draft: Draft) -> None:
        roster = tuple(entry for unit in (cast.other, cast.branch) for entry in make.everyone(unit, ("visit",), TODAY))
        item = AgendaDraft("议定修渠五处", resolutions=(ResolutionDraft("同意修渠五处"),))
        held = make.activity(
            cast.other, "visit", date(2026, 11, 5), title="两支部看粮库", roster=roster, agenda=(item,), outcome="修渠五处见效",
            joining_unit_ids=(cast.branch.pk,),
        )  # fmt: skip
        passage = passage_with(draft, "履行抓基层党建")
        cited = f"据{held.number}·{cast.other.code}"
        for words in ("修渠五处见效", "议定修渠五处", "同意修渠五处"):
            said = refused(lambda words=words: save(passage, f"会上〔{cited}〕{words}〔完〕。"), "text")  # type: ignore[misc]
            assert "原话" in said
        save(passage, f"参加了〔{cited}〕两支部看粮库〔完〕。")
        assert passage.cited.get().session_id == held.pk

    def test_nothing_known_is_a_gap_and_not_0(self) -> None:
        cast = standing_cast()
        draft = started(cast)
        passage = draft.passages.filter(level=0).first()
        assert passage is not None
        save(passage, "召开党员大会〔=党员大会次数〕。")
        assert "〔缺：党员大会次数没有记录〕" in sheet_of(draft).text
        assert passage.citations.get().value is None

    def test_the_same_text_again_is_no_change(self, draft: Draft) -> None:
        passage = passage_with(draft, "履行抓基层党建")
        save(passage, "改过。")
        before = Revision.objects.count()
        save(passage, "改过。")  # its base is old by now, but there is nothing to keep beside
        assert (Revision.objects.count(), Alternative.objects.count()) == (before, 0)

    def test_who_saves_second_is_kept_beside_the_first(self, draft: Draft) -> None:
        passage = passage_with(draft, "履行抓基层党建")
        save(passage, "第一个人写的。")
        beside = save(passage, "第二个人写的。", base=1)
        assert beside is not None
        assert save(passage, "第二个人写的。", base=1) == beside
        passage.refresh_from_db()
        assert (passage.text, beside.text) == ("第一个人写的。", "第二个人写的。")
        assert "还有段落留着两种写法" in refused(lambda: final(draft), "")
        assert torn_free()

    def test_one_of_the_two_is_chosen(self, draft: Draft) -> None:
        passage = passage_with(draft, "履行抓基层党建")
        save(passage, "第一个人写的。")
        beside = save(passage, "第二个人写的〔=支委会次数〕。", base=1)
        assert beside
        assert refused(lambda: actions.choose_alternative(alternative=beside, base=1, by=None, at=AT), "")
        actions.choose_alternative(alternative=beside, base=2, by=None, at=AT)
        passage.refresh_from_db()
        assert (passage.text, passage.citations.get().shown) == ("第二个人写的〔=支委会次数〕。", "11次")
        assert not Alternative.objects.exists()
        refused(lambda: actions.drop_alternative(alternative=beside, by=None, at=AT), "")
        assert torn_free()

    def test_a_passage_deleted_under_an_editor_loses_nothing(self, draft: Draft) -> None:
        passage = passage_with(draft, "履行抓基层党建")
        actions.remove_passage(passage=passage, base=1, by=None, at=AT)
        beside = save(passage, "我还在写。", base=1)
        assert beside
        actions.choose_alternative(alternative=beside, base=1, by=None, at=AT)
        assert sheet_of(draft).passages[0].text == "我还在写。"

    def test_who_deletes_what_was_changed_is_told(self, draft: Draft) -> None:
        passage = passage_with(draft, "履行抓基层党建")
        save(passage, "改过。")
        assert "刚刚被别人改过" in refused(lambda: actions.remove_passage(passage=passage, base=1, by=None, at=AT), "")

    def test_passages_are_added_and_moved(self, draft: Draft) -> None:
        first = draft.passages.order_by("position").first()
        assert first
        new = actions.insert_passage(draft=draft, after=first, level=0, text="添一段。", by=None, at=AT)
        assert actions.insert_passage(draft=draft, after=first, level=0, text="添一段。", by=None, at=AT) == new
        assert [p.text for p in sheet_of(draft).passages][1] == "添一段。"
        assert new.share == first.share
        actions.move_passage(passage=new, up=True, by=None, at=AT)
        actions.move_passage(passage=new, up=True, by=None, at=AT)
        assert sheet_of(draft).passages[0].text == "添一段。"
        top = actions.insert_passage(draft=draft, after=None, level=1, text="一、题", by=None, at=AT)
        assert sheet_of(draft).passages[0].id == top.pk
        assert torn_free()

    def test_the_head_of_two_editors(self, draft: Draft) -> None:
        seen = (draft.title, draft.byline)
        for _ in range(2):
            actions.edit_head(draft=draft, title="新题", byline="署名", seen=seen, by=None, at=AT)
        again = {"draft": draft, "byline": "署名", "seen": seen, "by": None, "at": AT}
        assert "刚刚被别人改成“新题”" in refused(lambda: actions.edit_head(title="另题", **again), "")


class TestDrift:
    def test_nothing_moves_by_itself(self, cast: Cast, draft: Draft) -> None:
        assert drift(draft, on=LATER) == []
        one_more_meeting(cast)
        assert Citation.objects.get(figure="支委会次数").shown == "11次"
        moved = {found.drift.figure: found.drift for found in drift(draft, on=LATER)}
        assert moved["支委会次数"].sentence == "支委会次数：11次 → 12次，更新？"

    def test_one_is_updated_and_the_rest_stay(self, cast: Cast, draft: Draft) -> None:
        one_more_meeting(cast)
        citation = Citation.objects.get(figure="支委会次数")
        before = len(drift(draft, on=LATER))
        update(draft, only=[citation.pk])
        citation.refresh_from_db()
        draft.refresh_from_db()
        assert (citation.shown, citation.as_of, draft.as_of) == ("12次", LATER, LATER)
        assert citation.cited.count() == 12
        assert len(drift(draft, on=LATER)) == before - 1
        assert torn_free()

    def test_all_are_updated_at_once_and_again_is_nothing(self, cast: Cast, draft: Draft) -> None:
        one_more_meeting(cast)
        assert update(draft) >= 1
        assert drift(draft, on=LATER) == []
        before = Revision.objects.count()
        assert update(draft) == 0
        assert Revision.objects.count() == before

    def test_other_records_behind_the_same_number_are_seen(self, cast: Cast, draft: Draft) -> None:
        gone = Session.objects.get(number="2026-支委-01")
        remove_activity(session=gone, reason="记重了", by=None, at=AT)
        make.activity(cast.branch, "committee_meeting", date(2026, 1, 6), title="补开")
        moved = {found.drift.figure: found.drift for found in drift(draft, on=TODAY)}
        assert moved["支委会次数"].sentence == "支委会次数还是11次，但背后的记录变了，更新？"


class TestHalfYear:
    def test_it_stays_with_its_half(self, cast: Cast) -> None:
        draft = actions.start(unit=cast.branch, year=2026, outline="half", as_of=TODAY, by=None, at=AT)
        assert draft.as_of == date(2026, 6, 30)
        assert drift(draft, on=LATER) == []
        one_more_meeting(cast)
        assert drift(draft, on=LATER) == []
        passage = draft.passages.filter(level=0).first()
        assert passage
        save(passage, "上半年召开支委会〔=支委会次数〕。")
        assert passage.citations.get().shown == "6次"
        make.activity(cast.branch, "committee_meeting", date(2026, 6, 20), title="补记", entered=make.moment(LATER))
        assert "支委会次数：6次 → 7次，更新？" in {found.drift.sentence for found in drift(draft, on=LATER)}
        update(draft)
        draft.refresh_from_db()
        assert draft.as_of == date(2026, 6, 30)


class TestSettling:
    def test_final_is_frozen_under_a_seal(self, cast: Cast, draft: Draft) -> None:
        done = final(draft)
        assert done.status == Status.FINAL
        assert done.seal == Seal.objects.get(occasion="定稿").digest[:8]
        assert Draft.objects.get().seal == done.seal
        one_more_meeting(cast)
        passage = passage_with(draft, "履行抓基层党建")
        for call in (lambda: save(passage, "再改。"), lambda: update(draft)):
            assert "已经定稿" in refused(call, "")
        assert Citation.objects.get(figure="支委会次数").shown == "11次"
        assert torn_free() and breaks() == []

    def test_who_finalises_signs_what_he_has_seen(self, draft: Draft) -> None:
        save(passage_with(draft, "履行抓基层党建"), "改过。")
        assert "刚刚被别人改过" in refused(lambda: actions.finalise(draft=draft, base=1, by=None, at=AT), "")

    def test_it_is_withdrawn_with_a_reason(self, draft: Draft) -> None:
        final(draft)
        assert "请写撤回的原因" in refused(
            lambda: actions.withdraw_final(draft=draft, reason="", by=None, at=AT), "reason"
        )
        actions.withdraw_final(draft=draft, reason="数字有误", by=None, at=AT)
        draft.refresh_from_db()
        assert (draft.status, draft.seal) == (Status.DRAFT, "")
        assert Revision.objects.filter(noun="draft").latest("pk").reason == "撤回定稿：数字有误"
        refused(lambda: actions.withdraw_final(draft=draft, reason="再撤", by=None, at=AT), "")

    def test_what_is_handed_in_is_a_record_of_its_own(self, cast: Cast, draft: Draft) -> None:
        refused(lambda: actions.hand_in(draft=draft, by=None, at=AT), "")
        done = final(draft)
        text = f"{sheet_of(draft).text}\n{draft.signed_by}\n2026年11月20日"
        row = actions.hand_in(draft=draft, by=cast.secretary, at=AT)
        assert (row.number, row.unit, row.to, row.text) == ("2026-述职-01", cast.branch, cast.above, text)
        assert (row.seal, row.submitted_on) == (done.seal, TODAY)
        body = docx.Document(io.BytesIO(read(row.file))).element.body
        assert "召开支委会11次" in "".join(body.itertext())
        assert submissions_in(Unit.objects.filter(pk=cast.branch.pk), year=2026) == [row]
        assert list(torn_submissions()) == [] and torn_free()
        assert "已经报送" in refused(lambda: actions.hand_in(draft=draft, by=None, at=AT), "")
        refused(lambda: actions.withdraw_final(draft=draft, reason="想改", by=None, at=AT), "")
        again = started(cast)
        assert again.pk != draft.pk
        assert Submission.objects.get().text == text

    def test_a_unit_with_nobody_above_hands_nothing_in(self) -> None:
        branch = make.unit(name="独立支部")
        make.members(branch, 3)
        draft = actions.start(unit=branch, year=2026, as_of=TODAY, by=None, at=AT)
        final(draft)
        assert "没有上级组织" in refused(lambda: actions.hand_in(draft=draft, by=None, at=AT), "")


def test_the_paper_has_the_words_the_controls_and_the_table(draft: Draft) -> None:
    done = final(draft)
    paper = docx.Document(io.BytesIO(docx_of(done)))
    words = "\n".join("".join(t.text for t in node.iter("{*}t")) for node in paper.element.body.iter("{*}p"))
    assert sheet_of(done).passages[0].text in words
    tags = {
        node.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val")
        for node in paper.element.body.iter("{*}tag")
    }
    assert {tag for tag in tags if not tag.startswith("yjr-")} == {cited.tag for cited in sheet_of(done).citations}
    assert any("支委会次数" in cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert done.seal in "\n".join(p.text for p in paper.paragraphs)


def test_a_record_says_which_reports_cite_it(draft: Draft) -> None:
    session = Session.objects.get(number="2026-支委-01")
    other = Session.objects.filter(kind_rows__kind="visit").first()
    assert other
    found = cited_in([session.pk, other.pk])
    assert [one.draft_id for one in found[session.pk]] == [draft.pk]
    for passage in draft.passages.filter(cited__session_id=session.pk).distinct():
        actions.remove_passage(passage=passage, base=1, by=None, at=AT)
    assert session.pk not in cited_in([session.pk])


def test_verify_sees_a_text_changed_behind_the_actions_back(draft: Draft) -> None:
    passage = passage_with(draft, "履行抓基层党建")
    Passage.objects.filter(pk=passage.pk).update(text="改了")
    assert len(list(torn())) == 1
    CitedRow.objects.all().delete()
    Draft.objects.filter(pk=draft.pk).update(title="别的题")
    assert len(list(torn())) == 2


def final(draft: Draft) -> Draft:
    draft.refresh_from_db()
    return actions.finalise(draft=draft, base=draft.version, by=None, at=AT)


def update(draft: Draft, only: list[int] | None = None) -> int:
    return actions.update_citations(draft=draft, only=only, on=LATER, by=None, at=make.moment(LATER))


def torn_free() -> bool:
    return list(torn()) == []


class TestAgainstHarm:
    """What a slip, a stale page or ill will may send."""

    def test_what_is_added_behind_a_passage_deleted_meanwhile_stays_in_its_place(self, draft: Draft) -> None:
        rows = list(draft.passages.order_by("position"))
        actions.remove_passage(passage=rows[3], base=1, by=None, at=AT)
        actions.insert_passage(draft=draft, after=rows[3], level=0, text="接着写的。", by=None, at=AT)
        texts = list(draft.passages.filter(removed=False).order_by("position").values_list("text", flat=True))
        assert texts[2:5] == [rows[2].text, "接着写的。", rows[4].text]

    def test_a_problem_that_is_called_like_a_token_is_words(self, cast: Cast) -> None:
        title = "写了〔=党员人数〕和〔据2026-支委-01〕假话〔完〕"
        raise_problem(
            unit=cast.branch, draft=ProblemDraft(title, Source.SELF, TODAY, 2026), measures=(), by=None, at=AT
        )  # fmt: skip
        draft = started(cast)
        sheet = sheet_of(draft)
        assert "写了［=党员人数］和［据2026-支委-01］假话［完］" in sheet.text
        for passage in draft.passages.filter(text__contains="［=党员人数］"):
            assert save(passage, passage.text + "再写一句。") is None  # and it can be written on

    def test_a_passage_holds_no_more_figures_than_can_be_asked(self, draft: Draft) -> None:
        passage = passage_with(draft, "〔=支委会次数〕")
        sentence = refused(lambda: save(passage, "〔=支委会次数〕" * 61), "text")
        assert "最多 60 处" in sentence
        save(passage, "〔=支委会次数〕" * 60)
        assert passage.citations.count() == 60

    def test_a_head_is_one_line(self, draft: Draft) -> None:
        seen = (draft.title, draft.byline)
        actions.edit_head(draft=draft, title="甲\r\n乙", byline="书记　周", seen=seen, by=None, at=AT)
        draft.refresh_from_db()
        assert (draft.title, draft.byline) == ("甲 乙", "书记　周")
