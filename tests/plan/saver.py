"""A process that saves a plan, for tests: `python -m tests.plan.saver WHAT FOLDER NAME COUNT`."""

import os
import sys

from rdlib.plan import PlanStore


def share(folder: str, name: str, count: int) -> None:
    """Change a field of its own, add rows and a priority, while somebody else saves the same plan."""
    store = PlanStore(folder)
    for number in range(1, count + 1):
        store.set(f"priorities/waits/{name}", f"{name} {number}")
        if number % 10 == 0:
            store.add_row("priorities/waits/indicators", {"id": f"{name}-{number}", "name": f"by {name}"})
        if number % 50 == 0:
            store.add_priority(f"{name} {number}")
        store.save()


def count_up(folder: str, start: int) -> None:
    """Save ever larger numbers and say each one as soon as it is saved."""
    store = PlanStore(folder)
    number = start
    while True:
        number += 1
        store.set("priorities/waits/title", f"Number {number}")
        store.set("priorities/waits/summary", f"Number {number}\n" + "line\n" * (number % 7 * 40))
        store.set("plan/title", f"Number {number}")
        store.save()
        os.write(1, b"%d\n" % number)


if __name__ == "__main__":
    what, where, who, how_many = sys.argv[1:]
    if what == "share":
        share(where, who, int(how_many))
    else:
        count_up(where, int(how_many))
