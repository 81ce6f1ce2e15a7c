"""Every stored thing says whom it is about and how private each field is, and hangs on nothing that vanishes."""

import pytest
from django.apps import apps
from django.db import models

from teamaround.audit.privacy import CLASSES
from teamaround.audit.records import Record, Working
from teamaround.people.models import Child

#: models that are neither Record nor Working, each with the reason
NEITHER = {
    "audit.Event": "the record of what happened cannot record itself",
    "accounts.Account": "whoever is at the keyboard; allauth changes it, and sign-in events tell of it",
}

OURS = [one for one in apps.get_models() if one.__module__.startswith("teamaround.")]
RECORDS = [one for one in OURS if issubclass(one, Record)]


def labelled(models_):
    return pytest.mark.parametrize("model", models_, ids=lambda one: one._meta.label)


def fields_of(model):
    return {one.name for one in model._meta.concrete_fields if not one.primary_key}


def test_every_model_is_a_record_or_working_or_has_a_reason():
    others = {one._meta.label for one in OURS if not issubclass(one, (Record, Working))}
    assert others == set(NEITHER)


@labelled(RECORDS)
def test_a_record_says_whom_it_is_about(model):
    if model.ABOUT is None:
        assert model.ABOUT_NOBODY, "say why it is about no child"
        return
    if model.ABOUT == "":
        assert model is Child
        return
    step = model
    for name in model.ABOUT.split("__"):
        step = step._meta.get_field(name).related_model
    assert step is Child


@labelled(RECORDS)
def test_a_record_puts_every_field_into_one_class(model):
    inner = model.Privacy
    named = [name for privacy in CLASSES for name in str(getattr(inner, privacy, "")).split()]
    assert sorted(named) == sorted(fields_of(model))
    assert {one for one in vars(inner) if not one.startswith("__")} <= set(CLASSES)


def test_a_field_without_a_class_is_never_shown():
    class Halfway(Record):
        ABOUT = None
        known = models.CharField(max_length=5)
        unknown = models.CharField(max_length=5)

        class Meta:
            app_label = "audit"
            managed = False

        class Privacy:
            P0 = "known"

    try:
        assert Halfway(known="a", unknown="b").shown(CLASSES) == {"known": "a"}
    finally:
        del apps.all_models["audit"]["halfway"]
        apps.clear_cache()


@labelled(OURS)
def test_no_model_has_links_that_django_makes_by_itself(model):
    assert [one.name for one in model._meta.local_many_to_many if one.remote_field.through._meta.auto_created] == []


@labelled(RECORDS)
def test_a_record_is_never_deleted_along_with_another(model):
    links = [one for one in model._meta.concrete_fields if one.remote_field]
    assert [one.name for one in links if one.remote_field.on_delete is not models.PROTECT] == []
