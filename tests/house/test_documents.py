"""Documents that are printed from the code say what the code does."""

import pytest
from django.core.management import CommandError, call_command

from teamaround.index import feed_schema
from teamaround.jobs import writing_docs


def test_the_printed_documents_are_up_to_date():
    stale = [one.name for one in writing_docs.out_of_date()]
    assert stale == [], "run: python -m teamaround write_docs"


def test_a_document_that_is_out_of_date_fails_the_check_until_it_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(writing_docs, "DOCS", tmp_path)
    with pytest.raises(CommandError, match=r"docs/policy\.md, docs/states\.md, docs/floors\.md"):
        call_command("write_docs", check=True)
    call_command("write_docs")
    call_command("write_docs", check=True)
    (tmp_path / "policy.md").write_text("Everybody may do everything.")
    with pytest.raises(CommandError, match=r"Out of date: docs/policy\.md\."):
        call_command("write_docs", check=True)
    assert capsys.readouterr().out.count("Written: docs/") == 3 + len(feed_schema.schemas())


def test_every_function_of_a_shipped_role_is_in_the_policy():
    known = {one.value for one in writing_docs.Action}
    held = {function for role in writing_docs.shipped("roles") for function in role["functions"]}
    assert held == known
