"""What cleaning took off can be put back and taken off again; the text, its spans, marks and sections follow."""

import pytest

from tests import make
from tests.cast import standing_cast
from tests.library.intake.making import AT, DAY, taken
from youju.journal.models import Line
from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.library.documents.actions import remove
from youju.library.documents.checking import torn
from youju.library.documents.queries import last_serial, shown_to
from youju.library.entitlements.values import OWNER, Reader
from youju.library.intake.listing import Listing
from youju.library.intake.values import Way
from youju.library.models import Document, Removal
from youju.library.removals.actions import put_back, take_off
from youju.library.removals.queries import removal_for, removed_from
from youju.people.roles.rules import Role

pytestmark = pytest.mark.django_db
ADVERT = "更多精品材料请关注公众号：示例材料库"
RAW = (
    f"青禾支部2023年工作总结\n{ADVERT}\n一、基本情况\n今年共开展主题党日□□次，##paidbegin##其中受限的一句，##paidend##走访社员七户。\n"
    "二、下一步打算\n明年继续办好土地托管。\n"
)


def kept(raw=RAW, **more):
    listing = Listing()
    listing.add_text("青禾支部2023年工作总结", raw)
    intake = taken(listing, way=Way.PASTE, given=raw, **more)
    return Document.objects.get(pk=intake.rows.get().document_id)


def the(document, words):
    """The one removal in whose words these stand."""
    (found,) = (one.removal for one in removed_from(document, OWNER) if words in one.words)
    return found


def whole(document):
    return shown_to(OWNER, document.pk).text


def hidden(document):
    """What a reader without the right reads."""
    return shown_to(Reader(scopes=None), document.pk).text


def test_what_is_put_back_stands_in_the_text_again_and_everything_follows():
    document = kept()
    before, serial = whole(document), last_serial()
    assert ADVERT not in before and "##paid" not in before and "受限" in before and "受限" not in hidden(document)
    put_back(removal=the(document, ADVERT), by=None, at=AT)
    document.refresh_from_db()
    assert ADVERT in whole(document) and "##paid" not in whole(document) and document.characters == len(whole(document))
    assert "受限" not in hidden(document) and ADVERT in hidden(document)
    assert document.changed == last_serial() == serial + 1 and not list(torn())
    sections = shown_to(OWNER, document.pk).sections
    assert all(whole(document)[one.start :].startswith(one.heading) for one in sections) and len(sections) == 2
    (mark,) = (one for one in document.marks.all() if one.kind == "placeholder")
    assert whole(document)[mark.start : mark.end] == "□□"
    assert Line.objects.filter(verb="放回清除的内容", object_id=document.pk).count() == 1


def test_taken_off_again_the_text_is_what_it_was():
    document = kept()
    before, others = whole(document), set(document.removals.values_list("pk", flat=True))
    removal = the(document, ADVERT)
    put_back(removal=removal, by=None, at=AT)
    take_off(removal=removal, by=None, at=AT)
    assert whole(document) == before and set(document.removals.values_list("pk", flat=True)) == others
    assert not any(one.is_back for one in removed_from(document, OWNER)) and not list(torn())


def test_a_marker_that_is_put_back_opens_nothing():
    document = kept()
    put_back(removal=the(document, "paidbegin"), by=None, at=AT)
    document.refresh_from_db()
    assert "paidbegin" in whole(document) and document.has_restricted
    assert "受限" not in hidden(document) and not list(torn())


def test_twice_is_refused_and_so_is_a_document_that_was_taken_out():
    document = kept()
    removal = the(document, ADVERT)
    with pytest.raises(Refusal, match="没有放回过"):
        take_off(removal=removal, by=None, at=AT)
    put_back(removal=removal, by=None, at=AT)
    with pytest.raises(Refusal, match="已经放回"):
        put_back(removal=removal, by=None, at=AT)
    remove(document=document, by=None, at=AT)
    with pytest.raises(Refusal, match="移出"):
        take_off(removal=removal, by=None, at=AT)


def test_two_documents_never_come_to_say_the_same(monkeypatch):
    document = kept()
    removal = the(document, ADVERT)
    put_back(removal=removal, by=None, at=AT)
    twin = kept()  # cleaned as the first one was before: the same bytes are known, so they are no second document
    assert twin == document
    other = kept(RAW + "\n")
    assert other != document and whole(other) != whole(document)
    with pytest.raises(Refusal, match="一字不差"):
        take_off(removal=removal, by=None, at=AT)
    removal.refresh_from_db()
    assert removal.put_back_at == AT and ADVERT in whole(document) and not list(torn())


def test_who_may_undo_and_who_learns_nothing_of_it():
    cast = standing_cast()
    ours, site = kept(unit=cast.branch), kept()
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    removal, of_site = the(ours, ADVERT), the(site, ADVERT)
    assert removal_for(cast.clerk, removal.pk, on=DAY) == removal and removal_for(keeper, of_site.pk, on=DAY) == of_site
    plain = kept(RAW.replace("##paidbegin##", "").replace("##paidend##", "") + "写完了。\n", unit=cast.branch)
    with pytest.raises(NotAllowed):
        removal_for(cast.member, the(plain, ADVERT).pk, on=DAY)
    nobody = Removal.objects.latest("pk").pk + 1
    strangers = [(cast.other_clerk, removal.pk), (cast.stranger, removal.pk), (cast.admin, of_site.pk)]
    # Who reads the document in part hears the same, whether or not anything was taken off it.
    for user, number in (*strangers, (cast.member, removal.pk), (cast.clerk, of_site.pk), (cast.clerk, nobody)):
        with pytest.raises(NotYours, match="没有这一处清除"):
            removal_for(user, number, on=DAY)
    assert removed_from(site, Reader(scopes=None)) == [] and len(removed_from(site, OWNER)) >= 3
