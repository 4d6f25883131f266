"""What the pages of rules show: one frozen dataclass a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django import forms

from youju.duties.choices.models import LocalRule, RuleChoice
from youju.duties.choices.queries import known_rule, local_rules, said_below, said_of
from youju.duties.queries import standings
from youju.duties.rulebook import PACKS, Rule, UnitRule, switch_of
from youju.duties.values import Standing, Status
from youju.figures.conversion import HOURS
from youju.kit.periods import Period, chinese_date
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.people.terms.queries import term_on
from youju.people.units.values import UnitKind
from youju.records.talks.values import Requirement
from youju.web.setup.rule_forms import EndForm
from youju.web.setup.tabs import Frame, frame

ASKED = ("不要求", "要求")
CONDITIONS = {"committee_exists": "设有支部委员会的", "groups_exist": "划分了党小组的"}


@dataclass(frozen=True)
class RuleRow:
    """A rule as this unit goes by it today."""

    rule: Rule
    on: bool
    word: str  # who said so: 默认启用, 2026年2月10日起启用：支部规则第4条（县直机关工委）
    met: str  # 今年 10 / 12 次
    late: int
    below: str  # of a unit above: how many under it said something else


@dataclass(frozen=True)
class Group:
    title: str
    note: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True)
class RulesPage:
    frame: Frame
    on: date
    groups: tuple[Group, ...]
    may_choose: bool
    sets_up: bool  # may open the other pages of 设置
    asks_term: bool  # a branch that never said when its committee was elected

    @property
    def unit(self) -> Unit:
        return self.frame.unit

    @property
    def in_force(self) -> int:
        return sum(row.on for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class Word:
    """One thing that was said of a rule, on its day."""

    since: date
    unit: Unit
    what: str
    basis: str


@dataclass(frozen=True)
class Switch:
    """One of the three talks, as this unit asks it this year."""

    name: str
    says: str
    on: bool
    word: str


@dataclass(frozen=True)
class RulePage:
    frame: Frame
    row: RuleRow
    binds: str
    history: tuple[Word, ...]
    below: tuple[Word, ...]
    periods: tuple[Standing, ...]
    may_choose: bool
    sets_up: bool
    own: LocalRule | None  # the version in force, where this unit made it
    end_form: EndForm | None
    switches: tuple[Switch, ...] = ()  # of the rule of talks

    @property
    def conversion(self) -> str:
        """How 学时 are reckoned."""
        return HOURS.basis if self.row.rule.of_hours else ""

    @property
    def unit(self) -> Unit:
        return self.frame.unit

    @property
    def rule(self) -> Rule:
        return self.row.rule


@dataclass(frozen=True)
class RuleFormPage:
    unit: Unit
    form: forms.Form
    heading: str
    verb: str
    back: str
    seen: int = 0  # the version that was open when the form was opened


def rules_page(unit: Unit, *, on: date, may_choose: bool, rights: frozenset[Right]) -> RulesPage:
    """Every rule of the packs and of the unit's own, in the order of the packs."""
    said, below, met = said_of(unit), said_below(unit), _met(unit, on)
    groups = [
        Group(pack.title, _note(pack.rules), tuple(_row(rule, unit, said, below, met, on) for rule in pack.rules))
        for pack in PACKS
    ]
    own = [_local_row(versions, unit, said, below, met, on) for versions in _by_rule(local_rules(unit))]
    made = Group("本组织和上级自己加的规定", "", tuple(own))
    return RulesPage(
        frame=_frame(unit, rights),
        on=on,
        groups=tuple([*groups, made] if own else groups),
        may_choose=may_choose,
        sets_up=Right.WRITE_RECORDS in rights,
        asks_term=unit.kind == UnitKind.BRANCH and term_on(unit, on) is None,
    )


def rule_page(unit: Unit, rule_id: str, *, on: date, may_choose: bool, rights: frozenset[Right]) -> RulePage:
    """One rule: what it says, what was said of it, and how this year stands."""
    said, below, met = said_of(unit), said_below(unit), _met(unit, on)
    versions = [row for row in local_rules(unit) if row.rule_id == rule_id]
    rule = known_rule(unit, rule_id)
    assert rule is not None  # the view looked first
    row = _local_row(versions, unit, said, below, met, on) if versions else _row(rule, unit, said, below, met, on)
    own = next((one for one in versions if one.unit_id == unit.pk and one.ended_on is None), None)
    parts = {switch_of(rule_id, one): one for one in Requirement} if rule.talks else {}
    chosen = [_word(choice, parts) for choice in said if choice.rule_id in (rule_id, *parts)]
    return RulePage(
        frame=_frame(unit, rights),
        row=row,
        binds=_binds(rule),
        history=tuple(sorted([*chosen, *_told(versions)], key=lambda word: word.since, reverse=True)),
        below=tuple(_word(choice, parts) for choice in below if choice.rule_id in (rule_id, *parts)),
        periods=tuple(met.get(rule_id, ())),
        may_choose=may_choose,
        sets_up=Right.WRITE_RECORDS in rights,
        own=own if may_choose else None,
        end_form=EndForm(initial={"since": on}, auto_id="end_%s") if own and may_choose else None,
        switches=tuple(_switch(name, one, unit, said, on) for name, one in parts.items()),
    )


def _switch(name: str, one: Requirement, unit: Unit, said: list[RuleChoice], on: date) -> Switch:
    """As the year's talks are owed: by the last word before its end."""
    choice = _last_word(name, unit, said, Period.year(on.year).end)
    return Switch(one.zh, one.says, choice.on if choice else True, _told_by(choice, unit, ASKED) if choice else "")


def _frame(unit: Unit, rights: frozenset[Right]) -> Frame:
    """Who may only read the rules sees no tab that he could not open."""
    whole = frame(unit, "setup:rules")
    return whole if Right.WRITE_RECORDS in rights else replace(whole, tabs=())


def _met(unit: Unit, on: date) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = {}
    for standing in standings(unit, on.year, on=on):
        if standing.due.source == "rule":
            found.setdefault(standing.due.source_id, []).append(standing)
    return found


def _row(
    rule: Rule, unit: Unit, said: list[RuleChoice], below: list[RuleChoice], met: dict[str, list[Standing]], on: date
) -> RuleRow:
    choice = _last_word(rule.id, unit, said, on)
    default = "默认启用" if rule.default else "默认不启用"
    return RuleRow(
        rule=rule,
        on=choice.on if choice else rule.default,
        word=_told_by(choice, unit) if choice else default,
        met=_counted(met.get(rule.id, [])),
        late=sum(s.status is Status.LATE for s in met.get(rule.id, [])),
        below=_below(rule.id, below, on),
    )


def _local_row(
    versions: list[LocalRule], unit: Unit, said: list[RuleChoice], below: list[RuleChoice],
    met: dict[str, list[Standing]], on: date,
) -> RuleRow:  # fmt: skip
    """``versions`` latest first; the one of the day, or the nearest to it."""
    now = next((row for row in versions if row.since <= on), versions[-1])
    in_force = now.since <= on and (now.ended_on is None or on < now.ended_on)
    row = _row(now.rule, unit, said, below, met, on)
    by = "" if now.unit_id == unit.pk else f"（{now.unit.short_name}）"
    until = f"，{chinese_date(now.ended_on)}停用" if now.ended_on else ""
    word = row.word if row.word != "默认启用" else f"{chinese_date(now.since)}起：{now.basis}{by}{until}"
    return replace(row, on=row.on and in_force, word=word)


def _last_word(rule_id: str, unit: Unit, said: list[RuleChoice], on: date) -> RuleChoice | None:
    """The last word in force on the day; of one day, the nearest to the unit."""
    words = [choice for choice in said if choice.rule_id == rule_id and choice.since <= on]
    return max(words, key=lambda choice: (choice.since, choice.unit.path), default=None)


def _told_by(choice: RuleChoice, unit: Unit, words: tuple[str, str] = ("停用", "启用")) -> str:
    by = "" if choice.unit_id == unit.pk else f"（{choice.unit.short_name}）"
    return f"{chinese_date(choice.since)}起{words[choice.on]}：{choice.basis}{by}"


def _counted(found: list[Standing]) -> str:
    if not found:
        return ""
    if len(found) == 1:
        return found[0].status.zh + (f"：{found[0].sentence}" if found[0].sentence else "")
    return f"{len(found)}期，已办{sum(s.status is Status.DONE for s in found)}期"


def _below(rule_id: str, said: list[RuleChoice], on: date) -> str:
    last = {choice.unit_id: choice for choice in said if choice.rule_id == rule_id and choice.since <= on}
    on_count = sum(choice.on for choice in last.values())
    parts = [f"{on_count}个下级启用"] * bool(on_count) + [f"{len(last) - on_count}个下级停用"] * (len(last) > on_count)
    return "、".join(parts)


def _word(choice: RuleChoice, parts: Mapping[str, Requirement]) -> Word:
    part = parts.get(choice.rule_id)
    what = f"{ASKED[choice.on]}{part.zh}" if part else "启用" if choice.on else "停用"
    return Word(choice.since, choice.unit, what, choice.basis)


def _told(versions: list[LocalRule]) -> list[Word]:
    words = []
    for at, row in enumerate(versions):
        what = "加上" if at == len(versions) - 1 else "改为"
        words.append(Word(row.since, row.unit, f"{what}：{row.rule.title}，{row.rule.rhythm_zh}", row.basis))
        if row.ended_on and row.ending_basis:
            words.append(Word(row.ended_on, row.unit, "停用", row.ending_basis))
    return words


def _by_rule(rows: list[LocalRule]) -> list[list[LocalRule]]:
    found: dict[str, list[LocalRule]] = {}
    for row in rows:
        found.setdefault(row.rule_id, []).append(row)
    return list(found.values())


def _note(rules: tuple[Rule, ...]) -> str:
    """What is to be known of the sources of a pack."""
    return "；".join(dict.fromkeys(rule.origin.note for rule in rules if rule.origin.note))


def _binds(rule: Rule) -> str:
    who = CONDITIONS.get(rule.condition, "所有")
    if rule.formal_at_least:
        who = f"正式党员{rule.formal_at_least}人以上的"
    if rule.term_years:
        who = f"任期{'、'.join(map(str, rule.term_years))}年的"
    base = f"{who}党支部" + ("，临时党支部除外" if rule.permanent else "")
    return base if rule.default or isinstance(rule, UnitRule) else f"写明依据、启用了的{base.removeprefix('所有')}"
