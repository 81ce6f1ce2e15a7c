"""A steward and a partner's files, on a wide screen, on a phone, and without a script."""

import pytest

from teamaround.index import errands, feeds
from teamaround.index.models import Feed
from teamaround.people.models import Child
from tests import makers
from tests.casework.world import Family
from tests.index import feed_files
from tests.index.feed_files import ALI, KATE, WRONG

pytestmark = [
    pytest.mark.journey,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]

GOOD = [
    f",Feld{letter},Ida,2018-01-{day:02d},F,2024-09-02,{day} Field Road,NM2 2BB" for day, letter in enumerate("abcd", 1)
]


@pytest.fixture
def steward(reference, at):
    at(2026, 11, 24)
    family = Family()
    return makers.practitioner("Sam Steward", at=family.health, roles=("steward",))


@pytest.fixture
def roll(tmp_path):
    """Writes a file as the partner would."""

    def write(feed, *rows, **more):
        kept = tmp_path / "roll.csv"
        kept.write_bytes(feed_files.file(feed, *rows, **more))
        return kept

    return write


def choose_file(one, path):
    one.page.get_by_label("The partner's file").set_input_files(path)
    return one


def test_a_source_is_arranged_tried_made_live_loaded_and_a_file_taken_back(steward, visitor, roll):
    school = makers.agency("Harbour Junior School")
    sam = visitor(steward)
    sam.go("/stewardship/feeds/").see("No partner sends files yet").has_no_barriers()
    sam.click("Arrange a source").choose("What does the partner send?", "School roll")
    sam.select("Which agency is it?", school.name).has_no_barriers().picture("feeds-arrange", also=390)
    sam.click("Arrange").see("The source is arranged").has_no_barriers().picture("feeds-new", also=390)
    feed = Feed.objects.get()

    sam.click("Send a file in")
    choose_file(sam, roll(feed, KATE, ALI)).choose("What is to be done with it?", "Load it").click("Send")
    sam.see("This source is not live").has_no_barriers().picture("feeds-send", also=390)
    choose_file(sam, roll(feed, KATE)).choose("What is to be done with it?", "Try it").click("Send")
    sam.see("Waits for its turn").has_no_barriers().picture("feeds-errand-waiting", also=390)
    errands.work()
    sam.click("See how far it is now").see("1 of 1", "Dry run").has_no_barriers().picture("feeds-errand-done", also=390)
    sam.click("See the answers").see("With a number that can be right")

    sam.go(f"/stewardship/feeds/{feed.pk}/").click("Go live").has_no_barriers().picture(
        "feeds-go-live", also=390
    ).click("Let this source load")
    sam.see("The source is live").click("Send a file in")
    choose_file(sam, roll(feed, KATE, ALI)).choose("What is to be done with it?", "Load it").click("Send")
    errands.work()
    sam.click("See how far it is now").see("Loaded in full").click("See the answers").has_no_barriers()
    assert Child.objects.filter(names__family="Khan").exists()
    sam.picture("feeds-file", also=390).click("Take this file back").see("2 records").has_no_barriers()
    sam.picture("feeds-take-back", also=390).tick("Take everything back").click("Take this file back")
    errands.work()
    sam.click("See how far it is now").see("Taken back").has_no_barriers().picture("feeds-taken-back", also=390)
    assert not Child.objects.filter(names__family="Khan").exists()


def test_a_paused_source_on_a_phone_and_without_a_script(steward, visitor, roll):
    feed = feed_files.live(feeds.arrange(source="school-roll", agency=makers.agency("Quay School"), by=makers.TESTER))
    feed_files.load(feed, KATE, *GOOD)
    feed_files.load(feed, KATE, *GOOD, WRONG, KATE, ALI.replace("2018-01-01", "1.1.2018"), sequence=2)
    sam = visitor(steward, width=390)
    sam.go("/stewardship/feeds/").see("Paused").has_no_barriers().picture("feeds-list", also=1280)
    sam.click("Quay School: School roll").click("How good the files are").see("Mend first").has_no_barriers()
    sam.picture("feeds-quality", also=1280)
    sam.go(f"/stewardship/feeds/{feed.pk}/").has_no_barriers().picture("feeds-feed", also=1280)
    sam.click("A file will never come").fill("Which number comes next?", "5").has_no_barriers()
    sam.picture("feeds-gap", also=1280).click("Leave out what is missing").see("Last number loaded: 4")
    sam.click("Let it go on").has_no_barriers().picture("feeds-resume", also=1280)

    plain = visitor(steward, script=False)
    plain.go(f"/stewardship/feeds/{feed.pk}/resume/").click("Let it go on").see("The source goes on")
    plain.click("Send a file in")
    choose_file(plain, roll(feed, KATE, *GOOD, sequence=5)).choose("What is to be done with it?", "Load it").click(
        "Send"
    )
    errands.work()
    plain.click("See how far it is now").see("Loaded in full")
