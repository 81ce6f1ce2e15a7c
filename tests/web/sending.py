"""How tests look at pages and send their forms, as a browser would."""

import re
from datetime import date


def text(page) -> str:
    return page.content.decode()


def send(client, address, **typed):
    """Open a page and send its form with what is typed; a date fills its three boxes."""
    page = client.get(address)
    assert page.status_code == 200, text(page)
    return send_to(client, page, address, **typed)


def send_to(client, page, address, **typed):
    """Send the form of a page that goes to this address."""
    forms = re.findall(r"<form\b.*?</form>", text(page), re.DOTALL)
    form = next(
        (one for one in forms if f'action="{address}"' in one), next((one for one in forms if "action=" not in one), "")
    )
    token = re.search(r'name="form_token" value="([^"]+)"', form)
    assert token, f"no form of this page goes to {address}"
    fields = {"form_token": token.group(1)}
    for name, value in typed.items():
        if isinstance(value, date):
            fields |= {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
        else:
            fields[name] = value
    return client.post(address, fields)
