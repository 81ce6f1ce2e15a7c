"""The look of the product: GOV.UK components on Teamaround's own paper.

Hides the official macros, the vendored style sheets and scripts, and how a Django form becomes GOV.UK markup.
Pages use the tags `govuk` and `teamaround`, the fields of `fields.py`, the forms of `forms.py` and the layouts.
"""
