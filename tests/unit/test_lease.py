"""A worker that stood still past its session must not act again."""

import pytest

from services.monitor.lease import FrozenError, Lease


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_running_process_keeps_its_lease() -> None:
    clock = Clock()
    lease = Lease(10, clock)
    for _ in range(100):
        clock.now += 5
        lease.renew()
        lease.check()


def test_a_process_that_stood_still_may_not_act_even_before_the_renewal() -> None:
    clock = Clock()
    lease = Lease(10, clock)
    clock.now = 11
    with pytest.raises(FrozenError):
        lease.check()


def test_a_lost_lease_stays_lost() -> None:
    clock = Clock()
    lease = Lease(10, clock)
    clock.now = 11
    lease.renew()
    with pytest.raises(FrozenError):
        lease.check()
