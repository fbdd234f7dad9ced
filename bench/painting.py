"""First contentful paint of a survey page, on a slow phone with a slow line, as a headless Chromium sees it."""

import statistics

from playwright.sync_api import Browser, sync_playwright

from bench.figures import Figure, Place
from bench.serving import Served
from surveys.database import db
from tests.chromium import installed_chromium

RUNS = 9
ROUND_TRIP = 150  # milliseconds
BYTES_PER_SECOND = 1.6e6 / 8  # 1.6 Mbit/s, both ways
SLOWER = 4  # times, the processor
PHONE = {"width": 360, "height": 640}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAINTED = """new Promise(done => new PerformanceObserver(list => {
  const paint = list.getEntriesByName("first-contentful-paint")[0];
  if (paint) done(paint.startTime);
}).observe({type: "paint", buffered: true}))"""


def measure(at: Place) -> list[Figure]:
    """Open the page of fresh invitations, each in a browser that has kept nothing; the median counts."""
    path = installed_chromium()
    if path is None:
        raise SystemExit("painting wants a Chromium; set CHROMIUM=/path")
    house = Served(at.folder, at.url)
    tokens = house.invite(RUNS + 2)
    with house.web(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        paints = [first_paint(browser, f"http://127.0.0.1:{house.port}/s/{each}") for each in tokens]
        browser.close()
    with house.app.app_context():
        db.engine.dispose()
    middle = statistics.median(paints[2:])  # the first two find workers and browser cold
    name = "first contentful paint, 150 ms, 1.6 Mbit/s, processor 4 × slower"
    return [at.figure(name, middle, "ms", "≤ 1000", middle <= 1000)]


def first_paint(browser: Browser, address: str) -> float:
    """Return after how many milliseconds the page first showed something."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    painted: float = page.evaluate(PAINTED)
    context.close()
    return painted
