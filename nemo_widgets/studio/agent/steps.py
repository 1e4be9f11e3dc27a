"""A message that asks for several things → one text for each, in the order in which they are done.

Nothing is cut within quotes, titles, lists of captions or file names. What belongs to a new video (which photos, how
long, how shown) stays together, so that the video is made once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemo_widgets.studio.agent.lettering import STYLES_ONLY
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.quotes import LETTER, TITLE, Held
from nemo_widgets.studio.agent.text_words import LOWER

if TYPE_CHECKING:
    from collections.abc import Callable

_VERBS = (
    r"add|make|put|remove|delete|drop|change|set|turn|use|show|mute|unmute|fade|start|begin|end|finish|close|cut|trim"
    r"|crop|split|speed|slow|shorten|lengthen|extend|stretch|pause|pan|tilt|limit|chop|snip|shave|undo|redo|rotate"
    r"|flip|swap|switch|move|replace|give|let|play|loop|duck|lower|raise|reduce|increase"
    r"|apply|caption|title|write|translate|generate|create|keep|shuffle|reverse|sort|duplicate|freeze|zoom|blur|insert"
    r"|include|don'?t|no|without|stabili[sz]e|call|rename|narrate|cross-?fade|subtitle|watermark|hold|repeat|resize"
    r"|recolou?r|colou?r|bring|leave (?:it|them)|skip|get rid of|render|export|draw|sing|dub|record|animate|sharpen"
    r"|denoise|brighten|darken|label|name|i(?:'d like| want| need)|can you|could you|have"
)
_VERBS_ZH = (
    r"(?:请|也|还|都|再|要|先|帮我)*(?:把|将|给|加|去掉|去除|删|移除|换|改|设|调|用|配|让|不要|静音|声音|音量|原声|放|移|做|裁|剪|写|添"
    r"|生成|翻译|倒|打乱"
    r"|旋转|慢|快|导出|开头|结尾|片头|片尾|标题|文字|字幕|音乐|背景音乐|配乐|原声|转场|过渡|视频|每[张个段]"
    r"|第[一二三四五六七八九十\d]+[张个段秒]"
    r"|最后[一]?[张个段]?|在.{1,10}?[加写放配显])"
)
_ORD = r"(?:first|second|third|fourth|fifth|sixth|last|next|\d+(?:st|nd|rd|th))"
_NAMED = r"(?:one|photo|picture|image|pic|clip|video|shot)"
_NTH = rf"(?:the\s+)?{_ORD}"
_LOOKS = r"(?:black|b&w|b/w|bw|sepia|vintage|retro|warm|cool|cold|vivid|bright|dark|monochrome)\w*"
_SHOT_LOOKS = (
    rf"(?:(?:the|my)\s+(?:\w+\s+){{0,2}}?\w+(?=\s+(?:twice|half|three times)\s+as\s)"
    rf"|{_NTH}(?:\s+{_NAMED})?|{_NAMED}\s+\d{{1,2}}|the\s+(?:photos|pictures|images|clips|videos))\s+(?:in\s+|to\s+)?"
    rf"(?:{_LOOKS}|(?:twice|half|three times)\s+as\s+(?:long|fast)|(?:louder|quieter|longer|shorter|faster|slower)\b)"
)
_MORE_OF = (
    r"(?:the|my)\s+(?:music|song|sound|titles?|texts?|captions?|logo|video|movie|clips?|photos?|pictures?)\s+"
    r"(?:a (?:bit|little) |much )?"
    r"(?:louder|quieter|softer|bigger|larger|smaller|shorter|longer|faster|slower|brighter|darker)"
)
_KIND_LASTS = r"(?:all\s+)?(?:the\s+)?(?:photos|pictures|images|clips|videos)\s+(?:for\s+)?\d+(?:\.\d+)?\s*(?:s|sec\w*)"
_EACH_MORE = (
    r"(?:the|my)\s+(?:[\w.-]+\s+){1,3}?(?:a (?:bit|little)\s+|much\s+)?"
    r"(?:louder|quieter|softer|shorter|longer|faster|slower|brighter|darker)(?=\s*(?:$|[,.;!]|and\b))"
)
"""What is to be more so, after another that is: "make X slower and Y faster"."""

_EDGE_OF = r"the\s+(?:first|last)\s+(?:\d+(?:\.\d+)?|[a-z]+)\s+(?:s|sec\w*)\s+(?:of|from)"
_OTHERS = r"(?:others?|rest|remaining|everything else|all else)"
_TEXT_NOUN = (
    rf"(?!(?:{_VERBS})\b(?<!title)(?<!caption))"
    r"(?:(?:an?|the|another|one)\s+)?(?:\w+\s+){0,2}?(?:titles?|texts?|captions?|headlines?|headings?|lower[ -]thirds?"
    rf"|name tags?|calls? to action|cta|end card)\b(?:\s+\w+){{0,3}}?\s*[:：]?\s*"
    rf"(?:{LETTER}|(?:with|from|of|using)\s+the\s+"
    r"(?:file\s?)?names)"
)
_TEXT_ZH = rf"(?:一个|另一个|个)?(?:标题|文字|字幕)\s*{LETTER}"
_ADDS = re.compile(
    rf"(?:please\s+|also\s+|i want\s+)*(?:add|put|show|insert|write|place|include|give|with|use|overlay"
    rf"|an?\s|the\s|another|(?:title|text|caption)s?\b)|{LETTER}|(?:再|并|请)*(?:加|添|写|放|标题|文字|字幕)",
    re.IGNORECASE,
)
_BREAKS = (
    rf"\n+\s*|\s*(?<![.\d])[.!?;](?=\s|$)\s*|\s*[。！？；]\s*"
    rf"|,?\s+(?:and\s+)?(?:then|after that|finally|also|plus)\s*,?\s+(?=(?:please\s+)?(?:{_VERBS})\b)"
    rf"|\s*,\s*(?:and|but)?\s*(?=(?:please\s+|also\s+)?(?:{_VERBS})\b)|\s+(?:and|but)\s+(?=(?:please\s+|also\s+)?"
    rf"(?:{_VERBS})\b)"
    rf"|\s*(?:,|\band\b|,\s*and)\s*(?={LETTER}\s+(?:(?:at|in|on|from|over|under|for)\b|\d[\d:.]*\s*(?:s\b|sec|[-–]|to\b)))"
    rf"|\s*(?:,|\band\b|,\s*and)\s*(?=(?:the\s+)?{_ORD}\b[^,;.\U000f0000-\U000ffffd]{{0,20}}{LETTER})"
    rf"|\s*(?:[,，、]|\band\b|,\s*and)\s*(?={LETTER}\s*(?:with|by|to|into|改成?|换成?)\s*{LETTER})"
    rf"|\s*(?:[,;，；]|\band\b)\s*(?:and\s+)?(?=(?:on\s+)?(?:the\s+)?(?:photo|picture|image|clip|slide)\s*\d+\s*[:：]?\s*{LETTER})"
    rf"|(?<=er)\s*(?:,\s*and|,|\band\b)\s*(?={_EACH_MORE})"
    r"|\s*(?:,\s*and|,|\band\b)\s*(?=(?:the\s+)?(?:photos|pictures|images|clips|videos)\s+for\s+\d+\s*(?:$|[,.;!]))"
    r"|(?<![张段个幅])\s*[，,]\s*(?=[^，。；,、和与跟]{1,8}[那这][张段个幅](?!和|、|跟|与|，|,|的?[前后]))"
    r"|\s*[，,；。]\s*(?=(?:不对|等等|算了)[，,])|(?<=不对)\s*[，,]\s*|(?<=等等)\s*[，,]\s*|(?<=算了)\s*[，,]\s*"
    r"|(?<=[\ds])\s*,\s*(?=(?:(?:and\s+)?(?:the|our|my)\s+)?(?:logo|watermark)\b)"
    r"|\s*,\s*(?=(?:and\s+)?also\s+(?:the|my)\s+(?:[\w-]+\s+){1,3}(?:one|photo|picture|clip|shot)\b\s*(?:$|[,.;!]))"
    rf"|\s*(?:,|\band\b|,\s*and)\s*(?={_SHOT_LOOKS}\b)"
    rf"|\s*(?:,|\band\b|,\s*and)\s*(?=(?:{_KIND_LASTS}|{_EDGE_OF}|{_MORE_OF})\b)"
    r"|\s+and\s+(?=the\s+(?:music|song|title|text|logo)\s+(?:to|should|shall)\b)"
    r"|\s*,\s*(?:and\s+)?(?=(?:the|my)\s+(?:\w+\s+)?(?:music|song|titles?|texts?|captions?|logo|video|clips?"
    r"|photos?)\s+"
    r"(?:should|shall|must|needs? to|has to|have to)\b)"
    rf"|\s*(?:,\s*(?:and|but)?|\bbut\b)\s*(?=(?:leave\s+|keep\s+)?(?:all\s+)?(?:the\s+)?{_OTHERS}\b)"
    rf"|\s+and\s+(?=(?:leave\s+|keep\s+)?(?:all\s+)?(?:the\s+)?{_OTHERS}\b[^,;.]{{0,30}}(?:\d|\bin\b|\bto\b))"
    r"|\s*[，,；]\s*(?=(?:把|让|将)?(?:其他|其它|其余|剩下))"
    rf"|\s*(?:,\s*(?:and|with|plus)?|\b(?:and|plus)\b)\s*(?={_TEXT_NOUN})|\s*(?:[,，、]|和|以及|还有)\s*(?={_TEXT_ZH})"
    rf"|,?\s+(?:and\s+)?then\s+(?=an?\s+(?:\w+\s+){{0,2}}{LETTER})"
    rf"|\s*,?\s+and\s+(?=the\s+{_ORD}\s+(?:one|text|title|caption)\s+(?!on\b|of\b|in\b|from\b)\w)"
    rf"|\s*[，,、]?\s*(?:然后|接着|并且|并|而且|同时|另外|还有|以及|此外)\s*(?={_VERBS_ZH}|$)"
    r"|\s*[，,]?\s*(?:然后|接着)\s*(?=(?:慢慢|渐渐)?淡[入出])"
    r"|\s*[，,]\s*(?=[\w.-]{1,60}的(?:声音|音量|原声))"
    rf"|\s*[，,、；;]\s*(?={LETTER}(?:放|显示|出现)?在第?[\d一二两三四五六七八九十]{{1,4}}秒)"
    rf"|\s*[，,]\s*(?={_VERBS_ZH})|(?<=[^，,头尾])再(?=把|将|加|换|配|用|写)"
)
_BULLET = re.compile(r"(?:^|(?<=\s))(?:\(?\d{1,2}[.)、](?!\d)|[-*•·–]|[①-⑳]|[一二三四五六七八九十]、)\s*", re.MULTILINE)
_FILLER = re.compile(
    r"(?:please|pls|thanks?|thank you|then|and|also|no(?:pe)?|actually|ok(?:ay)?|hi|hello|hey|now|so|well|first"
    r"|next|finally|(?:can|could|would) you|i(?:['’]?d like| want| need)(?: you)?(?: to)?|let['’]?s|谢谢你?|请"
    r"|你好|好的|先|然后)?[\s,.!。，！]*",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"(?:leave|keep)\s+(?:all\s+)?(?:the\s+)?{_OTHERS}(?:\s+of (?:it|them))?"
    r"(?:\s+(?:alone|as (?:they are|it is|is|before)|unchanged|untouched|the same))?"
    rf"|(?:the\s+)?{_OTHERS}\s+(?:should\s+|shall\s+|must\s+)?(?:stays?|remains?)"
    r"(?:\s+(?:as (?:they are|it is|is)|unchanged|the same))?"
    r"|(?:keep|leave)\s+(?:the\s+)?(?:sound|audio|volume)\s+(?:of|on|in|for)\s.*"
    r"|(?:视频|片段|影片)(?:都|就|仍然?|还是)*(?:保持|保留)(?:彩色|原色|原来的?颜色|原样)"
    r"|(?:其他|其它|其余|剩下|视频|片段)的?(?:照片|视频|图片|片段)?(?:都|就|先|保持)*(?:不动|不变|原样|别动|不要动|不用动|不用改)",
    re.IGNORECASE,
)
"""What says that something else stays as it is."""

_ELLIPSIS = re.compile(r"(?:caption|label|title|replace|change)\b", re.IGNORECASE)
_ELLIPTIC = re.compile(
    rf"(?:the\s+)?{_ORD}\b|(?:photo|picture|image|clip|slide)\s*\d+\s*[:：]?\s*{LETTER}"
    rf"|{LETTER}\s*(?:with|by|to|into)\s*{LETTER}",
    re.IGNORECASE,
)
_ITS_BOX = re.compile(
    r"(?:remove|drop|delete|add|give|put)\b.*\b(?:its|it|his|the)\b.*\b(?:background|box|banner)\b(?! music)|.*"
    r"(?:底框|底色|背景框).*"
)
_ITS_WORDS = re.compile(
    rf"(?:it|that|this|which|the (?:text|title|caption))\s+(?:should|shall|must|has to|needs to|is to)\s+(?:say"
    rf"|read)\s+{LETTER}"
    rf"|(?:内容|文字|上面)?(?:要|就)?(?:写着?|写上|是|叫)\s*[:：]?\s*{LETTER}"
)
_MORE_MUSIC = (
    r"^(?:音量|声音)\s*(?:到|为|是|设为|调到)?\s*(?:百分之|\d)"
    r"|^(?:请|再|就|给我)*(?:调|降|减|设|改)[低小大高]?(?:到|成|为|至)\s*(?:百分之|\d{1,3}\s*[%％]|[一二两三四五六七八九]成)"
    r"|^(?:and\s+)?(?:let|make|have) it (?:only )?(?:start|begin|come in|stop|end)\b"
    r"|^(?:最后|前面?|开头|结尾).{0,8}(?:淡[入出]|慢慢变|渐)|^(?:它的?|声音)[^，。]{0,4}[大小轻响]"
)
_FADES_ITSELF = re.compile(
    r"(?:(?:and|then|let it|it should|it)\s+)*fades? (?:it )?(?:in|out|in and out|away)[.!]*"
    r"|(?:然后|再|并|最后)*(?:慢慢|渐渐|逐渐)?地?(?:淡入淡出|淡[入出]|消失|隐去)|slowly (?:dis)?appears?"
)
"""Texts fade in and out as it is."""

_SOUND = rf"{MUSIC}|\b(?:volume|sound|audio|mute|unmute|duck\w*|fade)\b|声|音"
_TEXT = rf"{TITLE}|{LETTER}"
_IT = re.compile(
    r"(?:(?:and|also|please)\s+)*(?:make|put|set|show|keep|leave|turn|move|have|let|give|play|fade|loop|mute"
    r"|i(?:['’]?d like| want| need))\s+(?:it|them"
    r"|that|this)\b(.*)"
    r"|(?:再|并|也|还)?(?:[把将]?它)?((?:in|at|on|for|from|with|starting|lasting)\b.*|(?:放|移|显示|停留|持续|颜色|用|改成|换成)?.*)"
)


_ANOTHER = re.compile(
    rf"\s+and\s+(?:another(?:\s+one)?|one(?:\s+more)?|a\s+second(?:\s+one)?)\s+(?={LETTER}\s+(?:at|on|from|in|after)\b)",
    re.IGNORECASE,
)
"""What stands before a second text with a place of its own."""
_NONE_OF = re.compile(
    r"(?P<none>\s*,\s*(?:but\s+)?(?:no|without(?:\s+(?:any|the))?)\s+(?:clips?|videos?|photos?|pictures?|images?))\s*,?"
    r"(?P<more>\s+with\s+(?!no\b)[^.;!?\n]+)",
    re.IGNORECASE,
)
"""What isn't to be in a film, before what it is to have: "a slideshow, no clips, with the title 'Hi'"."""
_ENDING = re.compile(
    rf",?\s+(?:(?:and|that|which|it|then)\s+)*(?:(?:ends|ending|finish(?:es|ing)|clos(?:es|ing))\s+(?:it\s+)?(?:with|on|in)"
    rf"|(?<=and )at the (?:very )?end)\s+(?=[^,.;\U000f0000-\U000ffffd]{{0,40}}{LETTER})",
    re.IGNORECASE,
)
"""What stands before the text at the end of a film that has another: "titled 'Hi' that ends with 'Bye'"."""


def split(prompt: str, *, makes: Callable[[str], bool], whole: Callable[[str], bool]) -> list[str]:
    """Return what a message asks for, one text for each.

    Parameters
    ----------
    prompt
        The message; letters that stand for files stay what they are.
    makes
        Says of a text whether it asks for a new video.
    whole
        Says of a text whether it is about the video's length alone; that is done last.

    Examples
    --------
    >>> split("add a title 'A and make B', then mute the clips", makes=lambda text: False, whole=lambda text: False)
    ["add a title 'A and make B'", 'mute the clips']
    """
    held = Held(prompt)
    marked = _another_ends(_ANOTHER.sub(", ", _BULLET.sub("\n", _NONE_OF.sub(r"\g<more>\g<none>", held.marked))))
    parts = [part.strip(" ,，、") for part in re.split(_BREAKS, marked, flags=re.IGNORECASE)]
    parts = [part for part in parts if part and not _FILLER.fullmatch(part)]
    wanted = [part for index, part in enumerate(parts) if not _idle(part, parts[:index])] or parts

    def spelled(part: str) -> str:
        made = held.spelled(part)
        first = held.spelled(part[0]) if re.match(LETTER, part) else ""
        if first[:1].isalnum() and '"' not in first:
            # What follows "text A on photo 1, B on photo 2" stands alone now.
            return f'"{first}"{made[len(first) :]}'
        return made

    joined = _together(wanted, lambda part: makes(spelled(part)), lambda part: whole(spelled(part)))
    if not joined or (len(joined) == 1 and wanted == parts):
        return [prompt]
    return [spelled(part) for part in joined]


def _another_ends(marked: str) -> str:
    """Return a message in which a text that a film ends with stands apart from the one before it."""
    first = re.search(LETTER, marked)
    if first is None:
        return marked
    return marked[: first.end()] + _ENDING.sub(", end with ", marked[first.end() :])


def _together(parts: list[str], makes: Callable[[str], bool], whole: Callable[[str], bool]) -> list[str]:
    """Join what belongs together: "make it red" and the title before it, a new video and what it is made of."""
    steps: list[str] = []
    for part in parts:
        if steps and _says_more(part.lower(), steps[-1].lower()):
            steps[-1] += f", {part}"
        elif (
            steps
            and re.match(rf"{LETTER}\s+(?:on|under|over|onto)\b.*(?:\band\b|,|photos|pictures|clips)", part)
            and re.search(rf"{LETTER}$", steps[-1])
        ):
            steps[-1] += f" and {part}"
        elif steps and re.match(rf"the\s+{_ORD}\s+(?:one|text)\b", part) and re.search(TITLE, steps[-1].lower()):
            steps.append(re.sub(r"\bone\b", "text", f"{steps[-1].split()[0]} {part}", count=1))
        elif re.match(_SHOT_LOOKS, part, re.IGNORECASE):
            named = re.sub(rf"^({_NTH})(?!\s+{_NAMED}\b)", r"\1 one", part, flags=re.IGNORECASE)
            steps.append(f"make {named}")
        elif steps and re.match(rf"{_TEXT_NOUN}|{_TEXT_ZH}", part, re.IGNORECASE):
            zh = re.match(_TEXT_ZH, part) is not None
            said = re.search(LETTER, steps[-1]) is not None
            if (said and makes(steps[-1])) or (_ADDS.match(steps[-1]) and not makes(steps[-1])):
                steps.append(f"加{part}" if zh else f"add {part}")
            else:
                steps[-1] += f"和{part}" if zh else f" and {part}"
        elif steps and re.match(rf"(?:all\s+)?(?:the\s+)?{_OTHERS}\b", part, re.IGNORECASE):
            seconds = " seconds" if re.search(r"\d$", part) and re.search(r"\d\s*(?:s\b|sec)", steps[-1]) else ""
            steps.append(f"make {part}{seconds}")
        elif steps and re.match(rf"(?:{_KIND_LASTS}|{_MORE_OF}|{_EACH_MORE})", part, re.IGNORECASE):
            steps.append(f"make {part}")
        elif steps and re.fullmatch(r"(?:the\s+)?(?:photos|pictures|images|clips|videos)\s+for\s+\d+[\s.!]*", part):
            steps.append(f"make {part.rstrip(' .!')} seconds")
        elif steps and re.match(rf"{_EDGE_OF}\b", part, re.IGNORECASE):
            named = re.search(r"\b(?:of|from)\b", steps[-1]) is not None
            steps[len(steps) - (not named) :] = [
                f"{steps[-1].split()[0]} {part}" if named else f"{steps[-1]} and {part}"
            ]
        elif steps and re.match("(?:把|让|将)?(?:其他|其它|其余|剩下)", part) and re.match("除", steps[-1]):
            steps[-1] += f"，{part}"
        elif steps and (verb := _ELLIPSIS.match(steps[-1])) and _ELLIPTIC.match(part):
            steps.append(f"{verb[0]} {part}")
        else:
            steps.append((_alike(steps[-1], part) if steps else None) or part)
    at = next((index for index, part in enumerate(steps) if makes(part)), None)
    if at is not None:
        logo = re.compile(rf"(?!.*{LETTER})(?:(?:and\s+)?(?:the|our|my)\s+)?(?:logo|watermark)\b", re.IGNORECASE)
        apart = [
            part for part in steps[at + 1 :] if re.search(f"{_TEXT}|{_SOUND}", part.lower()) and not logo.match(part)
        ]
        those = [part for part in steps[at + 1 :] if part not in apart]
        return [*steps[:at], ", ".join([steps[at], *those]), *apart]
    return [part for part in steps if not whole(part)] + [part for part in steps if whole(part)]


def _alike(before: str, part: str) -> str | None:
    """Return a part as the lower third or caption it is in a list of these: 'captions "A" at 0:02, "B" at 0:10'."""
    known = re.search(rf"{LOWER}|\bcaptions?\b|字幕(?=\s*{LETTER})", before, re.IGNORECASE)
    bare = re.fullmatch(rf"(?:{LETTER}(?!.*{LETTER}).*|在?第?[^，。]{{1,8}}秒钟?[加写放]?上?{LETTER})", part)
    if known is None or bare is None or re.search(f"{TITLE}|{LOWER}", part, re.IGNORECASE):
        return None
    if re.search(r"[\u4e00-\u9fff]", known[0]):
        return re.sub(f"加?(?={LETTER})", f"加{known[0]}", part, count=1)
    return f"add the {known[0].removesuffix('s')} {part}"


def _idle(part: str, before: list[str]) -> bool:
    """Say whether a part asks for what is so already: that a text fades, or that something stays as it is."""
    if _FADES_ITSELF.fullmatch(part) and any(re.search(LETTER, one) for one in before):
        return not any(re.search(_SOUND, one.lower()) for one in before)
    return stays(part)


def stays(text: str) -> bool:
    """Say whether a text says that something else is to stay as it is.

    Examples
    --------
    >>> stays("leave the rest alone"), stays("视频不动"), stays("leave the beach out")
    (True, True, False)
    """
    return bool(_LEFT.fullmatch(text))


def _says_more(part: str, before: str) -> bool:
    """Say whether a part is about the text or the music of the part before it."""
    if _ITS_BOX.fullmatch(part) and re.search(_TEXT, before) and not re.search(_TEXT, part):
        return True
    if re.search(MUSIC, before) and re.search(_MORE_MUSIC, part) and not re.search(f"{TITLE}|{LETTER}", part):
        return True
    if re.search(TITLE, before) and not re.search(LETTER, before) and _ITS_WORDS.match(part):
        return True
    about = _IT.fullmatch(part)
    if about is None or re.search(rf"{_SOUND}|{TITLE}|{LETTER}", about[1] or about[2] or ""):
        return False
    rest = (about[1] or about[2] or "").strip(" ?.!？。！")
    if re.search(_TEXT, before) and STYLES_ONLY.fullmatch(rest):
        return True
    return (
        re.search(MUSIC, before) is not None
        and re.search(r"\b(?:quiet|soft|loud|loop|repeat)\w*|\d\s*%|percent|[小大]声|循环", rest) is not None
    )


def orders(text: str) -> bool:
    """Say whether a text reads as an order rather than as something that is told along with it.

    Examples
    --------
    >>> orders("make the horse dance"), orders("it's for my grandmother"), orders("让马跳舞"), orders("这是给奶奶的")
    (True, False, True, False)
    """
    order = (
        rf"(?:(?:please|also|now|actually|just|maybe|ok(?:ay)?|so|and|but)[\s,]+)*(?:un)?(?:{_VERBS})\b|{_VERBS_ZH}"
        r"|[^，。；]{1,14}(?:换个?位置|交换|对调|互换|放[到在]|移[到动]|挪到|删掉|去掉|[变改调换]成|剪掉|重复放)"
        r"|(?:the\s+)?(?:rest|others)\b.*\d|(?:其余|其他|其它|剩下)"
    )
    return re.match(order, text, re.IGNORECASE) is not None
