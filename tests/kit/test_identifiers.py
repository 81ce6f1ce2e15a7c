"""Identifiers: the vectors of the domain page, and two libraries as oracles."""

from random import Random

import nhs_number
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.gb import nhs as stdnum_nhs
from stdnum.gb import upn as stdnum_upn

from teamaround.kit.identifiers import (
    INDEX_SYMBOLS,
    KNOWN_AUTHORITIES,
    UPN_LETTERS,
    NotValid,
    is_temporary_upn,
    is_test_number,
    is_test_upn,
    new_index_number,
    nhs_number_from,
    parse_index_number,
    parse_nhs_number,
    parse_upn,
    show_index_number,
    show_nhs_number,
    upn_check_letter,
)

TEN_DIGITS = st.text("0123456789", min_size=10, max_size=10)


def is_valid(parse, text):
    try:
        parse(text)
    except NotValid:
        return False
    return True


# ── NHS number ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", ["9434765919", "9434765870", "4010232137", "9000000009", "9876543210", "1234567881"])
def test_ix_4_a_true_nhs_number_is_accepted(number):
    assert parse_nhs_number(number) == number


def test_ix_4_a_wrong_check_digit_is_refused():
    with pytest.raises(NotValid, match="Check each digit"):
        parse_nhs_number("4857773456")


@pytest.mark.parametrize("digit", "0123456789")
def test_ix_4_ten_equal_digits_are_refused_although_the_sum_is_right(digit):
    assert stdnum_nhs.is_valid(digit * 10)
    with pytest.raises(NotValid, match="same digit"):
        parse_nhs_number(digit * 10)


@pytest.mark.parametrize("text", ["", "943476591", "94347659190", "943476591X", "９４３４７６５９１９", "943476591²"])
def test_ix_4_anything_but_ten_digits_is_refused(text):
    with pytest.raises(NotValid, match="10 digits"):
        parse_nhs_number(text)


@pytest.mark.parametrize("text", ["943 476 5919", "943-476-5919", " 9434765919 ", "943\u00a0476\u20115919"])
def test_spaces_and_hyphens_in_an_nhs_number_do_not_matter(text):
    assert parse_nhs_number(text) == "9434765919"


@pytest.mark.parametrize("stem", ["400000008", "400000011"])
def test_ix_4_a_stem_whose_remainder_is_ten_makes_no_number(stem):
    assert not any(is_valid(parse_nhs_number, f"{stem}{last}") for last in range(10))
    with pytest.raises(NotValid):
        nhs_number_from(stem)


def test_an_nhs_number_is_shown_three_three_four():
    assert show_nhs_number("9434765919") == "943 476 5919"


def test_numbers_from_999_are_test_numbers():
    assert is_test_number(nhs_number_from("999000001"))
    assert not is_test_number("9434765919")


@given(TEN_DIGITS)
def test_nhs_numbers_agree_with_the_oracles(number):
    assume(len(set(number)) > 1)
    assert is_valid(parse_nhs_number, number) == stdnum_nhs.is_valid(number)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_nhs_numbers_made_from_a_stem_agree_with_the_oracle(stem):
    check = nhs_number.calculate_checksum(stem)
    try:
        assert nhs_number_from(stem) == f"{stem}{check}"
    except NotValid:
        assert check == 10


# ── Unique pupil number ──────────────────────────────────────────────────────────────────────


def test_ix_5_a_true_upn_is_accepted():
    assert parse_upn("B801200005001") == "B801200005001"


def test_ix_5_a_wrong_check_letter_is_refused():
    with pytest.raises(NotValid, match="Check each character"):
        parse_upn("A801200005001")


def test_ix_5_the_temporary_form_is_accepted():
    assert upn_check_letter("80120000500A") == "M"
    assert parse_upn("m80120000500a") == "M80120000500A"
    assert is_temporary_upn("M80120000500A")
    assert not is_temporary_upn("B801200005001")


def test_the_worked_example_that_vendors_repeat_is_wrong():
    assert upn_check_letter("207000016049") == "P"
    assert is_valid(parse_upn, "P207000016049")
    assert not is_valid(parse_upn, "Q207000016049")


@pytest.mark.parametrize("letter", "IOS")
def test_ix_5_letters_that_look_like_digits_are_refused(letter):
    with pytest.raises(NotValid, match="I, O and S"):
        parse_upn(f"{letter}801200005001")
    with pytest.raises(NotValid, match="I, O and S"):
        parse_upn(f"M80120000500{letter}")


def test_ix_5_an_unknown_authority_is_refused():
    stem = "000200005001"
    with pytest.raises(NotValid, match="local authority"):
        parse_upn(upn_check_letter(stem) + stem)


def test_ix_5_a_middle_that_is_not_digits_is_refused():
    for text in ("X80120000A001", "", "B80120000500", "B8012000050011", "8B01200005001"):
        assert not is_valid(parse_upn, text)


def test_invented_authorities_are_known_as_such():
    stem = "997400126001"
    upn = parse_upn(upn_check_letter(stem) + stem)
    assert is_test_upn(upn)
    assert not is_test_upn("B801200005001")
    with pytest.raises(NotValid, match="local authority"):
        parse_upn(upn, authorities=KNOWN_AUTHORITIES)


@given(
    st.sampled_from(sorted(stdnum_upn._la_numbers)),
    st.text("0123456789", min_size=8, max_size=8),
    st.sampled_from("0123456789" + UPN_LETTERS),
    st.sampled_from(UPN_LETTERS),
)
def test_upns_agree_with_the_oracle(authority, digits, last, letter):
    stem = f"{authority}{digits}{last}"
    assert upn_check_letter(stem) == stdnum_upn.calc_check_digit(stem)
    assert is_valid(parse_upn, letter + stem) == stdnum_upn.is_valid(letter + stem)


def test_every_authority_the_oracle_knows_is_known():
    assert stdnum_upn._la_numbers <= KNOWN_AUTHORITIES


# ── Index number ─────────────────────────────────────────────────────────────────────────────


@given(st.integers())
def test_ix_1_a_new_index_number_is_valid_and_shown_so_that_it_reads_back(seed):
    number = new_index_number(Random(seed))
    assert len(number) == 11
    assert parse_index_number(number) == number
    assert parse_index_number(show_index_number(number).lower()) == number


@given(st.integers(), st.integers(0, 10), st.sampled_from(INDEX_SYMBOLS))
def test_ix_1_one_wrong_symbol_is_always_noticed(seed, place, symbol):
    number = new_index_number(Random(seed))
    wrong = number[:place] + symbol + number[place + 1 :]
    assert is_valid(parse_index_number, wrong) == (wrong == number)


@given(st.integers(), st.integers(0, 9))
def test_ix_1_two_swapped_symbols_are_always_noticed(seed, place):
    number = new_index_number(Random(seed))
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_valid(parse_index_number, swapped) == (swapped == number)


def test_letters_that_look_like_digits_are_read_as_digits():
    number = new_index_number(Random(0))
    with_one = next(n for n in (new_index_number(Random(seed)) for seed in range(999)) if "1" in n and "0" in n)
    assert parse_index_number(with_one.replace("1", "l").replace("0", "o")) == with_one
    assert parse_index_number(f" {number.lower()} ") == number


@pytest.mark.parametrize("text", ["", "0000000000", "000000000000", "0000000000U", "0000000000é"])
def test_ix_1_anything_but_eleven_symbols_is_refused(text):
    with pytest.raises(NotValid, match="11 letters and digits"):
        parse_index_number(text)


def test_a_reason_never_repeats_the_number():
    for parse, text in ((parse_nhs_number, "4857773456"), (parse_upn, "A801200005001"), (parse_index_number, "ABCD")):
        with pytest.raises(NotValid) as refusal:
            parse(text)
        assert text not in refusal.value.reason
