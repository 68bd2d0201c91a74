"""The house keeps its order: what import contracts cannot see."""

import ast
import importlib
import inspect
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import signals
from django.db.models.signals import ModelSignal

import palermo
from palermo.audit.doing import ACTIONS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/palermo"
CATCH_ALL = {"utils", "helpers", "common", "misc", "manager", "managers", "service", "services", "base"}
ROOMS = [one for one in apps.get_app_configs() if one.name.startswith("palermo.")]
WRITES = re.compile(r"\.(bulk_create|create|update|save|delete|get_or_create|update_or_create)\(")
CODE = [
    path
    for path in sorted(SOURCE.rglob("*.py"))
    if not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts)
]


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
def test_every_public_write_is_an_action_with_an_actor_and_a_day(room):
    for name, function in offered(room).items():
        if function in ACTIONS.values():
            told = inspect.signature(function).parameters
            assert {"by", "on"} <= set(told), f"{name} needs an actor and a day"
            assert {one.kind for one in told.values()} == {inspect.Parameter.KEYWORD_ONLY}, name
        else:
            assert not WRITES.search(inspect.getsource(function)), f"{name} writes and is no action"


def test_rooms_change_records_through_actions_alone():
    """No view, form, query or template tag writes; nobody calls another room's inner writing."""
    reading = re.compile(r"(views|forms|queries|templatetags|urls|permissions)")
    wrong = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in CODE
        if reading.search(path.relative_to(SOURCE).as_posix())
        for line in path.read_text().splitlines()
        if re.search(r"\.objects\.(create|bulk_create|update)|\.save\(|\.delete\(|bulk_create\(", line)
    ]
    assert wrong == []


def test_every_trail_has_its_action():
    assert ACTIONS, "the registry is filled when rooms are loaded"
    for name, one in ACTIONS.items():
        room = name.split(".")[0]
        if ".tests." in one.__module__:
            continue
        assert one.__module__.startswith(f"palermo.{room}."), f"{name} stands in another room"


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
            broad = node.type is None or (
                isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
            )
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
    assert Path(palermo.__file__).parent == SOURCE
