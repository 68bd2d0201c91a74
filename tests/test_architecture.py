"""The house keeps its order: what import contracts cannot see."""

import ast
import importlib
import inspect
import re
import tomllib
from pathlib import Path

import pytest
import rules
from django.apps import apps
from django.db.models import signals
from django.db.models.signals import ModelSignal

import palermo
from palermo.audit import triggers
from palermo.audit.action import ACTIONS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/palermo"
CATCH_ALL = {
    "utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service", "services",
    "base", "tools", "lib", "shared",
}  # fmt: skip
ROOMS = [one for one in apps.get_app_configs() if one.name.startswith("palermo.")]
KERNELS = (
    "palermo.timing", "palermo.reading", "palermo.law", "palermo.organisations.directory",
    "palermo.plan.rules", "palermo.referral.rules", "palermo.reporting.rules", "palermo.statistics",
    "palermo.audit.chain", "palermo.audit.checkpoints", "palermo.audit.keys", "palermo.errors",
)  # fmt: skip
# What writes beside actions, and the only ones that may use it.
WRITERS = {
    "palermo.audit.action": (),
    "palermo.plan.facts": ("palermo.plan.actions",),
    "palermo.plan.links": ("palermo.plan.actions",),
    "palermo.plan.paper.writing": ("palermo.plan.views", "palermo.plan.paper"),  # a Word file, no record
    "palermo.plan.standings": ("palermo.plan.actions", "palermo.plan.facts", "palermo.plan.apps"),
    "palermo.plan.tallying": ("palermo.plan.standings",),
    "palermo.organisations.reference": (
        "palermo.organisations.actions", "palermo.accounts.founding", "palermo.cli.demonstration",
    ),
    "palermo.accounts.links": (
        "palermo.accounts.actions", "palermo.accounts.founding", "palermo.accounts.factors",
    ),
    "palermo.accounts.founding": ("palermo.cli.office",),
    "palermo.accounts.factors": ("palermo.accounts.actions",),
    "palermo.accounts.attempts": ("palermo.accounts.views.door",),  # before anybody is in
    "palermo.accounts.sessions": ("palermo.accounts.models",),  # as Django keeps them
    "palermo.notices.outbox": (
        "palermo.plan.actions", "palermo.plan.links", "palermo.accounts.links", "palermo.oversight.actions",
        "palermo.cli.notices",
    ),
    "palermo.backup.records": ("palermo.backup.keeping",),  # brings rows back as they were
    "palermo.cli.demonstration.office": ("palermo.cli.demo",),
    "palermo.reporting.word": ("palermo.reporting", "palermo.cli.demonstration"),  # a Word file, no record
}  # fmt: skip
# What changes in place, because something other than its rows tells what was: the trail, or the facts from
# which it is derived. Everything else only grows.
ALTERED = {
    "accounts": {
        "User", "Role", "Invitation", "Token", "Demonstration", "Passkey", "Authenticator", "RecoveryCode",
        "Identity", "Attempt", "Session",
    },
    "audit": {"Head"},
    "notices": {"Message"},
    "organisations": {"Organisation", "Membership", "ContactPoint"},
    "plan": {
        "Plan", "Section", "Round", "Ownership", "ImportedRow", "ReadRecommendation", "ContributionDraft",
        "ContributionDraft_evidence", "Standing", "Holding", "Tally", "TallyStep", "Spoken", "Derived",
    },
}  # fmt: skip
WRITING = {"bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update_or_create"}
CLOCKS = {"today", "now", "utcnow", "localdate", "localtime", "time", "monotonic"}
CODE = [
    path
    for path in sorted(SOURCE.rglob("*.py"))
    if not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts)
]


def module(path: Path) -> str:
    """A file by the name under which it is imported."""
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")


TREES = {module(path): ast.parse(path.read_text()) for path in CODE}


def within(name: str, packages) -> bool:
    """A module is one of these, or stands in one of them."""
    return any(name == one or name.startswith(f"{one}.") for one in packages)


def calls(name: str):
    """Every call of a method in a module: the method, what it is called on as words, the line."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, ast.unparse(node.func.value), node.lineno


def imports(name: str) -> set[str]:
    """Every module, and every name of a module, that a module imports."""
    found = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def layers() -> dict[str, int]:
    """How high each room stands, from the list that the import contracts read."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rows = next(one["layers"] for one in contracts if one["type"] == "layers")
    names = [re.findall(r"\w+", row) for row in rows]
    return {name: -place for place, row in enumerate(names) for name in row}


def offered(room):
    """What a room's actions offer to others: every public function, or those that a package names."""
    try:
        found = importlib.import_module(f"{room.name}.actions")
    except ModuleNotFoundError:
        return {}
    names = getattr(found, "__all__", None) or [
        name
        for name, one in vars(found).items()
        if getattr(one, "__module__", "") == found.__name__ and not name.startswith("_")
    ]
    return {name: getattr(found, name) for name in names if inspect.isfunction(getattr(found, name))}


OFFERED = {room.label: offered(room) for room in ROOMS}  # and so every action is registered


def test_foreign_keys_point_sideways_or_down():
    height = layers()
    wrong = []
    for model in apps.get_models():
        for field in (*model._meta.get_fields(include_hidden=False),):
            other = getattr(field, "related_model", None)
            if not field.concrete or not isinstance(other, type):
                continue
            own, its = model.__module__.split(".")[:2], other.__module__.split(".")[:2]
            ours = own[0] == its[0] == "palermo"
            if ours and height[its[1]] > height[own[1]]:
                wrong.append(f"{model.__name__}.{field.name} points up to {other.__name__}")
    assert wrong == []


def test_the_layers_name_every_room():
    assert {room.name.split(".")[1] for room in ROOMS} <= set(layers())


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.label)
def test_every_public_function_of_actions_is_an_action_with_an_actor_and_a_day(room):
    for name, function in OFFERED[room.label].items():
        assert function in ACTIONS.values(), f"{name} is no action"
        told = inspect.signature(function).parameters
        assert {"by", "on"} <= set(told), f"{name} needs an actor and a day"
        assert {one.kind for one in told.values()} == {inspect.Parameter.KEYWORD_ONLY}, name
        assert told["by"].default is told["on"].default is inspect.Parameter.empty, f"{name} asks nobody"


def test_records_are_written_by_actions_and_by_what_they_alone_use():
    wrong = []
    for name in TREES:
        if within(name, WRITERS) or re.fullmatch(r"palermo\.\w+\.actions(\.\w+)?", name):
            continue
        for method, on, line in calls(name):
            narrowed = re.search(r"\.(objects|filter|exclude|all)\b", f".{on}")
            if method in WRITING or (method in {"update", "aupdate"} and narrowed):
                wrong.append(f"{name}:{line} {on}.{method}()")
    assert wrong == []


def test_what_writes_beside_actions_is_used_by_them_alone():
    wrong = []
    for name in TREES:
        used = imports(name)
        for writer, users in WRITERS.items():
            if writer != "palermo.audit.action" and within(name, [writer]):
                continue
            if writer in used and writer != "palermo.audit.action" and not within(name, users):
                wrong.append(f"{name} writes through {writer}")
        if "palermo.audit.action.append" in used and name != "palermo.accounts.founding":
            wrong.append(f"{name} writes into the trail by hand")
        inner = {one for one in used if re.match(r"palermo\.\w+\.actions\.", one)}
        wrong += [
            f"{name} reaches behind {one}"
            for one in inner
            if within(one, TREES) and not within(name, [".".join(one.split(".")[:3])]) and one in TREES
        ]
    assert wrong == []


def test_who_asks_as_the_system_copies_or_derives_whole_tables():
    """And acts for nobody; everything else says who asks (decision 0031)."""
    using = {name for name in TREES if "palermo.audit.asking.asked_by_system" in imports(name)}
    assert using == {"palermo.backup.keeping", "palermo.plan.standings"}
    every = {one for name in TREES for one in imports(name) if one.startswith("palermo.audit.asking.")}
    assert every == {"palermo.audit.asking.asked_by", "palermo.audit.asking.asked_by_system"}


def test_pages_and_commands_reach_records_through_queries():
    """No view, form, template tag or command asks a model's manager: `visible_to` is the only door."""
    wrong = []
    asking = re.compile(r"\b\w+\.(?:objects|_default_manager)\b(?!\.none\(\))|get_\w+_or_404\([A-Z]\w*,")
    for name, tree in TREES.items():
        if not re.search(r"\.(views|forms|templatetags|urls|middleware|cli)\b", name):
            continue
        if within(name, WRITERS) or name == "palermo.cli.office":  # before there is anybody who could ask
            continue
        wrong += [f"{name} asks {found}" for found in asking.findall(ast.unparse(tree))]
    assert wrong == []


def test_rules_and_kernels_ask_no_clock():
    wrong = [
        f"{name}:{line} {on}.{method}()"
        for name in TREES
        if within(name, KERNELS)
        for method, on, line in calls(name)
        if method in CLOCKS and re.search(r"date|time", on)
    ]
    assert wrong == []


def test_every_permission_that_is_asked_for_was_given_to_somebody():
    asked = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {
                "may",
                "only",
                "action",
            }:
                words = [*node.args, *(one.value for one in node.keywords if one.arg == "permission")]
                words = words[1:] if ast.unparse(node.func) == "action" else words
                asked |= {one.value for one in words if isinstance(one, ast.Constant)}
    asked = {one for one in asked if isinstance(one, str) and re.fullmatch(r"[a-z]+\.[a-z_]+", one)}
    assert len(asked) > 20
    assert {one for one in asked if not rules.perm_exists(one)} == set()


def test_types_are_cast_where_the_decorator_cannot_see_the_actor_and_nowhere_else():
    cast = {name for name in TREES if re.search(r"\bcast\(", ast.unparse(TREES[name]))}
    assert cast == {"palermo.audit.action"}


def test_every_day_of_a_form_is_written_as_a_browser_reads_it():
    fields = [
        path
        for path in SOURCE.rglob("*.py")
        if re.search(r"\bforms\.Date(Field|Input)", path.read_text("utf-8"))
    ]
    assert [path.relative_to(SOURCE).as_posix() for path in fields] == ["ui/fields.py"]


def test_a_refusal_that_a_docstring_names_can_happen():
    texts = [path.read_text() for path in SOURCE.rglob("*.py") if "tests" not in path.parts]
    given = {code for text in texts for code in re.findall(r"(?:Refused|refusal)\(\s*\"([a-z-]+)\"", text)}
    told = [part for text in texts for part in re.findall(r"Raises `?Refused`? \(([^)]*)\)", text)]
    named = {code for part in told for code in re.findall(r"\"([a-z-]+)\"", part)}
    assert len(named) > 50
    assert named - given == set()


def test_every_trail_has_its_action():
    assert ACTIONS
    for name, one in ACTIONS.items():
        room = name.split(".")[0]
        if ".tests." in one.__module__:
            continue
        assert one.__module__.startswith(f"palermo.{room}."), f"{name} stands in another room"


def test_what_may_be_altered_is_named():
    guarded = set(triggers.models())
    found = {
        room.label: {one.__name__ for one in room.get_models(include_auto_created=True) if one not in guarded}
        for room in ROOMS
    }
    assert {label: names for label, names in found.items() if names} == ALTERED


def test_no_module_is_a_catch_all():
    names = {part for path in SOURCE.rglob("*.py") for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert names & CATCH_ALL == set()


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_file_has_one_idea_and_no_hidden_behaviour(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 400, "it has found a concept that wants a name"
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = (
                {"BaseException"}
                if node.type is None
                else set(ast.unparse(node.type).strip("()").split(", "))
            )
            broad = caught & {"Exception", "BaseException"}
            raises = any(isinstance(one, ast.Raise) and one.exc is None for one in ast.walk(node))
            assert raises or not broad, f"line {node.lineno} would hide a bug"
        if isinstance(node, ast.ClassDef):
            own = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
            is_model = any(ast.unparse(base).endswith(("models.Model", "Known")) for base in node.bases)
            assert not (is_model and own & {"save", "delete"}), f"{node.name} hides a write"


def test_nothing_hangs_on_a_signal_but_the_triggers():
    heard = []
    for name, signal in vars(signals).items():
        if isinstance(signal, ModelSignal):
            for receiver in signal.receivers:
                function = receiver[1]()
                module = getattr(function, "__module__", "") or ""
                if module.startswith("palermo.") and name not in {"post_migrate", "class_prepared"}:
                    heard.append(f"{module} hears {name}")
    assert heard == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.label)
def test_a_room_says_what_it_is_for_and_has_one_door(room):
    assert (importlib.import_module(room.name).__doc__ or "").strip()
    if room.label in {"ui", "desk", "notices"} or not list(room.get_models()):
        return
    door = importlib.import_module(f"{room.name}.queries")
    assert hasattr(door, "visible_to"), "records are reached through one door"


def test_the_settings_are_one_short_file():
    assert len((SOURCE / "config/settings.py").read_text().splitlines()) < 150


def test_the_code_knows_belgium_through_data_alone():
    told = re.compile(r"\b(Belgi\w+|Fedasil|PAG-ASA|Payoke|Sürya)\b")
    wrong = [
        path.relative_to(SOURCE).as_posix()
        for path in CODE
        if told.search(path.read_text()) and "demonstration" not in path.parts
    ]
    assert wrong == []


def test_everything_is_one_package():
    assert Path(palermo.__file__).parent == SOURCE, "another copy of the program was imported"
    assert [path.name for path in SOURCE.parent.iterdir() if path.is_dir()] == ["palermo"]
