"""Courses: lessons in an order, who takes them, and how far they are (PRODUCT 8).

The curriculum is one document per course; what hangs on a lesson (its video, text, quiz, what
learners did) refers to it by the lesson's id, so renaming and moving lose nothing, and what is
done counts again when a removed lesson comes back. Learners always see the last good video of
a lesson: another upload takes its place only once it is ready. Only the enrolled, and whoever
may edit the course, play lessons that are not previews.
"""
