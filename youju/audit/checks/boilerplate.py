"""套话: the share of sentences that hold nothing one could look up."""

from __future__ import annotations

import re

from youju.audit.layout import items, sentences, title_of
from youju.audit.values import Finding, Looked

#: A number, a day, a document, a named title, a place: 二十大 and 第一责任人 are names, not numbers.
_CONCRETE = re.compile(
    r"\d|[〇零一二两三四五六七八九十百千]+(?:余|多)?(?:次|场|名|人|户|个|条|件|项|篇|天|期|批|%)|(?:每|按)(?:月|季|周)|[上下]半年|[一二三四五六七八九十]+月"
    r"|《[^》]{2,}》|“[^”]{4,}”|[\u4e00-\u9fff]{2,8}(?:县|镇|乡|村|社区|街道|公司|小学|中学|医院|合作社|党支部)"
    r"|七一|八一|国庆|春节|端午|清明"
)
_CALLS = re.compile(r"第[一二三]责任人|[“”]|党支部(?:书记)?")
_ENOUGH, _FEWEST = 0.7, 12


def boilerplate(looked: Looked) -> list[Finding]:
    """One finding on the whole text where more than seven sentences in ten name nothing; short texts are left alone.

    Headings are not counted. The share is a hint for the writer and no score.
    """
    heads = {item.mark_end for item in items(looked.text)}
    title = title_of(looked.text)
    told = [
        sentence
        for sentence in sentences(looked.text, title[1])
        if len(sentence.text) > 12 or sentence.start not in heads
    ]
    empty = [sentence for sentence in told if not _CONCRETE.search(_CALLS.sub("", sentence.text))]
    if len(told) < _FEWEST or len(empty) <= _ENOUGH * len(told):
        return []
    share = round(100 * len(empty) / len(told))
    message = f"全文{len(told)}句，其中{len(empty)}句（{share}%）没有数字、日期、地名、人名或文件名。"
    return [
        Finding(
            "套话", *title, looked.text[slice(*title)], message, "请多写具体的事：哪一天、在哪里、做了什么、结果怎样。"
        )
    ]
