"""People as other members see them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.identity.errors import PictureUnknown
from lumenhall.domains.identity.models import DISPLAY_NAME_LENGTH
from lumenhall.domains.identity.queries import get_person, get_user, suggest_people
from lumenhall.domains.identity.routes.pictures import picture_reply
from lumenhall.domains.identity.schemas import PeopleFound, Person, PersonLook
from lumenhall.domains.identity.service import person_key
from lumenhall.platform.web import Context, Reads

router = APIRouter(prefix="/people", tags=["people"])


@router.get("")
async def list_people(
    actor: CurrentActor,
    session: Reads,
    query: Annotated[str, Query(min_length=1, max_length=DISPLAY_NAME_LENGTH)],
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> PeopleFound:
    """Suggest people while a name is being typed."""
    found = await suggest_people(session, query, limit)
    return PeopleFound(items=[PersonLook.model_validate(user) for user in found])


@router.get("/{username}")
async def get_person_by_name(username: str, actor: CurrentActor, session: Reads) -> Person:
    return Person.model_validate(await get_person(session, username))


@router.get("/{person_id}/picture", response_class=Response)
async def get_person_picture(
    person_id: UUID, request: Request, actor: CurrentActor, context: Context
) -> Response:
    async with context.database.read() as session:
        picture_hash = (await get_user(session, person_id)).picture_hash
    if picture_hash is None:
        raise PictureUnknown
    key = person_key(person_id, picture_hash)
    return await picture_reply(request, context.storage, key, picture_hash)
