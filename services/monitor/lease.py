"""A clock in; an error out of whoever acts after this process stood still for longer than its session."""

import os
import signal
import threading
import time
from collections.abc import Callable


class FrozenError(RuntimeError):
    """Halt: this process stood still (SIGSTOP, a suspended machine) until the group gave its partitions to another.

    What it would send or store now could undo what the other has sent since. Start it again: it reads on from the
    last acknowledged message.
    """


class Lease:
    """The right to act for the partitions. A thread renews it, so that a busy event loop does not lose it."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._renewed = clock()
        self._lost = self._kept = False

    def start(self) -> None:
        """Take it, and renew it from now on until the process ends. Once; from the main thread."""
        if self._kept:
            return
        self._kept, self._renewed = True, self._clock()
        signal.signal(signal.SIGCONT, self.on_continue)
        threading.Thread(target=self._keep, name="newsmon-lease", daemon=True).start()

    def renew(self) -> None:
        """Still running. A lease that was lost stays lost."""
        self._lost = self._lost or self._late()
        self._renewed = self._clock()

    def on_continue(self, *_signal: object) -> None:
        """For SIGCONT: end at once if it came too late, before anything that was waiting to be sent can leave."""
        try:
            self.check()
        except FrozenError as late:
            os.write(2, f"FrozenError: {late}\n".encode())
            os._exit(1)

    def check(self) -> None:
        """Raises FrozenError if the process stood still for longer than the session."""
        if self._lost or self._late():
            raise FrozenError(f"stood still for over {self._seconds:.0f} s: its partitions belong to another worker")

    def _late(self) -> bool:
        return self._clock() - self._renewed > self._seconds

    def _keep(self) -> None:
        while True:
            self.renew()
            time.sleep(self._seconds / 20)
