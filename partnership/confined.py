"""One file looked through in a process of its own that may be killed: `python -m partnership.confined KIND`.

With `--for-print` it is a picture, which is drawn anew for a report.

Reads the file from standard input and writes what is kept of it to standard output. A refusal stands on standard
error, with exit status `REFUSED_STATUS`. It knows nothing of Django's settings or of the database.
"""

import argparse
import sys

from partnership.choices import FileKind
from partnership.confinement import read_arguments
from partnership.filetypes.pictures import redrawn_for_print
from partnership.filetypes.refused import RefusedFile, refuse
from partnership.filetypes.thorough import content_to_keep


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("kind", type=FileKind, nargs="?")
    wanted.add_argument("--for-print", action="store_true")
    arguments = read_arguments(parser)
    try:
        content = sys.stdin.buffer.read()
        kept = redrawn_for_print(content) if arguments.for_print else content_to_keep(content, arguments.kind)
    except RefusedFile as refusal:
        refuse(refusal)
    sys.stdout.buffer.write(kept)


if __name__ == "__main__":
    main()
