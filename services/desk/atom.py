"""Cards in, an Atom feed (RFC 4287) out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET  # only written, never read: no entity can be smuggled in

from services.desk.cards import Card
from services.desk.outside import visible

ATOM = "http://www.w3.org/2005/Atom"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def atom(cards: Sequence[Card], *, home: str, me: str) -> bytes:
    """`home` and `me` are the absolute addresses of the page and of this feed."""
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _text(feed, "title", "newsmon: policy shifts")
    _text(feed, "subtitle", "A government changed a policy: was X, now Y, with the quote that says so.")
    _text(feed, "id", "urn:newsmon:alerts")
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": visible(me)})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": visible(home)})
    _text(feed, "updated", _time(max((_updated(card) for card in cards), default=EPOCH)))
    _text(ET.SubElement(feed, "author"), "name", "newsmon")
    for card in cards:
        feed.append(_entry(card, home))
    written: bytes = ET.tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written


def _entry(card: Card, home: str) -> ET.Element:
    alert = card.alert
    entry = ET.Element("entry")
    _text(entry, "id", f"urn:newsmon:alert:{alert.alert_id}")
    _text(entry, "title", ("Withdrawn: " if card.withdrawn else "") + alert.headline)
    _text(entry, "published", _time(alert.times.published))
    _text(entry, "updated", _time(_updated(card)))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{home}alerts/{alert.alert_id}"})
    for code, name in card.topics:
        ET.SubElement(entry, "category", {"term": visible(code), "label": visible(name)})
    said = "\n".join(f"“{quote.text}” — {quote.source}, {quote.published:%-d %b %Y}" for quote in card.quotes)
    _text(entry, "content", f"Was {card.was}, now {card.now}. {alert.certainty.capitalize()}.\n{said}")
    return entry


def _text(parent: ET.Element, name: str, said: str) -> None:
    ET.SubElement(parent, name).text = visible(said)


def _updated(card: Card) -> datetime:
    return card.alert.times.emitted or card.alert.times.published


def _time(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")
