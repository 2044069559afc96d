"""The questions on the pages of refunds."""

from services.portal.layout.fields import Day, Money, Text
from services.portal.layout.forms import Form

REQUEST = Form(
    Money(name="amount_pence", label="Amount to refund"),
    Text(name="payee", label="Payee", ask="the payee that the deed names"),
    Text(name="payee_reference", label="Payee's reference", required=False),
    Text(name="reason", label="Reason", ask="why the money goes back", longest=2000),
    Day(name="requested_on", label="Date of the request"),
)
APPROVAL = Form(Day(name="approved_on", label="Date of the approval"))
REFUSAL = Form(
    Text(name="reason", label="Reason", ask="why the refund is refused", longest=2000),
    Day(name="refused_on", label="Date of the refusal"),
)
RETURNED = Form(
    Text(name="voucher", label="Voucher", ask="finance's voucher number", longest=200),
    Day(name="returned_on", label="Date returned"),
)
