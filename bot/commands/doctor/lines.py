"""How the doctor says what it found: ✓ well, ✗ to be mended, ! to be looked at."""


def tell(good: bool, line: str, mend: str = "") -> bool:
    """Print what a check found, and what to do where it is not well; whether it is."""
    print(f"{'✓' if good else '✗'} {line}" + (f"\n  → {mend}" if mend and not good else ""))
    return good


def point_out(line: str, details: list[str]) -> None:
    """Print something that someone should look at, though nothing is wrong with the set-up."""
    print("\n  ".join([f"! {line}", *details]))
