"""What is wrong with the page that is open: by axe, in both themes, and by how it fits small screens."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
# What another theme can break: nothing but colours differs between the two. Each look is judged in each.
COLOURS = ("color-contrast", "link-in-text-block")
LOOKS = Path(__file__).with_name("looks.js").read_text()
THEMES = ("light", "dark")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {name: {"enabled": False} for name in COLOURS},
}
# What another language can break: a text that is missing, or a wrong word about the language.
NAMES = ("document-title", "button-name", "link-name", "input-button-name", "summary-name", "empty-heading")
LANGUAGES = ("html-has-lang", "html-lang-valid", "valid-lang", "label", "image-alt", "svg-img-alt", "region")
RULES_OF_WORDS = {"runOnly": {"type": "rule", "values": [*NAMES, *LANGUAGES]}}
RUN_AXE = "rules => axe.run({...rules, resultTypes: ['violations']}).then(found => found.violations)"
DOUBLED_IDS = (
    "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) < at)"
)
# Targets of 24 × 24 px (WCAG 2.5.8); links inside sentences are excepted, hidden inputs have a label instead.
SMALL_TARGETS = """() => [...document.querySelectorAll('button, select, summary, input:not([type=hidden])')]
  .filter(e => e.checkVisibility() && !e.closest('.visually-hidden, [aria-hidden=true]'))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.width > 1 && r.height > 1 && (r.width < 24 || r.height < 24))
  .filter(([e, r]) => !(['radio', 'checkbox'].includes(e.type) && e.labels.length))
  .map(([e, r]) => e.outerHTML.slice(0, 120) + ' is ' + Math.round(r.width) + '×' + Math.round(r.height))"""


def faults(page: Page, language: str) -> list[str]:
    """Return what axe finds wrong with the page that is open: all of it in English, then what else could differ.

    Looks that axe has passed in this tab are not shown to it again.
    """
    found = [f"{page.url} has the id {id} twice" for id in page.evaluate(DOUBLED_IDS)]
    page.evaluate(AXE)
    if language != "en":
        return found + told(page, page.evaluate(RUN_AXE, RULES_OF_WORDS))
    found += told(page, page.evaluate(RUN_AXE, RULES))
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        found += [f"in {theme}: {fault}" for fault in told(page, page.evaluate(LOOKS))]
    page.emulate_media(color_scheme="light")
    return found


def told(page: Page, violations: list[dict]) -> list[str]:
    """Return a line for each rule that is broken, with the first place."""
    return [
        f"{page.url}: {fault['id']} ({fault['help']}): {fault['nodes'][0]['html'][:160]}"
        for fault in violations
    ]


def narrow_faults(page: Page) -> list[str]:
    """Return what overflows or is hard to hit on the page that is open, on a phone and on a tablet."""
    found = []
    usual = page.viewport_size
    for width in (320, 768):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{page.url} is {wide} px too wide at {width}")
        found += [f"{page.url} at {width}: {small}" for small in page.evaluate(SMALL_TARGETS)]
    page.set_viewport_size(usual)
    return found
