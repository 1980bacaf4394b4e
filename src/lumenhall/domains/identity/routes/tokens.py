"""API tokens of one's own; only a person who is signed in handles them, never a token."""

from uuid import UUID

from fastapi import APIRouter, status

from lumenhall.domains.identity import service
from lumenhall.domains.identity.deps import SessionActor
from lumenhall.domains.identity.queries import list_tokens
from lumenhall.domains.identity.schemas import NewToken, TokenList, TokenLook, TokenMade
from lumenhall.platform.web import Reads, Writes

router = APIRouter(prefix="/tokens", tags=["API tokens"])


@router.get("")
async def get_tokens(actor: SessionActor, session: Reads) -> TokenList:
    found = await list_tokens(session, actor.user_id)
    return TokenList(items=[TokenLook.model_validate(token) for token in found])


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_token(form: NewToken, actor: SessionActor, session: Writes) -> TokenMade:
    return await service.create_token(session, actor, form)


@router.delete("/{token_id}", status_code=status.HTTP_204_NO_CONTENT)
async def revoke_token(token_id: UUID, actor: SessionActor, session: Writes) -> None:
    await service.revoke_token(session, actor, token_id)
