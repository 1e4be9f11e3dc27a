"""The embedded studio: its class, its renders, its cluster, and the links that it fetches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemo_widgets.sentences import Sentences

SENTENCES: Sentences = {
    "long-text": {
        "en": (
            "The text “{name}” has {letters} letters, and at most {most} can be shown.",
            "Shorten it, or divide it among several titles.",
        ),
        "zh": ("文字“{name}”有 {letters} 个字符，最多可显示 {most} 个。", "请缩短文字，或分成几个标题。"),
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
