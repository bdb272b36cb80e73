"""The form fields with the rich text editor, and their widgets.

The editor is a custom element around a textarea (static/editor/). The textarea stays what the form posts, so a page
whose script does not run still shows and saves the text, as HTML.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script

from reports import richtext

MAX_TEXT = 50_000
MAX_POINT = 1_000
MAX_HTML = 1_000_000
"""Characters of HTML that are looked at at all; a pasted text of the greatest length stays far below."""
MAX_ASIDE = 2_000
"""Characters of a note, or of a picture's alternative text."""
MAX_WORD = 100
"""A longer word is no word, and runs out of its cell in print."""
MAX_ADDRESS = 1_000
"""The address of a link may stand in the text; of a longer one browsers need minutes to break it into lines."""
MAX_NOTES = 300
MAX_CELLS = 5_000
"""Of a table, a cell that reaches over others counted as all that it covers."""

_ADDRESS = re.compile(r"\W*(?:https?://|mailto:|www\.)", re.IGNORECASE)


class RichTextWidget(forms.Textarea):
    """The editor for whole texts. `figures_url` answers the figures (docs in static/editor/figures.js)."""

    template_name = "editor/rich_text.html"
    kind = "blocks"

    class Media:
        js = [Script("editor/editor.js", type="module")]

    def __init__(self, attrs=None, *, figures_url=None):
        super().__init__({"rows": 12} | (attrs or {}))
        self.figures_url = figures_url

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        data = {"data-editor": self.kind}
        if self.figures_url:
            data["data-figures-url"] = str(self.figures_url)
        context["widget"]["attrs"] = data | context["widget"]["attrs"]
        return context

    def use_required_attribute(self, initial):
        # The browser could not show its message beside a textarea that the editor has taken the place of.
        return False


class InlineRichTextWidget(RichTextWidget):
    """The editor for one point of a list: a single paragraph, with a short toolbar."""

    kind = "words"

    def __init__(self, attrs=None, *, figures_url=None):
        super().__init__({"rows": 3} | (attrs or {}), figures_url=figures_url)


class RichTextField(forms.CharField):
    """Gives clean rich text (see `richtext`). `max_length` counts the characters that are read, not the mark-up."""

    widget = RichTextWidget
    sanitise = staticmethod(richtext.clean)
    default_error_messages = {
        "max_length": "Text must be %(limit)s characters or fewer. It has %(length)s.",
        "long_word": "Text has a word of %(length)s characters. Remove it, or put spaces into it.",
        "long_note": "A note must be %(limit)s characters or fewer. One has %(length)s.",
        "long_alt": "An alternative text must be %(limit)s characters or fewer. One has %(length)s.",
        "many_notes": "Text must have %(limit)s notes or fewer. It has %(length)s.",
        "large_table": "A table must have %(limit)s cells or fewer. One has %(length)s, with those that are joined.",
        "too_much_markup": "Text has more formatting than can be saved. Paste it again as plain text.",
    }

    def __init__(self, *, max_length=MAX_TEXT, figures_url=None, **kwargs):
        super().__init__(**kwargs)
        # Not CharField's own limit: that would count mark-up, and stop a textarea in the middle of a tag.
        self.max_text_length = max_length
        self.widget.attrs |= {"data-max-length": max_length, "data-longest-word": MAX_ADDRESS}
        if figures_url is not None:  # a lazy address must not be looked up before the URLs are there
            self.widget.figures_url = figures_url

    def to_python(self, value):
        html = super().to_python(value)
        if len(html) > MAX_HTML:
            raise self._too_long(len(html), MAX_HTML)
        try:
            html = self.sanitise(html)
        except richtext.TooMuchMarkup as error:
            raise ValidationError(self.error_messages["too_much_markup"], code="too_much_markup") from error
        self._check_lengths(richtext.plain_text(html))
        self._check_asides(html)
        self._check_tables(html)
        return html

    def _check_lengths(self, text):
        if len(text) > self.max_text_length:
            raise self._too_long(len(text), self.max_text_length)
        too_long = [len(word) for word in text.split() if len(word) > longest_of(word)]
        if too_long:
            raise self._too_long(max(too_long), MAX_WORD, code="long_word")

    def _check_asides(self, html):
        alts = [picture.alt for picture in richtext.pictures(html)]
        notes = len(richtext.note_texts(html))
        if notes > MAX_NOTES:
            raise self._too_long(notes, MAX_NOTES, code="many_notes")
        for code, texts in (("long_note", richtext.note_texts(html)), ("long_alt", alts)):
            longest = max(map(len, texts), default=0)
            if longest > MAX_ASIDE:
                raise self._too_long(longest, MAX_ASIDE, code=code)

    def _check_tables(self, html):
        largest = max(richtext.table_sizes(html), default=0)
        if largest > MAX_CELLS:
            raise self._too_long(largest, MAX_CELLS, code="large_table")

    def _too_long(self, length, limit, *, code="max_length"):
        params = {"length": f"{length:,}", "limit": f"{limit:,}"}
        return ValidationError(self.error_messages[code], code=code, params=params)


def longest_of(word):
    """How long a word like this may be: addresses are longer than words."""
    return MAX_ADDRESS if _ADDRESS.match(word) else MAX_WORD


class InlineRichTextField(RichTextField):
    """Gives one paragraph of clean words, without the paragraph's own tags."""

    widget = InlineRichTextWidget
    sanitise = staticmethod(richtext.clean_inline)

    def __init__(self, *, max_length=MAX_POINT, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
