"""The error tree: code → class → a sentence with its remedy, in English and Chinese.

::

    NemoError
    ├── APIError(code, http_status, message, remedy)
    │   ├── AuthError          1001, 1010, 1011, HTTP 401
    │   ├── SessionNotFound    1002
    │   ├── OutOfCredits       2001 (.link)
    │   ├── UnsupportedFile    4001
    │   ├── FileTooLarge       4002, HTTP 413
    │   ├── ExportBlocked      HTTP 402
    │   └── RateLimited        HTTP 429
    ├── ConnectionFailed       the service can't be reached
    ├── StreamInterrupted      an answer broke off, and the state shows no edit
    ├── MessageTimeout         an answer took too long
    ├── RenderFailed · RenderTimeout
    ├── DraftError             a draft that can't be read (.path)
    ├── NothingToExport
    ├── InvalidInput           refused before anything was sent
    └── StudioUnavailable      the embedded studio isn't installed or can't start
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, ClassVar

from nemo_widgets import settings

_TOKEN = re.compile(r"(?i)\bnmv_[\w-]+|(?<=bearer )\S+")

# key → language → (what is wrong, what to do). `{name}` is filled from the error's details.
SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    "api": {
        "en": (
            "The service answered with an error: {message}",
            "Try again; if it stays, ask whoever runs the service.",
        ),
        "zh": ("服务返回错误：{message}", "请重试；如果仍然失败，请联系该服务的管理者。"),
    },
    "refused": {
        "en": ("The service refused this: {message}", "Change what it names and try again."),
        "zh": ("服务拒绝了这个请求：{message}", "请按提示修改后重试。"),
    },
    "server": {
        "en": ("The service has trouble at the moment (HTTP {http_status}).", "Wait a minute and try again."),
        "zh": ("服务暂时不可用（HTTP {http_status}）。", "请稍等一分钟再试。"),
    },
    "auth": {
        "en": (
            "The service doesn't accept the token.",
            "Check NEMO_TOKEN or the token you passed (in a class, paste the line again), or leave both out.",
        ),
        "zh": (
            "服务不接受这个令牌。",
            "请检查 NEMO_TOKEN 或传入的令牌（课堂上请重新粘贴老师给的那一行）；两者都不设置时会使用免费令牌。",
        ),
    },
    "session": {
        "en": (
            "The service doesn't know this session any more.",
            "Open a new session; the timeline of the old one is gone.",
        ),
        "zh": ("服务已找不到这个会话。", "请新建会话；旧会话的时间线已经不在了。"),
    },
    "credits": {
        "en": ("You are out of credits.", 'Register or top up at {link}, or use the local studio: backend="local".'),
        "zh": ("积分已用完。", '请在 {link} 注册或充值，或者使用本地工作室：backend="local"。'),
    },
    "unsupported": {
        "en": ("{name} is not a file that can be used here.", "Take one of: {formats}."),
        "zh": ("{name} 不是支持的文件。", "支持的格式：{formats}。"),
    },
    "too-large": {
        "en": ("{name} is too large: at most {limit_mb} MB a file.", "Compress or trim it first."),
        "zh": ("{name} 太大：每个文件最多 {limit_mb} MB。", "请先压缩或剪短。"),
    },
    "blocked": {
        "en": (
            "Export isn't part of this plan. Your credits are not the matter: exports cost none.",
            'See the plans at {link}, or render on this machine: backend="local".',
        ),
        "zh": ("当前套餐不包含导出功能，这与积分无关。", '请在 {link} 查看套餐，或在本机渲染：backend="local"。'),
    },
    "rate": {
        "en": ("Too many requests at once.", "Wait {wait} s and try again."),
        "zh": ("请求过于频繁。", "请等待 {wait} 秒后再试。"),
    },
    "rate-until": {
        "en": ("Too many requests.", "The service takes the next one at {when}."),
        "zh": ("请求过于频繁。", "服务将在 {when} 后恢复。"),
    },
    "rate-token": {
        "en": (
            "The service gives no free token to this computer at the moment.",
            'Come back at {when}, set NEMO_TOKEN to a token of your own, or use the local studio: backend="local".',
        ),
        "zh": (
            "服务暂时不再为这台电脑发放免费令牌。",
            '请在 {when} 后再试，或将 NEMO_TOKEN 设为自己的令牌，或使用本地工作室：backend="local"。',
        ),
    },
    "connection": {
        "en": ("{service} can't be reached.", "Check the connection and the address, and try again."),
        "zh": ("无法连接到 {service}。", "请检查网络连接和地址后重试。"),
    },
    "connection-cloud": {
        "en": ("{service} can't be reached.", "Check the internet connection and try again."),
        "zh": ("无法连接到 {service}。", "请检查网络连接后重试。"),
    },
    "connection-local": {
        "en": ("The local studio stopped answering.", "Try again: the next call starts it anew."),
        "zh": ("本地工作室已停止响应。", "请重试：下一次调用会重新启动它。"),
    },
    "connection-custom": {
        "en": ("{service} can't be reached.", "Check the address, and that the server there is running."),
        "zh": ("无法连接到 {service}。", "请检查地址，并确认服务器正在运行。"),
    },
    "no-backend": {
        "en": ("There is no backend {name}.", 'Take "auto", "local", "cloud" or an http address.'),
        "zh": ("没有名为 {name} 的后端。", '请使用 "auto"、"local"、"cloud" 或 http 地址。'),
    },
    "bad-address": {
        "en": (
            "The backend's address isn't an http address.",
            'Write it as http://host:port, or choose one by name: backend="auto", "local" or "cloud".',
        ),
        "zh": (
            "后端地址不是有效的 http 地址。",
            '请写成 http://主机:端口，或按名称选择：backend="auto"、"local" 或 "cloud"。',
        ),
    },
    "stopped": {
        "en": ("The answer was stopped.", "What was done before that stays: look at the timeline."),
        "zh": ("回答已停止。", "停止前的修改会保留：请查看时间线。"),
    },
    "text-file": {
        "en": ("{name} was opened as text.", 'Open it with open(path, "rb"), or pass the path.'),
        "zh": ("{name} 是以文本方式打开的。", '请使用 open(path, "rb") 打开，或直接传入路径。'),
    },
    "not-a-file": {
        "en": ("{name} can't be uploaded.", "Pass a path, an https:// address, bytes, an open file, or (name, data)."),
        "zh": ("无法上传 {name}。", "请传入路径、https:// 地址、字节、已打开的文件，或 (名称, 数据)。"),
    },
    "file-changed": {
        "en": ("{name} changed while it was being uploaded.", "Wait until it is written, then upload it again."),
        "zh": ("{name} 在上传过程中发生了变化。", "请等待文件写入完成后再上传。"),
    },
    "no-video": {
        "en": ("The video of render {id} can't be downloaded.", "Export again."),
        "zh": ("无法下载渲染 {id} 的视频。", "请重新导出。"),
    },
    "interrupted": {
        "en": (
            "The answer broke off, and the timeline shows no change.",
            "Your message was not sent again, so nothing was charged twice. Say it again if you still want it.",
        ),
        "zh": ("回答中断，时间线没有变化。", "消息没有重复发送，不会重复扣费。如仍需要，请再说一次。"),
    },
    "message-timeout": {
        "en": (
            "The answer took longer than {minutes} minutes.",
            "Look at the timeline before you ask again: the edit may still arrive.",
        ),
        "zh": ("回答超过了 {minutes} 分钟。", "再次提问前请先查看时间线：编辑可能仍会完成。"),
    },
    "render-failed": {
        "en": ("The video could not be rendered: {message}", "Change the draft or export again."),
        "zh": ("视频渲染失败：{message}", "请修改草稿或重新导出。"),
    },
    "render-cancelled": {
        "en": ("The export was cancelled.", "Export again when you want it."),
        "zh": ("导出已取消。", "需要时请重新导出。"),
    },
    "render-unfinished": {
        "en": ("The video isn't ready yet.", "Wait for it with job.wait(), then download it."),
        "zh": ("视频尚未完成。", "请先用 job.wait() 等待完成，再下载。"),
    },
    "render-timeout": {
        "en": (
            "The video isn't ready after {minutes} minutes.",
            "It is still being made: take it up with client.job({id!r}).",
        ),
        "zh": ("{minutes} 分钟后视频仍未完成。", "渲染仍在继续：可用 client.job({id!r}) 继续等待。"),
    },
    "draft": {
        "en": ("This draft can't be read: {path}: {message}", "Mend that field, or read the session's draft again."),
        "zh": ("无法读取草稿：{path}：{message}", "请修正该字段，或重新读取会话的草稿。"),
    },
    "frame": {
        "en": ("This table can't become a draft: {path}: {message}", "Mend that cell and try again."),
        "zh": ("此表格无法转换为草稿：{path}：{message}", "请修正该单元格后重试。"),
    },
    "line": {
        "en": ("This file can't be read: {path}: {message}", "Mend that place, or save the file anew."),
        "zh": ("无法读取此文件：{path}：{message}", "请修正该处，或重新保存文件。"),
    },
    "otio": {
        "en": ("OpenTimelineIO isn't installed.", "Run: pip install 'nemo-widgets[otio]'."),
        "zh": ("尚未安装 OpenTimelineIO。", "请运行：pip install 'nemo-widgets[otio]'。"),
    },
    "nothing": {
        "en": ("There is nothing to export yet.", "Upload images or clips and say what video you want first."),
        "zh": ("还没有可以导出的内容。", "请先上传图片或视频，并说明想要的视频。"),
    },
    "nothing-made": {
        "en": (
            "The message made nothing to export; the answer was: {message}",
            "Say it another way, or give it the files that it asks for.",
        ),
        "zh": ("这条消息没有产生可以导出的内容，回答是：{message}", "请换一种说法，或提供它需要的文件。"),
    },
    "not-a-draft": {
        "en": ("A table isn't a draft yet.", "Make it one: nw.Draft.from_frame(table, base=draft)."),
        "zh": ("表格还不是草稿。", "请先转换：nw.Draft.from_frame(table, base=draft)。"),
    },
    "timeline-is-read": {
        "en": (
            "The table is read from the draft, so it can't be set.",
            "Set the draft: editor.draft = nw.Draft.from_frame(table, base=editor.draft).",
        ),
        "zh": (
            "表格由草稿生成，不能直接设置。",
            "请设置草稿：editor.draft = nw.Draft.from_frame(table, base=editor.draft)。",
        ),
    },
    "no-draft": {
        "en": (
            "This is no draft: {path}.",
            'Pass a Draft, its dict or its JSON; of a file, what is in it: Path("draft.json").read_text().',
        ),
        "zh": (
            "这不是草稿：{path}。",
            '请传入 Draft、它的字典或 JSON；如果是文件，请传入其内容：Path("draft.json").read_text()。',
        ),
    },
    "empty-prompt": {
        "en": (
            "The message is empty.",
            "Say what you want, such as “combine these images into a 30-second promo video with music”.",
        ),
        "zh": ("消息是空的。", "请说明想要什么，例如“把这些图片做成 30 秒的宣传视频，配上音乐”。"),
    },
    "missing-file": {
        "en": (
            "There is no file {name}.",
            "Check the path: it is looked up from the folder that Python runs in.",
        ),
        "zh": ("找不到文件 {name}。", "请检查路径：相对路径以笔记本所在文件夹为准。"),
    },
    "forbidden-file": {
        "en": ("{name} may not be read.", "Change its permissions, or copy it to where you may read it."),
        "zh": ("没有读取 {name} 的权限。", "请修改文件权限，或将它复制到可以读取的位置。"),
    },
    "empty-file": {
        "en": ("{name} is empty.", "Choose the file again, or check that it was saved whole."),
        "zh": ("{name} 是空文件。", "请重新选择文件，或检查它是否保存完整。"),
    },
    "disk-full": {
        "en": ("The disk is full, so {name} could not be saved.", "Free some space and try again."),
        "zh": ("磁盘已满，无法保存 {name}。", "请释放空间后重试。"),
    },
    "disk-full-needed": {
        "en": (
            "The disk is full, so {name} could not be saved: {free} are free in {place}, and {needed} are needed.",
            "Free some space and try again.",
        ),
        "zh": ("磁盘已满，无法保存 {name}：{place} 剩余 {free}，需要 {needed}。", "请释放空间后重试。"),
    },
    "disk-full-left": {
        "en": (
            "The disk is full, so {name} could not be saved: {free} are free in {place}, which isn't enough.",
            "Free some space and try again.",
        ),
        "zh": ("磁盘已满，无法保存 {name}：{place} 仅剩 {free}，空间不足。", "请释放空间后重试。"),
    },
    "disk-full-studio": {
        "en": (
            "The studio's disk is full, so {name} could not be saved: {free} are free, which isn't enough.",
            "Tell whoever runs the studio, and try again later.",
        ),
        "zh": ("工作室的磁盘已满，无法保存 {name}：仅剩 {free}，空间不足。", "请告知工作室的管理者，稍后再试。"),
    },
    "disk-full-reserve": {
        "en": (
            "The studio's disk is full: {free} are free, and {needed} have to be.",
            "Free some space, or tell whoever runs the studio, and try again.",
        ),
        "zh": ("工作室的磁盘已满：剩余 {free}，至少需要 {needed}。", "请释放空间，或告知工作室的管理者，然后重试。"),
    },
    "media-missing": {
        "en": ("The file of “{name}” is gone.", "Upload it again, or take it out of the draft, and export again."),
        "zh": ("找不到“{name}”的文件。", "请重新上传，或将它从草稿中移除，然后再导出。"),
    },
    "media-remote": {
        "en": (
            "“{name}” is on the internet, and a render on this machine reads local files only.",
            "Download it and upload the file.",
        ),
        "zh": ("“{name}”位于互联网上，而本机渲染只读取本地文件。", "请先下载，再上传该文件。"),
    },
    "media-elsewhere": {
        "en": (
            "“{name}” is on a server, and its file isn't in your studio's folder on this machine.",
            "Export the draft through that server, or put the path of a local file into the draft.",
        ),
        "zh": (
            "“{name}”在某个服务器上，它的文件不在本机工作室的文件夹里。",
            "请通过该服务器导出，或在草稿中改用本地文件的路径。",
        ),
    },
    "media-unreadable": {
        "en": (
            "“{name}” can't be read: the file is damaged or not what it seems.",
            "Open it in a player or viewer to check, save it again and upload it anew.",
        ),
        "zh": ("无法读取“{name}”：文件已损坏或格式不符。", "请用播放器或看图软件检查，重新保存后再上传。"),
    },
    "media-nothing": {
        "en": (
            "{name} isn't what its name says: its content is no picture, clip or sound that can be used.",
            "Open it in a viewer or player to check, save it again and upload it anew.",
        ),
        "zh": (
            "{name} 与文件名不符：内容不是可用的图片、视频或音频。",
            "请用看图软件或播放器检查，重新保存后再上传。",
        ),
    },
    "long-text": {
        "en": (
            "The text “{name}” has {letters} letters, and at most {most} can be shown.",
            "Shorten it, or divide it among several titles.",
        ),
        "zh": ("文字“{name}”有 {letters} 个字符，最多可显示 {most} 个。", "请缩短文字，或分成几个标题。"),
    },
    "media-pixels": {
        "en": (
            "{name} is too large a picture: {megapixels} megapixels, and at most {limit} are taken.",
            "Make it smaller first.",
        ),
        "zh": ("{name} 的尺寸过大：{megapixels} 百万像素，上限为 {limit}。", "请先缩小尺寸。"),
    },
    "media-foreign": {
        "en": ("The draft names a file that isn't in this studio.", "Upload the file here, and put it in again."),
        "zh": ("草稿中有一个不在此工作室的文件。", "请在这里上传该文件，再重新放入。"),
    },
    "class-sessions": {
        "en": (
            "You have {most} sessions here, as many as there may be.",
            "Go on with one that you have; old ones go after a while without use.",
        ),
        "zh": ("您在这里已有 {most} 个会话，已达上限。", "请继续使用已有的会话；长期不用的会话会自动清除。"),
    },
    "class-files": {
        "en": (
            "You have {most} files here, as many as there may be.",
            "Go on with those that you have; old ones go after a while without use.",
        ),
        "zh": ("您在这里已有 {most} 个文件，已达上限。", "请使用已有的文件；长期不用的文件会自动清除。"),
    },
    "class-session": {
        "en": (
            "A session has at most {most} files in a class.",
            "Open another one for more, or leave out what you don't need.",
        ),
        "zh": ("课堂中每个会话最多 {most} 个文件。", "请为更多文件新建会话，或去掉不需要的文件。"),
    },
    "class-pieces": {
        "en": (
            "The timeline would have {pieces} pieces, and in a class it has at most {most}.",
            "Make a shorter video, or several.",
        ),
        "zh": ("时间线将有 {pieces} 个片段，课堂中最多 {most} 个。", "请制作更短的视频，或分成几个。"),
    },
    "class-text": {
        "en": (
            "The texts of this video have {letters} letters, and in a class they have at most {most}.",
            "Shorten them, or make several videos.",
        ),
        "zh": ("此视频的文字共 {letters} 个字符，课堂中最多 {most} 个。", "请缩短文字，或分成几个视频。"),
    },
    "class-exports": {
        "en": (
            "You have {most} exports here, as many as there may be.",
            "Go on with those that you have; old ones go after a while without use.",
        ),
        "zh": ("您在这里已有 {most} 次导出，已达上限。", "请使用已导出的视频；长期不用的导出会自动清除。"),
    },
    "class-pixels": {
        "en": ("A side of a video has at most {most} pixels in a class.", "Make the picture smaller."),
        "zh": ("课堂中视频的边长最多为 {most} 像素。", "请缩小画面。"),
    },
    "video-too-large": {
        "en": (
            "This is too long or too large for a video.",
            "Take at most {hours} hours, {pixels} pixels and {fps} frames a second.",
        ),
        "zh": ("视频太长或画面太大。", "最多 {hours} 小时、边长 {pixels} 像素、每秒 {fps} 帧。"),
    },
    "render-late": {
        "en": ("The video took longer than {minutes} minutes to render.", "Make it shorter or simpler."),
        "zh": ("视频渲染超过了 {minutes} 分钟。", "请缩短或简化视频。"),
    },
    "render-gave-up": {
        "en": (
            "The video could not be rendered: the studio stopped several times while it was rendered.",
            "Export again; if it stays, make the video shorter or simpler.",
        ),
        "zh": ("视频渲染失败：渲染期间工作室多次停止。", "请重新导出；如果仍然失败，请缩短或简化视频。"),
    },
    "sent-too-much": {
        "en": ("The request is too long: at most {limit} MB are taken.", "Send a smaller one."),
        "zh": ("请求内容太长：上限为 {limit} MB。", "请缩小后重新发送。"),
    },
    "sent-too-long": {
        "en": ("The message is too long: at most {limit} letters are read.", "Say it in fewer words."),
        "zh": ("消息太长：最多 {limit} 个字符。", "请说得简短一些。"),
    },
    "sent-many-files": {
        "en": ("More than {most} files at once.", "Send them in several goes."),
        "zh": ("一次发送的文件超过 {most} 个。", "请分几次发送。"),
    },
    "sent-many-links": {
        "en": ("Name 1 to {most} URLs, or send files.", "Send it again."),
        "zh": ("请提供 1 到 {most} 个网址，或直接发送文件。", "请重新发送。"),
    },
    "sent-other-name": {
        "en": (
            "The studio isn't called that.",
            "Take the address that whoever runs it gave you; they can add a name: nemo-widgets serve --allow-host NAME",
        ),
        "zh": (
            "该工作室不使用这个名称。",
            "请使用管理者提供的地址；管理者可以添加名称：nemo-widgets serve --allow-host NAME",
        ),
    },
    "sent-slowly": {
        "en": ("The request took too long to arrive.", "Check your network and try again."),
        "zh": ("请求传输时间过长。", "请检查网络后重试。"),
    },
    "link-slow": {
        "en": ("{name} was not fetched: it takes too long.", "Download it and upload the file."),
        "zh": ("未能获取 {name}：所需时间过长。", "请先下载，再上传文件。"),
    },
    "link-status": {
        "en": ("{name} was not fetched: the server answered {status}.", "Download it and upload the file."),
        "zh": ("未能获取 {name}：服务器返回 {status}。", "请先下载，再上传文件。"),
    },
    "link-unreachable": {
        "en": ("{name} was not fetched: it can't be reached.", "Download it and upload the file."),
        "zh": ("未能获取 {name}：无法连接。", "请先下载，再上传文件。"),
    },
    "link-loops": {
        "en": ("{name} was not fetched: it redirects too often.", "Download it and upload the file."),
        "zh": ("未能获取 {name}：跳转次数过多。", "请先下载，再上传文件。"),
    },
    "link-wrong": {
        "en": ("{name} was not fetched: it isn't a URL.", "Download it and upload the file."),
        "zh": ("未能获取 {name}：它不是有效的网址。", "请先下载，再上传文件。"),
    },
    "link-kind": {
        "en": (
            "{name} was not fetched: only plain http and https URLs are fetched.",
            "Download it and upload the file.",
        ),
        "zh": ("未能获取 {name}：只支持普通的 http 和 https 网址。", "请先下载，再上传文件。"),
    },
    "link-unknown": {
        "en": ("{name} was not fetched: its host isn't known.", "Download it and upload the file."),
        "zh": ("未能获取 {name}：找不到该主机。", "请先下载，再上传文件。"),
    },
    "link-private": {
        "en": ("{name} was not fetched: it points into a private network.", "Download it and upload the file."),
        "zh": ("未能获取 {name}：它指向内部网络。", "请先下载，再上传文件。"),
    },
    "class-disk": {
        "en": (
            "There is no room for this in your class: {used} of your {most} MB are taken.",
            "Take smaller or fewer files, or ask your teacher for more room.",
        ),
        "zh": ("您在课堂中的空间不足：{most} MB 中已使用 {used} MB。", "请使用更小或更少的文件，或请老师增加空间。"),
    },
    "class-minutes": {
        "en": (
            "Your class gives you {most} minutes of video: {used} are used, and this one takes {wanted}.",
            'Export a shorter one, ask your teacher for more, or render on your own machine: backend="local".',
        ),
        "zh": (
            "课堂为每人提供 {most} 分钟视频：已使用 {used} 分钟，本次需要 {wanted} 分钟。",
            '请导出更短的视频，请老师增加时长，或在自己的电脑上渲染：backend="local"。',
        ),
    },
    "class-jobs": {
        "en": (
            "You have {most} exports waiting or under way already, which is as many as your class allows.",
            "Wait until one of them is finished, or cancel one.",
        ),
        "zh": ("您已有 {most} 个导出任务在排队或进行中，已达课堂上限。", "请等待其中一个完成，或取消一个。"),
    },
    "class-messages": {
        "en": ("You have used up your messages in this class.", "Ask your teacher for more."),
        "zh": ("您在课堂中的消息次数已用完。", "请老师增加次数。"),
    },
    "class-full": {
        "en": ("This class is full: {most} students have joined.", "Ask your teacher to make room."),
        "zh": ("课堂人数已满：已有 {most} 名学生加入。", "请联系老师增加名额。"),
    },
    "join": {
        "en": (
            "A join token only lets you in: ask for a token of your own with it.",
            "Take this version of nemo-widgets, which does so by itself.",
        ),
        "zh": ("加入令牌仅用于加入课堂，需要用它换取自己的令牌。", "请使用当前版本的 nemo-widgets，它会自动完成。"),
    },
    "media-too-long": {
        "en": ("{name} is too long: {hours} hours, and at most {limit} are taken.", "Trim it first."),
        "zh": ("{name} 太长：{hours} 小时，上限为 {limit} 小时。", "请先剪短。"),
    },
    "text-layout": {
        "en": (
            "“{sample}” needs a text layout engine, which this Pillow lacks.",
            "Install Pillow's own wheel again (pip install --force-reinstall pillow).",
        ),
        "zh": (
            "“{sample}”需要文字排版引擎，而此 Pillow 没有。",
            "请重新安装 Pillow 官方版本（pip install --force-reinstall pillow）。",
        ),
    },
    "font-missing": {
        "en": ("No font on this machine can draw “{sample}”.", "Install one ({package}) and try again."),
        "zh": ("本机没有能显示“{sample}”的字体。", "请安装字体（{package}）后重试。"),
    },
    "worker-died": {
        "en": (
            "The video could not be rendered: a worker process ended ({reason}).",
            "Close other programs if memory is short, and export again.",
        ),
        "zh": ("视频渲染失败：工作进程意外退出（{reason}）。", "如果内存不足，请关闭其他程序后重新导出。"),
    },
    "dask": {
        "en": ("Dask isn't installed.", "Run: pip install 'nemo-widgets[dask]'."),
        "zh": ("尚未安装 Dask。", "请运行：pip install 'nemo-widgets[dask]'。"),
    },
    "dask-address": {
        "en": (
            "This is no Dask cluster.",
            "Name a scheduler's address, such as tcp://10.0.0.2:8786, or pass a connected distributed.Client.",
        ),
        "zh": (
            "这不是 Dask 集群。",
            "请提供调度器地址，例如 tcp://10.0.0.2:8786，或传入已连接的 distributed.Client。",
        ),
    },
    "cluster-gone": {
        "en": (
            "The Dask cluster can't be reached.",
            "Check that its scheduler runs at that address and export again, or leave dask out to render here.",
        ),
        "zh": ("无法连接 Dask 集群。", "请检查调度器是否在该地址运行后重新导出，或去掉 dask 以在本机渲染。"),
    },
    "cluster-empty": {
        "en": (
            "The Dask cluster has no workers.",
            "Start some (dask worker ADDRESS) and export again, or leave dask out to render on this machine.",
        ),
        "zh": (
            "Dask 集群没有工作进程。",
            "请启动工作进程（dask worker 地址）后重新导出，或去掉 dask 以在本机渲染。",
        ),
    },
    "cluster-engine": {
        "en": (
            "The Dask worker {worker} would render other bytes than this machine: {differences}.",
            "Install the same versions on all workers as here, and start them again.",
        ),
        "zh": (
            "Dask 工作进程 {worker} 的渲染结果会与本机不同：{differences}。",
            "请在所有工作进程上安装与本机相同的版本，然后重新启动。",
        ),
    },
    "cluster-trouble": {
        "en": (
            "The Dask workers can't render this ({reason}).",
            "See their logs; where they can't fetch files, open a port to them (NEMO_MEDIA_ADDRESS). Export again.",
        ),
        "zh": (
            "Dask 工作进程无法渲染（{reason}）。",
            "请查看其日志；如果无法获取文件，请在防火墙放行（NEMO_MEDIA_ADDRESS）后重新导出。",
        ),
    },
    "batch-row": {
        "en": (
            "Row {number} is not a pair of files and instruction.",
            'Write it as ("a.jpg", "make a 10s teaser") or (["a.jpg", "b.mp4"], "…").',
        ),
        "zh": (
            "第 {number} 行不是“文件 + 指令”的组合。",
            '请写成 ("a.jpg", "做一个 10 秒预告") 或 (["a.jpg", "b.mp4"], "…")。',
        ),
    },
    "batch-prompt": {
        "en": ("Row {number} has no instruction.", "Say what video you want, such as “make a 10s teaser”."),
        "zh": ("第 {number} 行没有指令。", "请说明想要的视频，例如“做一个 10 秒预告”。"),
    },
    "concurrency": {
        "en": ("{number} rows at a time make no video.", "Take concurrency=1 or more."),
        "zh": ("同时处理 {number} 行无法生成视频。", "请使用 concurrency=1 或更大的值。"),
    },
    "not-a-folder": {
        "en": ("{name} is a file, not a folder.", "Name another folder."),
        "zh": ("{name} 是文件，不是文件夹。", "请指定其他文件夹。"),
    },
    "damaged": {
        "en": ("A piece of {name} arrived damaged.", "Choose the file again to send it anew."),
        "zh": ("{name} 的一部分在传输中损坏。", "请重新选择该文件。"),
    },
    "forgotten": {
        "en": ("The notebook's kernel was restarted.", "Choose the file again."),
        "zh": ("笔记本内核已重启。", "请重新选择该文件。"),
    },
    "edit-nothing": {
        "en": ("There is nothing to edit here.", "Select a segment first."),
        "zh": ("这里没有可以编辑的内容。", "请先选择一个片段。"),
    },
    "agent-conflict": {
        "en": (
            "The timeline was changed from somewhere else in the meantime, so I left it alone.",
            "Say it again if you still want it.",
        ),
        "zh": ("时间线刚刚在别处有改动，因此没有修改它。", "如果仍然需要，请再说一次。"),
    },
    "agent-failed": {
        "en": ("The studio's agent failed ({what}).", "Say it again, in other words perhaps."),
        "zh": ("工作室的助手出错了（{what}）。", "请再说一次，也可以换个说法。"),
    },
    "edit-stale": {
        "en": ("The timeline has changed meanwhile.", "Look at it, and try again."),
        "zh": ("时间线刚刚有变化。", "请查看后重试。"),
    },
    "edit-left": {
        "en": ("Nothing would be left of “{name}”.", "Remove it instead (in code: draft.remove())."),
        "zh": ("“{name}”会一点不剩。", "请改为删除它（代码中：draft.remove()）。"),
    },
    "edit-beside": {
        "en": ("“{name}” can't stand beside “{other}”.", "Name another segment of a track of its own kind."),
        "zh": ("“{name}”不能放在“{other}”旁边。", "请选择同类轨道上的另一个片段。"),
    },
    "edit-early": {
        "en": ("“{name}” would start {early} ms before the video does.", "Move it by {least} ms or more."),
        "zh": ("“{name}”会比视频早开始 {early} 毫秒。", "请至少移动 {least} 毫秒。"),
    },
    "edit-no-text": {
        "en": ("“{name}” is on no text track and has no text.", 'Name a segment of one, or all of them: "text".'),
        "zh": ("“{name}”不在文字轨道上，没有文字。", '请选择文字轨道上的片段，或全部文字："text"。'),
    },
    "edit-no-sound": {
        "en": ("Titles and pictures have no sound.", 'Name music or a clip, or all music: "audio".'),
        "zh": ("文字和图片没有声音。", '请选择音乐或视频片段，或全部音乐："audio"。'),
    },
    "edit-overlap": {
        "en": (
            "“{name}” would overlap “{other}” ({start}–{end} s) on its track.",
            "Make room first: trim, move or remove one (in code, ripple=True lets those behind follow).",
        ),
        "zh": (
            "“{name}”会与同一轨道上的“{other}”（{start}–{end} 秒）重叠。",
            "请先腾出位置：缩短、移动或删除其中一个（代码中，ripple=True 会让后面的片段跟着移动）。",
        ),
    },
    "edit-overlap-moved": {
        "en": (
            "“{name}” would overlap “{other}” ({start}–{end} s) on its track.",
            "Make room first: trim, move or remove one, or give its place in the order (before=, after=).",
        ),
        "zh": (
            "“{name}”会与同一轨道上的“{other}”（{start}–{end} 秒）重叠。",
            "请先腾出位置：缩短、移动或删除其中一个，或指定它在顺序中的位置（before=、after=）。",
        ),
    },
    "edit-no-more": {
        "en": (
            "“{name}” has no {more} s more before its beginning.",
            "Start it later, or move it instead of trimming it.",
        ),
        "zh": ("“{name}”的开头之前没有多出的 {more} 秒。", "请让它晚一点开始，或移动它而不是延长它。"),
    },
    "edit-time": {
        "en": ("“{text}” is no time.", "Write minutes and seconds, such as 0:05.9, or seconds, such as 5.9."),
        "zh": ("“{text}”不是有效的时间。", "请写分和秒（如 0:05.9）或秒数（如 5.9）。"),
    },
    "edit-volume": {
        "en": ("“{text}” is no volume.", "Write 0 to 100 %, such as 35%."),
        "zh": ("“{text}”不是有效的音量。", "请写 0 到 100%，例如 35%。"),
    },
    "page-gone": {
        "en": ("{name} stopped arriving: its page was closed or reloaded.", "Choose it again."),
        "zh": ("{name} 的传输中断：页面已关闭或重新加载。", "请重新选择该文件。"),
    },
    "upload-cancelled": {
        "en": ("The upload of {name} was cancelled.", "Upload it again when you want it."),
        "zh": ("{name} 的上传已取消。", "需要时请重新上传。"),
    },
    "video-gone": {
        "en": ("The video is no longer at hand.", "Export it again."),
        "zh": ("视频已不在本机。", "请重新导出。"),
    },
    "ledger": {
        "en": (
            "Renders can't be written down in {path} ({reason}), so a render that is cut off can't be taken up again.",
            "Make the file writable; if it is damaged, move it away.",
        ),
        "zh": (
            "无法在 {path} 中记录渲染任务（{reason}），中断的渲染将无法继续。",
            "请确保该文件可写；如果已损坏，请将它移走。",
        ),
    },
    "ledger-unreadable": {
        "en": (
            "The list of renders in {path} can't be read ({reason}).",
            "Check who may read the file; if it is damaged, move it away.",
        ),
        "zh": ("无法读取 {path} 中的渲染列表（{reason}）。", "请检查文件权限；如果已损坏，请将它移走。"),
    },
    "render-unknown": {
        "en": (
            "{service} doesn't know the render {id}.",
            "See client.jobs() or `nemo-widgets jobs` for those that were asked for and where, or export again.",
        ),
        "zh": (
            "{service} 找不到渲染 {id}。",
            "请用 client.jobs() 或 `nemo-widgets jobs` 查看提交过的渲染及其后端，或重新导出。",
        ),
    },
    "render-elsewhere": {
        "en": (
            "{service} doesn't know the render {id}.",
            "It was asked for with backend={backend!r}: take it up with a client of that.",
        ),
        "zh": ("{service} 找不到渲染 {id}。", "它是用 backend={backend!r} 提交的：请用该后端的客户端继续。"),
    },
    "cant-save": {
        "en": ("{name} can't be written: {reason}.", "Choose a folder that you may write to."),
        "zh": ("无法写入 {name}：{reason}。", "请选择有写入权限的文件夹。"),
    },
    "not-mp4": {
        "en": ("A video is saved as MP4, so {name} isn't a name for it.", "Give it the ending mp4 instead."),
        "zh": ("视频保存为 MP4 格式，{name} 不是合适的文件名。", "请把扩展名改为 mp4。"),
    },
    "no-link": {
        "en": ("{name} is no web address.", "Paste one that begins with https://."),
        "zh": ("{name} 不是有效的网址。", "请粘贴以 https:// 开头的地址。"),
    },
    "no-player": {
        "en": (
            "{name} can't be shown in a player.",
            "Pass a path, bytes, an https:// address, or a video such as editor.export() returns.",
        ),
        "zh": ("播放器无法显示 {name}。", "请传入路径、字节、https:// 地址，或 editor.export() 返回的视频。"),
    },
    "really": {
        "en": ("{name} is really a {found} file, which can't be used here.", "Save it as one of: {formats}."),
        "zh": ("{name} 实际上是 {found} 文件，无法使用。", "请另存为以下格式之一：{formats}。"),
    },
    "invalid": {"en": ("{message}", "{remedy}"), "zh": ("{message}", "{remedy}")},
    "studio": {
        "en": (
            "The local studio isn't installed.",
            "Run: pip install 'nemo-widgets[studio]'. Or use the cloud: backend=\"cloud\".",
        ),
        "zh": ("尚未安装本地工作室。", "请运行：pip install 'nemo-widgets[studio]'，或使用云端：backend=\"cloud\"。"),
    },
    "studio-port": {
        "en": ("Port {port} of {host} can't be had: {reason}.", "End what uses it, or choose another: --port 8766."),
        "zh": ("无法使用 {host} 的端口 {port}：{reason}。", "请结束占用它的程序，或换一个端口：--port 8766。"),
    },
    "studio-folder": {
        "en": (
            "The studio can't use its folder {place}: {reason}.",
            "Check that it may be written to and the disk works, or choose another: --workspace, Studio(…).",
        ),
        "zh": (
            "工作室无法使用其文件夹 {place}：{reason}。",
            "请检查文件夹是否可写、磁盘是否正常，或换一个文件夹：--workspace、Studio(…)。",
        ),
    },
    "studio-start": {
        "en": ("The local studio could not start: {message}", "Run `nemo-widgets doctor` to see what is missing."),
        "zh": ("本地工作室无法启动：{message}", "请运行 `nemo-widgets doctor` 查看缺少什么。"),
    },
}

RETOLD = (
    "class-",
    "disk-full",
    "empty-file",
    "empty-prompt",
    "font-missing",
    "link-",
    "long-text",
    "media-",
    "render-gave-up",
    "render-late",
    "sent-",
    "video-too-large",
)
"""How the keys begin of what a studio refuses, and a client tells in its user's language."""
RETOLD_TEXTS = ("name", "place", "free", "needed", "sample", "package")
RETOLD_NUMBERS = (
    "fps",
    "hours",
    "letters",
    "limit",
    "megapixels",
    "minutes",
    "most",
    "pieces",
    "pixels",
    "status",
    "used",
    "wanted",
)
"""What a studio names with it."""


def redact(text: str) -> str:
    """Return ``text`` without anything that looks like a token.

    Examples
    --------
    >>> redact("Bearer abc.def is not valid")
    'Bearer [secret] is not valid'
    """
    return _TOKEN.sub("[secret]", text)


# What a sentence says where nobody named a detail: (en, zh).
_UNNAMED = {
    "message": ("no reason was given", "未说明原因"),
    "remedy": ("Check it and try again.", "请检查后重试。"),
    "name": ("The file", "该文件"),
    "service": ("The service", "服务"),
    "minutes": (f"{settings.Settings().message_timeout / 60:g}",) * 2,
}
_ENDS = ".!?…。！？"


class _Details(dict[str, Any]):
    """Details for a sentence, which has no holes: something stands for what isn't named."""

    def __init__(self, details: dict[str, Any], language: str) -> None:
        super().__init__({name: value for name, value in details.items() if value is not None and value != ""})
        self._column = int(language == "zh")

    def __missing__(self, key: str) -> str:
        return _UNNAMED.get(key, ("…", "…"))[self._column]


def _sentence(template: str, details: _Details, stop: str) -> str:
    """Fill in a sentence, without a token and with a full stop: what others say often ends without one."""
    text = redact(template.format_map(details)).strip()
    return text if text.rstrip("\"'”’」』)）")[-1:] in _ENDS else text + stop


def _again(kind: type[NemoError], args: tuple[Any, ...], state: dict[str, Any]) -> NemoError:
    """Make an error as it was, for copies and other processes."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class NemoError(Exception):
    """Base of every error of this package; ``str(error)`` is a sentence for a person, with the remedy.

    Parameters
    ----------
    key
        Which sentence of :data:`SENTENCES`; the class's own where it is None.
    language
        ``"en"`` or ``"zh"``.
    **details
        What the sentence names.

    Attributes
    ----------
    message, remedy : str
        What is wrong, and what to do about it.

    Examples
    --------
    >>> print(NothingToExport())
    There is nothing to export yet. Upload images or clips and say what video you want first.
    """

    default_key: ClassVar[str] = "invalid"

    def __init__(self, key: str | None = None, *, language: str = "en", **details: Any) -> None:
        language = language if language == "zh" else "en"
        self.key = key or self.default_key
        self.details = {name: redact(value) if isinstance(value, str) else value for name, value in details.items()}
        named, stop, space = _Details(details, language), *(("。", "") if language == "zh" else (".", " "))
        problem, remedy = SENTENCES[self.key][language]
        self.message = _sentence(problem, named, stop)
        self.remedy = _sentence(remedy, named, stop)
        super().__init__(f"{self.message}{space}{self.remedy}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args, self.__dict__)

    def in_language(self, language: str) -> NemoError:
        """Return the same error, told in another language."""
        copy = _again(type(self), self.args, self.__dict__)
        NemoError.__init__(copy, self.key, language=language, **self.details)
        return copy


class InvalidInput(NemoError, ValueError):
    """Something was refused before anything was sent or changed."""


class APIError(NemoError):
    """The service answered with an error.

    Parameters
    ----------
    code
        The envelope's ``code``, or 0 where there was none.
    http_status
        The HTTP status.
    message
        What the service said (never shown where it may hold a secret).

    Examples
    --------
    >>> error = api_error(2001, 200, "no credits")
    >>> type(error).__name__, error.code
    ('OutOfCredits', 2001)
    """

    default_key: ClassVar[str] = "api"
    names: ClassVar[tuple[str, ...]] = ()
    """Which details, beside what the service said, the sentence names."""

    def __init__(
        self,
        key: str | None = None,
        *,
        code: int = 0,
        http_status: int = 200,
        message: str = "",
        language: str = "en",
        **details: Any,
    ) -> None:
        self.code = code
        self.http_status = http_status
        message = message or (f"code {code}" if code else "")
        super().__init__(key, language=language, code=code, http_status=http_status, message=message, **details)


class AuthError(APIError):
    """The token expired or is not valid (1001, 1010, 1011, HTTP 401)."""

    default_key = "auth"


class SessionNotFound(APIError):
    """The session is not known (1002)."""

    default_key = "session"


class OutOfCredits(APIError):
    """The account has no credits left (2001).

    Attributes
    ----------
    link : str
        Where to register or top up; it never holds a token.
    """

    default_key = "credits"
    names = ("link",)

    def __init__(self, key: str | None = None, *, link: str = "", **details: Any) -> None:
        self.link = link or settings.web_url()
        super().__init__(key, link=self.link, **details)


class UnsupportedFile(APIError):
    """The file's type is not supported (4001)."""

    default_key = "unsupported"
    names = ("name",)

    def __init__(self, key: str | None = None, *, name: str = "", **details: Any) -> None:
        super().__init__(key, name=name, formats=settings.FORMATS, **details)


class FileTooLarge(APIError):
    """The file is larger than the service takes (4002)."""

    default_key = "too-large"
    names = ("name", "limit")

    def __init__(self, key: str | None = None, *, name: str = "", limit: int = 0, **details: Any) -> None:
        limit_mb = (limit or settings.Settings().max_upload_bytes) // (1024 * 1024)
        super().__init__(key, name=name, limit_mb=limit_mb, **details)


class ExportBlocked(APIError):
    """Export is not part of the plan (HTTP 402): not a matter of credits."""

    default_key = "blocked"
    names = ("link",)

    def __init__(self, key: str | None = None, *, link: str = "", **details: Any) -> None:
        self.link = link or f"{settings.web_url()}/pricing"
        super().__init__(key, link=self.link, **details)


class RateLimited(APIError):
    """Too many requests (HTTP 429).

    Attributes
    ----------
    wait : float
        Seconds until the service may be asked again.
    """

    default_key = "rate"
    names = ("wait",)
    longest_pause: ClassVar[float] = 300.0
    """Seconds that a client waits by itself; above it the sentence names the time."""

    def __init__(self, key: str | None = None, *, wait: float = 30.0, **details: Any) -> None:
        self.wait = wait
        key = key or ("rate" if wait <= self.longest_pause else "rate-until")
        when = datetime.now().astimezone() + timedelta(seconds=wait)
        super().__init__(key, wait=f"{wait:g}", when=f"{when:%Y-%m-%d %H:%M}", **details)

    @property
    def passes_soon(self) -> bool:
        """Whether to wait a moment is all that it takes: who has a class's share of renders has to see to one first.

        Examples
        --------
        >>> RateLimited().passes_soon, RateLimited("class-jobs", most=3).passes_soon
        (True, False)
        """
        return not self.key.startswith("class-")


class ConnectionFailed(NemoError):
    """The service can't be reached."""

    default_key = "connection"


class StreamInterrupted(NemoError):
    """An answer broke off, and the state shows no edit."""

    default_key = "interrupted"


class MessageTimeout(NemoError):
    """An answer took too long."""

    default_key = "message-timeout"


class RenderFailed(NemoError):
    """A render failed or was cancelled."""

    default_key = "render-failed"


class RenderTimeout(NemoError):
    """A render is not ready in time; it goes on at the service."""

    default_key = "render-timeout"


class DraftError(NemoError, ValueError):
    """A draft that can't be read.

    Parameters
    ----------
    path
        Where the bad field is, such as ``t[0].sg[2].d``.
    message
        What was expected there.

    Examples
    --------
    >>> print(DraftError(path="t[0].sg[2].d", message='expected milliseconds, got "abc"').message)
    This draft can't be read: t[0].sg[2].d: expected milliseconds, got "abc".
    """

    default_key = "draft"

    def __init__(self, key: str | None = None, *, path: str = "", message: str = "", language: str = "en") -> None:
        self.path = path
        super().__init__(key, path=path, message=message, language=language)


class NothingToExport(NemoError):
    """There is no draft with a segment in it."""

    default_key = "nothing"


class StudioUnavailable(NemoError):
    """The embedded studio isn't installed or can't start."""

    default_key = "studio"


_BY_CODE: dict[int, type[APIError]] = {
    1001: AuthError,
    1010: AuthError,
    1011: AuthError,
    1002: SessionNotFound,
    2001: OutOfCredits,
    4001: UnsupportedFile,
    4002: FileTooLarge,
    402: ExportBlocked,
    429: RateLimited,
    401: AuthError,
    413: FileTooLarge,
}


def api_error(code: int, http_status: int, message: str, *, language: str = "en", **details: Any) -> APIError:
    """Return the error for an answer of the service.

    Parameters
    ----------
    code
        The envelope's code; 0 where the answer had none.
    http_status
        The HTTP status.
    message
        What the service said.
    language
        The language of the sentence.
    **details
        What the sentence may name (``link``, ``wait``, ``name``, ``limit``).

    Examples
    --------
    >>> type(api_error(0, 402, "")).__name__
    'ExportBlocked'
    """
    kind = _BY_CODE.get(code) or _BY_CODE.get(http_status) or APIError
    key = None
    if kind is APIError:
        key = "server" if http_status >= 500 else "refused" if {400, 422} & {code, http_status} else None
    known = {name: value for name, value in details.items() if name in kind.names}
    return kind(key, code=code, http_status=http_status, message=message, language=language, **known)
