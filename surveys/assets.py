"""Style sheets, scripts and pictures: how pages name them, and how they are given out."""

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for

JOINED = "css/staff.css"
IMPORT = re.compile(r'@import url\("(?P<file>[^"]+)"\) layer\((?P<layer>\w+)\);')
STATIC = Path(__file__).parent / "static"
WEEK, YEAR = 604_800, 31_536_000  # seconds


@cache
def joined_sheet() -> bytes:
    """Return the staff style sheet with everything it imports put in, each in its layer.

    One file instead of two dozen, and one fingerprint that changes when any of them does.
    """
    folder = STATIC / "css"

    def put_in(found: re.Match[str]) -> str:
        return f"@layer {found['layer']} {{\n{(folder / found['file']).read_text(encoding='utf-8')}}}"

    return IMPORT.sub(put_in, (folder / "staff.css").read_text(encoding="utf-8")).encode()


@cache
def fingerprint(path: str) -> str:
    """Return the first ten hex digits of a static file's hash."""
    content = joined_sheet() if path == JOINED else (STATIC / path).read_bytes()
    return hashlib.sha256(content).hexdigest()[:10]


def asset(path: str) -> str:
    """Return the address of a static file with its fingerprint, so that it can be kept for good."""
    return url_for("static", filename=path, v=fingerprint(path))


def static_file(filename: str) -> Response:
    """Return a static file; one asked for by its fingerprint may be kept for a year."""
    if filename == JOINED:
        answer = Response(joined_sheet(), mimetype="text/css")
    else:
        vendored = filename.startswith("vendor/")  # changes with a release at most
        answer = send_from_directory(STATIC, filename, max_age=WEEK if vendored else 0)
    if request.args.get("v") == fingerprint(filename):
        answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


def init_app(app: Flask) -> None:
    """Give the files out, and their addresses to every template."""
    app.static_folder = str(STATIC)
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static_file)
    app.jinja_env.globals["asset"] = asset
