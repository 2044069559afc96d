"""The trace shows every penny and every kilogram, both ways."""

from decimal import Decimal

from tests.support import events as told
from tests.support.one_grant import FIRST_SHARE, SECOND_POT, SECOND_SHARE, SHARES, by_owner, whole_life
from tests.support.portal import PortalUnderTest, words

POT = f"/api/trace/pots/{told.POT_ID}"
PROJECT = f"/api/trace/projects/{told.APPLICATION_ID}"


async def test_a_pot_is_followed_to_its_grants_payments_measures_and_kilograms(
    portal: PortalUnderTest,
) -> None:
    await portal.give(*whole_life())

    trace = await portal.get(POT)

    assert trace["agreement"]["planning_application"] == "P2018/2269/FUL"
    assert trace["obligation"]["trigger_met_on"] == "2019-05-01"
    demand = trace["obligation"]["demand"]
    assert (demand["reference"], demand["demanded_pence"]) == ("D2019-0002", 88_596_00)
    assert trace["pot"]["received_pence"] == 88_596_00
    assert trace["pot"]["paid_pence"] == FIRST_SHARE
    assert trace["pot"]["available_pence"] == 88_596_00 - FIRST_SHARE
    (grant,) = trace["grants"]
    assert grant["grant"]["status"] == "Works completed"
    assert grant["share"]["granted_pence"] == FIRST_SHARE
    (payment,) = grant["payments"]
    assert (payment["amount_pence"], payment["payment_pence"]) == (FIRST_SHARE, 30_000_00)
    assert payment["voucher"] == "V-000123"
    assert [measure["kind"] for measure in grant["measures"]] == ["insulation"]
    assert [one["saving"]["distinguishable"] for one in grant["savings"]] == [True, False]


async def test_the_kilograms_of_all_pots_add_up_to_what_was_verified(portal: PortalUnderTest) -> None:
    await portal.give(*whole_life())

    traces = [await portal.get(f"/api/trace/pots/{pot_id}") for pot_id in (told.POT_ID, SECOND_POT)]

    def attributed(number: int) -> Decimal:
        return sum(
            (Decimal(trace["grants"][0]["savings"][number]["attributed_kg_co2e"]) for trace in traces),
            Decimal(),
        )

    assert attributed(0) == Decimal("2014.76")
    assert attributed(1) == Decimal("100.0001")
    assert Decimal(traces[0]["attributed_promise_kg_co2e"]) + Decimal(
        traces[1]["attributed_promise_kg_co2e"]
    ) == Decimal("2206.20")


async def test_a_project_is_followed_back_to_the_clause_of_the_deed(portal: PortalUnderTest) -> None:
    await portal.give(*whole_life())

    trace = await portal.get(PROJECT)

    assert {source["share"]["pot_id"]: source["share"]["paid_pence"] for source in trace["sources"]} == {
        str(told.POT_ID): FIRST_SHARE,
        str(SECOND_POT): SECOND_SHARE,
    }
    for source in trace["sources"]:
        assert source["agreement"]["reference"] == "P2018/2269/FUL-da"
        assert source["obligation"]["reference"] == "P2018/2269/FUL-COCM"
    assert trace["boundary"]["complete"] is True
    (claim,) = trace["claims"]
    assert (claim["claimed_pence"], claim["verified_pence"], claim["paid_pence"]) == (30_000_00,) * 3


async def test_a_saving_that_cannot_be_told_from_no_change_is_said_to_be_so(portal: PortalUnderTest) -> None:
    await portal.give(*whole_life())

    trace = await portal.get(PROJECT)

    assert [saving["said"].partition(":")[0] for saving in trace["savings"]] == [
        "A real saving",
        "Not distinguishable from no change",
    ]


async def test_a_saving_measured_with_generated_temperatures_says_so_wherever_it_is_shown(
    portal: PortalUnderTest,
) -> None:
    await portal.give(*whole_life())
    await portal.give(told.savings_verified(saving_id=told.an_id("generated"), temperatures_generated=True))

    project, pot = await portal.get(PROJECT), await portal.get(POT)
    pages = [await portal.browser().read(path.removeprefix("/api")) for path in (PROJECT, POT)]

    assert [one["temperatures_generated"] for one in project["savings"]].count(True) == 1
    assert [one["saving"]["temperatures_generated"] for one in pot["grants"][0]["savings"]].count(True) == 1
    assert all(page.count("The temperatures are generated for the demonstration.") == 1 for page in pages)


async def test_reserved_money_becomes_committed_then_paid_and_the_pot_always_adds_up(
    portal: PortalUnderTest,
) -> None:
    steps = {
        "reserved": told.funds_reserved(shares=SHARES),
        "committed": told.funds_committed(shares=SHARES),
        "paid": told.payment_made(shares=SHARES),
    }
    await portal.give(*by_owner()["contributions"][:5])

    for name, event in steps.items():
        await portal.give(event)

        pot = (await portal.get(POT))["pot"]
        parts = {part: pot[f"{part}_pence"] for part in ("available", "reserved", "committed", "paid")}
        assert parts == {
            "available": 88_596_00 - FIRST_SHARE,
            "reserved": 0,
            "committed": 0,
            "paid": 0,
            name: FIRST_SHARE,
        }


async def test_a_declined_offer_gives_the_money_back_to_the_same_pots(portal: PortalUnderTest) -> None:
    await portal.give(
        *by_owner()["contributions"][:5],
        told.submitted(),
        told.awarded(),
        told.funds_reserved(shares=SHARES),
        told.offer_made(),
        told.offer_declined(),
        told.funds_released(shares=SHARES),
    )

    trace = await portal.get(POT)

    assert trace["pot"]["available_pence"] == 88_596_00
    assert trace["grants"][0]["share"]["granted_pence"] == 0
    assert trace["grants"][0]["grant"]["status"] == "Offer declined"
    page = await portal.browser().read(POT.removeprefix("/api"))
    assert "What was reserved for this grant went back to the pot." in page
    assert "of a grant of £0.00" not in page


async def test_an_award_that_the_pots_cannot_bear_says_what_is_lacking(portal: PortalUnderTest) -> None:
    await portal.give(told.submitted(), told.awarded(), told.funds_refused())

    trace = await portal.get(PROJECT)

    assert trace["grant"]["status"] == "Awarded, but the pots lack £10,000.00"


async def test_an_application_without_an_award_is_not_in_the_register(portal: PortalUnderTest) -> None:
    await portal.give(told.submitted(), told.screened(), told.declined())

    problem = await portal.refused(404, "GET", PROJECT, None)

    assert problem["code"] == "grant.not_found"
    assert (await portal.get("/api/register"))["lines"] == []


async def test_the_totals_of_the_fund_keep_the_bases_of_measurement_apart(portal: PortalUnderTest) -> None:
    await portal.give(*whole_life())
    await portal.give(told.savings_verified(saving_id=told.an_id("modelled"), basis="modelled"))

    fund = await portal.get("/api/fund")

    assert fund["received_pence"] == 88_596_00 + 9_999_99
    assert fund["paid_pence"] == 30_000_00
    assert fund["received_pence"] == sum(
        fund[f"{part}_pence"] for part in ("available", "reserved", "committed", "paid")
    )
    assert fund["promised_kg_co2e"] == "2206.20"
    assert [
        (one["basis"], one["saved_kg_co2e"], one["distinguishable_kg_co2e"]) for one in fund["verified"]
    ] == [
        ("metered, weather-normalised", "2114.7601", "2014.76"),
        ("modelled", "2014.76", "2014.76"),
    ]


async def test_the_register_finds_a_grant_by_a_word_of_its_building(portal: PortalUnderTest) -> None:
    await portal.give(*whole_life())

    found = await portal.get("/api/register?search=street community HALL")
    other = await portal.get("/api/register?search=swimming pool")

    assert [line["grant"]["reference"] for line in found["lines"]] == ["COF-2019-0001"]
    assert found["lines"][0]["measured"][0]["saved_kg_co2e"] == "2114.7601"
    assert other["lines"] == []


async def test_the_books_hold_every_pot_and_grant(portal: PortalUnderTest) -> None:
    await portal.give(*whole_life())

    books = await portal.get("/api/books")

    assert len(books["pots"]) == 2
    (grant,) = books["grants"]
    assert sum(share["paid_pence"] for share in grant["shares"]) == grant["grant"]["paid_pence"] == 30_000_00
    assert len(grant["payments"]) == 2
    assert len(grant["savings"]) == 2


async def test_a_pot_that_is_not_there_is_said_so_to_programs(portal: PortalUnderTest) -> None:
    problem = await portal.refused(404, "GET", f"/api/trace/pots/{told.an_id('none')}", None)

    assert problem["code"] == "pot.not_found"


async def test_a_varied_deed_shows_the_version_in_force_and_links_both_deeds(portal: PortalUnderTest) -> None:
    varied = told.agreement_varied(developer="Yard Ltd", document_url="https://planning.example/deed.pdf")
    await portal.give(*whole_life(), varied, told.obligation_varied())

    trace = await portal.get(POT)
    page = words(await portal.browser().open(POT.removeprefix("/api")))

    assert trace["obligation"]["spend_by_months"] == 120
    assert [each["varied_on"] for each in trace["agreement"]["variations"]] == ["2022-05-03"]
    assert "with Yard Ltd" in page
    assert "Varied by a deed of 3 May 2022: The sum may be spent within ten years instead of five." in page
    assert "Read the agreement" in page
    assert "Read the deed of variation" in page
