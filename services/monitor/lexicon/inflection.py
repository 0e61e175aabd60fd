"""Base forms of verbs and the irregular table in; every inflected form with its base out."""

from collections.abc import Iterable, Mapping

_VOWELS = "aeiou"


def inflect(bases: Iterable[str], irregular: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """form -> bases it can belong to, in alphabetical order."""
    table: dict[str, set[str]] = {}
    for base in bases:
        for form in _forms(base, irregular.get(base, "").split()):
            table.setdefault(form, set()).add(base)
    return {form: tuple(sorted(found)) for form, found in sorted(table.items())}


def _forms(base: str, irregular: list[str]) -> set[str]:
    """Irregular forms replace the regular past; regular endings that nobody writes do no harm."""
    return {base, *irregular, _third(base), _joined(base, "ing"), *(() if irregular else (_joined(base, "ed"),))}


def _third(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _joined(base: str, ending: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        return base[:-1] + ending
    if base.endswith("y") and base[-2:-1] not in _VOWELS and ending == "ed":
        return base[:-1] + "ied"
    return base + ending
