"""Who may open which pages about developers' money."""

from typing import Annotated

from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from shared.web.roles import Role

REGISTER_READERS = (
    Role.OFFICER,
    Role.FUND_MANAGER,
    Role.PAYMENT_REQUESTER,
    Role.PAYMENT_APPROVER,
    Role.AUDITOR,
)
OfficersPage = Annotated[Page, page(Role.OFFICER)]
OfficersForm = Annotated[SentForm, form_page(Role.OFFICER)]
ManagersPage = Annotated[Page, page(Role.FUND_MANAGER)]
ManagersForm = Annotated[SentForm, form_page(Role.FUND_MANAGER)]
RecordersPage = Annotated[Page, page(Role.OFFICER, Role.FUND_MANAGER)]
RecordersForm = Annotated[SentForm, form_page(Role.OFFICER, Role.FUND_MANAGER)]
"""Receipts put right, dates extended: whoever records them or answers for the fund."""
PublishersForm = Annotated[SentForm, form_page(Role.OFFICER, Role.FUND_MANAGER)]
"""What the council publishes."""
WardsPage = Annotated[Page, page(Role.OFFICER, Role.FUND_MANAGER)]
WardsForm = Annotated[SentForm, form_page(Role.OFFICER, Role.FUND_MANAGER)]
RegisterPage = Annotated[Page, page(*REGISTER_READERS)]
"""Agreements, demands, receipts and the books: whoever records, pays or audits them reads them."""
PotsPage = Annotated[Page, page(*REGISTER_READERS, Role.DECISION_MAKER, Role.TEAM)]
"""Pots and grants: whoever works in the fund."""
