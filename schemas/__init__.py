"""The contract: what travels on Kafka. pydantic and nothing else."""

from schemas.alert import Certainty, Evidence, Plover, PolicyShiftAlert, Stance, StanceState, Times, Transition
from schemas.article import Article, Entry
from schemas.claim import Action, Claim, Level, Party, Speaker, Stage
from schemas.dead_letter import DeadLetter
from schemas.message import Message, Polarity, Timestamp, stable_id
from schemas.report import ClassifiedReport, EnrichedReport, Entity, Mention, Report, Span, Topic, Trace
from schemas.streams import STREAMS, Stream

__all__ = [
    "STREAMS",
    "Action",
    "Article",
    "Certainty",
    "Claim",
    "ClassifiedReport",
    "DeadLetter",
    "EnrichedReport",
    "Entity",
    "Entry",
    "Evidence",
    "Level",
    "Mention",
    "Message",
    "Party",
    "Plover",
    "Polarity",
    "PolicyShiftAlert",
    "Report",
    "Span",
    "Speaker",
    "Stage",
    "Stance",
    "StanceState",
    "Stream",
    "Times",
    "Timestamp",
    "Topic",
    "Trace",
    "Transition",
    "stable_id",
]  # fmt: skip
