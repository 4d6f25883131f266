"""Publicity: what is published names where, who is written about has agreed, and his words can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.cast import Cast, standing_cast
from youju.figures.queries import ask
from youju.journal.models import Line, RevisionText
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.units.queries import version
from youju.records.publicity import actions
from youju.records.publicity.models import Publication
from youju.records.publicity.queries import find, publications_of
from youju.records.publicity.rules import link_fault
from youju.records.publicity.values import ConsentDraft, PublicationDraft, Status
from youju.records.queries import about
from youju.store import actions as store
from youju.upkeep.mentions import mentions
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 11, 20), date(2026, 11, 5)
AT = make.moment(TODAY)


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def draft(**more: object) -> PublicationDraft:
    given: dict[str, object] = {
        "kind": "report", "title": "党员下田头", "dated_on": DAY, "status": Status.PUBLISHED, "channel": "paper",
        "channel_name": "《青禾供销报》", "link": "https://news.example/2026/11?a=1", "text": "党员到地头服务。",
    }  # fmt: skip
    return PublicationDraft(**(given | more))  # type: ignore[arg-type]


def entered(cast: Cast, **more: object) -> Publication:
    return actions.enter_publication(unit=cast.branch, draft=draft(**more), by=None, at=AT)


def role(**more: object) -> dict[str, object]:
    return {"kind": "role_model", "title": "田间的带头人"} | more


def refused(call: object) -> tuple[str, str]:
    before = Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert before == Line.objects.count()
    return caught.value.field, caught.value.sentence


def test_what_was_published_is_kept_with_its_channel_its_record_and_its_file(cast: Cast) -> None:
    counted = version(cast.branch, 2026)
    row = entered(cast)
    assert (row.number, row.where, row.status_zh) == ("2026-宣传-01", "报纸 《青禾供销报》", "已发布")
    assert version(cast.branch, 2026) > counted
    held = make.activity(cast.branch, "theme_day", DAY)
    actions.link_record(publication=row, number=held.number, by=None, at=AT)
    assert refused(lambda: actions.link_record(publication=row, number=held.number, by=None, at=AT))[0] == "record"
    assert refused(lambda: actions.link_record(publication=row, number="2026-支委-99", by=None, at=AT))[0] == "record"
    file = store.keep(data="报样".encode(), by=None, at=AT)
    actions.add_file(publication=row, file=file, caption="报样", by=None, at=AT)
    now = find(cast.branch, row.number)
    assert now and [one.session.number for one in now.told.all()] == [held.number]
    assert not faults()
    stale = now.revision - 1
    field, sentence = refused(
        lambda: actions.change_publication(publication=now, draft=draft(), revision=stale, by=None, at=AT)
    )
    assert field == "" and "刚刚被别人改过" in sentence
    actions.change_publication(
        publication=now, draft=draft(title="改题", dated_on=date(2025, 12, 1)), revision=now.revision, by=None, at=AT
    )
    assert version(cast.branch, 2025) and publications_of(cast.branch)[0].title == "改题"
    link = now.told.get()
    actions.unlink_record(link=link, by=None, at=AT)
    actions.remove_file(kept=now.files.get(), by=None, at=AT)
    assert not faults() and not Publication.objects.get().told.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "别的"}, "kind"),
        ({"title": " "}, "title"),
        ({"dated_on": date(2026, 11, 21)}, "dated_on"),
        ({"channel": ""}, "channel"),
        ({"channel": "鸽子"}, "channel"),
        ({"channel_name": ""}, "channel_name"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"project_id": 10**6}, "project"),
        ({"outsider": "村民甲"}, "person"),
        ({"practice": "先试后推"}, "kind"),
        ({"kind": "experience", "practice": "先试后推", "outcome": "都用上了"}, "use"),
        ({"kind": "role_model"}, "person"),
        ({"text": "长" * 20_001}, "text"),
    ],
)
def test_a_fault_is_told_at_its_field(cast: Cast, wrong: dict[str, object], field: str) -> None:
    assert refused(lambda: entered(cast, **wrong))[0] == field


def test_a_role_model_is_published_only_after_he_agreed(cast: Cast) -> None:
    him, asked_by = cast.people[2].pk, cast.people[0].pk
    entered(cast, **role(person_id=him, status=Status.DRAFT))
    row = publications_of(cast.branch)[0]

    def publish(**more: object) -> None:
        actions.change_publication(
            publication=row, draft=draft(**role(person_id=him, **more)), revision=row.revision, by=None, at=AT
        )

    assert refused(publish) == ("consent_on", "先进典型要本人同意才能标“已发布”：请填同意的日期。")
    assert refused(lambda: publish(consent=ConsentDraft(DAY)))[0] == "consent_by"
    assert refused(lambda: publish(consent=ConsentDraft(date(2026, 11, 6), asked_by)))[0] == "consent_on"
    assert refused(lambda: publish(consent=ConsentDraft(DAY, 10**6)))[0] == "consent_by"
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.update(status=Status.PUBLISHED, channel="paper", channel_name="甲")
    publish(consent=ConsentDraft(DAY, asked_by))
    # A second card of the same person in the same year would count him twice.
    again = role(title="又一篇", person_id=him, status=Status.DRAFT)
    assert "再次刊登请记为活动报道" in refused(lambda: entered(cast, **again))[1]
    assert refused(lambda: entered(cast, **role(person_id=him, outsider="村民甲")))[0] == "person"
    assert refused(lambda: entered(cast, **role(person_id=10**6)))[0] == "person"
    assert about(cast.people[2])["写他的宣传材料"] and about(cast.people[0])["他征求同意的宣传材料"]
    assert not faults()


def test_who_withdraws_is_erased_from_the_row_and_every_revision(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    row = entered(cast, **role(outsider="村民田大有", text="田大有育苗有方", status=Status.DRAFT))
    file = store.keep(data="照片说明".encode(), by=None, at=AT)
    actions.add_file(publication=row, file=file, caption="田大有在大棚", by=None, at=AT)
    wrong = store.keep(data="拍虚了的".encode(), by=None, at=AT)
    taken = actions.add_file(publication=row, file=wrong, caption="田大有在地头", by=None, at=AT)
    actions.remove_file(kept=taken, by=None, at=AT)
    assert {mention.said for mention in mentions("田大有")} == {"宣传材料 2026-宣传-01"}
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_publication(publication=row, by=None, at=AT)
    assert not mentions("田大有") and not faults()
    assert not RevisionText.objects.filter(text__contains="田大有").exists()
    now = find(cast.branch, row.number)
    assert now and (now.said, now.files.count()) == ("（内容已清除）", 0)
    for one in (file, wrong):
        one.refresh_from_db()
        assert one.erased_at  # nothing else had the picture, also not the one that was taken off before
    assert "已经清除" in refused(lambda: actions.erase_publication(publication=row, by=None, at=AT))[1]
    assert "不能再改" in refused(lambda: actions.link_record(publication=row, number="甲", by=None, at=AT))[1]


def test_what_was_erased_and_is_entered_again_is_still_one(cast: Cast) -> None:
    agreed = {"consent": ConsentDraft(DAY, cast.people[0].pk), "text": ""}

    def counted() -> float | None:
        return ask("先进典型人数", cast.branch, Period.year(2026), as_of=TODAY).value

    member = role(person_id=cast.people[2].pk, **agreed)
    outsider = role(outsider="村民田大有", title="育苗有方", **agreed)
    report = {"title": "又一篇报道", "dated_on": date(2026, 11, 6)}
    for given in (member, outsider, report):
        actions.erase_publication(publication=entered(cast, **given), by=None, at=AT)
    assert counted() == 2 and not any(row.who for row in publications_of(cast.branch))
    field, sentence = refused(lambda: entered(cast, **member))
    assert field == "person" and "2026-宣传-01，内容已按要求清除，仍算一个" in sentence
    for given, number in ((outsider | {"title": "换个题目"}, "2026-宣传-02"), (report, "2026-宣传-03")):
        field, sentence = refused(lambda given=given: entered(cast, **given))  # type: ignore[misc]
        assert field == "channel_name" and number in sentence
    another = entered(cast, **(outsider | {"outsider": "村民刘麦穗", "channel_name": "《青禾供销报》二版"}))
    assert counted() == 3
    his = draft(**(outsider | {"outsider": "村民刘麦穗", "channel_name": "《青禾供销报》二版", "text": "改了一句"}))
    actions.change_publication(publication=another, draft=his, revision=1, by=None, at=AT)
    back = draft(**(outsider | {"outsider": "村民刘麦穗"}))
    assert refused(lambda: actions.change_publication(publication=another, draft=back, revision=2, by=None, at=AT))[
        0
    ] == ("channel_name")
    dropped = entered(cast, **role(person_id=cast.people[3].pk, status=Status.DRAFT))
    actions.erase_publication(publication=dropped, by=None, at=AT)  # it was never counted
    entered(cast, **role(person_id=cast.people[3].pk, **agreed))
    assert counted() == 4 and not faults()


@pytest.mark.parametrize("link", ["", "http://a.example", "https://党建.example:8080/一?b=2#c"])
def test_an_address_of_a_page_is_taken(link: str) -> None:
    assert link_fault(link) is None


@pytest.mark.parametrize(
    "link",
    ["ftp://a.example", "//a.example", "a.example", "https://", "https://u:p@a.example", "https://a b", "http://a:0",
     "http://[x", "data:text/html,x", 'https://a.example/"onclick="', "http://a.example:99999", "https://-a"],
)  # fmt: skip
def test_anything_else_is_no_link(link: str) -> None:
    assert link_fault(link)
