"""One Word file written in a process of its own that may be killed: `python -m reports.rendering.docx.confined`.

Reads a packed `Manuscript` from standard input and writes the file to standard output. It knows nothing of Django's
settings or of the database.
"""

import argparse
import sys

from partnership.confinement import read_arguments
from reports.rendering.docx.manuscript import Manuscript
from reports.rendering.docx.report import written


def main() -> None:
    read_arguments(argparse.ArgumentParser(description=__doc__))
    sys.stdout.buffer.write(written(Manuscript.unpack(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
