r"""Drafts in the formats of other programs, out and in.

What a format can't hold is lost on the way through it:

============ =================================================== ==================================================
format       what it carries                                     what is lost
============ =================================================== ==================================================
OTIO         everything: the JSON travels in the metadata.       For other programs volume, fades, motion and the
             Other programs see tracks, names, sources, texts,   look of texts. With ``fps=`` their times are on
             times, speed and crossfades.                        frames (ours are exact again when it comes back).
SRT, WebVTT  Start, end and words of the text tracks.            Pictures, sound, the look of texts, and which track
                                                                 they were on; texts that are blank or last no time.
                                                                 SRT can't write ``<i>`` or ``{\an8}`` as words.
CMX3600 EDL  One picture track and four sound tracks: names,     Times are on frames, and what is shorter than one
             sources, times, speed and crossfades; title and     goes; further tracks, texts, volume; line breaks in
             frame rate.                                         names. Of two that overlap, the later one is seen.
CSV, Parquet What ``to_frame`` shows (more with ``fields=``).    The rest, unless ``from_frame`` gets a ``base``.
============ =================================================== ==================================================
"""
