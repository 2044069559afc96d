"""The questions on finance's pages."""

from services.portal.layout.fields import Day, Text
from services.portal.layout.forms import Form

REQUEST = Form(Day(name="requested_on", label="Date of the request"))
APPROVAL = Form(Day(name="approved_on", label="Date of the approval"))
REFUSAL = Form(
    Text(name="reason", label="Reason", ask="why it is not paid", longest=2000),
    Day(name="refused_on", label="Date of the refusal"),
)
PAID = Form(
    Text(name="voucher", label="Voucher", ask="finance's voucher number", longest=200),
    Day(name="paid_on", label="Date paid"),
)
