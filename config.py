"""Settings: read from the environment once, checked as a whole, and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from errno import EACCES, ENAMETOOLONG
from ipaddress import ip_address
from os.path import isfile
from pathlib import Path
from stat import S_ISDIR
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
SHORTEST_KEY = 32
SHORTEST_TOKEN = 16
LONGEST_SHOWN = 200  # characters of a folder's name in a sentence about it
UNSPECIFIED = ("0.0.0.0", "::")  # noqa: S104
KNOWN_BAD_KEYS = ("changeme", "secret", "dev", "development", "password", "test")


class ConfigError(Exception):
    """The environment does not fit; `problems` lists every fault at once, one sentence each."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """What the environment decides; everything a shop owner changes is in the database.

    The docstring of each field is its line in the README.
    """

    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    database_url: str
    base_url: str
    mail_url: str | None
    imap_url: str | None
    mail_from: str | None
    instance: Path
    proxy_hops: int
    web_workers: int
    web_threads: int
    host: str
    port: int
    log_level: str
    metrics_token: str | None
    retention_months: int
    audit_months: int

    @property
    def is_https(self) -> bool:
        """Whether people reach us over https; decides about Secure cookies and HSTS."""
        return self.base_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach us, by address and by name."""
        return is_loopback(self.host) and is_loopback(urlsplit(self.base_url).hostname or "")

    def answers_for(self, name: str) -> bool:
        """Whether a request to this host is meant for us: named as in BASE_URL, or as this machine is by itself.

        A BASE_URL without a name (0.0.0.0, ::) says which addresses are ours, so all of them are.
        """
        ours = urlsplit(self.base_url).hostname or ""
        return name in (ours, in_ascii(ours)) or is_loopback(name) or ours in UNSPECIFIED

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read `environ`; raise ConfigError with every problem when it does not fit."""
        reader = Reader(environ)
        instance = Path(reader.text("INSTANCE_PATH", str(ROOT / "instance"))).absolute()
        host = reader.text("HOST", "127.0.0.1")
        port = reader.number("PORT", 8000, 1, 65535)
        settings = cls(
            secret_key=reader.secret_key(instance),
            secret_key_fallbacks=tuple(reader.text("SECRET_KEY_FALLBACKS", "").split()),
            database_url=reader.database_url(instance),
            base_url=reader.base_url(host, port),
            mail_url=reader.mail_url(),
            imap_url=reader.imap_url(),
            mail_from=reader.text("MAIL_FROM", "") or None,
            instance=instance,
            proxy_hops=reader.number("PROXY_HOPS", 0, 0, 5),
            web_workers=reader.number("WEB_WORKERS", 2, 1, 64),
            web_threads=reader.number("WEB_THREADS", 8, 1, 64),
            host=host,
            port=port,
            log_level=reader.one_of("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
            metrics_token=reader.metrics_token(),
            retention_months=reader.number("RETENTION_MONTHS", 24, 1, 120),
            audit_months=reader.number("AUDIT_MONTHS", 12, 1, 120),
        )
        if reader.problems:
            raise ConfigError(reader.problems)
        return settings


class Reader:
    """Reads typed values out of an environment and collects what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]):
        self.environ = environ
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        """Return the variable's text without surrounding space; empty counts as not set."""
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """Return a whole number between `low` and `high`."""
        raw = self.text(name, str(default))
        if raw.isascii() and raw.isdigit() and low <= int(raw) <= high:
            return int(raw)
        self.problems.append(f"{name}: got {raw!r}, wants a whole number from {low} to {high}")
        return default

    def one_of(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """Return one of the `allowed` words, whatever its case."""
        raw = self.text(name, default).upper()
        if raw not in allowed:
            self.problems.append(f"{name}: got {raw!r}, wants one of {', '.join(allowed)}")
        return raw

    def secret_key(self, instance: Path) -> str:
        """Return the key everything is signed with, from SECRET_KEY or instance/secret_key."""
        key_file = instance / "secret_key"
        key = self.text("SECRET_KEY", "")
        if not key and isfile(key_file):  # noqa: PTH113  (the other one breaks off at a name that is too long)
            try:
                key = key_file.read_text(encoding="ascii").strip()
            except (OSError, UnicodeDecodeError):
                self.problems.append(
                    f"SECRET_KEY: {key_file} cannot be read; it wants plain letters and digits, and rights to read it"
                )
                return ""
        if not key:
            self.problems.append(
                f"SECRET_KEY: not set and {key_file} is missing; run `make setup` to have one made,"
                f" or set at least {SHORTEST_KEY} random characters"
            )
        elif len(key) < SHORTEST_KEY:
            self.problems.append(f"SECRET_KEY: {len(key)} characters, wants at least {SHORTEST_KEY}")
        elif len(set(key)) < 10 or key.lower().startswith(KNOWN_BAD_KEYS):
            self.problems.append("SECRET_KEY: is easy to guess, wants random characters")
        return key

    def database_url(self, instance: Path) -> str:
        """Return the database's address; bare PostgreSQL forms get the psycopg 3 driver."""
        raw = self.text("DATABASE_URL", f"sqlite:///{instance / 'nachklang.sqlite'}")
        for short in ("postgres://", "postgresql://"):
            if raw.startswith(short):
                raw = "postgresql+psycopg://" + raw.removeprefix(short)
        try:
            make_url(raw)
        except (ArgumentError, ValueError):
            self.problems.append(
                "DATABASE_URL: cannot be read, wants sqlite:///… or postgresql://name:password@host[:port]/database"
            )
            return raw
        if not raw.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.problems.append(
                f"DATABASE_URL: starts with {raw.partition(':')[0]!r}, wants sqlite:///… or postgresql://…"
            )
        folder = Path(raw.removeprefix("sqlite:///")).parent
        fault = fault_of(folder) if raw.startswith("sqlite:///") and folder.is_absolute() else None
        if fault:
            named = "DATABASE_URL" if self.text("DATABASE_URL", "") else "INSTANCE_PATH"
            self.problems.append(f"{named}: the folder {str(folder)[:LONGEST_SHOWN]}{fault}")
        return raw

    def parts(self, address: str) -> SplitResult:
        """Return the parts of an address, all empty where it cannot be read: half a bracket, a port without a number."""
        try:
            found = urlsplit(address)
            return found if found.port is None or found.port else urlsplit("")
        except ValueError:
            return urlsplit("")

    def base_url(self, host: str, port: int) -> str:
        """Return the address people reach us at, without a slash at the end."""
        shown = f"[{host}]" if ":" in host else host
        raw = self.text("BASE_URL", f"http://{shown}:{port}").rstrip("/")
        parts = self.parts(raw)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            self.problems.append(f"BASE_URL: got {raw!r}, wants http(s)://name[:port] and nothing behind it")
        return raw

    def metrics_token(self) -> str | None:
        """Return what a machine must show to read /metrics, or None: then only this machine may."""
        token = self.text("METRICS_TOKEN", "")
        if token and len(token) < SHORTEST_TOKEN:
            self.problems.append(f"METRICS_TOKEN: {len(token)} characters, wants at least {SHORTEST_TOKEN}")
        return token or None

    def mail_url(self) -> str | None:
        """Return the mail server's address, or None for the built-in outbox."""
        raw = self.text("MAIL_URL", "")
        if not raw:
            return None
        parts = self.parts(raw)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            self.problems.append("MAIL_URL: wants smtp://[name:password@]host[:port] or smtps://…")
        return raw

    def imap_url(self) -> str | None:
        """Return the address of the mailbox that replies and bounces arrive in, None when none is read."""
        raw = self.text("IMAP_URL", "")
        if not raw:
            return None
        parts = self.parts(raw)
        is_whole = parts.hostname and parts.username and parts.password
        if parts.scheme not in ("imap", "imaps") or not is_whole:
            self.problems.append("IMAP_URL: wants imaps://name:password@host[:port][/folder]")
        return raw


def fault_of(folder: Path) -> str | None:
    """Return what keeps a folder from being used, as the rest of a sentence; None where it can be looked into."""
    try:
        is_folder = S_ISDIR(folder.stat().st_mode)
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            return "… has too long a name; name another"
        if error.errno == EACCES:
            return " may not be looked into; let the user who runs this in, or name another"
        is_folder = False
    return None if is_folder else " is not there; make it, or name another"


def in_ascii(name: str) -> str:
    """Return a host's name as requests write it (IDNA); one that cannot be written so stays as it is."""
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
