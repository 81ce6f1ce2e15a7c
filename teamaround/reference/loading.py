"""Load reference data from files; loading the same file again changes nothing."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

from teamaround.audit.actor import Actor
from teamaround.audit.recording import action

from .models import Aim, Code, Framework, Holiday, Period, Role, Word
from .periods import SHIPPED_FROM


def load_shipped(*, by: Actor) -> None:
    """Load everything that the product ships: words, periods, holidays, frameworks, roles."""
    load_words(shipped("words"), by=by)
    load_periods(shipped("periods"), by=by)
    load_holidays(shipped("holidays"), by=by)
    load_roles(shipped("roles"), by=by)
    load_framework(shipped("ecm-2009"), by=by)


def shipped(name: str) -> Any:
    """The content of one shipped file."""
    return json.loads(files("teamaround.reference").joinpath("data", f"{name}.json").read_text("utf-8"))


@action("words.loaded")
def load_words(rows: list[dict[str, str]], *, by: Actor, valid_from: date = SHIPPED_FROM) -> None:
    """Put terms in force from a day; a later day overrides an earlier one."""
    for row in rows:
        Word.objects.update_or_create(
            key=row["key"],
            valid_from=valid_from,
            defaults={"singular": row["singular"], "plural": row["plural"]},
        )


@action("periods.loaded")
def load_periods(rows: list[dict[str, Any]], *, by: Actor, valid_from: date = SHIPPED_FROM) -> None:
    """Put periods and thresholds in force from a day."""
    for row in rows:
        Period.objects.update_or_create(
            key=row["key"],
            valid_from=valid_from,
            defaults={name: row[name] for name in ("amount", "unit", "title", "source")},
        )


@action("holidays.loaded")
def load_holidays(rows: dict[str, str], *, by: Actor) -> None:
    """Add bank holidays: day -> name."""
    known = set(Holiday.objects.values_list("day", flat=True))
    new = [Holiday(day=day, name=name) for text, name in rows.items() if (day := date.fromisoformat(text)) not in known]
    if new:
        Holiday.objects.bulk_create(new)


@action("roles.loaded")
def load_roles(rows: list[dict[str, Any]], *, by: Actor) -> None:
    """Add or change the roles an area hands out."""
    for row in rows:
        Role.objects.update_or_create(
            code=row["code"], defaults={name: row[name] for name in ("title", "description", "functions")}
        )


@action("framework.loaded")
def load_framework(data: dict[str, Any], *, by: Actor) -> Framework:
    """Add an outcome framework with its aims; aims already there get their new wording."""
    framework, _ = Framework.objects.update_or_create(
        key=data["key"], defaults={"title": data["title"], "valid_from": SHIPPED_FROM}
    )
    for position, aim in enumerate(data["aims"]):
        Aim.objects.update_or_create(
            framework=framework,
            code=aim["code"],
            defaults={"heading": aim["heading"], "title": aim["title"], "position": position},
        )
    return framework


@action("codes.loaded")
def load_codes(name: str, rows: list[dict[str, Any]], *, by: Actor, valid_from: date = SHIPPED_FROM) -> None:
    """Put a code list in force from a day."""
    for position, row in enumerate(rows):
        Code.objects.update_or_create(
            list=name,
            code=row["code"],
            valid_from=valid_from,
            defaults={"label": row["label"], "position": position, "national": row.get("national", "")},
        )
