"""The README shows what the tests walk through, with pictures that they take."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
JOURNEYS = "\n".join(one.read_text() for one in (ROOT / "tests" / "journeys").rglob("*.py"))

shown = set(re.findall(r"docs/pictures/([\w-]+)-\d+\.png", README))
files = set(re.findall(r"docs/pictures/([\w-]+\.png)", README))
taken = set(re.findall(r'\.picture\(\s*"([\w-]+)"[^)]*readme=True', JOURNEYS))


def test_every_picture_of_the_readme_is_taken_by_a_journey_and_stands_in_the_repository():
    assert shown and shown == taken
    assert files == {one.name for one in (ROOT / "docs" / "pictures").iterdir()}


def test_every_picture_says_in_words_what_it_shows():
    for words in re.findall(r"!\[([^\]]*)\]\(docs/pictures|<img src=\"docs/pictures[^>]*alt=\"([^\"]*)\"", README):
        assert len("".join(words).split()) > 3


def test_every_link_of_the_readme_leads_to_a_file():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
