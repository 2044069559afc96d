"""Pages for those who write programs that speak with the fund: open to everybody, like the documents."""

from fastapi import APIRouter, Request, Response

from services.portal.layout.templates import render
from services.portal.public.developers.documents import EVENTS, SERVICES, document, text_of
from services.portal.public.developers.events import list_topics, show_event
from services.portal.public.developers.operations import show_service
from shared.web import anyone

router = APIRouter(prefix="/developers", include_in_schema=False, dependencies=[anyone()])


@router.get("")
async def show_overview(request: Request) -> Response:
    """What there is: events, services, and the documents for programs."""
    services = [show_service(name) for name in SERVICES]
    version = document(EVENTS)["info"]["version"]
    return render(
        request, "public/developers/overview.html", topics=list_topics(), services=services, version=version
    )


@router.get("/asyncapi.json")
async def download_events() -> Response:
    """The AsyncAPI document."""
    return Response(text_of(EVENTS), media_type="application/json")


@router.get("/openapi/{service}.json")
async def download_service(service: str) -> Response:
    """The OpenAPI document of one service."""
    return Response(text_of(show_service(service).name), media_type="application/json")


@router.get("/events")
async def show_events(request: Request) -> Response:
    """Every event, by topic."""
    return render(request, "public/developers/events.html", topics=list_topics())


@router.get("/events/{name}")
async def show_one_event(request: Request, name: str) -> Response:
    """One event with its fields and an example."""
    return render(request, "public/developers/event.html", event=show_event(name))


@router.get("/{service}")
async def show_one_service(request: Request, service: str) -> Response:
    """What one service answers."""
    return render(request, "public/developers/service.html", service=show_service(service))
