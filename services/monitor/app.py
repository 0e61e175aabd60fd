"""The wiring: streams, tables and agents in pipeline order. With wire.py and durable.py all that knows Faust.

articles.raw -> deduplicate -> reports.unique -> classify -> reports.classified -> extract
             -> reports.enriched, claims -> alert -> alerts.policy-shift, stances
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

import faust

from schemas import STREAMS, Stream
from services.broker import quirks
from services.monitor import agents
from services.monitor.analysis.ledger import Entry
from services.monitor.analysis.memory import CopyMemory
from services.monitor.analysis.told import Told
from services.monitor.durable import DurableTable, Outgoing, ReadOffsets, Rows
from services.monitor.envelope import Emission, plain
from services.monitor.metrics import Metrics
from services.monitor.tools import Tools
from services.monitor.watch import LOOK_SECONDS, Watch
from services.monitor.wire import Intact, Stage, Wire, readable
from services.settings import KafkaSettings, Settings

MAX_MESSAGE_BYTES = 8 * 1024 * 1024  # as the streams' max.message.bytes in schemas/streams.py

SESSION_SECONDS = 10.0  # a killed worker's partitions move after it; Kafka's least is 6, Faust's default of 60 is long

Agent = Callable[..., Awaitable[None]]


def create_app(settings: Settings, tools: Tools, metrics: Metrics) -> faust.App:
    """The Faust application. Opens nothing: connections are made when a worker starts it."""
    app = faust.App("newsmon", **_options(settings))
    many = settings.kafka.partitions
    topics = {stream.name: _topic(app, stream, many) for stream in STREAMS}
    copies, told, ledger = _table(app, "copies", 1), _table(app, "told", many), _table(app, "ledger", many)
    memory, said = CopyMemory(Rows(copies)), Told(Rows(told))
    copies.on_recover(_later(memory.rebuild))
    told.on_recover(_later(said.rebuild))

    def to(stream: Stream, headers: Any = plain) -> Outgoing:
        return Outgoing(topics[stream.name], headers)

    def stage(agent: Agent, source: Stream, *tables: DurableTable, **arguments: Any) -> None:
        intact = Intact(cast("Stage", agent.__name__), to(STREAMS.dead_letters), metrics, metrics.timed, metrics.passed)
        run = _halting(app, partial(agent, tally=metrics, **arguments), intact, tables)
        run.__doc__ = agent.__doc__
        app.agent(topics[source.name], name=agent.__name__)(run)

    stage(agents.deduplicate, STREAMS.raw, copies, intake=tools.intake, memory=memory, unique=to(STREAMS.unique))
    stage(agents.classify, STREAMS.unique, topics=tools.topics, classified=to(STREAMS.classified))
    stage(
        agents.extract,
        STREAMS.classified,
        told,
        understanding=tools.understanding,
        told=said,
        enriched=to(STREAMS.enriched),
        claims=to(STREAMS.claims),
    )
    stage(
        agents.alert,
        STREAMS.claims,
        ledger,
        knowledge=tools.knowledge,
        ledger=Rows(ledger, Entry),
        alerts=to(STREAMS.alerts, Emission(metrics)),
        stances=to(STREAMS.stances),
    )
    _watched(app, Watch(metrics, ReadOffsets(app, embedded=settings.kafka.embedded), (copies, told, ledger),
                        settings.worker.state_dir))  # fmt: skip
    return app  # fmt: skip


def _watched(app: faust.App, watch: Watch) -> None:
    app.timer(LOOK_SECONDS)(watch.look)
    app.task(watch.turn)


def _halting(app: faust.App, agent: Agent, intact: Intact, tables: tuple[DurableTable, ...]) -> Any:
    """A bug is a crash: the worker halts with the message unacknowledged, so that it is read again."""

    async def settled() -> None:
        await asyncio.gather(*(table.settled() for table in tables))

    async def run(stream: Any) -> None:
        try:
            await agent(readable(stream, settled, intact))
        except Exception as bug:
            await app.crash(bug)
            raise

    return run


def _later(rebuild: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    async def on_recover() -> None:
        rebuild()

    return on_recover


def _topic(app: faust.App, stream: Stream, many: int) -> Any:
    """Provisioning made it; Faust must not declare it again with options of its own."""
    partitions = 1 if stream.partitions == "one" else many
    return app.topic(stream.name, schema=Wire(stream), partitions=partitions)


def _table(app: faust.App, name: str, partitions: int) -> DurableTable:
    return app.tables.add(DurableTable(app, name=name, partitions=partitions))  # type: ignore[return-value]


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
        "consumer_group_instance_id": settings.worker.instance_id or "",
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
