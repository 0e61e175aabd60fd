"""The installed language model in, a function from text to ISO 639-1 codes with probabilities out."""

from collections.abc import Callable

from py3langid.langid import MODEL_FILE, LanguageIdentifier

Identify = Callable[[str], tuple[str, float]]


def load_identifier() -> Identify:
    """py3langid (BSD-3-Clause, 97 languages). The function gives (code, probability 0 to 1)."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def identify(text: str) -> tuple[str, float]:
        code, probability = model.classify(text)
        return str(code), float(probability)

    return identify
