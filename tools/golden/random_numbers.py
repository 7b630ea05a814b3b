"""Golden random numbers: every distribution of PyTorch's CPU generator, alone and interleaved.

    python random_numbers.py > core/src/test/resources/golden/random.csv

Columns: op, type, size, a, b, values. A line `seed` starts a run; the lines after it draw from the same generator.
Values are integers in decimal and real numbers as the hexadecimal bits of their type, of the last 24 elements.
`state` gives the CRC-32 of the generator's 5056 bytes, without the padding.
"""
import struct
import zlib

import torch

TYPES = {
    "FLOAT32": torch.float32, "FLOAT64": torch.float64, "INT64": torch.int64,
    "INT32": torch.int32, "UINT8": torch.uint8, "BOOL": torch.bool,
}
KEPT = 24


def bits(value, kind):
    if kind == "FLOAT32":
        return struct.pack(">f", value).hex()
    if kind == "FLOAT64":
        return struct.pack(">d", value).hex()
    return str(int(value))


def row(op, kind="", size="", a="", b="", values=()):
    print(op, kind, size, a, b, " ".join(bits(v, kind) for v in list(values)[-KEPT:]), sep=",")


def seed(value):
    torch.manual_seed(value)
    row("seed", a=value)


def draw(op, kind, size, a="", b=""):
    out = torch.empty(size, dtype=TYPES[kind])
    if op == "uniform":
        out.uniform_(a, b)
    elif op == "normal":
        out.normal_(a, b)
    elif op == "randint":
        out = torch.randint(a, b, (size,), dtype=TYPES[kind])
    elif op == "randperm":
        out = torch.randperm(size, dtype=TYPES[kind])
    elif op == "bernoulli":
        # A float64 tensor of probabilities, for a scalar is drawn by MKL on some processors.
        out.bernoulli_(torch.full((size,), a, dtype=torch.float64))
    elif op == "bernoulli32":
        out.bernoulli_(torch.full((size,), a, dtype=torch.float32))
    elif op == "exponential":
        out.exponential_(a)
    row(op, kind, size, a, b, out.tolist())


def state():
    data = bytearray(torch.get_rng_state().tolist())
    for gap in (range(5016, 5024), range(5032, 5040), range(5044, 5056)):
        for i in gap:
            data[i] = 0
    print("state", "", "", "", "", zlib.crc32(bytes(data)), sep=",")


for s in (0, 42, -1, 2**40 + 7):
    seed(s)
    state()
    draw("uniform", "FLOAT32", 5, 0, 1)
    state()
    draw("uniform", "FLOAT64", 5, 0, 1)
    draw("normal", "FLOAT32", 3, 0, 1)
    state()
    draw("normal", "FLOAT64", 2, 0, 1)
    draw("randint", "INT64", 4, 0, 10)
    draw("normal", "FLOAT64", 17, 0, 1)
    draw("normal", "FLOAT32", 16, 0, 1)
    draw("normal", "FLOAT32", 1, 0, 1)
    draw("randperm", "INT64", 10)
    draw("normal", "FLOAT32", 1, 0, 1)
    draw("exponential", "FLOAT32", 5, 1.5)
    draw("bernoulli", "FLOAT32", 24, 0.3)
    draw("uniform", "FLOAT32", 1000, -2, 3)
    draw("normal", "FLOAT32", 1000, 0, 1)
    draw("normal", "FLOAT64", 1000, 1, 2)
    draw("randperm", "INT64", 1000)
    state()

for s in (0, 42):
    for kind in ("FLOAT32", "FLOAT64"):
        for op in ("uniform", "normal"):
            seed(s)
            for n in (*range(1, 41), 100):
                draw(op, kind, n, 0, 1)
            state()

seed(7)
for kind in ("FLOAT32", "FLOAT64"):
    for a, b in ((-1, 1), (0.1, 0.7), (-1e-3, 1e3), (5, 5), (1 - 2**-20, 1)):
        draw("uniform", kind, 48, a, b)
    for a, b in ((0, 0.02), (-3.7, 1.3), (100, 0)):
        draw("normal", kind, 7, a, b)
        draw("normal", kind, 40, a, b)
    for a in (0.25, 1, 31.7):
        draw("exponential", kind, 24, a)

seed(8)
for kind in TYPES:
    draw("randint", kind, 24, 0, 2)
    draw("randint", kind, 0, 0, 2)
    if kind != "BOOL":
        draw("randint", kind, 24, 3, 251)
        draw("randperm", kind, 24)
    if kind not in ("BOOL", "UINT8"):
        draw("randint", kind, 24, -1000, 1000)
        for high in (2**28 - 1, 2**28, 2**31 - 1):
            draw("randint", kind, 12, 0, high)
        draw("randint", kind, 12, -2**31, 2**31 - 1)
    if kind not in ("BOOL", "UINT8", "INT32"):
        for high in (2**32 - 1, 2**32, 2**32 + 1, 10**15, 2**62):
            draw("randint", kind, 12, 0, high)
        draw("randint", kind, 12, -2**62 - 5, 2**62 + 11)
        draw("randint", kind, 12, 2**24 + 1, 2**24 + 30)
        draw("randint", kind, 12, -2**27 + 2, -2**26 + 3)
    if kind == "INT64":  # Rounded to a real type, this bound overflows, and the outcome depends on the processor.
        draw("randint", kind, 12, -5, 2**63 - 1)
    draw("bernoulli", kind, 24, 0.5)
    draw("bernoulli32", kind, 24, 0.3)
for p in (0, 1, 0.999):
    draw("bernoulli", "FLOAT32", 24, p)
for n in (0, 1, 2, 3, 100, 60000):
    draw("randperm", "INT64", n)
state()
