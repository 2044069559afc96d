"""What a service is told from outside, by environment variables that begin with OFFSET_FUND_."""

from ipaddress import ip_network
from pathlib import Path
from typing import Self

from limits import parse
from pydantic import AliasChoices, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMONSTRATION_PUBLIC_KEY = "0sylaoN4T9oHXlSc-SW04uEGCyHkMzkzArviaJWo9mg"
"""The public half of a key that everybody knows: only a demonstration may trust it."""


OTLP_ENDPOINT = ("otlp_endpoint", "OFFSET_FUND_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
"""Where OpenTelemetry's collector answers by HTTP; nothing is traced where none of these is set."""


class ServiceSettings(BaseSettings):
    """The settings of every service; a default secret outside a demonstration stops the start."""

    model_config = SettingsConfigDict(env_prefix="OFFSET_FUND_", frozen=True)

    database_url: str = Field(repr=False)
    kafka_bootstrap_servers: str
    port: int
    host: str = "127.0.0.1"
    demonstration: bool = False
    council: str = "demonstration"
    token_public_key: str = DEMONSTRATION_PUBLIC_KEY
    files: Path = Path("files")
    statement_timeout_seconds: int = 10
    log_level: str = "INFO"
    trusted_proxies: str = ""
    """Addresses or networks, with commas: only what these say of a client's address is believed."""
    sign_in_limit: str = "100 per 5 minutes"
    """For one address: a village hall signs in with twenty telephones at once."""
    upload_limit: str = "60 per minute"
    """For one address at the portal, for one person at a service."""
    refusal_limit: str = "60 per minute"
    """How many forbidden attempts of one person, or of all who are not signed in, are written down."""
    metrics_token: str = Field(default="", repr=False)
    otlp_endpoint: str = Field(default="", validation_alias=AliasChoices(*OTLP_ENDPOINT))

    @field_validator("sign_in_limit", "upload_limit", "refusal_limit")
    @classmethod
    def _limit_in_words(cls, value: str) -> str:
        parse(value)
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        for proxy in value.split(",") if value else ():
            ip_network(proxy.strip())
        return value

    @model_validator(mode="after")
    def _refuse_known_keys(self) -> Self:
        if not self.demonstration and self.token_public_key == DEMONSTRATION_PUBLIC_KEY:
            message = (
                "OFFSET_FUND_TOKEN_PUBLIC_KEY is the demonstration's: set a key of your own, "
                "or OFFSET_FUND_DEMONSTRATION=true for a demonstration with invented data."
            )
            raise ValueError(message)
        return self
