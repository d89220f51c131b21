"""Packs the directory tree with Python's tarfile; the argument is the name of a format."""

import sys
import tarfile

form = getattr(tarfile, sys.argv[1])
with tarfile.open(
    fileobj=sys.stdout.buffer, mode="w|", format=form, encoding="utf-8", errors="surrogateescape"
) as archive:
    for path in sys.stdin.buffer.read().split(b"\0")[:-1]:
        try:
            archive.add(path.decode("utf-8", "surrogateescape"), recursive=False)
        except ValueError:
            pass  # the format cannot hold this entry
