"""How large a file may be, and where it is kept."""

from pathlib import Path

from fastapi import Request

LIMIT_BYTES = 30 * (1 << 20)


def folder_for(request: Request, kind: str) -> Path:
    """The folder for files of this kind, as the service's settings say."""
    files: Path = request.app.state.service.settings.files
    return files / kind
