from dialogs.pictures import Picture
from dialogs.replies import Button, Line, Quote, Reply

CLAUSE = Quote("menu-13", "增设电梯", "菜单 · 楼本体 · 自选类")


def test_a_sentence_stands_above_the_quote_that_carries_it() -> None:
    reply = Reply((Line("能装。", CLAUSE), Line("下一步：问街道。")))
    assert reply.text == "能装。\n「增设电梯」 菜单 · 楼本体 · 自选类\n下一步：问街道。"


def test_a_quote_alone_has_no_empty_line_above_it() -> None:
    assert Reply((Line("", CLAUSE), Line("", CLAUSE))).text == "\n".join(["「增设电梯」 菜单 · 楼本体 · 自选类"] * 2)


def test_buttons_are_for_the_channel_not_in_the_text() -> None:
    assert Reply((Line("能装。"),), (Button("看原文全文", "clause:menu-13"),)).text == "能装。"


def test_marks_of_other_channels_stay_plain_text() -> None:
    assert Reply((Line("<b>*能装*</b>"),)).text == "<b>*能装*</b>"


def test_the_text_of_a_reply_says_all_without_its_picture() -> None:
    assert Reply((Line("结果出来了。"),), picture=Picture("1a2b3c4d", "zh")).text == "结果出来了。"
