"""A large table is written part by part: it says how far it came, others write between, and nothing broken off is lost."""

from __future__ import annotations

from datetime import date, timedelta
from datetime import time as hour

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from tests.web.forms import signed_in
from tests.web.tables import Hidden, cells, table, upload
from youju.journal.models import Line
from youju.people.imports import actions
from youju.people.imports.actions import advance_batch, clear_batches
from youju.people.imports.models import Batch
from youju.people.imports.rules import unpack
from youju.records.activities.models import Session
from youju.records.imports.actions import import_sessions
from youju.upkeep.nightly import night

URL = "/ledger/import/"
HEAD = ["日期", "开始", "类型", "主题", "缺席人员", "转录自", "本单位自编号"]
NOW = make.moment(date(2026, 11, 20))


@pytest.fixture(autouse=True)
def three_rows_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    monkeypatch.setattr(actions, "A_PART", 3)


@pytest.fixture
def cast(db: None) -> Cast:
    return standing_cast(groups=2)


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.clerk)


def rows(count: int, *, nobody: tuple[int, ...] = ()) -> list[list[object]]:
    return [
        [date(2023, 1, 1 + n), hour(14, 30), "主题党日", f"第{n}次", "没这个人" if n in nobody else "", "会议记录本", f"甲{n}"]
        for n in range(count)
    ]  # fmt: skip


def begun(client: Client, *said: list[object]) -> str:
    """The address of an import that was confirmed; nothing is written yet."""
    text = client.post(URL, upload(table(HEAD, *said), "旧台账.xlsx")).content.decode()
    answer = client.post(URL, Hidden(text).data | {"do": "keep"})
    assert answer.status_code == 302
    assert not Session.objects.exists()
    return str(answer["Location"])


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_look_writes_a_part_and_says_how_far_it_came(client: Client) -> None:
    address = begun(client, *rows(8))
    for reached in (3, 6):
        text = seen(client, address)
        assert f"<b>{reached}/8</b>" in text and f'max="8" value="{reached}"' in text
        assert '<meta http-equiv="refresh"' in text and "hx-get" in text  # without a script, and with one
        assert Session.objects.count() == Batch.objects.get().kept == reached
    text = seen(client, address)
    assert "导入 <b>8</b> 行" in text and "<progress" not in text and "refresh" not in text
    assert "导入 <b>8</b> 行" in seen(client, address)  # looked at again it stays what it was
    assert Session.objects.count() == 8
    lines = Line.objects.filter(noun="import").order_by("pk").values_list("summary", flat=True)
    assert list(lines) == ["导入记录3条，跳过0行", "导入记录3条，跳过0行", "导入记录2条，跳过0行"]


def test_a_number_of_thousands_is_grouped() -> None:
    assert Batch(total=5000, reached=1250).reached_of == "1,250/5,000"


def test_faults_of_every_part_are_told_at_the_end(client: Client) -> None:
    address = begun(client, *rows(7, nobody=(1, 5)))
    text = [seen(client, address) for _ in range(3)][-1]
    assert "导入 <b>5</b> 行" in text and "2 行有问题没有导入" in text
    assert "3 行" in text and "7 行" in text and text.count("不在当天的应到名单里") == 2
    wrong = cells(client.post(address, {"do": "faults"}).content)
    assert [row[HEAD.index("本单位自编号")] for row in wrong] == [
        "本单位自编号",
        "甲1",
        "甲5",
    ]  # as they stood in the file
    assert "不在当天的应到名单里" in str(wrong[1][-1])


def test_what_is_written_is_not_kept_a_second_time(client: Client) -> None:
    address = begun(client, *rows(7, nobody=(1,)))
    for _ in range(3):
        seen(client, address)
    assert [line.number for line in unpack(Batch.objects.get().packed).lines()] == [3]


def test_after_a_broken_connection_the_first_page_says_how_far_it_came(client: Client) -> None:
    address = begun(client, *rows(8))
    seen(client, address)
    text = seen(client, URL)
    assert "没有写完" in text and "<b>3/8</b>" in text and "旧台账.xlsx" in text and address.split("?")[0] in text
    seen(client, address)
    seen(client, address)
    assert "没有写完" not in seen(client, URL)
    assert Session.objects.count() == 8


def test_the_same_table_brought_again_continues(client: Client) -> None:
    seen(client, begun(client, *rows(8)))
    text = client.post(URL, upload(table(HEAD, *rows(8)))).content.decode()
    assert "可以导入 <b>5</b> 行" in text and "会跳过 3 行" in text
    address = client.post(URL, Hidden(text).data | {"do": "keep"})["Location"]
    text = [seen(client, address) for _ in range(3)][-1]
    assert "导入 <b>5</b> 行" in text and "跳过 3 行" in text
    assert Session.objects.count() == 8


def test_a_part_that_breaks_leaves_nothing_half_written(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is killed within the second part: its rows and its count go together, and the next look takes it up."""
    address = begun(client, *rows(8))
    seen(client, address)

    def killed(**given: object) -> None:
        import_sessions(**given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        advance_batch(batch=Batch.objects.get(), keep=killed, by=cast.clerk, at=NOW)  # type: ignore[arg-type]
    assert Session.objects.count() == Batch.objects.get().reached == 3
    seen(client, address)
    assert "导入 <b>8</b> 行" in seen(client, address)


def test_confirmed_twice_it_is_one_import(client: Client) -> None:
    fields = Hidden(client.post(URL, upload(table(HEAD, *rows(4)))).content.decode()).data | {"do": "keep"}
    first, second = (client.post(URL, fields)["Location"] for _ in range(2))
    assert first == second and Batch.objects.count() == 1


def test_the_rest_may_be_left(client: Client) -> None:
    address = begun(client, *rows(8))
    seen(client, address)
    assert client.post(address, {"do": "drop"}).status_code == 302
    assert (Session.objects.count(), Batch.objects.count()) == (3, 0)
    assert client.get(address).status_code == 404
    assert Line.objects.get(verb="放弃导入").summary == "sessions：余5行不再导入"


def test_looking_without_opening_writes_nothing(client: Client) -> None:
    address = begun(client, *rows(4))
    client.head(address)
    assert client.post(address).status_code == 302
    assert not Session.objects.exists()


def test_nobody_else_may_look_or_go_on(cast: Cast, client: Client) -> None:
    address = begun(client, *rows(4))
    for who, status in ((cast.other_clerk, 404), (cast.stranger, 404), (cast.member, 403), (cast.superior, 403)):
        assert signed_in(who).get(address).status_code == status
    own = address.replace(f"unit={cast.branch.pk}", f"unit={cast.other.pk}")
    assert signed_in(cast.other_clerk).get(own).status_code == 404
    assert client.get(address.replace("/ledger/", "/people/")).status_code == 404  # that is another table
    assert not Session.objects.exists()


def test_rows_do_not_lie_about_for_longer_than_a_day(client: Client) -> None:
    begun(client, *rows(4))
    at = Batch.objects.get().at
    assert clear_batches(by=None, at=at + timedelta(hours=23)) == 0
    night(at=at + timedelta(hours=25))
    assert not Batch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_pages_at_once_take_each_row_once() -> None:
    cast = standing_cast(groups=2)
    address = begun(signed_in(cast.clerk), *rows(12))

    def look(client: Client) -> list[int]:
        return [client.get(address).status_code for _ in range(3)]

    one, other = signed_in(cast.clerk), signed_in(cast.clerk)
    answers = together(lambda: look(one), lambda: look(other))
    batch = Batch.objects.get()
    assert answers == [[200] * 3] * 2
    assert (batch.reached, batch.kept, batch.skipped, batch.faults) == (12, 12, 0, [])
    assert Session.objects.count() == 12
