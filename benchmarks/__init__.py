"""One file per promise; each prints ratios or figures measured in one run and writes JSON."""
