"""The published interfaces as pages: the events of the fund, and what each service answers over HTTP."""
