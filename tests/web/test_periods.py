"""The page of periods and thresholds: all that is in force, its source, and since when."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from teamaround.audit.actor import system
from teamaround.kit import dates
from teamaround.reference import loading, periods
from teamaround.reference.models import Period
from tests import makers
from tests.signing_in import sign_in
from tests.web.sending import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def page(*roles):
    return sign_in(Client(), makers.practitioner(roles=roles)).get(reverse("periods"))


def test_every_period_in_force_is_shown_with_its_amount_and_source():
    shown = unescape(text(page("steward")))
    for one in Period.objects.all():
        assert one.title in shown and one.source in shown
    assert "84 days" in shown and "0.98 probability" in shown


def test_what_an_authority_has_changed_shows_since_when_and_the_former_amount_no_longer():
    row = {"key": "review_max_days", "amount": 60, "unit": "days", "title": "Longest time", "source": "Our board"}
    loading.load_periods([row], valid_from=date(2026, 1, 5), by=system("test"))
    later = dates.today() + timedelta(days=30)
    loading.load_periods([row | {"amount": 50}], valid_from=later, by=system("test"))
    found = [one for one in periods.in_force() if one.title == "Longest time"]
    assert [(one.amount, one.since) for one in found] == [("60", date(2026, 1, 5))]
    shown = text(page("steward"))
    assert "60 days" in shown and "Our board" in shown and "5 January 2026" in shown


def test_the_page_is_for_those_who_steward_manage_or_watch_privacy():
    assert page("manager").status_code == page("privacy-officer").status_code == 200
    assert page("practitioner").status_code == 404
