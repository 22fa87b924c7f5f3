"""The part of speech of a word that is a noun (or adjective) or a verb, by the words around it.

No tagger, only what English grammar says for certain: a determiner or a preposition stands before a noun, a modal or
"to" before a verb, and a verb agrees with its subject. A base form ("export") is a verb after a plural subject, a form
in -s ("exports") after a singular one, and then no other word of its clause is a finite verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

PartOfSpeech = Literal["noun", "verb", ""]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MODALS = _words(
    "will would can could may might must shall should cannot do does did don’t don't doesn’t doesn't didn’t didn't "
    "won’t won't can’t can't couldn’t couldn't wouldn’t wouldn't shouldn’t shouldn't please let’s let's helps help "
    "helped gotta gonna let lets not never"
)
_PLURAL_SUBJECTS = _words(
    "i we you they who people officials police experts both many others women men children staff crew"
)
_SINGULAR_SUBJECTS = _words("he she it who that which")
_OBJECT_PRONOUNS = _words("him them us me")
_DETERMINERS = _words(
    "the a an this these those my your his her its our their whose no some any each every another what which one two "
    "three four five six seven eight nine ten first second third last next new old other own same such more most many "
    "few several both all that"
)
_PREPOSITIONS = _words(
    "of in on at for by with from as about under over into per than without during after before against between "
    "among through like near despite toward towards via"
)
_BE = _words("is are was were be been being am remains remained become became seems seemed")
_AFTER_MOTION = _words(
    "rose rise risen fell fallen climbed surged jumped soared up down back close closer due according thanks access "
    "response addition relation contrary similar next relative subject return returned compared linked tied led come "
    "came went go going from way amounts amounted leading opposition"
)
_OBJECTS = _words(
    "the a an this these those my your his her its our their him them it us me you themselves himself herself itself"
)
_ADVERBS = _words("also now often still always ever just even only better fully further then never not rarely seldom")
_NOT_ADVERBS = _words("family early daily only weekly monthly yearly italy july rally ally supply")
_NOUN_FOLLOWERS = _words("of is was were are has had that which who from")
_ADJECTIVE = re.compile(r"(?:al|ive|ous|ic|ful|less|able|ible|ary|ish|ent|ant|ern|est|ian|an|ese)\Z")
_PLURAL = re.compile(r"[^\W\d_]{2,}(?<![suiy’'])s\Z")
_PLURAL_MODIFIERS = _words(
    "sales arms sports savings benefits securities jobs goods news drugs rights communications operations customs "
    "honors honours awards wages politics economics series species systems"
)
"""Plurals that stand before nouns too: "the sales contract"."""
_CLAUSE_ENDS = _words(
    "that than because when while if where whether and but or which who whom what how why so although"
)
_QUESTION_AUXILIARIES = _words("do does did can could will would should may might must")
_FINITE_VERBS = _words(
    "is are was were has have had will would can could may might must should do does did say says said rose fell grew "
    "went came made took gave got found kept led left lost met paid put ran saw sent set stood told thought began "
    "became brought built bought broke drew drove ate felt fought flew forgot froze held hit hurt knew lay let meant "
    "sat sold shook shot shut sang sank slept spoke spent spread stole struck swept swung taught tore threw understood "
    "won wrote rise fall grow remain continue include account show mean suggest seem appear begin start end run come "
    "go make take need cost help hurt keep depend hold stand dominate soar surge drop climb slow tumble"
)


class _Neighbours(NamedTuple):
    """The words around, in lower case: `last`, `earlier` and `third` before, `following` behind."""

    last: str
    earlier: str
    third: str
    following: str


def guess_part_of_speech(
    before: Sequence[str], after: Sequence[str], *, is_inflected: bool, is_adjective: bool
) -> PartOfSpeech:
    """Return the part of speech of a word by those before and after it in its text; empty if they do not decide.

    `is_inflected` says whether it ends in the -s of plural or third person, `is_adjective` whether the noun's reading
    is an adjective's too. Adjectives count as nouns.
    """
    last, earlier, third = (["", "", "", *(word.lower() for word in before)])[-1:-4:-1]
    around = _Neighbours(last, earlier, third, after[0].lower() if after else "")
    return (
        _judge_adverb(around, is_adjective=is_adjective)
        or _judge_last_word(around, is_inflected=is_inflected)
        or _judge_subject(before, after, is_inflected=is_inflected)
        or _judge_object(around, is_inflected=is_inflected)
    )


def _judge_adverb(around: _Neighbours, *, is_adjective: bool) -> PartOfSpeech:
    if not is_adverb(around.last):
        return ""
    if around.earlier in _MODALS | _PLURAL_SUBJECTS or around.earlier == "to":
        return "verb"
    return "noun" if is_adjective or around.earlier in _DETERMINERS | _BE else ""


def _judge_last_word(around: _Neighbours, *, is_inflected: bool) -> PartOfSpeech:
    """Judge by the word before, where that alone decides."""
    last, earlier, third, following = around
    if last == "to":
        return "noun" if earlier in _AFTER_MOTION or following in ("levels", "highs", "lows") else "verb"
    if last in _PLURAL_SUBJECTS and earlier in ("a", "an"):
        return "noun"  # "a police escort"
    if not is_inflected and earlier in ("let", "lets", "letting") and last not in _DETERMINERS:
        return "verb"  # "lets Congress delegate"
    if last in _MODALS or (not is_inflected and last in _PLURAL_SUBJECTS | _OBJECT_PRONOUNS):
        return "verb"
    if is_inflected and last in _SINGULAR_SUBJECTS:
        return "verb"
    if last in ("that", "which") and (_is_plural(earlier) or (earlier == "," and _is_plural(third))):
        return "verb"
    is_possessive = last.endswith(("'s", "’s", "s'", "s’"))
    is_predicate = last in _BE and following not in _OBJECTS
    return "noun" if last in _DETERMINERS | _PREPOSITIONS or is_possessive or is_predicate else ""


def _judge_subject(before: Sequence[str], after: Sequence[str], *, is_inflected: bool) -> PartOfSpeech:
    """Judge by the agreement of a verb with the noun before it, and by the other verbs of the clause."""
    start = len(before)
    while start and is_adverb(before[start - 1].lower()):
        start -= 1
    subject = before[start - 1] if start else ""
    if not subject.isalpha() or _ADJECTIVE.search(subject.lower()) or subject.lower() in _DETERMINERS | _PREPOSITIONS:
        return ""
    if _is_plural(subject.lower(), before[: start - 1]) == is_inflected:
        return ""
    if is_inflected and not (after and after[0][0].isalnum()):
        return ""  # "foreign imports."
    is_name = subject[0].isupper() and start > 1
    if not is_inflected and is_name and not (after and after[0].lower() in _OBJECTS):
        return ""  # "the Lions project"
    beginning = _cut_clause(reversed(before[:start]))[::-1]
    if not is_inflected and _QUESTION_AUXILIARIES.intersection(beginning[:2]):
        return "verb"
    if any(_is_finite(word) for word in (*beginning, *_cut_clause(after))):
        return ""
    return "" if after and after[0].lower() == "of" else "verb"


def _judge_object(around: _Neighbours, *, is_inflected: bool) -> PartOfSpeech:
    """Judge by what may be the verb's object."""
    last, earlier, _, following = around
    if following in _OBJECTS and (not last.isalpha() or last.endswith("s") or last in ("and", "or")):
        return "verb"
    if not last.isalpha() or last in ("and", "or", "but"):
        return "noun" if following in _NOUN_FOLLOWERS else ""
    if _ADJECTIVE.search(last) or following in _NOUN_FOLLOWERS or earlier in _DETERMINERS:
        return "noun"
    return "noun" if not is_inflected and not _is_plural(last) else ""


def is_adverb(word: str) -> bool:
    """Whether a word in lower case is an adverb that may stand between a subject and its verb."""
    return word in _ADVERBS or (word.endswith("ly") and len(word) > len("only") and word not in _NOT_ADVERBS)


def _is_plural(word: str, before: Sequence[str] = ()) -> bool:
    if word in _PLURAL_SUBJECTS:
        return True
    if word in _PLURAL_MODIFIERS and before:
        return False
    return bool(_PLURAL.match(word))


def _cut_clause(words: Iterable[str]) -> list[str]:
    """Return the words up to the end of the clause, in lower case."""
    clause: list[str] = []
    for word in words:
        if not (word[0].isalnum() or word[0] in "$€£") or word.lower() in _CLAUSE_ENDS:
            break
        clause.append(word.lower())
    return clause


def _is_finite(word: str) -> bool:
    return word in _FINITE_VERBS or (word.endswith("ed") and len(word) > len("need"))
