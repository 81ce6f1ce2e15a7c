"""Template tags for the GOV.UK components and for forms: `{% load govuk %}`."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from teamaround.kit.govuk.components import component, joined
from teamaround.kit.govuk.forms import revealed_names
from teamaround.kit.govuk.rendering import anchor, render_field

register = template.Library()

TOLD = "errors already told"


def nested(options: dict[str, Any]) -> dict[str, Any]:
    """Component options from a tag's: two underscores go one level down.

    >>> nested({"text": "Save", "label__text": "Name", "attributes__data_kind": "x"})
    {'text': 'Save', 'label': {'text': 'Name'}, 'attributes': {'data-kind': 'x'}}
    """
    params: dict[str, Any] = {}
    for path, value in options.items():
        *groups, name = path.split("__")
        inner = params
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[name.replace("_", "-") if "attributes" in groups else name] = value
    return params


@register.simple_tag(name="gov")
def gov(component_name: str, **options: Any) -> SafeString:
    """`{% gov "button" text="Search" %}`: any GOV.UK component by its name."""
    return component(component_name, nested(options))


@register.simple_block_tag(name="gov_block", end_name="end_gov_block")
def gov_block(content: str, component_name: str, **options: Any) -> SafeString:
    """`{% gov_block "inset-text" %} … {% end_gov_block %}`: a component round markup of your own."""
    return component(component_name, nested(options) | {"html": content})


@register.simple_tag(name="field")
def field(bound: BoundField, **how: Any) -> SafeString:
    """`{% field form.name %}`, or with `label`, `hint`, `size="l"`, `heading=True`, `hidden_label=True`, `classes`."""
    if not isinstance(bound, BoundField):
        raise template.TemplateSyntaxError("{% field %} got no form field; is its name spelt as in the form?")
    return render_field(bound, **how)


@register.simple_tag(name="fields")
def fields(form: BaseForm) -> SafeString:
    """All fields of a form in its order, those that an answer reveals inside that answer."""
    revealed = revealed_names(form)
    return joined(render_field(bound) for bound in form if bound.name not in revealed)


@register.simple_tag(name="button")
def button(
    text: str, href: str = "", *, kind: str = "", name: str = "", value: str = "", classes: str = ""
) -> SafeString:
    """`{% button "Save" %}`, `{% button "Cancel" url kind="secondary" %}`; kinds: secondary, warning, inverse."""
    css = f"govuk-button--{kind} {classes}" if kind else classes
    params: dict[str, Any] = {"text": text, "classes": css.strip()}
    # A second press while the first is on its way would send the form twice.
    params |= {"href": href} if href else {"name": name, "value": value, "preventDoubleClick": True}
    return component("button", params)


@register.simple_tag(name="back_link")
def back_link(href: str, text: str = "Back") -> SafeString:
    """A way back, in a landmark of its own, so that a reader who walks by landmarks meets it."""
    return format_html('<nav aria-label="Back">{}</nav>', component("back-link", {"href": href, "text": text}))


@register.simple_tag(name="breadcrumbs")
def breadcrumbs(*texts_and_links: str) -> SafeString:
    """`{% breadcrumbs "My children" home "Review" %}`: texts each with its link; the last one is this page."""
    pairs = [texts_and_links[at : at + 2] for at in range(0, len(texts_and_links), 2)]
    items = [{"text": pair[0], "href": pair[1] if len(pair) == 2 else None} for pair in pairs]
    return component("breadcrumbs", {"items": items, "collapseOnMobile": True, "classes": "govuk-!-display-none-print"})


@register.simple_tag(name="error_summary", takes_context=True)
def error_summary(context: Context, *given: Any) -> SafeString | str:
    """What to put right, at the top of the page, each with a link to its field.

    Takes forms, formsets and plain reasons (`refusal`). Without any it takes what the page has. The layout asks for
    it by itself; whatever was told once on a page is not told again.
    """
    told: set[int] = context.dicts[0].setdefault(TOLD, set())
    new = [each for each in (given or everything_wrong(context)) if id(each) not in told]
    told.update(id(each) for each in new)
    errors = [error for each in new for error in errors_of(each)]
    if not errors:
        return ""
    return component("error-summary", {"titleText": "There is a problem", "errorList": errors})


@register.simple_tag(name="error_prefix", takes_context=True)
def error_prefix(context: Context) -> str:
    """What the title of a page with errors begins with; a screen reader says it first."""
    return "Error: " if any(errors_of(each) for each in everything_wrong(context)) else ""


def everything_wrong(context: Context) -> Iterator[Any]:
    """The page's forms and formsets, and the reason a rule gave."""
    seen: set[int] = set()
    for name, value in context.flatten().items():
        if id(value) not in seen and (isinstance(value, (BaseForm, BaseFormSet)) or name == "refusal"):
            seen.add(id(value))
            yield value


def errors_of(source: Any) -> list[dict[str, str]]:
    """The errors of a form, a formset or a plain reason, in the order of the page."""
    if isinstance(source, BaseFormSet):
        own = [{"text": str(error)} for error in source.non_form_errors()] if source.is_bound else []
        return own + [error for form in source.forms for error in errors_of(form)]
    if isinstance(source, BaseForm):
        general = [{"text": str(error)} for error in source.non_field_errors()]
        return general + [error for bound in source for error in errors_of_field(bound)]
    return [{"text": str(source)}] if source else []


def errors_of_field(bound: BoundField) -> list[dict[str, str]]:
    link = {} if bound.is_hidden else {"href": f"#{anchor(bound)}"} if bound.errors else {}
    return [{"text": str(error)} | link for error in bound.errors]
