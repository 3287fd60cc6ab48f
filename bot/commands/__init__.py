"""The commands of `jiugai`: one module each, with `add(parsers)` for its options and `run(args)` for its work."""
