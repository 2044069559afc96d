"""Where a person may be sent on to: a page of this site, never another one."""

from urllib.parse import urlsplit


def own_path(asked: str) -> str:
    """The path and query, if they are of this site and not of the sign-in itself; else nothing."""
    if not asked.startswith("/") or asked.startswith("//") or "\\" in asked or not asked.isprintable():
        return ""
    parts = urlsplit(asked)
    if parts.scheme or parts.netloc or parts.path.startswith("/sign-"):
        return ""
    return asked
