"""How tests write partners' files."""

from teamaround.index import feeds
from tests import makers

BY = {"by": makers.TESTER}


NAMES = "upn,family_name,given_names,born,sex,started_on,address,postcode"


KATE = "B801200005001,Smith,Katherine,2019-09-04,F,2024-09-02,1 Harbour Street,NM1 1AA"


ALI = ",Khan,Ali,2018-01-01,M,2024-09-02,2 Mill Lane,NM2 2BB"


WRONG = ",,Nobody,2018-01-01,M,2024-09-02,,"


def live(feed):
    feed.live = True
    return makers.keep(feed)


def file(feed, *rows, sequence=1, names=NAMES, made_on="2026-11-24") -> bytes:
    first = f"#teamaround,{feed.source},1,{feed.agency.code},{sequence},{made_on}"
    return "\n".join([first, names, *rows]).encode()


def load(feed, *rows, **more):
    return feeds.load(feed, file(feed, *rows, **more), **BY)


def answers(load):
    return [row.answer for row in load.answers.order_by("number")]


def gp_list():
    return live(feeds.arrange(source="gp-list", agency=makers.agency("Quay Surgery", kind="gp"), **BY))
