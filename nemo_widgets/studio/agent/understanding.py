"""A prompt → what is wanted. Pure: nothing is known here but the words, and the names of the files.

Each part takes what it understands out of the text, so that no word is understood twice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent import history, quantities, spans
from nemo_widgets.studio.agent.captions import Caption, take_caption
from nemo_widgets.studio.agent.changes import take_changes
from nemo_widgets.studio.agent.grammar import Change
from nemo_widgets.studio.agent.limits import BEYOND, EARLY, SPEECH
from nemo_widgets.studio.agent.looks import take_looks
from nemo_widgets.studio.agent.moods import MUSIC
from nemo_widgets.studio.agent.nicknames import mark_named
from nemo_widgets.studio.agent.orders import MOVES, Order, take_orders
from nemo_widgets.studio.agent.pointing import MARK, Marks, Pick, cleaned, mark_files, mark_quoted
from nemo_widgets.studio.agent.quotes import LETTER, TITLE, take_texts
from nemo_widgets.studio.agent.sounds import sound, take_clips, take_fades, take_played
from nemo_widgets.studio.agent.spots import take_picks
from nemo_widgets.studio.agent.tongue import is_chinese, is_foreign
from nemo_widgets.studio.agent.wish import Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemo_widgets.studio.agent.base import Material

_VERB = (
    r"\b(?:make|creat\w*|combin\w*|build|turn(?! (?:off|down|up|(?:its|the|my) (?:volume|sound|audio|music))\b)"
    r"|merg\w*|put|produc\w*|generat\w*|compil\w*"
    r"|assembl\w*|stitch|cut|join)\b"
)
_THING = r"\b(?:videos?|movies?|films?|clips?|images?|photos?|pictures?|files|everything|these|those|them all)\b"
_CHANGES_ONE = (
    r"\bmake (?:the|my|this|these|both) (?:clips?|photos?|images?|pictures?)(?:'s? (?:sound|audio))?\s+"
    r"(?:(?:of|with) (?:\w+ ){1,3})?(?:a bit |much )?(?:quieter|louder|softer|shorter|longer|faster|slower|brighter"
    r"|darker|bigger|smaller|black and white|sepia|vintage|warm|warmer|cool|cooler|vivid)\b"
)
_ABOUT_SHOTS = (
    r"\b(?:make|have|let)\s+(?:(?:all|every|each|both)\s+)?(?:of\s+)?(?:(?:the|my|our|these|those)\s+)?"
    r"(?:clips?|photos?|images?|pictures?|pics?|shots?)\s+(?!(?:in)?to\b|together\b|an?\b|with\b|and\b|for\b|one\b)\w+"
)
"""What photos and clips that are there are to do or be: "make all the photos move less"."""

_KINDS = (
    r"\b(?:make|create|build|produce|put together)\s+(?:me\s+)?(?:an?|one|our|the)\s+(?:[\w-]+\s+){0,5}?"
    r"(?:tour|story|lesson|presentation|compilation|show-?reel|tribute|invitation|greeting|diary|guide)\b"
)
_WANTED = (
    r"\b(?:need|want|would like|['’]d (?:like|love)|would love|give me|looking for|can i (?:get|have)|do)\s+"
    r"(?:(?:an?|some|one|our|the)\s+)?(?:[\w-]+\s+){0,4}?"
    r"(?:story|stories|ad|advert\w*|videos?|movie|film|clip|spot|post|short|tik\s?-?tok|intro|presentation|lesson|slides?)\b"
    r"|^\s*(?:(?:an?|one|short|quick|nice)\s+)*(?:video|movie|film|clip|ad|advert)\s+(?:for|about|of)\b"
)
"""A video that is wished for, where there is none yet."""

_GENRE = r"\b(?:slide\s?-?show|promo\w*|teaser|reels?|montage|trailer|commercial|advert\w*|recap|highlights?|vlog)\b"
_MAKE_ZH = (
    r"做成|做个|做一|做段|制作|合成|生成|剪成|剪辑|剪一|剪个|拼成|拼接|合并|组合|变成|创建"
    r"|宣传片|幻灯片|预告片|短视频|混剪|影集"
)
_A_VIDEO = (
    r"\s*(?:(?:please|now|ok|okay|just|hi|hello|hey)[\s,]+)*"
    r"(?:(?:i|we)(?:'d like| want| need)|give me|can i have|can you)?\s*"
    r"(?:a|an|one|my|some)\s+(?:(?:nice|short|little|good|new|quick|simple|cool"
    r"|\d{1,3}[ -]?(?:seconds?|secs?|s|minutes?|mins?)(?:[ -]long)?)\s+)*(?:video|movie|film|clip)s?"
    r"(?:[\s,]+please)?[\s.!]*"
    r"|\s*(?:请|我|想要?|要|来|给我|需要)*(?:一?[个段部条])?(?:短|小|新)?(?:视频|影片|短片|电影)[吧。！!]*\s*"
)
_ANOTHER = (
    rf"{_GENRE}|\b(?:videos?|movies?|films?)\b|\b(?:together|combin\w*|merg\w*|stitch\w*|compil\w*|assembl\w*|join\w*)\b"
    r"|\b(?:everything|all)\b|\b(?:from|of|with|into|using)\s+(?:all\s+|only\s+|just\s+)?(?:the|my|our|these|those|them)\b"
    r"|\b\d+(?:\.\d+)?[ -]?(?:seconds?|secs?|s|minutes?|mins?|min)\b"
    r"|视频|影片|短片|电影|宣传片|幻灯片|预告片|混剪|影集|片子|所有|全部|素材|这些|\d\s*秒|[一二三四五六七八九十]秒|分钟|竖屏|横屏"
)
"""Words for a whole video, where one is there already: "put 'Home' under the photos" asks for none."""

_ADDS = (
    r"\b(?:add|include|append)\s+(?:(?:the|these|those|my|new|all|other|of|more|two|three|remaining)\s+)*"
    r"(?:photos?|images?|pictures?|clips?|files?|videos?|uploads?|them|these|those)\b"
    r"|(?:加上|加入|加进|添加).{0,6}(?:照片|图片|素材|视频|片段)"
)
_ALL = (
    r"\b(?:all|every|everything|whole)\b.{0,20}\b(?:files?|photos?|pictures?|images?|clips?|uploads?|everything"
    r"|material)\b"
    r"|\beverything\b|\ball of (?:them|it)\b|(?:所有|全部)的?(?:文件|素材|照片|图片|视频)?"
    r"|(?:照片|图片|素材)(?:都|全部?)要?(?:用上|用到|放进去|放上)"
)
_RESTART = (
    r"\b(?:start|begin)(?:ing)? (?:over|again|afresh|anew|from scratch|from zero)\b|\bfrom scratch\b"
    r"|\b(?:clear|empty|reset|wipe)\s+(?:the\s+|my\s+)?(?:timeline|draft|project|everything|video|all)\b"
    r"|\b(?:delete|remove) everything\b|^\s*reset\s*[.!]*$"
    r"|重新开始|从头再来|从头开始|重头再来|清空(?:时间线|草稿)?|全部(?:删除|清空)"
)
_ASKS_LENGTH = (
    r"\bhow long\b(?!\s+(?:can|may|could))|\b(?:what|which)(?: is|'s)? (?:the |its |my )?(?:length|duration)\b"
    r"|\bhow many (?:photos|pictures|images|clips|shots)\b"
    r"|\bwhat(?:'s| is| do you have| have you got| do (?:we|i) have| have (?:we|i) got)"
    r" (?:(?:on|in) (?:the|my) (?:timeline|video|draft)|(?:there )?so far|now|right now|at the moment)\b"
    r"|多长|多少秒|几秒钟?[?？]|时长是多少|有多少张"
)
_GREETING = r"\b(?:hi|hello|hey|thanks?|thank you)\b|你好|您好|谢谢"
_HELP = (
    r"\bhelp\b|\bwhat can you\b|\bhow do (?:i|you)\b|\bwhat do you (?:do|understand)\b"
    r"|帮助|能做什么|会做什么|怎么用|会什么"
)
LONGEST = 4_000
"""Letters of a prompt that are read."""


def understand(prompt: str, materials: Sequence[Material] = (), *, begun: bool = False) -> Wish:
    """Return what a prompt asks for.

    Parameters
    ----------
    prompt
        What somebody says.
    materials
        The files of the session, for their names.
    begun
        Whether there is a video already: then only what plainly asks for another one makes one.

    Examples
    --------
    >>> wish = understand('make a 30-second promo titled "Urban Dreams" with lo-fi music at 20%')
    >>> wish.duration, wish.caption.text, wish.mood, wish.volume
    (30000, 'Urban Dreams', 'lo-fi', 0.2)
    >>> understand("做成15秒的竖屏视频").size
    (1080, 1920)
    """
    marks = Marks()
    marked = mark_files(cleaned(prompt[:LONGEST]), materials, marks, stems=False)
    texts, marked = take_texts(mark_quoted(marked, materials, marks))
    texts = texts.spelled(marks.spelled)
    marked = mark_named(marked, materials, marks)
    song = next((pick.file for pick in marks.picked(marked) if pick.kind == "audio"), None)
    plain = _spelled_songs(marked, marks).lower()
    if is_foreign(re.sub(f"{MARK}|{LETTER}", " ", plain)):
        return Wish(foreign=True)
    plain = spans.hidden(_called_texts(plain))
    shown_on, plain = take_picks(plain, marks)
    clip_picks, plain = take_clips(plain, marks)
    music_edits, plain, elsewhere = take_played(plain, marks, materials)
    far = [topic for topic in EARLY if _has(BEYOND[topic], plain)]
    for topic in far:
        plain = re.sub(rf"(?:{BEYOND[topic]})(?:(?!\band\b)[^,.;，。；])*", " ", plain)
    changes, plain = take_changes(plain, marks)
    looks, text = take_looks(plain)
    each, text = quantities.each(text)
    changes, each = _each_fade(changes, each, plain)
    orders, text, more = take_orders(text, marks)
    orders, changes, more = _narrowed(
        orders, changes, more=more or elsewhere, each=each, make=_makes(text) and (not begun or _has(_ANOTHER, plain))
    )
    each = None if more and begun and not _makes(text) and not any(one.but for one in changes) else each
    text = re.sub(MARK, " ", text)
    listed = any(one.verb == "list" for one in orders) or (each is not None and _with_shots(plain))
    make = _anew(text, plain, listed=listed) if begun else _makes(text) or listed or _has(_WANTED, text)
    about_text = rf"^\s*make (?:(?:the|my) )?(?:titles?|texts?|captions?|{LETTER})"
    caption, text = take_caption(text, texts, shown_on, make=make and not _has(about_text, text))
    caption, each = _each_text(caption, each, plain, make=make)
    fades, text = take_fades(text)
    caption, fades = _faded(caption, fades, text, make=make)
    if fades and each is not None and not _has(_SHOWN, plain):
        # "Fade in and out, 2 seconds each" is no time for photos.
        fades, each = dict.fromkeys(fades, each), None
    heard = sound(text, song, faded=bool(fades), elsewhere=elsewhere)
    if more:
        heard |= {
            "clip_volume": heard.get("clip_volume") if clip_picks else None,
            "volume": heard.get("volume") if heard["music"] else None,
        }
    orders, clip_but = _spared(orders) if heard.get("clip_volume") is not None and not make else (orders, ())
    beyond = [topic for topic, pattern in BEYOND.items() if topic in far or _has(pattern, text)] + (
        ["choosing"] if more else []
    )
    beyond = _refused(beyond, text, titled=caption.says or caption.restyles)
    caption, beyond = _unheard(caption, beyond, marked.lower())
    spoken = "voice" in beyond and not _has(TITLE, plain)
    if beyond and not make and (spoken or not (caption.says or caption.restyles or caption.drop)):
        caption = Caption()
    caption, times = _seconds(caption, beyond, text, make=make)
    times, orders, changes = _of_placed(times, orders, changes, text, make=make)
    still = (
        each is None and not caption.spoken and not any(times.values()) and not {"cutting", "choosing"} & set(beyond)
    )
    make = make and not (far and not _has(_GENRE, text))
    if {"footage", "pictures", "writing"} & set(beyond) and not _has(
        r"\b(?:photos?|pictures?|images?|clips?|files?|these|my)\b|照片|图片|素材", text
    ):
        make = False
    restart = _has(_RESTART, text)
    make = make or (restart and (heard["music"] or each is not None or caption.says))
    return Wish(
        chinese=is_chinese(prompt),
        greets=_has(_GREETING, text),
        helps=_has(_HELP, text),
        asks_length=_has(_ASKS_LENGTH, text),
        export=_has(r"\bexport\b|\bdownload\b|\brender\b|send me the video|导出|下载|渲染", text),
        undo=history.steps(text) != 0,
        steps=history.steps(text),
        restart=restart,
        make=make,
        adds=_has(_ADDS, text),
        everything=_has(_ALL, text)
        and not (caption.spoken and not make)
        and (make or _has(r"\b(?:use|add|include)\b|用|加", text)),
        each=each,
        stretch=quantities.stretch(text) if still else None,
        size=quantities.size(text),
        orders=orders,
        changes=changes,
        looks=looks,
        caption=caption,
        fades=fades,
        clip_picks=clip_picks,
        clip_but=clip_but,
        music_edits=music_edits,
        beyond=tuple(beyond),
        **times,
        **heard,
    )


def _seconds(caption: Caption, beyond: list[str], text: str, *, make: bool) -> tuple[Caption, dict[str, Any]]:
    """Return what is said about texts, and how long the video shall be."""
    # "Trim the clip to 5 seconds" isn't about the whole video.
    times = {} if not make and {"cutting", "choosing"} & set(beyond) else _times(text)
    if make and times.get("duration_change") and (length := quantities.duration(quantities.unchanged(text))):
        times = {"duration": length + times["duration_change"]}  # "A 20 second video, then add 5 seconds".
    if make or _has(_OF_WHOLE, re.sub(_MAKES_TEXT, " ", text)):
        return caption, times
    if (caption.says or caption.restyles) and not caption.length and times.get("duration"):
        # "Title 'Hello', 2 seconds" is about the title.
        return replace(caption, length=times["duration"]), {}
    return caption, {} if caption.drop else times


def _each_text(caption: Caption, each: int | None, plain: str, *, make: bool) -> tuple[Caption, int | None]:
    """Return what is said about texts and how long each photo is seen: "add 'Hi' and 'Bye', 3 seconds each"."""
    if each is None or make or not caption.says or _has(_SHOWN, plain):
        return caption, each
    return replace(caption, length=caption.length or each), None


def _each_fade(changes: tuple[Change, ...], each: int | None, plain: str) -> tuple[tuple[Change, ...], int | None]:
    """Return orders and how long each photo is seen: "crossfades, 1 second each" is no time for photos."""
    fades = ("fade", "transition")
    if each is None or _has(_SHOWN, plain) or not any(one.verb in fades for one in changes):
        return changes, each
    return tuple(replace(one, facts=one.facts | {"d": each}) if one.verb in fades else one for one in changes), None


def _faded(caption: Caption, fades: dict[str, int], text: str, *, make: bool) -> tuple[Caption, dict[str, int]]:
    """Return what is said about texts and the music's fades: "end with 'Thanks', fade out" is about the text."""
    text_fades = bool(fades) and not make and not _has(_HEARD_OR_SEEN, text)
    if not caption.says or not (text_fades or _SLOWLY.search(text)):
        return caption, fades
    return replace(caption, fades=True), {} if text_fades else fades


def _of_placed(
    times: dict[str, Any], orders: tuple[Order, ...], changes: tuple[Change, ...], text: str, *, make: bool
) -> tuple[dict[str, Any], tuple[Order, ...], tuple[Change, ...]]:
    """Return how long the video shall be, and what is done: "put X at the end for 4 seconds" is how long X is seen.

    What is to be seen for so long is put on the timeline where it was left out.
    """
    placed = [one for one in orders if one.verb in (*MOVES, "add", "replace")]
    seconds = times.get("duration")
    if make or len(placed) != 1 or not seconds or not _has(r"\bfor\b|停|显示|展示", text) or _has(r"\bmake it\b", text):
        return times, orders, changes
    picks = tuple(pick for pick in placed[0].picks if pick.definite or pick.single)
    if not picks:
        return times, orders, changes
    files = tuple(pick for pick in picks if pick.file)
    added = (Order("add", files), *orders) if files and placed[0].verb not in ("add", "replace") else orders
    return {}, added, (*changes, Change("length", picks, facts={"to": seconds}))


def _unheard(caption: Caption, beyond: list[str], text: str) -> tuple[Caption, list[str]]:
    """Return what is said about texts, and what can't be done: nothing here hears speech."""
    if caption.says or not _has(SPEECH, text):
        return caption, beyond
    return Caption(), [*(topic for topic in beyond if topic != "subtitles"), "subtitles"]


def _called_texts(plain: str) -> str:
    """Return what is said with "text" for a watermark or subtitle that has words."""
    plain = re.sub(rf"(?:text |a )?(?:watermark|水印)(?: text)?\s*(?={LETTER})", "text for the whole video ", plain)
    plain = re.sub(r"\b(?:logo|watermark) text\b|\btext logo\b", "text", plain)
    return re.sub(
        rf"\b(?<=\ba )sub-?title\b(?=\s*(?:(?:that |which )?(?:says|saying|reads|reading)\s*)?{LETTER})", "text", plain
    )


def _refused(topics: list[str], text: str, *, titled: bool) -> list[str]:
    """Return the topics that can't be done: a "subtitle" with words or a look is a text, "crop to a square" a size."""
    if titled and not _has(r"transcri|speech|auto|自动|语音", text):
        topics = [topic for topic in topics if topic != "subtitles"]
    if quantities.size(text) and _has(r"\bcrop\b.{0,30}\b(?:to|into|for)\b", text):
        topics = [topic for topic in topics if topic != "cutting"]
    return topics


_SHOWN = r"\b(?:photo|picture|image|pic|slide|shot)s?\b|[张幅]|照片|图片"
_OF_WHOLE = (
    r"\b(?:videos?|movie|film|clip|it|whole|total|all|everything|long|length|lasts?|duration|make|cut|shorten|reel|into)\b"
    r"|视频|影片|整|总|时长|长|短|做成|剪"
)
_SLOWLY = re.compile(r"(?:慢慢|渐渐|逐渐|缓缓)地?(?:消失|出现|隐去)|\b(?:slowly|gradually) (?:dis)?appear(?:s|ing)?\b")
_HEARD_OR_SEEN = rf"{MUSIC}|\b(?:sound|audio|volume|picture|screen|black|video|film|movie)\b|声|音|画面|黑|视频"
_MAKES_TEXT = r"\bmake (?:(?:the|my|our|all|these|both) )*(?:titles?|texts?|captions?)\b"
_OF_SHOTS = ("keep", "cut", "split", "length", "speed", "freeze", "transition", "fade", "motion", "fit", "look")


def _alike(but: tuple[Pick, ...], picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """Return what is excepted; of all photos, "the last one" is a photo."""
    kinds = {pick.kind for pick in picks}
    kind = next(iter(kinds)) if len(kinds) == 1 else None
    return tuple(pick if pick.file is not None else replace(pick, kind=pick.kind or kind) for pick in but)


def _spared(orders: tuple[Order, ...]) -> tuple[tuple[Order, ...], tuple[Pick, ...]]:
    """Return orders of which none takes away what "mute all clips except …" leaves as it is, and that."""
    but = tuple(pick for order in orders if order.verb == "but" for pick in order.picks)
    return tuple(order for order in orders if order.verb != "but"), but


def _narrowed(
    orders: tuple[Order, ...], changes: tuple[Change, ...], *, more: bool, each: int | None, make: bool
) -> tuple[tuple[Order, ...], tuple[Change, ...], bool]:
    """Return orders and changes that touch no photo or clip which isn't meant.

    "All in sepia except the third" takes nothing away. And where photos or clips are pointed at that nobody knows
    what to do with (``more``), what would change all of them is left undone.
    """
    but = tuple(pick for order in orders if order.verb == "but" for pick in order.picks)
    visual = any(change.verb in _OF_SHOTS for change in changes)
    if but and not make and (visual or each is not None):
        orders = tuple(order for order in orders if order.verb != "but")
        changes = tuple(
            replace(one, picks=one.picks or (Pick(),), but=_alike(but, one.picks)) if one.verb in _OF_SHOTS else one
            for one in changes
        )
        more = more or each is not None
    if more:
        changes = tuple(one for one in changes if one.picks or one.verb not in _OF_SHOTS)
        # "Remove all the clips, save the interview": which of them isn't clear, and not all.
        orders = tuple(one for one in orders if one.verb != "remove" or any(map(_some, one.picks)))
    return orders, changes, more


def _some(pick: Pick) -> bool:
    """Say whether some photos or clips are meant rather than all of a kind."""
    return pick.definite or pick.single or pick.count > 1


def _spelled_songs(text: str, marks: Marks) -> str:
    """Return a text in which marks of songs read "my song" again, for what is said about music."""
    for letter, picks in marks.picks.items():
        if any(pick.kind == "audio" for pick in picks):
            text = text.replace(letter, " my song ")
    return re.sub(r"\b(?:the|my|our)\s+my song\b", "my song", re.sub(" {2,}", " ", text))


_WITHIN = (
    r"\b(?:for|during|throughout|over|across|through) (?:the|my) (?:whole |entire |full )?(?:video|movie|film)\b"
    r"|\b(?:start|end|beginning|middle|corner|top|bottom) of (?:the|my) (?:video|movie|film)\b"
)
"""Where the video is only when or where something else is to be seen."""
_AS_A_REEL = r"\b(?:export|render|download|save)\b[^,.;!?]{0,30}\b(?:as|for) (?:an? |the )?reels?\b"


def _makes(text: str) -> bool:
    text = re.sub(rf"{_WITHIN}|{_AS_A_REEL}", " ", text)
    return (
        _has(rf"{_GENRE}|{_MAKE_ZH}|{_KINDS}", text)
        or (_has(_VERB, text) and _has(_THING, text) and not _has(_CHANGES_ONE, text))
        or re.fullmatch(_A_VIDEO, text) is not None
    )


def _anew(text: str, plain: str, *, listed: bool) -> bool:
    """Say whether somebody who has a video asks for another one, rather than for something of what is there."""
    makes = _makes(text)
    return _has(_ANOTHER, plain) and ((makes and _makes(re.sub(_ABOUT_SHOTS, " ", text))) or (listed and not makes))


def _with_shots(text: str) -> bool:
    """Say whether somebody does something with photos or clips."""
    return _has(_VERB, text) and _has(_THING, text)


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


_MOMENT = re.compile(
    r"\b(?:first|last|final|(?:start|begin|end|stop|appear|show|play|enter|come)\w*(?: (?:up|in|on|it|playing))? "
    r"(?:at|from|after)|until|till)(?: the)?(?: (?:first|last|final|second))? "
    r"(?:\d[\d.]*|[a-z]+)[ -]?(?:seconds?|secs?|s|minutes?|mins?|min|m)\b"
    r"|\b(?:rest|others?|remaining)\b[^,.;\d]{0,20}\d[\d.]*[ -]?(?:seconds?|secs?|s)\b"
    r"|\bin(?:to)? (?:\d[\d.]*|[a-z]+)[ -]?(?:seconds?|secs?|s|minutes?|mins?)(?:[ -]long)? (?:equal )?(?:parts|pieces"
    r"|chunks|segments|sections|bits)\b"
    r"|(?:其余|其他|其它|剩下)[^，。\d]{0,6}[零一二两三四五六七八九十百\d.]{1,6}\s?秒钟?"
    r"|第?[零一二两三四五六七八九十百\d.]{1,6}\s?秒?钟?\s?(?:到|至|[-–~—])\s?第?[零一二两三四五六七八九十百\d.]{1,6}\s?秒钟?"
    r"|(?:前面?|最后|最前|末尾|开头|结尾|第)[零一二两三四五六七八九十百\d.]{1,6}\s?(?:秒|分)钟?"
)
"""A time that says when, or at which end, and so isn't how long the whole is."""


_STAYS = re.compile(
    r"(?<![片频体])(?:停留?|定格|各(?:放|停留?|显示|展示|播放?)?)(?:个|在|大概|约)?"
    r"[零一二两三四五六七八九十百\d.]{1,6}\s?秒钟?"
    r"|\b(?:add|insert|put)\s+(?:another\s+)?(?:\d[\d.]*|[a-z]+)\s?(?:s|secs?|seconds?|minutes?)\s+of\b"
    r"|\b(?:music|song|sound|audio)\s+(?:only|just)\s+for\s+(?:\d[\d.]*|[a-z]+)\s?(?:s|secs?|seconds?|minutes?)\b"
)
"""How long one is seen or heard, and no video: "停3秒", "add 5 seconds of music"."""


def _times(text: str) -> dict[str, Any]:
    """Return how long the video shall be."""
    text = _STAYS.sub(" ", _MOMENT.sub(" ", text))
    if change := quantities.change(text):
        return {"duration_change": change}
    return {"duration": quantities.duration(text)}
