"""Taking a whole file back: what nobody has touched is as before, field by field; what somebody has is asked about."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from teamaround.audit.records import Record, Working
from teamaround.index import feeds, involvement, registering, stewardship, undoing, worklist
from teamaround.index.models import Compared, Errand, Kept, Load, LoadedRow, SearchKey, Sent
from teamaround.index.terms import Decision, LoadState, RowAnswer, WorkKind
from teamaround.kit import dates
from teamaround.kit.refused import Refused
from teamaround.people.models import Address, Child, Universal
from tests import makers
from tests.index import children
from tests.index.feed_files import ALI, BY, KATE, NAMES, answers, file, gp_list, live, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

TODAY = date(2026, 11, 24)
MOVED = KATE.replace("1 Harbour Street,NM1 1AA", "9 Quay Road,NM3 3CC")
WITH_CARER = f"{NAMES},carer_given_names,carer_family_name,carer_relationship,carer_responsibility,carer_phone"


@pytest.fixture(autouse=True)
def _today():
    with dates.given(TODAY):
        yield


@pytest.fixture
def feed():
    return live(feeds.arrange(source="school-roll", agency=makers.agency("Harbour Primary School"), **BY))


def everything() -> dict:
    """All that stands of children, field by field; what only answers files, and when a key was made, left aside."""
    kept = {}
    for model in apps.get_models():
        of_a_child = issubclass(model, Record) and model.ABOUT is not None and model is not LoadedRow
        if of_a_child or model in (Compared, SearchKey):
            names = [
                one.attname for one in model._meta.concrete_fields if issubclass(model, Record) or one.name != "id"
            ]
            kept[model._meta.label] = sorted(map(str, model._base_manager.values_list(*names)))
    return kept


def take_back(one):
    one.refresh_from_db()
    undoing.take_back(one, **BY)
    one.refresh_from_db()
    return one


def test_records_that_a_file_made_go_with_it(feed):
    before = everything()
    row = f"{KATE},Ama,Smith,mother,mother,01632 960001"
    loaded = load(feed, row, f"{ALI},,,,,", names=WITH_CARER)
    assert Child.objects.count() == 2
    assert take_back(loaded).state == LoadState.UNDONE
    assert everything() == before and not Kept.objects.exists()
    assert answers(loaded) == [RowAnswer.CREATED, RowAnswer.CREATED]


def test_what_a_file_changed_is_as_before_field_by_field(feed):
    load(feed, f"{KATE},Ama,Smith,mother,,", f"{ALI},,,,,", names=WITH_CARER)
    registering.add_identifier(Child.objects.get(names__family="Khan"), kind="case", value="C1", source="test", **BY)
    before = everything()
    changed = MOVED.replace("Katherine", "Catherine").replace("2024-09-02", "2024-09-09")
    loaded = load(feed, f"{changed},Ama,Smith,mother,mother,01632 960001", names=WITH_CARER, sequence=2)
    assert everything() != before and worklist.waiting().get().kind == WorkKind.MISSING
    take_back(loaded)
    assert everything() == before


def test_the_number_and_the_departure_that_a_file_brought_are_as_before(feed):
    load(feed, KATE)
    registering.add_identifier(Child.objects.get(), kind="upn", value="M80120000500A", source="test", **BY)
    load(feed, KATE.replace("B801200005001", "M80120000500A"), sequence=2)
    before = everything()
    left = load(feed, f"{KATE},2026-07-20", names=f"{NAMES},left_on", sequence=3)
    assert Universal.objects.get(kind="education", to_on=None).registered == "unknown"
    take_back(left)
    assert everything() == before


def test_a_question_that_a_file_answered_waits_again(feed):
    load(feed, KATE, ALI)
    load(feed, ALI, sequence=2)
    before = everything()
    loaded = load(feed, KATE, ALI, sequence=3)
    assert not worklist.waiting().exists()
    take_back(loaded)
    assert everything() == before and worklist.waiting().get().kind == WorkKind.MISSING


def test_a_question_that_a_file_asked_is_asked_no_more(feed):
    children.register(source="test", postcode="NM7 7ZZ", lines="5 Far Road")
    before = everything()
    loaded = load(feed, KATE)
    assert answers(loaded) == [RowAnswer.QUEUED]
    take_back(loaded)
    assert everything() == before


def test_what_somebody_touched_since_is_left_and_becomes_a_question_and_the_rest_goes_back(feed):
    load(feed, KATE)
    child = Child.objects.get()
    loaded = load(feed, MOVED.replace("Katherine", "Catherine"), sequence=2)
    registering.move_house(child, lines="3 New Road", postcode="NM1 1AB", source="practitioner", **BY)
    take_back(loaded)
    assert Address.objects.get(state="current").lines == "3 New Road"
    assert not child.names.filter(given="Catherine").exists()
    item = worklist.waiting().get()
    assert item.kind == WorkKind.TAKEN_BACK and "Left as it is: the address" in item.because
    assert stewardship.choices(item) == [(Decision.DISMISSED.value, Decision.DISMISSED.label)]


def test_a_record_that_a_file_made_and_somebody_works_with_stays_whole(feed):
    loaded = load(feed, KATE)
    child = Child.objects.get()
    involvement.record(child, practitioner=makers.practitioner(), role="Nurse", from_on=TODAY, **BY)
    before = {name: rows for name, rows in everything().items() if name != "index.WorkItem"}
    take_back(loaded)
    assert {name: rows for name, rows in everything().items() if name != "index.WorkItem"} == before
    assert worklist.waiting().get().kind == WorkKind.TAKEN_BACK


def test_a_record_that_another_partners_file_found_since_stays(feed):
    loaded = load(feed, KATE)
    row = KATE.replace("B801200005001", "9990000018")
    load(gp_list(), row, names=NAMES.replace("upn", "nhs_number"))
    take_back(loaded)
    assert Child.objects.count() == 1 and worklist.waiting().get().kind == WorkKind.TAKEN_BACK


def test_a_file_is_taken_back_once(feed):
    loaded = take_back(load(feed, KATE))
    with pytest.raises(Refused, match="taken back already"):
        undoing.take_back(loaded, **BY)
    with pytest.raises(Refused, match="Only a file that was loaded"):
        undoing.check_can_take_back(feeds.dry_run(feed, file(feed, KATE), **BY))


def test_the_last_file_is_taken_back_first(feed):
    first = load(feed, KATE)
    second = load(feed, KATE, ALI, sequence=2)
    with pytest.raises(Refused, match="Take number 2 back first"):
        undoing.take_back(first, **BY)
    take_back(second)
    take_back(first)
    assert not Child.objects.exists()


def test_the_number_of_a_file_that_was_taken_back_may_be_sent_again(feed):
    take_back(load(feed, KATE))
    again = load(feed, KATE, ALI)
    assert again.state == LoadState.FULL and answers(again) == [RowAnswer.CREATED, RowAnswer.CREATED]
    assert load(feed, KATE, ALI, sequence=2).state == LoadState.FULL


def test_a_stop_in_the_middle_is_gone_on_from_and_no_file_comes_between(feed, monkeypatch):
    loaded = load(feed, KATE, ALI)
    real = undoing._take_back_child
    done = []

    def stop(child, **more):
        if done:
            raise KeyboardInterrupt
        done.append(child)
        real(child, **more)

    monkeypatch.setattr(undoing, "_take_back_child", stop)
    with pytest.raises(KeyboardInterrupt):
        undoing.take_back(loaded, **BY)
    monkeypatch.undo()
    assert Child.objects.count() == 1
    assert "being taken back" in load(feed, KATE, sequence=2).answer
    assert take_back(loaded).state == LoadState.UNDONE and not Child.objects.exists()


def test_after_some_days_a_file_can_no_longer_be_taken_back_and_what_it_changed_is_forgotten(feed):
    loaded = load(feed, KATE)
    with dates.given(TODAY + timedelta(days=31)), pytest.raises(Refused, match="for 30 days"):
        undoing.take_back(loaded, **BY)
    with dates.given(TODAY + timedelta(days=30)):
        assert undoing.forget_old(**BY) == 0
    with dates.given(TODAY + timedelta(days=32)):
        assert undoing.forget_old(**BY) == 1 and not Kept.objects.exists()


def test_a_preview_says_what_would_happen_and_changes_nothing(feed):
    load(feed, KATE)
    loaded = load(feed, MOVED, ALI, sequence=2)
    with dates.given(dates.now() + timedelta(minutes=1)):
        registering.add_name(
            Child.objects.get(names__family="Smith"), kind="spelling", given="Kat", family="Smith", source="t", **BY
        )
    before = everything()
    preview = undoing.preview(loaded)
    assert (preview.made, preview.changed, preview.touched) == (1, 1, 1)
    assert everything() == before


def test_what_is_kept_to_take_back_is_working_and_goes_with_the_child():
    assert all(issubclass(one, Working) for one in (Kept, Errand, Sent))
    assert not issubclass(Load, Working)
