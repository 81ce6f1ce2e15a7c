"""Purge: six years after the archive, by two people, with a tombstone (IX-62)."""

from datetime import date

import pytest
from django.db import IntegrityError

from teamaround.audit.actor import system
from teamaround.index import archive, involvement, purging
from teamaround.index.models import Archiving, Purge, Tombstone
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.families import Carer
from teamaround.people.models import Adult, Child, Name
from tests import makers
from tests.casework.world import Family
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

ARCHIVED, DUE = date(2026, 11, 24), date(2032, 11, 24)


@pytest.fixture
def two():
    return tuple(makers.actor(makers.practitioner(roles=("privacy-officer",))) for _ in range(2))


def archived(given="Katherine"):
    with dates.given(ARCHIVED):
        carers = (Carer(given="Ama", family="Okafor", relationship="mother"),)
        child = children.register(given, carers=carers)
        involvement.record(child, practitioner=makers.practitioner(), role="Nurse", from_on=ARCHIVED, by=makers.TESTER)
        archive.archive(child, because="left", by=system("life of records"))
        return child


def purge(two):
    proposed = purging.propose(by=two[0])
    purging.carry_out(proposed, by=two[1])
    return proposed


def test_ix_62_nothing_is_due_before_six_years_are_over(two):
    archived()
    with dates.given(date(2032, 11, 23)), pytest.raises(Refused, match="Nothing is due"):
        purging.propose(by=two[0])


def test_ix_62_a_purge_leaves_a_tombstone_and_nothing_else(two):
    child = archived()
    with dates.given(DUE):
        purge(two)
    assert not Child.objects.exists() and not Name.objects.exists() and not Adult.objects.exists()
    stone = Tombstone.objects.get()
    assert (stone.digest, stone.purged_on) == (purging.digest_of(child.index_number), DUE)
    assert child.index_number not in stone.digest


def test_ix_62_two_people_purge(two):
    archived()
    with dates.given(DUE):
        proposed = purging.propose(by=two[0])
        with pytest.raises(Refused, match="second person"):
            purging.carry_out(proposed, by=two[0])
        with pytest.raises(IntegrityError, match="purged_by_two"):
            makers.change(proposed, done_by=two[0].practitioner)


def test_ix_62_a_hold_in_law_blocks_it_also_when_it_comes_after_the_proposal(two):
    child, other = archived(), archived("Ida")
    with dates.given(DUE):
        proposed = purging.propose(by=two[0])
        purging.hold(child, reason="Proceedings 12", by=two[0])
        assert purging.carry_out(proposed, by=two[1]) == 1
        assert list(Child.objects.all()) == [child]
        purging.lift(child, by=two[0])
        purge(two)
    assert not Child.objects.exists() and other.pk


def test_ix_62_who_was_brought_back_after_the_proposal_is_not_purged(two):
    child = archived()
    with dates.given(DUE):
        proposed = purging.propose(by=two[0])
        archive.bring_back(child, by=two[0])
        assert purging.carry_out(proposed, by=two[1]) == 0
    assert Child.objects.get() == child


def test_ix_62_a_record_that_other_parts_still_need_stays_whole(two):
    with dates.given(ARCHIVED):
        family = Family()
        family.started()
        archive.archive(family.tobi, because="left", by=makers.TESTER)
    with dates.given(DUE):
        purge(two)
    assert Child.objects.filter(pk=family.tobi.pk).exists() and family.tobi.names.exists()
    assert not Tombstone.objects.exists()


def test_ix_62_what_was_merged_into_a_record_goes_with_it(two):
    child = archived()
    alias = children.register("Kathryn")
    makers.change(alias, state="merged", merged_into=child)
    with dates.given(DUE):
        purge(two)
    assert not Child.objects.exists() and Tombstone.objects.count() == 2


def test_ix_62_the_certificate_says_who_and_when_and_names_nobody(two):
    archived()
    with dates.given(DUE):
        assert [one.because for one in purging.preview(DUE)] == ["Left the area"]
        purge(two)
    (certificate,) = purging.certificates()
    assert certificate.done_on == DUE and len(certificate.digests) == 1
    assert Purge.objects.get().done_by and not Archiving.objects.exists()
