"""Of several contents the longest that fits one page is taken."""

from teamaround.kit import pdf


def content(words: int) -> dict:
    return {
        "title": "Assessment and plan",
        "facts": [["Born", "4 September 2019"]],
        "told": [["What led to this", "late " * words]],
        "voices": [["The child says", ""]],
        "elements": [],
        "steps": [],
        "footer": "Printed by nobody",
    }


def test_the_first_content_that_fits_one_page_is_taken_and_no_other_is_asked_for():
    asked = (content(words) for words in (5000, 100, 10))
    assert pdf.make_fitting("one_page", asked).startswith(b"%PDF")
    assert next(asked) == content(10)


def test_where_none_fits_the_last_is_taken():
    assert pdf.pages("one_page", content(5000)) > 1
    assert pdf.make_fitting("one_page", iter([content(6000), content(5000)])).startswith(b"%PDF")
