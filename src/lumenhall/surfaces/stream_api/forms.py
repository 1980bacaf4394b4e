"""A multipart form read as it comes: short fields are kept, the file is handed on piece by piece.

Parsers that keep the whole form first would need room for every file twice.
"""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import Message

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from lumenhall.domains.stream.errors import StreamFieldInvalid
from lumenhall.domains.uploads.errors import ClientGone
from lumenhall.platform.errors import TooLarge

FILE = "file"
MOST_FIELDS = 50
MOST_FIELD_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of a part."""

    name: str
    filename: str | None


class Form:
    """A form whose part `file` is a file, whether or not it says so with a file name."""

    def __init__(self, request: Request) -> None:
        kind, parameters = parse_options_header(request.headers.get("content-type", ""))
        boundary = parameters.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise StreamFieldInvalid("send the file as multipart/form-data, in the part `file`")
        self.fields: dict[str, str] = {}
        self._pieces: AsyncIterator[bytes] = request.stream()
        self._found: deque[_Head | bytes | None] = deque()
        self._header: tuple[bytes, bytes] = (b"", b"")
        self._headers: dict[str, str] = {}
        self._ended = False
        self._parser = self._make_parser(boundary)

    async def file_name(self) -> str:
        """Read up to the file and return what it is called; raises StreamFieldInvalid without one.

        The fields before it are in `fields` then.
        """
        while isinstance(found := await self._next(), _Head):
            if found.name == FILE:
                return found.filename or ""
            await self._keep(found)
        raise StreamFieldInvalid("the part `file` is missing")

    async def read(self) -> bytes | None:
        """Return the next bytes of the file, None after the last."""
        found = await self._next()
        return found if isinstance(found, bytes) else None

    async def rest(self) -> None:
        """Read what comes after the file into `fields`."""
        while isinstance(found := await self._next(), _Head):
            await self._keep(found)

    def _make_parser(self, boundary: bytes) -> MultipartParser:
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": self._headers.clear,
                    "on_header_field": self._on_name,
                    "on_header_value": self._on_value,
                    "on_header_end": self._on_header,
                    "on_headers_finished": self._on_head,
                    "on_part_data": lambda data, start, end: self._found.append(data[start:end]),
                    "on_part_end": lambda: self._found.append(None),
                    "on_end": self._on_end,
                },
            )
        except FormParserError as error:
            raise StreamFieldInvalid("the boundary of the form is too long") from error

    async def _keep(self, head: _Head) -> None:
        value = bytearray()
        while (piece := await self.read()) is not None:
            value += piece
            if len(value) > MOST_FIELD_BYTES:
                raise TooLarge(max_bytes=MOST_FIELD_BYTES)
        if len(self.fields) >= MOST_FIELDS:
            raise StreamFieldInvalid(f"at most {MOST_FIELDS} fields")
        self.fields[head.name] = value.decode(errors="replace")

    async def _next(self) -> _Head | bytes | None:
        while not self._found and not self._ended:
            try:
                piece = await anext(self._pieces, None)
                if piece is None:
                    raise StreamFieldInvalid("the form breaks off")
                self._parser.write(piece)
            except ClientDisconnect as error:
                raise ClientGone from error
            except FormParserError as error:
                raise StreamFieldInvalid("this is not a form") from error
        return self._found.popleft() if self._found else None

    def _on_name(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + data[start:end], b"")

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + data[start:end])

    def _on_header(self) -> None:
        name, value = self._header
        self._headers[name.decode("latin-1").lower()] = value.decode(errors="replace")
        self._header = (b"", b"")

    def _on_head(self) -> None:
        said = Message()
        said["content-disposition"] = self._headers.get("content-disposition", "")
        name = said.get_param("name", "", "content-disposition")
        filename = said.get_filename()
        self._found.append(_Head(str(name), filename))

    def _on_end(self) -> None:
        self._ended = True
