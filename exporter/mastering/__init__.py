"""Mastering: a recording becomes a file that a station could air.

The steps, each a module::

    passages   the recording cut at its pauses; every passage is mastered by itself, in parallel, and kept
    loudness   measured once (`exporter.loudness_meter`), one gain for all (`gain`), no true peak too high (`limiter`)
    master     the PCM of a passage at that loudness
    mp3        frames from LAME, an Info frame (mpeg_frames) and a tag (id3) before them
    containers M4B, Opus, FLAC and WAV, streamed through PyAV
    tags       what each of them says of the article
"""
