"""Categories and videos: what the community has, and who may see and change it.

A video is a title, a place in a category and a media asset. It is *listed* (for everybody to
see) once it is published, its moment has come and its asset is playable; before that only
its owner and the admins know of it. Exactly one rule decides that, in `policy.py`, once in
Python and once in SQL. Domains above add what they know about a viewer to every reply
through `queries.join_for_viewer`, so a list costs one statement however long it is.
"""
