"""Agreements through their life: finding, correcting, varying, their history, payees and wards."""
