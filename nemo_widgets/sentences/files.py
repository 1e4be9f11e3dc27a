"""Files: what can't be taken in, found, kept or shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemo_widgets.sentences import Sentences

SENTENCES: Sentences = {
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
    "missing-file": {
        "en": (
            "There is no file {name}.",
            "Check the path: it is looked up from the folder that Python runs in.",
        ),
        "zh": ("找不到文件 {name}。", "请检查路径：相对路径以笔记本所在文件夹为准。"),
    },
    "file-is-folder": {
        "en": ("{name} is a folder.", "Pass the files in it, such as *sorted(Path({name!r}).iterdir())."),
        "zh": ("{name} 是一个文件夹。", "请传入其中的文件，例如 *sorted(Path({name!r}).iterdir())。"),
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
    "media-too-long": {
        "en": ("{name} is too long: {hours} hours, and at most {limit} are taken.", "Trim it first."),
        "zh": ("{name} 太长：{hours} 小时，上限为 {limit} 小时。", "请先剪短。"),
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
    "cant-save": {
        "en": ("{name} can't be written: {reason}.", "Choose a folder that you may write to."),
        "zh": ("无法写入 {name}：{reason}。", "请选择有写入权限的文件夹。"),
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
}
