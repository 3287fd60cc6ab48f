"""A keyboard under a message: what may be sent as `reply_markup`."""

from typing import TypeAlias
from urllib.parse import urlsplit

from tests.botapi.refusals import bad

Button: TypeAlias = dict[str, object]
Keyboard: TypeAlias = list[list[Button]]

MOST_IN_A_ROW = 8
MOST_BUTTONS = 100
LONGEST_DATA = 64  # bytes
_ACTIONS = frozenset(
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay".split()
)
_LOOKS = frozenset(("text", "style", "icon_custom_emoji_id"))
_OTHERS = {"keyboard", "remove_keyboard", "force_reply"}  # markups of sendMessage that put nothing under the message


def keyboard(markup: object, *, inline_only: bool = False) -> Keyboard | None:
    """The rows of an inline keyboard; None where there is none. Raises Refused where Telegram would refuse it."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if markup and (inline_only or not _OTHERS & markup.keys()):
            raise bad("inline keyboard expected")
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    for row in rows:
        if len(row) > MOST_IN_A_ROW:
            raise bad(f"inline keyboard row is too long: {len(row)} buttons")
        for button in row:
            _check(button)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    # A row without buttons is dropped, and a keyboard without rows is none.
    return [row for row in rows if row] or None


def _check(button: object) -> None:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: Object expected")
    text = button.get("text")
    if text is None:
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not text.strip():
        raise bad("inline keyboard button text must be non-empty")
    if unknown := button.keys() - _ACTIONS - _LOOKS:
        raise bad(f'unknown field "{min(unknown)}" in the inline keyboard button')
    actions = [name for name in button if name in _ACTIONS]
    # An empty callback_data is no action for Telegram, hence its odd words for it.
    if not actions or (actions == ["callback_data"] and button["callback_data"] == ""):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad("can't parse inline keyboard button: exactly one action must be used")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_DATA:
            raise bad("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(str(button["url"]))


def _check_url(url: str) -> None:
    refused = f"inline keyboard button URL '{url}' is invalid"
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        raise bad(f"{refused}: Wrong HTTP URL") from None
    if parts.scheme not in ("http", "https", "tg", "ton"):
        raise bad(f"{refused}: Unsupported URL protocol")
    if parts.scheme.startswith("http") and ("." not in parts.netloc or any(char.isspace() for char in url)):
        raise bad(f"{refused}: Wrong HTTP URL")
