"""Pure judgements about one session: who is needed, whether a vote carried, what it holds in numbers."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from youju.kit.zone import local_day
from youju.prose.vocabulary import KINDS
from youju.records.activities.values import CAME, Attendance
from youju.records.activities.vote_rules import VOTE_RULES, VoteRule

COMMITTEE_KINDS = frozenset({"committee_meeting", "ideology_study", "ideology_analysis", "integrity_study"})
# Kinds that sit down to decide or to speak in turn: an inspector looks for what was on the table.
AGENDA_KINDS = frozenset({
    "committee_meeting", "party_meeting", "group_meeting", "org_life_meeting", "member_review", "ideology_study", "deployment_meeting",
    "integrity_study", "ideology_analysis", "election_meeting",
})  # fmt: skip
# Of a talk only who and when is kept.
TALK_KINDS = frozenset({"heart_talk", "integrity_talk", "reminder_talk"})
LATE_AFTER = 7
AROUND = timedelta(minutes=30)
# Kinds whose roster is whoever took part: nobody is missing from a talk between two.
OPEN_ROSTER_KINDS = frozenset({
    "heart_talk", "visit", "research", "outreach", "self_study_check", "volunteer", "training", "deployment_meeting",
    "ideology_report", "ideology_list", "duty_report", "integrity_talk", "reminder_talk", "online_study", "guest_lecture",
    "field_study", "field_insight", "tech_lecture", "good_deed", "inspection_round", "ideology_risk_check",
})  # fmt: skip


def talk_title(kinds: Iterable[str]) -> str:
    """What stands for the title of a talk, which may say with whom: 提醒谈话."""
    return "、".join(KINDS[kind].zh for kind in kinds)


def is_talk(kinds: Iterable[str]) -> bool:
    """A talk and nothing else: of such a record only who may see it learns who and what was written with it."""
    kinds = set(kinds)
    return bool(kinds) and kinds <= TALK_KINDS


@dataclass(frozen=True)
class Looker:
    """Who reads a ledger: whether he writes it (党务工作者, 书记), and which member he is."""

    writes: bool = False
    member_id: int | None = None


def may_see_who(kinds: Iterable[str], people: Container[int | None], looker: Looker) -> bool:
    """Whether he learns who talked with whom: clerk, secretary, and who took part himself. To others a talk is its head."""
    return looker.writes or not is_talk(kinds) or (looker.member_id is not None and looker.member_id in people)


def expects_committee(kinds: Iterable[str]) -> bool:
    """A committee meeting expects the committee; together with anything wider it expects everybody."""
    closed = set(kinds) - OPEN_ROSTER_KINDS
    return bool(closed) and closed <= COMMITTEE_KINDS


def expects_everybody_listed(kinds: Iterable[str]) -> bool:
    """Whether the roster must name everyone expected, come or not (应到)."""
    return bool(set(kinds) - OPEN_ROSTER_KINDS)


@dataclass(frozen=True)
class Quorum:
    """到会 judged for one rule. ``expected`` and ``present`` count only those entitled to vote."""

    rule: VoteRule
    expected: int
    present: int

    @property
    def needed(self) -> int:
        return self.rule.present.least(self.expected)

    @property
    def met(self) -> bool:
        return self.expected > 0 and self.present >= self.needed

    @property
    def sentence(self) -> str:
        """应到会有表决权 22 人，实到 20 人，需 11 人，可以表决。"""
        end = "可以表决" if self.met else "不足，不能表决"
        return f"应到会有表决权{self.expected}人，实到{self.present}人，需{self.needed}人，{end}"


@dataclass(frozen=True)
class Tally:
    """A vote judged under its rule. ``carried`` is None when no tally was taken down."""

    quorum: Quorum
    yes: int | None
    no: int
    abstain: int
    written_yes: int = 0

    @property
    def counted_yes(self) -> int:
        return (self.yes or 0) + (self.written_yes if self.quorum.rule.written_opinions else 0)

    @property
    def needed(self) -> int:
        base = self.quorum.expected if self.quorum.rule.agree.of == "expected" else self.quorum.present
        return self.quorum.rule.agree.least(base)

    @property
    def carried(self) -> bool | None:
        if self.yes is None:
            return None
        return self.quorum.met and self.counted_yes >= self.needed

    @property
    def fault(self) -> str | None:
        """A sentence when the tally cannot be right; None when it can."""
        if min(self.yes or 0, self.no, self.abstain, self.written_yes) < 0:
            return "票数不能是负数。"
        if self.yes is None:
            return "请把赞成票数也写上。" if self.no or self.abstain or self.written_yes else None
        if self.written_yes and not self.quorum.rule.written_opinions:
            return "这种表决不计书面意见。"
        if self.yes + self.no + self.abstain > self.quorum.present:
            return (
                f"赞成、反对、弃权共{self.yes + self.no + self.abstain}票，多于实到有表决权的{self.quorum.present}人。"
            )
        if self.written_yes > self.quorum.expected - self.quorum.present:
            return "书面意见多于未到会的有表决权党员。"
        return None


def judge_vote(
    *, rule: str, expected: int, present: int, yes: int | None, no: int = 0, abstain: int = 0, written_yes: int = 0
) -> Tally:
    """The tally under the named rule (vote_rules.yaml). Exempt persons stay in ``expected``: they leave the rate, not the quorum."""
    return Tally(Quorum(VOTE_RULES[rule], expected, present), yes, no, abstain, written_yes)


@dataclass(frozen=True)
class RosterCount:
    """A roster in numbers."""

    expected: int
    came: int
    votes_expected: int
    votes_present: int
    leave: int
    absent: int
    exempt: int


def count_roster(rows: list[tuple[Attendance, bool, bool]]) -> RosterCount:
    """From (attendance, counts for 应到, has a vote) of each row. Exempt rows leave 应到 but keep their vote."""
    counted = [row for row in rows if row[1] and row[0] is not Attendance.EXEMPT]
    voters = [row for row in rows if row[2]]
    return RosterCount(
        expected=len(counted),
        came=sum(row[0] in CAME for row in counted),
        votes_expected=len(voters),
        votes_present=sum(row[0] in CAME for row in voters),
        leave=sum(row[0] is Attendance.LEAVE for row in counted),
        absent=sum(row[0] is Attendance.ABSENT for row in counted),
        exempt=sum(row[0] is Attendance.EXEMPT for row in rows),
    )


@dataclass(frozen=True)
class Parts:
    """What a record holds, in numbers: enough to say what an inspector would miss."""

    kinds: tuple[str, ...]
    listed: int
    leave: int
    leave_unexplained: int
    has_chair: bool
    has_recorder: bool
    has_end: bool
    has_place: bool
    has_outcome: bool
    items: int
    bare_items: int
    resolutions: int
    untallied: int
    evidence: int
    filed: bool


def taken_outside(*, taken: datetime | None, starts: datetime, ends: datetime | None) -> bool:
    """Whether a picture was taken when nobody met: half an hour before and after is arriving and leaving.

    A session without an end may last until the day is over.
    """
    if taken is None:
        return False
    if ends is None:
        return taken < starts - AROUND or local_day(taken) != local_day(starts)
    return not starts - AROUND <= taken <= ends + AROUND


def days_late(*, held_on: date, entered_on: date) -> int:
    """补录: how many days after the event it was entered, 0 within the first week."""
    days = (entered_on - held_on).days
    return days if days > LATE_AFTER else 0
