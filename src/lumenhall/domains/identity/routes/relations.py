"""Following and blocking over HTTP."""

from fastapi import APIRouter

from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.identity.queries import get_person, get_relation, list_blocks
from lumenhall.domains.identity.schemas import BlockList, PersonLook, RelationLook
from lumenhall.domains.identity.service import block, follow, unblock, unfollow
from lumenhall.platform.web import Reads, Writes

router = APIRouter(tags=["people"])


@router.get("/people/{username}/relation")
async def get_relation_to(username: str, actor: CurrentActor, session: Reads) -> RelationLook:
    """What this person is to whoever asks; that one is blocked by them is not told."""
    other = await get_person(session, username)
    relation = await get_relation(session, actor.user_id, other.id)
    return RelationLook(
        is_followed=relation.is_followed,
        follows_back=relation.follows_back,
        is_blocked=relation.is_blocked,
    )


@router.put("/people/{username}/follow", status_code=204)
async def follow_person(username: str, actor: CurrentActor, session: Writes) -> None:
    """Follow somebody; safe to repeat."""
    await follow(session, actor, username)


@router.delete("/people/{username}/follow", status_code=204)
async def unfollow_person(username: str, actor: CurrentActor, session: Writes) -> None:
    """Follow somebody no longer."""
    await unfollow(session, actor, username)


@router.put("/people/{username}/block", status_code=204)
async def block_person(username: str, actor: CurrentActor, session: Writes) -> None:
    """End every contact with somebody, both ways."""
    await block(session, actor, username)


@router.delete("/people/{username}/block", status_code=204)
async def unblock_person(username: str, actor: CurrentActor, session: Writes) -> None:
    """Allow contact again."""
    await unblock(session, actor, username)


@router.get("/me/blocks")
async def list_my_blocks(actor: CurrentActor, session: Reads) -> BlockList:
    """Whom one has blocked."""
    found = await list_blocks(session, actor.user_id)
    return BlockList(items=[PersonLook.model_validate(user) for user in found])
