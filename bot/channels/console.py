"""The terminal channel: a person types lines and reads replies; numbers stand for buttons."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO

from dialogs.conversation import Conversation, Session
from dialogs.replies import Reply
from dialogs.wording import wording

_LEAVE = frozenset({"/quit", "/exit", "quit", "exit", "退出"})
PROMPT = "> "


def chat(conversation: Conversation, session: Session, plain: bool, out: TextIO) -> None:
    """Talk until /quit, Ctrl-D, or Ctrl-C on an empty line. `plain` reads standard input line by line, for pipes."""
    speak = wording(session.language)
    print(speak("chat.welcome"), end="\n\n", file=out, flush=True)
    for said in _lines_piped() if plain else _lines_edited():
        if said.strip().lower() in _LEAVE:
            break
        if not said.strip():
            continue
        reply, session = conversation.hear(said, session)
        print(shown(reply), end="\n\n", file=out, flush=True)
    print(wording(session.language)("chat.bye"), file=out, flush=True)


def shown(reply: Reply) -> str:
    """A reply as the terminal shows it: its text, then its buttons with their numbers."""
    buttons = "  ".join(f"[{number} {button.label}]" for number, button in enumerate(reply.buttons, 1))
    return "\n".join(part for part in (reply.text, buttons) if part)


def _lines_piped() -> Iterator[str]:
    for line in sys.stdin.buffer:
        # Broken bytes become a sign that no word matches; the rest of the line is still read.
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _lines_edited() -> Iterator[str]:
    from prompt_toolkit import PromptSession

    # Kept in memory only: what residents ask on a shared machine is nobody else's business.
    editor: PromptSession[str] = PromptSession()
    with suppress(EOFError):
        while True:
            try:
                yield editor.prompt(PROMPT)
            except KeyboardInterrupt:
                if not editor.default_buffer.text:
                    return
