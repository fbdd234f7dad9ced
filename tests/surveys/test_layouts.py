"""The style guide as a test: every macro and layout renders, strictly, with what docs/look.md says."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms import Form, PasswordField, RadioField, StringField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "surveys" / "templates"
STATIC = ROOT / "surveys" / "static"


class ShopForm(Form):
    """A form with one field of each manner."""

    name = StringField("Shop name", [validators.InputRequired("Give the shop a name.")])
    imprint = TextAreaField("Imprint")
    secret = PasswordField("Password")
    readers = RadioField(
        "Who reads",
        choices=[SelectChoice("all", "Everybody"), SelectChoice("agents", "Agents")],
        default="all",
    )


@pytest.fixture
def jinja():
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(
        lambda text: text, lambda one, many, n: one if n == 1 else many, newstyle=True
    )
    environment.globals.update(
        asset=lambda path: f"/static/{path}",
        url_for=lambda endpoint, **values: f"/{endpoint}/{values.get('filename', '')}",
        get_locale=lambda: "de_AT",
        csrf_token=lambda: "token",
        page_bar=lambda: "",
        count_of_news=lambda: 0,
        request=SimpleNamespace(path="/inbox"),
        get_flashed_messages=lambda with_categories: [("message", "Saved."), ("error", "Not <sent>.")],
    )
    return environment


def drawn(jinja, macro_file: str, call: str, **context) -> str:
    """Return what one macro call renders."""
    source = "{% import 'macros/" + macro_file + "' as m %}{{ m." + call + " }}"
    return jinja.from_string(source).render(**context)


def test_a_score_is_drawn_up_to_itself_and_then_fades(jinja):
    html = drawn(jinja, "score.html", "score(3, 0, 10, 'detractor', 'detractor')")
    assert html.count("<rect") == 10
    assert html.count("opacity") == 7
    assert 'aria-label="3 of 10, detractor"' in html
    assert 'class="score score--detractor"' in html


@pytest.mark.parametrize(
    ("score", "low", "high", "faint"), [(0, 0, 10, 10), (10, 0, 10, 0), (1, 1, 5, 4), (7, 1, 7, 0)]
)
def test_the_ends_of_every_scale_are_drawn(jinja, score, low, high, faint):
    html = drawn(jinja, "score.html", f"score({score}, {low}, {high}, 'passive', 'passive')")
    assert html.count("<rect") == high
    assert html.count("opacity") == faint


def test_only_p0_and_a_broken_promise_are_filled(jinja):
    assert "badge--filled" in drawn(jinja, "badge.html", "priority('P0')")
    assert "badge--filled" in drawn(jinja, "badge.html", "priority('P2', breached=true)")
    assert "badge--filled" not in drawn(jinja, "badge.html", "priority('P1')")


def test_badges_say_their_word(jinja):
    assert drawn(jinja, "badge.html", "group('easy', 'easy')").endswith(">easy</span>")
    assert "badge--waiting_customer" in drawn(jinja, "badge.html", "state('waiting_customer', 'waiting')")
    assert 'class="clock clock--late"' in drawn(jinja, "badge.html", "clock('late', 'exact', 'iso', 'late')")


def test_an_error_is_tied_to_its_field_and_linked_from_the_summary(jinja):
    form = ShopForm(data={"name": ""})
    form.validate()
    field = drawn(jinja, "form.html", "field(form.name, hint='As read.', autocomplete='off')", form=form)
    assert 'aria-describedby="name-hint name-error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="name-error">Give the shop a name.' in field
    assert 'autocomplete="off"' in field
    summary = drawn(jinja, "form.html", "error_summary(form)", form=form)
    assert '<a href="#name">Shop name: Give the shop a name.</a>' in summary
    assert 'tabindex="-1"' in summary


def test_a_form_without_errors_has_no_summary(jinja):
    assert drawn(jinja, "form.html", "error_summary(form)", form=ShopForm()).strip() == ""


def test_choices_are_a_named_group(jinja):
    html = drawn(jinja, "form.html", "choices(form.readers, hint='Comments too.')", form=ShopForm())
    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert 'aria-describedby="readers-hint' in html


def test_a_press_is_a_form_with_a_token(jinja):
    html = drawn(
        jinja, "form.html", "press('/do', 'Revoke', kind='danger', confirm='Really?', key='R', what='a')"
    )
    assert 'name="csrf_token" value="token"' in html
    assert 'name="what" value="a"' in html
    assert 'data-confirm="Really?"' in html and 'aria-keyshortcuts="R"' in html


def test_a_table_scrolls_in_a_named_region(jinja):
    source = (
        "{% from 'macros/table.html' import table %}"
        "{% call table('Ticks', id='t') %}<tbody></tbody>{% endcall %}"
    )
    html = jinja.from_string(source).render()
    assert 'role="region" aria-labelledby="t-caption" tabindex="0"' in html
    assert '<caption id="t-caption">Ticks</caption>' in html


def test_empty_and_pager_say_what_comes_next(jinja):
    assert 'href="/in"' in drawn(jinja, "empty.html", "empty('Nobody waits.', 'Good.', '/in', 'See')")
    assert "<a" not in drawn(jinja, "empty.html", "empty('Nobody waits.', 'Good.')")
    assert 'rel="next"' in drawn(jinja, "pager.html", "pager('/more')")
    assert drawn(jinja, "pager.html", "pager('')").strip() == ""


def staff_page(jinja) -> str:
    """Return a page for somebody signed in."""
    source = (
        "{% extends 'layouts/staff.html' %}{% block title %}Inbox{% endblock %}"
        "{% block page %}<h1>Inbox</h1>{% endblock %}"
    )
    return jinja.from_string(source).render(
        navigation=[
            SimpleNamespace(label="Inbox", url="/inbox", current=True, key="I"),
            SimpleNamespace(label="Insights", url="/insights", current=False, key=""),
        ],
        staff_name="Paula",
        language_choices=[("en", "English"), ("de", "Deutsch")],
    )


def test_a_staff_page_has_its_landmarks_and_says_where_one_is(jinja):
    html = staff_page(jinja)
    assert '<html lang="de-AT">' in html
    assert html.count("aria-current") == 1
    assert 'href="#page"' in html and 'id="page"' in html
    assert 'role="status"' in html and "Not &lt;sent&gt;." in html
    assert "Sign out" in html


def test_an_open_page_needs_nobody_signed_in(jinja):
    html = jinja.from_string(
        "{% extends 'layouts/open.html' %}{% block title %}Sign in{% endblock %}"
        "{% block page %}<h1>Sign in</h1>{% endblock %}"
    ).render()
    assert "page--narrow" in html
    assert "<title>Sign in · Nachklang</title>" in html


def test_nothing_is_inline(jinja):
    html = staff_page(jinja)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", html)


def test_every_file_that_the_layout_links_is_there(jinja):
    for path in re.findall(r'"/static/([^"]+)"', staff_page(jinja)):
        assert (STATIC / path).is_file(), path


def test_every_block_is_joined_by_the_staff_sheet():
    sheet = (STATIC / "css" / "staff.css").read_text()
    joined = set(re.findall(r'url\("blocks/([\w-]+\.css)"\)', sheet))
    assert joined == {path.name for path in (STATIC / "css" / "blocks").glob("*.css")}


def test_every_class_in_the_guide_has_a_style():
    guide = (ROOT / "docs" / "look.md").read_text()
    styles = "".join(path.read_text() for path in (STATIC / "css").rglob("*.css"))
    named = {name for names in re.findall(r'class="([\w -]+)"', guide) for name in names.split()}
    assert {name for name in named if f".{name}" not in styles} == set()


def test_the_respondents_sheet_is_small_and_old_enough():
    """Chrome 95 knows no layers, nesting, :has, container queries, OKLCH, light-dark or dvh."""
    sheet = (STATIC / "css" / "respondent.css").read_text()
    assert len(sheet.encode()) <= 6 * 1024
    assert not re.search(r"@layer|@container|:has\(|oklch|light-dark|color-mix|\d[sdl]v[hw]|&", sheet)


def test_every_class_of_the_style_sheets_is_worn_by_something():
    sheets = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "css").rglob("*.css"))
    selectors = re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", sheets, flags=re.S))
    classes = {
        name for each in selectors for name in re.findall(r"\.([a-z][\w-]*)", re.sub(r'".*?"', "", each))
    }
    folders = (TEMPLATES, ROOT / "feedback" / "templates", STATIC / "js", ROOT / "surveys", ROOT / "feedback")
    kinds = ("*.html", "*.html", "*.js", "*.py", "*.py")
    markup = "".join(
        path.read_text(encoding="utf-8")
        for folder, kind in zip(folders, kinds, strict=True)
        for path in folder.rglob(kind)
    )

    words = set(re.findall(r"[\w-]+", markup))

    def is_worn(name: str) -> bool:
        if name in words:
            return True
        block, _, variant = name.partition("--")  # A variant may be put in: badge--{{ code }}.
        return bool(variant) and f"{block}--{{{{" in markup

    assert sorted(name for name in classes if not is_worn(name)) == []
