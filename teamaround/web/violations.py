"""Where browsers report what the content security policy kept from running (domain/security.md D13).

Anybody may send such a report, with anything in it, so it is never believed: the log gets words of our own lists and
the name of the page's address, and at most so many lines an hour. Nothing that was sent is written down as it came.
"""

import json
import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from teamaround.kit import dates

logger = logging.getLogger(__name__)

#: a true report is shorter than this
LONGEST = 8 * 1024
LINES_AN_HOUR = 50
#: what a browser says instead of an address when the page itself holds the script or the style
WITHIN_THE_PAGE = {"inline", "eval", "wasm-eval", "self", "data", "blob", "trusted-types-policy"}
#: sub-directives that browsers name and our policy does not spell out
FINER = {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "worker-src", "frame-src"}
DIRECTIVES = {*settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], *FINER, "object-src", "media-src", "manifest-src"}

_told: dict[tuple[str, str, str], datetime] = {}


@csrf_exempt  # a browser sends it by itself and adds no token; it changes nothing
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Note which kind of page broke which part of the policy; the answer is the same whatever was sent."""
    length = request.META.get("CONTENT_LENGTH", "")
    if length.isdecimal() and int(length) <= LONGEST:
        _note(_read(request.body))
    return HttpResponse(status=204)


def _read(body: bytes) -> dict[str, object]:
    try:
        sent = json.loads(body)
        found = sent["csp-report"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _note(found: dict[str, object]) -> None:
    words = str(found.get("effective-directive") or found.get("violated-directive") or "").split()
    if not words or words[0] not in DIRECTIVES:
        return
    seen = (words[0], _page(str(found.get("document-uri", ""))), _kind(str(found.get("blocked-uri", ""))))
    hour_ago = dates.now() - timedelta(hours=1)
    for old in [one for one, at in _told.items() if at < hour_ago]:
        del _told[old]
    if seen in _told or len(_told) >= LINES_AN_HOUR:
        return
    _told[seen] = dates.now()
    logger.warning("a browser kept something from running: %s on the page %s, from %s", *seen)


def _page(address: str) -> str:
    """The name of the page's address; the address itself would hold a record's id."""
    try:
        return resolve(urlsplit(address).path).view_name or "without a name"
    except (Resolver404, ValueError):
        return "that is none of ours"


def _kind(blocked: str) -> str:
    if blocked in WITHIN_THE_PAGE:
        return blocked
    return "our own address" if blocked.startswith(f"{settings.ORIGIN}/") else "elsewhere"
