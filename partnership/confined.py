"""One file looked through in a process of its own that may be killed: `python -m partnership.confined KIND`.

With `--for-print` it is a picture, which is drawn anew for a report; with `--logo` it may be a drawing, too.

Reads the file from standard input and writes what is kept of it to standard output. A refusal stands on standard
error, with exit status `REFUSED_STATUS`. It knows nothing of Django's settings or of the database.
"""

import argparse
import sys

from partnership.choices import FileKind
from partnership.confinement import read_arguments
from partnership.filetypes.drawings import rebuilt
from partnership.filetypes.pictures import PICTURES_BEGIN, redrawn_for_print
from partnership.filetypes.refused import RefusedFile, refuse
from partnership.filetypes.thorough import content_to_keep


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("kind", type=FileKind, nargs="?")
    wanted.add_argument("--for-print", action="store_true")
    wanted.add_argument("--logo", action="store_true")
    arguments = read_arguments(parser)
    try:
        kept = _kept(sys.stdin.buffer.read(), arguments)
    except RefusedFile as refusal:
        refuse(refusal)
    sys.stdout.buffer.write(kept)


def _kept(content: bytes, arguments: argparse.Namespace) -> bytes:
    if arguments.logo:
        return redrawn_for_print(content) if content.startswith(PICTURES_BEGIN) else rebuilt(content)
    return redrawn_for_print(content) if arguments.for_print else content_to_keep(content, arguments.kind)


if __name__ == "__main__":
    main()
