"""Conversations as scripts over the real library: what a person says and taps, and what they hear."""

from dialogs.conversation import Conversation
from dialogs.events import Event, Tap, typed
from dialogs.replies import Reply
from dialogs.sessions import Session
from dialogs.wording import Language, wording
from knowledge.answers import answerer
from knowledge.library import load

LIBRARY = load()
CONVERSATION = Conversation(LIBRARY, answerer())
LIFT = "「多层住宅楼房增设电梯等上下楼设施」"
PAYS_FOR_OPTIONAL = "自选类改造项目所需资金由投资主体与居民协商解决"
YEARS = ("2018—2020", "2018–2020")


class Talk:
    """One person's conversation, from its beginning."""

    def __init__(self, session: Session | None = None) -> None:
        self.session = session or Session()
        self.last: Reply | None = None

    def __call__(self, line: str) -> Reply:
        """Type a line, as in any channel."""
        return self.does(typed(line))

    def does(self, event: Event) -> Reply:
        """Do something that is replied to."""
        reply = self.hears(event)
        assert reply is not None
        return reply

    def hears(self, event: Event) -> Reply | None:
        """Do something that may get no reply."""
        reply, self.session = CONVERSATION.hear(event, self.session)
        self.last = reply or self.last
        return reply

    def taps(self, label: str) -> Reply:
        """Tap a button of the last reply by its label."""
        assert self.last
        (tap,) = (button.tap for button in self.last.buttons if button.label == label)
        return self.does(Tap(tap))


def says(key: str, language: Language = "zh") -> str:
    return wording(language)(key).strip()


def tells_years(reply: Reply) -> bool:
    return any(years in reply.text for years in YEARS)


def quoted(reply: Reply) -> list[str]:
    """The clauses that a reply quotes."""
    return [line.quote.clause for line in reply.lines if line.quote]
