"""Names, dates and the like that are to be written without quotes: "add my name, Maria". Pure."""

from __future__ import annotations

import re

from nemo_widgets.studio.agent import steps

_KIND = (
    r"(?:(?:first|last|full|company|shop|team|brand|school|stage|user|business)\s?)?names?|date|place|location|city"
    r"|(?:web ?site|e-?mail)(?: address)?|address|url|(?:phone |telephone )?number|price|hash ?tag|slogan|motto"
    r"|tag ?line|venue"
    r"|handle|year|weather|temperature"
)
_WRITE = r"(?:add|put|write|show|include|insert|display|place|i(?:['’]d like| want| need))"
_QUOTED = "[\"“‘'「『《]"
_VALUE = r"(?P<value>(?![\s'’]|the\b|my\b|our\b|an?\b|and\b|then\b|please\b)[^,;!?\n\"“”‘’「」]{1,60}?)"
_ENDS = (
    r"(?=\s*[.!?]?\s*$|[,;!?\n]|\.\s|\s+(?:and|then|please|with|in (?:the|red|blue|green|yellow|orange|purple|pink"
    r"|white|black"
    r"|gold|small|large|big)|at the|on the|under|over|for \d|from \d|at \d)\b)"
)
_NAMELY = re.compile(
    rf"(?:(?P<verb>\b{_WRITE})\s+(?:too\s+|also\s+)?|^\s*(?:(?:and|also|plus|please)\s+)*)(?:the|my|our|his|her"
    rf"|their|a)\s+(?:{_KIND})"
    rf"(?:\s*(?:,|:|-|–|—)\s*(?:(?:it|which|that)['’]?s?\s+(?:is\s+)?)?|\s+is\s+"
    rf"|\s+(?={_QUOTED}))(?:{_VALUE}{_ENDS}|(?={_QUOTED}))",
    re.IGNORECASE,
)
_KIND_ZH = (
    r"(?:名字|姓名|署名|日期|时间|年份|地点|地址|城市|网址|邮箱|电话|手机号"
    r"|价格|口号|标语|店名|公司名称?|校名|品牌名|作者)"
)
_NAMELY_ZH = re.compile(
    rf"(?:(?P<verb>(?:请|再|也|还要?|并)*(?:加上?|写上?|放上?|显示|标上|打上|添上|加个))|^\s*)(?:(?:我|我们|她|他|店|公司)的?)?{_KIND_ZH}"
    rf"(?:\s*[，,:：]\s*(?:是|叫|为)?|是|叫|为|\s*(?={_QUOTED}))(?:(?P<value>[^，。；！？,;!?\n“”\"「」《》]{{1,60}})|(?={_QUOTED}))"
)
_BARE = re.compile(
    rf"\b(?:add|write|show|include|insert|put)\s+(?:the|my|our)\s+(?:{_KIND})(?=\s*[.!]*\s*$|\s+(?:on|at|in|to|under)\s+the\b)",
    re.IGNORECASE,
)
_BARE_ZH = re.compile(rf"^(?:请|再|也)*(?:加上|写上|放上|标上|打上)(?:我|我们)?的?{_KIND_ZH}[吧。！]*$")


def namely(prompt: str) -> str:
    """Return a message in which a name or date that is told is another text, in quotes.

    Examples
    --------
    >>> namely("add my name, Maria"), namely("the date, 12 May"), namely("加上日期，5月12日")
    ('add another text "Maria"', 'add another text "12 May"', '再加一个标题“5月12日”')
    >>> namely("add the date, then mute the clips"), namely("add the date")
    ('add the date, then mute the clips', 'add another text')
    """

    def written(match: re.Match[str]) -> str:
        value = match["value"]
        if value is None:
            return "add another text "
        return match[0] if steps.orders(value) else f'add another text "{value.strip()}"'

    def written_zh(match: re.Match[str]) -> str:
        value = match["value"]
        if value is None:
            return "再加一个标题"
        several = value.count("、") > 1  # A name for each photo.
        return match[0] if several or steps.orders(value) else f"再加一个标题“{value.strip()}”"

    text = _NAMELY_ZH.sub(written_zh, _NAMELY.sub(written, prompt))
    return _BARE_ZH.sub("再加一个标题", _BARE.sub("add another text", text))
