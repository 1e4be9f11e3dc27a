"""The service, near or far: what it answers, that it doesn't, and what is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemo_widgets.sentences import Sentences

SENTENCES: Sentences = {
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
    "empty-prompt": {
        "en": (
            "The message is empty.",
            "Say what you want, such as “combine these images into a 30-second promo video with music”.",
        ),
        "zh": ("消息是空的。", "请说明想要什么，例如“把这些图片做成 30 秒的宣传视频，配上音乐”。"),
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
    "not-mp4": {
        "en": ("A video is saved as MP4, so {name} isn't a name for it.", "Give it the ending mp4 instead."),
        "zh": ("视频保存为 MP4 格式，{name} 不是合适的文件名。", "请把扩展名改为 mp4。"),
    },
    "invalid": {"en": ("{message}", "{remedy}"), "zh": ("{message}", "{remedy}")},
}
