"""Verbs: read, decide with one pure call, send, count. The pipeline in order:

articles.raw -> deduplicate -> reports.unique -> classify -> reports.classified -> extract
             -> reports.enriched, claims -> alert -> alerts.policy-shift, stances
"""

from services.monitor.agents.alert import alert
from services.monitor.agents.classify import classify
from services.monitor.agents.deduplicate import deduplicate
from services.monitor.agents.extract import extract

__all__ = ["alert", "classify", "deduplicate", "extract"]
