"""What marketers, teachers, parents and students type in a hurry: corrections, complaints, several wishes at once."""

from __future__ import annotations

import pathlib
import sys

import pytest

from nemo_widgets.studio import edits

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from talking import PHOTOS, files_of, having, shots, talk, titles

ZOO = files_of("zoo gate.jpg", "lion.jpg", "penguins.jpg", "IMG_2041.jpg", "bus_ride.mp4@22", "singing.mp4@15",
             "happy tune.mp3@80")  # fmt: skip
SHOP = files_of("shopfront.jpg", "cake.jpg", "bread.jpg", "IMG_2041.jpg", "interview.mp4@40", "kitchen.mov@18", "logo.png",
              "guitar.mp3@90")  # fmt: skip
SHOP_ZH = files_of("门店.jpg", "蛋糕.jpg", "面包.jpg", "IMG_2041.jpg", "采访.mp4@40", "厨房.mp4@18", "logo.png",
                 "吉他.mp3@90")  # fmt: skip
FAMILY = files_of("beach.jpg", "grandma.jpg", "dog.png", "birthday.mp4@35", "candles.mp4@12", "swim.mov@9",
                "our song.mp3@120")  # fmt: skip
FAMILY_ZH = files_of("海边.jpg", "奶奶.jpg", "小狗.jpg", "生日.mp4@35", "吹蜡烛.mp4@12", "游泳.mp4@9", "歌.mp3@120")
SCHOOL = files_of("classroom.jpg", "playground.jpg", "sports day.jpg", "choir.mp4@30", "science fair.mp4@18",
                "school logo.png", "anthem.mp3@100")  # fmt: skip
SCHOOL_ZH = files_of("教室.jpg", "操场.jpg", "运动会.jpg", "合唱.mp4@30", "科学展.mp4@18", "校徽.png", "校歌.mp3@100")
WEDDING = files_of("wedding.jpg", "bride.jpg", "cake.jpg", "DSC_0012.jpg", "vows.mp4@45", "first dance.mp4@60",
                 "toast.mp4@25", "our song.mp3@200")  # fmt: skip
WEDDING_ZH = files_of("婚礼.jpg", "新娘.jpg", "蛋糕.jpg", "DSC_0012.jpg", "誓言.mp4@45", "跳舞.mp4@60", "敬酒.mp4@25",
                    "情歌.mp3@200")  # fmt: skip
VILLA = files_of("villa.jpg", "pool.jpg", "kitchen.jpg", "walkthrough.mp4@90", "drone.mp4@40", "agent intro.mp4@15",
               "realty logo.png", "piano.mp3@180")  # fmt: skip
VILLA_ZH = files_of("外观.jpg", "泳池.jpg", "厨房.jpg", "看房.mp4@90", "航拍.mp4@40", "介绍.mp4@15", "公司logo.png",
                  "钢琴.mp3@180")  # fmt: skip
GOODS = files_of("logo.png", "product front.jpg", "product back.jpg", "packaging.jpg", "unboxing.mp4@50", "review.mp4@30",
               "beat.mp3@60")  # fmt: skip
GOODS_ZH = files_of("logo.png", "正面.jpg", "背面.jpg", "包装.jpg", "开箱.mp4@50", "测评.mp4@30", "节奏.mp3@60")
VIDEO, PROMO, VIDEO_ZH, PROMO_ZH = "make a video", "make a 30 second video", "做个视频", "做一个30秒的视频"


def shown(draft):
    """Return the names of the shots, and for how many seconds each is seen."""
    return [(one["m"]["name"], round(one["d"] / 1_000, 1)) for one in edits.segments(draft, edits.VIDEO)]


def places(draft):
    """Return where pictures lie over the video."""
    return [one["m"]["place"] for track in draft["t"] if track["tt"] == 0 for one in track["sg"] if "place" in one["m"]]


def order(draft):
    return " ".join(name for name, _ in shown(draft))


@pytest.mark.parametrize(
    ("files", "base", "prompts", "there"),
    [
        (SCHOOL, VIDEO, ["no faces from the playground, take that one out"],
         "classroom sports day choir science fair school logo"),
        (SHOP_ZH, PROMO_ZH, ["把采访剪成前10秒"], "门店 蛋糕 面包 IMG_2041 采访 厨房 logo"),
        (FAMILY_ZH, VIDEO_ZH, ["我是说照片不要有动画效果"], "海边 奶奶 小狗 生日 吹蜡烛 游泳"),
        (SHOP_ZH, PROMO_ZH, ["门店、蛋糕、面包这三张每张4秒"], "门店 蛋糕 面包 IMG_2041 采访 厨房 logo"),
        (SHOP_ZH, PROMO_ZH, ["把它放久一点", "还是把面包放回来吧"], "门店 蛋糕 面包 IMG_2041 采访 厨房 logo"),
        (SHOP_ZH, PROMO_ZH, ["蛋糕那张放久一点，面包那张去掉"], "门店 蛋糕 IMG_2041 采访 厨房 logo"),
        (ZOO, VIDEO, ["first the lion, then penguins, the bus at the end, leave out the gate"],
         "lion penguins IMG_2041 singing bus_ride"),
        (SHOP, VIDEO, ["shopfront first, then cake, and end on the interview"],
         "shopfront cake bread IMG_2041 kitchen logo interview"),
        (FAMILY, VIDEO, ["i want the dog at the beginning and at the end"],
         "dog beach grandma birthday candles swim dog"),
        (SHOP, VIDEO, ["drop IMG_2041, it's blurry", "oh wait keep it"],
         "shopfront cake bread IMG_2041 interview kitchen logo"),
        (FAMILY_ZH, VIDEO_ZH, ["海边往后挪一个"], "奶奶 海边 小狗 生日 吹蜡烛 游泳"),
        (FAMILY_ZH, VIDEO_ZH, ["海边往后挪一个", "再往后一个"], "奶奶 小狗 海边 生日 吹蜡烛 游泳"),
        (FAMILY, VIDEO, ["move the dog one place up", "one more"], "dog beach grandma birthday candles swim"),
        (SCHOOL_ZH, VIDEO_ZH, ["只要两段视频", "再加上那三张照片"], "合唱 科学展 教室 操场 运动会"),
        (PHOTOS[:4], VIDEO, ["make a film of the first two", "add the other two as well"],
         "paris-01 paris-02 paris-03 paris-04"),
        (PHOTOS, VIDEO, ["make a film of the first two", "add the other two as well"], "paris-01 paris-02"),
        (SCHOOL_ZH, VIDEO_ZH, ["照片先放，视频放后面"], "教室 操场 运动会 校徽 合唱 科学展"),
        (SCHOOL_ZH, VIDEO_ZH, ["照片先放，视频放后面", "不对，反过来"], "合唱 科学展 教室 操场 运动会 校徽"),
        (FAMILY, VIDEO, ["photos first, clips last", "no, the other way round"],
         "birthday candles swim beach grandma dog"),
        (WEDDING, VIDEO, ["make the photos sepia", "except the bride"],
         "wedding bride cake DSC_0012 vows first dance toast"),
        (WEDDING, VIDEO, ["music should start with the first dance"],
         "wedding bride cake DSC_0012 vows first dance toast"),
        (WEDDING_ZH, VIDEO_ZH, ["只要誓言和跳舞，其他都不要"], "誓言 跳舞"),
        (WEDDING_ZH, VIDEO_ZH, ["蛋糕放到敬酒前面，新娘放第一个"], "新娘 婚礼 DSC_0012 誓言 跳舞 蛋糕 敬酒"),
        (WEDDING_ZH, VIDEO_ZH, ["誓言和跳舞换一下顺序", "换回来"], "婚礼 新娘 蛋糕 DSC_0012 誓言 跳舞 敬酒"),
        (PHOTOS, VIDEO, ["swap 2 and 4"], "paris-01 paris-04 paris-03 paris-02 paris-05"),
        (PHOTOS, VIDEO, ["swap 2 and 4", "nah, put them back"], "paris-01 paris-02 paris-03 paris-04 paris-05"),
        (PHOTOS, VIDEO, ["2 should be last"], "paris-01 paris-03 paris-04 paris-05 paris-02"),
        (PHOTOS, VIDEO, ["delete 3 and 5"], "paris-01 paris-02 paris-04"),
        (PHOTOS, VIDEO_ZH, ["第2张和第4张调换", "还是算了"], "paris-01 paris-02 paris-03 paris-04 paris-05"),
        (VILLA_ZH, VIDEO_ZH, ["先航拍再外观，最后放介绍"], "航拍 外观 泳池 厨房 看房 公司logo 介绍"),
        (VILLA, VIDEO, ["kitchen before pool"], "villa kitchen pool walkthrough drone agent intro realty logo"),
        (VILLA, VIDEO, ["kitchen before pool", "other way round"],
         "villa pool kitchen walkthrough drone agent intro realty logo"),
        (VILLA_ZH, VIDEO_ZH, ["厨房放泳池前面", "反过来"], "外观 泳池 厨房 看房 航拍 介绍 公司logo"),
        (VILLA, VIDEO, ["remove the pool, the weather was bad", "hmm bring the pool back after the villa"],
         "villa pool kitchen walkthrough drone agent intro realty logo"),
        (VILLA_ZH, VIDEO_ZH, ["泳池去掉，天气不好", "算了，泳池还是加回来，放外观后面"],
         "外观 泳池 厨房 看房 航拍 介绍 公司logo"),
        (FAMILY, VIDEO, ["no clip longer than 10 seconds"], "beach grandma dog birthday candles swim"),
        (FAMILY, VIDEO, ["only the photos", "add the clips too"], "beach grandma dog birthday candles swim"),
        (FAMILY, VIDEO, ["remove the dog", "not the dog, the beach!"], "grandma dog birthday candles swim"),
        (FAMILY_ZH, VIDEO_ZH, ["小狗和奶奶的照片换一下"], "海边 小狗 奶奶 生日 吹蜡烛 游泳"),
        (FAMILY_ZH, VIDEO_ZH, ["只要生日里最开心的部分"], "海边 奶奶 小狗 生日 吹蜡烛 游泳"),
        (FAMILY_ZH, VIDEO_ZH, ["把小狗当封面"], "小狗 海边 奶奶 生日 吹蜡烛 游泳"),
        (FAMILY_ZH, VIDEO_ZH, ["把生日当背景音乐"], "海边 奶奶 小狗 生日 吹蜡烛 游泳"),
        (PHOTOS, VIDEO, ["skip photo 3 and show photo 4 twice"], "paris-01 paris-02 paris-04 paris-04 paris-05"),
        (GOODS_ZH, VIDEO_ZH, ["除了视频都删掉"], "开箱 测评"),
        (GOODS_ZH, VIDEO_ZH, ["背景音乐从开箱开始"], "logo 正面 背面 包装 开箱 测评"),
        (FAMILY, VIDEO, ["it should be under a minute", "go back to before"],
         "beach grandma dog birthday candles swim"),
    ],
)  # fmt: skip
async def test_what_is_there_and_in_which_order(files, base, prompts, there):
    draft, told = await talk(files, base, *prompts)
    assert order(draft) == there, told


@pytest.mark.parametrize(
    ("files", "base", "prompts", "name", "seconds", "total"),
    [
        (SHOP_ZH, PROMO_ZH, ["把采访剪成前10秒"], "采访", 10, 35.7),
        (SCHOOL_ZH, VIDEO_ZH, ["合唱从第8秒开始，到20秒结束"], "合唱", 12, 46),
        (SHOP_ZH, PROMO_ZH, ["门店、蛋糕、面包这三张每张4秒"], "蛋糕", 4, 29.1),
        (SHOP_ZH, PROMO_ZH, ["每张照片3秒"], "采访", 4.3, 23.6),
        (SHOP, PROMO, ["the bread photo should stay up twice as long"], "bread", 8.6, 34.3),
        (FAMILY, VIDEO, ["grandma's picture is too short"], "grandma", 5.3, 69.3),
        (FAMILY, VIDEO, ["grandma's picture is too short", "still too short"], "grandma", 7.1, 71.1),
        (FAMILY, VIDEO, ["cut the birthday clip down to the part between 10 and 20 seconds, and slow down the swim clip"],
         "birthday", 10, 46),
        (FAMILY_ZH, VIDEO_ZH, ["游泳那段只要中间3秒"], "游泳", 3, 62),
        (PHOTOS, VIDEO, ["first 2 photos 2 sec each, the rest 4"], "paris-02", 2, 16),
        (PHOTOS, VIDEO, ["make the last photo 8 seconds", "make the first photo longer than the last one"],
         "paris-01", 10.7, 30.7),
        (WEDDING, VIDEO, ["make it 2 minutes"], "bride", 6, 120),
        (WEDDING, VIDEO, ["half the length would be nice"], "bride", 6, 73),
        (WEDDING, VIDEO, ["the first dance is way too long, 20 seconds is enough"], "first dance", 20, 106),
        (WEDDING_ZH, VIDEO_ZH, ["跳舞太长了，20秒就够了"], "跳舞", 20, 106),
        (WEDDING, VIDEO, ["i only need the middle of the vows, like 10 sec"], "vows", 10, 111),
        (WEDDING, VIDEO, ["remove the first 5 and last 5 seconds of the toast"], "toast", 15, 136),
        (WEDDING_ZH, VIDEO_ZH, ["敬酒前5秒和后5秒都剪掉"], "敬酒", 15, 136),
        (WEDDING, VIDEO, ["could the photos be shown a second longer?"], "bride", 5, 150),
        (WEDDING_ZH, VIDEO_ZH, ["照片每张多停一秒"], "新娘", 5, 150),
        (WEDDING, VIDEO, ["start the toast later, skip the first 8 seconds"], "toast", 17, 138),
        (WEDDING, VIDEO, ["cut the boring part of the vows between 0:10 and 0:25"], "toast", 25, 131),
        (WEDDING_ZH, VIDEO_ZH, ["把誓言10秒到25秒那段无聊的剪掉"], "蛋糕", 4, 131),
        (WEDDING_ZH, VIDEO_ZH, ["第三张停6秒，其余的3秒"], "新娘", 3, 145),
        (WEDDING_ZH, VIDEO_ZH, ["发朋友圈，方的，30秒以内"], "蛋糕", 4.3, 30),
        (PHOTOS, VIDEO_ZH, ["每张照片停留3秒，第一张停5秒"], "paris-01", 5, 17),
        (FAMILY, VIDEO, ["no clip longer than 10 seconds"], "swim", 9, 41),
        (FAMILY, VIDEO, ["each clip 10 seconds max"], "birthday", 10, 41),
        (FAMILY_ZH, VIDEO_ZH, ["每段视频最多10秒"], "生日", 10, 41),
        (SHOP_ZH, PROMO_ZH, ["只用采访里20秒到28秒那段"], "采访", 8, 33.7),
        (VILLA, VIDEO, ["walkthrough at double speed, no sound on it"], "walkthrough", 45, 116),
        (FAMILY_ZH, VIDEO_ZH, ["音乐太长了，20秒就够了"], "生日", 35, 68),
        (FAMILY_ZH, VIDEO_ZH, ["标题太长了，3秒就够了"], "生日", 35, 68),
        (FAMILY_ZH, VIDEO_ZH, ["音乐从第5秒开始，到30秒结束"], "生日", 35, 68),
        (FAMILY_ZH, VIDEO_ZH, ["视频从第5秒开始，到30秒结束"], "小狗", 4, 25),
        (FAMILY, VIDEO, ["the music is too long, 20 seconds is enough"], "birthday", 35, 68),
        (SCHOOL, VIDEO, ["trim the last 10 seconds off the choir", "actually only 5"], "choir", 25, 59),
        (SCHOOL, VIDEO, ["trim the last 10 seconds off the choir", "actually only 5", "no, 8"], "choir", 22, 56),
        (WEDDING_ZH, VIDEO_ZH, ["誓言剪到前20秒", "不对，10秒"], "誓言", 10, 111),
        (WEDDING_ZH, VIDEO_ZH, ["蛋糕放最后，停6秒"], "蛋糕", 6, 148),
        (PHOTOS, VIDEO, ["fade music in 2s and out 4s"], "paris-01", 4, 20),
        (PHOTOS, VIDEO, ["add 'Paris 2024' at the start and 'Au revoir' at the end, both in white, 3 sec each"],
         "paris-01", 4, 20),
        (GOODS, VIDEO, ["product photos 2 seconds each"], "product back", 2, 92),
        (GOODS, VIDEO, ["product photos 2 seconds each"], "packaging", 4, 92),
        (FAMILY, VIDEO, ["it's 5 seconds too long"], "swim", 9, 63),
        (FAMILY, VIDEO, ["the birthday.mp4 is 10 seconds too long"], "birthday", 25, 58),
        (FAMILY_ZH, VIDEO_ZH, ["片子长了5秒"], "游泳", 9, 63),
        (FAMILY_ZH, VIDEO_ZH, ["生日长了10秒"], "生日", 25, 58),
        (FAMILY, VIDEO, ["make the clip black and white", "a bit slower"], "birthday", 35, 68),
        (SCHOOL_ZH, VIDEO_ZH, ["整个片子控制在1分钟以内，科学展多留一点"], "科学展", 18, 60),
        (PHOTOS, VIDEO, ["the photos go by too fast at the start"], "paris-03", 4, 22.6),
        (PHOTOS, VIDEO, ["开头的照片太快了"], "paris-03", 4, 22.6),
    ],
)  # fmt: skip
async def test_how_long_one_is_seen_and_the_whole(files, base, prompts, name, seconds, total):
    draft, told = await talk(files, base, *prompts)
    assert dict(shown(draft))[name] == seconds, told
    assert round(draft["d"] / 1_000, 1) == total, told


@pytest.mark.parametrize(
    ("files", "prompts", "place"),
    [
        (SHOP, ["put my logo in the top right", "no, the other corner"], "top-left"),
        (SHOP_ZH, ["logo放右下角", "换到另一边"], "bottom-left"),
        (SCHOOL_ZH, ["校徽别放在片子里，放左下角当水印"], "bottom-left"),
        (GOODS, ["I don't want the logo at the end, put it in the corner"], "top-right"),
        (GOODS_ZH, ["logo不要放最后，放角落里"], "top-right"),
    ],
)
async def test_where_a_logo_is(files, prompts, place):
    draft, told = await talk(files, VIDEO, *prompts)
    assert places(draft) == [place], told
    assert not {"logo", "校徽"} & {name for name, _ in shown(draft)[:-1]}


@pytest.mark.parametrize(
    ("files", "prompt"),
    [(FAMILY, "don't zoom into the photos"), (FAMILY_ZH, "照片不要有动画效果"), (FAMILY_ZH, "别用推拉效果")],
)
async def test_who_wants_no_zoom_gets_none(files, prompt):
    draft, told = await talk(files, VIDEO, prompt)
    assert len(having(draft, "motion", "none")) == 3, told
    assert len(shots(draft)) == 6


@pytest.mark.parametrize(
    ("files", "prompt", "there"),
    [
        (SCHOOL, "title at the start 'Spring Term', names of the events under each picture",
         ["Spring Term", "classroom", "playground", "sports day", "school logo"]),
        (FAMILY, "put their names below", ["beach", "grandma", "dog"]),
        (SCHOOL_ZH, "运动会放到最前面，再加个标题：2024秋季运动会，用黄色", ["2024秋季运动会"]),
        (SCHOOL, "add a title: 2024 sports day", ["2024 sports day"]),
        (SHOP, "lower third for the interview: Maria Lopez, head baker", ["Maria Lopez, head baker"]),
        (SHOP_ZH, "采访的时候下面打上：王芳，店长", ["王芳，店长"]),
        (FAMILY, "make a title Happy 70th Grandma in pink", ["Happy 70th Grandma"]),
        (PHOTOS, "add text to photo 2: Eiffel Tower and photo 4: Louvre", ["Eiffel Tower", "Louvre"]),
        (WEDDING_ZH, "结尾加一句：谢谢大家", ["谢谢大家"]),
        (VILLA, "put the price on the villa: $1.2M", ["$1.2M"]),
        (VILLA_ZH, "外观那张写上价格：120万", ["120万"]),
        (VILLA, "contact at the end: Jane Doe, 555-1234, jane@realty.com", ["Jane Doe, 555-1234, jane@realty.com"]),
        (VILLA_ZH, "结尾放联系方式：张三 13800000000", ["张三 13800000000"]),
        (SHOP_ZH, "蛋糕照片上写“八折”", ["八折"]),
        (VILLA, "text is hard to read", []),
        (GOODS, "cta at the end: Shop now, in a box", ["Shop now"]),
        (GOODS_ZH, "结尾加按钮文字：立即购买，黄底", ["立即购买"]),
        (PHOTOS, "add text on the last photo: The End, big", ["The End"]),
        (FAMILY, "the texts should say: Hello, Paris, Goodbye", ["Hello", "Paris", "Goodbye"]),
    ],
)  # fmt: skip
async def test_which_texts_there_are(files, prompt, there):
    draft, told = await talk(files, VIDEO, prompt)
    assert [text for text, _, _ in titles(draft)] == there, told


@pytest.mark.parametrize(
    ("files", "prompts", "name", "look"),
    [
        (FAMILY_ZH, ["奶奶那张黑白"], "奶奶", "black-and-white"),
        (FAMILY_ZH, ["奶奶那张黑白", "不是，暖一点的"], "奶奶", "warm"),
    ],
)
async def test_that_one_is_the_file_that_is_named(files, prompts, name, look):
    draft, told = await talk(files, VIDEO, *prompts)
    assert having(draft, "look", look) == [name], told


async def test_a_mute_and_a_slower_pace_of_one_clip():
    draft, told = await talk(SHOP_ZH, PROMO_ZH, "厨房那段静音，放慢一半")
    assert having(draft, "volume", 0.0) == having(draft, "speed", 0.5) == ["厨房"], told


async def test_what_a_logo_is_shown_on():
    draft, told = await talk(SHOP, VIDEO, "end with the logo on white background")
    assert (shots(draft)[-1], draft["m"]["background"]) == ("logo", "#ffffff"), told
    assert having(draft, "fit", "contain") == ["logo"]


async def test_a_logo_that_is_to_be_seen_through():
    draft, told = await talk(
        SCHOOL, VIDEO, "school logo bottom left, small, the whole time", "make it see-through a bit"
    )
    (logo,) = [one for track in draft["t"] for one in track["sg"] if "place" in one["m"]]
    assert logo["m"]["opacity"] < 1, told


async def test_how_a_film_begins():
    draft, told = await talk(ZOO, PROMO, "start with a fade")
    assert having(draft, "fade_in", 1_000) == ["zoo gate"], told


@pytest.mark.parametrize(("prompt", "length"), [("the cuts are too abrupt", 1_000), ("转场太花了，简单点", 500)])
async def test_how_hard_the_cuts_are(prompt, length):
    draft, told = await talk(FAMILY_ZH, PROMO, prompt)
    transitions = [one["m"]["transition"] for one in edits.segments(draft, edits.VIDEO)[:-1]]
    assert transitions == [{"type": "crossfade", "d": length}] * 5, told


async def test_a_song_is_the_music():
    draft, told = await talk(SCHOOL_ZH, VIDEO_ZH, "把校歌当背景音乐，音量30%")
    (music,) = edits.segments(draft, edits.AUDIO)
    assert (music["m"]["name"], music["m"]["volume"]) == ("校歌", 0.3), told


@pytest.mark.parametrize(
    ("files", "prompt"),
    [
        (VILLA, "cut the drone into two and put the second half at the end"),
        (VILLA_ZH, "把航拍切成两段，第二段放到最后"),
    ],
)
async def test_the_second_half_is_the_second(files, prompt):
    draft, told = await talk(files, VIDEO, prompt)
    assert [one["m"]["in"] for one in edits.segments(draft, edits.VIDEO)][-1] == 20_000, told


async def test_what_stands_on_one_photo_stands_there():
    draft, told = await talk(VILLA, VIDEO, "put the price on the kitchen: $1.2M")
    assert titles(draft) == [("$1.2M", 8_000, 4_000)], told


async def test_the_sound_of_a_clip_that_is_called_a_video():
    draft, told = await talk(FAMILY_ZH, VIDEO_ZH, "生日视频声音小一点")
    assert having(draft, "volume", 0.5) == ["生日"], told


async def test_a_title_is_long_enough():
    draft, told = await talk(FAMILY, VIDEO, "title 'Hi'", "the title is too long, 2 seconds is enough")
    assert (titles(draft), draft["d"]) == ([("Hi", 0, 2_000)], 68_000), told


async def test_all_are_muted_but_one():
    draft, told = await talk(WEDDING_ZH, VIDEO_ZH, "除了誓言全部静音")
    assert having(draft, "volume", 0.0) == ["跳舞", "敬酒"], told


async def test_no_sound_on_one_is_that_one_s():
    draft, told = await talk(VILLA, VIDEO, "walkthrough at double speed, no sound on it")
    assert having(draft, "volume", 0.0) == ["walkthrough"], told


async def test_a_small_faint_logo():
    draft, told = await talk(VILLA_ZH, VIDEO_ZH, "公司logo放右下角，小一点，半透明")
    (logo,) = [one["m"] for track in draft["t"] for one in track["sg"] if "place" in one["m"]]
    assert (logo["scale"], logo["opacity"]) == (0.1, 0.5), told


async def test_music_begins_with_what_is_named():
    draft, told = await talk(WEDDING, VIDEO, "music should start with the first dance")
    (music,) = edits.segments(draft, edits.AUDIO)
    assert music["st"] == 61_000, told


async def test_music_begins_with_what_is_named_in_chinese():
    draft, told = await talk(GOODS_ZH, VIDEO_ZH, "背景音乐从开箱开始")
    assert edits.segments(draft, edits.AUDIO)[0]["st"] == 16_000, told


async def test_one_is_excepted_from_a_look():
    draft, told = await talk(WEDDING, VIDEO, "make the photos sepia", "except the bride")
    assert having(draft, "look", "sepia") == ["wedding", "cake", "DSC_0012"], told


async def test_a_square_is_one_in_chinese():
    draft, _ = await talk(WEDDING_ZH, VIDEO_ZH, "发朋友圈，方的，30秒以内")
    assert (draft["m"]["width"], draft["m"]["height"]) == (1080, 1080)


async def test_voices_are_not_to_be_covered():
    draft, told = await talk(FAMILY_ZH, VIDEO_ZH, "背景音乐换个欢快的，人声别被盖住")
    assert edits.segments(draft, edits.AUDIO)[0]["m"]["duck"] < 1, told
