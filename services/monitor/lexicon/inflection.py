"""Base forms of verbs and the irregular table in; every inflected form with its base out."""

from collections.abc import Iterable, Mapping

_VOWELS = "aeiou"


def inflect(bases: Iterable[str], irregular: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Form -> bases it can belong to, in alphabetical order."""
    table: dict[str, set[str]] = {}
    for base in bases:
        for form in _forms(base, irregular.get(base, "").split()):
            table.setdefault(form, set()).add(base)
    return {form: tuple(sorted(found)) for form, found in sorted(table.items())}


def _forms(base: str, irregular: list[str]) -> set[str]:
    """Irregular forms replace the regular past; regular endings that nobody writes do no harm."""
    found = {base, *irregular, third(base), _joined(base, "ing"), *(() if irregular else (_joined(base, "ed"),))}
    if _doubles(base):
        found |= {base + base[-1] + "ing", *(() if irregular else (base + base[-1] + "ed",))}
    return found


def _doubles(base: str) -> bool:
    """A short verb that ends in one vowel and one consonant doubles it: snap, snapped."""
    vowels = sum(letter in _VOWELS for letter in base)
    return len(base) > 2 and vowels == 1 and base[-2] in _VOWELS and base[-1] not in "aeiouwxy"


def past(base: str, irregular: Mapping[str, str]) -> str:
    """The past tense."""
    regular = base + base[-1] + "ed" if _doubles(base) else _joined(base, "ed")
    return next(iter(irregular.get(base, "").split()), regular)


def third(base: str) -> str:
    """The third person of the present."""
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _joined(base: str, ending: str) -> str:
    if base.endswith("e"):
        silent = ending == "ed" or not base.endswith(("ee", "ye", "oe"))
        return (base[:-1] if silent else base) + ending
    if base.endswith("y") and base[-2:-1] not in _VOWELS and ending == "ed":
        return base[:-1] + "ied"
    return base + ending
