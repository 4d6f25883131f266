"""What a member answered is his alone, tried by changing it: every page and export says the same to everybody else.

The house is walked twice, and between the walks the answers of one member are turned round, and who of two took part is
swapped. Whatever could say who answered, or what, or whether right, would then read otherwise.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import unified_diff
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests import make
from tests.architecture.house import Source, faults
from tests.study.making import LAST, account_of, answered, published, questions
from tests.web.days import TODAY
from tests.web.forms import signed_in
from tests.web.one_of_each import Scene, one_of_each
from tests.web.rights_of_pages import PAGES
from tests.web.unpacked import said, words_of
from youju.accounts.models import User
from youju.cli import command_names, main
from youju.cli.library import sub_verbs
from youju.people.leavers.queries import leavers
from youju.people.models import Member
from youju.study.models import Picked, Recall, SelfTest, Sitting
from youju.study.selftests.actions import settle_over
from youju.upkeep.forgetting import report_of
from youju.upkeep.verify import faults as verified

OTHERS = ("clerk", "secretary", "committee", "colleague", "superior", "admin", "other_clerk", "stranger")
CLOSED = date(2026, 11, 10)
#: Drawn anew for each page, and never a letter long: tokens, the time of day, the code on the screen,
#: and how long a packed file that says the time has become.
ANEW = re.compile(r"\"size\": \d+|[\w+/=:.-]{32,}|\d\d:\d\d(:\d\d)?|\bd=\"[^\"]*\"")


@dataclass(frozen=True)
class House:
    scene: Scene
    colleague: User
    whose: Member
    silent: Member  # with an account, like him; he has answered nothing
    open: SelfTest
    closed: SelfTest

    def who(self, name: str) -> User:
        return self.colleague if name == "colleague" else getattr(self.scene.cast, name)  # type: ignore[no-any-return]

    def urls(self) -> list[str]:
        """Every page: those that are named with who may read them, and all others with the ids of what he answered."""
        reading = [self.scene.url(name) for name, (get, _) in PAGES.items() if get is not None]
        return list(dict.fromkeys([*reading, *(url for _, url in self.others())]))

    def addresses(self) -> list[tuple[str, str]]:
        """Every address, with its name."""
        return [*((name, self.scene.url(name)) for name in PAGES), *self.others()]

    def others(self) -> list[tuple[str, str]]:
        found = []
        known = {
            "ledger_id": self.scene.cast.branch.pk, "unit_id": self.scene.cast.branch.pk, "year": 2026, "month": 11,
            "member_id": self.whose.pk, "test_id": self.closed.pk, "position": 1,
            "question_id": self.closed.asked.all()[0].question_id,
        }  # fmt: skip
        pks = [self.open.pk, self.closed.pk, Picked.objects.order_by("pk")[0].pk]
        for name, keys in patterns():
            if name in PAGES:
                continue
            for pk in pks if "pk" in keys else pks[:1]:
                try:
                    url = reverse(name, kwargs={key: known.get(key, pk) for key in keys})
                except NoReverseMatch:
                    continue
                found.append((name, f"{url}?unit={self.scene.cast.branch.pk}"))
        ends = ("test", "test_change", "test_publish", "test_drop", "test_remind")
        return found + [
            (f"study:{end}", reverse(f"study:{end}", args=[self.scene.cast.branch.pk, one.pk]))
            for end in ends for one in (self.open, self.closed)
        ]  # fmt: skip


def patterns(inside: list[object] | None = None, space: str = "") -> list[tuple[str, list[str]]]:
    """(name, keys) of every address of the house."""
    found = []
    for one in get_resolver().url_patterns if inside is None else inside:
        if isinstance(one, URLResolver):
            found += patterns(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            found.append((f"{space}{one.name}", sorted(one.pattern.converters)))
    return found


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    scene = one_of_each()
    cast = scene.cast
    colleague = account_of(cast.people[0], cast.branch)
    silent = cast.people[1]
    account_of(silent, cast.branch)
    asked = questions(cast.branch)
    running = published(cast.branch, asked, title="正在答的", last=LAST)
    closed = published(cast.branch, asked, title="截止了的", last=CLOSED)
    whose = cast.people[-1]
    for index, person in enumerate((whose, *cast.people[2:7])):  # six took part, four wrong on the first
        answered(person, closed, [2 if index < 4 else 1, 1, 1])
    answered(whose, running, [2, 1, 2])
    settle_over(at=make.moment(TODAY))
    return House(scene, colleague, whose, silent, running, closed)


def turned_round(house: House) -> None:
    """His answers become others: wrong ones right, right ones wrong, and nothing sits with him as it did."""
    for row in Picked.objects.filter(sitting__member=house.whose):
        Picked.objects.filter(pk=row.pk).update(picks=[1] if row.picks != [1] else [0], picked_on=CLOSED)
    Recall.objects.filter(member=house.whose).update(picks=[0], stability=99.0, due_on=TODAY, last_on=CLOSED)


def taken_over(house: House) -> None:
    """It was the other who took part."""
    Sitting.objects.filter(member=house.whose).update(member=house.silent)
    Recall.objects.filter(member=house.whose).update(member=house.silent)


def told(client: Client, urls: list[str]) -> dict[str, str]:
    return {url: ANEW.sub("", words(client.get(url))) for url in urls}


def words(answer: HttpResponse) -> str:
    heads = " ".join(
        f"{name}: {value}" for name, value in answer.items() if name in ("Location", "Content-Disposition")
    )
    return f"{answer.status_code} {heads} {said(answer)}"


@pytest.mark.django_db
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_can_tell_what_he_answered_or_that_he_did(house: House, who: str) -> None:
    client, urls = signed_in(house.who(who)), house.urls()
    told(client, urls)  # a first look marks what was read, and takes an import one part on
    before = told(client, urls)
    turned_round(house)
    taken_over(house)
    after = told(client, urls)
    assert [url for url in urls if before[url] != after[url]] == []
    assert any("正在答的" in text for text in before.values()) == (
        who in ("clerk", "secretary", "committee", "colleague")
    )


@pytest.mark.django_db
def test_the_walk_sees_what_it_is_looking_for(house: House) -> None:
    """The same walk as himself finds the changes, so the others' silence is no blindness of the walk."""
    client, urls = signed_in(house.scene.cast.member), house.urls()
    told(client, urls)
    before = told(client, urls)
    turned_round(house)
    after = told(client, urls)
    changed = [url for url in urls if after[url] != before[url]]
    assert {url.split("?")[0] for url in changed} >= {"/me/", "/me/export.json", f"/study/mine/{house.closed.pk}/1/"}
    assert all(url.startswith(("/me/", "/study/mine/")) for url in changed)


@pytest.mark.django_db
def test_another_who_asks_for_his_pages_gets_his_own_or_none(house: House) -> None:
    sheet = reverse("study:sheet", args=[house.closed.pk])
    assert "3 / 3" not in signed_in(house.colleague).get(sheet).content.decode()
    for who in ("clerk", "superior", "admin", "other_clerk", "stranger"):
        for url in (sheet, reverse("study:ask", args=[house.open.pk, 1]), reverse("study:mine")):
            assert signed_in(house.who(who)).get(url).status_code == 404
            assert signed_in(house.who(who)).post(url).status_code in (404, 405)


@pytest.mark.django_db
def test_checking_and_forgetting_say_the_same(house: House) -> None:
    """The commands ``verify`` and ``forget`` say what these say."""

    def now() -> tuple[object, ...]:
        found = [row for row in leavers(on=date(2033, 1, 1), years=5) if row.member_id == house.whose.pk]
        return verified(), [report_of(row).removed for row in found], [len(report_of(row).stays) for row in found]

    make.leave(house.whose, on=TODAY + timedelta(days=1))
    before = now()
    turned_round(house)
    assert now() == before
    Picked.objects.filter(sitting__member=house.whose).delete()
    Sitting.objects.filter(member=house.whose).delete()
    Recall.objects.filter(member=house.whose).delete()
    assert now() == before and before[1]


# -- what is sent ------------------------------------------------------------------------------------------------------

#: Drawn anew whenever it is asked for: codes, keys and passwords that are shown once; seals over salted digests.
ONCE = {
    "people:invite", "people:account_password", "today:feed_open", "today:feed_renew", "library:issue_code", "ledger:file",
    "ledger:guest_erase",
}  # fmt: skip
CHANGES = ("clerk", "secretary", "colleague", "superior", "admin")


def sent(client: Client, house: House) -> dict[str, str]:
    """What comes back of every address of the house when he is named in it and in what is sent, and of the page to which it
    leads with all its messages; undone each time. None of it moves what he answered."""
    whose, closed = house.whose, house.closed
    typed = {
        "pick": "1", "member": str(whose.pk), "person": str(whose.pk), "people": str(whose.pk), "name": whose.name,
        "test": str(closed.pk), "revision": str(closed.revision), "unit": str(house.scene.cast.branch.pk),
    }  # fmt: skip
    heard, jar, kept = {}, client.cookies.copy(), his(whose)
    for name, url in house.addresses():
        if name in ONCE:
            continue
        with transaction.atomic():
            answer = client.post(url, typed)
            said_there = words(answer)
            if answer.status_code == 302 and not answer["Location"].startswith("/login/"):
                said_there += words(client.get(answer["Location"]))
                made = re.search(r"/(\d+)/$", answer["Location"])
                if made and made[1] not in url:  # what it made anew: PostgreSQL never gives a number twice
                    said_there = re.sub(rf"\b{made[1]}\b", "made", said_there)
            assert answer.status_code < 500 and his(whose) == kept, url
            transaction.set_rollback(True)
        client.cookies = jar.copy()
        heard[url] = ANEW.sub("", said_there)
    return heard


def apart(before: str, after: str) -> list[str]:
    """The words that differ."""
    words = unified_diff(before.split(), after.split(), n=1, lineterm="")
    return [word[:200] for word in words][3:20]


def his(member: Member) -> list[object]:
    rows = (Picked.objects.filter(sitting__member=member), Recall.objects.filter(member=member))
    return [list(row.order_by("pk").values()) for row in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("who", CHANGES)
def test_whatever_is_sent_tells_nothing_of_it_and_moves_none_of_it(house: House, who: str) -> None:
    client = signed_in(house.who(who))
    before = sent(client, house)
    turned_round(house)
    taken_over(house)
    after = sent(client, house)
    assert {url: apart(text, after[url]) for url, text in before.items() if text != after[url]} == {}


@pytest.mark.django_db
def test_what_he_sends_himself_does_tell(house: House) -> None:
    client, url = signed_in(house.scene.cast.member), reverse("study:ask", args=[house.open.pk, 1])
    before = client.post(url, {"pick": "1"}, follow=True).content.decode()
    turned_round(house)
    assert "答案是" in before and "答对了" in client.post(url, {"pick": "2"}, follow=True).content.decode()


def tables() -> dict[str, int]:
    """Every table with what stands in it, as a number that changes with it."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = hash(tuple(sorted(map(repr, cursor.fetchall()))))
    return found


@pytest.mark.django_db
def test_answering_writes_into_three_tables_and_no_other(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """No line, no revision, no session, no version of a unit, no log: nothing from which it could be read later."""
    client = signed_in(house.scene.cast.member)
    client.get(reverse("study:mine"))
    extra = published(
        house.scene.cast.branch, questions(house.scene.cast.branch, 1, of="另外"), title="又一次", last=LAST
    )
    due = Recall.objects.filter(member=house.whose).order_by("pk")[0]
    Recall.objects.filter(pk=due.pk).update(due_on=TODAY, last_on=CLOSED)
    before = tables()
    with caplog.at_level(logging.INFO):
        answer = client.post(reverse("study:ask", args=[extra.pk, 1]), {"pick": "2"})
        again = client.post(reverse("study:again_one", args=[due.question_id]), {"pick": "1"})
        late = client.post(reverse("study:ask", args=[house.closed.pk, 2]), {"pick": "0"})
    assert answer.status_code == again.status_code == late.status_code == 302 and caplog.records == []
    moved = {table for table, rows in tables().items() if rows != before[table]}
    assert moved == {model._meta.db_table for model in (Picked, Recall, Sitting)}


# -- commands ----------------------------------------------------------------------------------------------------------

#: Command → what it is asked, each once a reader.
ASKED = {
    "report": ["--year 2026 --out 报告.docx", "--year 2026 --out 报告.xlsx"],
    "audit": ["稿.txt", "稿.txt --json"],
    "library search": ["正在答的", "第1题问什么 --json"],
    "library stats": [""],
    "passages": ["稿.txt --all"],
    "verify": [""],
    "forget": [""],
    "account": ["list"],
}
#: They read no ledger, open the pages, take something in, or do the night's work, which says a seal's number.
SAY_NOTHING = {"claims", "kinds", "demo", "serve", "library import", "night", "work"}
READERS = {"report", "audit", "library search", "library stats", "passages"}


def test_every_command_is_asked() -> None:
    names = {name for name in command_names() if name != "library"} | {f"library {word}" for word in sub_verbs()}
    assert names == set(ASKED) | SAY_NOTHING


def commanded(house: House, who: str | None, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    heard = {}
    for name, lines in ASKED.items():
        for line in lines:
            place = ["--unit", house.scene.cast.branch.name] if name in ("audit", "report") else []
            reader = ["--as", house.who(who).username] if who and name in READERS else []
            code = main([*name.split(), *line.split()[:1], *place, *reader, *line.split()[1:]])
            told_there = capsys.readouterr()
            files = "".join(words_of(file.read_bytes(), file.suffix[1:]) for file in Path().glob("报告.*"))
            heard[f"{name} {line}"] = f"{code}\n{told_there.out}\n{told_there.err}\n{ANEW.sub('', files)}"
    return heard


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["clerk", "secretary", None])
def test_no_command_tells_what_he_answered(
    house: House, who: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [f"youju.cli.{one}" for one in command_names()] + [
        f"youju.cli.library.{f}" for f in sub_verbs().values()
    ]:
        module = import_module(name)
        if hasattr(module, "open_folder"):
            monkeypatch.setattr(module, "open_folder", lambda args, **more: None)
    Path("稿.txt").write_text("述职报告\n2026年，组织自测2次，第1题问什么？正在答的。", encoding="utf-8")
    before = commanded(house, who, capsys)
    turned_round(house)
    taken_over(house)
    after = commanded(house, who, capsys)
    assert [line for line, text in before.items() if text != after[line]] == []
    assert "0\n" in before["account list"] and house.scene.cast.clerk.username in before["account list"]


# -- and by reading: commands, figures, reports and whatever comes can only ask what is not a person's ------------------

TABLES = re.compile(r"\b(Picked|Recall|Sitting)\b|\bsittings?(__|\.|_set)|\bpicked_set\b")
HIS_OWN = re.compile(r"\b(sheet_of|of_member|due_on|recalled|next_due|waiting_for)\b(?=\()|selftests\.about")
#: Who may hold the tables, and who may ask what is one member's: his own pages, and the room that speaks for it.
HOLDERS = ("study/selftests/", "study/models.py")
SPEAKERS = ("study/queries.py", "web/study/mine.py", "web/me/views.py", "web/today/views.py", *HOLDERS)


def holds_answers(source: Source) -> list[str]:
    if source.place.startswith(HOLDERS) or source.shape == "migrations":
        return []
    return [f"youju/{source.place}: reads members' answers ({found[0]})" for found in TABLES.finditer(source.text)]


def asks_for_one(source: Source) -> list[str]:
    if source.place.startswith(SPEAKERS) or "study.selftests" not in source.text:
        return []
    return [f"youju/{source.place}: asks what is one member's ({found[0]})" for found in HIS_OWN.finditer(source.text)]


@pytest.mark.parametrize("guard", [holds_answers, asks_for_one])
def test_nothing_else_reads_answers(guard: Callable[[Source], list[str]]) -> None:
    assert faults(guard) == []


def test_a_planted_reader_is_seen() -> None:
    assert holds_answers(Source("cli/answers.py", "from youju.study.models import Picked"))
    assert holds_answers(Source("figures/study_map.py", "tests.filter(sittings__member=member)"))
    asking = "from youju.study.selftests.queries import sheet_of\nsheet_of(member, test)"
    assert asks_for_one(Source("web/study/selftests.py", asking)) and not asks_for_one(
        Source("web/study/mine.py", asking)
    )
