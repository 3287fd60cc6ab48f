"""The methods of the Bot API: what each of them does to the world, or why it is refused."""

import json
import re
from collections.abc import Callable
from typing import Literal

from tests.botapi.floods import Floods
from tests.botapi.formatted import Formatted, formatted
from tests.botapi.keyboards import keyboard
from tests.botapi.markup import utf16
from tests.botapi.messages import Chat, Json, Message
from tests.botapi.refusals import Refused, bad
from tests.botapi.uploads import LONGEST_CAPTION, uploaded
from tests.botapi.world import Notice, World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_SCOPES = frozenset(
    "default all_private_chats all_group_chats all_chat_administrators chat chat_administrators chat_member".split()
)
_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note".split()
)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_LONGEST_NOTICE = 200


class Methods:
    """All methods but getUpdates, which alone has to wait."""

    def __init__(self, world: World, floods: Floods, *, strict: bool = True) -> None:
        self._world = world
        self._floods = floods
        self._strict = strict
        self.table: dict[str, Callable[[Json], object]] = {
            "getMe": self._get_me,
            "getChat": self._get_chat,
            "sendMessage": self._send_message,
            "sendPhoto": lambda params: self._send_file("photo", params),
            "sendDocument": lambda params: self._send_file("document", params),
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete_message,
            "sendChatAction": self._send_action,
            "answerCallbackQuery": self._answer_query,
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "deleteMyCommands": self._delete_commands,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
        }

    def _get_me(self, params: Json) -> object:
        able: Json = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return self._world.bot_json() | able

    def _get_chat(self, params: Json) -> object:
        chat = self._world.known(params.get("chat_id"))
        return self._world.chat_json(chat) | {"accent_color_id": 0, "max_reaction_count": 11}

    def _send_message(self, params: Json) -> object:
        text = self._formatted(params)
        rows = keyboard(params.get("reply_markup"))
        chat = self._world.writable(params.get("chat_id"))
        reply_to = self._reply_to(chat, params.get("reply_parameters"))
        self._floods.admit(chat.id, self._world.clock())
        message = Message(
            message_id=len(chat.messages) + 1,
            sender=self._world.bot_id,
            from_bot=True,
            date=int(self._world.now()),
            text=text.text,
            html=text.html,
            entities=text.entities,
            keyboard=rows,
            reply_to=reply_to,
        )
        return self._world.message_json(chat, chat.add(message))

    def _send_file(self, kind: Literal["photo", "document"], params: Json) -> object:
        caption = self._formatted({**params, "text": params["caption"]}) if params.get("caption") else None
        if caption and utf16(caption.text) > LONGEST_CAPTION:
            raise bad("message caption is too long")
        rows = keyboard(params.get("reply_markup"))
        chat = self._world.writable(params.get("chat_id"))
        reply_to = self._reply_to(chat, params.get("reply_parameters"))
        number = len(chat.messages) + 1
        extra, upload = uploaded(kind, number, params.get(kind))
        if caption:
            extra |= {"caption": caption.text, "caption_entities": list(caption.entities)}
        self._floods.admit(chat.id, self._world.clock())
        message = Message(
            message_id=number,
            sender=self._world.bot_id,
            from_bot=True,
            date=int(self._world.now()),
            keyboard=rows,
            reply_to=reply_to,
            extra=extra,
            upload=upload,
        )
        return self._world.message_json(chat, chat.add(message))

    def _formatted(self, params: Json) -> Formatted:
        entities = params.get("entities")
        if entities is not None and not (isinstance(entities, list) and all(isinstance(one, dict) for one in entities)):
            raise bad("can't parse entities: Expected an Array of MessageEntity")
        text, mode = str(params.get("text", "")), str(params.get("parse_mode", ""))
        return formatted(text, mode, entities, strict=self._strict)

    def _reply_to(self, chat: Chat, reply: object) -> int | None:
        if reply is None:
            return None
        if not isinstance(reply, dict):
            raise bad("can't parse ReplyParameters: Object expected")
        message_id = reply.get("message_id")
        if chat.find(message_id) is not None:
            return int(str(message_id))
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")

    def _to_edit(self, params: Json) -> tuple[Chat, Message]:
        chat = self._world.writable(params.get("chat_id"))
        message = chat.find(_message_id(params))
        if message is None:
            raise bad("message to edit not found")
        if not message.from_bot:
            raise bad("message can't be edited")
        return chat, message

    def _edit_text(self, params: Json) -> object:
        text = self._formatted(params)
        rows = keyboard(params.get("reply_markup"), inline_only=True)
        chat, message = self._to_edit(params)
        if message.upload:
            raise bad("there is no text in the message to edit")
        if (text.text, text.entities, rows) == (message.text, message.entities, message.keyboard):
            raise bad(_NOT_MODIFIED)
        self._floods.admit(chat.id, self._world.clock())
        message.text, message.entities, message.html = text.text, text.entities, text.html
        return self._edited(chat, message, params)

    def _edit_markup(self, params: Json) -> object:
        rows = keyboard(params.get("reply_markup"), inline_only=True)
        chat, message = self._to_edit(params)
        if rows == message.keyboard:
            raise bad(_NOT_MODIFIED)
        self._floods.admit(chat.id, self._world.clock())
        return self._edited(chat, message, params)

    def _edited(self, chat: Chat, message: Message, params: Json) -> object:
        # An edit without a keyboard takes the old one away.
        message.keyboard = keyboard(params.get("reply_markup"), inline_only=True)
        message.edited += 1
        message.edit_date = int(self._world.now())
        return self._world.message_json(chat, message)

    def _delete_message(self, params: Json) -> object:
        chat = self._world.writable(params.get("chat_id"))
        message = chat.find(_message_id(params))
        if message is None:
            raise bad("message to delete not found")
        if not message.from_bot and chat.kind != "private":
            raise bad("message can't be deleted")
        message.deleted = True
        return True

    def _send_action(self, params: Json) -> object:
        if params.get("action") not in _ACTIONS:
            raise bad("wrong parameter action in request")
        self._world.writable(params.get("chat_id"))
        return True

    def _answer_query(self, params: Json) -> object:
        query = self._world.queries.get(str(params.get("callback_query_id", "")))
        late = query is None or query.answered or self._world.clock() - query.at > self._world.query_life
        if query is None or late:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        text = str(params.get("text", ""))
        if len(text) > _LONGEST_NOTICE:
            raise bad("MESSAGE_TOO_LONG")
        query.answered = True
        if text:
            self._world.notices.setdefault(query.user, []).append(Notice(text, bool(params.get("show_alert"))))
        return True

    def _set_commands(self, params: Json) -> object:
        commands = params.get("commands")
        if not isinstance(commands, list):
            raise bad("expected an Array of BotCommand")
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not isinstance(command, dict) or command.keys() != {"command", "description"}:
                raise bad('can\'t parse BotCommand: fields "command" and "description" are expected')
            if not _COMMAND.match(str(command["command"])):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command["description"]).strip()) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self._world.commands[self._scope(params)] = commands
        return True

    def _get_commands(self, params: Json) -> object:
        return self._world.commands.get(self._scope(params), [])

    def _delete_commands(self, params: Json) -> object:
        self._world.commands.pop(self._scope(params), None)
        return True

    def _scope(self, params: Json) -> tuple[str, str]:
        scope = params.get("scope") or {"type": "default"}
        if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
            raise bad("can't parse BotCommandScope: Unsupported type specified")
        return json.dumps(scope, sort_keys=True), str(params.get("language_code", ""))

    def _set_webhook(self, params: Json) -> object:
        url = str(params.get("url", ""))
        if url and not url.startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if url:
            self._world.updates.interrupt(Refused(409, "Conflict: terminated by setWebhook request"))
        self._world.webhook = url
        return self._drop(params)

    def _delete_webhook(self, params: Json) -> object:
        self._world.webhook = ""
        return self._drop(params)

    def _drop(self, params: Json) -> bool:
        if params.get("drop_pending_updates"):
            self._world.updates.clear()
        return True

    def _get_webhook_info(self, params: Json) -> object:
        waiting = len(self._world.updates)
        return {"url": self._world.webhook, "has_custom_certificate": False, "pending_update_count": waiting}


def _message_id(params: Json) -> object:
    if not params.get("message_id"):
        raise bad("message identifier is not specified")
    return params["message_id"]
