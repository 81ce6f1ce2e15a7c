"""The parents and carers of a child: add somebody, put right what is recorded of them, say that their care ended."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from teamaround.access.policy import Action
from teamaround.index import registering
from teamaround.people import queries as people
from teamaround.web.page import bound, page

from .detail_forms import CarerForm, EndCareForm
from .details import SOURCE, ask, found


@page(Action.CORRECT_CHILD)
def add_carer(request: HttpRequest, child: object) -> HttpResponse:
    """Add a parent or carer."""
    form = bound(CarerForm, request)
    return ask(
        request,
        child,
        form,
        lambda: registering.add_carer(child, form.carer(), source=SOURCE, by=request.actor),
        said="The parent or carer is added",
        heading="Add a parent or carer",
        send="Add",
    )


@page(Action.CORRECT_CHILD)
def change_carer(request: HttpRequest, child: object, care: UUID) -> HttpResponse:
    """Put right who a parent or carer is, and what they are to the child."""
    recorded = found(people.care_of(child, care))
    form = bound(CarerForm, request, initial=CarerForm.filled(recorded))
    return ask(
        request,
        child,
        form,
        lambda: registering.correct_carer(recorded, form.carer(), source=SOURCE, by=request.actor),
        heading="Change what is recorded of a parent or carer",
        told=people.carer_of(child, care).note,
        intro=["Brothers and sisters of whom they are a parent or carer have the same name, telephone and language."],
    )


@page(Action.CORRECT_CHILD)
def end_care(request: HttpRequest, child: object, care: UUID) -> HttpResponse:
    """Somebody no longer cares for the child."""
    recorded = found(people.care_of(child, care))
    carer = people.carer_of(child, care)
    form = bound(EndCareForm, request)
    stays = f"{carer.name} holds parental responsibility. Caring no longer does not end it: they stay on the record."
    leaves = f"{carer.name} will no longer be shown as a parent or carer."
    return ask(
        request,
        child,
        form,
        lambda: registering.end_care(recorded, on=form.cleaned_data["to_on"], by=request.actor),
        said="It is recorded that the care ended",
        heading=f"{carer.name} no longer cares for the child",
        told=carer.note,
        intro=[stays if carer.has_responsibility else leaves],
        send="Record it",
    )
