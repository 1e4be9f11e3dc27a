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
_NO_VALUE = r"[\s'’]|(?:too|not|very|so|wrong|missing|hard|the|my|our|an?|and|then|please)\b"
_VALUE = rf"(?P<value>(?!{_NO_VALUE})[^,;!?\n\"“”‘’「」]{{1,60}}?)"
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
    rf"\b(?:add|write|show|include|insert|put)\s+(?:the|my|our)\s+(?:{_KIND})(?=\s*[.!]*\s*$|\s+(?:on|at|in|to|under)\s+"
    r"(?:the|my|each|every|all|photo|picture|image|clip)\b)",
    re.IGNORECASE,
)
_BARE_ZH = re.compile(rf"^(?:请|再|也)*(?:加上|写上|放上|标上|打上)(?:我|我们)?的?{_KIND_ZH}[吧。！]*$")

_COIN = r"(?:[$€£¥￥]|元|块钱?|\b(?:eur(?:os?)?|usd|dollars?|pounds?)\b)"
_MONEY = (
    rf"(?P<money>[$€£¥￥]\s?\d[\d.,]*(?<=\d)|\d+(?:[.,]\d+)?\s?{_COIN}|\d+\s?%\s(?:off|discount)\b|\d+[.,]\d\d)"
    r"(?![\d%]|\s*(?:s|secs?|seconds?|min\w*|x|times|percent|秒|分)(?![a-z]))"
)
_PRICED = re.compile(
    rf"\b(?P<verb>{_WRITE})\s+(?:(?:the|a|my|our)\s+)?(?:(?P<price>price|cost|amount)(?:\s+(?:of|tag))?\s*:?\s+)?{_MONEY}"
    rf"|(?P<verb_zh>写上?|加上?|标上|打上|显示)(?P<price_zh>价格|价钱|售价)?{_MONEY.replace('<money>', '<money_zh>')}",
    re.IGNORECASE,
)


_ON_ONE = re.compile(
    rf"\b{_WRITE}\s+(?:(?:the|my|our|a)\s+(?:{_KIND})|(?:(?:the|an?)\s+)?(?:text|caption|label|words))\s+"
    r"(?P<on>(?:on|under|over|to)\s+(?:the\s+|my\s+)?(?!every|each|all|photos|pictures|images|clips)[\w .-]{2,30}?)"
    r"\s*:\s*(?P<value>[^:;!?\n\"“”]{1,60}?)(?=\s*[.!]?\s*$|[;!?\n]|\.\s|,\s*(?:in\s+)?(?:big|large|small|bold|white|red|yellow|gold)\b)",
    re.IGNORECASE,
)
_ON_ONE_ZH = re.compile(
    rf"(?:^|(?<=[，。；]))(?:在|给)?(?P<on>[^，。；：:]{{1,16}}?)(?:的?[上下]面?)?(?:写上?|标上?|打上|加上?)(?:一个)?{_KIND_ZH}\s*[:：]\s*"
    r"(?P<value>[^，。；！？,;!?\n“”\"]{1,40})"
)
_AT_EDGE = re.compile(
    r"(?:^|(?<=[,;.]))\s*(?:(?:put|add|show)\s+)?(?:the\s+|my\s+|our\s+)?(?:contact(?:s|\s+details|\s+info)?|cta|call\s+to\s+action|button|phone(?:\s+number)?|address"
    r"|web\s?site|credits)\s+(?P<at>at\s+the\s+(?:very\s+)?(?:end|start|beginning))\s*:\s*(?P<value>[^;!?\n\"“”]{2,80}?)"
    r"(?=\s*\.?\s*$|[;!?\n]|,\s*(?:in|on|with)\s)",
    re.IGNORECASE,
)
_AT_EDGE_ZH = re.compile(
    r"(?P<at>结尾|片尾|末尾|最后|开头|片头)(?:处|的?时候)?(?:再)?(?:放|加|写|打|显示|留)上?(?:一下)?(?:我们?的?|店里?的?|公司的?)?"
    r"(?:联系方式|联系电话|电话号码|微信号?|公众号)\s*[:：]\s*(?P<value>[^，。；！？\n“”\"]{2,60})"
)


def _placed(prompt: str) -> str:
    """Return a message in which what is told of one photo, or of the end, is a text that stands there."""
    prompt = _ON_ONE.sub(lambda match: f'add a text "{match["value"].strip()}" {match["on"]}', prompt)
    prompt = _AT_EDGE.sub(lambda match: f' add a text "{match["value"].strip()}" {match["at"]}', prompt)
    prompt = _AT_EDGE_ZH.sub(lambda match: f"{match['at']}写“{match['value'].strip()}”", prompt)
    if re.search("[张段]|第", prompt):
        return _ON_ONE_ZH.sub(_on_one_zh, prompt)
    return prompt


def _on_one_zh(match: re.Match[str]) -> str:
    one = re.search("[张段]|照片|图片", match["on"]) is not None
    return f"在{match['on']}上写“{match['value'].strip()}”" if one else match[0]


def _priced(match: re.Match[str]) -> str:
    """Return a price that is to be written as another text; a bare number is one only after "write"."""
    money = (match["money"] or match["money_zh"]).strip()
    sure = match["price"] or match["price_zh"] or re.search(f"{_COIN}|%", money, re.IGNORECASE)
    if not sure and (match["verb"] or match["verb_zh"]).lower() not in ("write", "写", "写上"):
        return match[0]
    return f'add another text "{money}"' if match["money"] else f"{match['verb_zh']}“{money}”"


def namely(prompt: str) -> str:
    """Return a message in which a name or date that is told is another text, in quotes.

    Examples
    --------
    >>> namely("add my name, Maria"), namely("the date, 12 May"), namely("加上日期，5月12日")
    ('add another text "Maria"', 'add another text "12 May"', '再加一个标题“5月12日”')
    >>> namely("add the date, then mute the clips"), namely("add the date")
    ('add the date, then mute the clips', 'add another text')
    >>> namely("write the price $12.50 at the end"), namely("show photo 2 for 12.50 seconds")
    ('add another text "$12.50" at the end', 'show photo 2 for 12.50 seconds')
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

    prompt = _PRICED.sub(_priced, _placed(prompt))
    text = _NAMELY_ZH.sub(written_zh, _NAMELY.sub(written, prompt))
    return _BARE_ZH.sub("再加一个标题", _BARE.sub("add another text", text))
