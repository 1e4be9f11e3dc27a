"""Kinds of music in what people say, and those that there are none of."""

from __future__ import annotations

import re

MUSIC = r"(?:music|bgm|sound\s?track|songs?|tune|beats?|背景音乐|音乐|配乐|背景乐|曲子|歌曲|歌)"
"""Words for music, as a pattern."""

_MOODS = {
    "lo-fi": r"lo-?\s?fi|chill\w*|低保真|慵懒",
    "happy": r"happ(?:y|ier)|cheerful|joyful|merry|欢快|快乐|愉快|开心|欢乐|喜庆",
    "romantic": r"romantic|love (?:song|theme|story)|wedding|浪漫|爱情|婚礼|甜蜜",
    "sad": r"sad(?:der)?|melanchol\w*|sorrowful|悲伤|忧伤|伤感|感伤|悲情|难过",
    "electronic": r"electronic\w*|edm|synth\w*|techno|trance|dubstep|电子|电音",
    "epic": r"epic|heroic|史诗|震撼|激昂|热血|燃(?![烧放])",
    "upbeat": r"upbeat|energetic|lively|fun|fast|dance|轻快|活泼|动感|节奏感"
    rf"|(?:faster|livelier|peppier|snappier)(?= (?:paced )?(?:background )?{MUSIC})"
    rf"|{MUSIC} (?:should be |to be |is to be )?(?:a (?:bit|little) |much )?(?:faster|livelier|peppier)"
    r"|(?:音乐|配乐)(?:的?节奏)?(?:再|要|可以)?快一?[点些]",
    "calm": r"calm\w*|relax\w*|soft|gentle|peaceful|ambient|soothing|slow|cosy|cozy|heart-?warming"
    rf"|slower(?= (?:paced )?(?:background )?{MUSIC})|{MUSIC} (?:should be |to be )?(?:a (?:bit|little) |much )?slower"
    r"|舒缓|安静|平静|轻柔|轻松|放松|温柔|治愈|柔和|温馨|(?:音乐|配乐)(?:的?节奏)?(?:再|要|可以)?慢一?[点些]",
    "cinematic": r"cinematic|dramatic|inspir\w*|orchestral|大气|电影感|电影",
    "corporate": r"corporate|business|professional|商务|专业|企业",
}
_ABSENT = (
    r"jazz\w*|rock(?:\s?(?:'?n'?|and)\s?roll)?|pop|classical"
    r"|hip[\s-]?hop|rap|country|folk|reggae|blues|(?:heavy )?metal"
    r"|punk|funky?|soul|disco|latin|salsa|piano|guitar|acoustic|violin|christmas|[kj]-?pop|opera|r&b|trap|swing"
    r"|bossa nova|indie|gospel|celtic|horror|scary|spooky|angry|baroque|house|polka|tango|samba|flamenco"
    r"|bollywood|lounge|caf[eé]|retro|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|grunge|ska|afro-?beats?|french|italian|spanish|mexican|indian|irish|arabic|african"
    r"|japanese|korean|chinese|hawaiian|brazilian|turkish|medieval|circus"
)
_ABSENT_ZH = (
    r"爵士|摇滚|流行|古典|嘻哈|说唱|民谣|乡村|蓝调|雷鬼|金属|朋克|放克|灵魂|迪斯科|拉丁|钢琴|吉他|小提琴|古筝|圣诞"
    r"|国风|古风|中国风|法式|法国|日式|印度|宝莱坞|恐怖|诡异|歌剧"
)
_AFTER = r"(?=\s*(?:$|[,.;!?，。！？]|instead|please|now|for\b|to\b|with\b|and\b))"
_NAMED = re.compile(
    rf"(?<![\w-])({_ABSENT})\s+(?:background\s+|style\s+)?{MUSIC}"
    rf"|\b{MUSIC}\s+(?:should be\s+|to\s+|into\s+|style\s+|of\s+)?(?:some\s+|a\s+)?({_ABSENT})(?![\w-])"
    rf"|\b(?:add|play|want|some|use|to|like)\s+(?:some\s+|a\s+)?({_ABSENT}){_AFTER}"
    rf"|({_ABSENT_ZH})(?:风格?)?的?\s*(?:{MUSIC}|乐(?![队器观趣园意团谱]))|{MUSIC}.{{0,4}}?({_ABSENT_ZH})"
)
_CHANGED_TO = re.compile(
    rf"\b(?:change|switch|set|turn)\s+(?:the\s+|my\s+)?(?:background\s+)?{MUSIC}\s+(?:in)?to\s+(?:something\s+|some\s+|a\s+|be\s+)?"
    rf"([a-z-]{{3,20}}){_AFTER}"
)
_NO_KIND = re.compile(
    r"something|another|different|other|new|old|louder|quieter|softer|full|half|low|high|max(?:imum)?|minimum|muted?|zero"
    r"|silent|silence|mine|default|none|nothing|that|this|same"
)


_INSTEAD = {
    "slow": "faster", "fast": "slower", "sad": "happy", "happy": "calm", "cheerful": "calm", "calm": "upbeat",
    "boring": "upbeat", "sleepy": "upbeat", "dramatic": "calm", "epic": "calm", "serious": "happy",
    "伤感": "欢快", "悲伤": "欢快", "忧伤": "欢快", "悲": "欢快",
    "欢快": "舒缓", "欢乐": "舒缓", "激烈": "舒缓",
    "平淡": "轻快", "无聊": "轻快", "平静": "轻快", "舒缓": "轻快",
}  # fmt: skip
_TOO = re.compile(
    r"\b(?:too|not so|less) (slow|fast|sad|happy|cheerful|calm|boring|sleepy|dramatic|epic|serious)\b(?! that)"
    r"|(?:太|过于|别那么|不要那么)(伤感|悲伤|忧伤|悲|欢快|欢乐|激烈|平淡|无聊|平静|舒缓)了?"
)
"""What music is too much of: another kind is wanted, and not that one."""


def mood(text: str) -> str | None:
    """Return the kind of music in a text (lower case); its words count where music is spoken of, or where all is it.

    Examples
    --------
    >>> mood("with sad music"), mood("欢快的音乐"), mood("a fun day"), mood("make it epic"), mood("lofi")
    ('sad', 'happy', None, 'epic', 'lo-fi')
    >>> mood("the music is too sad"), mood("音乐太悲伤了")
    ('happy', 'happy')
    """
    text = _TOO.sub(lambda match: _INSTEAD[match[1] or match[2]], text)
    text = re.sub(rf"\b({MUSIC}) (?:is|feels|seems) ", r"\1 ", text)
    for name, pattern in _MOODS.items():
        spoken = name == "lo-fi" or re.search(MUSIC, text)
        if spoken and re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", text):
            return name
        if re.fullmatch(rf"\s*(?:make it |something |more )*(?:{pattern})(?: please| instead|一点)?[\s.!]*", text):
            return name
    return None


def absent(text: str) -> str | None:
    """Return a kind of music that a text (lower case) asks for and that there is none of.

    Examples
    --------
    >>> absent("add jazz music"), absent("change the music to polka"), absent("换成爵士音乐"), absent("my rock garden")
    ('jazz', 'polka', '爵士', None)
    """
    if match := _NAMED.search(text):
        return next(group for group in match.groups() if group)
    match = _CHANGED_TO.search(text)
    return match[1] if match and not _NO_KIND.fullmatch(match[1]) and mood(f"{match[1]} music") is None else None
