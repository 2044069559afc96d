"""Who may read what of the contributions service."""

from shared.web import Role

REGISTER_READERS = (
    Role.OFFICER,
    Role.FUND_MANAGER,
    Role.PAYMENT_REQUESTER,
    Role.PAYMENT_APPROVER,
    Role.AUDITOR,
)
"""Agreements and what they secure, demands, receipts, and the books behind them."""
POT_READERS = (*REGISTER_READERS, Role.DECISION_MAKER, Role.TEAM)
"""Pots and the money of grants: whoever works in the fund."""
