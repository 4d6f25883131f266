"""What is changed behind the back of the actions is found."""

import pytest

from tests.library.intake.making import AT, taken
from tests.library.making import document
from youju.library.documents.checking import torn
from youju.library.documents.values import Section, Span, Taken
from youju.library.intake.listing import Listing
from youju.library.intake.values import Way
from youju.library.models import Copy, Document, Mark, Removal, Serial, Text
from youju.store.actions import erase
from youju.store.queries import path_of
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
WORDS = "今年共签订托管合同三百份。其中受限的一句。明年扩面。"


@pytest.fixture
def row():
    return document(
        WORDS, raw=f"广告{WORDS}", restricted=(Span(13, 21),), removals=(Taken("advert", 0, 2),), marks=(Taken("blank", 3, 5),),
        sections=(Section(0, 13, 1, "今年"),),
    )  # fmt: skip


def of(model, **words):
    return lambda row: model.objects.filter(document=row).update(**words)


def test_what_the_actions_made_is_whole(row):
    assert not list(torn())


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (of(Text, whole=WORDS.replace("三", "五")), "摘要不符"),
        (of(Text, whole=WORDS + "多了。"), "登记 26 字，正文是 29 字"),
        (of(Text, restricted=[[13, 99]]), "受限段超出正文"),
        (of(Text, restricted=[]), "是否有受限段"),
        (of(Text, sections=[[5, 3, 1, "今年"]]), "章节超出正文"),
        (of(Removal, end=99), "清除超出文本"),
        (of(Mark, end=27), "标注超出文本"),
        (lambda row: Text.objects.filter(pk=row.pk).delete(), "没有正文"),
        (lambda row: Copy.objects.all().delete(), "没有来处"),
        (lambda row: Serial.objects.update(last=0), "变更序号 0 小于"),
        (lambda row: Document.objects.update(characters=5), "登记 5 字"),
    ],
)
def test_each_fault_is_said(row, fault, sentence):
    fault(row)
    found = list(torn())
    assert any(sentence in one for one in found), found
    assert any(one.where == "素材库" and sentence in one.sentence for one in faults())


def test_an_original_that_is_lost_is_said_and_one_that_was_erased_is_not():
    listing = Listing()
    listing.add_text("总结", WORDS)
    taken(listing, way=Way.PASTE)
    copy = Copy.objects.get()
    path_of(copy.digest).unlink()
    assert any("原件“总结”不在文件库里" in one for one in torn())
    erase(row=copy.file, by=None, at=AT)
    assert not list(torn())
