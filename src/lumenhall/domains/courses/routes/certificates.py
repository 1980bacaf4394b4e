"""Certificates over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from lumenhall.domains.courses import queries, service
from lumenhall.domains.courses.schemas import CertificateLook
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter()
claiming = APIRouter()
PDF = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


@claiming.put("/{course_id}/certificate")
async def claim_certificate(
    course_id: UUID, actor: CurrentActor, session: Writes
) -> CertificateLook:
    """One's own certificate of a course; 409 until all lessons are completed."""
    return CertificateLook.model_validate(
        await service.claim_certificate(session, actor, course_id)
    )


@router.get("/{code}")
async def check_certificate(code: str, session: Reads) -> CertificateLook:
    """What a certificate says, for anybody who has its code; nobody has to sign in."""
    certificate, _ = await queries.get_certificate(session, code)
    return CertificateLook.model_validate(certificate)


@router.get("/{code}/pdf", response_class=Response, responses={200: PDF})
async def print_certificate(code: str, actor: CurrentActor, context: Context) -> Response:
    """A certificate as a sheet to print, for whose it is, in their language."""
    sheet = await service.print_certificate(context, actor, code)
    headers = {"Content-Disposition": f'inline; filename="certificate-{code}.pdf"'}
    return Response(sheet, media_type="application/pdf", headers=headers)
