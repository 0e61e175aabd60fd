"""Two small servers' ends: is the worker's loop turning, and what would the pager have said."""

import json
import threading
import urllib.error
import urllib.request

import pytest
from prometheus_client import start_http_server

from services.monitor.metrics import Metrics
from services.operations import alive
from services.operations.notices import lines, serve

NOW = 1_000_000.0


def test_a_loop_that_turned_just_now_is_well():
    assert alive.verdict(NOW - 5, NOW, starting_ok=False) is None


def test_a_loop_that_stands_still_is_not():
    assert "45 s" in str(alive.verdict(NOW - 45, NOW, starting_ok=True))


def test_a_worker_that_recovers_is_not_ready_and_not_to_be_killed():
    assert alive.verdict(0, NOW, starting_ok=False)
    assert alive.verdict(0, NOW, starting_ok=True) is None


def test_the_check_reads_the_workers_own_page(monkeypatch, capsys):
    metrics = Metrics()
    server, thread = start_http_server(0, "127.0.0.1", registry=metrics.registry)
    monkeypatch.setenv("NEWSMON_WORKER_WEB_PORT", str(server.server_port))
    try:
        assert alive.main([]) == 1
        assert "recovering" in capsys.readouterr().err
        assert alive.main(["--starting-ok"]) == 0
        metrics.set("loop_timestamp_seconds", 4e9)
        assert alive.main([]) == 0
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_worker_that_is_not_there_is_not_well(monkeypatch, capsys):
    monkeypatch.setenv("NEWSMON_WORKER_WEB_PORT", "1")
    assert alive.main([]) == 1
    assert "refused" in capsys.readouterr().err


@pytest.fixture
def url():
    server = serve("127.0.0.1:0")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


NOTIFICATION = {"alerts": [{"status": "firing", "labels": {"alertname": "NewsmonLagHigh"},
                            "annotations": {"summary": "behind", "runbook_url": "docs/operations.md#x"}}]}  # fmt: skip


def test_a_notification_becomes_a_line():
    assert list(lines(NOTIFICATION)) == ["firing NewsmonLagHigh: behind (docs/operations.md#x)"]


def test_a_posted_notification_is_printed_with_control_characters_escaped(url, capsys):
    bad = json.dumps(NOTIFICATION).replace("behind", "behind\\n\\u001b[31m").encode()
    assert urllib.request.urlopen(url, bad).status == 200
    assert capsys.readouterr().out == "firing NewsmonLagHigh: behind\\n\\x1b[31m (docs/operations.md#x)\n"


@pytest.mark.parametrize("body", [b"not json", b"[1, 2]", b'{"alerts": [1]}', b'{"alerts": 7}'])
def test_what_is_no_notification_is_refused(url, body):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url, body)
    assert refused.value.code == 400
    refused.value.close()
