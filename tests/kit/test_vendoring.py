"""What we serve and did not write: the licence is beside it, and nothing of GOV.UK's own identity is left in it."""

import doctest
import json
from pathlib import Path

import pytest

from teamaround.kit.govuk import components, fields, forms, vendoring, widgets
from teamaround.kit.govuk.templatetags import govuk, teamaround


def test_nothing_served_bears_gov_uks_font_or_crest():
    for path in vendoring.STATIC.glob("govuk-frontend.*"):
        text = path.read_text().lower()
        for word in ("transport", "@font-face", "crest.svg", "calvert", "sourcemappingurl", "url(/", "url(http"):
            assert word not in text, f"{word} in {path.name}"


@pytest.mark.parametrize(
    ("folder", "package", "licence"),
    [
        (vendoring.STATIC, vendoring.GOVUK_FRONTEND, "govuk-frontend.LICENCE.txt"),
        (vendoring.JOURNEYS, vendoring.AXE, "axe.LICENCE.txt"),
    ],
)
def test_what_is_vendored_says_its_version_digest_and_licence(folder: Path, package: str, licence: str):
    fact = json.loads((folder / "VENDOR.json").read_text())

    assert f"{fact['name']}@{fact['version']}" == package
    assert fact["integrity"].startswith("sha512-")
    assert (folder / licence).read_text().strip()


def test_the_style_sheets_ask_for_nothing_from_elsewhere():
    own = (vendoring.STATIC / "teamaround.css").read_text()
    assert "url(" not in own and "@import" not in own
    assert len(own.splitlines()) < 400


@pytest.mark.parametrize("module", [components, fields, forms, widgets, vendoring, govuk, teamaround])
def test_the_examples_in_the_kit_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed
