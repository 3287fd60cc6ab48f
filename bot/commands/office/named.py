"""Named: how the office's commands take a roll, and a seat of it, so that all of them take it alike."""

from typing import Any

from ballots.roll import Kind

KINDS = {"committee": Kind.COMMITTEE, "owners": Kind.OWNERS, "households": Kind.HOUSEHOLDS}
KINDS |= {"委员会": Kind.COMMITTEE, "业主": Kind.OWNERS, "住户": Kind.HOUSEHOLDS}

SEAT = "席位，如 1号楼/1单元/101，或名册上的编号 · the seat, as tables show it, or its id"
SEAT_OF_BALLOT = "席位，如 1号楼/1单元/101、名册上的编号或 '#席号' · the seat, as tables show it, its id or '#number'"


def add_roll(parser: Any) -> None:
    """Add the arguments that name a roll."""
    parser.add_argument("compound", metavar="COMPOUND", help="小区的编号或名称 · the compound's id or name")
    parser.add_argument(
        "kind",
        metavar="KIND",
        choices=KINDS,
        help="committee 委员会, owners 业主, households 住户",
    )
