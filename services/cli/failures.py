"""An error in; the line that tells an operator what to mend, or None for a bug, out."""

from kafka.errors import KafkaError

from services.broker.embedded import BrokerStartError
from services.feeder.publisher import DeliveryError
from services.operations.processes import WorkerDiedError
from services.terminal import visible

OPERATORS = (FileNotFoundError, KafkaError, BrokerStartError, DeliveryError, WorkerDiedError)
"""No such file, a broker that does not answer, a worker that ended: nothing in newsmon is wrong."""


def told(error: BaseException) -> str | None:
    """One line, or None where only the traceback helps."""
    return visible(f"newsmon: {error}") if isinstance(error, OPERATORS) else None
