"""`youju night`: seals once, on the day that the other commands say it is."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date

import pytest

from tests import make
from youju.cli import night
from youju.journal.models import Seal
from youju.kit.zone import local_day

pytestmark = pytest.mark.django_db


def test_it_seals_on_the_day_that_is_named_and_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2031-03-05")
    monkeypatch.setattr(night, "open_folder", lambda args: None)
    make.unit()
    nothing = ArgumentParser().parse_args([])
    assert night.run(nothing) == 0
    seal = Seal.objects.get()
    assert capsys.readouterr().out == f"已封存 {seal.short}。\n" and local_day(seal.at) == date(2031, 3, 5)
    assert night.run(nothing) == 0
    assert capsys.readouterr().out == "上次封存之后没有新的留痕。\n" and Seal.objects.count() == 1
