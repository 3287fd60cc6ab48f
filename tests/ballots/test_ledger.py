import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.ledger import (
    START,
    Broken,
    Entry,
    Head,
    chain,
    commitment,
    compact,
    derived,
    nonce,
    published,
    receipt,
    receipt_mark,
    stamp,
    unstamp,
)
from tests.ballots.kit import OPENS, opened, secret

secrets = st.binary(min_size=32, max_size=32)


def lines(count: int = 4) -> list[bytes]:
    head, found = Head(), []
    for n in range(count):
        line, head = head.append(Entry("works", OPENS + timedelta(seconds=n), secret(n), {"said": f"第{n}次"}))
        found.append(line)
    return found


# ---- the chain -------------------------------------------------------------------------------------------------------


def test_a_line_is_made_as_the_form_lays_down() -> None:
    entry = Entry("cast", OPENS, secret(1), {"seat": 3, "choices": {"menu-13": "for"}}, {"staff": "王科"})
    line, head = Head(6, "ab" * 32).append(entry)
    assert line.decode() == (
        '{"n":7,"prev":"' + "ab" * 32 + '","at":"2026-03-01T01:00:00Z","kind":"cast","seat":3,'
        '"choices":{"menu-13":"for"},"private":{"staff":"' + commitment(secret(1), "staff", "王科") + '"}}'
    )
    assert head == Head(7, hashlib.sha256(line).hexdigest())


def test_a_line_without_private_words_has_no_place_for_them() -> None:
    line, _ = Head().append(Entry("closed", OPENS, secret(1)))
    assert line == f'{{"n":1,"prev":"{"0" * 64}","at":"2026-03-01T01:00:00Z","kind":"closed"}}'.encode()
    assert START == "0" * 64


def test_each_line_holds_the_hash_of_the_one_before() -> None:
    found = lines()
    assert [json.loads(line)["prev"] for line in found] == [
        START,
        *(hashlib.sha256(line).hexdigest() for line in found[:-1]),
    ]
    assert [json.loads(line)["n"] for line in found] == [1, 2, 3, 4]
    assert [*chain(found)] == [json.loads(line) for line in found]


def test_a_line_has_no_line_feed_whatever_stands_in_it() -> None:
    line, _ = Head().append(Entry("void", OPENS, secret(1), {"because": '一\n二\r\u2028"三\\'}))
    assert b"\n" not in line and b"\r" not in line
    assert next(iter(chain([line])))["because"] == '一\n二\r\u2028"三\\'


Damage = Callable[[list[bytes]], list[bytes]]


@pytest.mark.parametrize(
    ("damage", "at"),
    [
        (lambda found: [found[0], found[1].replace("第1次".encode(), "第9次".encode()), *found[2:]], 3),  # changed
        (lambda found: [found[0], *found[2:]], 2),  # dropped
        (lambda found: found[1:], 1),  # cut off before
        (lambda found: [found[0], found[0], *found[1:]], 2),  # doubled
        (lambda found: [found[0], found[2], found[1], found[3]], 2),  # in another order
        (lambda found: [*found, found[-1]], 5),
        (lambda found: [*found, b""], 5),
        (lambda found: [*found[:3], found[3][:-1]], 4),  # the last one torn: it was written only half
        (lambda found: [*found[:3], found[3].replace(b'"works"', b'"works')], 4),
        (lambda found: [*found[:3], found[3].replace(b"Z", b"\xff")], 4),
        (lambda found: [found[0].replace(b'{"n":1', b'{"n":01'), *found[1:]], 1),
        (lambda found: [found[0].replace(b'{"n":1,', b'{"n": 1,'), *found[1:]], 1),
        (lambda found: [found[0] + b" ", *found[1:]], 2),
    ],
)
def test_a_chain_that_is_not_as_it_was_written_is_broken_at_the_line(damage: Damage, at: int) -> None:
    with pytest.raises(Broken) as broken:
        [*chain(damage(lines()))]
    assert broken.value.line == at
    assert str(broken.value).startswith(f"line {at}: ")


def test_what_is_published_is_the_lines_and_their_seal() -> None:
    found = lines()
    head = hashlib.sha256(found[-1]).hexdigest()
    public = [*published(found, Head(4, head))]
    assert public[:-1] == [line + b"\n" for line in found]
    assert public[-1] == b'{"head":"%s","lines":4}\n' % head.encode()
    assert b"".join(public).count(b"\n") == 5


def test_a_broken_chain_is_not_published() -> None:
    found = lines()
    with pytest.raises(Broken) as broken:
        [*published([found[0], found[1] + b" ", *found[2:]], Head(4, hashlib.sha256(found[-1]).hexdigest()))]
    assert broken.value.line == 3


def test_a_chain_that_ends_otherwise_than_it_did_is_not_published() -> None:
    found = lines()
    for damaged in (found[:-1], [*found[:-1], found[-1].replace(b"Z", b"z")]):
        with pytest.raises(Broken):
            [*published(damaged, Head(4, hashlib.sha256(found[-1]).hexdigest()))]


def test_whatever_a_secret_is_it_has_its_length() -> None:
    for length in (0, 16, 31, 33):
        with pytest.raises(ValueError, match="32 bytes"):
            Entry("closed", OPENS, bytes(length))


# ---- times and JSON --------------------------------------------------------------------------------------------------


def test_times_stand_in_utc_and_whole_seconds() -> None:
    beijing = datetime(2026, 3, 1, 9, 0, 5, 999_999, tzinfo=timezone(timedelta(hours=8)))
    assert stamp(beijing) == "2026-03-01T01:00:05Z"
    assert unstamp("2026-03-01T01:00:05Z") == beijing.replace(microsecond=0)
    assert unstamp(stamp(OPENS)) == OPENS and unstamp(stamp(OPENS)).tzinfo is UTC


@pytest.mark.parametrize("bad", ["", "2026-03-01T01:00:05", "2026-03-01 01:00:05Z", "2026-03-01T01:00:05+00:00", "x"])
def test_a_time_of_another_form_is_none(bad: str) -> None:
    with pytest.raises(ValueError, match="match format"):
        unstamp(bad)


def test_json_stands_in_the_order_given_without_spaces_and_in_plain_chinese() -> None:
    assert compact({"b": [1, "二"], "a": {"y": None, "x": True}}) == '{"b":[1,"二"],"a":{"y":null,"x":true}}'.encode()


# ---- secrets ---------------------------------------------------------------------------------------------------------


@given(secrets, st.text(), st.text())
def test_a_commitment_opens_with_its_nonce_and_with_nothing_else(key: bytes, word: str, other: str) -> None:
    if not word.isprintable() or not other.isprintable():
        return
    shown = commitment(key, "name", word)
    assert shown == hashlib.sha256(nonce(key, "name") + word.encode()).hexdigest()
    assert (commitment(key, "name", other) == shown) is (word == other)
    assert commitment(key, "staff", word) != shown != commitment(secret("other"), "name", word)
    assert hashlib.sha256(word.encode()).hexdigest() != shown  # nobody can guess the word from the line alone


def test_a_nonce_has_128_bits_and_is_another_for_each_field_and_entry() -> None:
    found = {nonce(secret(n), name) for n in range(5) for name in ("name", "units", "id")}
    assert len(found) == 15 and {len(one) for one in found} == {16}


def test_what_is_derived_does_not_tell_its_secret() -> None:
    assert len({derived(secret(1), f"place {n}") for n in range(100)} | {secret(1)}) == 101
    assert {len(derived(secret(1), str(n))) for n in range(9)} == {32}


def test_commitments_of_a_ledger_open_with_the_entrys_secret() -> None:
    book = opened()
    for entry, line in zip(book.entries, book.lines, strict=True):
        shown = json.loads(line).get("private", {})
        assert shown == {name: commitment(entry.secret, name, word) for name, word in entry.private.items()}


# ---- receipts --------------------------------------------------------------------------------------------------------


@given(secrets)
def test_a_receipt_is_four_groups_of_letters_that_nobody_mistakes(key: bytes) -> None:
    groups = receipt(key).split("-")
    assert [len(group) for group in groups] == [3, 3, 3, 3]
    assert set("".join(groups)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_receipts_are_as_random_as_their_secrets() -> None:
    found = [receipt(secret(n)).replace("-", "") for n in range(400)]
    assert len({*found}) == 400
    assert all(len({text[place] for text in found}) == 32 for place in range(12))


@given(secrets, st.data())
def test_however_a_receipt_is_typed_it_is_the_same(key: bytes, data: st.DataObject) -> None:
    given_ = receipt(key)
    mark = hashlib.sha256(f"receipt {given_.replace('-', '')}".encode()).hexdigest()
    ways = {"0": "0oO", "1": "1lLiI"}
    typed = "".join(
        data.draw(st.sampled_from(ways.get(char, char + char.lower()))) + data.draw(st.sampled_from(["", "", " ", "-"]))
        for char in given_
    )
    assert receipt_mark(given_) == receipt_mark(typed) == receipt_mark(f"  {given_.lower()}\n") == mark
    wide = typed.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})  # as a Chinese keyboard types it
    assert receipt_mark(wide) == mark


@pytest.mark.parametrize("typed", ["", "QX7-4KD-92M-7T", "QX7-4KD-92M-7TF-1", "QX7-4KD-92M-7TU", "回执QX7-4KD-92M-7TF"])
def test_what_can_be_no_receipt_is_none(typed: str) -> None:
    assert receipt_mark(typed) is None


def test_another_receipt_has_another_mark() -> None:
    assert len({receipt_mark(receipt(secret(n))) for n in range(100)}) == 100
