"""What the portal is told from outside, above what every service is told."""

from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator

from shared.settings import ServiceSettings
from shared.web.tokens import DEMONSTRATION_PRIVATE_KEY

DEMONSTRATION_SESSION_SECRET = "everybody-knows-this-session-secret"  # noqa: S105 - refused outside a demonstration


class PortalSettings(ServiceSettings):
    """Where the four services are, and the secrets of sign-in; known secrets serve a demonstration only."""

    token_private_key: str = Field(default=DEMONSTRATION_PRIVATE_KEY, repr=False)
    session_secret: str = Field(default=DEMONSTRATION_SESSION_SECRET, repr=False, min_length=32)
    contributions_url: str = "http://127.0.0.1:8001"
    applications_url: str = "http://127.0.0.1:8002"
    assessment_url: str = "http://127.0.0.1:8003"
    monitoring_url: str = "http://127.0.0.1:8004"
    council_name: str = "Ouzel Valley City Council"
    contact_email: str = "offset-fund@ouzel-valley.example"
    cookie_secure: bool | None = None
    session_idle_minutes: int = Field(default=60, gt=0)
    session_hours: int = Field(default=12, gt=0)

    @property
    def secure_cookies(self) -> bool:
        """Whether the session's cookie is sent by HTTPS only: so it is, but for a demonstration."""
        return not self.demonstration if self.cookie_secure is None else self.cookie_secure

    @property
    def session_idle(self) -> timedelta:
        """How long a session lives without a request."""
        return timedelta(minutes=self.session_idle_minutes)

    @property
    def session_lifetime(self) -> timedelta:
        """How long a session lives at most."""
        return timedelta(hours=self.session_hours)

    @property
    def service_urls(self) -> dict[str, str]:
        """Where each service of the fund answers."""
        return {
            "contributions": self.contributions_url,
            "applications": self.applications_url,
            "assessment": self.assessment_url,
            "monitoring": self.monitoring_url,
        }

    @model_validator(mode="after")
    def _refuse_known_secrets(self) -> Self:
        known = {
            "OFFSET_FUND_TOKEN_PRIVATE_KEY": self.token_private_key == DEMONSTRATION_PRIVATE_KEY,
            "OFFSET_FUND_SESSION_SECRET": self.session_secret == DEMONSTRATION_SESSION_SECRET,
        }
        if not self.demonstration and any(known.values()):
            names = " and ".join(name for name, is_known in known.items() if is_known)
            message = (
                f"Set {names} to a secret of your own: everybody knows the demonstration's. "
                "Or set OFFSET_FUND_DEMONSTRATION=true for a demonstration with invented data."
            )
            raise ValueError(message)
        return self
