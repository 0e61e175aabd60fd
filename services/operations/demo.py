"""The whole of newsmon on one machine: broker, streams, workers, feeder, live alerts. Ends when all is read."""

import contextlib
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

from kafka.errors import KafkaError
from rich.console import Console

from schemas import PolicyShiftAlert
from services.broker.embedded import embedded_broker, free_port
from services.broker.provision import provision
from services.feeder.feed import feed
from services.monitor.analysis.final import final
from services.operations.lag import Lag
from services.operations.processes import Workers, start_desk
from services.settings import KafkaSettings, Settings
from services.subscriber.screen import Screen
from services.subscriber.subscription import Subscription

LAST_SECONDS = 3.0  # that an alert may take to reach us when everything is read


def run_demo(
    settings: Settings, source: Path, *, workers: int, console: Console, keep: bool = False
) -> list[PolicyShiftAlert]:
    """Feed `source` through the real pipeline and show each alert as it comes. Gives the final alerts.

    `keep`: the desk stays until Ctrl-C.
    """
    with contextlib.ExitStack() as stack:
        directory = settings.worker.state_dir / "demo"
        kafka = settings.kafka
        if kafka.bootstrap_servers is None:
            shutil.rmtree(directory, ignore_errors=True)  # the last demo's memory belongs to the last demo's broker
        directory.mkdir(parents=True, exist_ok=True)
        if kafka.bootstrap_servers is None:
            broker = stack.enter_context(embedded_broker(directory / "broker"))
            kafka = KafkaSettings(bootstrap_servers=broker.bootstrap, embedded=True, partitions=kafka.partitions)
            console.print(f"broker    {broker.bootstrap} (embedded, for the demo only)")
        provision(kafka)
        running = _started(stack, directory, kafka, workers)
        console.print(f"desk      {start_desk(stack, directory, kafka, settings.desk)}")
        standing = _run(kafka, source, running, console)
        if keep:
            _stay(console)
        return standing


def _started(stack: contextlib.ExitStack, directory: Path, kafka: KafkaSettings, count: int) -> Workers:
    running = Workers(directory)
    stack.callback(running.stop)
    for _ in range(count):
        running.start(kafka, free_port())
    return running


def _stay(console: Console) -> None:
    console.print("The desk stays. Ctrl-C ends everything.")
    with contextlib.suppress(KeyboardInterrupt):
        signal.pause()


def _run(kafka: KafkaSettings, source: Path, workers: Workers, console: Console) -> list[PolicyShiftAlert]:
    console.print("metrics  ", *(f"http://127.0.0.1:{port}/metrics" for port in workers.ports))
    subscription = Subscription(kafka, from_beginning=True)
    try:
        fed = feed(source, kafka)
        console.print(f"feeder    {fed.sent} articles from {source}, {len(fed.bad)} unreadable\n")
        with Screen(console) as screen:
            messages = list(_until_read(subscription, workers, kafka, screen))
    finally:
        subscription.close()
    standing = final(messages)
    console.print(f"\n{len(standing)} alerts stand, {len(messages)} messages told them.")
    return standing


def _tell(lag: Lag, screen: Screen) -> bool:
    """Show how far everything is; whether it is read to its end. A broker too busy to answer is not at its end."""
    try:
        figures = lag.look()
    except KafkaError:
        return False
    screen.tell(figures)
    return not any(figures.behind.values())


def _until_read(
    subscription: Subscription, workers: Workers, kafka: KafkaSettings, screen: Screen
) -> Iterator[PolicyShiftAlert]:
    """Alerts as they come, until every stream is read to its end and no alert is left to come."""
    told: dict[str, str] = {}
    with Lag(kafka) as lag:
        while True:
            workers.check()
            finished = _tell(lag, screen)
            found = subscription.poll(LAST_SECONDS if finished else 0.3)
            for alert in found:
                if told.get(alert.alert_id) != alert.certainty or alert.type == "cancel":
                    screen.show(alert)
                told[alert.alert_id] = alert.certainty
                yield alert
            if finished and not found:
                return
