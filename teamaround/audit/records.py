"""What every stored thing has in common: it says whom it is about, and it changes only inside an action."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models

from . import journal, recording
from .privacy import CLASSES


class RecordQuerySet(models.QuerySet["Record"]):
    """A queryset whose writes are noted in the action under way, and refused where there is none."""

    def update(self, **values: Any) -> int:
        before = list(self) if journal.is_open() else []
        self._note("changed", list(self.values_list("pk", flat=True)), sorted(values))
        changed = super().update(**values)
        if before:
            self._keep(before)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]  # Django's own marker for templates

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        objs = list(objs)
        self.model.note_all("created", objs)
        for one in objs if journal.is_open() else ():
            journal.note(one, None, one._follow() if self.model.ABOUT else one.about())
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        objs = list(objs)
        self._note("changed", [one.pk for one in objs], sorted(fields))
        return super().bulk_update(objs, fields, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._note("deleted", list(self.values_list("pk", flat=True)), [])
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]  # as above
    delete.queryset_only = True  # type: ignore[attr-defined]  # as above

    def _keep(self, before: list[Any]) -> None:
        """Put down what rows held that have just been changed in bulk."""
        now = self.model._base_manager.in_bulk([one.pk for one in before])
        for one in before:
            journal.note(now[one.pk], journal.values_of(one), one.about())

    def _note(self, verb: str, ids: list[UUID], fields: list[str]) -> None:
        recording.note(verb, self.model._meta.label, ids, fields, self.model.about_of(ids))


class Record(models.Model):
    """A stored fact of the domain.

    `ABOUT` is the path to the child it is about: "" for the child, "episode__child" for what hangs on an
    episode, None for what is about no child, with the reason in `ABOUT_NOBODY`. The inner `Privacy` puts
    every field into a class: `class Privacy: P1 = "given family"; P3 = "note"`.
    """

    ABOUT: ClassVar[str | None]
    ABOUT_NOBODY: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    #: what the database held when this was read or last saved
    _as_stored: dict[str, Any]

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **options: Any) -> Any:
        record = super().from_db(db, field_names, values, **options)
        record._as_stored = dict(zip(field_names, values, strict=False))
        return record

    def save(self, *args: Any, **kwargs: Any) -> None:
        created = self._state.adding
        fields = self._changed_fields()
        about = self.about() if created or fields else set()
        if created or fields:
            recording.note("created" if created else "changed", self._meta.label, [self.pk], fields, about)
        super().save(*args, **kwargs)
        if created or fields:
            journal.note(self, None if created else self._as_stored, about)
        self._as_stored = {one.attname: getattr(self, one.attname) for one in self._meta.concrete_fields}

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        recording.note("deleted", self._meta.label, [self.pk], [], self.about())
        return super().delete(*args, **kwargs)

    def _changed_fields(self) -> list[str]:
        stored = getattr(self, "_as_stored", {})
        nothing = object()
        return sorted(
            one.name
            for one in self._meta.concrete_fields
            if not one.primary_key
            and (value := getattr(self, one.attname, None)) != stored.get(one.attname, nothing)
            and not (self._state.adding and value in (None, ""))
        )

    def about(self) -> set[UUID]:
        """The ids of the children this is about."""
        if self.ABOUT is None:
            return set()
        if self.ABOUT == "":
            return {self.pk}
        return self._follow() or type(self).about_of([self.pk])

    def _follow(self) -> set[UUID]:
        """The child along plain foreign keys, without asking the database for what is already loaded."""
        *path, last = (self.ABOUT or "").split("__")
        record: Any = self
        for step in path:
            field = record._meta.get_field(step)
            if not field.concrete:
                return set()
            record = getattr(record, step)
            if record is None:
                return set()
        field = record._meta.get_field(last)
        if not field.concrete:
            return set()
        child = getattr(record, field.attname)
        return {child} if child else set()

    @classmethod
    def about_of(cls, ids: list[UUID]) -> set[UUID]:
        """The ids of the children that the stored rows with these ids are about."""
        if cls.ABOUT is None:
            return set()
        if cls.ABOUT == "":
            return set(ids)
        found = cls._base_manager.filter(pk__in=ids).values_list(cls.ABOUT, flat=True)
        return {one for one in found if one is not None}

    @classmethod
    def note_all(cls, verb: str, records: list[Any]) -> None:
        """Note a bulk write as one change."""
        about = set().union(*(one._follow() if cls.ABOUT else one.about() for one in records))
        recording.note(verb, cls._meta.label, [one.pk for one in records], [], about)

    @classmethod
    def privacy(cls) -> dict[str, str]:
        """The class of each field, from the inner Privacy; a field that is not there has none."""
        inner = getattr(cls, "Privacy", None)
        return {name: privacy for privacy in CLASSES for name in str(getattr(inner, privacy, "")).split()}

    def shown(self, classes: Iterable[str]) -> dict[str, Any]:
        """The fields whose class is among these, by name; a field without a class is never shown."""
        allowed = set(classes)
        return {name: getattr(self, name) for name, privacy in self.privacy().items() if privacy in allowed}


class Working(models.Model):
    """What the machine needs to work and nobody else reads: drafts, idempotency keys, queues. No events."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True
