"""The README tells the truth: its table is the registry, its consumer runs, its commands exist."""

import re
from pathlib import Path

import pytest
from kafka import KafkaConsumer, KafkaProducer

from schemas import STREAMS
from services.broker.provision import provision
from services.settings import KafkaSettings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_streams_is_the_registry() -> None:
    rows = re.findall(r"^\| `(newsmon\.[^`]+)` \| ([^|]+) \| (\w+)", README, re.MULTILINE)
    assert rows == [(stream.name, stream.key, stream.type.__name__) for stream in STREAMS]


def test_every_make_target_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z0-9 -]+)`", README)) | set(
        re.findall(r"^\$ make ([a-z0-9 -]+)$", README, re.MULTILINE)
    )
    assert targets
    for target in " ".join(targets).split():
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.embedded
def test_the_ten_line_consumer_prints_the_example_alert(
    embedded: KafkaSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    provision(embedded)
    example = next((ROOT / "schemas" / "examples" / STREAMS.alerts.name).glob("*.json")).read_bytes()
    producer = KafkaProducer(**embedded.kafka_python_options())
    producer.send(STREAMS.alerts.name, key=b"id", value=example)
    producer.close()
    consumers: list[KafkaConsumer] = []

    def consumer(*topics: str, **options: object) -> KafkaConsumer:
        consumers.append(KafkaConsumer(*topics, **(options | {"bootstrap_servers": embedded.bootstrap_servers})))
        return consumers[-1]

    exec(code.replace("from kafka import KafkaConsumer", ""), {"KafkaConsumer": consumer})
    consumers[0].close()
    assert "alert " in capsys.readouterr().out
