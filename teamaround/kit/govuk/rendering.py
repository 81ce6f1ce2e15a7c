"""How each kind of form field becomes its GOV.UK component."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from teamaround.kit.govuk.components import component, joined, words_or_html
from teamaround.kit.govuk.widgets import PARTS, DateInput

# Written by the macros, or left out on purpose: `required` and `maxlength` let the browser speak before our own
# words can, and cut a pasted text short in silence; a placeholder vanishes when it is needed.
NOT_PASSED_ON = {"class", "id", "required", "maxlength", "minlength", "placeholder", "aria-describedby"}
NOT_PASSED_ON |= {"autocomplete", "inputmode", "autocapitalize", "spellcheck", "rows", "cols", "type", "pattern"}


@dataclass
class Asked:
    """One field as it is to be asked on one page."""

    bound: BoundField
    label: str = ""
    hint: str | None = None
    size: str = "s"
    heading: bool = False
    hidden_label: bool = False
    classes: str = ""

    @cached_property
    def attrs(self) -> dict[str, Any]:
        widget = self.bound.field.widget
        return self.bound.build_widget_attrs(dict(widget.attrs), widget)

    @property
    def id(self) -> str:
        return str(self.attrs.get("id") or self.bound.auto_id or self.bound.html_name)

    def words(self, kind: str = "label") -> dict[str, Any]:
        """The label, or the legend, with its size; a page with one question makes it the heading."""
        css = f"govuk-{kind}--{self.size}" if kind == "label" else f"govuk-fieldset__legend--{self.size}"
        hidden = " govuk-visually-hidden" if self.hidden_label else ""
        return words_or_html(self.label or self.bound.label) | {"classes": css + hidden, "isPageHeading": self.heading}

    def common(self) -> dict[str, Any]:
        """What every component takes: name, hint, error."""
        params: dict[str, Any] = {"name": self.bound.html_name}
        hint = self.bound.help_text if self.hint is None else self.hint
        if hint:
            params["hint"] = words_or_html(hint)
        if self.bound.errors:
            params["errorMessage"] = {"text": " ".join(str(error) for error in self.bound.errors)}
        return params

    def labelled(self) -> dict[str, Any]:
        """Also what a component with one label takes."""
        passed_on = {
            name: "" if value is True else value
            for name, value in self.attrs.items()
            if name not in NOT_PASSED_ON and value is not False
        }
        written = {name: self.attrs.get(name) for name in ("autocomplete", "inputmode", "autocapitalize", "pattern")}
        spellcheck = {"true": True, "false": False}.get(str(self.attrs.get("spellcheck")).lower())
        own = {"id": self.id, "label": self.words(), "classes": self.css(), "attributes": passed_on}
        return self.common() | written | own | {"disabled": self.bound.field.disabled, "spellcheck": spellcheck}

    def in_fieldset(self) -> dict[str, Any]:
        """Also what a component with a legend takes."""
        legend = {"legend": self.words("legend")}
        return self.common() | {"idPrefix": self.id, "fieldset": legend, "classes": self.css()}

    def css(self) -> str:
        width = getattr(self.bound.field, "width", None)
        wide = f"govuk-input--width-{width}" if width else ""
        inline = "govuk-radios--inline" if getattr(self.bound.field, "inline", False) else ""
        return " ".join(filter(None, [wide, inline, str(self.attrs.get("class", "")), self.classes]))

    def shown(self) -> Any:
        return self.bound.field.widget.format_value(self.bound.value())


def as_input(asked: Asked) -> SafeString:
    widget = asked.bound.field.widget
    kind = asked.attrs.get("type") or getattr(widget, "input_type", "text")
    return component("input", asked.labelled() | {"type": kind, "value": asked.shown()})


def as_password(asked: Asked) -> SafeString:
    return component("password-input", asked.labelled())


def as_textarea(asked: Asked) -> SafeString:
    params = asked.labelled() | {"value": asked.shown() or "", "rows": asked.attrs.get("rows", 5)}
    most = getattr(asked.bound.field, "most", None)
    return component("character-count", params | {"maxlength": most}) if most else component("textarea", params)


def as_file(asked: Asked) -> SafeString:
    return component("file-upload", asked.labelled() | {"multiple": asked.bound.field.widget.allow_multiple_selected})


def as_date(asked: Asked) -> SafeString:
    widget = asked.bound.field.widget
    boxes = widget.params(asked.bound.html_name, asked.bound.value(), asked.id, wrong=wrong_parts(asked.bound))
    return component("date-input", asked.common() | {"fieldset": {"legend": asked.words("legend")}} | boxes)


def wrong_parts(bound: BoundField) -> set[str]:
    """The boxes of a date that its errors are about; all three, unless an error names its own."""
    named = [(error.params or {}).get("parts", PARTS) for error in bound.errors.as_data()]
    return {part for parts in named for part in parts}


def as_tick(asked: Asked) -> SafeString:
    params = asked.common()
    hint = params.pop("hint", None)
    ticked = asked.bound.field.widget.check_test(asked.bound.value())
    item = words_or_html(asked.label or asked.bound.label) | {"value": "on", "checked": ticked, "hint": hint}
    item |= {"id": asked.id, "disabled": asked.bound.field.disabled}
    return component("checkboxes", params | {"idPrefix": asked.id, "items": [item], "classes": asked.css()})


def as_radios(asked: Asked) -> SafeString:
    return as_choices(asked, "radios")


def as_checkboxes(asked: Asked) -> SafeString:
    return as_choices(asked, "checkboxes")


def as_choices(asked: Asked, kind: str) -> SafeString:
    groups = groups_of(asked)
    if len(groups) == 1 and not groups[0][0]:
        return component(kind, asked.in_fieldset() | {"items": groups[0][1]})
    return as_groups(asked, kind, groups)


def as_groups(asked: Asked, kind: str, groups: list[tuple[str, list[dict[str, Any]]]]) -> SafeString:
    """Choices under headings: a group of fields in the group of fields, as a screen reader says it."""
    parts = []
    for number, (heading, items) in enumerate(groups):
        prefix = f"{asked.id}-group-{number}" if number else asked.id
        legend = {"legend": {"text": heading, "classes": "ta-group__heading"}} if heading else None
        params = {"name": asked.bound.html_name, "idPrefix": prefix, "items": items, "fieldset": legend}
        parts.append(component(kind, params))
    return in_group(asked, joined(parts))


def in_group(asked: Asked, inside: SafeString) -> SafeString:
    """Anything that is not a component of its own, with legend, hint and error as the components have them."""
    kind = "legend" if asked.bound.field.widget.use_fieldset else "label"
    context = {"asked": asked, "inside": inside, "words": asked.words(kind), "kind": kind} | asked.common()
    return mark_safe(render_to_string("govuk/group.html", context))  # safe: a template wrote it


def groups_of(asked: Asked) -> list[tuple[str, list[dict[str, Any]]]]:
    """The choices as (heading, items); choices without a heading share the empty one."""
    chosen = asked.shown()
    selected = {chosen} if isinstance(chosen, str) else {str(each) for each in chosen}
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for value, label in asked.bound.field.widget.choices:
        grouped = isinstance(label, (list, tuple))
        heading = str(value) if grouped else ""
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        choices = label if grouped else [(value, label)]
        groups[-1][1].extend(choice_item(asked, *choice, selected=selected) for choice in choices if filled(choice[0]))
    return groups or [("", [])]


def filled(value: Any) -> bool:
    return value is not None and str(value) != ""


def choice_item(asked: Asked, value: Any, label: Any, *, selected: set[str]) -> dict[str, Any]:
    own, key = asked.bound.field, str(value)
    item = words_or_html(label) | {"value": key, "checked": key in selected, "disabled": own.disabled}
    if hint := getattr(own, "hints", {}).get(key):
        item["hint"] = words_or_html(hint)
    if opened := getattr(own, "reveals", {}).get(key):
        inside = [render_field(asked.bound.form[name]) for name in opened]
        item["conditional"] = {"html": joined(inside)}
    return item


def as_select(asked: Asked) -> SafeString:
    choices = list(asked.bound.field.widget.choices)
    if any(isinstance(label, (list, tuple)) for _, label in choices):
        return as_widget(asked)  # the macro knows no groups; Django's own select does
    chosen = asked.shown()
    selected = {chosen} if isinstance(chosen, str) else {str(each) for each in chosen}
    items = [
        {"value": "" if value is None else str(value), "text": str(label), "selected": str(value or "") in selected}
        for value, label in choices
    ]
    return component("select", asked.labelled() | {"items": items})


def as_widget(asked: Asked) -> SafeString:
    """A widget that no component draws: its own markup between our label, hint and error."""
    kind = "select" if isinstance(asked.bound.field.widget, forms.Select) else "input"
    error = f" govuk-{kind}--error" if asked.bound.errors else ""
    described = [f"{asked.id}-{part}" for part in ("hint", "errorMessage") if part in asked.common()]
    attrs = asked.attrs | {"class": f"govuk-{kind} {asked.css()}{error}", "id": asked.id}
    attrs.pop("required", None)
    if described:
        attrs["aria-describedby"] = " ".join(described).replace("errorMessage", "error")
    widget = asked.bound.field.widget
    return in_group(asked, widget.render(asked.bound.html_name, asked.bound.value(), attrs, asked.bound.form.renderer))


# The first kind that fits: special ones before what they are made of.
KINDS: list[tuple[type[forms.Widget], Callable[[Asked], SafeString]]] = [
    (DateInput, as_date),
    (forms.PasswordInput, as_password),
    (forms.CheckboxSelectMultiple, as_checkboxes),
    (forms.SelectMultiple, as_checkboxes),
    (forms.RadioSelect, as_radios),
    (forms.Select, as_select),
    (forms.CheckboxInput, as_tick),
    (forms.Textarea, as_textarea),
    (forms.FileInput, as_file),
    (forms.MultiWidget, as_widget),
    (Input, as_input),
]


def render_field(bound: BoundField, **how: Any) -> SafeString:
    """The field as its GOV.UK component, with label, hint and error; `how` are the options of `Asked`."""
    widget = bound.field.widget
    if widget.is_hidden:
        return SafeString(bound)
    draw = next((draw for kind, draw in KINDS if isinstance(widget, kind)), as_widget)
    return draw(Asked(bound, **how))


def anchor(bound: BoundField) -> str:
    """Where the error summary's link for this field leads: the first thing a person can put right."""
    if isinstance(bound.field.widget, DateInput):
        wrong = wrong_parts(bound)
        return f"{bound.auto_id}-{next(part for part in PARTS if part in wrong)}"
    return str(bound.auto_id or bound.html_name)
