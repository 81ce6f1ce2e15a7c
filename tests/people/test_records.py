"""What every record of a child has, and what none may have: IX-1 to 5 and 9."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models

from teamaround.index import registering
from teamaround.index.models import Involvement
from teamaround.kit import dates
from teamaround.kit.identifiers import parse_index_number
from teamaround.kit.refused import Refused
from teamaround.people.models import Address, Child, Identifier, Name
from teamaround.people.terms import STANDING_ADDRESS, AddressState, ChildState, NameKind, Registered, Sex, UniversalKind
from tests import makers
from tests.index import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


def test_ix_1_every_record_has_a_number_of_its_own_that_checks():
    numbers = {children.register(born=date(2015, 1, day)).index_number for day in range(1, 6)}
    assert len(numbers) == 5
    assert all(parse_index_number(number) == number for number in numbers)


def test_ix_1_the_number_does_not_change_with_the_record():
    child = children.register()
    number = child.index_number
    registering.rename(child, given="Katherine", family="Jones", source="test", by=makers.TESTER)
    registering.move_house(child, lines="2 Mill Lane", postcode="NM2 2BB", source="test", by=makers.TESTER)
    assert Child.objects.get(pk=child.pk).index_number == number


@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        ({"family": " "}, "last name"),
        ({"given": ""}, "first name"),
        ({"born": None}, "date of birth"),
        ({"expected": date(2027, 1, 1)}, "date of birth"),
        ({"sex": ""}, "sex"),
        ({"authority": None}, "authority"),
        ({"address": ""}, "address"),
        ({"address": AddressState.FORMER}, "address"),
        ({"lines": ""}, "address"),
        ({"postcode": "NM1"}, "postcode"),
        ({"born_precision": "week"}, "month"),
    ],
)
def test_ix_2_a_record_without_what_every_record_needs_is_refused(left_out, says):
    with pytest.raises(Refused, match=says):
        children.register(**left_out)
    assert not Child.objects.exists()


@pytest.mark.parametrize("state", [AddressState.NONE, AddressState.LEFT])
def test_ix_2_that_nobody_knows_the_address_is_a_statement(state):
    child = children.register(address=state)
    assert child.addresses.get().state == state


def test_ix_2_exactly_one_address_stands_whoever_writes():
    child = children.register()
    registering.move_house(child, lines="2 Mill Lane", postcode="nm22bb", source="test", by=makers.TESTER)
    registering.move_house(child, state=AddressState.NONE, source="test", by=makers.TESTER)
    assert child.addresses.get(state__in=STANDING_ADDRESS).state == AddressState.NONE
    assert set(child.addresses.filter(state=AddressState.FORMER).values_list("postcode", flat=True)) == {
        "NM1 1AA",
        "NM2 2BB",
    }


def test_ix_2_the_database_holds_one_standing_address_too():
    child = children.register()
    second = Address(
        child=child, state=AddressState.LAST_KNOWN, lines="9 Mill Lane", source="test", recorded_at=dates.now()
    )
    with pytest.raises(Exception, match="one_standing_address"):
        makers.keep(second)


def test_ix_2_a_statement_and_an_address_contradict_each_other():
    child = children.register()
    with pytest.raises(Refused, match="not both"):
        registering.move_house(child, state=AddressState.NONE, lines="2 Mill Lane", source="test", by=makers.TESTER)


def test_ix_2_a_universal_service_nobody_told_of_is_stated_as_not_known():
    child = children.register()
    said = dict(child.universal_services.values_list("kind", "registered"))
    assert said == {UniversalKind.EDUCATION: Registered.UNKNOWN, UniversalKind.GP: Registered.UNKNOWN}


def test_ix_2_sex_may_be_stated_as_not_known_or_not_specified_but_not_left_out():
    assert {children.register(sex=sex).sex for sex in Sex} == set(Sex.values)


def test_ix_3_the_index_has_no_field_for_notes():
    """Names, contact details and codes are short; a reason for a look is about the look. Nothing else takes prose."""
    about_the_look = {"reason_text", "why", "answer", "paused_because"}
    prose = {
        f"{model.__name__}.{field.name}"
        for label in ("people", "index")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.TextField)
        or (
            not isinstance(field, models.EmailField)
            and isinstance(field, models.CharField)
            and not field.choices
            and (field.max_length or 0) > 240
        )
        if field.name not in about_the_look
    }
    assert prose == set()


@pytest.mark.parametrize("number", ["123456789", "943 476 5910", "0000000000", "9999999999", "943476591A", ""])
def test_ix_4_a_wrong_nhs_number_is_refused(number):
    child = children.register()
    with pytest.raises(Refused, match="NHS number"):
        registering.add_identifier(child, kind="nhs", value=number, source="test", by=makers.TESTER)
    assert not Identifier.objects.exists()


def test_ix_4_a_right_nhs_number_is_kept_in_one_form():
    child = children.register()
    assert registering.add_identifier(child, kind="nhs", value="943 476-5919", source="test", by=makers.TESTER)
    assert child.identifiers.get().value == "9434765919"


@pytest.mark.parametrize("number", ["A801200005001", "BI01200005001", "B000200005001", "B80120000500"])
def test_ix_5_a_wrong_pupil_number_is_refused(number):
    child = children.register()
    with pytest.raises(Refused, match="UPN"):
        registering.add_identifier(child, kind="upn", value=number, source="test", by=makers.TESTER)


@pytest.mark.parametrize("number", ["B801200005001", "M80120000500A"])
def test_ix_5_a_right_pupil_number_and_a_temporary_one_are_taken(number):
    child = children.register()
    assert registering.add_identifier(child, kind="upn", value=number.lower(), source="test", by=makers.TESTER)
    assert child.identifiers.get().value == number


def test_invented_numbers_are_refused_by_a_live_service_and_real_ones_by_a_demonstration(settings):
    child = children.register()
    settings.MODE = "production"
    with pytest.raises(Refused, match="demonstrations"):
        registering.add_identifier(child, kind="nhs", value="9990000018", source="test", by=makers.TESTER)
    settings.MODE, settings.DEMONSTRATION = "demonstration", True
    with pytest.raises(Refused, match="invented numbers only"):
        registering.add_identifier(child, kind="nhs", value="9434765919", source="test", by=makers.TESTER)


@pytest.mark.parametrize(
    ("from_on", "to_on", "says"),
    [
        (date(2024, 9, 2), date(2024, 9, 1), "before the start"),
        (date(2018, 1, 1), None, "40 weeks before the birth"),
        (TODAY + timedelta(days=2), None, "future"),
    ],
)
def test_ix_9_impossible_dates_are_refused(from_on, to_on, says):
    child = children.register()
    carer = makers.parent(child)
    care = child.cares.get(adult=carer)
    with pytest.raises(Refused, match=says):
        if to_on is None:
            registering.move_house(
                child, lines="2 Mill Lane", postcode="NM2 2BB", from_on=from_on, source="test", by=makers.TESTER
            )
        else:
            care.from_on, care.has_responsibility = from_on, False
            registering.end_care(care, on=to_on, by=makers.TESTER)


def test_ix_9_a_clock_a_day_ahead_and_a_start_before_birth_are_let_through():
    child = children.register()
    registering.move_house(
        child, lines="2 Mill Lane", from_on=TODAY + timedelta(days=1), source="test", by=makers.TESTER
    )
    registering.move_house(child, lines="3 Mill Lane", from_on=date(2019, 1, 1), source="test", by=makers.TESTER)


@pytest.mark.parametrize(
    ("born", "says"), [(TODAY + timedelta(days=2), "future"), (date(1990, 1, 1), "aged 25 or over")]
)
def test_ix_9_a_birth_in_the_future_or_too_long_ago_is_refused(born, says):
    with pytest.raises(Refused, match=says):
        children.register(born=born)


def test_an_unborn_child_has_an_expected_date_and_no_sex_yet():
    child = children.register(given="", family="Okafor", born=None, expected=date(2027, 3, 1), sex="U")
    assert child.born is None and child.sex == Sex.UNKNOWN
    with pytest.raises(Refused, match="not known"):
        children.register(given="", family="Okafor", born=None, expected=date(2027, 3, 1), sex="F")
    with pytest.raises(Refused, match="40 weeks"):
        children.register(given="", family="Okafor", born=None, expected=date(2027, 12, 1), sex="U")


def test_birth_takes_the_place_of_the_expected_date_and_asks_the_sex_anew():
    child = children.register(given="", family="Okafor", born=None, expected=date(2026, 11, 20), sex="U")
    with pytest.raises(Refused, match="sex"):
        registering.born(child, on=date(2026, 11, 22), sex="", by=makers.TESTER)
    registering.born(child, on=date(2026, 11, 22), sex="F", given="Amara", by=makers.TESTER)
    child.refresh_from_db()
    assert (child.born, child.expected, child.sex) == (date(2026, 11, 22), None, "F")
    assert child.names.get(kind=NameKind.CURRENT).given == "Amara"
    with pytest.raises(Refused, match="already recorded"):
        registering.born(child, on=date(2026, 11, 22), sex="F", by=makers.TESTER)


def test_a_new_name_leaves_the_former_one():
    child = children.register()
    registering.rename(child, given="Katherine", family="Jones", on=date(2026, 1, 1), source="test", by=makers.TESTER)
    former = child.names.get(kind=NameKind.FORMER)
    assert (former.family, former.to_on) == ("Smith", date(2026, 1, 1))
    assert child.names.get(kind=NameKind.CURRENT).family == "Jones"


def test_the_same_name_again_changes_nothing():
    child = children.register()
    registering.rename(child, given=" Katherine ", family="Smith", source="test", by=makers.TESTER)
    assert Name.objects.filter(child=child).count() == 1


def test_a_child_who_has_left_the_area_and_comes_back_keeps_the_record():
    child = children.register()
    registering.move_house(child, state=AddressState.LEFT, source="test", by=makers.TESTER)
    assert child.state == ChildState.LEFT_AREA
    registering.move_house(child, lines="4 Mill Lane", source="test", by=makers.TESTER)
    child.refresh_from_db()
    assert child.state == ChildState.ACTIVE


def test_a_school_follows_another_and_the_former_one_stays():
    child, first, second = children.register(), makers.agency(), makers.agency()
    registering.set_universal(
        child, kind="education", agency=first, from_on=date(2023, 9, 1), source="test", by=makers.TESTER
    )
    registering.set_universal(
        child, kind="education", agency=second, from_on=date(2024, 9, 1), source="test", by=makers.TESTER
    )
    current = child.universal_services.get(kind="education", to_on=None)
    assert current.agency == second
    assert child.universal_services.get(agency=first).to_on == date(2024, 9, 1)


def test_that_a_child_has_no_gp_is_a_statement_without_an_agency():
    child = children.register()
    registering.set_universal(child, kind="gp", registered=Registered.NONE, source="test", by=makers.TESTER)
    assert child.universal_services.get(kind="gp", to_on=None).registered == Registered.NONE
    with pytest.raises(Refused, match="Name the school or practice"):
        registering.set_universal(child, kind="gp", source="test", by=makers.TESTER)


def test_who_leaves_a_school_has_none_that_is_known():
    child, school = children.register(), makers.agency()
    registering.set_universal(
        child, kind="education", agency=school, from_on=date(2024, 9, 1), source="test", by=makers.TESTER
    )
    assert registering.leave_universal(
        child, kind="education", agency=school, on=date(2026, 7, 20), source="test", by=makers.TESTER
    )
    assert child.universal_services.get(kind="education", to_on=None).registered == Registered.UNKNOWN


def test_an_involvement_is_no_place_for_notes_either():
    assert not [field for field in Involvement._meta.get_fields() if isinstance(field, models.TextField)]


def test_a_name_a_child_no_longer_goes_by_ends_once_and_stays():
    child = children.register(other_names=(("known-as", "Kitty", "Smith"),))
    kitty = child.names.get(kind=NameKind.KNOWN_AS)
    registering.end_name(kitty, on=TODAY, by=makers.TESTER)
    assert child.names.get(kind=NameKind.KNOWN_AS).to_on == TODAY
    with pytest.raises(Refused, match="known as now"):
        registering.end_name(kitty, on=TODAY, by=makers.TESTER)


def test_the_name_itself_cannot_end():
    child = children.register()
    with pytest.raises(Refused, match="known as now"):
        registering.end_name(child.names.get(), on=TODAY, by=makers.TESTER)


def test_an_address_written_down_wrongly_leaves_no_former_address():
    child = children.register()
    registering.correct_address(child, lines="11 Harbour Street", postcode="nm11ab", source="new", by=makers.TESTER)
    home = child.addresses.get()
    assert (home.state, home.lines, home.postcode, home.source) == ("current", "11 Harbour Street", "NM1 1AB", "new")


def test_an_address_that_nobody_knows_cannot_be_written_wrongly():
    child = children.register(address=AddressState.NONE)
    with pytest.raises(Refused, match="No address is recorded"):
        registering.correct_address(child, lines="1 High Street", postcode="", source="test", by=makers.TESTER)


def test_of_a_birthday_as_much_is_kept_as_is_known():
    child = children.register()
    registering.correct(child, born=date(2018, 5, 1), born_precision="month", by=makers.TESTER)
    assert (child.born, child.born_precision) == (date(2018, 5, 1), "month")


def test_an_expected_date_is_corrected_until_the_birth():
    unborn = children.register(given="", born=None, expected=date(2027, 1, 1), sex="U")
    registering.correct(unborn, expected=date(2027, 1, 9), by=makers.TESTER)
    assert unborn.expected == date(2027, 1, 9)
    with pytest.raises(Refused, match="already recorded"):
        registering.correct(children.register(), expected=date(2027, 1, 9), by=makers.TESTER)


def test_nobody_becomes_too_old_for_the_index_by_a_correction():
    with pytest.raises(Refused, match="nobody aged"):
        registering.correct(children.register(), born=date(1990, 5, 1), by=makers.TESTER)
