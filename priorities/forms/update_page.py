"""An update's page with all its forms, and what happens when two colleagues save it at once."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django import forms
from django.http import QueryDict

from priorities.choices import Topic
from priorities.forms.impact import HowKnownForm
from priorities.forms.updates import UpdateForm
from priorities.forms.values import ValueForm
from priorities.models import QuarterlyUpdate
from priorities.queries import requested_with_values, update_before


class UpdatePage:
    """The answers, how the impact is known, and a form for each requested measure."""

    def __init__(self, update: QuarterlyUpdate, data=None, *, must_be_complete=False):
        self.update = update
        self.data = data
        self.before = update_before(update, among=QuarterlyUpdate.objects.all())
        self.form = UpdateForm(data, update=update, before=self.before, must_be_complete=must_be_complete)
        self.known = None
        if self._asks_about_impact:
            self.known = HowKnownForm(data, update=update, must_be_complete=must_be_complete)
        rows = requested_with_values(update, before=self.before)
        self.values = [ValueForm(data, row=row, must_be_complete=must_be_complete) for row in rows]

    @property
    def _asks_about_impact(self):
        return any(asked.question.topic == Topic.IMPACT for asked in self.form.asked)

    @property
    def forms(self):
        return [self.form, *([self.known] if self.known else ()), *self.values]

    def is_valid(self):
        return all([form.is_valid() for form in self.forms])

    @property
    def kept(self):
        """What was ticked as safe, in words for the record of changes."""
        return [*self.form.kept, *(self.known.kept if self.known else ())]

    @property
    def context(self):
        """What the template wants."""
        return {
            "update": self.update,
            "form": self.form,
            "known_form": self.known,
            "value_forms": self.values,
            "loaded": self.loaded,
        }

    @property
    def loaded(self):
        """What the page was opened with, as marks: a save tells by them which parts were changed on it."""
        return " ".join(f"{part.key}:{part.saved_print}" for part in self.parts)

    @property
    def parts(self):
        """What two colleagues can change without being in each other's way."""
        names = [name for row in self.form.rows for name in row.names]
        said = {"rag": self.update.get_rag_display()}
        answers = [
            Part(name, self.form[name].label, (self.form[name],), said.get(name, self.form.initial[name]))
            for name in names
        ]
        known = [Part("known", "How do you know?", self.known.said, self._known_text())] if self.known else []
        values = [Part(form.prefix, str(form.requested), tuple(form), form.saved_text) for form in self.values]
        return answers + known + values

    def _known_text(self):
        said = [str(each) for each in self.known.linked]
        return "\n".join([*said, *(["Nothing yet shows it"] if self.update.is_impact_unshown else ())])

    def merged(self):
        """What was typed put together with what is saved now, part by part.

        Only one side changed it: that side's stays. Both did, in different ways: it is a conflict, what was typed
        stays in the form, and what was saved is shown.
        """
        typed = self.data.copy()
        typed["version"], typed["loaded"] = self.update.version, self.loaded
        loaded = _loaded(self.data)
        conflicts, taken = [], []
        for part in self.parts:
            opened_with = loaded.get(part.key)
            if part.saved_print in (part.typed_print, opened_with):
                continue
            if part.typed_print == opened_with or not part.is_in(self.data):
                part.put_saved_into(typed)
                taken.append(part)
            else:
                conflicts.append(part)
        return Merged(typed, conflicts, taken)


@dataclass(frozen=True)
class Part:
    key: str
    label: str
    fields: tuple[forms.BoundField, ...]
    saved_text: str

    @property
    def saved_print(self):
        return _print(field.initial for field in self.fields)

    @property
    def typed_print(self):
        return _print(field.data for field in self.fields)

    def is_in(self, data):
        return any(field.html_name in data for field in self.fields)

    def put_saved_into(self, data):
        for field in self.fields:
            _put(data, field.html_name, field.initial)


@dataclass(frozen=True)
class Merged:
    data: QueryDict
    conflicts: list[Part]
    taken: list[Part]


def _print(values):
    """A short mark of some fields' values: equal where they say the same."""
    return sha256("\x1f".join(_plain(value) for value in values).encode()).hexdigest()[:16]


def _plain(value):
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple):
        return "\x1e".join(sorted(map(str, value)))
    if isinstance(value, date):
        return value.isoformat()
    return "\n".join(str(value).split("\r\n")).strip()


def _put(data, name, value):
    if value is None or value is False:
        data.pop(name, None)
    elif isinstance(value, list | tuple):
        data.setlist(name, [str(each) for each in value])
    else:
        data[name] = "on" if value is True else _plain(value)


def _loaded(data):
    """The marks that the page was opened with, by the key of their part; none where they are missing."""
    pairs = (mark.partition(":") for mark in data.get("loaded", "").split())
    return {key: mark for key, _, mark in pairs}
