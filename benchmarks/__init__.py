"""Performance as ratios measured in one run: scripts/bench. Absolute times say more of the machine than of the code."""
