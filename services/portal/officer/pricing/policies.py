"""Price policies: the list, one with its versions, a new one, and the version that follows."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.filters import pounds
from services.portal.layout.forms import Filled
from services.portal.officer.books import Agreements
from services.portal.officer.pricing.books import Policies, Policy, PolicyVersion
from services.portal.officer.pricing.forms import POLICY, VERSION
from services.portal.officer.pricing.words import BASES, BASIS_IN_WORDS, ROUNDINGS, SCOPES
from services.portal.officer.rules import ManagersForm, ManagersPage, RegisterPage
from services.portal.officer.showing import show
from services.portal.sending import Json, as_json, attempt, see_other

router = APIRouter(include_in_schema=False)

START = "/officer/prices"
AT_FIRST = {"scope": "regulated", "rounding": "nearest_penny"}
Cursor = Annotated[str, Query(max_length=100)]


@router.get(START)
async def list_policies(page: RegisterPage, cursor: Cursor = "") -> Response:
    """The price policies, with the version of each that is newest."""
    answer = await page.services.contributions.get("/price-policies", cursor=cursor or None)
    found = Policies.model_validate(answer)
    return show(page, "officer/pricing/policies.html", found=found, price=price_in_words, later=bool(cursor))


@router.get(f"{START}/new")
async def ask_for_policy(page: ManagersPage) -> Response:
    """The form for a new policy; the organisation is that of the last agreement."""
    known = Agreements.model_validate(await page.services.contributions.get("/agreements")).agreements
    organisation = {"organisation": known[0].organisation} if known else {}
    return _form(page, POLICY.showing({**AT_FIRST, **organisation}))


@router.post(f"{START}/new")
async def record_policy(sent: ManagersForm) -> Response:
    """Record the policy, and go on to its page."""
    filled, policy_id = sent.read(POLICY), sent.id_for("policy")
    if filled.ok:
        told = {**_told(filled), "policy_id": str(policy_id)}
        call = sent.services.contributions.post("/price-policies", told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{policy_id}?done=policy")
    return _form(sent, filled, status_code=422)


@router.get(f"{START}/{{policy_id}}")
async def show_policy(page: RegisterPage, policy_id: UUID, done: str = "") -> Response:
    """One policy with its versions, the newest first."""
    policy = await _policy(page, policy_id)
    return show(
        page,
        "officer/pricing/policy.html",
        policy=policy,
        done=done,
        price=price_in_words,
        scopes={each[0]: each[1] for each in SCOPES},
        roundings=dict(ROUNDINGS),
    )


@router.get(f"{START}/{{policy_id}}/versions/new")
async def ask_for_version(page: ManagersPage, policy_id: UUID) -> Response:
    """The form for the version that follows, with what the newest says."""
    policy = await _policy(page, policy_id)
    known = policy.versions[0].model_dump(exclude={"valid_from", "series", "minimum_factors"})
    factors = ", ".join(f"{each:f}" for each in policy.versions[0].minimum_factors)
    shown = {**known, "minimum_factors": factors or None, "series": _series(policy.versions[0]) or None}
    return _form(page, VERSION.showing(shown), policy)


@router.post(f"{START}/{{policy_id}}/versions/new")
async def record_version(sent: ManagersForm, policy_id: UUID) -> Response:
    """Record the version, which ends the one before it."""
    filled = sent.read(VERSION)
    if filled.ok:
        path = f"/price-policies/{policy_id}/versions"
        call = sent.services.contributions.post(path, _told(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{policy_id}?done=version")
    return _form(sent, filled, await _policy(sent, policy_id), status_code=422)


def price_in_words(version: PolicyVersion) -> str:
    """What a version charges: £95.00 for each tonne in each of 30 years."""
    if version.basis == "per_dwelling":
        sums = {"house": version.house_pence, "flat": version.flat_pence, "dwelling": version.dwelling_pence}
        return ", ".join(f"{pounds(pence)} a {kind}" for kind, pence in sums.items() if pence is not None)
    if version.basis == "declining":
        first, last = version.series[0].year, version.series[-1].year
        by = "grid factor" if version.series[0].kg_co2e_per_kwh is not None else "price"
        own = f", {pounds(version.price_pence_per_tonne)} a tonne" if version.price_pence_per_tonne else ""
        return f"A {by} for each year from {first} to {last}{own}, for {version.years} years"
    years = (
        f", for each of {version.years} years"
        if version.basis == "yearly"
        else f", {BASIS_IN_WORDS['one_off']}"
    )
    return f"{pounds(version.price_pence_per_tonne)} a tonne{years}"


def _series(version: PolicyVersion) -> str:
    """The yearly series as it is typed: one year to a line."""
    return "\n".join(
        "; ".join(
            (
                str(each.year),
                "" if each.price_pence_per_tonne is None else f"{each.price_pence_per_tonne / 100:.2f}",
                "" if each.kg_co2e_per_kwh is None else f"{each.kg_co2e_per_kwh:f}",
            )
        )
        for each in version.series
    )


def _told(filled: Filled) -> dict[str, Json | list[dict[str, object]]]:
    """The answers as contributions takes them; what was left empty is left out."""
    given = {name: value for name, value in filled.values.items() if value is not None and name != "series"}
    series = filled.values["series"]
    assert isinstance(series, list)
    return {**{name: as_json(value) for name, value in given.items()}, "series": series}


async def _policy(page: Page, policy_id: UUID) -> Policy:
    return Policy.model_validate(await page.services.contributions.get(f"/price-policies/{policy_id}"))


def _form(page: Page, form: Filled, policy: Policy | None = None, status_code: int = 200) -> Response:
    return show(
        page,
        "officer/pricing/policy_form.html",
        status_code=status_code,
        form=form,
        policy=policy,
        bases=BASES,
        scopes=SCOPES,
        roundings=ROUNDINGS,
    )
