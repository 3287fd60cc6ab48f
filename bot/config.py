"""Settings: what an office may set through variables of the environment, all of them optional, each named JIUGAI_….

`settings()` reads and checks them, and tells every fault at once; `shown()` is what of them may be seen.
No sentence of a fault repeats a value: a token is easily put into the wrong variable.
"""

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import SplitResult, urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import UserError

PREFIX = "JIUGAI_"
_BESIDE = frozenset({"JIUGAI_STAFF"})  # no setting of the program: who sits at the command line (commands/office)
TELEGRAM = "https://api.telegram.org"

_TOKEN = re.compile(r"([0-9]+):[A-Za-z0-9_-]+")
_HOST = re.compile(r"[\w.-]*\w[\w.-]*|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+")
# No colon, brace or percent sign: an address that holds a token, or a place for one, is no root.
_ROOT_PATH = re.compile(r"[A-Za-z0-9._~/-]*")


class _Fault(ValueError):
    """What is wrong with one value and what to do, in both languages; the variable's name goes before each."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh, self.en = zh, en


# What is said of a value that is not of the form at all.
_FORMS: dict[str, tuple[str, str]] = {
    "telegram_token": (
        "不像 @BotFather 给的令牌：数字、冒号，然后是字母、数字、_ 或 -；请重新整段复制，不要带引号。",
        "is no token as @BotFather gives it: digits, a colon, then letters, digits, _ or -; "
        "copy it again whole, without quotation marks.",
    ),
    "telegram_api": (
        "不是网址；请写成 http://127.0.0.1:8081 这样，或去掉这个变量。",
        "is no address; write it like http://127.0.0.1:8081 or remove the variable.",
    ),
    "telegram_proxy": (
        "不是代理地址；请写成 socks5://127.0.0.1:1080 这样，或去掉这个变量。",
        "is no address of a proxy; write it like socks5://127.0.0.1:1080 or remove the variable.",
    ),
    "database": (
        "不是文件路径；请写成 /srv/jiugai/jiugai.db 这样，或去掉这个变量。",
        "is no path of a file; write it like /srv/jiugai/jiugai.db or remove the variable.",
    ),
    "log": (
        "只能是 plain 或 json；请改成其中一个，或去掉这个变量。",
        "can only be plain or json; write one of them or remove the variable.",
    ),
}


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise _Fault(*_FORMS["telegram_token"])
    return value


def _address(value: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of an address with one of the schemes, a host, and a port that is none or a real one."""
    told = "、".join(f"{scheme}://" for scheme in schemes), " or ".join(f"{scheme}://" for scheme in schemes)
    if not value.isprintable() or " " in value:  # urlsplit would drop line ends and tabs without a word
        raise _Fault("里有空格或换行；请去掉。", "holds a blank or a line end; take it out.")
    if value.partition("://")[0].lower() not in schemes:
        raise _Fault(f"要以 {told[0]} 开头；请改正。", f"must begin with {told[1]}; mend it.")
    try:
        parts = urlsplit(value)
        wrong_port = parts.port == 0 or parts.netloc.endswith(":")
    except ValueError:
        # Also where a password holds a sign that ends the host: what stands before it is read as a port.
        wrong_port = True
    if wrong_port:
        raise _Fault(
            "的主机或端口不对：端口是 1 到 65535 的数字，密码里的特殊符号写成 %XX；请改正。",
            "has a wrong host or port: a port is a number from 1 to 65535, special signs of a password "
            "are written %XX; mend it.",
        )
    if not parts.hostname or not _HOST.fullmatch(parts.hostname):
        raise _Fault("里没有可用的主机名；请补上。", "holds no usable host; add it.")
    return parts


def _api(value: str) -> str:
    """The root of a Bot API server, without what is put behind it later."""
    parts = _address(value, ("http", "https"))
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise _Fault(
            "里有用户名、? 或 #；请只写到主机和端口，如 http://127.0.0.1:8081。",
            "holds a user, ? or #; write only as far as host and port, like http://127.0.0.1:8081.",
        )
    # The Bot API's own documents write https://api.telegram.org/bot<token>/…, so that much is copied easily.
    path = parts.path.rstrip("/").removesuffix("/bot").rstrip("/")
    if not _ROOT_PATH.fullmatch(path):
        raise _Fault(
            "的路径不对；请只写根地址，不带 /bot 和令牌，令牌写在 JIUGAI_TELEGRAM_TOKEN 里。",
            "has a wrong path; write only the root, without /bot and the token, which belongs into "
            "JIUGAI_TELEGRAM_TOKEN.",
        )
    return f"{parts.scheme}://{parts.netloc}{path}"


def _proxy(value: SecretStr) -> SecretStr:
    parts = _address(value.get_secret_value(), ("http", "https", "socks5", "socks5h"))
    if parts.port is None:
        raise _Fault("里没有端口；请补上，如 :1080。", "holds no port; add it, like :1080.")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.netloc.count("@") > 1:
        raise _Fault(
            "在端口后面还有东西，或者密码里有特殊符号；请去掉后面的，密码里的特殊符号写成 %XX。",
            "goes on after the port, or its password holds special signs; take off what comes after, "
            "write special signs of a password as %XX.",
        )
    return SecretStr(f"{parts.scheme}://{parts.netloc}")


def _file(value: str | Path) -> Path:
    """The absolute path of a file, which need not be there yet."""
    if isinstance(value, str) and (value == ":memory:" or "://" in value or "\0" in value):
        raise _Fault(*_FORMS["database"])
    try:
        path = Path(value).expanduser().absolute()
    except RuntimeError:
        raise _Fault(
            "里的 ~ 找不到对应的用户文件夹；请写完整路径。",
            "has a ~ that leads to no user's folder; write the whole path.",
        ) from None
    # os.path's answer is no error where a part of the path may not be read: opening it will tell that better.
    if os.path.isdir(path) or (isinstance(value, str) and value.endswith(("/", os.sep))):
        raise _Fault(
            "指的是文件夹；请在后面加上文件名，如 jiugai.db。", "names a folder; add a file's name, like jiugai.db."
        )
    return path


class Settings(BaseSettings):
    """What can be set. Made by `settings()`; made directly it holds what it is given, and the defaults."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api: Annotated[str, AfterValidator(_api)] = TELEGRAM
    # Secret too: it may hold a password.
    telegram_proxy: Annotated[SecretStr, AfterValidator(_proxy)] | None = None
    database: Annotated[Path, BeforeValidator(_file)] = Field(
        default_factory=lambda: user_data_path("jiugai", appauthor=False) / "jiugai.db"
    )
    log: Literal["plain", "json"] = "plain"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what it is given: `settings()` says which environment is read, and it alone tells faults well."""
        return (init_settings,)


class _Environment(EnvSettingsSource):
    """Reads the fields from a given mapping in place of the process's own environment."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(Settings)
        self.env_vars = {name.lower(): value for name, value in values.items()}


class Shown(NamedTuple):
    """One variable as it may be seen: `value` is empty where nothing is set, `given` tells it from a default."""

    name: str
    value: str
    given: bool


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of an environment, by default this process's.

    Blanks around a value are dropped; an empty value counts as not set. Names must be spelled as they are; on
    Windows os.environ gives them in upper case however they were set. Other variables are nobody's business,
    but one that begins with JIUGAI_ and is unknown is a slip.
    UserError with a line for each fault, in the order of the fields, then of the unknown names.
    """
    given = os.environ if environ is None else environ
    ours = {name: value.strip() for name, value in given.items() if name.startswith(PREFIX) and value.strip()}
    known = {name: value for name, value in ours.items() if name in _NAMES}
    faults = []
    try:
        # Not within the handler below: a traceback would carry pydantic's error along.
        read = Settings(**_Environment(known)())
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            field = str(fault["loc"][0])
            told = fault.get("ctx", {}).get("error")
            faults.append(_sentence(_name(field), *((told.zh, told.en) if isinstance(told, _Fault) else _FORMS[field])))
    faults += [_unknown(name) for name in sorted(ours.keys() - known.keys() - _BESIDE)]
    if faults:
        raise UserError("\n".join(faults))
    return read


def shown(found: Settings) -> list[Shown]:
    """Every variable in order, secrets masked: of the token its bot's id stays, of the proxy all but the password."""
    values = {field: getattr(found, field) for field in Settings.model_fields}
    if found.telegram_token is not None:
        values["telegram_token"] = f"{bot_id(found.telegram_token)}:…"
    if found.telegram_proxy is not None:
        values["telegram_proxy"] = _masked(found.telegram_proxy.get_secret_value())
    return [
        Shown(_name(field), "" if value is None else str(value), field in found.model_fields_set)
        for field, value in values.items()
    ]


def bot_id(token: SecretStr) -> str:
    """The bot's own id: the digits before the colon of a token that was checked. It is no secret."""
    return token.get_secret_value().partition(":")[0]


def _masked(proxy: str) -> str:
    scheme, _, rest = proxy.partition("://")
    who, at, place = rest.rpartition("@")
    user, colon, _ = who.partition(":")
    # A user without a password may be a key that is itself the secret.
    shown_user = f"{user}:***" if colon else "***"
    return f"{scheme}://{shown_user}@{place}" if at else proxy


def _name(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


_NAMES = [_name(field) for field in Settings.model_fields]


def _sentence(name: str, zh: str, en: str) -> str:
    return f"{name} {zh} {name} {en}"


def _unknown(name: str) -> str:
    # A name may hold any sign, a line end too; a fault is one line.
    told = name if name.isprintable() else ascii(name)[1:-1]
    # Compared without what all of them begin with; at 0.5 JIUGAI_TOKEN still finds its way.
    endings = [each.removeprefix(PREFIX) for each in _NAMES]
    near = get_close_matches(name.upper().removeprefix(PREFIX), endings, n=1, cutoff=0.5)
    if near:
        meant = f"{PREFIX}{near[0]}"
        return _sentence(told, f"没有这个变量；是不是 {meant}？", f"is unknown; did you mean {meant}?")
    listed = "、".join(_NAMES), ", ".join(_NAMES)
    return _sentence(
        told, f"没有这个变量，请去掉；有的是 {listed[0]}。", f"is unknown, remove it; there are {listed[1]}."
    )
