"""What families are told about their information is kept in versions."""

import pytest

from teamaround.kit.refused import Refused
from teamaround.sharing import notices
from tests import makers


def test_a_new_notice_is_a_new_version_and_the_old_one_stays(db):
    first = notices.publish(title="Your information", text="We keep it.", by=makers.TESTER)
    second = notices.publish(title="Your information", text="We keep it safe.", by=makers.TESTER)

    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.text == "We keep it."
    assert notices.current() == second


def test_an_empty_notice_is_not_published(db):
    with pytest.raises(Refused, match="title and the text"):
        notices.publish(title="Your information", text=" ", by=makers.TESTER)
