"""A seeded campaign of faults over the whole running system, under a load of real commands.

python -m tests.faults --count 1000 --seed 1     # every kind, some at once, audited after each burst
python -m tests.faults --count 20 --only wipe_kafka
python -m tests.faults --plant mark_before_send  # ends well where the planted bug is found
"""
