"""经验卡: the words of one use as a text of the library, written once, out of date as soon as the ledger says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.journal.models import Line
from youju.kit.refusal import Overtaken, Refusal
from youju.library.documents.actions import remove
from youju.library.models import Document
from youju.records.activities.actions import remove_activity
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import ProblemDraft
from youju.records.problems.values import Source as Named
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.sources.actions import correct_source, enter_source
from youju.records.sources.values import SourceDraft
from youju.study.cards.actions import write_card
from youju.study.cards.queries import card_in, card_of
from youju.study.cards.rules import digest_of, state_of, written
from youju.study.cards.values import State, Words
from youju.study.models import Card, Use
from youju.study.uses.actions import correct_use, put_to_use, withdraw_use
from youju.study.uses.queries import find
from youju.study.uses.values import UseDraft

DAY, TODAY = date(2026, 5, 6), date(2026, 11, 20)
AT = make.moment(TODAY)
WORDS = Words(
    "2026-学用-01", "青禾县供销社机关党支部", DAY, "《托管规范》第二章", "项目", "2026-项目-01", "托管到户",
    "合同按规范签。",
)  # fmt: skip


def test_a_card_says_what_the_ledger_holds_and_nothing_else() -> None:
    text = written(WORDS)
    assert text.title == "经验卡：《托管规范》第二章用在“托管到户”"
    assert text.body.split("\n") == [
        "学了什么：《托管规范》第二章。",
        "用在哪里：项目　2026-项目-01　托管到户。",
        "成效：合同按规范签。",
        "组织：青禾县供销社机关党支部。",
        "日期：2026年5月6日。",
        "台账编号：2026-学用-01。",
    ]
    assert digest_of(text) != digest_of(written(replace(WORDS, outcome="合同没有签")))


def test_of_a_problem_it_says_only_that_it_is_one() -> None:
    text = written(replace(WORDS, place="问题整改", work_number="2026-问题-01", work=""))
    assert text.title == "经验卡：《托管规范》第二章用在一项问题的整改"
    assert "用在哪里：问题整改　2026-问题-01。" in text.body.split("\n")


@pytest.mark.parametrize(
    ("stands", "removed", "now", "state"),
    [
        (True, False, "a", State.HOLDS),
        (True, False, "b", State.CHANGED),
        (False, False, "a", State.WITHDRAWN),
        (False, True, "b", State.REMOVED),
    ],
)
def test_how_a_card_stands_is_asked_of_the_ledger(stands: bool, removed: bool, now: str, state: State) -> None:
    assert state_of("a", now=now, stands=stands, removed=removed) is state


pytestdb = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def used(cast: Cast) -> Use:
    source = enter_source(unit=cast.branch, draft=SourceDraft("托管规范", parts=("第二章",)), by=None, at=AT)
    draft = ProjectDraft("service", "托管到户", "让农户省心", date(2026, 3, 1))
    project = start_project(unit=cast.branch, draft=draft, by=None, at=AT)
    words = UseDraft(source.pk, "合同按规范签", source.parts.get().pk, DAY)
    return put_to_use(work=project, draft=words, by=cast.clerk, at=AT)


def now(use: Use) -> Use:
    found = find(use.ledger, use.number)
    assert found
    return found


def written_of(use: Use, cast: Cast) -> Card:
    return write_card(use=use, revision=now(use).revision, by=cast.clerk, at=AT)


@pytestdb
def test_it_lies_in_the_library_of_its_unit_in_the_words_of_the_ledger(cast: Cast) -> None:
    use = used(cast)
    card = written_of(use, cast)
    (document,) = Document.objects.all()
    assert (card.document_id, document.unit_id, document.origin) == (document.pk, cast.branch.pk, "own")
    assert document.title == "经验卡：《托管规范》第二章用在“托管到户”"
    for words in ("学了什么：《托管规范》第二章。", "成效：合同按规范签。", f"组织：{cast.branch.name}。", use.number):
        assert words in document.text.whole
    assert not document.removals.exists() and not document.has_restricted
    (line,) = Line.objects.filter(verb="写成经验卡")
    assert (line.noun, line.object_id, line.summary) == ("use", use.pk, use.number)
    found = card_of(now(use))
    assert found and found.holds and found.made_at == AT and found.document_id == document.pk


@pytestdb
def test_pressed_twice_it_is_written_once(cast: Cast) -> None:
    use = used(cast)
    first = written_of(use, cast)
    assert write_card(use=use, revision=1, by=cast.secretary, at=make.moment(date(2026, 11, 21))) == first
    assert Document.objects.count() == Card.objects.count() == Line.objects.filter(verb="写成经验卡").count() == 1


@pytestdb
def test_what_is_changed_makes_it_out_of_date_and_may_be_written_anew(cast: Cast) -> None:
    use = used(cast)
    old = written_of(use, cast)
    draft = UseDraft(use.source_id, "合同和台账都按规范", use.part_id, DAY)
    correct_use(use=use, draft=draft, revision=1, reason="写全", by=cast.clerk, at=AT)
    with pytest.raises(Overtaken):
        write_card(use=use, revision=1, by=cast.clerk, at=AT)
    found = card_of(now(use))
    assert found and found.state is State.CHANGED and not found.holds
    new = written_of(use, cast)
    assert new.document_id != old.document_id and card_of(now(use)).document_id == new.document_id  # type: ignore[union-attr]
    states = [card_in(one.document_id).state for one in (old, new)]  # type: ignore[union-attr]
    assert states == [State.CHANGED, State.HOLDS]
    correct_source(
        source=use.source,
        draft=SourceDraft("托管服务规范", parts=("第二章",)),
        revision=1,
        reason="全名",
        by=None,
        at=AT,
    )
    assert card_in(new.document_id).state is State.CHANGED  # type: ignore[union-attr]


@pytestdb
def test_of_a_withdrawn_use_it_says_so_and_none_is_written(cast: Cast) -> None:
    use = used(cast)
    card = written_of(use, cast)
    withdraw_use(use=use, revision=1, reason="记重了", by=cast.clerk, at=AT)
    assert card_in(card.document_id).state is State.WITHDRAWN  # type: ignore[union-attr]
    with pytest.raises(Refusal, match="已经撤回"):
        written_of(use, cast)


@pytestdb
def test_a_use_in_a_record_that_was_taken_out_does_not_hold(cast: Cast) -> None:
    source = enter_source(unit=cast.branch, draft=SourceDraft("托管规范"), by=None, at=AT)
    walk = make.activity(cast.branch, "visit", DAY, title="走访河湾村")
    use = put_to_use(work=walk, draft=UseDraft(source.pk, "签了三户"), by=cast.clerk, at=AT)
    card = written_of(use, cast)
    remove_activity(session=walk, reason="记错了", by=None, at=AT)
    assert card_in(card.document_id).state is State.WITHDRAWN  # type: ignore[union-attr]


@pytestdb
def test_the_title_of_a_problem_stays_in_the_ledger(cast: Cast) -> None:
    source = enter_source(unit=cast.branch, draft=SourceDraft("托管规范"), by=None, at=AT)
    named = ProblemDraft("合同签得不规范", Named.SELF, DAY, 2026)
    problem = raise_problem(unit=cast.branch, draft=named, by=None, at=AT)
    use = put_to_use(work=problem, draft=UseDraft(source.pk, "服务单重写了", None, DAY), by=cast.clerk, at=AT)
    written_of(use, cast)
    (document,) = Document.objects.all()
    assert document.title == "经验卡：《托管规范》用在一项问题的整改"
    assert problem.number in document.text.whole and "合同签得不规范" not in document.text.whole


@pytestdb
def test_taken_out_of_the_library_it_may_be_written_again(cast: Cast) -> None:
    use = used(cast)
    card = written_of(use, cast)
    remove(document=card.document, by=cast.clerk, at=AT)
    found = card_of(now(use))
    assert found and found.state is State.REMOVED
    again = written_of(use, cast)
    assert again.document_id != card.document_id and card_of(now(use)).holds  # type: ignore[union-attr]
