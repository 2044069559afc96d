"""Published indices and banks' base rates, which the fund manager keeps."""
