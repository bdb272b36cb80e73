"""One PDF checked in a process of its own that may be killed: `python -m reports.rendering.confined_check`.

Reads from standard input a line with the length of the HTML, the HTML, and the PDF that was made from it; writes the
faults as JSON to standard output. It knows nothing of Django's settings or of the database.
"""

import argparse
import json
import sys
from dataclasses import asdict

from partnership.confinement import confine
from reports.rendering.gates import check_file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--cpu-seconds", type=int, required=True)
    parser.add_argument("--memory-mb", type=int, required=True)
    arguments = parser.parse_args()
    confine(parent=arguments.parent, cpu_seconds=arguments.cpu_seconds, memory_mb=arguments.memory_mb)
    length = int(sys.stdin.buffer.readline())
    html = sys.stdin.buffer.read(length).decode()
    faults = check_file(sys.stdin.buffer.read(), html)
    sys.stdout.write(json.dumps([asdict(fault) for fault in faults]))


if __name__ == "__main__":
    main()
