"""The values of the library."""

from dataclasses import FrozenInstanceError

import pytest

from knowledge.library import Point

POINT = Point("menu-13", "增设电梯", 5, 9, "给楼装电梯。", "An elevator is added.")


def test_a_point_says_itself_in_the_language_asked_for_and_else_in_chinese() -> None:
    assert POINT.plain("en") == "An elevator is added."
    assert POINT.plain("zh") == POINT.plain("") == "给楼装电梯。"


def test_a_point_cannot_be_changed_and_is_equal_to_its_like() -> None:
    with pytest.raises(FrozenInstanceError):
        POINT.zh = "拆电梯。"  # type: ignore[misc]
    assert Point("menu-13", "增设电梯", 5, 9, "给楼装电梯。", "An elevator is added.") == POINT
    assert hash(POINT)
