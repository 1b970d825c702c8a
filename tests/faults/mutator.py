"""Broken input that follows from a seed and a number, so that each case can be had again."""

import random
from collections.abc import Iterator, Sequence

ODD = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # a lone surrogate
    b"\r\n",
    b"\n",
    b'"',
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{" * 200,
    b"[" * 2000,
    b"null",
    b"-1",
    b"1e999",
    b"NaN",
    b"9" * 400,
    b"18446744073709551616",
    b"-9223372036854775809",
    b"9999-12-31T23:59:59.999Z",
    b"0000-00-00T00:00:00Z",
    b"../../../etc/passwd",
    b"A" * 5000,
    "\u202e\u0000\U0001f4a9".encode(),
    b"true",
    b"''' \"\"\"",
    b"[[folders]]",
)


class Mutator:
    """Changes samples; case `n` of a seed is always the same."""

    def __init__(self, samples: Sequence[bytes], seed: object) -> None:
        self._samples = samples
        self._seed = seed

    def case(self, number: int) -> bytes:
        dice = random.Random(f"{self._seed} {number}")
        data = bytearray(dice.choice(self._samples))
        for _ in range(dice.choice([1, 1, 1, 2, 3, 8])):
            self._change(dice, data)
        return bytes(data)

    def cases(self, first: int, count: int) -> Iterator[tuple[int, bytes]]:
        for number in range(first, first + count):
            yield number, self.case(number)

    def _change(self, dice: random.Random, data: bytearray) -> None:
        at = dice.randint(0, len(data))
        end = min(len(data), at + dice.choice([0, 1, 1, 2, 8, 40]))
        match dice.randrange(8):
            case 0:
                data[at:at] = dice.choice(ODD)
            case 1:
                data[at:end] = dice.choice(ODD)
            case 2:
                del data[at:end]
            case 3:
                data[at:at] = data[at:end] * dice.choice([1, 2, 50])
            case 4:
                data[at:end] = dice.randbytes(end - at)
            case 5:
                del data[at:]
            case 6:
                other = dice.choice(self._samples)
                data[at:] = other[dice.randint(0, len(other)) :]
            case _:
                if data:
                    data[at % len(data)] ^= 1 << dice.randrange(8)
