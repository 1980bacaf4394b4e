"""What the domains above may ask of processing, and the steps that its jobs consist of."""

from lumenhall.domains.processing.service.asking import (
    cancel,
    choose_frame,
    offer_download,
    retry,
    start_processing,
)
from lumenhall.domains.processing.service.cutting import piece_of
from lumenhall.domains.processing.service.ending import give_up, tidy
from lumenhall.domains.processing.service.final import (
    Ladder,
    add_download,
    encode_outputs,
    extract_tracks,
    make_download,
    make_sprites,
    publish,
)
from lumenhall.domains.processing.service.first import (
    begin,
    hand_over,
    has_ended,
    known_probe,
    measure,
    probe_source,
    publish_copied,
    publish_encoded_ahead,
)
from lumenhall.domains.processing.service.pictures import (
    forget_frame,
    frame_of,
    make_frame,
    make_thumbnail,
)
from lumenhall.domains.processing.service.telling import tell, tell_waiting
from lumenhall.domains.processing.service.work import Work, working

__all__ = [
    "Ladder",
    "Work",
    "add_download",
    "begin",
    "cancel",
    "choose_frame",
    "encode_outputs",
    "extract_tracks",
    "forget_frame",
    "frame_of",
    "give_up",
    "hand_over",
    "has_ended",
    "known_probe",
    "make_download",
    "make_frame",
    "make_sprites",
    "make_thumbnail",
    "measure",
    "offer_download",
    "piece_of",
    "probe_source",
    "publish",
    "publish_copied",
    "publish_encoded_ahead",
    "retry",
    "start_processing",
    "tell",
    "tell_waiting",
    "tidy",
    "working",
]
