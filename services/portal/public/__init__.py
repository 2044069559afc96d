"""What everybody may see without signing in: the fund, its register and the trace of every pound."""
