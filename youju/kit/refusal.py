"""What a person is told when something may not be done: the field it concerns and a sentence he can act on."""

from __future__ import annotations


class Refusal(Exception):
    """A change that is not allowed now. ``field`` names the input (empty for the whole form); ``sentence`` is shown as it is."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class Overtaken(Refusal):
    """Somebody else was quicker: ``what`` he changed meanwhile. The form comes back with all that was typed."""

    def __init__(self, what: str) -> None:
        super().__init__("", f"{what}刚刚被别人改过。您填的内容都还在，请核对新内容后再存。")


class NotYours(Refusal):
    """Someone else's unit: to this reader the thing does not exist (404)."""

    def __init__(self, sentence: str = "没有这个页面，或者它不属于您的组织。") -> None:
        super().__init__("", sentence)


class NotAllowed(Refusal):
    """His own unit, but not his right (403)."""

    def __init__(self, sentence: str = "您在本组织没有这项权限，请找党务工作者或书记。") -> None:
        super().__init__("", sentence)
