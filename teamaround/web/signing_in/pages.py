from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def no_account(request: HttpRequest) -> HttpResponse:
    """Where accounts come from: nobody makes one by themselves (IX-13)."""
    return render(request, "signing_in/no_account.html")


def dormant(request: HttpRequest) -> HttpResponse:
    """What to do when nobody had used the account for long."""
    return render(request, "signing_in/dormant.html", {"days": settings.DORMANT_DAYS})
