"""No dead link: every address in a template, every redirect and every link at the top leads to a route."""

import ast
import itertools
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from fastapi.routing import iter_route_contexts
from jinja2 import nodes

from services.portal.layout.navigation import BY_ROLE, PUBLIC, ROLE_NAMES
from services.portal.layout.templates import environment
from shared.web.roles import Role
from tests.architecture.test_routes import application

PORTAL = Path("services/portal")
ANYTHING = "\N{BULLET}"
"""Stands in an address for what only a request knows."""
DRAFT = f"/applicant/applications/{ANYTHING}"
ADDRESS = re.compile(r"/([a-z].*)?$")
WRITTEN_OUT = re.compile(r"""(href|action)="(/[^"]*)\"""")
REDIRECTS = {"see_other", "RedirectResponse", "go_on"}


def templates() -> list[str]:
    return sorted(name for name in environment().list_templates() if not name.startswith("govuk_frontend"))


def modules() -> list[str]:
    return sorted(".".join(path.with_suffix("").parts) for path in PORTAL.rglob("*.py"))


def routes(*, read: bool) -> Iterator[list[str]]:
    """The addresses of pages (`read`), or of pages and forms, in their segments."""
    for route in iter_route_contexts(application("portal").routes):
        if not read or "GET" in (route.methods or {"GET"}):
            yield re.sub(r"\{[^}]+\}", ANYTHING, route.path or "").split("/")


def leads_somewhere(address: str, *, read: bool = True) -> bool:
    wanted = re.split(r"[?#]", address)[0].split("/")
    return any(fits(wanted, known) for known in routes(read=read))


def fits(wanted: list[str], known: list[str]) -> bool:
    if known[1] == "static":
        return wanted[1] == "static"
    return len(wanted) == len(known) and all(
        ANYTHING in one or other in {ANYTHING, one} for one, other in zip(wanted, known, strict=True)
    )


def addresses(
    node: nodes.Node, named: dict[str, set[str]], *, of_form: bool = False
) -> Iterator[tuple[str, bool]]:
    """Every address that a template writes, and whether it is where a form is sent."""
    if isinstance(node, nodes.TemplateData):
        yield from ((found[2], found[1] == "action") for found in WRITTEN_OUT.finditer(node.data))
    elif isinstance(node, nodes.Const | nodes.Concat) or is_path_of_draft(node):
        yield from ((told, of_form) for told in values(node, named) if ADDRESS.match(told))
    else:
        if isinstance(node, nodes.Call):
            of_form = isinstance(node.node, nodes.Getattr) and node.node.attr == "form"
        for below in node.iter_child_nodes():
            yield from addresses(below, named, of_form=of_form)


def values(node: nodes.Node, named: dict[str, set[str]]) -> set[str]:
    """What an expression of a template may become, as far as the template says."""
    match node:
        case nodes.Const(value=str() as told):
            return {told}
        case nodes.Name(name=name):
            return named.get(name, {ANYTHING})
        case nodes.CondExpr(expr1=one, expr2=other):
            return values(one, named) | (values(other, named) if other else {""})
        case nodes.Concat(nodes=parts):
            return {"".join(one) for one in itertools.product(*(values(part, named) for part in parts))}
        case nodes.Call(args=rest) if is_path_of_draft(node):
            ends = values(rest[0], named) if rest else {""}
            return {f"{DRAFT}/{end}" if end else DRAFT for end in ends}
    return {ANYTHING}


def is_path_of_draft(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr == "path"


def written_in(source: str) -> list[tuple[str, bool]]:
    tree = environment().parse(source)
    named = {
        given.target.name: values(given.node, {})
        for given in tree.find_all(nodes.Assign)
        if isinstance(given.target, nodes.Name)
    }
    return list(addresses(tree, named))


def redirects(module: ModuleType, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REDIRECTS:
            yield told(module, node.args[0])


def told(module: ModuleType, node: ast.expr) -> str:
    """An address of the code, with the constants of its module put in."""
    match node:
        case ast.Constant(value=str() as written):
            return written
        case ast.JoinedStr(values=parts):
            return "".join(told(module, part) for part in parts)
        case ast.FormattedValue(value=ast.Name(id=name)) | ast.Name(id=name):
            known = getattr(module, name, None)
            return known if isinstance(known, str) else ANYTHING
    return ANYTHING


@pytest.mark.parametrize("name", templates())
def test_every_address_in_a_template_leads_to_a_page(name: str) -> None:
    source, _, _ = environment().loader.get_source(environment(), name)  # type: ignore[union-attr]

    dead = [told for told, of_form in written_in(source) if not leads_somewhere(told, read=not of_form)]

    assert dead == []


@pytest.mark.parametrize("name", modules())
def test_every_redirect_leads_to_a_page(name: str) -> None:
    module = import_module(name)
    source = Path(f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")

    dead = [told for told in redirects(module, source) if told[:1] == "/" and not leads_somewhere(told)]

    assert dead == []


def test_every_link_at_the_top_leads_to_a_page() -> None:
    links = {*PUBLIC, *itertools.chain.from_iterable(BY_ROLE.values())}

    assert [link.href for link in links if not leads_somewhere(link.href)] == []


def test_every_role_has_a_name_and_no_other_has_links() -> None:
    assert set(ROLE_NAMES) == set(Role)
    assert set(BY_ROLE) <= set(Role)


def test_the_walk_finds_a_dead_link_however_it_is_written() -> None:
    found = written_in(
        """
        {% set here = "/nowhere/" ~ id %}<a href="/gone">x</a>{{ ui.link("x", here ~ "/more") }}
        {{ ui.back_link(draft.path("lost")) }}{% call ui.form("/sent-off") %}{% endcall %}
        """
    )

    assert {told for told, _ in found} >= {
        "/gone",
        f"/nowhere/{ANYTHING}/more",
        f"{DRAFT}/lost",
        "/sent-off",
    }
    assert not [told for told, of_form in found if leads_somewhere(told, read=not of_form)]
