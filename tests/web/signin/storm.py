"""Many phones at once, as plain sockets: each tap is one request on a connection of its own, as from a phone on Wi-Fi."""

from __future__ import annotations

import asyncio
import random
import secrets
import string
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.signing import Signer

from youju.web.signin.carried import NAME

LETTERS = string.ascii_letters + string.digits


def request_of(*, session_id: int, member_id: int, moment: int, host: str, close: bool = True) -> bytes:
    """我到了 as a phone that has picked its name sends it: both cookies' values are what the pages would have set."""
    device = secrets.token_hex(8)
    name = Signer(salt=NAME).sign(f"{member_id}.{session_id}.{device}.{moment}")
    token = "".join(secrets.choice(LETTERS) for _ in range(32))
    body = f"csrfmiddlewaretoken={token}"
    return (
        f"POST /signin/at/{session_id}/here/ HTTP/1.1\r\nHost: {host}\r\n"
        f"Cookie: csrftoken={token}; {NAME}={name}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nConnection: {'close' if close else 'keep-alive'}\r\n\r\n{body}"
    ).encode()


@dataclass
class Told:
    """What the phones were answered. A member is acknowledged once any of his taps was answered with the way on (302)."""

    acknowledged: set[int] = field(default_factory=set)
    taps: int = 0
    answered: int = 0
    failed: int = 0
    strange: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


async def answer(reader: asyncio.StreamReader) -> int:
    """The status of one answer, read to its end."""
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at >= 0:
        await reader.readexactly(int(lower[at + 15 : lower.index(b"\r\n", at)]))
    return int(head[9:12])


async def tap(told: Told, host: str, port: int, member_id: int, request: bytes) -> None:
    told.taps += 1
    began = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection(host, port)
        try:
            writer.write(request)
            status = await answer(reader)
        finally:
            writer.close()
    except (OSError, asyncio.IncompleteReadError):
        told.failed += 1
        return
    told.waits.append(time.perf_counter() - began)
    told.answered += 1
    if status == 302:
        told.acknowledged.add(member_id)
    else:
        told.strange.append(status)


async def phone(told: Told, host: str, port: int, member_id: int, request: bytes, *, wait: float, again: bool) -> None:
    """Taps twice at once; some try once more a little later."""
    await asyncio.sleep(wait)
    await asyncio.gather(*(tap(told, host, port, member_id, request) for _ in range(2)))
    if again:
        await asyncio.sleep(0.5)
        await tap(told, host, port, member_id, request)


async def storm(
    *, host: str, port: int, requests: Sequence[tuple[int, bytes]], seconds: float, told: Told | None = None
) -> Told:
    """Everybody within some seconds, half of them in the first sixth; every tenth tries again."""
    told = told or Told()
    chance = random.Random(7)
    waits = [chance.uniform(0, seconds / 6 if index % 2 else seconds) for index in range(len(requests))]
    await asyncio.gather(
        *(
            phone(told, host, port, member_id, request, wait=wait, again=index % 10 == 0)
            for index, ((member_id, request), wait) in enumerate(zip(requests, waits, strict=True))
        )
    )
    return told
