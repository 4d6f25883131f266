"""Which job answers which first segment of an address. A job whose pages do not exist yet has no address."""

from __future__ import annotations

from pathlib import Path

from django.urls import include, path

#: First segment → folder of ``youju.web``. Its ``urls.py`` has ``app_name`` = folder and a first page named ``index``.
JOBS = {
    "": "today",
    "ledger/": "ledger",
    "report/": "report",
    "people/": "people",
    "overview/": "overview",
    "me/": "me",
    "login/": "login",
    "problems/": "problems",
    "plan/": "plan",
    "study/": "study",
    "work/": "work",
    "lists/": "lists",
    "library/": "library",
    "notices/": "notices",
    "signin/": "signin",
    "setup/": "setup",
    "find/": "find",
    "shared/": "shared",
}

HERE = Path(__file__).parent

urlpatterns = [
    path(segment, include(f"youju.web.{job}.urls"))
    for segment, job in JOBS.items()
    if (HERE / job / "urls.py").is_file()
]
