"""What a load balancer and a pager ask: is the process up, does the database answer, can it be written."""

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

WRITABLE = "select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'"


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _say(True)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers."""
    return _say(_ask("default", "select true"))


@require_safe
def writable(request: HttpRequest) -> HttpResponse:
    """Changes and disclosures can be written; without that no case may be shown."""
    return _say(all(_ask(alias, WRITABLE) for alias in ("default", settings.AUDIT_DATABASE)))


def _ask(alias: str, question: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(question)
            return bool(cursor.fetchone()[0])
    except Error:
        return False


def _say(good: bool) -> HttpResponse:
    return HttpResponse("ok" if good else "not now", content_type="text/plain", status=200 if good else 503)
