"""What the studio's agent says, in English and Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "upload-first": (
        "There are no photos or clips here yet. Upload some first, then tell me what video you want.",
        "这里还没有照片或视频。请先上传素材，再告诉我想要什么视频。",
    ),
    "only-sound": (
        "So far there is only sound. Upload photos or clips too, then I can make a video.",
        "目前只有声音文件。请再上传照片或视频，我才能制作视频。",
    ),
    "can": (
        (
            "I can put your photos and clips together into a video of any length up to 30 minutes, give it a title, "
            "music ({moods}), a volume and a format such as 9:16. For example: “make a 30-second promo with lo-fi "
            "music and the title ‘Urban Dreams’”."
        ),
        (
            "我可以把照片和视频做成最长 30 分钟的视频，并设置标题、音乐（{moods}）、音量和画面比例（如 9:16）。"
            "例如：“做一个 30 秒的宣传片，配上舒缓的音乐，标题《城市之梦》”。"
        ),
    ),
    "greeting": (
        "Hello! Say for example “make a 30-second promo with lo-fi music”, or “what can you do?”.",
        "你好！可以说：“做一个 30 秒的宣传片，配上轻快的音乐”，或者“你能做什么？”。",
    ),
    "languages": (
        (
            "I understand English and Chinese (中文) only, so I changed nothing. Say for example “make a 20-second "
            "video with calm music”, or “做一个 20 秒的视频”."
        ),
        "我只听得懂中文和英文（English, Chinese）。",
    ),
    "not-understood": ("I didn't understand that, so I changed nothing.", "我没有听懂，所以没有做任何修改。"),
    "examples": (
        "I can for example “make it 20 seconds”, “add calm music” or “remove the second photo”.",
        "可以试试：“改成 20 秒”、“加上舒缓的音乐”或“不要第二张照片”。",
    ),
    "unclear": (
        "I didn't understand “{words}”, so I left that out.",
        "我没有听懂“{words}”，这一点没有做。",
    ),
    "no-difference": (
        "“{words}” made no difference: it is so already, or there is nothing that it fits.",
        "“{words}”没有带来变化：已经是这样，或者没有适用的内容。",
    ),
    "vague": (
        (
            "“{words}” can be done in many ways, so I left that to you: “upbeat music”, “each photo 2 seconds”, "
            "“wipe transitions”, “vivid colours” or “cut to the beat”, for example."
        ),
        (
            "“{words}”有很多种做法，请您来定，比如：“换成轻快的音乐”、“每张照片 2 秒”、“转场改成滑动”、“画面鲜艳一点”"
            "或“跟着节拍切换”。"
        ),
    ),
    "beyond": ("I can't do this here: {topics}.", "我在这里做不到：{topics}。"),
    "unchanged": ("I changed nothing.", "没有做任何修改。"),
    "clips-so": ("The sound of the clips is at {volume} % already.", "视频原声已经是 {volume}% 了。"),
    "duration-range": (
        "A video may last from 1 second to 30 minutes, so I changed nothing. Which length shall it be?",
        "视频长度需在 1 秒到 30 分钟之间，没有做任何修改。想要多长？",
    ),
    "too-many": (
        (
            "{count} photos and clips don't fit into {duration}: nobody would see them. I changed nothing; "
            "ask for a longer video."
        ),
        "{count} 个素材放不进 {duration}，会一闪而过。没有做任何修改，请选择更长的时长。",
    ),
    "no-room-beside": (
        "With {names} as asked there is no time for the others in {duration}, so I left the length.",
        "保留{names}后，{duration}内放不下其他素材，所以时长没有改。",
    ),
    "volume-range": (
        "A volume goes from 0 to 100 %, so I changed nothing. How loud shall it be?",
        "音量范围是 0 到 100%，没有做任何修改。想要多大音量？",
    ),
    "no-music": (
        "There is no music yet, so there is no volume to change. Say “add lo-fi music” first.",
        "还没有音乐，无法调整音量。请先说“加上轻快的音乐”。",
    ),
    "no-fade": (
        "There is no music yet, so there is none to fade. Say “add lo-fi music” first.",
        "还没有音乐，无法淡入淡出。请先说“加上轻快的音乐”。",
    ),
    "no-such-music": (
        "There is no {kind} music here, so {left}. There are: {moods}.",
        "这里没有{kind}音乐，{left}。可以选：{moods}。",
    ),
    "music-left": ("the music stays as it is", "音乐保持不变"),
    "music-none": ("I added none", "所以没有加音乐"),
    "no-song": (
        "No song has been uploaded here. Upload an MP3, M4A or WAV first, then say “use my song”.",
        "这里还没有上传过音乐。请先上传 MP3、M4A 或 WAV，再说“用我上传的音乐”。",
    ),
    "no-clip-sound": (
        "None of the clips on the timeline has a sound of its own. I changed nothing.",
        "时间线上没有带声音的视频片段，没有做任何修改。",
    ),
    "which-title": (
        'Which text shall the title show? Put it in quotes: change the title to "…". I changed nothing so far.',
        "标题要显示什么文字？请加上引号，例如：标题改成“……”。目前没有做任何修改。",
    ),
    "which-text": (
        "There are several texts: {names}. Which one do you mean? I changed nothing so far.",
        "有好几处文字：{names}。是哪一个？目前没有做任何修改。",
    ),
    "which-captions": (
        "What shall stand under the photos? Say for example “captions: Arrival, Lunch, Home” or “use the file names”.",
        "每张照片下面写什么？可以说“字幕：早晨、中午、晚上”，或者“用文件名作为字幕”。",
    ),
    "swap-two": (
        "There have to be two texts to swap them; there are {count}, so I changed nothing.",
        "需要正好两处文字才能交换，现在有 {count} 处，没有做任何修改。",
    ),
    "no-such-text": (
        "There is no text “{text}”, so I changed nothing. There are: {names}.",
        "没有“{text}”这处文字，没有做任何修改。现有：{names}。",
    ),
    "captions": ("Captions under the photos: {names}.", "照片字幕：{names}。"),
    "captions-over": (
        "These captions found no place, for want of photos and clips (I see {count}): {names}.",
        "只有 {count} 个画面，这些字幕没有位置：{names}。",
    ),
    "captions-under": ("Without a caption: {names}.", "没有字幕：{names}。"),
    "no-title": (
        'There is no title yet, so I changed nothing. Say for example: add the title "My Trip".',
        "还没有标题，没有做任何修改。可以说：加上标题“我的旅行”。",
    ),
    "fewer-titles": (
        "I find no titles but these: {names}. I changed nothing.",
        "只有这些标题：{names}。没有做任何修改。",
    ),
    "largest": ("The title is as large as it gets already.", "标题已经是最大的字号了。"),
    "smallest": ("The title is as small as it gets already.", "标题已经是最小的字号了。"),
    "no-such-file": (
        "There is no “{name}” among them, so I changed nothing. There are: {names}.",
        "这里没有“{name}”，没有做任何修改。现有：{names}。",
    ),
    "no-such-shot": (
        "On the timeline I find only {shots}, so I changed nothing.",
        "时间线上只有{shots}，没有做任何修改。",
    ),
    "none-spare": (
        "All photos and clips are on the timeline already, so I changed nothing.",
        "所有照片和视频都已在时间线上，没有做任何修改。",
    ),
    "which-one": (
        "There are several: {names}. Say which one, such as “the second one” or by its name. I changed nothing.",
        "有好几个：{names}。请说明是哪一个，例如“第二个”或文件名。没有做任何修改。",
    ),
    "nothing-left": (
        "Then nothing would be left, so I changed nothing. To begin anew, say “start over”.",
        "这样就什么都不剩了，没有做任何修改。要重新来请说“重新开始”。",
    ),
    "nothing-to-remove": ("There was none on the timeline, so nothing changed.", "时间线上本来就没有，没有变化。"),
    "no-undo": ("There is nothing to undo.", "没有可以撤销的修改。"),
    "taken-back": (
        "I took my last change back, and did it to {names} instead.",
        "上一步修改已撤回，改为对{names}进行。",
    ),
    "taken-back-only": ("I took my last change back.", "上一步修改已撤回。"),
    "undone": ("Undone: the timeline is as it was before.", "已撤销：时间线恢复到之前的状态。"),
    "restarted": (
        "The timeline is empty again. Your {shots} are still here: say what video you want.",
        "时间线已清空。已上传的{shots}都还在，请告诉我想要什么视频。",
    ),
    "lasts": ("The video lasts {duration}: {shots}, {size}.", "视频时长 {duration}：{shots}，画面 {size}。"),
    "last-done": ("My last edit: “{words}”", "上一次修改：“{words}”"),
    "no-video": (
        "There is no video yet. Say for example “make a 20-second video”.",
        "还没有视频。可以说：“做一个 20 秒的视频”。",
    ),
    "export-none": (
        "There is nothing to export yet: tell me what video you want first.",
        "还没有可以导出的内容，请先告诉我想要什么视频。",
    ),
    "export": (
        'Your draft of {duration} is ready to export; this message rendered nothing. Click "Export" to get the MP4.',
        "{duration}的草稿已就绪，这条消息没有渲染视频，点击“导出”即可获得 MP4。",
    ),
    "made": (
        "Your draft is ready: {duration} from {shots}, {size}.",
        "草稿已完成：{shots}，共 {duration}，画面 {size}。",
    ),
    "motion": (
        "The photos move slowly and fade into each other.",
        "照片带有缓慢的推拉效果，并以淡入淡出衔接。",
    ),
    "motion-cuts": ("The photos move slowly.", "照片带有缓慢的推拉效果。"),
    "still": ("The photos keep still and fade into each other.", "照片静止显示，并以淡入淡出衔接。"),
    "each": ("Each photo is seen for {duration}.", "每张照片显示 {duration}。"),
    "each-not": (
        "Photos of {each} each don't make {total}: I kept to {total}, so each photo is seen for {duration}.",
        "每张 {each}凑不成 {total}：总长按 {total}，每张照片显示 {duration}。",
    ),
    "left-out": (
        "Left out: {names}. To have all of them, say “make a new video from all files”.",
        "没有用到：{names}。要全部使用，请说“用所有素材重新做一个视频”。",
    ),
    "removed": ("Removed: {names}.", "已移除：{names}。"),
    "added": ("Added: {names}.", "已加入：{names}。"),
    "order": ("The order is now: {names}.", "现在的顺序：{names}。"),
    "now": ("The video now lasts {duration}: {shots}.", "视频现在是 {duration}：{shots}。"),
    "contain": (
        "Pictures are shown whole now, with black beside them where they don't fit.",
        "现在完整显示画面，比例不同的地方留黑边。",
    ),
    "contain-ground": (
        "Pictures are shown whole now, with the background's colour beside them where they don't fit.",
        "现在完整显示画面，比例不同的地方露出背景色。",
    ),
    "contain-still": ("The photos keep still, so that no edge is cut off.", "照片静止显示，以免边缘被裁掉。"),
    "cover": (
        "Pictures fill the frame now; what doesn't fit is cut off at the edges.",
        "现在画面铺满，多余的边缘会被裁掉。",
    ),
    "moving": ("The photos move slowly now.", "照片现在带有缓慢的推拉效果。"),
    "not-moving": ("The photos keep still now.", "照片现在静止显示。"),
    "cuts": ("There are no transitions now: one picture follows the other at once.", "已去掉转场，画面直接切换。"),
    "crossfade-short": (
        "Where photos are shown more briefly, they take half of that time at most.",
        "显示时间太短的照片，转场最多占一半时间。",
    ),
    "crossfade": ("Transitions now take {duration}.", "转场现在是 {duration}。"),
    "shorter": (
        "The clips only last {duration} together, so it can't be {wanted}.",
        "这些视频加起来只有 {duration}，无法达到 {wanted}。",
    ),
    "size": ("The picture is now {size}.", "画面尺寸现在是 {size}。"),
    "music": ("Music: {name} at {volume} %.", "音乐：{name}，音量 {volume}%。"),
    "music-same": ("The music is {name} already.", "音乐已经是{name}了。"),
    "fade-in": ("The music fades in over {duration}.", "音乐在开头 {duration}内淡入。"),
    "fade-out": ("The music fades out over the last {duration}.", "音乐在最后 {duration}内淡出。"),
    "loudest": ("The music is as loud as it gets now: 100 %.", "音乐已经是最大音量：100%。"),
    "quietest": ("The music can't be heard any more now: 0 %.", "音乐已经完全静音：0%。"),
    "no-music-yet": (
        "There is no music yet, so there was nothing to change about it. Say “add lo-fi music” first.",
        "还没有音乐，无法调整。请先说“加上轻快的音乐”。",
    ),
    "music-times": (
        "The music has to start before it ends, within the video's {duration}, so I left it as it is.",
        "音乐必须在视频的 {duration}之内开始和结束，所以没有改动。",
    ),
    "music-starts": ("The music starts {duration} into the video.", "音乐从视频的第 {duration}开始。"),
    "music-stops": ("The music stops {duration} into the video.", "音乐在视频的第 {duration}停止。"),
    "song-from": ("It is played from {duration} into the song.", "从歌曲的第 {duration}开始播放。"),
    "loops": ("The song is repeated until the end.", "音乐会循环播放到结尾。"),
    "once": ("The song is played once.", "音乐只播放一遍。"),
    "ducked": (
        "While the clips can be heard, the music goes down to {volume} % of its volume.",
        "视频有声音时，音乐会降到原音量的 {volume}%。",
    ),
    "ducked-later": (
        "None of the clips has sound now; where one is heard later, the music goes down to {volume} % of its volume.",
        "目前没有带声音的视频；之后有声音时，音乐会降到原音量的 {volume}%。",
    ),
    "not-ducked": ("The music stays equally loud all the time.", "音乐音量保持不变，不再避让人声。"),
    "music-dropped": ("The music is gone.", "音乐已移除。"),
    "title": ("Title: “{text}” ({span}).", "标题：“{text}”（{span}）。"),
    "title-dropped": ("The title is gone: “{text}”.", "标题已移除：“{text}”。"),
    "title-look": ("Title “{text}”: {look}, {span}.", "标题“{text}”：{look}，{span}。"),
    "title-derived": (
        "You didn't say what the text shall be, so I took “{text}”. To change it, say: change the title to \"…\".",
        "没有说明文字内容，所以用了“{text}”。要修改请说：标题改成“……”。",
    ),
    "title-left-out": ("I left the title “{text}” out. {reason}", "没有加上标题“{text}”。{reason}"),
    "title-no-room": (
        "There is no time left for the text “{text}”: say from when to when.",
        "没有时间显示“{text}”了，请说明从第几秒到第几秒。",
    ),
    "welcome": (
        "You're welcome! Nothing has changed; say what else you'd like, or click \"Export\" to get the MP4.",
        "不客气！没有做任何修改；还想改什么请告诉我，或点击“导出”获得 MP4。",
    ),
    "title-instead": (
        "It stands where “{text}” stood. To have both, say “undo”, then “add another title …”.",
        "它取代了“{text}”。两个都要的话，请说“撤销”，再说“再加一个标题……”。",
    ),
    "title-fades": ("Texts fade in and out by themselves.", "文字会自动淡入淡出。"),
    "no-captions": (
        "There are no captions, but these texts: {names}. Which one do you mean? I changed nothing so far.",
        "没有字幕，只有这些文字：{names}。要改哪一个？目前没有做任何修改。",
    ),
    "box-color": (
        "A box behind a text is black, or white behind dark letters: I left “{words}” out. Say “in a box” for that.",
        "文字底框是黑色（深色文字是白色），所以“{words}”没有做。需要底框请说“加底框”。",
    ),
    "default-title": ("My Story", "我的故事"),
}  # fmt: skip
"""What is said, by key: in English and in Chinese."""
