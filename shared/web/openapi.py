"""What a service's OpenAPI document says of every operation: who may use it, and how it refuses.

The rule of a route, the Idempotency-Key and the problem details are alike everywhere, so they stand here.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from shared.web.commanding import Commands
from shared.web.rules import Rule

Document: TypeAlias = dict[str, Any]

BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "A token of five minutes for one person and one service, signed by the portal (EdDSA).",
}
PROBLEM = {
    "title": "ProblemDetails",
    "description": "Why something was refused, as RFC 9457 problem details.",
    "type": "object",
    "required": ["type", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Always about:blank."},
        "status": {"type": "integer", "description": "HTTP's status, again."},
        "code": {"type": "string", "description": "A stable word for programs."},
        "detail": {"type": "string", "description": "A plain sentence that says what to do."},
        "problems": {
            "type": "array",
            "description": "The fields or rows that are wrong, where the problem lies in some.",
            "items": {
                "type": "object",
                "title": "ProblemOfField",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The sender's own word for this request. Sent again with the same content it changes"
    " nothing and gives the first answer; with other content it is refused (409).",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "example": "8a1f2f5e-6c1c-4a55-9d0e-6b4f0c5a7d11",
}
REFUSALS: dict[int, tuple[str, str, str, str]] = {
    400: ("Unreadable", "The body cannot be read.", "http.400", "There was an error parsing the body"),
    401: ("NotSignedIn", "No valid token was sent.", "token.missing", "Sign in to do this."),
    403: (
        "Forbidden",
        "The person's role, or their part in the case, does not allow it.",
        "role.missing",
        "Only a person with the role officer may do this.",
    ),
    404: ("NotFound", "There is no such thing.", "pot.unknown", "There is no such pot."),
    408: ("TooSlow", "What was sent came too slowly.", "http.408", "Try again on a better connection."),
    409: (
        "Conflict",
        "It cannot be done as things stand now, or somebody else was faster.",
        "idempotency_key.reused",
        "This Idempotency-Key was used for something else. Use a new key for a new request.",
    ),
    413: ("TooLarge", "More was sent than is taken at once.", "http.413", "Send less at once."),
    422: (
        "Invalid",
        "Some of what was sent cannot be used.",
        "request.misshapen",
        "Some of what was sent cannot be used.",
    ),
    429: (
        "TooMany",
        "This was done too often in a short time.",
        "http.429",
        "You have sent too many files in a short time. Wait 20 seconds, then try again.",
    ),
    503: (
        "Busy",
        "The service is busy or restarting.",
        "try_again",
        "The service is busy or restarting. Try again in a minute.",
    ),
}
"""By status: the name in the document, what it means, and an example's code and sentence."""
HEADERS: dict[int, Document] = {
    401: {"WWW-Authenticate": {"schema": {"type": "string", "enum": ["Bearer"]}}},
    429: {
        "Retry-After": {
            "description": "In how many seconds it may be done again.",
            "schema": {"type": "integer", "minimum": 1},
        }
    },
}
MADE_BY_FASTAPI = ("HTTPValidationError", "ValidationError")


def add_descriptions(app: FastAPI) -> None:
    """Complete the document that FastAPI makes, the first time that somebody asks for it."""
    generate = app.openapi

    def described() -> Document:
        if app.openapi_schema is None:
            _describe(generate(), app)
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # the way that FastAPI's documentation names


def operation_id(route: APIRoute) -> str:
    """The name of the function that answers: short, and unique in its service."""
    return route.name


def rules_of(dependant: Dependant) -> Iterator[Rule]:
    """The authorisation rules that stand before a route."""
    if isinstance(dependant.call, Rule):
        yield dependant.call
    for below in dependant.dependencies:
        yield from rules_of(below)


def _describe(document: Document, app: FastAPI) -> None:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in MADE_BY_FASTAPI:
        schemas.pop(name, None)
    schemas["ProblemDetails"] = PROBLEM
    components["securitySchemes"] = {"bearer": BEARER}
    components["responses"] = {name: _refusal(status) for status, (name, *_) in REFUSALS.items()}
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and route.original_route.include_in_schema:
            assert route.dependant is not None
            [rule] = rules_of(route.dependant)
            for method in route.methods or ():
                operation = document["paths"].get(route.path, {}).get(method.lower())
                if operation is not None:
                    _describe_operation(operation, rule)


def _describe_operation(operation: Document, rule: Rule) -> None:
    said, _, more = operation.pop("description", "").partition("\n")
    roles = sorted(role.value for role in rule.roles)
    operation["summary"] = said.removesuffix(".")
    operation["description"] = "\n\n".join(part for part in (more.strip(), _who(roles)) if part)
    operation["x-roles"] = roles
    operation["security"] = [{"bearer": []}] if roles else [{}, {"bearer": []}]
    given = [one for one in operation.get("parameters", []) if one["name"].lower() != "idempotency-key"]
    operation["parameters"] = [*given, *([IDEMPOTENCY_KEY] if isinstance(rule, Commands) else [])]
    statuses = _statuses(operation, rule)
    done = "Done." if isinstance(rule, Commands) else "What was asked for."
    answers = {status: given for status, given in operation["responses"].items() if status.startswith("2")}
    operation["responses"] = {
        **{status: {**given, "description": done} for status, given in answers.items()},
        **{str(status): {"$ref": f"#/components/responses/{REFUSALS[status][0]}"} for status in statuses},
    }


def _statuses(operation: Document, rule: Rule) -> list[int]:
    """The refusals that an operation with this rule and content may answer."""
    body = operation.get("requestBody", {}).get("content", {})
    command = isinstance(rule, Commands)
    possible = {
        400: bool(body),
        401: True,
        403: bool(rule.roles),
        404: command or any(one["in"] == "path" for one in operation["parameters"]),
        408: bool(body),
        409: command,
        413: bool(body),
        422: bool(operation["parameters"] or body),
        429: "multipart/form-data" in body,
        503: True,
    }
    return [status for status, may in possible.items() if may]


def _who(roles: list[str]) -> str:
    words = " or ".join(role.replace("_", " ") for role in roles)
    return f"For people with the role {words}." if roles else "Open to everybody."


def _refusal(status: int) -> Document:
    _, meaning, code, detail = REFUSALS[status]
    answer: Document = {
        "description": meaning,
        "content": {
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                "example": {"type": "about:blank", "status": status, "code": code, "detail": detail},
            }
        },
    }
    if status in HEADERS:
        answer["headers"] = HEADERS[status]
    return answer
