"""An auditor's sample of the ledger."""
