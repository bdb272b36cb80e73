"""One PDF checked in a process of its own that may be killed: `python -m reports.rendering.confined_check`.

Reads from standard input a line with the length of the HTML, the HTML, and the PDF that was made from it; writes the
faults as JSON to standard output. It knows nothing of Django's settings or of the database.
"""

import argparse
import json
import sys
from dataclasses import asdict

from partnership.confinement import read_arguments
from reports.rendering.gates import check_file


def main() -> None:
    read_arguments(argparse.ArgumentParser(description=__doc__))
    length = int(sys.stdin.buffer.readline())
    html = sys.stdin.buffer.read(length).decode()
    faults = check_file(sys.stdin.buffer.read(), html)
    sys.stdout.write(json.dumps([asdict(fault) for fault in faults]))


if __name__ == "__main__":
    main()
