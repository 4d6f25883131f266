"""Sign-in links of a demonstration: they live in the environment of one process and die with it."""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
from collections.abc import Mapping

#: Who comes through a proxy of this machine comes from elsewhere, though the address is this machine's.
FORWARDED = {"HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA"}


def username_for(token: str) -> str | None:
    """Whom this link signs in; None unless the process was started with such a link.

    YOUJU_SIGNIN_TOKENS is a JSON object of token and username. Every token is compared in full, so that the time taken
    tells nothing.
    """
    try:
        known = json.loads(os.environ.get("YOUJU_SIGNIN_TOKENS") or "{}")
    except ValueError:
        return None
    if not isinstance(known, dict):
        return None
    found: str | None = None
    for candidate, username in known.items():
        if secrets.compare_digest(candidate.encode(), token.encode()) and isinstance(username, str):
            found = username
    return found


def from_this_machine(address: str) -> bool:
    """Whether a request's own address is this machine. Headers of proxies are not believed."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_loopback


def asked_here(meta: Mapping[str, object]) -> bool:
    """Whether a request was made on this machine itself, with no proxy between."""
    return from_this_machine(str(meta.get("REMOTE_ADDR", ""))) and not FORWARDED & meta.keys()


def names_this_machine(host: str) -> bool:
    """Whether the address in the browser is this machine's own. Under a foreign name that leads here, a foreign page
    could read and send what only this machine may."""
    name = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdecimal() else host
    return name == "localhost" or from_this_machine(name.strip("[]"))
