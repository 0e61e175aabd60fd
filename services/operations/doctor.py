"""Settings in, one line a check out: is everything here that newsmon needs, and is it right?"""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from schemas import STREAMS
from schemas.export import drifted
from services.broker.provision import differences
from services.settings import KafkaSettings, Settings

LEAST_FREE_BYTES = 500_000_000  # a day of state at 10 articles/s is about a tenth of it
EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
PATIENCE_MS = 5000  # kafka-python tries for 30 s, and a health check is given less


@dataclass(frozen=True)
class Finding:
    """What one check found. `ok=None`: could not be looked at."""

    what: str
    ok: bool | None
    said: str


def examine(settings: Settings, *, quick: bool = False) -> Iterator[Finding]:
    """Every check, in the order in which one depends on the other. Raises nothing: what fails is a finding.

    `quick` leaves the lexicon and the model out (seconds of CPU): for a check that is made again and again.
    """
    yield _clock()
    yield _disk(settings)
    yield _checked("schema", _schema)
    if not quick:
        yield _checked("lexicon and model", _model)
    yield from _broker(settings.kafka)


def _checked(what: str, check: Callable[[], str]) -> Finding:
    """A check that raises ValueError, OSError or ImportError has failed."""
    try:
        return Finding(what, True, check())
    except (ValueError, OSError, ImportError) as error:
        return Finding(what, False, f"{type(error).__name__}: {error}")


def _clock() -> Finding:
    now = datetime.now(UTC)
    return Finding("clock", now > EARLIEST, f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _disk(settings: Settings) -> Finding:
    place = settings.worker.state_dir
    existing = next(path for path in (place, *place.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return Finding("disk", free > LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free for {place}")


def _schema() -> str:
    wrong = drifted()
    if wrong:
        raise ValueError(f"{', '.join(wrong)} differ from the models: run `make schemas`")
    return f"{len(list(STREAMS))} streams"


def _model() -> str:
    from services.monitor.tools import load_tools

    began = time.perf_counter()
    load_tools()
    return f"loaded in {time.perf_counter() - began:.1f} s"


def _broker(kafka: KafkaSettings) -> Iterator[Finding]:
    if kafka.bootstrap_servers is None:
        yield Finding("broker", None, "NEWSMON_KAFKA_BOOTSTRAP_SERVERS is not set: `newsmon demo` starts its own")
        return
    try:
        with KafkaAdminClient(**kafka.kafka_python_options(), bootstrap_timeout_ms=PATIENCE_MS) as admin:
            yield Finding("broker", True, f"reached {kafka.bootstrap_servers}")
            yield from _streams(admin, kafka)
    except (KafkaError, OSError) as error:
        yield Finding("broker", False, f"{kafka.bootstrap_servers}: {type(error).__name__}: {error}")


def _streams(admin: KafkaAdminClient, kafka: KafkaSettings) -> Iterator[Finding]:
    there = set(admin.list_topics())
    missing = [stream.name for stream in STREAMS if stream.name not in there]
    if missing:
        yield Finding("streams", False, f"missing: {', '.join(missing)}; run `newsmon provision`")
        return
    wrong = differences(admin, STREAMS, kafka)
    yield Finding("streams", not wrong, "; ".join(map(str, wrong)) or f"{len(list(STREAMS))} as the registry says")
