"""Having the details of a child put right: one small page for each thing, with what is recorded now beside it."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teamaround.access import door
from teamaround.access.policy import Action
from teamaround.casework import birth
from teamaround.index import registering
from teamaround.kit.govuk.fields import uncapitalised
from teamaround.kit.refused import Refused
from teamaround.people import details, numbers
from teamaround.people import queries as people
from teamaround.people.terms import IdentifierKind, UniversalKind
from teamaround.web.page import bound, done, page, show
from teamaround.workforce import queries as workforce

from .detail_forms import (
    BirthForm,
    BornForm,
    EndNameForm,
    ExpectedForm,
    HomeForm,
    LanguageForm,
    NameForm,
    NumberForm,
    OtherNameForm,
    ServiceForm,
    SexForm,
)

T = TypeVar("T")

#: who tells what is typed here
SOURCE = "practitioner"


def ask(
    request: HttpRequest,
    child: Any,
    form: Form,
    act: Callable[[], Any],
    *,
    said: str = "The details are changed",
    **more: Any,
) -> HttpResponse:
    """What is recorded now, and the form; once it is sent and done, the child's page again."""
    if request.method == "POST" and done(form, at_its_field(form, act)):
        messages.success(request, said)
        return back_to(request, child)
    return shown(request, child, form, **more)


def shown(request: HttpRequest, child: Any, form: Form, *, about: str = "", **more: Any) -> HttpResponse:
    """The page with the form, and what is recorded now of what it is about."""
    card = people.card(child, classes=request.admitted.classes, sector=request.actor.sector)
    known = [one for one in card.rows if about and one.about == about]
    return show(request, "children/detail.html", form=form, child=child, name=card.name, known=known, **more)


def at_its_field(form: Form, act: Callable[[], Any]) -> Callable[[], Any]:
    """Do the act; a rule that refuses speaks at the field where it was asked, whatever the rule calls it."""

    def run() -> Any:
        try:
            return act()
        except Refused as refused:
            named = form.own_names() if hasattr(form, "own_names") else {}
            raise Refused(refused.reason, field=named.get(refused.field, refused.field)) from None

    return run


def found(record: T | None) -> T:
    """The record, or the answer for what is not there."""
    if record is None:
        raise door.NotThere("part of a record")
    return record


def back_to(request: HttpRequest, child: Any) -> HttpResponse:
    """The child's page; or home, where what was changed has closed the record to whoever changed it."""
    if door.allows(request.actor, Action.SEE_CHILD, child):
        return redirect("child", id=child.pk)
    messages.info(request, "Your agency is no longer named on this record, so it is closed to you now")
    return redirect("home")


@page(Action.CORRECT_CHILD)
def name(request: HttpRequest, child: object) -> HttpResponse:
    """A new name, or the same one written rightly."""
    current = details.current_name(child)
    form = bound(NameForm, request, initial={"given": current.given, "family": current.family})
    return ask(
        request,
        child,
        form,
        lambda: registering.rename(child, **form.change(), source=SOURCE, by=request.actor),
        heading="Change the name",
        about="name",
        others=details.other_names(child),
    )


@page(Action.CORRECT_CHILD)
def add_name(request: HttpRequest, child: object) -> HttpResponse:
    """Another name the child is or was known by."""
    form = bound(OtherNameForm, request)
    return ask(
        request,
        child,
        form,
        lambda: registering.add_name(child, **form.cleaned_data, source=SOURCE, by=request.actor),
        heading="Add another name",
        about="name",
    )


@page(Action.CORRECT_CHILD)
def end_name(request: HttpRequest, child: object, name: UUID) -> HttpResponse:
    """The child no longer goes by a name."""
    known_as = found(details.known_as(child, name))
    form = bound(EndNameForm, request)
    return ask(
        request,
        child,
        form,
        lambda: registering.end_name(known_as, on=form.cleaned_data["to_on"], by=request.actor),
        heading=f"No longer known as {known_as.given} {known_as.family}",
        intro=["The child is still found by this name."],
    )


@page(Action.CORRECT_CHILD)
def born(request: HttpRequest, child: object) -> HttpResponse:
    """The date of birth; before birth, the expected date."""
    if child.born is None:
        form = bound(ExpectedForm, request, initial={"expected": child.expected})
    else:
        form = bound(BornForm, request, initial=BornForm.filled(child.born, child.born_precision))
    return ask(
        request,
        child,
        form,
        lambda: registering.correct(child, **form.change(), by=request.actor),
        heading="Change the date of birth" if child.born else "Change the expected date",
        about="born",
    )


@page(Action.CORRECT_CHILD)
def sex(request: HttpRequest, child: object) -> HttpResponse:
    """The sex, once the child is born."""
    if child.born is None:
        raise Refused("Before birth the sex is “not known”. It is asked when the birth is recorded")
    form = bound(SexForm, request, initial={"sex": child.sex})
    return ask(
        request,
        child,
        form,
        lambda: registering.correct(child, **form.cleaned_data, by=request.actor),
        heading="Change the sex",
        about="sex",
    )


@page(Action.CORRECT_CHILD)
def language(request: HttpRequest, child: object) -> HttpResponse:
    """The first language."""
    form = bound(LanguageForm, request, initial={"first_language": child.first_language})
    return ask(
        request,
        child,
        form,
        lambda: registering.correct(child, **form.cleaned_data, by=request.actor),
        heading="Change the first language",
        about="language",
    )


@page(Action.CORRECT_CHILD)
def home(request: HttpRequest, child: object) -> HttpResponse:
    """Where the child lives: another address, the same one without its mistake, or that nobody knows."""
    standing = details.home_of(child)
    form = bound(
        HomeForm,
        request,
        known=bool(standing.lines),
        initial={"right_lines": standing.lines, "right_postcode": standing.postcode}
        | {"last_lines": standing.lines, "last_postcode": standing.postcode},
    )

    def act() -> None:
        if form.is_mistake():
            registering.correct_address(child, **form.home(), source=SOURCE, by=request.actor)
        else:
            registering.move_house(child, state=form.state(), **form.home(), source=SOURCE, by=request.actor)

    return ask(request, child, form, act, heading="Change the address", about="home")


@page(Action.CORRECT_CHILD)
def service(request: HttpRequest, child: object, kind: str) -> HttpResponse:
    """The school or GP practice, or that there is none or that it is not known."""
    if kind not in UniversalKind.values:
        raise door.NotThere(kind)
    form = bound(
        ServiceForm,
        request,
        agencies=details.service_choices(kind),
        initial=ServiceForm.filled(details.service_of(child, kind)),
    )

    def act() -> None:
        registering.set_universal(
            child,
            kind=kind,
            registered=form.cleaned_data["registered"],
            agency=workforce.agency(form.cleaned_data["agency"]),
            from_on=form.cleaned_data["from_on"],
            source=SOURCE,
            by=request.actor,
        )

    heading = "Change the GP practice" if kind == UniversalKind.GP else "Change the school or early years setting"
    return ask(
        request,
        child,
        form,
        act,
        heading=heading,
        about=kind,
        intro=["Whoever is named here can see the record. Whoever was named before no longer can because of it."],
    )


@page(Action.CORRECT_CHILD)
def number(request: HttpRequest, child: object, kind: str) -> HttpResponse:
    """A number of the child, for the services that it is for (IX-8)."""
    if kind not in IdentifierKind.values or not numbers.may_read(kind, request.actor.sector):
        raise door.NotThere(kind)
    form = bound(NumberForm, request, initial={"identifier": details.number_of(child, kind)})
    if request.method == "POST":
        added = done(
            form,
            lambda: [
                registering.add_identifier(
                    child, kind=kind, value=form.cleaned_data["identifier"], source=SOURCE, by=request.actor
                )
            ],
        )
        if added:
            _tell(request, news=added[0])
            return back_to(request, child)
    label = IdentifierKind(kind).label
    return shown(request, child, form, heading=f"Change the {uncapitalised(label)}", about=kind)


def _tell(request: HttpRequest, *, news: bool) -> None:
    if news:
        messages.success(request, "The details are changed")
    else:
        messages.warning(
            request,
            "Another record holds this number, so nothing is changed. A data steward is asked to look at both records",
        )


@page(Action.CORRECT_CHILD)
def record_birth(request: HttpRequest, child: object) -> HttpResponse:
    """Record the birth of a child who was expected."""
    if child.born is not None:
        return redirect("change_born", id=child.pk)
    form = bound(BirthForm, request)
    return ask(
        request,
        child,
        form,
        lambda: birth.record(child, **form.birth(), by=request.actor),
        said="The birth is recorded",
        heading="Record the birth",
        about="born",
        intro=["The date of birth takes the place of the expected date. What stands open for the child goes on."],
        send="Record the birth",
    )
