"""The parameters of a call: how they come in, which a method knows, and of what type each of them is."""

import json
import re
from collections.abc import Mapping

from aiohttp import web

from tests.botapi.messages import Json, Upload
from tests.botapi.refusals import bad

_LARGEST = 64 << 20  # bytes of a request with files
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")

_TEXT = dict.fromkeys("text caption parse_mode callback_query_id url action language_code secret_token".split(), "text")
_INTS = dict.fromkeys("message_id offset limit timeout message_thread_id cache_time max_connections".split(), "int")
_BOOLS = dict.fromkeys("disable_notification protect_content show_alert drop_pending_updates".split(), "bool")
_JSON = dict.fromkeys(
    "entities reply_markup reply_parameters link_preview_options allowed_updates commands scope".split(), "json"
)
_FILES = dict.fromkeys("photo document".split(), "file")
_TYPES: dict[str, str] = {**_TEXT, **_INTS, **_BOOLS, **_JSON, **_FILES, "chat_id": "chat"}

_KNOWN: dict[str, str] = {
    "getMe": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "setWebhook": "url max_connections allowed_updates drop_pending_updates secret_token",
    "deleteWebhook": "drop_pending_updates",
    "getWebhookInfo": "",
    "sendMessage": "chat_id message_thread_id text parse_mode entities link_preview_options disable_notification "
    "protect_content reply_parameters reply_markup",
    "sendPhoto": "chat_id message_thread_id photo caption parse_mode disable_notification protect_content "
    "reply_parameters reply_markup",
    "sendDocument": "chat_id message_thread_id document caption parse_mode disable_notification protect_content "
    "reply_parameters reply_markup",
    "editMessageText": "chat_id message_id text parse_mode entities link_preview_options reply_markup",
    "editMessageReplyMarkup": "chat_id message_id reply_markup",
    "deleteMessage": "chat_id message_id",
    "answerCallbackQuery": "callback_query_id text show_alert url cache_time",
    "setMyCommands": "commands scope language_code",
    "getMyCommands": "scope language_code",
    "deleteMyCommands": "scope language_code",
    "sendChatAction": "chat_id message_thread_id action",
    "getChat": "chat_id",
}
METHODS: dict[str, frozenset[str]] = {method: frozenset(names.split()) for method, names in _KNOWN.items()}
# The real server takes a method's name in any case.
NAMES: dict[str, str] = {method.lower(): method for method in METHODS}


async def received(request: web.BaseRequest) -> Json:
    """What a request brings, wherever it stands: query, form or JSON. Nothing is understood yet."""
    found: Json = dict(_pairs(request.query_string)) if request.query_string else {}
    if not request.can_read_body:
        return found
    if request.content_type == "multipart/form-data":
        parts = await request.clone(client_max_size=_LARGEST).post()
        found.update({name: _part(value) for name, value in parts.items()})
        return found
    body = (await request.read()).decode("utf-8", "surrogateescape")
    if request.content_type == "application/json":
        try:
            given = json.loads(body)
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise bad("can't parse JSON object")
        found.update(given)
    else:
        found.update(_pairs(body))
    return found


def _part(value: str | bytes | bytearray | web.FileField) -> object:
    if isinstance(value, web.FileField):
        with value.file as file:
            return Upload(value.filename, value.content_type, file.read())
    return value if isinstance(value, str) else value.decode("utf-8", "surrogateescape")


def _pairs(encoded: str) -> list[tuple[str, str]]:
    """The pairs of a form. urllib's own reader takes longer over a Chinese text than all the rest of a call."""
    pairs = (pair.partition("=") for pair in encoded.replace("+", " ").split("&") if pair)
    return [(_ESCAPED.sub(_unescaped, name), _ESCAPED.sub(_unescaped, value)) for name, _, value in pairs]


def _unescaped(escaped: re.Match[str]) -> str:
    # Bytes that are no UTF-8 become lone surrogates: refused below, together with those that came as such.
    return bytes.fromhex(escaped[0].replace("%", "")).decode("utf-8", "surrogateescape")


def typed(method: str, given: Mapping[str, object], *, strict: bool) -> Json:
    """The parameters as their types say. An unknown one is refused in strict mode, where the real server would
    pass over it in silence and a slip of the pen would never be seen.
    """
    known = METHODS[method]
    found: Json = {}
    for name, value in given.items():
        if name not in known:
            if strict:
                raise bad(f'unknown parameter "{name}" of the method {method}')
            continue
        match _TYPES[name]:
            case "text":
                found[name] = _text(value)
            case "int":
                found[name] = _int(name, value)
            case "bool":
                found[name] = value if isinstance(value, bool) else str(value).lower() in ("true", "yes", "1")
            case "file":
                found[name] = value
            case "chat":
                found[name] = _chat(value)
            case _:
                found[name] = _json(name, value)
    return found


def _text(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    _check_encoding(text)
    return text


def _check_encoding(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None


def _int(name: str, value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise bad(f'parameter "{name}" must be an Integer') from None


def _chat(value: object) -> int | str:
    """A number, or a @name, which no chat here has."""
    text = _text(value).strip()
    try:
        return int(text)
    except ValueError:
        return text


def _json(name: str, value: object) -> object:
    if isinstance(value, str):
        if not value:
            return None
        try:
            value = json.loads(value)
        except ValueError:
            what = "reply keyboard markup" if name == "reply_markup" else name
            raise bad(f"can't parse {what} JSON object") from None
    _check_encoding(json.dumps(value, ensure_ascii=False))
    return value
