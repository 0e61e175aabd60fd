"""Settings in; the desk, listening, until SIGTERM. A process of its own: workers do not know of it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette

from services.desk.app import Lifespan, web
from services.desk.board import Board
from services.desk.events import MOST_READERS
from services.desk.names import load_names
from services.desk.reading import keep_up
from services.settings import KafkaSettings, Settings

CONNECTIONS = MOST_READERS + 100  # beyond it uvicorn answers 503
GRACE_SECONDS = 3


def run_desk(settings: Settings) -> None:
    """Raises SystemExit where the port is taken."""
    logging.basicConfig(level="WARNING", format="%(asctime)s %(levelname)s %(name)s %(message)s")
    board = Board()
    app = web(board, load_names(), _reading(settings.kafka, board))
    uvicorn.run(
        app,
        host=settings.desk.host,
        port=settings.desk.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        h11_max_incomplete_event_size=16_384,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _reading(kafka: KafkaSettings, board: Board) -> Lifespan:
    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        reading = asyncio.create_task(keep_up(kafka, board))
        reading.add_done_callback(_crash)
        yield
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    return lifespan


def _crash(reading: "asyncio.Task[None]") -> None:
    """A page that silently stopped reading would be worse than none."""
    if not reading.cancelled() and reading.exception():
        logging.getLogger(__name__).critical("the reader died", exc_info=reading.exception())
        raise SystemExit(1)
