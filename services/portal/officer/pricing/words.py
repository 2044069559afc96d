"""The codes of prices, statements and triggers in plain words."""

from collections.abc import Mapping

BASES = (
    ("one_off", "Once for each tonne of the first year", "As in Milton Keynes and Islington"),
    ("yearly", "For each tonne in each of a number of years", "As in London, for 30 years"),
    ("declining", "By year: a price, or a grid factor, that changes", "As in Warwick"),
    ("per_dwelling", "A flat sum for each dwelling", ""),
)
SCOPES = (
    (
        "regulated",
        "Regulated emissions only",
        "Heating, hot water, lighting and ventilation, as building regulations count them",
    ),
    ("total", "All emissions", "Appliances and cooking too"),
)
ROUNDINGS = (
    ("nearest_penny", "To the nearest penny, half a penny up"),
    ("penny_down", "Down to the whole penny"),
    ("nearest_pound", "To the nearest pound, fifty pence up"),
    ("pound_down", "Down to the whole pound"),
)
STAGES = (("as_designed", "As designed"), ("as_built", "As built"))
METHODS = (
    ("fixed", "The deed names one sum", ""),
    ("per_dwelling", "The deed names a sum for each dwelling", "It is multiplied by the consented dwellings"),
    (
        "policy",
        "It is worked out under a price policy",
        "From the approved energy statement, or from its dwellings",
    ),
)
BASIS_IN_WORDS: Mapping[str, str] = {
    "one_off": "once, for each tonne of the first year",
    "yearly": "for each tonne in each year",
    "declining": "by year",
    "per_dwelling": "for each dwelling",
}
