"""English or not."""

import pytest

from services.monitor.analysis.intake.language import language
from services.monitor.lexicon.boilerplate import load_stopwords
from services.monitor.lexicon.languages import load_identifier

ENGLISH = (
    "The United States has paused all of its military aid to Ukraine, and the White House will not say for how long."
)
FOREIGN = {
    "de": "Die Vereinigten Staaten haben ihre gesamte Militärhilfe für die Ukraine ausgesetzt, sagte ein Sprecher.",
    "fr": "Les États-Unis ont suspendu toute leur aide militaire à l'Ukraine, a annoncé un responsable lundi soir.",
    "es": "Estados Unidos ha suspendido toda su ayuda militar a Ucrania, según anunció el lunes un funcionario.",
    "nl": "De Verenigde Staten hebben alle militaire hulp aan Oekraïne opgeschort, zei een functionaris maandag.",
    "ru": "Соединённые Штаты приостановили всю военную помощь Украине, сообщил в понедельник представитель.",
    "zh": "白宫官员周一表示，美国已暂停对乌克兰的所有军事援助，直到乌克兰领导人表现出和平谈判的诚意。",
    "ar": "علقت الولايات المتحدة جميع المساعدات العسكرية لأوكرانيا، بحسب ما أعلن مسؤول في البيت الأبيض.",
}


@pytest.fixture(scope="module")
def detect():
    identify, stopwords = load_identifier(), load_stopwords()
    return lambda text, hint=None: language(text, hint, identify, stopwords)


@pytest.mark.parametrize("hint", [None, "en", "en-GB", "de"])
def test_english_is_english_whatever_the_source_says(detect, hint):
    assert detect(ENGLISH, hint) == "en"


@pytest.mark.parametrize("code", sorted(FOREIGN))
@pytest.mark.parametrize("hint", [None, "en"])
def test_other_languages_are_recognised_even_under_a_wrong_label(detect, code, hint):
    assert detect(FOREIGN[code], hint) == code


FEW = [
    ("US pauses aid", None, "en"),
    ("US pauses aid", "en-US", "en"),
    ("Hilfe ausgesetzt", "de", "de"),
    ("Помощь приостановлена", None, "ru"),
]


@pytest.mark.parametrize(("text", "hint", "code"), FEW)
def test_a_few_words_are_what_the_source_says(detect, text, hint, code):
    assert detect(text, hint) == code


def test_headlines_full_of_names_stay_english(detect):
    assert detect("Trump, Zelensky, Macron, Merz, Starmer, Tusk, Meloni and Rutte hold Ukraine ceasefire talks") == "en"
