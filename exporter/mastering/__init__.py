"""Mastering: a recording becomes a sound file of broadcast quality.

The steps, each a module::

    mixing       intro, outro and music under the speech
    passages     the recording cut at its pauses; each passage is mastered by itself, in parallel, and cached
    loudness     one gain for the whole recording (gain), from the measurements of `exporter.loudness_meter`
    master       the PCM of a passage with that gain, its true peaks limited (limiter)
    mp3          frames from LAME, after an Info frame (mpeg_frames) and a tag (id3)
    containers   M4B, Opus, FLAC and WAV, streamed through PyAV
    tags         the metadata of the article, as each format has it
    episode      all of them in order
    split_files  one file for each section or sentence
"""
