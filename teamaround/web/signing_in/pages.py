from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def no_account(request: HttpRequest) -> HttpResponse:
    """Where accounts come from: nobody makes one by themselves (IX-13)."""
    return render(request, "signing_in/no_account.html")
