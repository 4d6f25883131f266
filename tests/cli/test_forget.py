"""`youju forget`: lists by default, and forgets only who is named, with --yes."""

from argparse import ArgumentParser
from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.cli import forget
from youju.kit.refusal import Refusal
from youju.people.models import Member

pytestmark = pytest.mark.django_db
NAME = "欧阳若谷"


@pytest.fixture
def gone(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    monkeypatch.setattr(forget, "open_folder", lambda args: None)
    cast = standing_cast()
    person = make.member(cast.branch, NAME)
    make.activity(cast.branch, "theme_day", date(2020, 6, 6), title=f"{NAME}讲党课")
    make.leave(person, on=date(2021, 3, 1))
    return person


def run(*words):
    parser = ArgumentParser()
    forget.add_arguments(parser)
    return forget.run(parser.parse_args(list(map(str, words))))


@pytest.mark.parametrize("words", [[], ["--dry-run"]])
def test_it_lists_and_changes_nothing(gone, capsys, words):
    assert run(*words) == 0
    said = capsys.readouterr().out
    assert f"编号 {gone.pk} {NAME}" in said and "清除 姓名 1" in said and "留下 到会情况 1" in said
    assert "文字里可能写到他，请先更正：记录 2020-党日-01" in said and "什么也没有改" in said
    assert Member.objects.get(pk=gone.pk).name == NAME


def test_with_a_number_and_a_yes_he_is_forgotten(gone, capsys):
    assert run(gone.pk, "--yes") == 0
    said = capsys.readouterr().out
    assert f"编号 {gone.pk} 已遗忘：姓名 1" in said and "记录 2020-党日-01" in said and NAME not in said
    assert Member.objects.get(pk=gone.pk).name == "已遗忘"
    assert run() == 0
    assert "没有到期的。" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--yes"], ["--yes", "--dry-run", 1], [999999], [999999, "--yes"]])
def test_wrong_use_changes_nothing(gone, words):
    with pytest.raises(Refusal):
        run(*words)
    assert Member.objects.get(pk=gone.pk).name == NAME
