"""Documents printed from the code, so that a governance board reads what the machine does."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import teamaround
from teamaround.access.policy import TABLE, Action
from teamaround.access.relations import RELATIONS
from teamaround.audit.privacy import CLASSES
from teamaround.casework import terms as casework
from teamaround.index import feed_schema
from teamaround.index import terms as index
from teamaround.reference.loading import shipped
from teamaround.sharing import terms as sharing

ROOT = Path(teamaround.__file__).parents[1]
DOCS = ROOT / "docs"
PRINTED = "<!-- Printed from the code by `python -m teamaround write_docs`; do not edit. -->"

CLASS_SAYS = {
    "P0": "public: directory, reference data, staff names and posts",
    "P1": "index identity: name, date of birth, sex, index number",
    "P2": "address and contact, identifiers of other systems",
    "P3": "case: assessment, plan, meetings, consent",
    "P4": "special category, third party, sensitive service",
    "P5": "shield and protected location",
}

#: every table of moves, with what moves
MOVES: dict[str, Mapping[Any, Iterable[Any]]] = {
    "A consent": sharing.CONSENT_MOVES,
    "A lead professional": casework.LEAD_MOVES,
    "A delivery plan": casework.PLAN_MOVES,
    "An action of a plan": casework.ACTION_MOVES,
    "Minutes of a meeting": casework.MINUTES_MOVES,
    "An involvement": index.INVOLVEMENT_MOVES,
    "A request for responsibility": index.TRANSFER_MOVES,
}


def documents() -> dict[Path, str]:
    """Every printed document, with the text it should have."""
    printed = {DOCS / "policy.md": policy(), DOCS / "states.md": states(), DOCS / "floors.md": floors()}
    schemas = {DOCS / "feeds" / f"{code}.schema.json": _json(one) for code, one in feed_schema.schemas().items()}
    return printed | schemas


def out_of_date() -> list[Path]:
    """The documents that do not say what the code does."""
    return [path for path, text in documents().items() if not path.exists() or path.read_text() != text]


def write() -> list[Path]:
    """Write the documents that are out of date; which these were."""
    stale, texts = out_of_date(), documents()
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(texts[path])
    return stale


def policy() -> str:
    """Who may do and see what."""
    roles = shipped("roles")
    rows = [
        (
            TABLE[one].says,
            f"`{one.value}`",
            ", ".join(role["title"] for role in roles if one.value in role["functions"]) or "nobody",
            " or ".join(_relation(name) for name in TABLE[one].relations) or "everybody who holds it",
            " ".join(TABLE[one].classes),
        )
        for one in Action
    ]
    return _document(
        "Who may do and see what",
        "Each line is one thing a worker can ask for. All of it must hold: the account is in order today (training,"
        " clearance, agreement, terms of use), one of the person's roles holds the function, and, where it is about a"
        " record, the person stands to the child or the episode in one of the ways named. What is not here is not"
        " allowed. Every look at a record is written down before the record is shown.",
        "## Functions",
        _table(("what", "function", "roles that ship with it", "to whom it is open", "classes shown"), rows),
        "## Roles",
        _table(("role", "what for"), [(one["title"], one["description"]) for one in roles]),
        "Which role holds which function is data, and an area may change it; the rest of this page is code.",
        "## Ways to stand to a child, an episode or a piece of work",
        _table(("way", "what it means"), [(_words(name), _says(one)) for name, one in RELATIONS.items()]),
        "## Classes of fields",
        _table(("class", "what is in it"), [(one, CLASS_SAYS[one]) for one in CLASSES]),
    )


def states() -> str:
    """Which states there are, and every move between them."""
    rows = [
        (number, " or ".join(one.label for one in froms) or "none", to.label)
        for number, (froms, to) in casework.TRANSITIONS.items()
    ]
    arrows = [
        f"    {one.name if one else '[*]'} --> {to.name} : {number}"
        for number, (froms, to) in casework.TRANSITIONS.items()
        for one in (froms or (None,))
    ]
    names = [f"    {one.name} : {one.label.replace(':', ' –')}" for one in casework.EpisodeState]
    chart = ["```mermaid", "stateDiagram-v2", *names, *arrows, "    CLOSED --> [*]", "```"]
    parts = [part for title, moves in MOVES.items() for part in (f"## {title}", _table(("from", "to"), _moves(moves)))]
    return _document(
        "States and moves",
        "Whatever has states moves between them only in these ways. Each move is one conditional change in the"
        " database: of two people who make it at once, one wins and the other is told how things stand.",
        "## An episode",
        _table(("move", "from", "to"), rows),
        "\n".join(chart),
        *parts,
    )


def floors() -> str:
    """Which package may import which."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = next(one for one in project["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    rows = [
        (str(number), f"`{name}`", _front_page(name))
        for number, layer in enumerate(contract["layers"], 1)
        for name in (part.strip(" ()") for part in layer.split("|"))
    ]
    return _document(
        "Floors",
        "A package imports only from floors below its own, and never from one on the same floor. `import-linter` holds"
        " this for every change, and a new package must choose its floor.",
        _table(("floor", "package", "what it is for"), rows),
    )


def _json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _document(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", PRINTED, *parts]) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _moves(moves: Mapping[Any, Iterable[Any]]) -> list[tuple[str, str]]:
    return [(one.label, ", ".join(sorted(each.label for each in to)) or "stays so") for one, to in moves.items()]


def _words(name: str) -> str:
    return name.replace("_", " ")


def _relation(name: str) -> str:
    return f"*{_words(name)}*"


def _says(documented: Any) -> str:
    return (documented.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")


def _front_page(package: str) -> str:
    if find_spec(f"teamaround.{package}") is None:
        return "not built yet"
    return _says(import_module(f"teamaround.{package}"))
