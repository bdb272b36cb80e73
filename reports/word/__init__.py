"""A report written in Word, read into an `Outline`: its sections with their text, its pictures, and what could not be
kept. Nothing here touches the database.

A Word file is an archive of XML parts. `package` opens it and refuses what may do harm, `styles` and `numbering` say
what a paragraph is, `words` reads a paragraph, `flow` puts paragraphs, lists and tables together, `document` cuts the
whole into sections. All of that happens in a process that may be killed (`confined`), which `reading` starts.
"""

from reports.word.outline import ImportedSection, Loss, Lost, Outline, Picture, from_json, to_json
from reports.word.reading import read_word

__all__ = ["ImportedSection", "Loss", "Lost", "Outline", "Picture", "from_json", "read_word", "to_json"]
