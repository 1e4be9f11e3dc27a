"""What a prompt asks for, as facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nemo_widgets.studio.agent.captions import Caption

if TYPE_CHECKING:
    from nemo_widgets.studio.agent.grammar import Change
    from nemo_widgets.studio.agent.orders import Order
    from nemo_widgets.studio.agent.pointing import Pick


@dataclass(frozen=True)
class Wish:
    """What a prompt asks for.

    Attributes
    ----------
    chinese, foreign : bool
        In which language it is: ``foreign`` is neither English nor Chinese.
    greets, helps, asks_length, export, undo, restart : bool
        Somebody says hello, asks what can be done, how long it is, for the file, for the draft before, for nothing.
    steps : int
        How many edits to go back (below 0) or forward again.
    make, adds, everything : bool
        A video; files that came since put on the timeline; files too that were left out.
    duration, duration_change, each : int or None
        Of the whole, by how much, and of every photo, in ms.
    stretch : float or None
        How many times as long, where no seconds are named.
    size : tuple of int or None
        Pixels.
    orders : tuple of Order
        About the choice and order of photos and clips.
    changes : tuple of Change
        About pictures and time (:mod:`~nemo_widgets.studio.agent.changes`).
    looks : dict
        How pictures are shown (:func:`~nemo_widgets.studio.agent.looks.take_looks`).
    caption : Caption
        About titles.
    music : bool
        Whether music is wanted or meant; ``mood`` which, ``absent`` what there is none of, ``other_music`` another.
    song : str or None
        The id of an uploaded song; empty for whichever was uploaded.
    fades : dict
        ``"in"`` and ``"out"``: how long the music fades, in ms.
    volume, volume_change, volume_factor, clip_volume : float or None
        Of the music, by how much or how many times as loud, and of the clips' own sound.
    clip_picks, clip_but : tuple of Pick
        Whose own sound, where single clips are named, and whose not.
    stays, whole : tuple of Pick, bool
        What stays as it is while others change, and whether that is to be seen whole.
    music_edits : dict
        When music plays, and what it makes room for (:func:`~nemo_widgets.studio.agent.sounds.take_edits`).
    beyond : tuple of str
        What can't be done, by topic.
    """

    chinese: bool = False
    foreign: bool = False
    greets: bool = False
    helps: bool = False
    asks_length: bool = False
    export: bool = False
    undo: bool = False
    steps: int = 0
    restart: bool = False
    make: bool = False
    adds: bool = False
    everything: bool = False
    duration: int | None = None
    duration_change: int | None = None
    each: int | None = None
    stretch: float | None = None
    size: tuple[int, int] | None = None
    orders: tuple[Order, ...] = ()
    changes: tuple[Change, ...] = ()
    looks: dict[str, Any] = field(default_factory=dict[str, Any])
    caption: Caption = field(default_factory=Caption)
    music: bool = False
    mood: str | None = None
    absent: str | None = None
    song: str | None = None
    other_music: bool = False
    drop_music: bool = False
    fades: dict[str, int] = field(default_factory=dict[str, int])
    volume: float | None = None
    volume_change: float | None = None
    volume_factor: float | None = None
    clip_volume: float | None = None
    clip_picks: tuple[Pick, ...] = ()
    clip_but: tuple[Pick, ...] = ()
    stays: tuple[Pick, ...] = ()
    whole: bool = False
    music_edits: dict[str, Any] = field(default_factory=dict[str, Any])
    beyond: tuple[str, ...] = ()

    @property
    def loudness_only(self) -> bool:
        """Whether nothing but volumes is to change."""
        volumes = (self.volume, self.volume_change, self.volume_factor, self.clip_volume)
        others = (self.mood, self.absent, self.song is not None, self.fades, self.drop_music, self.other_music)
        others = (*others, self.music_edits)
        return any(volume is not None for volume in volumes) and not (self._seen or any(others))

    @property
    def timed(self) -> bool:
        """Whether the video is to have another length."""
        return any((self.duration, self.duration_change, self.each, self.stretch))

    @property
    def _seen(self) -> bool:
        pictures = (self.make, self.adds, self.timed, self.size, self.orders, self.changes, self.looks, self.restart)
        return any(pictures) or self.caption.spoken

    @property
    def undoes(self) -> bool:
        """Whether the last edit is to be undone, rather than something new to be done."""
        new = (self.make, self.adds, self.timed, self.size, self.orders, self.changes, self.looks, self.restart)
        heard = (self.caption.says, self.mood, self.absent, self.volume, self.volume_change)
        return self.undo and not any((*new, *heard))

    @property
    def edits(self) -> bool:
        """Whether anything is to change that can be changed."""
        heard = (self.music, self.drop_music, self.fades, self.absent, self.song is not None, self.music_edits)
        return self.loudness_only or self._seen or any(heard)
