"""Fixtures for every test."""

from tests.brokers import broker, embedded, kafka

__all__ = ["broker", "embedded", "kafka"]
