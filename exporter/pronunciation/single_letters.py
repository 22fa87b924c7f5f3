"""Single letters: the A of "vitamin A" is a letter, that of "A bridge" the article; initials end no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.engines import PhonemeSpan

_LETTER_NAMES = dict(
    pair.split("=")
    for pair in (
        "A=ˈeɪ B=ˈbi C=ˈsi D=ˈdi E=ˈi F=ˈɛf G=ˈdʒi H=ˈeɪtʃ I=ˈaɪ J=ˈdʒeɪ K=ˈkeɪ L=ˈɛl M=ˈɛm N=ˈɛn O=ˈoʊ P=ˈpi Q=ˈkju "
        "R=ˈɑɹ S=ˈɛs T=ˈti U=ˈju V=ˈvi W=ˈdʌbəlju X=ˈɛks Y=ˈwaɪ Z=ˈzi"
    ).split()
)
_INITIAL = re.compile(r"(?<![\w.'’-])([A-Z])\.(?=\s[A-Z](?:\.|[\w'’]))")
_LETTER_A = re.compile(
    r"(?<![\w'’])(?:(?i:vitamins?|hepatitis|group|type|plan|team|grade|class|section|option|exhibit|part|point|league|"
    r"serie|influenza|flu|category|block|gate|terminal|schedule|appendix|title|ward|wing|zone|lane|unit|tier|list|"
    r"side|double|triple|single|big|blood|letter|series|pool|from|annex|chapter|line|platform|variable|company|"
    r"division)[ -])"
    r"(A)(?![\w'’-])"
    r"|(?<![\w'’])(A)(?=(?:-(?:list|level|levels|grade|team|side|ring|frame|flat|plus|minus|rated|lister)\b"
    r"|[ ](?:to|through|and|or|is|was|vs)[ ][A-Z]\b|,[ ][B-Z]\b|[ ](?:minus|plus|minor|major|levels?|flat|sharp)\b"
    r"|[ ](?:squared|cubed|equals|transposed|inverse)\b|[.;:!?)\"”]|\s*\Z))"
)


def find_letters(text: str) -> Iterator[PhonemeSpan]:
    """Yield the initials of names with their stops, and each A that is a letter."""
    for found in _INITIAL.finditer(text):
        yield PhonemeSpan(found.start(), found.end(), _LETTER_NAMES[found[1]])
    for found in _LETTER_A.finditer(text):
        group = 1 if found[1] else 2
        yield PhonemeSpan(*found.span(group), _LETTER_NAMES["A"])
