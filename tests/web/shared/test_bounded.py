"""A file that is too large is dropped while it comes in, and the form says so with everything else kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.store.models import StoredFile
from youju.store.rules import MAX_BYTES
from youju.web.shared.bounded import Bounded


def test_beyond_the_limit_no_byte_is_handed_on() -> None:
    handler = Bounded()
    handler.new_file("file", "a.png", "image/png", None)
    chunk = bytes(1024 * 1024)
    handed = [handler.receive_data_chunk(chunk, start * len(chunk)) for start in range(25)]
    assert sum(len(part) for part in handed if part) == MAX_BYTES
    dropped = handler.file_complete(25 * len(chunk))
    assert dropped is not None
    assert (dropped.size, dropped.read()) == (25 * len(chunk), b"")
    handler.new_file("file", "b.png", "image/png", None)
    assert handler.receive_data_chunk(b"x", 0) is None  # the files of one request share the limit
    handler = Bounded()
    handler.new_file("file", "b.png", "image/png", None)
    assert handler.receive_data_chunk(b"x", 0) == b"x"
    assert handler.file_complete(1) is None  # Django's own handlers go on


@pytest.mark.django_db
def test_a_large_file_comes_back_as_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast()
    session = make.activity(cast.branch, "party_meeting", date(2026, 11, 5))
    large = SimpleUploadedFile("会场.png", b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES))
    url = f"/ledger/{cast.branch.pk}/{session.number}/evidence/"
    answer = signed_in(cast.clerk).post(url, {"file": large, "caption": "会场全景"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "文件超过 20 MB" in body and "会场全景" in body
    assert not StoredFile.objects.exists()
