"""What a tonne or a dwelling costs under which policy, and how a clause's sum is worked out from it."""
