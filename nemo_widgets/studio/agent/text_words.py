"""Words for texts: what they are called, which one is meant, when and where it is to be seen. Pure."""

from __future__ import annotations

import re

from nemo_widgets.studio.agent.quotes import LETTER, TITLE

LOWER = r"\blower[ -]thirds?\b|\bname ?tags?\b|\bname (?:bar|banner)s?\b|字幕条|人名条|下三分之一(?:字幕|标题)"
CTA = (
    r"\bcalls?[ -]to[ -]action\b|\bctas?\b|\bend(?:ing)?[ -]?(?:cards?|screens?|slates?)\b|\bclosing (?:cards?"
    r"|screens?|lines?)\b"
    r"|\boutros?\b(?!\s+(?:music|song|clip|video|photo|picture))|行动号召|引导语|结束语|片尾(?:字幕|文字|字)"
)
END_WITH = (
    r"\b(?:ends?|ending|finish(?:es)?|close[sd]?|closing)\s+(?:it\s+|the (?:video|film|movie)\s+)?(?:with|on)\s+"
    rf"(?:(?:(?:the|an?|my|our|one)\s+)?(?:[\w-]+\s+){{0,4}}?(?:words?|texts?|titles?|captions?|lines?|messages?"
    rf"|outro|card|slide"
    rf"|screen)\s*(?:(?:that |which )?(?:says?|saying|reads?|reading)\s*)?)?[:：]?\s*{LETTER}"
    r"|\b(?:last|final|closing)\s+(?:frame|shot|slide|screen|card)\s*(?:(?:that |which )?(?:says?|saying|reads?"
    rf"|reading|with|:)\s*)?{LETTER}"
    rf"|以{LETTER}(?:作为?)?(?:结尾|结束|收尾)|用{LETTER}(?:结尾|结束|收尾)"
)
START_WITH = (
    rf"\b(?:starts?|begin|open)(?:s|ning|ing)?\s+(?:it\s+|the (?:video|film|movie)\s+)?with\s+(?:the "
    rf"(?:words?|text|line|message)\s+)?{LETTER}|(?:以|用){LETTER}(?:开头|开始|开场)"
)
CAPTION = r"\bcaption(?:s|ed|ing)?\b|字幕|说明(?:文字)?|配文|\blabel(?:s|led)?\b"
"""Words for what stands under a photo, as a pattern."""

FILE_NAMES = (
    r"(?<!my )(?<!our )(?<!her )(?<!his )(?<!your )(?<!their )\b(?:file\s?-?)?names? (?:of (?:the|each|every"
    r"|my) (?:files?|photos?|pictures?|images?) )?(?:under|below|on"
    r"|over|onto|as|in)\b"
    r"|\bfile\s?-?names?\b(?!\s*(?:order|alphabet))|文件名"
    r"|每一?[张个幅](?:照片|图片|图)?(?:的?[上下]面?|旁边)?(?:都|要|请)?(?:写上?|标上?|加上?|打上|配上|显示)(?:它|照片|图片)?的?(?:名字|名称)(?!\s*[:：])"
)
BY_NAME = r"\b(?:sort|order|arrange)\w*\b.*\bnames?\b|按(?:文件)?名"
THING = rf"{TITLE}|{LETTER}|{LOWER}|{CTA}"
"""Whatever a text is called, or what stands for one, as a pattern."""

MIDDLE = r"\b(?:at|in|to) the middle\b(?: of (?:the|my) (?:video|film|movie))?|中间|中途|中段"
_OF = r"(?:\s+of (?:the|my) (?:video|film|movie|clip))?"
PLACES = {
    "whole": r"\b(?:for|during|throughout|over|through) the (?:whole|entire|full) (?:video|film|movie|time|thing)\b"
    r"|\bthroughout\b|\ball the time\b|\bpermanently\b"
    r"|整个视频|全程|一直|从头到尾",
    "end": rf"\b(?:at|to|towards|near|for|in) the (?:very )?end\b{_OF}|\bat (?:very )?end\b(?=\s*[:：])"
    rf"|(?:^|[,;.!]\s*)(?:and\s+)?(?:at\s+)?the (?:very )?end\s*[:,]?\s*(?={LETTER})"
    rf"|\b(?:end|ending|closing|final|outro) (?={TITLE})"
    r"|结尾|片尾|末尾|尾部|最后(?![一]?[张个段第])",
    "start": rf"\b(?:at|to|in|for) the (?:very )?(?:beginning|start)\b{_OF}|\b(?:opening|intro|start) (?={TITLE})"
    r"|开头|片头|开始|起始|开场",
}
SWAP = (
    r"\b(?:swap|exchange|switch)\s+(?:the\s+|both\s+|two\s+)*(?:texts|titles|captions)\b"
    r"|(?:交换|对调|互换)(?:这?两[个处]|一下)?(?:文字|标题|字幕)|(?:文字|标题|字幕)(?:交换|对调|互换)"
)
ADDS = r"\b(?:add|another|new|with|and|include|put|insert|write|place)\b|加(?![到粗大快长速])|新|再|写"
ADDS_ONE = r"\b(?:add|another|new|include|insert)\b|加(?![到粗大快长速])|新"
ALSO = r"\balso\b|\btoo\b(?! \w)|\bas well\b|\bagain\b|也|再次|再出现"
UNDER = (
    r"\b(?:under|below|beneath|underneath)\s+(?:the|my|our)\s+(?:main\s+|opening\s+)?(?:titles?|headlines?|headings?)\b"
    r"|标题(?:的?下[面方边]|底下)"
)
"""Where a second line stands, with the title above it."""

ABOVE = (
    r"\b(?:above|over|beside|next to)\s+(?:the|my|our)\s+(?:main\s+|opening\s+)?(?:titles?|headlines?|headings?)\b"
    r"|标题(?:的?上[面方边])"
)
NEXT = (
    rf"\b(?:another|one more|additional|extra|new)\s+(?:{TITLE})|再[加来写]|另加|另外[加写]"
    rf"|\b(?:also|additionally)\s+(?:add|put|show|write|insert)\b|\b(?:add|put|show|write|insert)\s+(?:an?\s+)?(?:{TITLE})?\s*"
    rf"(?:{LETTER})?\s*(?:too|as well)\b|[也还](?:要|请)?[加写]"
)
TEXT_NOUN = rf"(?:{TITLE}|{LOWER})"
"""What a text is called, as a pattern."""

NTH = {
    0: rf"\bfirst (?={TEXT_NOUN})|第一[个条](?=.{{0,3}}{TITLE})|(?<![\d.])\b(?:text|title|caption) (?:no\.?\s*"
    rf"|number |#)?1\b(?!\s*(?:s|sec|[.:]))",
    1: rf"\bsecond (?={TEXT_NOUN})|第二[个条](?=.{{0,3}}{TITLE})|\b(?:text|title|caption) (?:no\.?\s*|number |#)?2\b"
    rf"(?!\s*(?:s|sec|[.:]))",
    2: rf"\bthird (?={TEXT_NOUN})|第三[个条](?=.{{0,3}}{TITLE})|\b(?:text|title|caption) (?:no\.?\s*|number |#)?3\b"
    rf"(?!\s*(?:s|sec|[.:]))",
    3: rf"\bfourth (?={TEXT_NOUN})|第四[个条](?=.{{0,3}}{TITLE})|\b(?:text|title|caption) (?:no\.?\s*|number |#)?4\b"
    rf"(?!\s*(?:s|sec|[.:]))",
    -1: rf"\blast (?={TEXT_NOUN})|最后一[个条](?=.{{0,3}}{TITLE})",
}
_NO = (
    r"(?:\b(?:no|without|remove|delete|drop|take out|take away|take off|hide|get rid of|erase)\s+"
    r"(?:the\s+|any\s+|both\s+(?:of\s+)?|all\s+(?:the\s+|of the\s+)?|my\s+|that\s+|this\s+|background\s+"
    rf"|(?:end|ending|closing|final|last|opening|intro|first|start|second|third|fourth|red|blue|white|yellow)\s+"
    rf"(?={TITLE}|{LOWER})"
    r"|\w+\s+(?:or|nor|and)\s+)*)"
)
_NO_ZH = (
    r"(?:不要|去掉|删除|删掉|删了|移除|取消|不加|无|去除|拿掉)(?:所有|全部|那个|这个)?"
    r"(?:最后一[个条]|结尾|片尾|最后|开头|片头|中间|第[一二三四][个条]|第[一二三四五六七八九十\d]+张(?:照片|图片"
    r"|图)?)?(?:处|上)?的?"
)
DROP = (
    rf"{_NO}(?:{THING})|{_NO_ZH}(?:{TITLE}|{LETTER}|{LOWER}|{CTA})|(?:把|将)?(?:{TITLE}|{LETTER}|{LOWER})(?:都"
    rf"|全部?)?(?:删掉|删除|去掉|移除|删了|拿掉|去除)"
    rf"|\btake (?:the )?(?:{THING}) (?:out|off|away)\b"
)
ON_EACH = re.compile(
    r"\b(?:on|onto|over|under|across|in|(?:middle|cent(?:re|er)|top|bottom|corner) of)\s+(?:each|every)\s+"
    r"(?:single\s+)?(?:photo|picture|image|pic|slide|shot)\b|每一?[张幅](?:照片|图片|图|相片|画面)?的?(?:上|中间|中央|正中|下|底部|顶部)"
)
"""Where one text is to stand on all of them: "write 'SALE' on each photo"."""
EACH = re.compile(
    r"\b(?:each|every|all(?: of)?(?: the| my)?|the|my|these|those)\s+(?:single\s+|one of the\s+)?(?:photos?|pictures?"
    r"|images?|pics?|slides?|shots?)\b|\bper (?:photo|picture|image)\b"
    r"|每一?[张幅个段](?:照片|图片|图|相片|画面|镜头|视频|片段)?|所有照片|照片都?|图片都?"
)
