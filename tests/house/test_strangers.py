"""Whoever has no part in an episode gets no word of it, by whatever address: every address with an id is tried."""

import re
from itertools import product

import pytest
from django.db.models import Model
from django.urls import reverse

from teamaround.access.models import Override
from teamaround.access.policy import TABLE
from teamaround.accounts import drafts
from teamaround.casework.models import (
    Assessment,
    Comment,
    ContactAttempt,
    Episode,
    Invited,
    Lead,
    Meeting,
    Member,
    Minute,
    Need,
    Outcome,
    PlanAction,
    StatutoryStatus,
)
from teamaround.people.models import Care, Name
from teamaround.sharing.models import Consent
from teamaround.web import checks
from tests.signing_in import account_of, sign_in

from .full_case import WORD, FullCase, word_of

#: what an address needs besides the record its action is about: a kind of record, or words
BESIDES = {
    "need": Need,
    "outcome": Outcome,
    "part": Need,
    "member": Member,
    "opening": Override,
    "one": PlanAction,
    "invited": Invited,
    "name": Name,
    "care": Care,
    "status": StatutoryStatus,
    "kind": ("gp", "nhs"),
    "who": ("child", "parent"),
    "section": ("reason",),
    "version": (1,),
}
#: addresses with an id that are about no child at all, each with the reason
ABOUT_NO_CHILD = {
    "account_reset_password_from_key": "a key of one's own account, from a letter",
    "mfa_edit_webauthn": "a passkey of one's own account",
    "mfa_remove_webauthn": "a passkey of one's own account",
}
#: so many records of one kind are tried: the case holds no more than these of what differs in its state
ENOUGH = 3
#: texts that those in the episode do read somewhere, so that their absence elsewhere means something
READ_BY_THE_TEAM = {
    word_of(Assessment, "new_version_reason"),
    word_of(Comment, "text"),
    word_of(Consent, "reason"),
    word_of(Consent, "excluded_others"),
    word_of(ContactAttempt, "note"),
    word_of(Episode, "reason"),
    word_of(Episode, "over_age_reason"),
    word_of(Invited, "report"),
    word_of(Lead, "dissent"),
    word_of(Lead, "family_wish"),
    word_of(Meeting, "agenda"),
    word_of(Meeting, "advocate"),
    word_of(Meeting, "online"),
    word_of(Minute, "text"),
    word_of(Need, "text"),
    word_of(Outcome, "measure"),
    word_of(PlanAction, "evidence"),
    word_of(PlanAction, "progress"),
    word_of(PlanAction, "resources"),
    f"{WORD} of common-assessment why",
}


def with_an_id():
    """Every address with an id in it, its name, what its ids are called, and its action."""
    for path, one in checks.patterns():
        ids = re.findall(r"<(?:\w+:)?(\w+)>", path)
        if ids and one.name not in ABOUT_NO_CHILD:
            assert hasattr(one.callback, "action"), f"Say in ABOUT_NO_CHILD why /{path} shows nothing of a child"
            yield one.name, ids, one.callback.action


def choices(name: str, action) -> list:
    """What there is for one id of an address: records of its kind in the case, or the words it may be."""
    kind = TABLE[action].model if name == "id" else BESIDES[name]
    if not (isinstance(kind, type) and issubclass(kind, Model)):
        return list(kind)
    found = list(kind.objects.values_list("pk", flat=True))
    assert found, f"Nothing stands in the case for the id {name} of {action}: put a {kind._meta.label} into FullCase"
    return found[:ENOUGH]


def addresses() -> list[str]:
    """Every address with an id, with every record of the case it could be about."""
    return [
        reverse(name, kwargs=dict(zip(ids, picked, strict=True)))
        for name, ids, action in with_an_id()
        for picked in product(*(choices(one, action) for one in ids))
    ]


@pytest.fixture
def case(reference):
    return FullCase()


def asked_for(client, practitioner):
    """All answers to somebody who opens every address and sends its form, as the address, the way and the answer."""
    account = account_of(practitioner)
    for address in addresses():
        yield address, "GET", client.get(address)
        yield address, "POST", client.post(address, {"form_token": drafts.new_token(account.pk, address)})


def words_in(answer) -> list[str]:
    text = answer.content.decode(errors="replace")
    return re.findall(rf"{WORD} of [\w.-]+ \w+", text)


def test_every_kind_of_id_is_known():
    unknown = {one for _, ids, _ in with_an_id() for one in ids} - {"id", *BESIDES}
    assert unknown == set(), "Say in BESIDES which records these ids are of"
    assert set(ABOUT_NO_CHILD) <= {one.name for _, one in checks.patterns()}


def test_a_practitioner_without_a_part_finds_nothing_at_any_address(case, client):
    sign_in(client, case.ivy)
    answers = list(asked_for(client, case.ivy))

    assert [(address, way) for address, way, one in answers if one.status_code not in (404, 405)] == []
    assert {address for address, _, one in answers if one.status_code == 404} == {one for one, _, _ in answers}
    assert [address for address, _, one in answers if words_in(one) or "Tobi" in one.content.decode()] == []


@pytest.mark.parametrize("who", ["beginner", "former"])
def test_somebody_who_may_open_the_childs_record_finds_no_word_of_the_episode(case, client, who):
    sign_in(client, getattr(case, who))
    for address, way, answer in asked_for(client, getattr(case, who)):
        assert words_in(answer) == [], f"{way} {address}"


def test_a_visitor_who_is_not_signed_in_is_asked_to_sign_in_everywhere(case, client):
    for address, way, answer in asked_for(client, case.ivy):
        assert answer.status_code == 405 or answer.url.startswith(reverse("account_login")), f"{way} {address}"
        assert words_in(answer) == []


def test_those_in_the_episode_do_find_the_words(case, client):
    seen = set()
    for who in (case.priya, case.ruth):
        sign_in(client, who)
        seen |= {word for address in addresses() for word in words_in(client.get(address))}
    assert sorted(READ_BY_THE_TEAM - seen) == []
