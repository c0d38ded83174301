"""Whether two systems answered the same."""

import csv

TOLERANCE = 1e-9


def read(path, is_ordered):
    """The rows of an answer without the names of its columns, sorted where no order was asked for."""
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    return rows if is_ordered else sorted(rows)


def difference(ours, theirs):
    """The first difference in words, or `None`. Numbers may differ by one part in 10^9: the order in
    which floating-point numbers are added up is each system's own."""
    if len(ours) != len(theirs):
        return f"{len(ours)} rows and {len(theirs)}"
    for number, (left, right) in enumerate(zip(ours, theirs), 1):
        if left != right and not _is_close(left, right):
            return f"row {number}: {','.join(left)} and {','.join(right)}"
    return None


def _is_close(left, right):
    if len(left) != len(right):
        return False
    for one, other in zip(left, right):
        if one == other:
            continue
        try:
            one, other = float(one), float(other)
        except ValueError:
            return False
        if abs(one - other) > TOLERANCE * max(abs(one), abs(other)):
            return False
    return True
