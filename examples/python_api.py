"""An article becomes a book, a script and an episode, from Python: ``python examples/python_api.py SOURCE FOLDER``."""

import sys
from pathlib import Path

import exporter
from exporter.config_loading import load
from exporter.output import make_stem


def main(source: str, folder: Path) -> None:
    """Export every article of a source, and print what was made of it."""
    config = load(None, {"speech.rate": 150})  # exporter.toml and the environment count, as on the command line
    for work in exporter.read(source, config):
        title = work.article.metadata.title
        script = exporter.narrate(work)
        recording = exporter.speak(work)
        seconds = recording.seconds(recording.samples)
        print(f"{title}: {script.words} words, {seconds:.0f} seconds")
        for name, suffix in (("epub", ".epub"), ("script", ".txt"), ("audio", ".mp3")):
            written = exporter.export([work], name, folder / (make_stem(title) + suffix))
            print(*written.paths, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
