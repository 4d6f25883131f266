"""The store comes up to the database, however it was cut off, and says when it is not what the database would make of it."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cast import standing_cast
from tests.library.making import AT, DAY, changing, document
from youju.library.documents.actions import remove
from youju.library.documents.queries import last_serial
from youju.library.documents.values import Span
from youju.library.entitlements.values import OWNER, Reader
from youju.library.handed.actions import keep_handed
from youju.library.models import Document, HandedText, Serial
from youju.library.passages import following
from youju.library.passages.asking import asker
from youju.library.passages.checking import differing
from youju.library.passages.engine import Passages
from youju.library.passages.following import follow, follow_groups
from youju.library.passages.queries import find_passages
from youju.library.passages.store import store, store_in
from youju.library.passages.values import HANDED, OPEN, WHOLE, key_of
from youju.library.passages.variants import near_groups, variants_of

pytestmark = pytest.mark.django_db

WORDS = "春耕时节把农资送到村口，一户一户问缺什么、要多少，当天登记当天配送"


def test_it_holds_each_reading_of_each_text_and_then_does_nothing() -> None:
    cast = standing_cast()
    plain, closed = document("没有受限段的一篇"), document("有受限段的一篇", restricted=(Span(0, 3),))
    report = keep_handed(
        unit=cast.branch, submission=3, year=2026, title="报告", handed_on=DAY, text=WORDS, by=None, at=AT
    )
    assert follow() == 3 and store().mark == last_serial()
    expected = {key_of(plain.pk), key_of(closed.pk), key_of(closed.pk, WHOLE), key_of(report.pk, HANDED)}
    assert set(store().keys()) == expected
    assert follow() == 0
    remove(document=closed, by=None, at=AT)
    assert follow() == 1 and set(store().keys()) == {key_of(plain.pk, OPEN), key_of(report.pk, HANDED)}
    assert list(differing()) == []


def test_nothing_is_written_where_there_is_nothing_or_only_a_question(data: Path) -> None:
    assert follow() == 0 and list(data.iterdir()) == []
    document(WORDS)
    assert find_passages(asker(None, on=DAY), WORDS).passages
    assert list(data.iterdir()) == []


def test_cut_off_at_any_write_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_TEXTS", 2)
    rows = [document(f"第{number}篇，{WORDS}") for number in range(5)]
    follow()
    remove(document=rows[0], by=None, at=AT)
    rows += [document(f"又一篇{number}，{WORDS}") for number in range(3)]
    whole, first = Passages.add, store().mark + 2
    cut_at = [first]

    def cut_off(self: Passages, texts: Iterable[tuple[int, str]], *, mark: int | None = None) -> None:
        if mark == cut_at[0]:
            raise KeyboardInterrupt
        whole(self, texts, mark=mark)

    monkeypatch.setattr(Passages, "add", cut_off)
    for cut_at[0] in (first, last_serial()):  # in the middle of the first change of the store, then of the last
        with pytest.raises(KeyboardInterrupt):
            follow()
        assert find_passages(asker(None, on=DAY), WORDS).texts == 7
    monkeypatch.setattr(Passages, "add", whole)
    assert follow() == 2 and find_passages(asker(None, on=DAY), WORDS).texts == 7
    assert set(store().keys()) == {key_of(row.pk) for row in rows[1:]}


@pytest.mark.parametrize(
    "spoil", ["another form", "not a manifest", "something else", "cut off", "from behind a backup"]
)
def test_a_store_that_cannot_be_used_is_asked_nothing_and_made_anew(data: Path, spoil: str) -> None:
    row = document(WORDS)
    follow()
    manifest = data / "index" / "passages" / "manifest.json"
    if spoil == "another form":
        manifest.write_text(json.dumps({**json.loads(manifest.read_bytes()), "form": "0"}))
    elif spoil == "not a manifest":
        manifest.write_text("{")
    elif spoil == "something else":
        manifest.write_text("[]")
    elif spoil == "cut off":
        (file,) = manifest.parent.glob("segment-*/keys")
        file.write_bytes(b"")
        store_in.cache_clear()
    else:
        store().add([(key_of(99), WORDS)], mark=last_serial() + 5)
    assert find_passages(asker(None, on=DAY), WORDS).texts == 1
    assert list(differing())
    assert follow() == 1 and store().keys() == [key_of(row.pk)]
    assert list(differing()) == []


class TestFaults:
    def test_a_text_that_is_missing_one_too_many_or_changed(self) -> None:
        rows = [document(f"第{number}篇，{WORDS}") for number in range(3)]
        follow()
        store().remove([key_of(rows[0].pk)])
        store().add([(key_of(rows[1].pk), "别的文字"), (key_of(77), WORDS)])
        said = "".join(differing())
        assert "缺 1 篇" in said and "多出 1 篇" in said and "有 1 篇与正文不一致" in said

    def test_what_was_not_followed_yet_is_no_fault(self) -> None:
        row = document(WORDS)
        follow()
        document(f"又{WORDS}")
        remove(document=row, by=None, at=AT)
        assert list(differing()) == []

    def test_what_changes_while_it_is_looked_at_is_no_fault(self) -> None:
        row, gone = document(WORDS), document(f"又{WORDS}")
        follow()
        with changing(row, gone):
            assert list(differing()) == []
        row.refresh_from_db()
        assert row.changed > store().mark  # else nothing had changed


class TestNear:
    @pytest.fixture
    def alike(self) -> list[Document]:
        long = "".join(f"第{n}件事是到{n}号村走访{n * 7}户，帮着解决了{n * 3}个难题。" for n in range(40))
        rows = [document(long), document(f"{long}改了结尾"), document("完全不同的一篇" + WORDS)]
        follow()
        follow_groups(at_once=True)
        return rows

    def test_variants_are_told_of_what_the_reader_reads(self, alike: list[Document]) -> None:
        first, second, third = (row.pk for row in alike)
        assert near_groups(OWNER) == [(first, second)]
        assert variants_of(OWNER, [second, third]) == {second: [first]}
        Document.objects.filter(pk=second).update(unit=standing_cast().other)
        assert near_groups(Reader()) == [] and variants_of(Reader(), [first, second]) == {}

    def test_by_day_they_are_made_anew_only_where_much_has_changed(
        self, alike: list[Document], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not follow_groups() and not follow_groups(at_once=True)
        monkeypatch.setattr(following, "NEWS", 1)
        remove(document=alike[0], by=None, at=AT)
        assert near_groups(OWNER) == []
        follow()
        assert not follow_groups() and follow_groups(at_once=True)

    def test_a_restricted_span_makes_no_group(self) -> None:
        hidden = "".join(f"第{n}件事是到{n}号村走访{n * 7}户，帮着解决了{n * 3}个难题。" for n in range(40))
        for number in range(2):
            document(f"公开的第{number}种说法{hidden}", restricted=(Span(9, 9 + len(hidden)),))
        follow()
        follow_groups(at_once=True)
        assert near_groups(OWNER) == []

    def test_reports_handed_in_are_in_no_group(self, alike: list[Document]) -> None:
        text = alike[0].text.whole
        keep_handed(
            unit=standing_cast().branch, submission=1, year=2026, title="报", handed_on=DAY, text=text, by=None, at=AT
        )
        follow()
        follow_groups(at_once=True)
        assert near_groups(OWNER) == [(alike[0].pk, alike[1].pk)] and HandedText.objects.exists()


def test_the_mark_is_the_last_change_of_documents_and_reports_alike() -> None:
    document(WORDS)
    follow()
    assert store().mark == Serial.objects.get().last
