"""What a card says, and whether it still holds. Pure: nothing is said that the ledger does not hold."""

from __future__ import annotations

from youju.kit.digests import sha256_hex
from youju.kit.periods import chinese_date
from youju.study.cards.values import CardText, State, Words


def written(words: Words) -> CardText:
    work = f"{words.work_number}　{words.work}" if words.work else words.work_number
    called = f"“{words.work}”" if words.work else "一项问题的整改"
    return CardText(
        title=f"经验卡：{words.studied}用在{called}",
        body="\n".join((
            f"学了什么：{words.studied}。",
            f"用在哪里：{words.place}　{work}。",
            f"成效：{words.outcome.rstrip('。')}。",
            f"组织：{words.unit}。",
            f"日期：{chinese_date(words.day)}。",
            f"台账编号：{words.number}。",
        )),
    )  # fmt: skip


def digest_of(text: CardText) -> str:
    return sha256_hex(f"{text.title}\n{text.body}".encode())


def state_of(digest: str, *, now: str, stands: bool, removed: bool) -> State:
    """``digest`` is of the words as the card has them, ``now`` of those that the ledger would write today."""
    if removed:
        return State.REMOVED
    if not stands:
        return State.WITHDRAWN
    return State.HOLDS if digest == now else State.CHANGED
