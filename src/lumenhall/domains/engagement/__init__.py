"""What people do with videos: how far they watch, how they react, what they say.

Progress is one row per person and video. Reports of several devices may arrive late, twice
or at once: seconds watched are united and never get lost, the newest position wins, and
`completed` only ever turns true. A view counts once per person and video in 24 hours, when
enough was really watched. Each person has one reaction per video or comment; counts are
exact under any race. Comments have one level of replies and may name a moment and people. The
home page is assembled here, because it shows both the library
and how far its viewer is.
"""
