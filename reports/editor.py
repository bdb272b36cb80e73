"""The form fields with the rich text editor, and their widgets.

The editor is a custom element around a textarea (static/editor/). The textarea stays what the form posts, so a page
whose script does not run still shows and saves the text, as HTML.
"""

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
MAX_WORD = 1_000
"""A longer word is no word, and browsers need minutes to break it into lines."""


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
        "too_much_markup": "Text has more formatting than can be saved. Paste it again as plain text.",
    }

    def __init__(self, *, max_length=MAX_TEXT, figures_url=None, **kwargs):
        super().__init__(**kwargs)
        # Not CharField's own limit: that would count mark-up, and stop a textarea in the middle of a tag.
        self.max_text_length = max_length
        self.widget.attrs["data-max-length"] = max_length
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
        return html

    def _check_lengths(self, text):
        if len(text) > self.max_text_length:
            raise self._too_long(len(text), self.max_text_length)
        longest = max(map(len, text.split()), default=0)
        if longest > MAX_WORD:
            params = {"length": f"{longest:,}"}
            raise ValidationError(self.error_messages["long_word"], code="long_word", params=params)

    def _check_asides(self, html):
        alts = [picture.alt for picture in richtext.pictures(html)]
        for code, texts in (("long_note", richtext.note_texts(html)), ("long_alt", alts)):
            longest = max(map(len, texts), default=0)
            if longest > MAX_ASIDE:
                raise self._too_long(longest, MAX_ASIDE, code=code)

    def _too_long(self, length, limit, *, code="max_length"):
        params = {"length": f"{length:,}", "limit": f"{limit:,}"}
        return ValidationError(self.error_messages[code], code=code, params=params)


class InlineRichTextField(RichTextField):
    """Gives one paragraph of clean words, without the paragraph's own tags."""

    widget = InlineRichTextWidget
    sanitise = staticmethod(richtext.clean_inline)

    def __init__(self, *, max_length=MAX_POINT, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
