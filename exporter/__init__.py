"""Articles, to read and to hear.

One model of the article stands in the middle; each stage is a function from one value to the next::

    what the user named -> sources -> reader -> Article -> sentences -> Piece
        Piece.article                                -> epub
        Piece.script = narrate(article)              -> script
        Piece.recording = speak(script)              -> audio, readaloud
    many sources -> batch -> Edition(pieces) -> each chosen exporter -> Outcome -> cli prints

Start at :mod:`exporter.article`, :mod:`exporter.script` and :mod:`exporter.recording`, the three models; then
:mod:`exporter.edition`, where they meet; :mod:`exporter.registry` names every reader, exporter and engine.
"""

__version__ = "0.1.0"
