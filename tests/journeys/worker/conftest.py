"""The people and the place of scenario A."""

from datetime import date

import pytest

from teamaround.audit.actor import system
from teamaround.index import registering
from teamaround.people.families import Carer
from teamaround.people.records import NewChild
from teamaround.sharing import notices
from tests import makers


@pytest.fixture
def story(reference, at):
    at(2026, 3, 30)
    makers.shipped_forms()
    notices.publish(title="How we use your family's information", text="What we hold and why", by=makers.TESTER)
    world = makers.World()
    world.fis = makers.agency("Family Information Service")
    world.police = makers.agency("Northmoor Police")
    world.minds = makers.agency("Northmoor Minds")
    world.worker = makers.practitioner("Ivy Marsden", at=world.minds, job_title="Adult mental health worker")
    world.tobi = registering.register(
        NewChild(
            given="Tobi",
            family="Okafor-Lindqvist",
            born=date(2019, 9, 4),
            sex="M",
            authority=world.authority,
            source="school-roll",
            address="current",
            lines="4 Harbour Street",
            postcode="NM1 1AA",
        ),
        carers=(
            Carer(given="Ama", family="Okafor", relationship="mother", basis="mother", phone="07700 900101"),
            Carer(given="Nils", family="Lindqvist", relationship="stepfather", first_language="Swedish"),
        ),
        by=system("feed"),
    )
    return world
