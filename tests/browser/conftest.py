"""A headless Chromium and a living house."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.chromium import installed_chromium
from tests.journeys.living import LivingHouse, eventually, purchase

expect.set_options(timeout=30_000)  # a busy machine says nothing about a page
HOST = "http://127.0.0.1"  # of the `phone`
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium: the one of CHROMIUM, else one that is installed."""
    path = installed_chromium()
    if path is None:
        pytest.skip("no Chromium; set CHROMIUM=/path")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser, app: Flask) -> Iterator[Page]:
    """A small phone whose requests go straight to the application."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, reduced_motion="reduce")
    # The browser's callbacks do not see the test's own context, so that each request has one of its own.
    client = FlaskClient(app, app.response_class)

    def straight(route: Route) -> None:
        asked = route.request
        answer = client.open(
            asked.url.removeprefix(HOST),
            method=asked.method,
            data=asked.post_data_buffer,
            content_type=asked.headers.get("content-type"),
            buffered=True,
        )
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.data)

    context.route("**/*", straight)
    yield context.new_page()
    context.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LivingHouse]:
    """A living house without demo data."""
    with LivingHouse(tmp_path, f"sqlite:///{tmp_path / 'browser.sqlite'}").make_tables() as living:
        yield living


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivingHouse]:
    """A living house with a small demo shop, whose mails stay in the outbox; one purchase is asked about.

    Files that follow one another share it, so no test leaves it in a state that another would stumble over.
    """
    folder = tmp_path_factory.mktemp("demo")
    living = LivingHouse(folder, f"sqlite:///{folder / 'demo.sqlite'}", MAIL_URL="", WEB_WORKERS="2")
    living.make_tables()
    living.flask("demo", "fill", "--customers", "60", "--seed", "7")
    with living:
        living.machine().post_json("/api/v1/purchases", purchase("A-1", "dora@example.test", brand="demo"))
        eventually(lambda: list((folder / "outbox").glob("*.eml")), "the invitation in the outbox")
        yield living
