"""Sentences in; parsed documents out. What the parser stumbles over is shown to it in plainer words.

The small model takes "Trump" for a noun and headline verbs for plurals. So it reads a version in which known names
and headline tenses are replaced word by word, and its tree is put back over the words as they stand.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import xxhash
from spacy.language import Language
from spacy.tokens import Doc

from services.monitor.lexicon.plain import Plain

MEMO = 20_000
_REACH = 10


@dataclass(frozen=True, slots=True)
class Name:
    """A known name in the sentence: text[start:end], and whether it is a person, a capital or something else."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence to parse."""

    text: str
    names: tuple[Name, ...]
    line: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """One parse, small enough to remember."""

    tags: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]


class Parser:
    """Parses sentences, remembers the last MEMO trees by the hash of what the model read."""

    def __init__(self, nlp: Language, plain: Plain) -> None:
        self._nlp = nlp
        self._plain = plain
        self._memo: OrderedDict[int, Tree] = OrderedDict()

    def parse(self, sources: Sequence[Source]) -> list[Doc]:
        """One Doc for each source, in order, over the words as they stand."""
        docs = [self._nlp.make_doc(source.text) for source in sources]
        shown = [self._shown(doc, source) for doc, source in zip(docs, sources, strict=True)]
        keys = [xxhash.xxh3_64_intdigest("\x1f".join(words).encode()) for words in shown]
        fresh = {key: words for key, words in zip(keys, shown, strict=True) if key not in self._memo}
        self._learn(fresh)
        result = [_restore(doc, self._memo[key], words) for doc, key, words in zip(docs, keys, shown, strict=True)]
        while len(self._memo) > MEMO:
            self._memo.popitem(last=False)
        return result

    def _learn(self, fresh: Mapping[int, Sequence[str]]) -> None:
        docs = [Doc(self._nlp.vocab, words=list(words)) for words in fresh.values()]
        for key, doc in zip(fresh, self._nlp.pipe(docs), strict=True):
            self._memo[key] = Tree(
                tuple(token.tag_ for token in doc),
                tuple(token.head.i for token in doc),
                tuple(token.dep_ for token in doc),
            )

    def _shown(self, doc: Doc, source: Source) -> list[str]:
        """The words the model reads."""
        words = [token.text for token in doc]
        if sum(word.isupper() for word in words) > len(words) // 2:
            words = [word.lower() for word in words]
        roles = _roles(doc, source.names)
        for i, role in roles.items():
            if role in self._plain.names and roles.get(i + 1) != role:
                words[i] = self._plain.names[role]
        if source.line:
            self._headline(words, roles)
        self._spelling(words)
        return words

    def _headline(self, words: list[str], roles: Mapping[int, str]) -> None:
        """``Denmark to boost`` is read as "will boost", ``Biden tightens`` as "tightened"."""
        for i in range(1, min(len(words) - 1, _REACH)):
            if i - 1 not in roles and words[i - 1].lower() in self._plain.verbs:
                return
            named = i - 1 in roles or words[i - 1] == "+" or words[i - 1].lower() in self._plain.subjects
            finite = self._finite(words, roles, i) if named and i not in roles else None
            if finite is not None:
                words[i] = finite
                return

    def _finite(self, words: Sequence[str], roles: Mapping[int, str], i: int) -> str | None:
        """What to show for the verb after a subject; None if the word is no verb there."""
        lower = words[i].lower()
        if self._plural(words, roles, i) and lower in self._plain.base_past:
            return self._plain.base_past[lower]
        if lower == "cut":
            return "reduced"
        if lower == "to" and words[i + 1].lower() in self._plain.bases:
            return "will"
        return self._plain.past.get(lower)

    @staticmethod
    def _plural(words: Sequence[str], roles: Mapping[int, str], i: int) -> bool:
        """Two names joined by `and` before word i."""
        near = [j for j in range(max(1, i - 4), i) if words[j].lower() == "and"]
        return any(j - 1 in roles and all(k in roles for k in range(j + 1, i)) for j in near)

    def _spelling(self, words: list[str]) -> None:
        """Words that the tokeniser breaks, three tokens for three."""
        for i, word in enumerate(words):
            words[i] = self._plain.swaps.get(word.lower(), word)
        for i in range(len(words) - 2):
            if words[i].lower() == "re" and words[i + 1] == "-":
                words[i : i + 2] = ["just", "now"]
            plain = self._plain.triples.get((words[i].lower(), words[i + 2].lower())) if words[i + 1] == "-" else None
            if plain:
                words[i : i + 3] = plain


def _roles(doc: Doc, names: Iterable[Name]) -> dict[int, str]:
    """Token number -> role, for the tokens of names."""
    found: dict[int, str] = {}
    for name in names:
        span = doc.char_span(name.start, name.end, alignment_mode="contract")
        for token in span or ():
            found[token.i] = name.role
    return found


def _restore(doc: Doc, tree: Tree, shown: Sequence[str]) -> Doc:
    """The tree over the real words; a headline verb that was shown in the past keeps its present tense."""
    tags = list(tree.tags)
    for token in doc:
        if token.lower_ != shown[token.i].lower() and tags[token.i] in {"VBD", "VBN"} and token.text.endswith("s"):
            tags[token.i] = "VBZ"
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=tags,
        heads=list(tree.heads),
        deps=list(tree.deps),
    )
