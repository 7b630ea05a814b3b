"""Golden texts of tensors, printed by PyTorch.

    python printing.py > core/src/test/resources/golden/printing.txt

A case is a line `== ` with what the tensor is, a line with the elements of its storage, and the text as printed:

    == FLOAT32 2,3 3,1 0 | torch.float32 default | tensor( | 4 1000 3 80 auto | requires_grad=True

names the element type, shape, strides and offset (`-` for none); the dtype and whether it is the default one; the
prefix; precision, threshold, edge items, line width and scientific mode; and further suffixes, joined by ` ; `.
Storage is `bits` and the hexadecimal bits of real numbers or the integers, `x*n` for n equal ones, or
`ramp n a m c d`: element i of n is ((i * a) mod m - c) / d.
"""
import itertools
import struct

import torch
from torch.autograd import forward_ad

NAMES = {
    torch.float32: "FLOAT32", torch.float64: "FLOAT64", torch.int64: "INT64",
    torch.int32: "INT32", torch.uint8: "UINT8", torch.bool: "BOOL",
}
DEFAULTS = dict(precision=4, threshold=1000, edgeitems=3, linewidth=80, sci_mode=None)
nan, inf = float("nan"), float("inf")


def bits(value, dtype):
    if dtype == torch.float32:
        return struct.pack(">f", value).hex()
    if dtype == torch.float64:
        return struct.pack(">d", value).hex()
    return str(int(value))


def integers(values):
    return ",".join(map(str, values)) or "-"


def emit(t, storage=None, suffixes=(), prefix="tensor(", **options):
    chosen = DEFAULTS | options
    torch.set_printoptions(**chosen)
    sci = {None: "auto", True: "on", False: "off"}[chosen["sci_mode"]]
    order = ("precision", "threshold", "edgeitems", "linewidth")
    numbers = " ".join(str(int(min(chosen[k], 2**31 - 1))) for k in order)
    default = "default" if t.dtype == torch.get_default_dtype() else "other"
    if t.grad_fn is not None:
        suffixes = [f"grad_fn=<{type(t.grad_fn).__name__}>", *suffixes]
    elif t.requires_grad:
        suffixes = ["requires_grad=True", *suffixes]
    print("==", NAMES[t.dtype], integers(t.shape), integers(t.stride()), t.storage_offset(),
          "|", t.dtype, default, "|", prefix, "|", numbers, sci, "|", " ; ".join(suffixes))
    if storage is None:
        base = torch.tensor([], dtype=t.dtype).set_(t.detach().untyped_storage())
        runs = [(v, len(list(run))) for v, run in itertools.groupby(bits(v, t.dtype) for v in base.tolist())]
        storage = " ".join(["bits", *(v if n == 1 else f"{v}*{n}" for v, n in runs)])
    print(storage)
    print(t)


def ramp(a, m, c, d, *shape, dtype=torch.float32, **options):
    n = torch.Size(shape).numel()
    t = ((torch.arange(n) * a % m - c).double() / d).to(dtype).reshape(shape)
    emit(t, storage=f"ramp {n} {a} {m} {c} {d}", **options)


def f32(*values, **options):
    emit(torch.tensor(values, dtype=torch.float32), **options)


def f64(*values, **options):
    emit(torch.tensor(values, dtype=torch.float64), **options)


# Vectors of real numbers.
f32(0, 0, 0)
f32(1, 2, 1000)
f32(1, 1001)
f32(1, 1000)
f32(0.5, nan, inf)
f32(nan, 1)
f32(nan, inf, 100)
f32(nan, -inf)
f32(nan, nan, 0)
f32(inf, 0.25, 0)
f32(-inf, 12345.678)
f32(nan, 1e-7, 0)
f32(-0.0, 0.0)
f32(0.0, -0.0, 1.5)
f32(-0.0, 1e-9, 1)
f32(-0.00001, 1, sci_mode=False)
f32(1, 1e6, sci_mode=False)
f32(1, 1e6)
f32(1, 2, 3, sci_mode=True)
f32(0, 0, sci_mode=True)
f32(0, nan, 5, sci_mode=True)
f32(0.125, 0.375, 2.5, -0.125, precision=2)
f32(0.5, 1.5, 2.5, precision=0)
f32(0.3, 0.7, precision=0, sci_mode=True)
f32(1e8, 1e8)
f32(1.00000008e8)
f32(99999.5, 0.0001)
f32(1e-4)
f32(0.9999e-4)
f32(3.4028234e38, 1.4e-45)
f32(123456.789, 200000.5)
f32(0.1, 0.2, 0.3, precision=10)
f32(0.1, 0.2, 0.3, precision=20)
f32(2, 4, 8, precision=7)
f32(0.99999, 0.00009, sci_mode=False)
f32(9.99995, 9.99985)
f32(999.99999, 1)
f32(-1, -2.5, 3.25)
f32(-1, 10, -100)
f32(100, 0.1)
f32(100.00001, 0.1)
f64(1, 2, 3)
f64(0.1, 0.7, -0.3)
f64(1e300, 1e-300)
f64(1e100, 1e100)
f64(5e-324)
f64(1.7976931348623157e308, 1, sci_mode=False)
f64(0.00005, 0.99995, precision=4)
f64(0.00015, 0.00025, precision=4)
f64(2**53 + 2, 1, sci_mode=False)
f64(1e22, 1e23, sci_mode=False)
f64(123456789.123456789, precision=8, sci_mode=False)
f64(0.5, precision=0)
f64(1.25e10, 1.35e10, precision=1)
f64(9.9999999e-5, precision=3)
f64(nan, -0.0, inf, -inf, 2)

# Integers and truth values.
for dtype in (torch.int64, torch.int32):
    emit(torch.tensor([1, 2, 3], dtype=dtype))
    emit(torch.tensor([-1, 20, -300, 0], dtype=dtype))
    emit(torch.tensor([2**31 - 1, -2**31], dtype=dtype))
    emit(torch.tensor(7, dtype=dtype))
emit(torch.tensor([2**63 - 1, -2**63, 0]))
emit(torch.tensor([0, 7, 255], dtype=torch.uint8))
emit(torch.tensor([[0, 200], [3, 4]], dtype=torch.uint8))
emit(torch.tensor([True, False]))
emit(torch.tensor([True, True]))
emit(torch.tensor([[False, False], [True, False]]))
emit(torch.tensor(True))
emit(torch.tensor([3, 4]), sci_mode=True, precision=2)

# Single numbers.
for value in (3.0, 3.5, -0.0, 0.0, nan, inf, -inf, 1e-5, 123456.0, 1e10, -2.25, 27.0):
    emit(torch.tensor(value))
emit(torch.tensor(3.0, dtype=torch.float64))
emit(torch.tensor(3))
emit(torch.tensor(3.0), threshold=0)
emit(torch.tensor(3.0), edgeitems=0)

# Empty.
emit(torch.empty(0))
emit(torch.empty(2, 0))
emit(torch.empty(0, 3, 4))
emit(torch.empty(0, dtype=torch.int64))
emit(torch.empty(0, 2, dtype=torch.bool))
emit(torch.empty(0, dtype=torch.float64))
emit(torch.empty(3, 0, requires_grad=True))
emit(torch.empty(0), edgeitems=0)
emit(torch.empty(2, 0), edgeitems=0)

# More dimensions.
emit(torch.arange(8).reshape(2, 2, 2))
emit(torch.arange(16).reshape(2, 2, 2, 2))
emit(torch.arange(6.0).reshape(2, 3))
emit(torch.arange(6.0).reshape(1, 1, 1, 2, 3))
emit(torch.tensor([[1.5, -2.25], [1000.125, 4]]))
emit(torch.tensor([[27.0, 27], [27, 27]]))
emit(torch.ones(3, 1))
emit(torch.ones(1, 3, dtype=torch.float64))
emit(torch.tensor([[[1.5]]]))
emit(torch.tensor([[0.1, 0.2], [0.3, 0.4]]), prefix="tensor(")

# Long lines.
ramp(0, 1, 0, 1, 100)
ramp(0, 1, -1, 1, 100)
ramp(7, 1000, 500, 8, 100)
ramp(7, 1000, 500, 8, 18)
ramp(7, 1000, 500, 8, 3, 20)
ramp(7, 1000, 500, 8, 2, 2, 11)
ramp(7, 1000, 500, 7, 30, sci_mode=True)
ramp(1, 100, 50, 1, 60, dtype=torch.int64)
ramp(1, 2, 0, 1, 40, dtype=torch.bool)
ramp(0, 1, 0, 1, 2, 9, dtype=torch.float64)
ramp(3, 11, 5, 3, 25, linewidth=40)
ramp(3, 11, 5, 3, 5, linewidth=10)
ramp(3, 11, 5, 3, 2, 3, linewidth=0)
ramp(3, 11, 5, 3, 4, 30, linewidth=200)
for n in (7, 8, 9, 16, 17):
    ramp(3, 11, 5, 3, n)
for n in (22, 23, 24, 25, 48, 49):
    ramp(1, 10, 0, 1, n, dtype=torch.int64)

# Summaries.
ramp(1, 2000, 0, 1, 1000, dtype=torch.int64, threshold=999)
ramp(1, 2000, 0, 1, 1001, dtype=torch.int64)
ramp(1, 2000, 0, 1, 1001)
ramp(0, 1, 0, 1, 50, 50)
ramp(7, 1000, 500, 8, 50, 50)
ramp(7, 1000, 500, 8, 2, 600)
ramp(7, 1000, 500, 8, 600, 2)
ramp(7, 1000, 500, 8, 6, 200)
ramp(7, 1000, 500, 8, 7, 200)
ramp(7, 1000, 500, 8, 10, 11, 12)
ramp(7, 1000, 500, 8, 2, 11, 3, 20)
ramp(7, 1000, 500, 8, 8, 8, 8, 8, dtype=torch.float64)
ramp(7, 300, 150, 1, 50, 50, dtype=torch.int32)
ramp(1, 2, 0, 1, 40, 40, dtype=torch.bool)
ramp(1, 251, 0, 1, 40, 40, dtype=torch.uint8)
ramp(7, 1000, 500, 8, 20, threshold=5)
ramp(7, 1000, 500, 8, 6, threshold=5)
ramp(7, 1000, 500, 8, 7, threshold=5)
ramp(7, 1000, 500, 8, 5, 5, threshold=5, edgeitems=1)
ramp(7, 1000, 500, 8, 5, 5, threshold=5, edgeitems=2)
ramp(7, 1000, 500, 8, 30, 30, precision=2, edgeitems=2)
ramp(7, 1000, 500, 8, 40, 40, edgeitems=0)
ramp(7, 1000, 500, 8, 2000, edgeitems=0)
ramp(7, 1000, 500, 8, 4, edgeitems=0)
ramp(7, 1000, 500, 8, 2, 3, edgeitems=0)
ramp(1, 2000, 0, 1, 1200, dtype=torch.int32, edgeitems=0)
ramp(7, 1000, 500, 8, 1200, edgeitems=12)
ramp(7, 1000, 500, 8, 40, 40, edgeitems=12)
ramp(7, 1000, 500, 8, 3, 3, threshold=0)
ramp(1, 10, 0, 1, 300, threshold=10, edgeitems=40)
ramp(7, 1000, 500, 8, 1100, threshold=inf)
large = torch.full((1100,), 1e9)
large[:3] = 1
large[-3:] = 0.5
emit(large)
hidden = torch.ones(40, 40)
hidden[20, 20] = 0.123
emit(hidden, storage=None)

# Strided and expanded views.
base = torch.arange(12.0).reshape(3, 4)
emit(base.t())
emit(base[1:, ::2])
emit(base[1])
emit(base[2, 3])
emit(torch.tensor([1.5, 2.5]).expand(3, 2))
emit(torch.tensor(2.0).expand(2, 3))
emit(torch.tensor([[1], [2]], dtype=torch.int32).expand(2, 4))
emit(torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1))
emit(torch.tensor(0.25).expand(5000))
emit(torch.arange(40.0).expand(40, 40))

# Suffixes, on the line and on the next.
x = torch.tensor([1.0, 2.0], requires_grad=True)
emit(x)
emit(x * 2)
emit((x * 2).sum())
emit(x.double() * 2)
emit(torch.zeros(2, 9, dtype=torch.float64, requires_grad=True) * 1)
emit(torch.zeros(3, 3, requires_grad=True))
emit(torch.tensor(27.0, requires_grad=True).mean())
for n in range(8, 30):
    emit(torch.zeros(n, requires_grad=True))
for n in range(14, 22):
    emit(torch.zeros(n, dtype=torch.float64))
for n in range(6, 12):
    emit(torch.zeros(2, n, dtype=torch.float64, requires_grad=True) * 2)
emit(torch.full((3, 8), 0.5, requires_grad=True).exp())
emit(torch.full((9,), 0.5, requires_grad=True).log_softmax(0))
ramp(7, 1000, 500, 8, 40, 40, dtype=torch.float64)
emit(torch.empty(2, 0, dtype=torch.float64, requires_grad=True) * 1)
emit(torch.zeros(4, dtype=torch.float64, requires_grad=True), linewidth=20)
emit(torch.zeros(4, dtype=torch.float64, requires_grad=True), linewidth=50)

# Another default dtype, another class, forward mode.
torch.set_default_dtype(torch.float64)
f64(1, 2.5)
f32(1, 2.5)
emit(torch.empty(0, dtype=torch.float32))
emit(torch.empty(0))
emit(torch.empty(0, dtype=torch.int64))
torch.set_default_dtype(torch.float32)


class Named(torch.Tensor):
    pass


emit(torch.arange(20.0).reshape(2, 10).as_subclass(Named), prefix="Named(")
emit(torch.arange(3, dtype=torch.int32).as_subclass(Named), prefix="Named(")
with forward_ad.dual_level():
    pairs = ((torch.tensor([1.0, 4.0]), torch.tensor([2.0, 4.0])), (torch.ones(2, 2), torch.ones(2, 2) / 3),
             (torch.tensor(2.0), torch.tensor(0.5)), (torch.zeros(12), torch.zeros(12)))
    for primal, tangent in pairs:
        emit(forward_ad.make_dual(primal, tangent), suffixes=[f"tangent={tangent}".replace("\n", "\\n")])

# Random numbers of many magnitudes.
generator = torch.Generator().manual_seed(0)
for scale in (1e-9, 1e-5, 1e-3, 0.1, 1, 30, 999, 1e4, 1e6, 1e9, 1e20):
    for dtype in (torch.float32, torch.float64):
        emit(torch.randn(2, 5, generator=generator, dtype=dtype) * scale)
for scale in (1e-4, 1, 1e3):
    emit(torch.randn(2, 3, 4, generator=generator).exp() * scale)
    emit(torch.randn(9, generator=generator).round() * scale)
    emit(torch.randn(6, generator=generator), precision=6)
    emit(torch.randn(6, generator=generator) * scale, precision=1, sci_mode=False)
    emit(torch.randn(6, generator=generator, dtype=torch.float64) * scale, precision=12, sci_mode=True)
