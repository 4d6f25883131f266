"""经验卡 on the pages of 学以致用 and of the library: written by one press, and read by who may read the library."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast
from tests.web.days import TODAY
from tests.web.forms import signed_in
from youju.library.models import Document
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.sources.actions import enter_source
from youju.records.sources.values import SourceDraft
from youju.study.models import Card, Use
from youju.study.uses.actions import put_to_use, withdraw_use
from youju.study.uses.values import UseDraft

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)


def used(cast: Cast) -> Use:
    source = enter_source(unit=cast.branch, draft=SourceDraft("托管规范"), by=None, at=AT)
    draft = ProjectDraft("service", "托管到户", "让农户省心", date(2026, 3, 1))
    project = start_project(unit=cast.branch, draft=draft, by=None, at=AT)
    return put_to_use(work=project, draft=UseDraft(source.pk, "合同按规范签", None, TODAY), by=cast.clerk, at=AT)


def test_one_press_and_the_card_lies_in_the_library(cast: Cast) -> None:
    use = used(cast)
    at = f"/study/uses/{cast.branch.pk}/{use.number}/"
    clerk = signed_in(cast.clerk)
    assert "写成经验卡" in clerk.get(at).content.decode()
    answer = clerk.post(at + "card/", {"revision": "1"}, follow=True).content.decode()
    (document,) = Document.objects.all()
    assert "经验卡已写成" in answer and f"/library/{document.pk}/" in answer
    assert "2026年11月20日写成的经验卡" in answer and 'action="' + at + "card/" not in answer
    read = clerk.get(f"/library/{document.pk}/").content.decode()
    assert "成效：合同按规范签。" in read and f"由一件学以致用（{use.number}）写成的经验卡" in read
    withdraw_use(use=use, revision=1, reason="记重了", by=cast.clerk, at=AT)
    assert "已失效：台账里的这一件已经撤回" in clerk.get(f"/library/{document.pk}/").content.decode()
    assert "已失效" in clerk.get(at).content.decode()


def test_who_saw_an_older_one_is_told(cast: Cast) -> None:
    use = used(cast)
    at = f"/study/uses/{cast.branch.pk}/{use.number}/"
    answer = signed_in(cast.clerk).post(at + "card/", {"revision": "9"}, follow=True).content.decode()
    assert "刚刚被别人改过" in answer and not Card.objects.exists()


def test_who_only_reads_sees_it_and_writes_none(cast: Cast) -> None:
    use = used(cast)
    at = f"/study/uses/{cast.branch.pk}/{use.number}/"
    committee = signed_in(cast.committee)
    assert "写成经验卡" not in committee.get(at).content.decode()
    assert committee.post(at + "card/", {"revision": "1"}).status_code == 403 and not Card.objects.exists()
    signed_in(cast.clerk).post(at + "card/", {"revision": "1"})
    assert "写成的经验卡</a>" in committee.get(at).content.decode()


def test_another_unit_reaches_neither(cast: Cast) -> None:
    use = used(cast)
    at = f"/study/uses/{cast.branch.pk}/{use.number}/"
    stranger = signed_in(cast.other_clerk)
    assert stranger.post(at + "card/", {"revision": "1"}).status_code == 404 and not Card.objects.exists()
    signed_in(cast.clerk).post(at + "card/", {"revision": "1"})
    assert stranger.get(f"/library/{Document.objects.get().pk}/").status_code == 404
