"""One file looked through in a process of its own that may be killed: `python -m partnership.confined KIND`.

Reads the file from standard input and writes what is kept of it to standard output. A refusal stands on standard
error, with exit status `REFUSED_STATUS`. It knows nothing of Django's settings or of the database.
"""

import argparse
import sys

from partnership.choices import FileKind
from partnership.confinement import confine
from partnership.filetypes.refused import REFUSED_STATUS, RefusedFile
from partnership.filetypes.thorough import content_to_keep


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", type=FileKind)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--cpu-seconds", type=int, required=True)
    parser.add_argument("--memory-mb", type=int, required=True)
    arguments = parser.parse_args()
    confine(parent=arguments.parent, cpu_seconds=arguments.cpu_seconds, memory_mb=arguments.memory_mb)
    try:
        kept = content_to_keep(sys.stdin.buffer.read(), arguments.kind)
    except RefusedFile as refusal:
        sys.stderr.buffer.write(str(refusal).encode())
        sys.exit(REFUSED_STATUS)
    sys.stdout.buffer.write(kept)


if __name__ == "__main__":
    main()
