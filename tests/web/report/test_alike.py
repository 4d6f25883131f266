"""相似: a branch sees what its draft shares with the library, a committee what was handed in, each as far as he reads."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.library.making import document
from tests.web.forms import signed_in
from tests.web.report.ledger import TODAY
from youju.library.documents.values import Origin, Span
from youju.people.roles.rules import Role
from youju.records.models import Submission
from youju.reports.drafts import actions
from youju.reports.drafts.models import Draft, Passage

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)
COPIED = "春耕时节把农资送到村口，一户一户问缺什么、要多少，当天登记当天配送"
TAB = ">相似</a>"


@pytest.fixture
def draft(cast: Cast) -> Draft:
    row = actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=cast.clerk, at=AT)
    say(row, f"我们{COPIED}。")
    return row


def say(draft: Draft, text: str) -> Passage:
    first = Passage.objects.filter(draft=draft, level=0, removed=False).order_by("position")[0]
    return actions.insert_passage(draft=draft, after=first, level=0, text=text, by=None, at=AT)


def hand_in(draft: Draft, cast: Cast) -> Submission:
    actions.finalise(draft=draft, base=Draft.objects.get(pk=draft.pk).version, by=cast.secretary, at=AT)
    return actions.hand_in(draft=draft, by=cast.secretary, at=AT)


def page(client: Client, address: str, **more: str) -> str:
    answer = client.get(address, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_is_marked_and_each_passage_has_its_sources(cast: Cast, draft: Draft) -> None:
    clerk = signed_in(cast.clerk)
    later = document(f"后来的：{COPIED}。", title="后来的总结", year=2025, origin=Origin.WEB)
    first = document(f"先写的：{COPIED}！", title="先写的总结", year=2023, origin=Origin.SUPERIOR)
    said = page(clerk, f"/report/draft/{draft.pk}/?tab=alike")
    assert "相同 1 段 30 字" in said
    assert re.search(rf'<a class="fig f long" id="cl1"[^>]*data-n="l1">{COPIED}</a>', said)
    assert said.index(f'href="/library/{first.pk}/"') < said.index(f'href="/library/{later.pk}/"')
    assert "最早　上级下发" in said and "%" not in said[said.index('id="panel"') :]
    panel = page(
        clerk, f"/report/draft/{draft.pk}/?tab=alike&k=l1", headers={"HX-Target": "panel", "HX-Request": "true"}
    )  # type: ignore[arg-type]
    assert "<html" not in panel and 'class="finding f on" id="kl1"' in panel and 'data-figure="l1"' in panel


def test_a_passage_through_two_paragraphs_is_one(cast: Cast, draft: Draft) -> None:
    say(draft, COPIED[16:])
    say(draft, COPIED[:16])  # each goes in behind the first paragraph, so this one stands before the other
    document(COPIED)
    said = page(signed_in(cast.clerk), f"/report/draft/{draft.pk}/?tab=alike")
    assert f'data-n="l1">{COPIED[:16]}</a>' in said and f'<span class="fig f long">{COPIED[16:]}</span>' in said


def test_what_is_set_aside_is_said_and_can_be_listed(cast: Cast, draft: Draft) -> None:
    formula = "习近平新时代中国特色社会主义思想"
    say(draft, f"学习{formula}。")
    document(f"落实{formula}。")
    clerk = signed_in(cast.clerk)
    said = page(clerk, f"/report/draft/{draft.pk}/?tab=alike")
    assert "没有相同的段落" in said and "略去了 惯用语" in said and f"<li>{formula}</li>" in said
    said = page(clerk, f"/report/draft/{draft.pk}/?tab=alike&all=1")
    assert 'data-n="l1"' in said and "略去了" not in said


def test_of_many_words_set_aside_it_is_said_how_many_more_there_are(cast: Cast, draft: Draft) -> None:
    names = [f"《关于{chr(0x4E00 + n)}事项的若干意见及其说明》" for n in range(33)]
    say(draft, "、".join(names))
    document("。".join(names))
    said = page(signed_in(cast.clerk), f"/report/draft/{draft.pk}/?tab=alike")
    assert "略去了 书名号里的名称 33 处" in said and said.count("<li>《关于") == 30 and "还有 3 个。" in said


def test_there_is_no_tab_where_there_is_nothing_to_compare_with(cast: Cast, draft: Draft) -> None:
    clerk = signed_in(cast.clerk)
    address = f"/report/draft/{draft.pk}/"
    document(COPIED, unit=cast.other)  # what another branch keeps is nothing to this one
    assert TAB not in page(clerk, address) and "相同" not in page(clerk, f"{address}?tab=alike")
    document(COPIED)
    assert TAB in page(clerk, address)


def test_a_restricted_span_is_no_passage_for_who_may_not_read_it(cast: Cast, draft: Draft) -> None:
    document(f"公开的一句。{COPIED}。", restricted=(Span(6, 6 + len(COPIED)),))
    clerk = signed_in(cast.clerk)
    address = f"/report/draft/{draft.pk}/?tab=alike"
    assert "没有相同的段落" in page(clerk, address)
    make.grant(user=cast.clerk, unit=cast.above, role=Role.LIBRARIAN, since=make.LONG_AGO, by=None, at=make.START)
    assert "相同 1 段 30 字" in page(clerk, address)


class TestHandedIn:
    @pytest.fixture
    def both(self, cast: Cast, draft: Draft) -> tuple[Submission, Submission]:
        other = actions.start(unit=cast.other, year=2026, as_of=TODAY, by=cast.other_clerk, at=AT)
        say(other, f"他们也{COPIED}。")
        return hand_in(draft, cast), hand_in(other, cast)

    def test_the_committee_compares_the_branches_of_a_year(
        self, cast: Cast, both: tuple[Submission, Submission]
    ) -> None:
        ours, theirs = both
        above = signed_in(cast.superior)
        assert TAB in page(above, f"/report/handed/{ours.pk}/")
        said = page(above, f"/report/handed/{ours.pk}/?tab=alike")
        assert re.search(rf'<a class="fig f long" id="cl\d+" href="#kl\d+">{COPIED}', said)
        assert f'href="/report/handed/{theirs.pk}/"' in said  # and the report itself is no source of its own
        assert f'href="/report/handed/{ours.pk}/"' not in said[said.index("<aside") :]
        assert f"{cast.other.short_name}报送" in said

    def test_the_words_of_the_outline_are_nobodys_copy(self, cast: Cast, both: tuple[Submission, Submission]) -> None:
        address = f"/report/handed/{both[0].pk}/?tab=alike"
        said = page(signed_in(cast.superior), address)
        assert "提纲里的话" in said and "<li>落实主体责任，把组织生活过实</li>" in said
        assert said.count('class="finding f') < page(signed_in(cast.superior), f"{address}&all=1").count(
            'class="finding f'
        )

    def test_a_branch_is_told_nothing_of_another(self, cast: Cast, both: tuple[Submission, Submission]) -> None:
        ours, theirs = both
        clerk = signed_in(cast.clerk)
        assert TAB not in page(clerk, f"/report/handed/{ours.pk}/")
        assert "相同" not in page(clerk, f"/report/handed/{ours.pk}/?tab=alike")
        assert clerk.get(f"/report/handed/{theirs.pk}/?tab=alike").status_code == 404

    def test_a_draft_that_was_handed_in_is_not_compared_with_itself(
        self, cast: Cast, draft: Draft, both: tuple[Submission, Submission]
    ) -> None:
        assert TAB not in page(signed_in(cast.clerk), f"/report/draft/{draft.pk}/")


@pytest.mark.parametrize(
    ("who", "status"), [("member", 403), ("superior", 403), ("other_clerk", 404), ("stranger", 404)]
)
def test_nobody_else_sees_the_passages_of_a_draft(cast: Cast, draft: Draft, who: str, status: int) -> None:
    document(COPIED)
    answer = signed_in(getattr(cast, who)).get(f"/report/draft/{draft.pk}/?tab=alike")
    assert answer.status_code == status
