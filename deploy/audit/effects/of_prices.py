"""Facts about prices, statements, sums and sites, and the rows of contributions that they speak of."""

from __future__ import annotations

from deploy.audit.effects.kept import published

OF_PRICES = (
    published(
        "contributions",
        "price_policy",
        {"policy_id": "policy_id", "version": "version"},
        "policy.recorded.v1",
        "organisation basis scope price_pence_per_tonne years series management_fee_percent minimum_factors "
        "rounding valid_from source source_url",
        name="policy_name",
        house_pence="pence_per_house",
        flat_pence="pence_per_flat",
        dwelling_pence="pence_per_dwelling",
    ),
    published(
        "contributions",
        "energy_statement",
        {"id": "statement_id"},
        "statement.recorded.v1",
        "agreement_id stage reference approved_on houses flats dwellings baseline_t_co2e "
        "domestic_regulated_t_co2e domestic_unregulated_t_co2e non_domestic_regulated_t_co2e "
        "non_domestic_unregulated_t_co2e electricity_kwh first_year",
    ),
    published(
        "contributions",
        "calculation",
        {"id": "calculation_id"},
        "calculation.recorded.v1",
        "agreement_id policy_id policy_version statement_id replaces_id amount_pence due_pence fee_pence",
    ),
    published(
        "contributions",
        "site_progress",
        {"id": "progress_id"},
        "progress.recorded.v1",
        "agreement_id kind happened_on occupied_dwellings consented_dwellings",
    ),
    published(
        "contributions",
        "withdrawn_progress",
        {"progress_id": "progress_id"},
        "progress.withdrawn.v1",
        "reason",
    ),
)
