"""Names, masked: enough to know oneself by, too little for anybody else."""

import pytest

from ballots.roll import Kind, Seat, Unit
from dialogs import names
from dialogs.names import Seated
from dialogs.wording import wording


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王建国", "王**"),
        ("王芳", "王**"),
        ("王", "王**"),
        ("欧阳志远", "欧阳**"),
        ("欧阳修", "欧阳**"),
        ("欧阳", "欧**"),
        ("阿卜杜热合曼·买买提", "阿**"),
        ("John Smith", "J** S**"),
        ("Madonna", "M**"),
        ("𠮷野家", "𠮷**"),
        ("葛\U000e0100城", "葛\U000e0100**"),
        ("=1+1", "=**"),
        ("<b>牛</b>", "<**"),
        ("😀", "😀**"),
    ],
)
def test_a_persons_name_is_its_surname_and_as_many_stars_always(name: str, shown: str) -> None:
    assert names.masked(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("北京长城物业管理有限公司", "北京**公司"), ("长城公司", "长**司"), ("长城", "长**"), ("城", "城**")],
)
def test_of_an_organisation_the_middle_is_masked(name: str, shown: str) -> None:
    assert names.masked(name, organisation=True) == shown


def test_a_seat_is_named_by_its_number_or_by_what_it_has() -> None:
    units = tuple(Unit("3号楼", "1单元", str(number), 1) for number in (101, 102, 103))
    zh, en = wording("zh"), wording("en")
    assert names.place(Seated("白云里", Kind.COMMITTEE, Seat("4", ("王",), units)), zh) == "白云里业主委员会第4席"
    owner = Seated("白云里", Kind.OWNERS, Seat("x", ("王",), units))
    assert names.place(owner, zh) == "白云里业主 3号楼 1单元 101、3号楼 1单元 102等3处"
    assert names.place(owner, en).endswith("3号楼 1单元 102 and others, 3 in all")
    assert (
        names.place(Seated("白云里", Kind.HOUSEHOLDS, Seat("x", ("王",), units[:1])), zh)
        == "白云里住户 3号楼 1单元 101"
    )
    assert names.holders(Seat("x", ("王芳", "李雷"), ()), en) == "王**, 李**"
