"""The benchmarks: each figure beside a baseline of the same run, since machines differ and ratios less so."""
