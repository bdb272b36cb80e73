"""How much of a file the portal receives before it stops keeping it."""

from django.core.files.uploadhandler import FileUploadHandler

from partnership.filetypes import LARGEST_FILE

MOST_FILES = 10
"""So many files may be sent at once."""


class KeepsWithinLimits(FileUploadHandler):
    """Stands before Django's own handlers and lets no more through than the first piece that is too much.

    What arrives is then larger than `LARGEST_FILE`, or a file too many, so that the form refuses it with its sentence.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.files = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.files += 1

    def receive_data_chunk(self, raw_data, start):
        is_too_much = start > LARGEST_FILE or self.files > MOST_FILES
        return None if is_too_much else raw_data

    def file_complete(self, file_size):
        return None
