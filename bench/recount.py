"""The recount: what checking and counting a public list costs, beside only reading it.

    python -m bench.recount [--entries N] [--seats N] [--rounds N] [--folder DIR]

A list is written in a temporary folder: owners of a flat each, in buildings of 4 stairwells, asked about 8 items; most
say yes to nearly all of them, as people do, and change their selection again and again until the list is long enough.
Then, in turns, each in a process of its own: `ballots/verify.py`, and a loop that only reads each line as JSON and
hashes it. And again for a fifth of the lines, with as many seats: memory is to grow with the seats, not with the lines.
Seconds are the processor's, so that what else runs on the machine counts for little.
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from ballots import verify
from ballots.ledger import Entry, Head, compact, receipt_mark
from bench.figures import Spread, Table

_OPENS = datetime(2026, 3, 1, 1, tzinfo=UTC)
_CLOSES = _OPENS + timedelta(days=14)
_ITEMS = 8
_BARE = """
import hashlib, json, sys
for line in open(sys.argv[1], "rb"):
    json.loads(line)
    hashlib.sha256(line[:-1]).hexdigest()
"""
_WHO = 1024 if sys.platform != "darwin" else 1024 * 1024  # the unit of ru_maxrss, as a part of a megabyte


def _item(number: int, buildings: Sequence[str], stairwells: Sequence[str]) -> dict[str, object]:
    counted = ("compound", "building", "stairwell")[number % 3]
    source = {"zh": "《民法典》第二百七十八条", "en": "Civil Code, art. 278", "since": "2021-01-01", "until": None}
    rule = {"id": "civil-code-strict", "quorum": [2, 3, "at-least"], "agree": [3, 4, "at-least"], "of": "taking-part"}
    return {
        "id": f"menu-{13 + number}",
        **{
            "words": "多层住宅楼房增设电梯",
            "zh": "加装电梯。",
            "en": "An elevator.",
            "matter": "rebuilding",
            "set_by": "王科",
        },
        "rule": {**rule, "measures": ["heads", "area"], "none_objects": False, "source": source},
        **{"counted": counted, "areas": {"compound": ["/"], "building": buildings, "stairwell": stairwells}[counted]},
    }


def write(file: Path, entries: int, seats: int) -> None:
    """Write a public list of so many entries."""
    chance = random.Random(1)
    stairwells = [f"/{building}号楼/{stair}单元" for building in range(1, seats // 64 + 2) for stair in range(1, 5)]
    buildings = list(dict.fromkeys(path.rsplit("/", 1)[0] for path in stairwells))
    items = [_item(number, buildings, stairwells) for number in range(_ITEMS)]
    ids = [str(item["id"]) for item in items]
    opening = {
        **{"form": "jiugai-ledger-1", "ballot": "b1", "title": "选单征询", "roll": "owners", "seats": seats},
        **{"by_name": False, "live": False, "opens": "2026-03-01T01:00:00Z", "closes": "2026-03-15T01:00:00Z"},
        **{"proxies": 3, "works": "planned", "works_said": "街道办", "items": items},
    }
    head, voted, mark = Head(), set[int](), str(receipt_mark("QX74KD92M7TF"))
    with file.open("wb") as out:
        for number in range(1, entries + 1):
            at = _OPENS
            if number == 1:
                kind, public, private = "opened", opening, {}
            elif number <= seats + 1:
                seat, stair = number - 1, stairwells[(number - 2) // 16]
                size = chance.randrange(4000, 12000)
                kind, public = (
                    "seat",
                    {"seat": seat, "heads": 1, "areas": {"/": size, stair.rsplit("/", 1)[0]: size, stair: size}},
                )
                private = {"id": "1", "name": "王", "units": "1"}
            elif number == entries:
                kind, public, private, at = "closed", {}, {}, _CLOSES
            else:
                seat, at = chance.randrange(seats) + 1, _OPENS + timedelta(seconds=number)
                kind = "changed" if seat in voted else "cast"
                voted.add(seat)
                said = {id: chance.choices(("for", "against", "abstain"), (8, 1, 1))[0] for id in ids}
                objects = chance.random() < 0.05
                if objects:
                    said[ids[0]] = "object"
                public = {"seat": seat, "by": "online", "choices": said, "receipt": mark[::-1]}
                private = {f"reason {ids[0]}": "吵"} if objects else {}
            line, head = head.append(Entry(kind, at, bytes(32), public, private))
            out.write(line + b"\n")
        out.write(compact({"head": head.hash, "lines": head.lines}) + b"\n")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor, and the greatest memory."""

    seconds: float
    megabytes: float


def cost(*words: str) -> Cost:
    """What Python costs with these words, in a process of its own."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    command = [sys.executable, "-c", code, sys.executable, *words]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, memory = map(float, run.stdout.split())
    return Cost(seconds, memory / _WHO)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--seats", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the lists stand (the system's temporary folder)")
    args = parser.parse_args()
    table = Table()
    table.add("", "verify s", "bare loop s", "verify / bare", "verify MB")
    with TemporaryDirectory(dir=args.folder) as name:
        for entries in (args.entries, args.entries // 5):
            file = Path(name) / f"{entries}.jsonl"
            write(file, entries, args.seats)
            pairs = [
                (cost("-I", verify.__file__, str(file)), cost("-I", "-c", _BARE, str(file))) for _ in range(args.rounds)
            ]
            ours, bare = (Spread(tuple(one.seconds for one in costs)) for costs in zip(*pairs, strict=True))
            memory = Spread(tuple(one.megabytes for one, _ in pairs))
            table.add(f"{entries:,} entries", ours.text(1), bare.text(1), ours.over(bare).text(2), memory.text(0))
            file.unlink()
    print(f"{args.seats:,} seats, {_ITEMS} items; {args.rounds} rounds: medians, with the least and the greatest")
    print(table)


if __name__ == "__main__":
    main()
