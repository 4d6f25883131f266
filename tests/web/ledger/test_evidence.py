"""Evidence: where a picture was taken is kept nowhere, small pictures, the note on its time, taking it back."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.journal.queries import revisions_of
from youju.journal.values import Owner
from youju.records.activities.models import Evidence, Session
from youju.store.actions import erase
from youju.store.queries import preview_path

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
PLACE = b"QINGHE-31.2345-N"
CAMERA = b"KAMERA-9000"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


@pytest.fixture
def held(cast: Cast) -> Session:
    return make.activity(cast.branch, "theme_day", DAY)


def exif(taken: str) -> bytes:
    words = Image.Exif()
    words[0x0110] = CAMERA.decode()
    words.get_ifd(0x8769)[0x9003] = taken
    words.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 4.2), 3: "E", 4: (121.0, 28.0, 1.0), 29: PLACE.decode()})
    return words.tobytes()


def picture(kind: str, *, taken: str = "2026:11:05 15:30:00", size: tuple[int, int] = (900, 600)) -> bytes:
    out = io.BytesIO()
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", PLACE.decode())
        image.save(out, "PNG", exif=exif(taken), pnginfo=words)
    else:
        image.save(out, "JPEG", exif=exif(taken), comment=PLACE)
    return out.getvalue()


def address(session: Session, more: str = "") -> str:
    return f"/ledger/{session.ledger_id}/{session.number}/{more}"


def upload(client: Client, session: Session, data: bytes, name: str = "a.jpg", caption: str = "会场") -> object:
    return client.post(address(session, "evidence/"), {"file": SimpleUploadedFile(name, data), "caption": caption})


def everything_kept() -> list[tuple[Path, bytes]]:
    return [(path, path.read_bytes()) for path in Path(settings.FILES).rglob("*") if path.is_file()]


def unpacked(name: str, data: bytes) -> dict[str, bytes]:
    """The parts of an export: packed, nothing could be found in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {f"{name}:{part}": package.read(part) for part in package.namelist()}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_where_it_was_taken_is_kept_nowhere(cast: Cast, held: Session, kind: str) -> None:
    data = picture(kind)
    assert PLACE in data and CAMERA in data  # the test would otherwise look for nothing
    client = signed_in(cast.clerk)
    upload(client, held, data, f"a.{kind.lower()}")
    proof = Evidence.objects.get()
    pages = {
        "small": b"".join(client.get(address(held, f"evidence/{proof.pk}/preview.jpg")).streaming_content),
        "whole": b"".join(client.get(address(held, f"evidence/{proof.pk}/")).streaming_content),
        "page": client.get(address(held)).content,
        **unpacked("list", client.get("/ledger/export.xlsx").content),
        **unpacked("record", client.get(address(held, "record.docx")).content),
        **unpacked("year", client.get("/ledger/year.docx?year=2026").content),
    }
    assert "year:word/document.xml" in pages
    kept = everything_kept()
    assert preview_path(proof.file.sha256) in {path for path, _ in kept}
    for name, found in [*pages.items(), *kept]:
        for secret in (PLACE, CAMERA, b"GPS"):
            assert secret not in found, name
    for name in ("small", "whole"):
        assert not Image.open(io.BytesIO(pages[name])).getexif()
    assert max(Image.open(io.BytesIO(pages["small"])).size) == 320
    assert proof.file.taken_at == make.moment(DAY, 15, 30)
    assert "只留拍摄时间" in pages["page"].decode()


@pytest.mark.parametrize(
    ("taken", "noted"),
    [("15:30", False), ("14:31", False), ("17:29", False), ("14:20", True), ("17:40", True), ("02:00", True)],
)
def test_a_picture_of_another_hour_is_noted(cast: Cast, held: Session, taken: str, noted: bool) -> None:
    client = signed_in(cast.clerk)
    upload(client, held, picture("JPEG", taken=f"2026:11:05 {taken}:00"))
    assert ("照片时间不在会议时段内" in client.get(address(held)).content.decode()) is noted


def test_heic_is_refused_with_a_way_out(cast: Cast, held: Session) -> None:
    data = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100
    answer = upload(signed_in(cast.clerk), held, data, "a.heic")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "HEIC" in answer.content.decode()  # type: ignore[attr-defined]
    assert not Evidence.objects.exists()


def test_it_can_be_taken_back_with_a_reason(cast: Cast, held: Session) -> None:
    client = signed_in(cast.clerk)
    upload(client, held, picture("JPEG"))
    where = address(held, f"evidence/{Evidence.objects.get().pk}/withdraw/")
    assert client.post(where, {"reason": ""}).status_code == 422
    assert Evidence.objects.exists()
    assert client.post(where, {"reason": "是另一次会的照片"}).status_code == 302
    assert not Evidence.objects.exists()
    newest = revisions_of(Owner("records", "session", held.pk))[0]
    assert newest.reason == "是另一次会的照片"
    assert "撤回佐证：是另一次会的照片" in client.get(address(held)).content.decode()
    assert client.post(where, {"reason": "又一次"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_erased_picture_leaves_no_small_one(cast: Cast, held: Session) -> None:
    client = signed_in(cast.clerk)
    upload(client, held, picture("JPEG"))
    proof = Evidence.objects.get()
    small = address(held, f"evidence/{proof.pk}/preview.jpg")
    assert client.get(small).status_code == 200
    assert preview_path(proof.file.sha256).exists()
    erase(row=proof.file, by=None, at=make.moment(DAY, 21))
    assert not preview_path(proof.file.sha256).exists()
    assert client.get(small).status_code == 404
