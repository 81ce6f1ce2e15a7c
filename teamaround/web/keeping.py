"""Where a page's script sends what is being typed, every few seconds."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from teamaround.accounts import drafts


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed for the account whose form it is, even when the session has ended meanwhile."""
    token = drafts.read_token(request.POST.get("form_token", ""))
    if token is None or (request.user.is_authenticated and request.user.pk != token.account):
        return HttpResponse(status=403)
    drafts.keep(token, request.POST)
    return HttpResponse(status=204)
