"""The composition root: the one place where both halves meet."""

# ruff: noqa: E402
import gc
import os
from importlib import import_module

# What is imported now stays for good: looking through it for garbage costs a quarter of the start.
gc.disable()

import click
from flask import Flask
from flask.cli import AppGroup
from flask_openapi import OpenAPI
from jinja2 import FileSystemLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import feedback.overview.deeds
import feedback.wiring
import surveys.audit.deeds
import surveys.wiring
from config import ROOT, ConfigError, Settings
from surveys.api.door import StrictRequest, validation_problem
from surveys.api.problems import Problem
from surveys.channels.registry import Channels
from surveys.doors import Addresses, check_host
from surveys.staff.door import QuietSessions


class Nachklang(OpenAPI):
    """The application, with the house's strict request, addresses and quiet sessions."""

    request_class = StrictRequest
    url_map_class = Addresses
    session_interface = QuietSessions()


class Commands(AppGroup):
    """What `flask` can do here, imported with the first command: pages do not wait for it."""

    def __init__(self, app: Flask):
        super().__init__(app.name)
        self.app = app
        self.loaded = False

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command."""
        self.load()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        self.load()
        return super().list_commands(ctx)

    def load(self) -> None:
        """Add the commands, once."""
        if not self.loaded:
            self.loaded = True
            import_module("feedback.cli").init_app(self.app)


def create_app(settings: Settings | None = None) -> Flask:
    """Compose the application; without settings, read the environment and end where it does not fit."""
    settings = settings or settings_or_end()
    app = Nachklang(
        "nachklang",
        root_path=str(ROOT),
        info={"title": "Nachklang", "version": "1"},
        security_schemes={"key": {"type": "http", "scheme": "bearer"}},
        validation_error_callback=validation_problem,
        validation_error_model=Problem,
        doc_ui=False,
        static_folder=None,
        template_folder=None,
    )
    app.cli = Commands(app)
    app.config.from_mapping(for_flask(settings))
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = FileSystemLoader([ROOT / "surveys/templates", ROOT / "feedback/templates"])
    app.extensions["channels"] = Channels.from_settings(settings.mail_url, settings.instance / "outbox")
    surveys.wiring.init_app(app)
    feedback.wiring.init_app(app)
    app.config["SETTINGS_PAGES"] = (*feedback.wiring.SETTINGS_PAGES, *surveys.wiring.SETTINGS_PAGES)
    app.config["NAVIGATION"] = (*feedback.wiring.NAVIGATION, *surveys.wiring.NAVIGATION)
    app.config["DEEDS"] = {**surveys.audit.deeds.DEEDS, **feedback.overview.deeds.DEEDS}
    app.config["NEWS"] = feedback.wiring.NEWS
    app.config["LETTERS"] = feedback.wiring.LETTERS
    app.config["MEASURES"] = (*surveys.wiring.MEASURES, *feedback.wiring.MEASURES)
    app.config["CHECKS"] = (*surveys.wiring.CHECKS, *feedback.wiring.CHECKS)
    app.before_request(check_host)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def settings_or_end() -> Settings:
    """Return the settings; end the process with every problem in plain words when they do not fit."""
    try:
        return Settings.from_environ(os.environ)
    except ConfigError as error:
        problems = "\n".join(f"  - {problem}" for problem in error.problems)
        raise SystemExit(f"Nachklang cannot start:\n{problems}") from None


def for_flask(settings: Settings) -> dict[str, object]:
    """Return the settings under the names Flask and its extensions know."""
    return {
        "SETTINGS": settings,
        "MIGRATIONS": ROOT / "migrations",
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "LINK_SECRETS": (settings.secret_key, *settings.secret_key_fallbacks),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SESSION_COOKIE_NAME": "__Host-nachklang" if settings.is_https else "nachklang",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if settings.is_https else "http",
        "WTF_CSRF_ENABLED": True,
        "WTF_CSRF_TIME_LIMIT": None,
    }


# Later searches for garbage leave all this alone too, and processes forked from here go on sharing it.
gc.freeze()
gc.enable()
