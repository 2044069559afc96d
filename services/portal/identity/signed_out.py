"""A form that came after its session had ended: what was typed is shown, so that it is not lost."""

from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from services.portal.layout.security import MAXIMUM_FIELDS, MAXIMUM_FILES
from services.portal.layout.templates import render

SIGNED_OUT = 401
OF_THE_PAGE = frozenset({"csrf_token", "idempotency_key", "version", "seen"})


async def show_what_was_typed(request: Request, next_path: str) -> Response | None:
    """The page that says so and shows what was typed; None where the form is not of our own page."""
    if request.method != "POST" or request.headers.get("sec-fetch-site") != "same-origin":
        return None
    async with request.form(max_files=MAXIMUM_FILES, max_fields=MAXIMUM_FIELDS) as form:
        typed = [
            (_label(name), value)
            for name, value in form.multi_items()
            if name not in OF_THE_PAGE and isinstance(value, str) and value.strip()
        ]
    query = f"?{urlencode({'next': next_path})}" if next_path else ""
    return render(
        request,
        "identity/signed_out.html",
        status_code=SIGNED_OUT,
        typed=typed,
        sign_in=f"/sign-in{query}",
    )


def _label(name: str) -> str:
    """A box's name as words: `net_pence` is Net."""
    return name.removesuffix("_pence").replace("_", " ").replace("-", ", ").capitalize()
