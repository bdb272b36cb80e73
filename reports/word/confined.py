"""One Word file read in a process of its own that may be killed: `python -m reports.word.confined`.

Reads the file from standard input and writes the Outline as JSON to standard output. A refusal stands on standard
error, with exit status `REFUSED_STATUS`. It knows nothing of Django's settings or of the database.
"""

import argparse
import sys

from partnership.confinement import read_arguments
from partnership.filetypes.refused import RefusedFile, refuse
from reports.word.document import read_document
from reports.word.outline import to_json


def main() -> None:
    read_arguments(argparse.ArgumentParser(description=__doc__))
    try:
        outline = read_document(sys.stdin.buffer.read())
    except RefusedFile as refusal:
        refuse(refusal)
    sys.stdout.buffer.write(to_json(outline))


if __name__ == "__main__":
    main()
