"""Who lives in the demo community."""

import asyncio
from dataclasses import dataclass

from lumenhall.domains.identity import service as identity
from lumenhall.domains.identity.models import Role
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import find_by_login
from lumenhall.domains.identity.schemas import NewAccount, ProfileChange
from lumenhall.main.seed.faces import Face, draw_face
from lumenhall.platform.context import AppContext

ADMIN = "admin"
PASSWORD = "tide-and-lantern"  # noqa: S105 Printed on purpose: it opens a demo and nothing else.


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A person and what they say about themselves."""

    username: str
    display_name: str
    bio: str
    face: Face | None = None
    role: Role = Role.MEMBER
    time_zone: str = "UTC"
    language: str = "en"


# Two of the neighbours never got round to a picture, so their initials are shown.
PEOPLE = (
    Neighbour(
        ADMIN,
        "Mara Lindqvist",
        "Keeps the lights on. Ask me for invitations.",
        Face("#f3cfb3", "#8a8a8a", "#2d4f6b", "#8fc1b5", has_long_hair=True, has_glasses=True),
        Role.ADMIN,
    ),
    Neighbour(
        "alice",
        "Alice Okafor",
        "Guitar, lanterns, too many plants.",
        Face("#6e432c", "#2b1d16", "#3f6b4a", "#f2b880", has_long_hair=True),
        time_zone="Europe/London",
    ),
    Neighbour(
        "bob",
        "Bob Hartley",
        "Trains, mostly. Sometimes other trains.",
        Face("#f3cfb3", "#a8642a", "#554a7a", "#9db4d6", has_beard=True),
    ),
    Neighbour(
        "charlie",
        "Charlie Nguyen",
        "Number four. Films everything, deletes nothing.",
        Face("#e3ab84", "#2b1d16", "#7a3b3b", "#b7c68b"),
    ),
    Neighbour(
        "ines",
        "Inés Calderón",
        "Me levanto temprano.",
        Face("#e3ab84", "#5a3a22", "#b56a2f", "#c9ada7", has_long_hair=True),
        time_zone="Europe/Madrid",
        language="es",
    ),
    Neighbour(
        "marcus",
        "Marcus Bell",
        "Two synthesisers and a loft.",
        Face("#9a6240", "#2b1d16", "#333333", "#d8b4e2", has_beard=True, has_glasses=True),
        Role.MODERATOR,
    ),
    Neighbour(
        "rosa",
        "Rosa Ferrante",
        "Grandmother of five, cook of everything.",
        Face("#f3cfb3", "#b9b4ad", "#7a3b3b", "#e8a0a0", has_long_hair=True, has_glasses=True),
        time_zone="Europe/Rome",
    ),
    Neighbour(
        "yuki",
        "Yuki Tanaka",
        "High scores and cold tea.",
        Face("#f3cfb3", "#2b1d16", "#333333", "#9db4d6", has_glasses=True),
        time_zone="Asia/Tokyo",
    ),
    Neighbour(
        "priya",
        "Priya Raman",
        "Teaches maths to people who said they hate it.",
        Face("#c68658", "#2b1d16", "#2d4f6b", "#f2b880", has_long_hair=True),
    ),
    Neighbour(
        "tom", "Tom Brandt", "Secretary of nearly every club here.", time_zone="Europe/Berlin"
    ),
    Neighbour(
        "sofia",
        "Sofía Duarte",
        "Fotos, ríos, paciencia.",
        Face("#c68658", "#5a3a22", "#3f6b4a", "#8fc1b5", has_long_hair=True),
        language="es",
    ),
    Neighbour("omar", "Omar Haddad", "Referee. Yes, that one."),
)


async def add_people(context: AppContext) -> dict[str, Actor]:
    """Make everybody who is not there yet, with picture and profile; return all by username."""
    password_hash = await identity.hash_password(PASSWORD)
    actors = {}
    for neighbour in PEOPLE:
        async with context.database.write() as session:
            user = await find_by_login(session, address_of(neighbour.username))
            is_new = user is None
            if user is None:
                form = NewAccount(
                    username=neighbour.username,
                    email=address_of(neighbour.username),
                    display_name=neighbour.display_name,
                    password=PASSWORD,
                )
                user = await identity.add_account(session, form, password_hash, role=neighbour.role)
            actor = actors[neighbour.username] = Actor(user.id, user.role)
        if is_new:
            await _introduce(context, actor, neighbour)
    return actors


def address_of(username: str) -> str:
    """Return the e-mail address of a neighbour."""
    return f"{username}@harbour-lane.example"


async def _introduce(context: AppContext, actor: Actor, neighbour: Neighbour) -> None:
    change = ProfileChange.model_validate(
        {
            "bio": neighbour.bio,
            "time_zone": neighbour.time_zone,
            "language": neighbour.language,
        }
    )
    async with context.database.write() as session:
        await identity.change_profile(session, actor, change)
    if neighbour.face is not None:
        face = await asyncio.to_thread(draw_face, neighbour.face)
        await identity.set_picture(context.database, context.storage, actor, face)
