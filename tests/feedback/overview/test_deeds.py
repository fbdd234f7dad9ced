"""Whatever staff can do at an address of either half has plain words on the page of changes by staff."""

from surveys.api.door import MachineDoor
from surveys.builder.preview.views import PreviewDoor
from surveys.customers.api import HookDoor
from surveys.doors import SAFE_METHODS, RespondentDoor
from surveys.post_box.api import hooks as mail_hooks
from surveys.shops.api import hooks as shop_hooks

# Nobody of the staff comes in by these.
# Or what they do there is kept nowhere: the preview.
OTHERS = (MachineDoor, RespondentDoor, HookDoor, type(mail_hooks), type(shop_hooks), PreviewDoor)
FILES = (
    "builder_texts.export",
    "customer_permission_files.history_csv",
    "customer_permission_files.history_json",
    "disclosure.disclosure",
    *(f"export.{name}{form}" for name in ("export", "figures") for form in ("", "_xlsx", "_jsonl")),
    *(f"export_tasks.tasks{form}" for form in ("", "_xlsx", "_jsonl")),
    *(f"exports_api.{name}" for name in ("answers", "tasks", "figures")),
    "imports.errors",
    "tasks.file",
)
COMMANDS = ("disclose", "erase", "export responses")
BY_CUSTOMERS = ("own_page.correct", "own_page.quote", "own_page.mean", "own_page.disclosure")


def writing(app) -> set[str]:
    """Return the names of the addresses at which staff can change something that is accounted for."""
    rules = [rule for rule in app.url_map.iter_rules() if (rule.methods or set()) - SAFE_METHODS]
    doors = {rule.endpoint: app.blueprints.get(rule.endpoint.rpartition(".")[0]) for rule in rules}
    return {name for name, door in doors.items() if not isinstance(door, OTHERS) and door.is_audited}


def test_every_address_that_changes_something_has_words_and_no_words_are_left_over(app):
    known = set(app.config["DEEDS"])
    assert len(writing(app)) > 60
    assert writing(app) - known == set()
    assert known - writing(app) == {*FILES, *COMMANDS, *BY_CUSTOMERS}
