"""Attachments: what a message holds that is no text."""

from collections.abc import Mapping

from tests.botapi.messages import Json

# Kinds that may have a caption, and belong to an album.
CAPTIONED = frozenset(("photo", "voice", "audio", "video", "animation", "document"))


def attachment(kind: str, number: int, given: Mapping[str, object]) -> Json:
    """The fields of a message of a kind; `given` replaces or adds fields of the thing itself."""
    assert kind in KINDS, f"no kind of message: {kind}"
    file: Json = {"file_id": f"file-{number}", "file_unique_id": f"unique-{number}", "file_size": 1024}
    content = {**({} if kind in _WITHOUT_FILE else file), **_FIELDS.get(kind, {}), **given}
    if kind == "photo":
        small = {**content, "file_id": f"file-{number}-small", "width": 90, "height": 60}
        return {"photo": [small, content]}
    if kind == "animation":
        return {"animation": content, "document": {**file, "mime_type": "video/mp4"}}  # the real server sends both
    return {kind: content}


_WITHOUT_FILE = frozenset(("location", "contact", "poll", "dice"))
_FIELDS: dict[str, Json] = {
    "photo": {"width": 1280, "height": 853},
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "audio": {"duration": 180, "mime_type": "audio/mpeg", "title": "歌"},
    "video": {"duration": 5, "width": 640, "height": 360, "mime_type": "video/mp4"},
    "video_note": {"duration": 5, "length": 240},
    "animation": {"duration": 2, "width": 320, "height": 240, "mime_type": "video/mp4"},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "👍"},
    "document": {"file_name": "通知.pdf", "mime_type": "application/pdf"},
    "location": {"latitude": 39.9123, "longitude": 116.3658},
    "contact": {"phone_number": "+8610000000", "first_name": "王"},
    "dice": {"emoji": "🎲", "value": 4},
    "poll": {
        "id": "1",
        "question": "装电梯吗？",
        "options": [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("装", "不装")],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
}
KINDS = frozenset(_FIELDS)
