"""One bar in the terminal for the whole load, and the same percentage for whoever looks at a page meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from teamaround.kit.govuk import underway


class Bar:
    """Counts steps of work, of which the number is known beforehand."""

    def __init__(self, shown: Progress, task: TaskID, total: int) -> None:
        self.shown, self.task, self.total = shown, task, total
        self.done, self.said = 0, -1

    def tell(self, text: str) -> None:
        """What is being done now."""
        self.shown.update(self.task, description=text)

    def step(self, count: int = 1) -> None:
        """So many more steps are done."""
        self.done += count
        self.shown.update(self.task, completed=self.done)
        percent = min(99, self.done * 100 // self.total)
        if percent != self.said:
            self.said = percent
            underway.say(percent)


@contextmanager
def bar(total: int) -> Iterator[Bar]:
    """A bar from nothing to `total` steps; pages stop speaking of it however it ends."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns) as shown:
        try:
            yield Bar(shown, shown.add_task("Getting ready", total=total), total)
        finally:
            underway.say(None)
