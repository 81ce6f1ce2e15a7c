"""What pages need in their forms: `{% sent_once %}` stands in every form that is sent."""

import re
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from teamaround.accounts import drafts
from teamaround.reference import words

register = template.Library()


@register.simple_tag(takes_context=True)
def sent_once(context: dict[str, Any], page: str = "") -> SafeString:
    """The hidden fields that make a form trusted, done once, and kept for its owner.

    `page` is the address the form is sent to, where that is not the page it stands on.
    """
    request = context["request"]
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="form_token" value="{}">',
        get_token(request),
        drafts.new_token(request.user.pk, page or request.path),
    )


@register.simple_tag(takes_context=True)
def word(context: dict[str, Any], key: str, plural: str = "", start: str = "") -> str:
    """A term of the vocabulary as the area says it: `{% word "lead_professional" %}`, "many" for more than one,
    and start="capital" at the head of a sentence. The vocabulary is asked once a page."""
    shell = context.get("shell")
    known = shell.vocabulary if shell is not None else words.vocabulary()
    said = known[key][bool(plural)] if key in known else key.replace("_", " ")
    return said[:1].upper() + said[1:] if start else said


@register.filter
def squares(drawing: str) -> str:
    """The squares of a drawn code, as a path to set into a page's own picture; the policy allows no other kind."""
    found = re.search(r'<path d="([MHVz\d.,]+)"', drawing)
    if found is None:
        raise ValueError("the drawing of the code has no path")
    return found.group(1)


@register.filter
def sight(drawing: str) -> str:
    """How wide and high the drawing of a code is, as a picture's view."""
    found = re.search(r'viewBox="([\d. ]+)"', drawing)
    if found is None:
        raise ValueError("the drawing of the code has no view")
    return found.group(1)
