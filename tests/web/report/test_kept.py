"""留存: nothing is kept unasked; what is kept is the branch's own, is judged anew, and goes without a trace of its words."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.paper.reading.make import docx
from tests.web.forms import signed_in
from tests.web.report.ledger import TODAY
from youju.audit.runs.models import Run
from youju.journal.models import Line
from youju.upkeep.mentions import mentions

pytestmark = pytest.mark.django_db
TEXT = "2026年度述职报告\n我主持召开支委会5次，党课4次。xx村由王小明负责。"


def given(cast: Cast, **changed: str) -> dict[str, str]:
    return {
        "unit": str(cast.branch.pk), "year": "2026", "as_of": TODAY.isoformat(), "name": "述职报告", "text": f"\n{TEXT}"
    } | changed  # fmt: skip


def kept(client: Client, cast: Cast, **changed: str) -> Run:
    assert client.post("/report/kept/keep/", given(cast, **changed)).status_code == 302
    return Run.objects.latest("pk")


def test_only_the_button_keeps(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    page = client.post(
        "/report/check/", {"file": SimpleUploadedFile("我的述职.docx", docx(*TEXT.split("\n")))}
    ).content.decode()
    assert not Run.objects.exists()
    form = page.split('action="/report/kept/keep/"')[1].split("</form>")[0]
    sent = dict(re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', form))
    assert sent.pop("csrfmiddlewaretoken")
    assert sent == {"unit": str(cast.branch.pk), "year": "2026", "as_of": "2026-11-20", "name": "我的述职"}
    text = form.split('aria-hidden="true">')[1].split("</textarea>")[0]
    run = kept(client, cast, text=text.replace("\n", "\r\n"))
    assert run.text == TEXT
    assert (run.counts["不符"], run.findings > 0) == (2, True)
    assert run.kept_by == cast.clerk


def test_what_has_changed_since_is_told(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    run = kept(client, cast)
    page = client.get(f"/report/kept/{run.pk}/").content.decode()
    assert "和那时一样" in page
    make.activity(cast.branch, "committee_meeting", date(2026, 10, 9))
    page = client.get(f"/report/kept/{run.pk}/").content.decode()
    assert "1 处和那时不同" in page
    assert "不符 2 → 1 处" in page
    assert "“5次”：不符 → 吻合（台账 4 → 5）" in page
    assert Run.objects.get(pk=run.pk).counts == run.counts  # looking changes nothing


def test_kept_twice_is_kept_once_and_another_day_is_another(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    first = kept(client, cast)
    assert kept(client, cast, name="又一次") == first
    assert kept(client, cast, as_of="2026-06-30") != first
    assert Run.objects.count() == 2


def test_deleting_takes_the_words_and_leaves_a_line(cast: Cast) -> None:
    client = signed_in(cast.secretary)
    run = kept(client, cast, name="王小明的述职")
    assert len(mentions("王小明")) == 1  # who forgets a person is told of it
    assert client.post(f"/report/kept/{run.pk}/discard/").status_code == 302
    assert client.post(f"/report/kept/{run.pk}/discard/").status_code == 404
    assert not Run.objects.exists()
    assert mentions("王小明") == []
    lines = Line.objects.filter(room="audit", noun="runs").order_by("pk")
    assert [line.verb for line in lines] == ["留存核对", "删去留存的核对"]
    assert {line.summary for line in lines} == {f"2026年 正文摘要 {run.digest[:8]}"}


def test_the_list_shows_each_with_its_counts(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    assert "还没有留存的核对" in client.get("/report/kept/").content.decode()
    run = kept(client, cast)
    page = client.get("/report/kept/").content.decode()
    assert f'href="/report/kept/{run.pk}/"' in page
    assert "不符 2" in page
    assert "合规" not in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "请写一个名称"),
        ({"name": "长" * 81}, "名称最多 80 字"),
        ({"text": ""}, "没有文字可以留存"),
        ({"text": "长" * 60_001}, "超过 60000 字"),
        ({"as_of": "2027-01-01"}, "报告日期请重新选择"),
    ],
)
def test_a_wrong_field_is_said_and_nothing_is_kept(cast: Cast, changed: dict[str, str], sentence: str) -> None:
    answer = signed_in(cast.clerk).post("/report/kept/keep/", given(cast, **changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("clerk", 200, 302),
        ("secretary", 200, 302),
        ("committee", 200, 403),
        ("member", 403, 403),
        ("superior", 403, 403),
        ("admin", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_it_belongs_to_the_branch_alone(cast: Cast, who: str, reads: int, writes: int) -> None:
    run = kept(signed_in(cast.clerk), cast)
    client = signed_in(getattr(cast, who))
    assert client.get(f"/report/kept/{run.pk}/").status_code == reads
    assert client.get("/report/kept/").status_code in (reads, 403)
    assert client.post("/report/kept/keep/", given(cast, name="再")).status_code == writes
    assert client.post(f"/report/kept/{run.pk}/discard/").status_code == writes


def test_strangers_wrong_methods_and_numbers(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    run = kept(client, cast)
    assert Client().get(f"/report/kept/{run.pk}/")["Location"].startswith("/login/")
    assert client.get("/report/kept/keep/").status_code == 405
    assert client.get(f"/report/kept/{run.pk}/discard/").status_code == 405
    assert client.get("/report/kept/99999999/").status_code == 404
    assert client.post("/report/kept/keep/", given(cast, unit="x")).status_code == 404
