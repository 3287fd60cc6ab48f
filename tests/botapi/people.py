"""What people do: they write, correct themselves, tap, send pictures, go away and come back."""

import re

from tests.botapi.attachments import CAPTIONED, attachment
from tests.botapi.formatted import LONGEST
from tests.botapi.markup import Entity, utf16
from tests.botapi.messages import Chat, Json, Message, Upload
from tests.botapi.world import Notice, Person, Query, World, kind_of

_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?")


class People:
    """Everyone but the bot. What cannot be done in Telegram fails here, with an AssertionError in the test.

    A person's number is that of their private chat; `chat` names a group they are in instead.
    """

    def __init__(self, world: World) -> None:
        self.world = world

    def person(self, user: int, name: str = "", language: str = "zh-hans", username: str = "") -> Person:
        """Tell who somebody is; who is not told of is 居民N, of Chinese."""
        person = self.world.person(user)
        person.first_name, person.language_code, person.username = name or person.first_name, language, username
        return person

    def group(self, chat: int, title: str = "楼门群", by: int = 1) -> None:
        """Make a group with the bot in it, or take the bot in again."""
        assert chat < 0, f"{chat} is no group's number"
        old = self.world.chats.setdefault(chat, Chat(chat, kind_of(chat), title, barred=True))
        old.started = True
        self._belongs(old, by, barred=False)

    def kick(self, chat: int, by: int = 1) -> None:
        """Put the bot out of a group."""
        assert chat < 0, f"{chat} is no group's number"
        self._belongs(self.world.chat(chat), by, barred=True)

    def say(self, user: int, text: str, *, chat: int | None = None, reply_to: int | None = None) -> int:
        """Write a message; its number."""
        return self._send(user, chat, text=text, reply_to=reply_to)

    def send(
        self,
        user: int,
        kind: str,
        *,
        chat: int | None = None,
        caption: str = "",
        media_group_id: str = "",
        fields: Json | None = None,
    ) -> int:
        """Send something that is no text; `fields` change the thing (`{"live_period": 900}` of a location)."""
        where = self.world.chat(user if chat is None else chat)
        extra = attachment(kind, len(where.messages) + 1, fields or {})
        assert not (caption or media_group_id) or kind in CAPTIONED, f"a {kind} has no caption and no album"
        if caption:
            extra["caption"] = caption
            if commands := _commands(caption):
                extra["caption_entities"] = list(commands)
        if media_group_id:
            extra["media_group_id"] = media_group_id
        return self._send(user, chat, extra=extra)

    def edit(self, user: int, message_id: int, text: str, *, chat: int | None = None) -> None:
        """Change a text, or a caption, that the person wrote."""
        where, message = self._own(user, message_id, chat)
        if message.text:
            assert text, "a text cannot be edited to nothing"
            message.text, message.entities = text, _commands(text)
        else:
            message.extra["caption"] = text
        self._edited(user, where, message)

    def move(self, user: int, message_id: int, latitude: float, longitude: float, *, chat: int | None = None) -> None:
        """The next point of a live location."""
        where, message = self._own(user, message_id, chat)
        place = message.extra.get("location")
        assert isinstance(place, dict) and "live_period" in place, f"message {message_id} is no live location"
        message.extra["location"] = {**place, "latitude": latitude, "longitude": longitude}
        self._edited(user, where, message)

    def tap(self, user: int, message_id: int, label_or_data: str, *, chat: int | None = None) -> str:
        """Tap a button that stands under a message now; the number of the query."""
        where = self._where(user, chat)
        message = where.find(message_id)
        assert message is not None, f"there is no message {message_id} in chat {where.id}"
        buttons = [button for row in message.keyboard or [] for button in row]
        found = [button for button in buttons if label_or_data in (button["text"], button.get("callback_data"))]
        assert found, f"no button {label_or_data!r} under message {message_id}: {message.labels()}"
        assert "callback_data" in found[0], f"the button {label_or_data!r} tells the bot nothing"
        query = Query(str(7_000_000_000 + len(self.world.queries)), user, self.world.clock())
        self.world.queries[query.id] = query
        body: Json = {
            "id": query.id,
            "from": self.world.people[user].json(),
            "message": self.world.message_json(where, message),
            "chat_instance": str(where.id * 7),
            "data": found[0]["callback_data"],
        }
        self.world.updates.add({"callback_query": body}, user, "callback_query")
        return query.id

    def erase(self, user: int, message_id: int, *, chat: int | None = None, for_all: bool = True) -> None:
        """Delete a message, for both sides or on this person's only. No update tells the bot."""
        message = self._where(user, chat).find(message_id)
        assert message is not None, f"there is no message {message_id}"
        if for_all:
            message.deleted = True
        message.hidden_from |= {user}

    def block(self, user: int) -> None:
        self._belongs(self.world.chat(user), user, barred=True)

    def unblock(self, user: int) -> None:
        self._belongs(self.world.chat(user), user, barred=False)

    def raw(self, update: Json) -> None:
        """Anything whatever as the next update; whom it is of, nobody knows. It gets the next number."""
        self.world.updates.add(update)

    def chat(self, user: int) -> Chat:
        """A chat as it is now, by its number or its person's."""
        return self.world.chat(user)

    def heard(self, user: int) -> list[str]:
        """What the bot has said there and is still to be seen, in order; files aside."""
        return [one.text for one in self._seen(user) if one.upload is None]

    def files(self, user: int) -> list[Upload]:
        """The files that the bot has sent there and that are still to be seen, in order."""
        return [one.upload for one in self._seen(user) if one.upload is not None]

    def notices(self, user: int) -> list[Notice]:
        """What answers to taps have shown a person."""
        return list(self.world.notices.get(user, []))

    def unanswered_queries(self) -> list[str]:
        """Taps that the bot has never answered: the button still turns its little wheel."""
        return [query.id for query in self.world.queries.values() if not query.answered]

    def _seen(self, user: int) -> list[Message]:
        return [one for one in self.world.chat(user).messages if one.from_bot and one.shown_for(user)]

    def _where(self, user: int, chat: int | None) -> Chat:
        where = self.world.chat(user if chat is None else chat)
        self.world.person(user)
        assert where.kind != "private" or where.id == user, f"chat {where.id} is not {user}'s"
        return where

    def _own(self, user: int, message_id: int, chat: int | None) -> tuple[Chat, Message]:
        where = self._where(user, chat)
        message = where.find(message_id)
        assert message is not None and message.sender == user, f"{user} wrote no message {message_id} there"
        return where, message

    def _send(
        self, user: int, chat: int | None, *, text: str = "", reply_to: int | None = None, extra: Json | None = None
    ) -> int:
        assert text or extra, "an empty message cannot be sent"
        assert utf16(text) <= LONGEST, "Telegram's own programs cut so long a text in pieces"
        where = self._where(user, chat)
        assert not where.barred, "who has blocked the bot cannot write to it"
        assert reply_to is None or where.find(reply_to), f"there is no message {reply_to} to reply to"
        where.started = True
        where.members.add(user)
        message = where.add(
            Message(
                message_id=len(where.messages) + 1,
                sender=user,
                from_bot=False,
                date=int(self.world.now()),
                text=text,
                html=text,
                entities=_commands(text),
                reply_to=reply_to,
                extra=extra or {},
            )
        )
        self.world.updates.add({"message": self.world.message_json(where, message)}, user, "message")
        return message.message_id

    def _edited(self, user: int, where: Chat, message: Message) -> None:
        message.edited += 1
        message.edit_date = int(self.world.now())
        update: Json = {"edited_message": self.world.message_json(where, message)}
        self.world.updates.add(update, user, "edited_message")

    def _belongs(self, where: Chat, by: int, *, barred: bool) -> None:
        """The bot is let into a chat, or put out of it."""
        assert where.barred != barred, f"nothing changes in chat {where.id}"
        where.barred = barred
        bot = self.world.bot_json()
        sides = [{"user": bot, "status": status} for status in ("kicked", "member")]
        body: Json = {
            "chat": self.world.chat_json(where),
            "from": self.world.person(by).json(),
            "date": int(self.world.now()),
            "old_chat_member": sides[1 if barred else 0] | ({"until_date": 0} if not barred else {}),
            "new_chat_member": sides[0 if barred else 1] | ({"until_date": 0} if barred else {}),
        }
        self.world.updates.add({"my_chat_member": body}, by, "my_chat_member")


def _commands(text: str) -> tuple[Entity, ...]:
    """The commands in a text, which Telegram marks by itself."""
    if "/" not in text:
        return ()
    return tuple(
        {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": len(found[0])}
        for found in _COMMAND.finditer(text)
    )
