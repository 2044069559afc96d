"""An auditor's sample of the ledger, as a pack to read without a network."""
