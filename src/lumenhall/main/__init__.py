"""The only place that knows everything: it wires domains, surfaces and platform together."""
