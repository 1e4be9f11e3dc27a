"""What people ask for that the studio can't do. Pure."""

from __future__ import annotations

_FOOTAGE = (
    r"\b(?:generate|imagine|draw|animate|film|shoot|invent|render)\s+(?:me\s+)?(?:an?|some|the)\s+(?:\w+\s+){0,2}?"
    r"(?:video|clip|footage|movie|film|scene|animation|shot)s?\s+(?:of|with|where|about|showing|in which)\s+(?:an?"
    r"|the|some|two|three)\b(?!.*\b(?:photo|picture|image|clip|file)s?\b)"
    r"|\btext[- ]to[- ]video\b|\bai[- ](?:video|footage|avatar)s?\b"
    r"|(?:生成|画|创造)(?:出|一[段个张幅])?(?!.*(?:照片|图片|素材|秒|分钟))[^，。]{2,}?的(?:视频|画面|镜头|动画|片段)"
    r"|文生视频"
)
SPEECH = (
    r"\b(?:captions?|captioning|titles?|texts?)\b[^,.;]{0,40}?\b(?:what(?:ever)? (?:i|we|he|she|they|is|are|was"
    r"|people|everyone|the"
    r" \w+)(?:['’]m|['’]re|['’]s)?\s*(?:am |are |is )?(?:say|says|saying|said|being said|talk\w*|speak\w*"
    r"|sing\w*)\b|(?:the |my |our |his |her"
    r" |their )?(?:speech|spoken|dialog(?:ue)?s?|talking|speaking|narration|lyrics|words (?:i|we|they|he"
    r"|she) (?:say|speak)"
    r"|conversation|interview(?:'s)? words)\b)"
    r"|\b(?:auto(?:matic)?|live|closed)[ -]?captions?\b|\bcaption (?:the |my |our )?(?:speech|talking|dialog(?:ue)?"
    r"|conversation)\b"
    r"|(?:说|讲|唱)的?(?:话|内容|词|歌词)[^，。；]{0,8}?(?:字幕|文字|打出来|写出来)|(?:字幕|文字)[^，。；]{0,8}?(?:说|讲|唱)的(?:话|内容)?"
    r"|(?:语音|对话|台词|人声)[^，。；]{0,6}?(?:字幕|转(?:成|为)?文字)|(?:根据|识别|听)[^，。；]{0,6}(?:声音|语音|对话|说话)"
)
"""Words for captions of what is said: nothing here hears speech."""

_FORMAT = r"(?:gifs?|webm|mov|avi|mkv|wmv|flv|m4v|mpe?g|prores|webp|apng|quick ?time|mp3|wav|m4a)"
_FORMATS = (
    rf"\b(?:export|download|render|save|convert|deliver|output)\w*\b[^,.;]{{0,30}}?(?<![\w-])\.?{_FORMAT}\b"
    rf"|\b(?:as|in|into|to)\s+(?:an?\s+)?(?:animated\s+)?\.?{_FORMAT}\b|\b{_FORMAT}\s+(?:file|format|version)\b"
    rf"|\ban?\s+(?:animated\s+)?gif\b|(?:导出|下载|保存|存|转|输出|做|变"
    rf"|生成)[成为]?[^，。；]{{0,6}}?(?<![a-z]){_FORMAT}(?![a-z])(?:格式|文件)?"
    rf"|(?<![a-z]){_FORMAT}\s?(?:的?格式|文件|动图)|动图"
)
BEYOND = {
    "formats": _FORMATS,
    "writing": r"\bpoems?\b|\bhaikus?\b|\b(?:write|compose|make up|come up with|invent|suggest|think of)\b.{0,24}\b"
    r"(?:story|script|lyrics|slogan|tagline|rhyme|joke|description|hashtags?|essay|speech|good title"
    r"|catchy title)\b"
    r"|写.{0,6}(?:诗|故事|剧本|歌词|口号|文章|解说词|作文|文案)",
    "footage": _FOOTAGE,
    "stabilising": r"\bstabili[sz]\w*|\b(?:less |too |so )?shaky\b|\bshakes?\b|\bcamera shake\b|防抖|稳定画面"
    r"|画面稳定|去抖",
    "cleaning": r"\bde-?nois\w*|\b(?:remove|reduce|clean|cancel)\b.{0,20}\b(?:background noise|noise|wind|hum|hiss"
    r"|echo)\b|降噪|去噪|消除(?:杂音|噪音)",
    "objects": r"\b(?:remove|erase|delete|cut out|edit out|take out)\b.{0,14}\b(?:person|people|man|woman|guy|boy"
    r"|girl|object|stranger|tourist|car|wire|logo from)s?\b|去掉(?:路人|人物|行人)|消除(?:路人|人物)",
    "faces": r"\bface ?swap\w*|\bswap (?:the |our )?faces\b|\bbeaut(?:y|ify)\b.{0,12}(?:filter|face|skin)?|\bsmooth "
    r"(?:my |the )?skin\b|美颜|换脸|瘦脸|磨皮",
    "posting": r"\b(?:post|upload|publish|share)\b.{0,20}\b(?:to|on|onto)\s+(?:my\s+)?(?:youtube|tiktok|instagram"
    r"|facebook|twitter|x|linkedin|weibo)\b|发布到|发到(?:抖音|朋友圈|微博|小红书|b站)",
    "fetching": r"\b(?:download|get|take|use|find|fetch)\b.{0,30}\bfrom (?:youtube|spotify|the (?:internet|web)"
    r"|tiktok|google|pexels|pixabay)\b|https?://|从网上|从网络",
    "voice": r"voice-?\s?overs?|narrat\w+|\brecord\w*\b.{0,20}\bvoice|\bread (?:it |this |them )?(?:out )?(?:aloud"
    r"|loud)\b|旁白|配音|解说",
    "subtitles": r"subtitles?|transcri\w+|自动字幕|语音字幕|" + SPEECH,
    "dates": r"\b(?:newest|oldest|latest|earliest|most recent)\s+(?:\w+\s+)?(?:first|last)\b|\bchronological(?:ly)?\b"
    r"|\bby (?:the )?(?:date|time (?:they were )?taken)\b|(?:按照?|根据)(?:拍摄)?(?:的)?(?:时间|日期)(?:先后|的?顺序)?",
    "translation": r"translat\w+|\bdub(?:bed|bing)?\b|翻译",
    "background": r"\b(?:remove|change|replace|blur) the background\b(?! music)"
    r"|green screen|抠图|换背景(?!音乐)|背景虚化",
    "filters": r"\bfilters?\b|\beffects?\b|colou?r.?(?:grad|correct)\w*|滤镜|特效|调色",
    "cutting": r"\b(?:crop|rotate|flip|mirror|reverse)\b|\bbackwards\b|裁剪|旋转|翻转|镜像|倒放",
    "overlays": r"\bstickers?\b|\bemojis?\b|贴纸|表情",
    "pictures": r"\b(?:generate|draw|imagine) (?:an?|some|the) (?:\w+ )?(?:image|picture|photo|illustration|avatar)s?\b"
    r"|\bavatar\b|数字人|文生图|ai绘图",
    "resolution": r"\b8k\b|\b4320p\b",
}
"""What people ask for that the studio can't do, by topic."""

VAGUE = (
    r"\b(?:exciting|interesting|dynamic|professional(?:ly)?|fancy|fancier|cool(?:er)|nicer?|better|prettier|beautiful"
    r"|catchy|engaging|fun(?:ner)?|lively|livelier|less boring|pop|awesome|amazing|polished|creative|impressive|modern"
    r"|stylish|punch\w*)\b|\bboring\b|\bimprove\b|有活力|活力|好看|有趣|高级|专业|酷|炫|精彩|生动|吸引人|漂亮|有感觉|有意思|大气|优化"
)
"""Words for how a video shall be, of which nobody knows what is to be done for it."""

EARLY = ("objects", "stabilising", "faces")
"""Topics that name photos and clips, which are no orders about these."""
