"""Where the content of evidence is kept: by its digest, never by a name that somebody sent."""

import asyncio
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class EvidenceFiles:
    """A folder of files named by the sha256 of their content."""

    folder: Path

    async def write(self, sha256: str, content: bytes) -> None:
        """Keep the content durably; the same content is kept once."""
        await asyncio.to_thread(self._write, sha256, content)

    async def read(self, sha256: str) -> bytes:
        """The content of that digest."""
        try:
            return await asyncio.to_thread(self._path(sha256).read_bytes)
        except FileNotFoundError as error:
            message = "The content of this file is not in the store. Tell the council: it must be restored."
            raise NotFound("evidence.content_missing", message) from error

    def _path(self, sha256: str) -> Path:
        return self.folder / "evidence" / sha256[:2] / sha256

    def _write(self, sha256: str, content: bytes) -> None:
        path = self._path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
