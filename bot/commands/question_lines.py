"""Question lines: one JSON line {"id", "question", "lang"} → its reply, or what is wrong with it."""

import json
import math
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, StrictInt, StrictStr, ValidationError

from dialogs.wording import Language

_FORM = '一行写一个 {"id": …, "question": "…", "lang": "zh"} · write one {"id", "question", "lang"} a line'


class _Asked(BaseModel):
    id: StrictStr | StrictInt
    question: StrictStr
    lang: StrictStr | None = None


def reply_to(line: bytes, answer: Callable[[str, Language | None], dict[str, Any]]) -> dict[str, Any]:
    """The reply to one line: its id and `answer(question, language or None)`; or its id, as far as there is one that
    can be told, and an error in a sentence."""
    try:
        raw = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {"id": None, "error": "不是 UTF-8 编码 · this line is not UTF-8"}
    except (ValueError, RecursionError):
        return {"id": None, "error": f"不是有效的 JSON；{_FORM}"}
    if not isinstance(raw, dict):
        return {"id": None, "error": f"不是一个对象；{_FORM}"}
    try:
        asked = _Asked.model_validate(raw)
    except ValidationError as fault:
        keys = sorted({str(error["loc"][0]) for error in fault.errors()})
        return {"id": _told(raw.get("id")), "error": f"{'、'.join(keys)} 缺了或类型不对；{_FORM}"}
    language: Language | None = None
    if asked.lang:
        language = "en" if asked.lang.lower().startswith("en") else "zh"
    return {"id": asked.id, **answer(asked.question, language)}


def _told(key: Any) -> Any:
    """An id as it came, if it is a plain value that JSON can tell again; else None."""
    if isinstance(key, float) and not math.isfinite(key):
        return None
    return key if isinstance(key, str | int | float) else None
