"""Sending a form as a browser does: open the page, take its token, send it."""

import re
from datetime import date


def send(client, address, **typed):
    """Open a page and send its form with what was typed; a date fills its three boxes."""
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', text(page)).group(1)
    fields = {"form_token": token}
    for name, value in typed.items():
        if isinstance(value, date):
            fields |= {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
        else:
            fields[name] = value
    return client.post(address, fields)


def text(page):
    return page.content.decode()
