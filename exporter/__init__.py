"""Turns articles into EPUBs, speech scripts, audio episodes and read-aloud books.

One model of the article is in the middle; each stage is a function from one value to the next::

    what the user named -> sources -> reader -> Article -> sentences -> Work
        Work.article                                 -> epub
        Work.script = narrate(article)               -> script
        Work.recording = speak(script)               -> audio, readaloud
    many sources -> batch -> Edition(works) -> each chosen exporter -> Outcome -> cli prints

The Python API is four functions (`exporter.api`)::

    works = exporter.read("page.html")
    script = exporter.narrate(works[0])
    recording = exporter.speak(works[0])
    exporter.export(works, "epub", "page.epub")

Start reading at :mod:`exporter.article`, :mod:`exporter.script` and :mod:`exporter.recording`, the three models; then
:mod:`exporter.edition`, which connects them; :mod:`exporter.registry` names every reader, exporter and engine.
"""

TYPE_CHECKING = False  # that of typing would take 10 ms to import
if TYPE_CHECKING:
    from exporter.api import export, narrate, read, speak

__version__ = "0.2.0"

__all__ = ["export", "narrate", "read", "speak"]


def __getattr__(name: str) -> object:
    """Import the Python API when it is first used: the command line does not need it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from exporter import api  # noqa: PLC0415  0.1 s, the command line loads less

    value: object = getattr(api, name)
    return value
