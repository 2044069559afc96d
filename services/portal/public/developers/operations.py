"""A service's OpenAPI document as a page shows it: its operations, for whom, what is sent and answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

from services.portal.public.developers.documents import SERVICES, Document, document, resolve
from services.portal.public.developers.fields import Part, parts, said
from shared.errors import NotFound

METHODS = ("get", "put", "post", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that is sent beside the body."""

    name: str
    place: str
    holds: str
    required: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that an operation may answer with."""

    status: str
    meaning: str
    holds: str


@dataclass(frozen=True, slots=True)
class OperationSaid:
    """One operation; `parts` names what it sends and answers, `refusals` its statuses of refusal."""

    id: str
    method: str
    path: str
    summary: str
    more: str
    parameters: tuple[Parameter, ...]
    sent: str
    answers: tuple[Answer, ...]
    parts: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceSaid:
    """What a service answers: its operations by subject, and for all of them the refusals and parts."""

    name: str
    version: str
    subjects: dict[str, list[OperationSaid]]
    refusals: tuple[Answer, ...]
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many operations there are."""
        return sum(len(operations) for operations in self.subjects.values())


@cache
def show_service(name: str) -> ServiceSaid:
    """One service by its name."""
    if name not in SERVICES:
        raise NotFound("interface.unknown", "There is no such service.")
    whole = document(name)
    subjects: dict[str, list[OperationSaid]] = {}
    found: dict[str, Part] = {}
    for path, item in whole["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                said_of = _operation(method, path, operation, whole)
                subjects.setdefault(operation["tags"][0], []).append(said_of)
                found |= {
                    part.name: part for schema in _bodies(operation, whole) for part in parts(schema, whole)
                }
    refusals = sorted(map(_refusal, whole["components"]["responses"].values()), key=lambda one: one.status)
    found |= {part.name: part for part in parts(whole["components"]["schemas"]["ProblemDetails"], whole)}
    ordered = tuple(found[name] for name in sorted(found))
    return ServiceSaid(
        name, whole["info"]["version"], dict(sorted(subjects.items())), tuple(refusals), ordered
    )


def _operation(method: str, path: str, operation: Document, whole: Document) -> OperationSaid:
    answers = {status: resolve(one, whole) for status, one in sorted(operation["responses"].items())}
    direct = (_direct(schema, whole) for schema in _bodies(operation, whole))
    return OperationSaid(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        more=operation["description"],
        parameters=tuple(_parameter(one, whole) for one in operation["parameters"]),
        sent=_held(operation.get("requestBody", {}), whole),
        answers=tuple(
            _answer(status, one, whole) for status, one in answers.items() if status.startswith("2")
        ),
        parts=tuple(dict.fromkeys(name for name in direct if name)),
        refusals=tuple(_titled(status) for status in answers if not status.startswith("2")),
    )


def _parameter(given: Document, whole: Document) -> Parameter:
    return Parameter(given["name"], given["in"], said(given["schema"], whole), given.get("required", False))


def _answer(status: str, answer: Document, whole: Document) -> Answer:
    return Answer(_titled(status), answer["description"], _held(answer, whole))


def _refusal(answer: Document) -> Answer:
    example = answer["content"]["application/problem+json"]["example"]
    return Answer(_titled(str(example["status"])), answer["description"], example["detail"])


def _titled(status: str) -> str:
    return f"{status} {HTTPStatus(int(status)).phrase}"


def _held(body: Document, whole: Document) -> str:
    """What a body holds, in words; a file by its kind."""
    kinds = body.get("content", {})
    return ", or ".join(
        said(one["schema"], whole) if one.get("schema") else kind for kind, one in kinds.items()
    )


def _bodies(operation: Document, whole: Document) -> Iterator[Document]:
    """The schemas of what is sent and of what is answered when all went well."""
    well = (resolve(one, whole) for status, one in operation["responses"].items() if status.startswith("2"))
    for body in (operation.get("requestBody", {}), *well):
        yield from (content.get("schema", {}) for content in body.get("content", {}).values())


def _direct(schema: Document, whole: Document) -> str | None:
    """The name of the nearest part, whose fields the page tells below."""
    return next((part.name for part in parts(schema, whole)), None)
