"""Runs the whole fund on one machine: real PostgreSQL, real Kafka and the five services."""
