"""Blanks (空白) that a template or a seller of texts left: AAA, XX, x村, 某某, ＿＿, （ ）次, markers."""

from __future__ import annotations

import re

BLANK = re.compile(
    r"(?=[A-HJ-Zx×Ｘ某＊*_＿（(#])(?:"  # looked at first: most characters begin no blank
    r"([A-HJ-Z])\1{2,}(?!\1*级)"  # AAA, BBBB: one letter again and again is no name; AAA级 and III类 are grades
    r"|(?:(?<=[\u4e00-\u9fff“‘、，。；：（《])|(?<![^\n]))[XxＸ×]{1,4}(?=[\u4e00-\u9fff”’、，。；）》])"
    r"|某某"
    r"|[＊*]{3,}|[_＿]{2,}"
    r"|(?<=[\u4e00-\u9fff])(?:（[ \u3000]*）|\([ \u3000]*\))(?=[次场期人名户个件条项年月日])"
    r"|##\w+##)"
)
