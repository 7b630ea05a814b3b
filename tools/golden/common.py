"""What the golden scripts share: sample tensors, running one case in PyTorch, and the text format (see README.md)."""

import gzip
import sys
import warnings
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

ROOT = Path(__file__).resolve().parents[2]
OPS = ROOT / "core/src/test/resources/golden/ops"

DTYPES = {
    "f4": torch.float32, "f8": torch.float64, "i8": torch.int64,
    "i4": torch.int32, "u1": torch.uint8, "b1": torch.bool,
}
INF, NAN = float("inf"), float("nan")


class Spec:
    """A tensor to be: dtype, shape, and either its values or the interval to draw them from."""

    def __init__(self, dtype, shape, lo=None, hi=None, values=None, layout="c", grad=True):
        self.dtype, self.shape, self.layout = DTYPES[dtype], tuple(shape), layout
        self.lo, self.hi, self.values = lo, hi, values
        self.grad = grad and self.dtype.is_floating_point

    def draw(self, rng):
        n = int(np.prod(self.shape, dtype=np.int64))
        if self.values is not None:
            data = torch.tensor(self.values, dtype=self.dtype).reshape(self.shape)
        elif self.dtype == torch.bool:
            data = torch.from_numpy(rng.integers(0, 2, n).astype(bool)).reshape(self.shape)
        elif not self.dtype.is_floating_point:
            lo = self.lo if self.lo is not None else (0 if self.dtype == torch.uint8 else -4)
            hi = self.hi if self.hi is not None else 9
            data = torch.from_numpy(rng.integers(lo, hi, n)).to(self.dtype).reshape(self.shape)
        else:
            data = torch.from_numpy(distinct(rng, n, self.lo, self.hi)).to(self.dtype).reshape(self.shape)
        data = laid_out(data, self.layout)
        return data.requires_grad_(self.grad)


def distinct(rng, n, lo, hi):
    """n different numbers of three decimals between lo and hi, none closer than 0.02 to a multiple of a half."""
    lo, hi = -2.0 if lo is None else lo, 2.0 if hi is None else hi
    seen = []
    while len(seen) < n:
        x = round(float(rng.uniform(lo, hi)), 3)
        if x not in seen and abs(x * 2 - round(x * 2)) > 0.04:
            seen.append(x)
    return np.array(seen, dtype=np.float64)


def laid_out(data, layout):
    """The same values in another memory order: c row-major, t last two dims swapped, s every second element."""
    if layout == "t":
        return data.mT.contiguous().mT
    if layout == "s":
        wide = torch.full((*data.shape[:-1], 2 * data.shape[-1]), 99, dtype=torch.float64).to(data.dtype)
        stepped = wide[..., ::2]
        stepped.copy_(data)
        return stepped
    return data.clone()


def f8(*shape, lo=None, hi=None, layout="c", grad=True): return Spec("f8", shape, lo, hi, None, layout, grad)
def f4(*shape, lo=None, hi=None, layout="c", grad=True): return Spec("f4", shape, lo, hi, None, layout, grad)
def i8(*shape, lo=None, hi=None, layout="c"): return Spec("i8", shape, lo, hi, None, layout)
def i4(*shape, lo=None, hi=None): return Spec("i4", shape, lo, hi)
def u1(*shape, lo=None, hi=None): return Spec("u1", shape, lo, hi)
def b1(*shape): return Spec("b1", shape)


def of(dtype, values, layout="c", grad=True):
    """A tensor of exactly these (nested) values."""
    return Spec(dtype, np.shape(values), values=values, layout=layout, grad=grad)


# words of messages that tell of a missing kernel or derivative, not of a wrong argument
ABSENT = ("not implemented", "not yet implemented", "unsupported", "ZeroDivisionError", "invalid gradient",
          "does not support", "not supported for")


class Refused(Exception):
    """PyTorch raised an error for these inputs; the message is its first line."""


class Family:
    """One output file: the cases of one family of operations."""

    numbers = Counter()
    expressions = {}
    refused = []
    left_out = []

    def __init__(self, name, strides=False):
        self.name, self.strides, self.lines, self.count = name, strides, [], 0

    def case(self, key, expression, *specs, optional=False, second=True):
        """Runs expression over the inputs a, b, c, d and writes what PyTorch answers.

        Where `optional`, a sample that PyTorch refuses becomes a case of what is refused.
        """
        known = Family.expressions.setdefault(key, expression)
        assert known == expression, f"{key}: {known} is not {expression}"
        assert " " not in key and "\t" not in key, key
        number = Family.numbers[key]
        rng = np.random.default_rng([zlib.crc32(key.encode()), number])
        inputs = [s.draw(rng) for s in specs]
        try:
            lines = record(key, number, expression, inputs, rng, self.strides, second)
        except Refused as error:
            if not optional:
                raise
            self.refuse(key, number, inputs, str(error))
            return
        Family.numbers[key] += 1
        self.count += 1
        self.lines += lines

    def several(self, key, expression, *samples):
        """A case for each sample: a tensor, a tuple of tensors, or a list of such."""
        for sample in samples:
            if isinstance(sample, list):
                self.several(key, expression, *sample)
            else:
                self.case(key, expression, *(sample if isinstance(sample, tuple) else (sample,)), optional=True)

    def refuse(self, key, number, inputs, reason):
        """Keeps what PyTorch refuses on principle; a kernel that it happens not to have is only told."""
        integers_only = "bitwise" in key and ("'Float'" in reason or "'Double'" in reason)
        if not integers_only and any(word in reason for word in ABSENT):
            Family.left_out.append((key, [(str(x.dtype), list(x.shape)) for x in inputs], reason))
            return
        Family.numbers[key] += 1
        Family.refused += [f"case {key} {number}", *(f"in {text(x, flags(x))}" for x in inputs), "error"]

    def write(self):
        write_text(OPS / f"{self.name}.txt", "\n".join(self.lines) + "\n")
        print(f"{self.name}: {self.count} cases")


def run(expression, inputs):
    names = dict(zip("abcd", inputs))
    result = eval(expression, {"torch": torch, "F": F, "INF": INF, "NAN": NAN, "inputs": inputs, **names})
    return list(result) if isinstance(result, (tuple, list)) else [result]


def record(key, number, expression, inputs, rng, with_strides, second):
    before = [x.detach().clone() for x in inputs]
    outputs = asked(lambda: run(expression, inputs))
    for x, b in zip(inputs, before):
        assert torch.equal(x.detach().nan_to_num(), b.nan_to_num()), f"{key} changes its input"
    wanted = [x for x in inputs if x.requires_grad]
    roots = [y for y in outputs if y.requires_grad]
    gradients = []
    if roots:
        second = second and all(x.dtype == torch.float64 for x in wanted)
        gradients_out = [cotangent(y, rng).requires_grad_(second) for y in roots]
        try:
            gradients = asked(lambda: torch.autograd.grad(
                roots, wanted, gradients_out, create_graph=second, allow_unused=True))
        except Refused as error:
            if "not implemented" not in str(error):
                raise
            return record(key, number, expression, [x.detach() for x in inputs], rng, with_strides, second)
    lines = [f"case {key} {number}"]
    lines += [f"in {text(x, flags(x))}" for x in inputs]
    lines += [f"out {text(y)}" for y in outputs]
    if with_strides:
        lines += ["st " + " ".join(bracketed(y.stride()) for y in outputs)]
    if outputs[0].grad_fn is not None:
        lines.append(f"fn {type(outputs[0].grad_fn).__name__}")
    if not roots:
        return lines
    lines += aligned("go", outputs, roots, gradients_out)
    lines += aligned("gi", inputs, wanted, gradients)
    used = [(g, cotangent(g, rng)) for g in gradients if g is not None and g.requires_grad]
    if second and used:
        try:
            seconds = asked(lambda: torch.autograd.grad(
                [g for g, _ in used], wanted + gradients_out, [v for _, v in used], allow_unused=True))
        except Refused as error:
            if "not implemented" not in str(error):
                raise
            return lines
        directions = iter(v for _, v in used)
        tangents = [next(directions) if g is not None and g.requires_grad else None for g in gradients]
        lines += aligned("dir", inputs, wanted, tangents)
        lines += aligned("gg", inputs, wanted, seconds[:len(wanted)])
        lines += aligned("gv", outputs, roots, seconds[len(wanted):])
    return lines


def asked(question):
    """PyTorch's answer, without its warnings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return question()
    except (RuntimeError, IndexError, ValueError) as error:
        raise Refused(" ".join(str(error).strip().splitlines()[0].split())[:160]) from error


def cotangent(like, rng):
    n = like.numel()
    return torch.from_numpy(distinct(rng, n, -1.5, 1.5)).to(like.dtype).reshape(like.shape)


def aligned(word, slots, owners, values):
    """One line per slot: the value of the owner that it is, `-` where it is none or has no value."""
    found = {id(o): v for o, v in zip(owners, values)}
    return [f"{word} {'-' if found.get(id(s)) is None else text(found[id(s)])}" for s in slots]


def flags(x):
    layout = ""
    if x.numel() > 1 and not x.is_contiguous():
        layout = "s" if x.stride(-1) == 2 and x.stride() == stepped_strides(x.shape) else "t"
    return ("g" if x.requires_grad else "") + layout or "."


def stepped_strides(shape):
    return tuple(2 * s for s in torch.empty(shape).stride()[:-1]) + (2,)


def bracketed(numbers):
    return "[" + ",".join(str(int(n)) for n in numbers) + "]"


def text(x, marks="."):
    name = str(x.dtype).removeprefix("torch.")
    flat = x.detach().reshape(-1).numpy(force=True)
    return " ".join([name, bracketed(x.shape), marks, *(number(v) for v in flat)])


def number(v):
    """Shortest decimal that gives back the same bits in v's own precision."""
    if isinstance(v, np.bool_):
        return "1" if v else "0"
    if isinstance(v, np.integer):
        return str(int(v))
    if np.isnan(v):
        return "nan"
    if np.isinf(v):
        return "inf" if v > 0 else "-inf"
    if v == np.trunc(v) and abs(v) < 1e6:
        return ("-" if np.signbit(v) else "") + str(abs(int(v)))
    plain = np.format_float_positional(v, unique=True, trim="-")
    exponent = np.format_float_scientific(v, unique=True, trim="-", exp_digits=1).replace("e+", "e")
    return plain if len(plain) <= len(exponent) else exponent


def write_text(path, content, limit=100_000):
    """Writes a file, gzip'ed (without a date in it) when it is larger than limit bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    packed = path.with_name(path.name + ".gz")
    for stale in (path, packed):
        stale.unlink(missing_ok=True)
    data = content.encode("utf-8")
    if len(data) > limit:
        packed.write_bytes(gzip.compress(data, 9, mtime=0))
    else:
        path.write_bytes(data)


def finish(keys_file=None):
    write_text(OPS / "refused.txt", "\n".join(Family.refused) + "\n")
    refused = sum(line.startswith("case ") for line in Family.refused)
    print(f"refused: {refused} cases")
    print(f"{len(Family.expressions)} keys, {sum(Family.numbers.values())} cases, torch {torch.__version__}")
    if keys_file:
        rows = [f"{k}\t{e}" for k, e in sorted(Family.expressions.items())]
        Path(keys_file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    for key, samples, why in Family.left_out:
        print("left out", key, samples, why, file=sys.stderr)
