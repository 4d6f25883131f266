"""A few lines of ledger text → the values the rules look at. No database.

2015-01-01 支部成立
2026-01-01 支委会 甲 乙 丙          committee from that day
2026-01-01 党员 甲 乙 丙            members (formal) from that day; 2026-05-10 离开 甲
2026-01-01 党小组 一 二             groups; 2026-07-01 撤组 一
2026-03-06 记 支委会                a session; 记 党小组会@一 hosted by a group; 记 谈心谈话:甲,乙 who took part
2027-02-06 记 组织生活会 2026年度   of the year before
2026-11-25 排 主题党日              a planned one
2026-02-10 豁免 主题党日 2026-02
2026-01-01 启用 党课 / 停用 党课
2026-12-31 支部撤销
2024-03-10 任期 3                   a committee elected that day for three years; 任期 临时 a temporary branch
2027-01-05 延期 2027-09-10          of the last term, with approval
2026-05-01 别处 甲 2026-07-01       in another unit from the first day to the second
2026-03-06 免 甲                    免于要求 on a roster of that day
2026-03-06 学 甲,乙 3               so many hours of a session that counts; 学 甲 ? nobody wrote when it ended
2026-05-12 本地 读书会 quarterly 集中学习次数 2 / 2026-08-01 废止 读书会
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from youju.duties import rules
from youju.duties.choices.values import RuleDraft, checked
from youju.duties.owing import owed
from youju.duties.rulebook import RULES, Rule
from youju.duties.values import Around, Choice, Dated, Days, Planned, Standing, UnitFacts, Version, Waived
from youju.figures import rules as figures
from youju.figures.catalogue import FIGURES
from youju.figures.conversion import HOURS
from youju.figures.values import ActivityFact, Attended, Material, PersonFact
from youju.kit.periods import Period
from youju.people.terms.values import TermFact
from youju.prose.vocabulary import KINDS

BRANCH = 1
LOCAL: dict[str, Rule] = {}  # rules made in a text, by name
KIND = {kind.zh: kind.id for kind in KINDS.values()}
RULE = {name: rule for rule in reversed(RULES.values()) for name in (rule.title, rule.label)}


@dataclass
class Text:
    """The ledger as read, ready to be asked how things stand."""

    opened: Days = field(default_factory=Days)
    people: dict[str, list[Days]] = field(default_factory=dict)
    committee: dict[str, list[Days]] = field(default_factory=dict)
    groups: dict[str, list[Days]] = field(default_factory=dict)
    activities: list[ActivityFact] = field(default_factory=list)
    reach: dict[int, frozenset[int]] = field(default_factory=dict)
    planned: list[Planned] = field(default_factory=list)
    waived: dict[tuple[str, str], Waived] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    terms: list[TermFact] = field(default_factory=list)
    elsewhere: dict[str, list[Days]] = field(default_factory=dict)
    exempt: dict[str, list[date]] = field(default_factory=dict)
    attended: list[Attended] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)

    def id_of(self, name: str) -> int:
        known = [*self.groups, *self.people, *self.committee]
        return 100 + known.index(name)

    @property
    def facts(self) -> UnitFacts:
        def dated(rows: dict[str, list[Days]]) -> tuple[Dated, ...]:
            return tuple(Dated(self.id_of(name), name, tuple(days)) for name, days in rows.items())

        people = dated(self.people)
        return UnitFacts(
            BRANCH, self.opened, people, people, dated(self.committee), dated(self.groups), tuple(self.choices),
            terms=tuple(self.terms), versions=tuple(self.versions),
            elsewhere={self.id_of(name): tuple(days) for name, days in self.elsewhere.items()},
            exempt={self.id_of(name): tuple(days) for name, days in self.exempt.items()},
        )  # fmt: skip

    @property
    def material(self) -> Material:
        committee = tuple(
            PersonFact(self.id_of(name), self.id_of(name), name, BRANCH, day.since or date.min, day.until, "post")
            for name, days in self.committee.items()
            for day in days
        )
        people = tuple(
            PersonFact(self.id_of(name), self.id_of(name), name, BRANCH, day.since or date.min, day.until, "formal")
            for name, days in self.people.items()
            for day in days
        )
        return Material(
            BRANCH, Period(date(2000, 1, 1), date(2099, 12, 31)), tuple(self.activities), people, committee, (),
            attended=tuple(self.attended), terms=tuple(self.terms),
        )  # fmt: skip

    def standings(self, year: int, on: str | date) -> list[Standing]:
        on = date.fromisoformat(on) if isinstance(on, str) else on
        since = min((fact.held_on for fact in self.activities), default=None)
        found = []
        for due in owed(RULES.values(), self.facts, year):
            assert due.rule is not None
            answer = figures.answer(FIGURES[due.rule.figure], self.material, due.period, on)
            waived = self.waived.get((due.rule.id, due.code))
            around = Around(tuple(self.planned), waived, self.reach, since.replace(day=1) if since else None)
            found.append(rules.judge(due, answer, on, around))
        return found

    def named(self, status: str, year: int, on: str) -> list[str]:
        """主题党日 2026-02, for every due in that status."""
        return [f"{s.due.rule.label} {s.due.code}" for s in self.standings(year, on) if s.status == status]  # type: ignore[union-attr]

    def one(self, label: str, code: str, on: str) -> Standing:
        found = [
            s for s in self.standings(int(code[:4]), on) if s.due.source_id == _rule(label).id and s.due.code == code
        ]
        assert len(found) == 1, f"{len(found)} dues {label} {code}"
        return found[0]


def _rule(label: str) -> Rule:
    return RULE.get(label) or LOCAL[label]


def read(text: str) -> Text:
    ledger = Text()
    for line in filter(None, map(str.strip, text.splitlines())):
        day, verb, *rest = line.split()
        READ[verb](ledger, date.fromisoformat(day), rest)
    return ledger


def _since(rows: dict[str, list[Days]], day: date, names: list[str]) -> None:
    for name in names:
        rows.setdefault(name, []).append(Days(day))


def _until(rows: dict[str, list[Days]], day: date, names: list[str]) -> None:
    for name in names:
        rows[name][-1] = replace(rows[name][-1], until=day)


def _record(ledger: Text, day: date, words: list[str]) -> None:
    kinds, _, after = words[0].partition("@")
    kinds, _, people = kinds.partition(":")
    unit = ledger.id_of(after) if after else BRANCH
    year = int(words[1][:4]) if len(words) > 1 else day.year
    pk = len(ledger.activities) + 1
    ledger.activities.append(
        ActivityFact(
            id=pk, number=f"{year}-{pk:02d}", title=kinds, held_on=day, for_year=year, entered_on=day, unit_id=unit,
            kinds=tuple(KIND[kind] for kind in kinds.split("+")), came=5, expected=5, others=4, by_secretary=False,
            first_topics=(), resolutions=(),
        )
    )  # fmt: skip
    ledger.reach[pk] = frozenset(ledger.id_of(name) for name in people.split(",") if name)


def _plan(ledger: Text, day: date, words: list[str]) -> None:
    kind, _, group = words[0].partition("@")
    ledger.planned.append(
        Planned(
            id=900 + len(ledger.planned), number="排", title=f"{kind}：排好的", kinds=(KIND[kind],),
            unit_id=ledger.id_of(group) if group else BRANCH, starts_at=datetime(day.year, day.month, day.day, 15), day=day,
        )
    )  # fmt: skip


def _waive(ledger: Text, _day: date, words: list[str]) -> None:
    assert re.fullmatch(r"\d{4}(-\d\d|-Q\d)?", words[1])
    ledger.waived[RULE[words[0]].id, words[1]] = Waived("暴雨抢险", "支委会决议")


def _term(ledger: Text, day: date, words: list[str]) -> None:
    years = None if words[0] == "临时" else int(words[0])
    ledger.terms.append(TermFact(len(ledger.terms) + 1, day, years, note="批复", unit_id=BRANCH))


def _extend(ledger: Text, _day: date, words: list[str]) -> None:
    ledger.terms[-1] = replace(ledger.terms[-1], extended_until=date.fromisoformat(words[0]))


def _elsewhere(ledger: Text, day: date, words: list[str]) -> None:
    ledger.elsewhere.setdefault(words[0], []).append(Days(day, date.fromisoformat(words[1]) if words[1:] else None))


def _study(ledger: Text, day: date, words: list[str]) -> None:
    pk = 500 + len(ledger.attended)
    by_day = None if words[1] == "?" else tuple(_by_day(day, Fraction(words[1])))
    people = tuple(ledger.id_of(name) for name in words[0].split(","))
    ledger.attended.append(Attended(pk, f"学{pk}", "学习", day, BRANCH, ("training",), day, by_day, people))


def _by_day(day: date, hours: Fraction) -> Iterator[tuple[date, Fraction]]:
    """A long course goes on for as many days as it takes: no day counts more than its most."""
    while hours > 0:
        yield day, min(hours, Fraction(HOURS.most_a_day))
        day, hours = day + timedelta(days=1), hours - HOURS.most_a_day


def _make(ledger: Text, day: date, words: list[str]) -> None:
    name, rhythm, figure, target = words
    known = [v for v in ledger.versions if v.rule.title == name]
    rule_id = known[0].rule.id if known else f"own_1_{len(ledger.versions) + 1}"
    draft = RuleDraft(name, figure, rhythm, int(target), "hard", "支部规则第4条")
    LOCAL[name] = checked(draft, rule_id)
    _end(ledger, day, [name])
    ledger.versions.append(Version(LOCAL[name], Days(day), BRANCH))


def _end(ledger: Text, day: date, words: list[str]) -> None:
    ledger.versions[:] = [
        replace(v, days=Days(v.days.since, day)) if v.rule.title == words[0] and v.days.until is None else v
        for v in ledger.versions
    ]


def _choose(on: bool) -> Callable[[Text, date, list[str]], object]:
    return lambda ledger, day, words: ledger.choices.append(Choice(RULE[words[0]].id, on, day, "支部规则第4条"))


def _open(ledger: Text, day: date, _words: list[str]) -> None:
    ledger.opened = replace(ledger.opened, since=day)


def _close(ledger: Text, day: date, _words: list[str]) -> None:
    ledger.opened = replace(ledger.opened, until=day)


READ: dict[str, Callable[[Text, date, list[str]], object]] = {
    "支部成立": _open,
    "支部撤销": _close,
    "党员": lambda ledger, day, names: _since(ledger.people, day, names),
    "离开": lambda ledger, day, names: _until(ledger.people, day, names),
    "支委会": lambda ledger, day, names: _since(ledger.committee, day, names),
    "免去": lambda ledger, day, names: _until(ledger.committee, day, names),
    "党小组": lambda ledger, day, names: _since(ledger.groups, day, names),
    "撤组": lambda ledger, day, names: _until(ledger.groups, day, names),
    "记": _record,
    "排": _plan,
    "豁免": _waive,
    "启用": _choose(True),
    "停用": _choose(False),
    "任期": _term,
    "延期": _extend,
    "别处": _elsewhere,
    "学": _study,
    "免": lambda ledger, day, names: [ledger.exempt.setdefault(name, []).append(day) for name in names],
    "本地": _make,
    "废止": _end,
}
