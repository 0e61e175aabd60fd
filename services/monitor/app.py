"""The wiring: streams, tables and agents in pipeline order. With wire.py and durable.py all that knows Faust.

articles.raw -> deduplicate -> reports.unique -> classify -> reports.classified -> extract
             -> reports.enriched, claims -> alert -> alerts.policy-shift, stances
"""

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import partial
from typing import Any, cast

import faust
from faust.sensors.prometheus import FaustMetrics, PrometheusMonitor

from schemas import STREAMS, Stream
from services.broker import quirks
from services.monitor import agents
from services.monitor.analysis.intake.memory import CopyMemory
from services.monitor.analysis.ledger.fold import Entry
from services.monitor.analysis.told import Told
from services.monitor.durable import DurableTable
from services.monitor.envelope import Emission
from services.monitor.handover import HandingOver
from services.monitor.lease import Lease
from services.monitor.metrics import Metrics
from services.monitor.offsets import ReadOffsets
from services.monitor.relay import Onward, Relay, following
from services.monitor.tools import Tools
from services.monitor.unit import SettledEvent, Unit
from services.monitor.watch import LOOK_SECONDS, Watch
from services.monitor.wire import Intact, Stage, Wire, readable
from services.settings import KafkaSettings, Settings

MAX_MESSAGE_BYTES = 8 * 1024 * 1024  # as the streams' max.message.bytes in schemas/streams.py

SESSION_SECONDS = 10.0  # a killed worker's partitions move after it; Kafka's least is 6, Faust's default of 60 is long

Agent = Callable[..., Awaitable[None]]


def create_app(settings: Settings, tools: Tools, metrics: Metrics) -> faust.App:
    """The Faust application. Opens nothing: connections are made when a worker starts it."""
    app = HandingOver("newsmon", **_options(settings))
    many, lease = settings.kafka.partitions, Lease(app.conf.broker_session_timeout)
    topics = {stream: _topic(app, stream, many) for stream in STREAMS}
    copies, told, ledger = _table(app, "copies", 1), _table(app, "told", many), _table(app, "ledger", many)

    def stage(agent: Agent, source: Stream, give: Callable[[Unit], dict[str, Any]]) -> None:
        unit, name = Unit(app, lease), cast("Stage", agent.__name__)
        app.units.append(unit)
        after = following(name)
        spread = many if source.partitions == "one" else None
        relay = Relay(name, metrics, Onward(after, unit.to(topics[after])) if after else None, spread)
        letters = unit.to(topics[STREAMS.dead_letters])
        intact = Intact(name, letters, metrics, metrics.timed, metrics.passed, relay=relay)
        run = _halting(app, partial(agent, tally=metrics, **give(unit)), intact, unit)
        run.__doc__ = agent.__doc__
        app.agent(topics[source], name=name)(run)

    stage(
        agents.deduplicate,
        STREAMS.raw,
        lambda unit: {
            "intake": tools.intake,
            "memory": _remembered(unit, copies),
            "unique": unit.to(topics[STREAMS.unique]),
        },
    )
    stage(
        agents.classify,
        STREAMS.unique,
        lambda unit: {
            "topics": tools.topics,
            "classified": unit.to(topics[STREAMS.classified]),
        },
    )
    stage(
        agents.extract,
        STREAMS.classified,
        lambda unit: {
            "understanding": tools.understanding,
            "told": Told(unit.rows(told)),
            "enriched": unit.to(topics[STREAMS.enriched]),
            "claims": unit.to(topics[STREAMS.claims]),
        },
    )
    stage(
        agents.alert,
        STREAMS.claims,
        lambda unit: {
            "knowledge": tools.knowledge,
            "ledger": unit.rows(ledger, Entry),
            "alerts": unit.to(topics[STREAMS.alerts], Emission(metrics)),
            "stances": unit.to(topics[STREAMS.stances]),
        },
    )
    app.monitor = PrometheusMonitor(metrics=FaustMetrics.create(metrics.registry, "faust"))  # 14 us a message and hop
    offsets = ReadOffsets(app, embedded=settings.kafka.embedded)
    _watched(app, Watch(metrics, offsets, (copies, told, ledger), settings.worker.state_dir))
    return app  # fmt: skip


def _remembered(unit: Unit, copies: DurableTable) -> CopyMemory:
    """The memory of what was seen: rows, and an index over them that is made anew whenever the rows changed."""
    memory = CopyMemory(unit.rows(copies))
    unit.forget = memory.rebuild
    return memory


def _watched(app: faust.App, watch: Watch) -> None:
    """From the start of the worker on: nothing runs while the app is only being made."""
    app.timer(LOOK_SECONDS)(watch.look)
    app.task(watch.turn)


def _halting(app: faust.App, agent: Agent, intact: Intact, unit: Unit) -> Any:
    """A bug is a crash: the worker halts with its messages unacknowledged, so that they are read again."""

    async def run(stream: Any) -> None:
        unit.begin()
        async with aclosing(readable(stream, unit, intact)) as messages:
            try:
                await agent(messages)
            except Exception as bug:
                unit.reset()
                await app.crash(bug)
                raise

    return run


def _topic(app: faust.App, stream: Stream, many: int) -> Any:
    """Provisioning made it; Faust must not declare it again with options of its own."""
    partitions = 1 if stream.partitions == "one" else many
    return app.topic(stream.name, schema=Wire(stream), partitions=partitions)


def _table(app: faust.App, name: str, partitions: int) -> DurableTable:
    """Its changelog takes what a stream takes: a row of one long article must not halt its worker."""
    limit = {"max.message.bytes": str(MAX_MESSAGE_BYTES)}
    table = DurableTable(app, name=name, partitions=partitions, extra_topic_configs=limit)
    return app.tables.add(table)  # type: ignore[return-value]


def _options(settings: Settings) -> dict[str, Any]:
    """Faust's settings. `env_prefix`: un-prefixed variables (WEB_PORT, BROKER_URL) would override arguments."""
    kafka = settings.kafka
    options = {
        "env_prefix": "NEWSMON_FAUST",
        "broker": ";".join(f"kafka://{server}" for server in str(kafka.bootstrap_servers).split(",")),
        "broker_credentials": _credentials(kafka),
        "broker_session_timeout": SESSION_SECONDS,
        "broker_heartbeat_interval": SESSION_SECONDS / 4,
        "broker_rebalance_timeout": 3 * SESSION_SECONDS,
        "broker_commit_interval": 1.0,
        "consumer_group_instance_id": settings.worker.instance_id,  # "" would make all workers one member
        "consumer_auto_offset_reset": "earliest",
        "topic_allow_declare": True,
        "topic_disable_leader": True,
        "topic_partitions": kafka.partitions,
        "topic_replication_factor": kafka.replication_factor,
        "producer_acks": -1,
        "producer_max_request_size": MAX_MESSAGE_BYTES,
        "consumer_max_fetch_size": MAX_MESSAGE_BYTES,
        "store": "rocksdb://",
        "datadir": str(settings.worker.state_dir),
        "table_standby_replicas": 0,
        "web_enabled": False,
        "stream_wait_empty": False,  # handover.py has its place
        "Event": SettledEvent,
        "worker_redirect_stdouts": False,
    }
    return options | quirks.apply() if kafka.embedded else options


def _credentials(kafka: KafkaSettings) -> Any:
    context = kafka.ssl_context()
    if kafka.sasl and kafka.sasl_password:
        return faust.SASLCredentials(
            username=kafka.sasl_username,
            password=kafka.sasl_password.get_secret_value(),
            ssl_context=context,
            mechanism=kafka.sasl_mechanism,
        )
    return faust.SSLCredentials(context) if context else None
