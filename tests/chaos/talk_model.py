"""What conversations should do, said again in the simplest words, for comparison with the server.

People are numbers, in the order of their names. Nothing in here asks the server or its code.
"""

from dataclasses import dataclass, field

FINE = 200
PENDING, ACCEPTED, DECLINED = "pending", "accepted", "declined"


@dataclass
class Said:
    """A message; those of the house have no text."""

    sender: int
    text: str = ""
    is_system: bool = False
    is_unsent: bool = False
    reactions: dict[int, str] = field(default_factory=dict)


@dataclass
class Talk:
    """A conversation; `people` are in the order of joining, `asked` is who asked whom first."""

    is_group: bool
    people: list[int]
    admins: set[int] = field(default_factory=set)
    said: list[Said] = field(default_factory=list)
    read: dict[int, int] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    asked: tuple[int, int] | None = None
    answer: str = ACCEPTED

    def other(self, person: int) -> int:
        return next(one for one in self.people if one != person)

    def waits(self, person: int) -> bool:
        """Say whether the person has asked and was not let in."""
        return self.asked is not None and self.asked[0] == person and self.answer != ACCEPTED


class Model:
    """All conversations of some people. Methods return the status that the server should give."""

    def __init__(self, reluctant: frozenset[int]) -> None:
        self.reluctant = reluctant
        self.talks: dict[str, Talk] = {}
        self.blocks: set[tuple[int, int]] = set()

    def apart(self, one: int, other: int) -> bool:
        return (one, other) in self.blocks or (other, one) in self.blocks

    def knows(self, person: int, talk: Talk) -> bool:
        if person not in talk.people:
            return False
        if talk.is_group:
            return True
        has_declined = talk.asked and talk.asked[1] == person and talk.answer == DECLINED
        return not self.apart(person, talk.other(person)) and not has_declined

    def begins(self, person: int, other: int, talk: Talk | None) -> int:
        if self.apart(person, other):
            return 403
        if talk and talk.asked and talk.asked[1] == person and talk.answer == DECLINED:
            return 409
        return 201

    def says(self, person: int, talk: Talk, text: str) -> int:
        if not self.knows(person, talk):
            return 404
        if talk.waits(person):
            return 403
        if not talk.is_group:
            other = talk.other(person)
            if not talk.said and other in self.reluctant:
                talk.asked, talk.answer = (person, other), PENDING
            elif talk.asked and talk.asked[1] == person:
                talk.answer = ACCEPTED
        self._append(talk, Said(person, text))
        return 201

    def changes(self, person: int, talk: Talk, place: int, text: str) -> int:
        status = self._own(person, talk, place)
        if status == FINE:
            if talk.said[place].is_unsent:
                return 409
            talk.said[place].text = text
        return status

    def unsends(self, person: int, talk: Talk, place: int) -> int:
        status = self._own(person, talk, place)
        if status != FINE:
            return status
        talk.said[place].is_unsent = True
        talk.said[place].text = ""
        talk.said[place].reactions = {}
        return 204

    def reacts(self, person: int, talk: Talk, place: int, kind: str | None) -> int:
        if not self.knows(person, talk):
            return 404
        if talk.waits(person):
            return 403
        message = talk.said[place]
        if self.apart(person, message.sender):
            return 404
        if message.is_unsent:
            return 409
        message.reactions.pop(person, None)
        if kind:
            message.reactions[person] = kind
        return FINE

    def reads(self, person: int, talk: Talk, number: int) -> int:
        if not self.knows(person, talk):
            return 404
        talk.read[person] = max(talk.read.get(person, 0), min(number, len(talk.said)))
        return FINE

    def hides(self, person: int, talk: Talk) -> int:
        if not self.knows(person, talk):
            return 404
        talk.hidden.add(person)
        talk.read[person] = len(talk.said)
        return 204

    def removes(self, person: int, talk: Talk, other: int) -> int:
        if not self.knows(person, talk):
            return 404
        if not talk.is_group:
            return 409
        if person != other and person not in talk.admins:
            return 403
        if other not in talk.people:
            return 404
        self._append(talk, Said(person, is_system=True))
        talk.people.remove(other)
        talk.admins.discard(other)
        if talk.people and not talk.admins:
            talk.admins.add(talk.people[0])
        return 204

    def adds(self, person: int, talk: Talk, other: int) -> int:
        if not self.knows(person, talk):
            return 404
        if not talk.is_group:
            return 409
        if person not in talk.admins or self.apart(person, other):
            return 403
        if other not in talk.people:
            talk.people.append(other)
            talk.read[other] = len(talk.said)
            self._append(talk, Said(person, is_system=True))
        return FINE

    def answers(self, person: int, talk: Talk, answer: str) -> int:
        may = talk.asked and talk.asked[1] == person and talk.answer == PENDING
        if not may or self.apart(person, talk.other(person)):
            return 404
        talk.answer = answer
        return 204

    def seen_by(self, person: int) -> dict[str, dict[str, object]]:
        """Return what a person's pages should show, by conversation."""
        return {
            name: self._seen(person, talk)
            for name, talk in self.talks.items()
            if self._is_listed(person, talk)
        }

    def _own(self, person: int, talk: Talk, place: int) -> int:
        if not self.knows(person, talk):
            return 404
        message = talk.said[place]
        if self.apart(person, message.sender):
            return 404
        return FINE if message.sender == person and not message.is_system else 403

    def _append(self, talk: Talk, message: Said) -> None:
        talk.said.append(message)
        talk.hidden -= set(talk.people)
        talk.read[message.sender] = len(talk.said)

    def _is_listed(self, person: int, talk: Talk) -> bool:
        if not self.knows(person, talk) or not talk.said:
            return False
        is_incoming = talk.asked and talk.asked[1] == person and talk.answer == PENDING
        return bool(is_incoming) or person not in talk.hidden

    def _seen(self, person: int, talk: Talk) -> dict[str, object]:
        shown = {
            number: message
            for number, message in enumerate(talk.said, 1)
            if not self.apart(person, message.sender)
        }
        is_incoming = talk.asked and talk.asked[1] == person and talk.answer == PENDING
        read = talk.read.get(person, 0)
        return {
            "request": "outgoing" if talk.waits(person) else "incoming" if is_incoming else None,
            "people": sorted(talk.people),
            "read": read,
            "unread": sum(number > read for number in shown),
            "messages": {number: _short(person, one) for number, one in shown.items()},
        }


def _short(person: int, message: Said) -> dict[str, object]:
    kinds = sorted(message.reactions.values())
    return {
        "sender": message.sender,
        "text": message.text,
        "unsent": message.is_unsent,
        "reactions": {kind: kinds.count(kind) for kind in kinds},
        "mine": message.reactions.get(person),
    }
