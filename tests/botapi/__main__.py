"""python -m tests.botapi: the server as a process of its own, for crash tests and benchmarks."""

import argparse
import asyncio
import json
import signal
import sys

from tests.botapi.api import TOKEN, BotApi
from tests.botapi.control import Control
from tests.botapi.faults import WRITES, Fault, Faults


def options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.botapi", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, default=0, help="0: any free one")
    add("--token", default=TOKEN)
    add("--seed", type=int, default=0, help="of chance faults and of shuffling")
    add("--no-strict", action="store_true", help="as lenient as the real server, where that hides mistakes")
    add("--no-flood", action="store_true", help="no flood control")
    add("--private-gap", type=float, default=1.0, help="seconds between two messages in a private chat")
    add("--fault-rate", type=float, default=0.0, help="how many of the calls are struck, 0 to 1")
    add("--fault-kinds", nargs="+", choices=[fault.value for fault in Fault], default=[fault.value for fault in Fault])
    add("--fault-methods", nargs="+", default=list(WRITES), help="getUpdates may be among them")
    add("--retry-after", type=int, default=1, help="seconds that an injected 429 tells to wait")
    add("--slow", type=float, default=0.2, help="seconds that a slow answer takes")
    add("--twice", action="store_true", help="deliver every update a second time")
    add("--shuffle", action="store_true", help="let people overtake one another")
    add("--query-life", type=float, default=60.0, help="seconds in which a tap can be answered")
    return parser.parse_args(words)


async def serve(given: argparse.Namespace) -> None:
    faults = Faults(
        given.fault_rate,
        given.fault_kinds,
        given.fault_methods,
        given.seed,
        retry_after=given.retry_after,
        slow=given.slow,
    )
    api = BotApi(
        given.token,
        port=given.port,
        strict=not given.no_strict,
        flood=not given.no_flood,
        private_gap=given.private_gap,
        faults=faults,
        twice=given.twice,
        shuffle=given.shuffle,
        seed=given.seed,
        query_life=given.query_life,
    )
    control = Control(api)
    end = asyncio.Event()
    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, end.set)
    async with api:
        await control.listener.open()
        print(json.dumps({"root": api.root, "control": control.listener.root}), flush=True)
        await end.wait()
        await control.listener.close()


if __name__ == "__main__":
    asyncio.run(serve(options(sys.argv[1:])))
