"""Voices for quoted speakers, where more than one natural voice is installed: by gender, and always the same one.

Whose gender is not known from a title or the given name gets any of the voices.
"""

from __future__ import annotations

import zlib

from exporter.engines.natural_voices import choose_natural_voice, list_installed

_FEMALE_NAMES = frozenset(
    "Abigail Aisha Alexis Alice Amanda Amber Amy Ana Andrea Angela Ann Anna Annalena Anne Aoife Ashley Barbara "
    "Betty Beverly Brenda Brittany Carmen Carol Carolyn Catherine Charlotte Christina Christine Clara Claudia "
    "Cynthia Danielle Deborah Debra Denise Diana Diane Donna Doris Elena Elizabeth Emily Emma Evelyn Fatima "
    "Fiona Frances Giorgia Gloria Grace Greta Hannah Heather Helen Hillary Ingrid Irina Isabella Jacinda "
    "Jacqueline Jane Janet Janice Jean Jennifer Jessica Joan Joyce Judith Judy Julia Julie Kamala Karen Kate "
    "Katherine Kathleen Kathryn Kayla Kelly Kimberly Laura Lauren Leila Linda Lisa Liz Lori Lucia Madison "
    "Margaret Maria Marie Marilyn Martha Mary Mei Melissa Michelle Nadia Nancy Natalie Niamh Nicola Nicole "
    "Olga Olivia Pamela Patricia Priya Rachel Rebecca Rosa Ruth Samantha Sandra Sara Sarah Sharon Shirley "
    "Siobhan Sofia Sophia Stephanie Susan Teresa Theresa Ursula Victoria Virginia Yuki".split()
)
_MALE_NAMES = frozenset(
    "Aaron Abdul Adam Ahmad Ahmed Alan Albert Alexander Ali Andrew Anthony Arthur Austin Barack Ben Benjamin "
    "Bill Billy Bob Bobby Boris Bradley Brandon Brian Bruce Bryan Caleb Carl Carlos Charles Christian "
    "Christopher Dan Daniel David Dennis Dmitry Donald Douglas Dylan Edward Elijah Emmanuel Eric Ethan Frank "
    "Gabriel Gary George Gerald Giuseppe Graham Gregory Hans Harold Hassan Henry Hiroshi Hugh Ian Ibrahim Jack "
    "Jacob James Jason Javier Jean-Luc Jeffrey Jeremy Jerry Jesse Jim Joe John Jonathan Jordan Jorge Jose "
    "Joseph Joshua Juan Justin Keir Keith Kenji Kenneth Kevin Kim Klaus Kyle Larry Lawrence Liam Logan Lucas "
    "Luis Marco Mark Martin Mason Matthew Michael Miguel Mike Mohammed Muhammad Mustafa Narendra Nathan "
    "Nicholas Nigel Noah Olaf Omar Patrick Paul Pedro Peter Philip Pierre Rahul Raj Randy Raymond Richard "
    "Rishi Robert Roger Ronald Roy Russell Ryan Sam Samuel Scott Sean Sergei Stephen Steve Steven Terry Thomas "
    "Tim Timothy Tom Tony Tyler Vincent Vladimir Volodymyr Walter Wayne Wei William Willie Xi Yusuf Zach "
    "Zachary".split()
)


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
    """Return "female" or "male" by a given name; empty if it does not tell."""
    given_name = speaker.partition(" ")[0]
    if given_name in _FEMALE_NAMES:
        return "female"
    return "male" if given_name in _MALE_NAMES else ""
