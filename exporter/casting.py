"""Voices for quoted speakers, where more than one natural voice is installed: by gender, and always the same one.

Whose gender is not known from a title or the given name gets any of the voices.
"""

from __future__ import annotations

import re
import zlib

from exporter.engines.natural_voices import choose_natural_voice, list_installed

_FEMALE_NAMES = frozenset(
    "Abigail Agnes Alexis Alice Amber Amy Ann Anne Aoife April Ashley Audrey Beth Betty Beverly Bonnie Brittany "
    "Carmen Carol Carrie Charlotte Cheryl Claire Courtney Dawn Deborah Denise Diane Dolores Doris Dorothy Edith "
    "Elizabeth Ellen Emily Erin Esther Faith Frances Gail Grace Gwen Hannah Hazel Heather Heidi Helen Hillary Holly "
    "Ingrid Irene Ivy Jane Janet Janice Jean Jennifer Jill Joan Joy Joyce Judith Judy Julie Karen Kate Kathryn Kelly "
    "Kimberly Kristen Lauren Lily Liz Lois Lori Louise Lucy Mabel Madison Margaret Marie Marjorie Mary Megan Mei "
    "Miriam Molly Nancy Naomi Natalie Niamh Nicole Nour Peggy Penny Phyllis Rachel Rose Ruby Ruth Sally Sarah Shannon "
    "Sharon Shirley Siobhan Stephanie Sue Susan Tiffany Tracy Vivian Yuki Yvonne Zoe".split()
)
_MALE_NAMES = frozenset(
    "Aaron Abdul Adam Aditya Ahmad Ahmed Alan Alex Ali Allen Andre Andrew Anthony Antoine Austin Barack Barry Ben "
    "Benjamin Bill Billy Blake Bob Bobby Boris Brad Bradley Brandon Bruce Bryan Bryce Caleb Cameron Carl Carlos Chad "
    "Charles Chris Christopher Clark Colin Connor Craig Dale Dan Daniel Darren David Dean Dennis Dmitry Dominic "
    "Donald Doug Douglas Duncan Dylan Earl Edwin Eli Elijah Elliot Emmanuel Eric Ethan Evan Ezra Francis Frank Fred "
    "Gabriel Gary Gene George Gerald Giuseppe Glenn Graham Greg Gregory Hans Harry Hassan Henry Hiroshi Hugh Ian "
    "Ibrahim Ilya Isaac Isaiah Ivan Jack Jacob Jake Jamal James Javier Jay Jean-Luc Jeff Jeffrey Jeremy Jerome Jerry "
    "Jesse Jim Jimmy Joe Joel John Jonathan Jordan Jorge Jose Joseph Josh Joshua Juan Justin Karim Karl Keith Ken "
    "Kenji Kenneth Kevin Kim Kurt Kyle Lance Larry Lawrence Leon Lewis Liam Lloyd Logan Louis Luca Lucas Luis Luke "
    "Malcolm Mark Martin Matthew Max Miguel Mike Miles Mitchell Mohammed Muhammad Musa Mustafa Narendra Nathan Neil "
    "Nicholas Nigel Nikita Nikola Noah Norman Olaf Owen Paul Perry Peter Phil Philip Pierre Quentin Rahul Raj Ralph "
    "Randy Raymond Rishi Rob Roger Ronald Rory Ross Roy Russell Ryan Sam Samuel Sasha Scott Sean Sergei Seth Shane "
    "Simon Spencer Stephen Steve Steven Ted Terry Thomas Tim Timothy Todd Tom Tommy Tony Travis Tyler Tyrone Vincent "
    "Volodymyr Wade Walter Warren Wayne Wei Wesley William Willie Xi Yusuf Zach Zachary".split()
)
"""Given names whose ending does not tell the gender, or tells the other one."""

_TELLING_ENDING = re.compile(
    r"(?:(?P<female>a|(?<![oa])ine|elle|ette|ille|ique|lynn?|een|anne)"
    r"|(?P<male>(?<!k)o|us|ert|ard|art|old|ick|ullah|esh|(?<!li)son|ton|ford|ou|[aiu]r|[tv]or|[rt]ian|ael|ander))\Z"
)
"""Endings that most given names of one gender have, in English and in the languages around the Mediterranean."""


def cast_speaker(speaker: str, narrator: str, language: str) -> str:
    """Return the name of the voice of a speaker, never the narrator's; empty if no other voice is installed."""
    reading = choose_natural_voice(narrator, language)
    others = [voice for voice in list_installed() if reading is not None and voice.name != reading.name]
    gender = guess_gender(speaker)
    fitting = [voice for voice in others if voice.gender == gender] or others
    if not speaker or not fitting:
        return ""
    return fitting[zlib.crc32(speaker.encode()) % len(fitting)].name


def guess_gender(speaker: str) -> str:
    """Return "female" or "male" by a given name: the name itself, else its ending; empty if neither tells."""
    given_name = speaker.partition(" ")[0]
    if given_name in _FEMALE_NAMES:
        return "female"
    if given_name in _MALE_NAMES:
        return "male"
    found = _TELLING_ENDING.search(given_name)
    return (found.lastgroup or "") if found else ""
