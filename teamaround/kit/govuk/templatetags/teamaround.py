"""Template tags for the product's own components: `{% load teamaround %}`.

Items may be dictionaries or objects; text is escaped unless it was made safe on purpose.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from teamaround.kit.dates import say, say_moment, say_time
from teamaround.kit.govuk.components import component, words_or_html
from teamaround.kit.govuk.fields import uncapitalised

register = template.Library()

# What a state means to the person who reads it, and the tag's colour that goes with it.
KINDS = {
    "": "govuk-tag--grey",
    "neutral": "govuk-tag--grey",
    "closed": "govuk-tag--grey",
    "info": "govuk-tag--teal",
    "active": "govuk-tag--teal",
    "new": "govuk-tag--purple",
    "waiting": "govuk-tag--yellow",
    "soon": "govuk-tag--yellow",
    "good": "govuk-tag--green",
    "late": "govuk-tag--red",
    "alert": "govuk-tag--red",
    "lead": "ta-tag--lead",
}
STEP_SAID = {"done": "Done", "current": "Now", "coming": "To come", "stopped": "Stopped"}
NOTICE_KINDS = {"success": "good", "error": "alert", "warning": "alert"}


def read(item: Any, name: str, default: Any = "") -> Any:
    """A fact of a dictionary or of an object."""
    found = item.get(name, default) if isinstance(item, Mapping) else getattr(item, name, default)
    return default if found is None else found


def drawn(name: str, context: Mapping[str, Any]) -> SafeString:
    return mark_safe(render_to_string(f"teamaround/{name}.html", dict(context)))  # safe: a template wrote it


@register.filter
def when(moment: date | datetime | str | None) -> str:
    """A day or a moment in words: `{{ review.held_on|when }}`."""
    if isinstance(moment, datetime):
        return say_moment(moment)
    return say(moment) if isinstance(moment, date) else moment or ""


@register.filter
def clock(moment: datetime | None) -> str:
    """The time of day of a moment: `{{ meeting.planned_at|clock }}` is 9:38pm."""
    return say_time(moment)


@register.filter
def initials(name: str) -> str:
    """
    >>> initials("Ama Okafor-Lindqvist"), initials("Priya")
    ('AO', 'P')
    """
    words = str(name).split()
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]])


@register.simple_tag
def logo() -> SafeString:
    """A ring of people round a child. The product's name stands beside it, so it says nothing itself."""
    return drawn("logo", {})


@register.simple_tag
def status_tag(text: str, kind: str = "") -> SafeString:
    """`{% status_tag "Due soon" "soon" %}`; kinds: neutral closed info active new waiting soon good late alert lead."""
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"No kind of status {kind!r}; use one of: {', '.join(filter(None, KINDS))}")
    return component("tag", words_or_html(text) | {"classes": KINDS[kind]})


@register.simple_tag
def notice(text: str, kind: str = "success") -> SafeString:
    """A line that says what was just done, or what the reader must know first. Kinds: success, info, warning, error."""
    return drawn("notice", {"text": text, "kind": NOTICE_KINDS.get(kind, "calm"), "said": kind == "success"})


@register.simple_tag
def empty(title: str, text: str = "") -> SafeString:
    """What a list says when there is nothing in it."""
    return drawn("empty", {"title": title, "text": text})


@register.simple_tag
def person_card(
    name: str,
    role: str = "",
    *,
    agency: str = "",
    phone: str = "",
    email: str = "",
    href: str = "",
    note: str = "",
    lead: str | bool = False,
    kind: str = "practitioner",
) -> SafeString:
    """Somebody, with how to reach them. `lead` is a word such as "Lead professional".

    Kinds: practitioner, family, child.
    """
    said = "Lead" if lead is True else lead
    facts = {"name": name, "role": role, "agency": agency, "phone": phone, "email": email, "href": href, "note": note}
    return drawn("person_card", facts | {"lead": said, "kind": kind})


@register.simple_tag
def progress(value: int, max: int, label: str) -> SafeString:
    """`{% progress 3 8 "actions done" %}`: a bar, and in words "3 of 8 actions done"."""
    return drawn("progress", {"value": value, "max": max, "label": label})


@register.simple_tag
def timeline(items: Iterable[Any]) -> SafeString:
    """What happened: items with `when`, `title`, and perhaps `text`, `by`, `href`, `tag`, `tag_kind`, `kind`
    (milestone or note). Moments are in the order given."""
    names = ("when", "title", "text", "by", "href", "tag", "tag_kind", "kind")
    return drawn("timeline", {"items": [{name: read(item, name) for name in names} for item in items]})


@register.simple_tag
def steps(items: Iterable[Any], label: str = "Where things stand") -> SafeString:
    """Where something stands: items with `text`, `state` (done, current, coming, stopped), perhaps `detail`, `href`."""
    shown = [{name: read(item, name) for name in ("text", "state", "detail", "href")} for item in items]
    for item in shown:
        if item["state"] not in STEP_SAID:
            raise template.TemplateSyntaxError(
                f"No state of a step {item['state']!r}; use one of: {', '.join(STEP_SAID)}"
            )
        item["said"] = STEP_SAID[item["state"]]
    return drawn("steps", {"items": shown, "label": label})


@register.simple_tag
def summary(rows: Iterable[Any], *, title: str = "", classes: str = "", none: str = "Not recorded") -> SafeString:
    """Facts with their names: pairs, or rows with `key`, `value`, perhaps `note` in small print, `href` and `action`
    ("Change").

    A value that is missing says so; an empty cell could mean anything. With a `title` it is a card.
    """
    params: dict[str, Any] = {"rows": [summary_row(row, none) for row in rows], "classes": classes}
    return component("summary-list", params | ({"card": {"title": words_or_html(title)}} if title else {}))


def summary_row(row: Any, none: str) -> dict[str, Any]:
    pair = isinstance(row, (list, tuple))
    key, value = row[:2] if pair else (read(row, "key"), read(row, "value"))
    params: dict[str, Any] = {"key": words_or_html(key), "value": shown_value(value, none)}
    if note := "" if pair else read(row, "note"):
        # Words that were made safe stay so, others are escaped here.
        shown = params["value"].get("html") or params["value"]["text"]
        params["value"]["html"] = format_html('{}<span class="ta-told">{}</span>', shown, note)
    href = "" if pair else read(row, "href")
    if href:
        link = {"href": href, "text": read(row, "action", "Change"), "visuallyHiddenText": uncapitalised(str(key))}
        params["actions"] = {"items": [link]}
    return params


def shown_value(value: Any, none: str) -> dict[str, str]:
    """A value as text that keeps its lines; several values stand on a line each."""
    if isinstance(value, (list, tuple)) and value:
        return words_or_html(format_html_join(mark_safe("<br>"), "{}", ((when(each) or each,) for each in value)))
    if value in (None, "", [], ()):
        return {"text": none, "classes": "ta-none"}
    shown = when(value) if isinstance(value, date) else value
    return words_or_html(linebreaksbr(shown, autoescape=True) if isinstance(shown, str) else shown)


@register.simple_tag
def task_list(items: Iterable[Any], prefix: str = "task") -> SafeString:
    """Things to do: items with `title`, and perhaps `href`, `hint`, `status` with its `kind`.

    A second list on a page needs its own `prefix`.
    """
    return component("task-list", {"idPrefix": prefix, "items": [task(item) for item in items]})


def task(item: Any) -> dict[str, Any]:
    hint, status, kind = read(item, "hint"), read(item, "status"), read(item, "kind")
    params: dict[str, Any] = {"title": words_or_html(read(item, "title")), "href": read(item, "href")}
    if hint:
        params["hint"] = words_or_html(hint)
    # What needs nothing more is plain text, so that the eye finds what does.
    quiet = kind in ("good", "closed", "neutral", "")
    params["status"] = {"text": str(status)} if quiet else {"html": status_tag(status, kind)}
    return params


@register.simple_tag
def keeping() -> SafeString:
    """The line in a form with `data-keep` that says when its words were saved."""
    return mark_safe('<p class="ta-keeping" role="status" data-keeping></p>')  # safe: a constant
