"""Promises about the code itself that no linter of ours keeps."""

import ast
import re
from pathlib import PurePath

from tests.house.code import PACKAGE, files

EVERYTHING = ("Exception", "BaseException")
FRONT_DOORS = ("web", "jobs", "portal", "public", "api")
#: reading a clock; only kit/dates.py may
CLOCKS = {
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "timezone": {"now", "localtime", "localdate"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}
#: files that may read a clock, each with the reason
MAY_READ_A_CLOCK = {"kit/dates.py": "the one clock", "kit/embedded_postgres.py": "waits for a process, outside Django"}

FILES = files()


def found_in(search):
    """What a search finds in each file, where it finds something."""
    return {path: list(found) for path, tree in FILES.items() if (found := list(search(tree)))}


def calls(tree):
    return [one for one in ast.walk(tree) if isinstance(one, ast.Call)]


def clock_reads(tree):
    for one in calls(tree):
        if isinstance(one.func, ast.Attribute):
            owner = one.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if one.func.attr in CLOCKS.get(name, ()):
                yield f"{name}.{one.func.attr} on line {one.lineno}"


def imports_inside_functions(tree):
    functions = [one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))]
    return [
        one.lineno
        for function in functions
        for one in ast.walk(function)
        if isinstance(one, (ast.Import, ast.ImportFrom))
    ]


def imported(tree):
    for one in ast.walk(tree):
        if isinstance(one, ast.ImportFrom):
            yield f"{'.' * one.level}{one.module or ''}"
            yield from (f"{'.' * one.level}{one.module or ''}.{each.name}" for each in one.names)
        elif isinstance(one, ast.Import):
            yield from (each.name for each in one.names)


def catches_everything(tree):
    for one in ast.walk(tree):
        if isinstance(one, ast.ExceptHandler):
            caught = {getattr(name, "id", "") for name in ast.walk(one.type)} if one.type else set(EVERYTHING)
            if caught & set(EVERYTHING):
                yield one.lineno


def test_no_clock_is_read_but_the_one():
    assert {path: found for path, found in found_in(clock_reads).items() if path not in MAY_READ_A_CLOCK} == {}


def test_no_import_stands_inside_a_function():
    assert found_in(imports_inside_functions) == {}


def test_no_import_is_for_types_only():
    assert (
        found_in(lambda tree: [one.lineno for one in ast.walk(tree) if getattr(one, "id", "") == "TYPE_CHECKING"]) == {}
    )


def test_a_front_door_imports_no_models():
    models = found_in(lambda tree: [one for one in imported(tree) if one.startswith("teamaround") and ".models" in one])
    assert {path: found for path, found in models.items() if PurePath(path).parts[0] in FRONT_DOORS} == {}


def test_nobody_catches_everything_to_go_on():
    assert found_in(catches_everything) == {}


def test_every_template_says_the_time_of_day_in_the_one_way():
    own_way = re.compile(r'date:"[^"]*[gGhHPaAi:]+[^"]*"')
    templates = [one for one in PACKAGE.rglob("*.html") if own_way.search(one.read_text())]
    assert templates == [], "Say the time with the filter clock"


def test_no_signal_of_our_own_is_sent():
    assert found_in(lambda tree: [one.lineno for one in calls(tree) if getattr(one.func, "id", "") == "Signal"]) == {}
