"""What the user wants, before anything is sent: by intent, not by a word that happens to be in the sentence.

A message is routed only where *all* of it is the request. "Export my video" is; "add a title that says Export",
"how do I export?" and "balance the audio" go to the service as they are.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

from nemo_widgets.settings import SUFFIXES


class Action(StrEnum):
    """What a message, or the backend's talk of buttons, asks for."""

    EXPORT = "export"
    CREDITS = "credits"
    STATE = "state"
    UPLOAD = "upload"
    MESSAGE = "message"


# What people put around a request without changing it. (Verbose patterns: a space that counts is written "\ ".)
_BEFORE = r"""(?:(?:please|pls|kindly|just|now|then|and|so|also|ok(?:ay)?|yes|yeah|yep|sure|hi|hey|hello|great|perfect
  |nice|cool|good|awesome|excellent|thanks|thank\ you|done|love\ it
  |(?:it\ |that\ |this\ )?looks?\ (?:good|great|perfect|nice)
  |that(?:'s|\ is)\ it|(?:it's\ |i'm\ |all\ )?(?:ready|finished|done)
  |(?:can|could|would|will)\ (?:you|we|i)|may\ i|let's|let\ (?:us|me)|go\ ahead\ and|go\ ahead|time\ to
  |i(?:'d|\ would)\ like(?:\ you)?\ to|i\ (?:want|need)(?:\ you)?\ to|i(?:'m|\ am)\ ready\ to|help\ me)[\s,.!:-]+)*"""
_AFTER = r"""(?:[\s,.!-]+(?:please|pls|now|right\ now|right\ away|for\ me|thanks|thank\ you|asap|again|already
  |first|today|ok(?:ay)?|then))*"""

_DETERMINER = r"(?:(?:the|my|our|this|that|a|an)\ )?"
_ADJECTIVE = r"""(?:(?:final|finished|whole|new|edited|current|full|rendered|complete|completed|promo|latest|last
  |short)\ )*"""
_FILM = rf"""(?:it|this|that|everything|{_DETERMINER}{_ADJECTIVE}(?:videos?|films?|movie|clip|project|promo|result|mp4
  |file|timeline|draft|teaser|trailer|reel|edit|cut|version|montage|slideshow|output)(?:\ (?:file|clip))?)"""
_FORM = r"""(?:\ (?:as|to|in|at|into|with|on)\ (?:an?\ |my\ |the\ )?(?:mp4|video|file|disk|hd|full\ hd|4k
  |1080p?|720p?|480p?|(?:high|full|best|good|low)(?:er|est)?\ (?:quality|resolution)
  |computer|laptop|machine|desktop|downloads?(?:\ folder)?|phone|device)(?:\ (?:file|format|video|quality))?)*"""
_MP4 = rf"{_ADJECTIVE}(?:video|film|movie|mp4|promo)(?:\ file)?"

_EXPORT = rf"""(?:(?:re-?)?(?:export|download|render)(?:\ {_FILM})?{_FORM}
  |(?:save|get|fetch)\ {_DETERMINER}{_MP4}{_FORM}
  |(?:export|download|render|save)\ and\ (?:export|download|send|save|share)(?:\ {_FILM})?(?:\ to\ me)?
  |(?:send|give|get|show|hand)\ me\ (?:the|my|that|this)\ (?:{_MP4}|{_ADJECTIVE}(?:file|result|download))(?:\ link)?
  |(?:send|give)\ (?:it|{_DETERMINER}{_MP4}|{_DETERMINER}{_ADJECTIVE}file)\ to\ me
  |(?:i\ (?:want|need)|(?:can\ i\ )?(?:have|get)|(?:i'd|i\ would)\ like)\ (?:the|my)\ {_MP4}
  |(?:start|run|begin)\ (?:the\ |an\ )?(?:export|download|render)(?:ing)?)"""

_MONEY = r"(?:(?:account\ |remaining\ |credits?\ |current\ |available\ |token\ )*(?:credits?|balance))"
_LEFT = r"(?:\ (?:left|remaining|available|now|still|at\ the\ moment|(?:in|on)\ (?:my|the)\ account))*"
_CREDITS = rf"""(?:(?:(?:check|show|see|tell|get|display|view|look\ up)\ (?:me\ )?)?(?:(?:the|my|our)\ )?{_MONEY}{_LEFT}
  |how\ (?:many|much)\ {_MONEY}(?:\ (?:(?:do|have)\ (?:i|we)|are|is)(?:\ (?:still\ )?(?:have|got|there))?)?{_LEFT}
  |(?:what(?:'s|\ is|\ are)|whats|how(?:'s|\ is|\ are))\ (?:the|my|our)\ {_MONEY}{_LEFT}
  |(?:do\ i|do\ we|have\ i)\ (?:still\ )?(?:have|got)\ (?:any\ |enough\ |some\ )?{_MONEY}{_LEFT}
  |am\ i\ (?:running\ )?out\ of\ credits?)"""

_PLACE = r"""(?:tracks?|timeline|time\ line|status|state|draft|progress|segments?|track\ (?:list|summary)
  |(?:project|video|session|edit)\ (?:status|state))"""
_STATE = rf"""(?:
    (?:(?:show|list|check|see|display|view|get|tell|give|print|describe|summari[sz]e)\ (?:me\ )?)?
    (?:(?:the|my|our|all|all\ the|all\ my|a)\ )?(?:current\ |present\ |latest\ |whole\ )?{_PLACE}
    (?:\ (?:now|so\ far|summary|overview))?
  |what(?:'s|\ is|s)?\ (?:(?:currently\ )?(?:in|on)\ )?(?:(?:the|my|our)\ )?(?:current\ )?{_PLACE}(?:\ (?:now|so\ far))?
  |(?:what|which|how\ many)\ tracks?\ (?:do\ (?:i|we)\ have|are\ there|have\ (?:i|we)\ got)(?:\ (?:now|so\ far))?
  |what\ do\ (?:i|we)\ have\ so\ far|where\ (?:are\ we|do\ we\ stand)|how\ does\ (?:the|my)\ timeline\ look)"""

_MATERIAL = r"""(?:files?|photos?|pictures?|images?|pics?|videos?|clips?|footage|music|songs?|audio|media|materials?
  |assets?|stuff|one|it|this|these|them|that)"""
_SOME = r"(?:(?:a|an|the|my|our|some|these|this|those|more|another|new|other|few|two|three|four|five|\d+)\ )*"
_UPLOAD = rf"""(?:
    upload(?:\ {_SOME}{_MATERIAL}(?:\ (?:and|or)\ {_SOME}{_MATERIAL})*)?
    (?:\ (?:here|from\ my\ (?:computer|laptop|phone|disk|machine)))?
  |(?:choose|pick|select|attach|import)\ {_SOME}files?(?:\ to\ upload)?)"""

_ZH_BEFORE = r"""(?:好的?|可以了|很好|不错|完成了?|行|请|麻烦|帮我|帮忙|给我|我想要?|我要|我需要|能不能|可不可以
  |可否|能否|可以|现在|立即|马上|直接|开始|那就|然后|您|你|我|，|,|!|！|。)*"""
_ZH_AFTER = r"(?:一下|出来|下来|来|给我|到本地|到电脑|吧|吗|呢|啊|呀|了|谢谢|好吗|可以吗|，|,|!|！|。)*"
_ZH_LOOK = r"(?:查看|查询|查|看看|看|显示|列出|展示|告诉我)?(?:一下)?"
_ZH_FILM = r"""(?:(?:这个|这段|这条|我的|最终的?|完整的?|整个|当前的?|做好的|成品)*
  (?:视频|影片|成片|作品|短片|片子|项目|文件|结果|时间线|它|mp4))"""
_ZH_FORM = r"(?:(?:为|成|到)?(?:mp4|高清|4k|1080p?|720p?)(?:格式|文件|视频|的)?)?"
_ZH_EXPORT = rf"""(?:(?:导出|下载|输出|渲染|保存){_ZH_FORM}{_ZH_FILM}?{_ZH_FORM}
  |(?:把|将)?{_ZH_FILM}(?:导出|下载|输出|渲染|发给我|发我|传给我){_ZH_FORM}
  |(?:发给我|发我|给我|传给我){_ZH_FILM})"""
_ZH_CREDITS = rf"""{_ZH_LOOK}(?:我的?|账户的?|账号的?|当前的?|剩余的?|现在|还|剩|有|多少|几个?)*
  (?:积分|余额|点数|额度)(?:余额|情况|还|剩下?|有|够|是|多少|几个?)*"""
_ZH_STATE = rf"""{_ZH_LOOK}(?:我的?|当前的?|目前的?|现在的?|所有的?|全部的?|项目的?|有哪些|有什么|有几条|是什么
  |视频的?)*(?:状态|轨道|时间线|时间轴|草稿|进度|工程状态|项目状态)(?:上|里|中)?(?:的?(?:内容|情况|摘要))?
  (?:有哪些|有什么|是什么|怎么样|如何|如何了|怎样|到哪)*"""
_ZH_UPLOAD = r"""上传(?:一些|一个|一张|一段|几张|几个|更多|新的?|我的|这些|这个|这张|\d+[张个段])*
  (?:(?:文件|图片|照片|视频|素材|音乐|音频|片段|歌曲|相片)(?:和|、)?)*"""

_ENGLISH = {
    action: re.compile(rf"{_BEFORE}{request}{_AFTER}", re.VERBOSE)
    for action, request in (
        (Action.EXPORT, _EXPORT),
        (Action.CREDITS, _CREDITS),
        (Action.STATE, _STATE),
        (Action.UPLOAD, _UPLOAD),
    )
}
_CHINESE = {
    action: re.compile(rf"{_ZH_BEFORE}{request}{_ZH_AFTER}", re.VERBOSE)
    for action, request in (
        (Action.EXPORT, _ZH_EXPORT),
        (Action.CREDITS, _ZH_CREDITS),
        (Action.STATE, _ZH_STATE),
        (Action.UPLOAD, _ZH_UPLOAD),
    )
}
_LONGEST = 300
_CJK = re.compile(r"[\u4e00-\u9fff]")


def route(text: str) -> Action:
    """Return what a message asks for.

    Parameters
    ----------
    text
        What the user typed, in English or Chinese.

    Returns
    -------
    Action
        ``MESSAGE`` for everything that isn't, as a whole, one of the other requests.

    Examples
    --------
    >>> route("export my video").value, route('add a title that says "Export"').value, route("余额").value
    ('export', 'message', 'credits')
    """
    said = " ".join(text.lower().replace("’", "'").split())
    if _is_file(said):
        return Action.UPLOAD
    said = said.strip(" .!?…。！？~")
    if len(said) > _LONGEST:
        return Action.MESSAGE
    chinese = _CJK.search(said) is not None
    if chinese:
        said = said.replace(" ", "")
    patterns = _CHINESE if chinese else _ENGLISH
    return next((action for action, pattern in patterns.items() if pattern.fullmatch(said)), Action.MESSAGE)


def _is_file(said: str) -> bool:
    """Say whether the message is nothing but the path or address of a file to use."""
    return " " not in said and PurePosixPath(said.partition("?")[0]).suffix in SUFFIXES and len(said) > 4
