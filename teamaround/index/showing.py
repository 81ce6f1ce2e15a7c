"""Whom a searcher is shown, of those who were weighed. Pure."""

from collections.abc import Sequence
from typing import TypeVar

from .matching import Weight, is_strong

T = TypeVar("T")


def meant(weighed: Sequence[tuple[T, Weight]], review: float = 0.80) -> list[T]:
    """The strong hits, in the order given (IX-25).

    Where nobody is strong, those with whom everything that was asked agrees at least nearly: a misspelt name alone
    proves little among many children, yet "nobody" would be untrue and a second record of the child the next step.
    """
    strong = [one for one, weight in weighed if is_strong(weight, review)]
    return strong or [one for one, weight in weighed if _agrees_nearly(weight)]


def _agrees_nearly(weight: Weight) -> bool:
    return bool(weight.because) and all(reason.agrees for reason in weight.because)
