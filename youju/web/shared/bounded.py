"""What is uploaded is counted while it comes in: not a byte beyond what the store keeps touches memory or disk."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from youju.store.rules import MAX_BYTES


class Bounded(FileUploadHandler):
    """Stands before Django's own handlers. Of a file that grows too large the rest is read past and dropped.

    The form then still arrives whole, with an empty file that says how large it was, and the page says the sentence.
    The files of one request share the limit, so nobody fills the disk with a hundred of them.
    """

    most = MAX_BYTES

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._came = 0
        self._too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._came += len(raw_data)
        self._too_large = self._too_large or self._came > self.most
        return None if self._too_large else raw_data

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if not self._too_large:
            return None
        return InMemoryUploadedFile(
            file=io.BytesIO(), field_name=self.field_name, name=self.file_name or "", content_type=self.content_type,
            size=max(file_size, self.most + 1), charset=self.charset,
        )  # fmt: skip
