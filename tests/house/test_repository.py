"""Promises about the repository itself: what it names, how large its files are, what it installs."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT, TOOLS = map(tomllib.loads((ROOT / "pyproject.toml").read_text()).get, ("project", "tool"))
LOCKS = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-test.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"],
}
LONGEST_FILE = 400


def tracked(*patterns: str) -> list[Path]:
    """The files that git keeps, or would keep."""
    git = ["git", "-c", "safe.directory=*"]  # the checkout may be somebody else's, as on a build machine
    command = [*git, "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts(*patterns: str) -> dict[Path, str]:
    found = {}
    for path in tracked(*patterns):
        content = path.read_bytes()
        if b"\0" not in content:
            found[path.relative_to(ROOT)] = content.decode()
    return found


def pins(requirements: str) -> dict[str, str]:
    """Package and version of every entry of a lock file."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", (ROOT / requirements).read_text(), re.MULTILINE))


def test_no_file_says_where_packages_come_from():
    # Whoever installs has an index of their own; a lock that names one breaks where only a mirror is reachable.
    for name in ("pyproject.toml", *LOCKS):
        text = (ROOT / name).read_text()
        assert not re.search(r"https?://|file://|index-url|find-links|trusted-host", text), name
    assert not tracked("uv.lock", "*package-lock.json", "poetry.lock", "pip.conf", ".npmrc", ".pypirc")


def test_no_file_names_a_path_of_the_machine_it_was_written_on():
    here = re.compile(rf"{re.escape(str(ROOT))}\b|/home/[a-z]|/Users/[A-Za-z]|/root/")
    telling = {path: here.search(text) for path, text in texts().items() if path != Path(__file__).relative_to(ROOT)}
    assert [str(path) for path, found in telling.items() if found] == []


def test_no_file_holds_a_private_key():
    key = "-----BEGIN " + "(RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----"
    assert [str(path) for path, text in texts().items() if re.search(key, text)] == []


@pytest.mark.parametrize("requirements", LOCKS)
def test_the_lock_is_what_the_project_asks_for(requirements):
    asked = dict(re.match(r"([a-z0-9._-]+)(?:\[.*\])?==(.+)", one).groups() for one in LOCKS[requirements])
    assert len(asked) == len(LOCKS[requirements]), "every dependency is pinned to one version"
    locked = pins(requirements)
    assert {name: locked.get(name) for name in asked} == asked, "write the lock anew: ./do lock"


@pytest.mark.parametrize("requirements", LOCKS)
def test_every_locked_package_has_hashes(requirements):
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / requirements).read_text())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_tests_run_on_the_same_packages_as_the_product():
    tested = pins("requirements-test.txt")
    assert {name: tested.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    listed = [line for line in lines if re.match(r'\s+"[a-z0-9._-]+(\[.*\])?==', line)]
    assert len(listed) == len(LOCKS["requirements-test.txt"])
    assert [line for line in listed if not re.search(r"#\s+\w+", line)] == []


def test_no_file_is_too_long_to_read():
    lengths = {path: text.count("\n") for path, text in texts("*.py", "do").items() if "migrations" not in path.parts}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_nothing_is_left_for_later():
    words = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"))
    left = {path: re.search(rf"\b({words})\b", text) for path, text in texts("*.py", "*.html", "*.js", "do").items()}
    vendored = {"axe.min.js", "govuk-frontend.min.js"}
    assert [str(path) for path, found in left.items() if found and path.name not in vendored] == []


def test_no_test_is_passed_over():
    skipping = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b|unittest\.skip")
    tests = {path: skipping.search(text) for path, text in texts("tests/*.py").items()}
    assert [str(path) for path, found in tests.items() if found] == []


def test_a_silenced_check_has_its_reason_beside_it():
    # The rule's name, then at least two words: `E741  the textbook's letter`.
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover)\b(?P<rest>.*)")
    reason = re.compile(r"^(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w, -]+\])?+\W+\w+\W+\w+")
    bare = [
        f"{path}:{number}"
        for path, text in texts("*.py", "do").items()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := silenced.search(line)) and not reason.search(found["rest"]) and path.name != Path(__file__).name
    ]
    assert bare == []


def test_the_floors_have_no_exceptions():
    text = (ROOT / "pyproject.toml").read_text()
    assert "ignore_" + "imports" not in text
    modules = texts("teamaround/*.py")
    assert [str(path) for path, code in modules.items() if re.search(r"\bTYPE_CHECKING\b", code)] == []


def test_the_floors_speak_of_every_front_door_and_every_pure_file():
    contracts = {one["name"]: one for one in TOOLS["importlinter"]["contracts"]}
    package = ROOT / "teamaround"
    doors = {f"teamaround.{door}" for door in ("web", "portal", "public", "api", "jobs") if (package / door).exists()}
    assert doors == set(contracts["Front doors import no models"]["source_modules"])
    pure = {f"teamaround.kit.{path.stem}" for path in (package / "kit").iterdir() if not path.name.startswith("_")}
    assert pure - {"teamaround.kit.govuk"} <= set(
        contracts["Pure files know neither Django nor models"]["source_modules"]
    )


def test_do_runs_with_nothing_but_python():
    script = ROOT / "do"
    assert os.access(script, os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    needed = set()
    for node in ast.walk(ast.parse(script.read_text())):
        if isinstance(node, ast.Import):
            needed |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            needed.add((node.module or "").partition(".")[0])
    assert needed <= sys.stdlib_module_names


def test_do_explains_each_of_its_commands_and_refuses_others():
    script = [sys.executable, str(ROOT / "do")]
    explained = subprocess.run([*script, "help"], capture_output=True, text=True, check=True).stdout
    for command in ("demo", "test", "check", "prove", "bench", "lock"):
        assert re.search(rf"^\./do {command} +\w+", explained, re.MULTILINE), command
    refused = subprocess.run([*script, "tset"], capture_output=True, text=True)
    assert refused.returncode == 1
    assert "no command 'tset'" in refused.stderr


def test_what_runs_before_a_change_lands_is_what_everybody_runs():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["./do check", "./do test"]


def test_the_readme_starts_and_tests_the_product_with_one_command_each():
    readme = (ROOT / "README.md").read_text()
    assert re.search(r"^\s*\./do demo\b", readme, re.MULTILINE)
    assert re.search(r"^\s*\./do test\b", readme, re.MULTILINE)
