"""Sending evidence files: what can be told of them at once is said beside the field."""

from django import forms

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.evidence import SentFile
from partnership.filetypes import LARGEST_FILE, RefusedFile, clean_name, kind_of
from partnership.filetypes.names import LONGEST_NAME
from partnership.identifiers import find_identifiers
from partnership.uploads import MOST_FILES

TAKEN = ".pdf,.docx,.xlsx,.odt,.ods,.jpg,.jpeg,.png,.csv,.txt"


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Up to `MOST_FILES` files, cleaned to a list of `SentFile`; each that is refused is named with the reason."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        uploads = data or []
        if not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(f"You chose {len(uploads)} files. Send at most {MOST_FILES} at a time.")
        sent, refusals = [], []
        for upload in uploads:
            try:
                sent.append(_looked_at(upload))
            except RefusedFile as refusal:
                refusals.append(f"{upload.name[:100]}: {refusal}")
        if refusals:
            raise forms.ValidationError(refusals)
        return sent


class EvidenceForm(CarefulForm):
    """One or more files, and what they show. It asks about names that look as if they named a child, as about texts.

    A browser forgets the files when a page comes back, so whoever ticks a name chooses them again.
    """

    mark_optional = True

    files = EvidenceField(
        label="Choose files",
        help_text=(
            f"PDF, Word, Excel, OpenDocument, JPEG, PNG, CSV or text, up to 20 MB each and {MOST_FILES} at a time. "
            "Send nothing in which a child is named or could be recognised."
        ),
        widget=SeveralFiles(attrs={"accept": TAKEN}),
        error_messages={"required": "Choose a file"},
    )
    title = CarefulCharField(
        label="What do they show?",
        help_text="For example: report of the audit of strategy discussions.",
        required=False,
        max_length=200,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.named = _telling_names(self.files.getlist(self.add_prefix("files"))) if self.files else {}
        if self.named:
            self.fields["safe_names"] = forms.Field(
                label="Rename the file, or say that it is safe",
                help_text="Then choose the files again.",
                required=False,
                widget=forms.CheckboxSelectMultiple(
                    choices=[(each, f"No child can be told from “{each}”: keep it") for each in self.named]
                ),
            )
            self.order_fields(["files", "safe_names"])

    def clean(self):
        data = super().clean()
        ticked = set(data.pop("safe_names", None) or ())
        for excerpt, finding in self.named.items():
            if excerpt in ticked:
                self.kept.append(f"Kept “{excerpt}”, which looks like {finding.kind}.")
            else:
                self.add_error("files", f"The name of a file: {finding.question}")
        return data


def _telling_names(uploads):
    """What in the names of the files could tell who a child is, by its excerpt."""
    words = [upload.name[:LONGEST_NAME].rpartition(".")[0].replace("_", " ") for upload in uploads[:MOST_FILES]]
    return {finding.excerpt: finding for name in words for finding in find_identifiers(name)}


def _looked_at(upload):
    """The file as it may be kept; raises `RefusedFile`."""
    name = clean_name(upload.name)
    content = upload.read(LARGEST_FILE + 1)
    upload.seek(0)
    return SentFile(name=name, kind=kind_of(content, name=name), content=upload)
