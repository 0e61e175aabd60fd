"""Fixtures for every test."""

from tests.brokers import abandoned_sockets, broker, embedded, kafka

__all__ = ["abandoned_sockets", "broker", "embedded", "kafka"]
