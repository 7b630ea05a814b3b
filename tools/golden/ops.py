"""Golden cases of tensor operations: what real PyTorch computes, forward, backward and twice backward.

    python tools/golden/ops.py [KEYS_FILE]

writes core/src/test/resources/golden/ops/*. The text format is described in README.md.
"""

import re
import sys

import torch

from common import INF, NAN, Family, b1, f4, f8, finish, i4, i8, of, u1

torch.set_num_threads(1)

SPECIAL = [NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.5, -2.5, 3.0, -3.0, 20.0, -20.0, 100.0, -100.0]

# ---------------------------------------------------------------------------------------------------------- pointwise

# key, expression, interval of its ordinary arguments
UNARY = [
    ("neg", "-a", -3, 3),
    ("abs", "a.abs()", -3, 3),
    ("sign", "a.sign()", -3, 3),
    ("reciprocal", "a.reciprocal()", 0.3, 3),
    ("square", "a.square()", -3, 3),
    ("sqrt", "a.sqrt()", 0.1, 4),
    ("rsqrt", "a.rsqrt()", 0.1, 4),
    ("exp", "a.exp()", -3, 3),
    ("exp2", "a.exp2()", -3, 3),
    ("expm1", "a.expm1()", -2, 2),
    ("log", "a.log()", 0.1, 5),
    ("log2", "a.log2()", 0.1, 5),
    ("log10", "a.log10()", 0.1, 5),
    ("log1p", "a.log1p()", -0.9, 3),
    ("sin", "a.sin()", -4, 4),
    ("cos", "a.cos()", -4, 4),
    ("tan", "a.tan()", -1.4, 1.4),
    ("asin", "a.asin()", -0.95, 0.95),
    ("acos", "a.acos()", -0.95, 0.95),
    ("atan", "a.atan()", -4, 4),
    ("sinh", "a.sinh()", -3, 3),
    ("cosh", "a.cosh()", -3, 3),
    ("tanh", "a.tanh()", -3, 3),
    ("asinh", "a.asinh()", -4, 4),
    ("acosh", "a.acosh()", 1.1, 5),
    ("atanh", "a.atanh()", -0.95, 0.95),
    ("erf", "a.erf()", -2.5, 2.5),
    ("erfc", "a.erfc()", -2.5, 2.5),
    ("erfinv", "a.erfinv()", -0.95, 0.95),
    ("lgamma", "a.lgamma()", 0.2, 6),
    ("digamma", "a.digamma()", 0.2, 6),
    ("sinc", "a.sinc()", -3, 3),
    ("floor", "a.floor()", -4, 4),
    ("ceil", "a.ceil()", -4, 4),
    ("round", "a.round()", -4, 4),
    ("trunc", "a.trunc()", -4, 4),
    ("frac", "a.frac()", -4, 4),
    ("rad2deg", "a.rad2deg()", -4, 4),
    ("deg2rad", "a.deg2rad()", -200, 200),
    ("nanToNum", "a.nan_to_num()", -4, 4),
    ("nanToNum.0.5", "a.nan_to_num(0.5, 9.0, -8.0)", -4, 4),
    ("sigmoid", "a.sigmoid()", -5, 5),
    ("logit", "a.logit()", 0.05, 0.95),
    ("logit.eps0.1", "a.logit(0.1)", -0.2, 1.2),
    ("relu", "F.relu(a)", -3, 3),
    ("relu6", "F.relu6(a)", -3, 9),
    ("leakyRelu", "F.leaky_relu(a)", -3, 3),
    ("leakyRelu.0.2", "F.leaky_relu(a, 0.2)", -3, 3),
    ("elu", "F.elu(a)", -3, 3),
    ("elu.alpha0.5", "F.elu(a, 0.5)", -3, 3),
    ("celu", "F.celu(a)", -3, 3),
    ("celu.alpha2", "F.celu(a, 2.0)", -3, 3),
    ("selu", "F.selu(a)", -3, 3),
    ("gelu", "F.gelu(a)", -4, 4),
    ("gelu.tanh", "F.gelu(a, approximate='tanh')", -4, 4),
    ("silu", "F.silu(a)", -5, 5),
    ("mish", "F.mish(a)", -5, 5),
    ("softplus", "F.softplus(a)", -5, 5),
    ("softplus.beta2.threshold5", "F.softplus(a, beta=2, threshold=5)", -4, 4),
    ("softsign", "F.softsign(a)", -4, 4),
    ("hardtanh", "F.hardtanh(a)", -2, 2),
    ("hardtanh.min-0.5.max2", "F.hardtanh(a, -0.5, 2.0)", -1.5, 3),
    ("hardsigmoid", "F.hardsigmoid(a)", -5, 5),
    ("hardswish", "F.hardswish(a)", -5, 5),
    ("logsigmoid", "F.logsigmoid(a)", -5, 5),
    ("threshold.0.3.-2", "F.threshold(a, 0.3, -2.0)", -2, 2),
    ("hardshrink", "F.hardshrink(a)", -1.5, 1.5),
    ("hardshrink.1.2", "F.hardshrink(a, 1.2)", -2.5, 2.5),
    ("softshrink", "F.softshrink(a)", -1.5, 1.5),
    ("softshrink.1.2", "F.softshrink(a, 1.2)", -2.5, 2.5),
    ("tanhshrink", "F.tanhshrink(a)", -3, 3),
    ("clamp.min-0.5.max0.5", "a.clamp(-0.5, 0.5)", -1.5, 1.5),
    ("clampMin.number0.3", "a.clamp_min(0.3)", -1.5, 1.5),
    ("clampMax.number0.3", "a.clamp_max(0.3)", -1.5, 1.5),
    ("isnan", "a.isnan()", -2, 2),
    ("isinf", "a.isinf()", -2, 2),
    ("isfinite", "a.isfinite()", -2, 2),
    ("logicalNot", "a.logical_not()", -2, 2),
    ("bitwiseNot", "a.bitwise_not()", -2, 2),
    ("add.number2.5", "a + 2.5", -3, 3),
    ("add.number3", "a + 3", -3, 3),
    ("sub.number2.5", "a - 2.5", -3, 3),
    ("mul.number-1.5", "a * -1.5", -3, 3),
    ("mul.number2", "a * 2", -3, 3),
    ("div.number4", "a / 4", -3, 3),
    ("rsub.number2", "2 - a", -3, 3),
    ("rdiv.number2", "2 / a", 0.3, 3),
    ("remainder.number1.5", "a.remainder(1.5)", -5, 5),
    ("remainder.number-2", "a.remainder(-2)", -5, 5),
    ("fmod.number1.5", "a.fmod(1.5)", -5, 5),
    ("floorDivide.number2", "a.floor_divide(2)", -5, 5),
    ("div.number2.trunc", "torch.div(a, 2, rounding_mode='trunc')", -5, 5),
    ("pow.number0", "a.pow(0)", -3, 3),
    ("pow.number1", "a.pow(1)", -3, 3),
    ("pow.number2", "a.pow(2)", -3, 3),
    ("pow.number3", "a.pow(3)", -3, 3),
    ("pow.number0.5", "a.pow(0.5)", 0.1, 4),
    ("pow.number-1", "a.pow(-1.0)", 0.3, 3),
    ("pow.number-2", "a.pow(-2.0)", 0.3, 3),
    ("pow.number2.5", "a.pow(2.5)", 0.2, 3),
    ("rpow.number2", "torch.pow(2, a)", -3, 3),
    ("rpow.number0.5", "torch.pow(0.5, a)", -3, 3),
    ("eq.number1", "a.eq(1)", -2, 2),
    ("ne.number1", "a.ne(1)", -2, 2),
    ("lt.number0.5", "a.lt(0.5)", -2, 2),
    ("le.number0.5", "a.le(0.5)", -2, 2),
    ("gt.number0.5", "a.gt(0.5)", -2, 2),
    ("ge.number0.5", "a.ge(0.5)", -2, 2),
    ("bitwiseAnd.number6", "a.bitwise_and(6)", -2, 2),
    ("bitwiseOr.number6", "a.bitwise_or(6)", -2, 2),
    ("bitwiseXor.number6", "a.bitwise_xor(6)", -2, 2),
    ("bitwiseLeftShift.number2", "a.bitwise_left_shift(2)", -2, 2),
    ("bitwiseRightShift.number1", "a.bitwise_right_shift(1)", -2, 2),
    ("clone", "a.clone()", -2, 2),
    ("detach", "a.detach()", -2, 2),
    ("zerosLike", "torch.zeros_like(a)", -2, 2),
    ("onesLike", "torch.ones_like(a)", -2, 2),
    ("fullLike.3", "torch.full_like(a, 3)", -2, 2),
    ("to.float64", "a.to(torch.float64)", -2, 2),
    ("to.float32", "a.to(torch.float32)", -2, 2),
    ("to.int64", "a.to(torch.int64)", -4, 4),
    ("to.int32", "a.to(torch.int32)", -4, 4),
    ("to.uint8", "a.to(torch.uint8)", 0, 9),
    ("to.bool", "a.to(torch.bool)", -2, 2),
]

# no value exists for some special arguments, or it depends on the processor
NO_SPECIALS = {"to.int64", "to.int32", "to.uint8", "lgamma", "digamma"}


def unary(family, key, expression, lo, hi):
    def case(*specs, **options): family.case(key, expression, *specs, optional=True, **options)
    case(f8(2, 3, lo=lo, hi=hi))
    case(f8(3, 4, lo=lo, hi=hi, layout="t"))
    case(f4(2, 5, lo=lo, hi=hi))
    case(f4(2, 3, lo=lo, hi=hi, layout="s"))
    case(f4(lo=lo, hi=hi))
    case(f4(0, 3, lo=lo, hi=hi))
    if key not in NO_SPECIALS:
        case(of("f4", SPECIAL, grad=False))
        case(of("f8", SPECIAL, grad=False))
    lo_int = max(int(lo), -4) if lo < 0 else 1
    case(i8(2, 3, lo=lo_int, hi=max(int(hi), lo_int) + 3))
    case(i4(4, lo=lo_int, hi=max(int(hi), lo_int) + 3))
    case(u1(4, lo=1))
    case(b1(5))


# key, expression, interval of a, interval of b; whether gradients of b stay finite
BINARY = [
    ("add", "a + b", (-3, 3), (-3, 3)),
    ("add.alpha2", "torch.add(a, b, alpha=2)", (-3, 3), (-3, 3)),
    ("sub", "a - b", (-3, 3), (-3, 3)),
    ("sub.alpha2", "torch.sub(a, b, alpha=2)", (-3, 3), (-3, 3)),
    ("mul", "a * b", (-3, 3), (-3, 3)),
    ("div", "a / b", (-3, 3), (0.3, 3)),
    ("div.floor", "torch.div(a, b, rounding_mode='floor')", (-6, 6), (0.3, 3)),
    ("div.trunc", "torch.div(a, b, rounding_mode='trunc')", (-6, 6), (0.3, 3)),
    ("floorDivide", "a.floor_divide(b)", (-6, 6), (0.3, 3)),
    ("remainder", "a.remainder(b)", (-6, 6), (0.6, 3)),
    ("fmod", "a.fmod(b)", (-6, 6), (0.6, 3)),
    ("pow", "a.pow(b)", (0.2, 3), (-2, 3)),
    ("atan2", "a.atan2(b)", (-3, 3), (-3, 3)),
    ("hypot", "a.hypot(b)", (-3, 3), (-3, 3)),
    ("maximum", "a.maximum(b)", (-3, 3), (-3, 3)),
    ("minimum", "a.minimum(b)", (-3, 3), (-3, 3)),
    ("max.binary", "torch.max(a, b)", (-3, 3), (-3, 3)),
    ("min.binary", "torch.min(a, b)", (-3, 3), (-3, 3)),
    ("fmax", "a.fmax(b)", (-3, 3), (-3, 3)),
    ("fmin", "a.fmin(b)", (-3, 3), (-3, 3)),
    ("clampMin", "a.clamp_min(b)", (-3, 3), (-3, 3)),
    ("clampMax", "a.clamp_max(b)", (-3, 3), (-3, 3)),
    ("logaddexp", "a.logaddexp(b)", (-3, 3), (-3, 3)),
    ("xlogy", "a.xlogy(b)", (-3, 3), (0.2, 3)),
    ("copysign", "a.copysign(b)", (-3, 3), (-3, 3)),
    ("heaviside", "a.detach().heaviside(b.detach())", (-3, 3), (-3, 3)),
    ("lerp.number0.3", "torch.lerp(a, b, 0.3)", (-3, 3), (-3, 3)),
    ("eq", "a.eq(b)", (-3, 3), (-3, 3)),
    ("ne", "a.ne(b)", (-3, 3), (-3, 3)),
    ("lt", "a.lt(b)", (-3, 3), (-3, 3)),
    ("le", "a.le(b)", (-3, 3), (-3, 3)),
    ("gt", "a.gt(b)", (-3, 3), (-3, 3)),
    ("ge", "a.ge(b)", (-3, 3), (-3, 3)),
    ("logicalAnd", "a.logical_and(b)", (-3, 3), (-3, 3)),
    ("logicalOr", "a.logical_or(b)", (-3, 3), (-3, 3)),
    ("logicalXor", "a.logical_xor(b)", (-3, 3), (-3, 3)),
    ("bitwiseAnd", "a.bitwise_and(b)", (-3, 3), (-3, 3)),
    ("bitwiseOr", "a.bitwise_or(b)", (-3, 3), (-3, 3)),
    ("bitwiseXor", "a.bitwise_xor(b)", (-3, 3), (-3, 3)),
    ("bitwiseLeftShift", "a.bitwise_left_shift(b)", (0, 5), (0, 4)),
    ("bitwiseRightShift", "a.bitwise_right_shift(b)", (0, 50), (0, 4)),
]

PAIRS = [(x, y) for x in (NAN, INF, -INF, 0.0, -0.0, 1.5, -2.0) for y in (NAN, INF, -INF, 0.0, -0.0, 1.5, -2.0)]


def binary(family, key, expression, first, second):
    def case(*specs, **options): family.case(key, expression, *specs, optional=True, **options)
    one, two = dict(lo=first[0], hi=first[1]), dict(lo=second[0], hi=second[1])
    whole_one = dict(lo=1 if first[0] >= 0 else int(first[0]), hi=max(int(first[1]), 1) + 2)
    whole_two = dict(lo=1 if second[0] > 0 else (0 if second[0] == 0 else int(second[0])),
        hi=max(int(second[1]), 1) + 2)
    case(f8(2, 3, **one), f8(2, 3, **two))
    case(f8(3, 1, **one), f8(4, **two))
    case(f8(2, 3, layout="t", **one), f8(2, 3, layout="s", **two))
    case(f4(2, 3, **one), f4(1, 3, **two))
    case(f4(2, 3, **one), f4(2, 3, grad=False, **two))
    case(f4(2, 1, 2, **one), f8(3, 1, **two))
    case(f4(3, **one), f8(**two))
    case(f4(**one), f4(**two))
    case(f4(0, 3, **one), f4(1, 3, **two))
    case(f4(2, 2, **one), i8(2, 2, **whole_two))
    case(i8(2, 2, **whole_one), f4(**two))
    case(i8(2, 3, **whole_one), i8(3, **whole_two))
    case(i4(2, 3, **whole_one), i8(3, **whole_two))
    case(i4(3, **whole_one), i8(**whole_two))
    case(u1(2, 3, lo=1), u1(3, lo=1, hi=5))
    case(u1(3, lo=1), b1(1))
    case(b1(2, 3), b1(3))
    if key != "pow":
        case(of("f4", [x for x, _ in PAIRS], grad=False), of("f4", [y for _, y in PAIRS], grad=False))
    else:
        powers = [(x, y) for x, y in PAIRS if not (abs(x) == 1.5)] + [(4.0, 0.5), (2.0, -1.0), (-8.0, 1.0 / 3)]
        case(of("f8", [x for x, _ in powers], grad=False), of("f8", [y for _, y in powers], grad=False))


def pointwise():
    family = Family("pointwise")
    several = family.several
    for row in UNARY:
        unary(family, *row)
    for row in BINARY:
        binary(family, *row)

    several("clamp", "torch.clamp(a, b, c)", [
        (f8(2, 3), f8(2, 3, lo=-1, hi=0), f8(2, 3, lo=0, hi=1)),
        (f8(2, 3), f8(3, lo=-1, hi=0), f8(2, 1, lo=0, hi=1)),
        (f4(2, 3), f4(lo=-1, hi=0), f4(lo=0, hi=1)),
        (f4(4), f4(4, lo=0.5, hi=1), f4(4, lo=-1, hi=-0.5)),
        (i8(5), i8(lo=-1, hi=1), i8(lo=3, hi=5)),
    ])
    several("lerp", "torch.lerp(a, b, c)", [
        (f8(2, 3), f8(2, 3), f8(2, 3, lo=0, hi=1)),
        (f8(2, 3), f8(3), f8(2, 1, lo=0, hi=1)),
        (f4(2, 3), f4(2, 3), f4(lo=0, hi=1)),
        (f4(0, 2), f4(0, 2), f4(lo=0, hi=1)),
    ])
    products = [
        (f8(2, 3), f8(2, 3), f8(2, 3, lo=0.3, hi=3)),
        (f8(2, 3), f8(2, 1), f8(3, lo=0.3, hi=3)),
        (f4(), f4(2, 3), f4(3, lo=0.3, hi=3)),
        (f8(2, 2, layout="t"), f8(2, 2, layout="s"), f8(1, lo=0.3, hi=3)),
        (f4(0, 3), f4(3), f4(3, lo=0.3, hi=3)),
        (i8(3), i8(3), i8(3, lo=1)),
    ]
    several("addcmul", "torch.addcmul(a, b, c)", products)
    several("addcmul.value0.5", "torch.addcmul(a, b, c, value=0.5)", products)
    several("addcdiv", "torch.addcdiv(a, b, c)", products)
    several("addcdiv.value-2", "torch.addcdiv(a, b, c, value=-2.0)", products)
    several("where", "torch.where(a, b, c)", [
        (b1(2, 3), f8(2, 3), f8(2, 3)),
        (b1(2, 1), f8(3), f8()),
        (b1(2, 3), f4(2, 3, layout="t"), f4(1, 3)),
        (b1(3), f4(3), f8(3)),
        (b1(3), f4(3), f8()),
        (b1(3), i8(3), f4(3)),
        (b1(), f4(), f4()),
        (b1(0, 3), f4(0, 3), f4(3)),
        (b1(4), i8(4), i4(4)),
        (b1(4), b1(4), u1(4)),
    ])
    several("where.number", "torch.where(a, b, 0.5)", [(b1(2, 3), f8(2, 3)), (b1(3), f4(3)), (b1(3), i8(3))])
    # formulas of several operations, and one tensor in several places
    for specs in [(f8(2, 3), f8(2, 3)), (f4(2, 3, layout="t"), f4(3)), (f4(), f4())]:
        family.case("composite.twice", "a * a + a * b - b * b", *specs)
        family.case("composite.chain", "((a * 2).sin() + b.exp()).tanh() * a", *specs)
    return family


# --------------------------------------------------------------------------------------------------------- reductions

REDUCTIONS = [
    ("sum", "a.sum({})"), ("mean", "a.mean({})"), ("nansum", "a.nansum({})"),
    ("amax", "a.amax({})"), ("amin", "a.amin({})"), ("logsumexp", "a.logsumexp({})"),
    ("var", "a.var({})"), ("std", "a.std({})"),
    ("var.correction0", "a.var({}correction=0)"), ("std.correction0", "a.std({}correction=0)"),
    ("norm.p1", "a.norm(p=1{})"), ("norm", "a.norm({})"), ("norm.p3", "a.norm(p=3{})"),
    ("norm.inf", "a.norm(p=INF{})"), ("norm.-inf", "a.norm(p=-INF{})"), ("norm.p0", "a.norm(p=0{})"),
    ("norm.p0.5", "a.norm(p=0.5{})"),
    ("countNonzero", "a.count_nonzero({})"), ("any", "a.any({})"), ("all", "a.all({})"),
]
ONE_DIM = [("prod", "a.prod({})"), ("max", "a.max({})"), ("min", "a.min({})"),
           ("argmax", "a.argmax({})"), ("argmin", "a.argmin({})")]


def reduction_forms(name, expression):
    """The forms of a reduction: over all, one, the last, several dims, with and without keepdim."""
    has_p, leading = "norm.p" in name or "inf" in name, "correction" in name
    def put(arguments):
        if not arguments:
            return expression.format("")
        if has_p:
            return expression.format(", " + arguments)
        return expression.format(arguments + (", " if leading else ""))
    several = name not in [n for n, _ in ONE_DIM]
    if name not in ("logsumexp",):
        yield name, put("")
    yield name + ".dim0", put("dim=0")
    if name == "countNonzero":
        yield name + ".dims0,-1", put("dim=(0, -1)")
        return
    yield name + ".dim-1.keep", put("dim=-1, keepdim=True")
    if several:
        yield name + ".dims0,-1", put("dim=(0, -1)")
        yield name + ".dims1,0.keep", put("dim=(1, 0), keepdim=True")


def reductions():
    family = Family("reductions")
    several = family.several

    for name, expression in REDUCTIONS + ONE_DIM:
        for key, form in reduction_forms(name, expression):
            samples = [f8(2, 3), f8(2, 3, 4, layout="t"), f4(4, 3), f4(), f4(0, 3), f4(2, 0), f4(1, 3, 1),
                       i8(2, 3), i4(3, 2), u1(2, 3), b1(2, 3),
                       of("f4", [[1.0, NAN, 2.0], [INF, 0.0, -0.0]], grad=False),
                       of("f4", [[-INF, -INF], [1.0, -INF]], grad=False)]
            several(key, form, samples)
    many = f4(7, 40)
    for key in ("sum", "mean", "var", "logsumexp.dim0", "norm", "amax", "prod", "sum.dim0", "sum.dim-1.keep"):
        several(key, Family.expressions[key], [many])
    several("norm.dim1", "a.norm(dim=1)", [f8(2, 3), f8(2, 3, 2), f4(2, 3, layout="t"), f4(2, 0)])
    several("sum.float64", "a.sum(dtype=torch.float64)", [f4(2, 3), i8(3), f8(2)])
    several("sum.dim0.float64", "a.sum(0, dtype=torch.float64)", [f4(2, 3), i8(3, 2)])
    several("mean.float64", "a.mean(dtype=torch.float64)", [f4(2, 3), i8(3), b1(4)])
    several("prod.float64", "a.prod(dtype=torch.float64)", [f4(2, 3), i8(3)])
    several("var.dim0.correction2", "a.var(0, correction=2)", [f8(4, 3), f4(3, 2)])
    for name in ("cumsum", "cumprod"):
        for dim in (0, 1, -1):
            several(f"{name}.dim{dim}", f"a.{name}({dim})", [
                f8(2, 3), f8(3, 2, 2, layout="t"), f4(4), f4(), f4(0, 3), f4(2, 1), i8(2, 3), b1(3, 2), u1(2, 2),
                of("f4", [[1.0, NAN, 2.0], [INF, 0.5, -INF]], grad=False)])
    several("cumsum.dim0.float64", "a.cumsum(0, dtype=torch.float64)", [f4(3), i8(3)])
    for name, function in (("softmax", "softmax"), ("logSoftmax", "log_softmax")):
        for dim in (0, 1, -1):
            several(f"{name}.dim{dim}", f"a.{function}({dim})", [
                f8(2, 3), f8(2, 3, 2, layout="t"), f4(5), f4(3, 4), f4(), f4(0, 3), f4(2, 0), f4(1, 3, 1),
                f4(3, 4, lo=-90, hi=90),
                of("f4", [[1.0, INF, 2.0], [NAN, 0.5, 1.0], [-INF, 1.0, 2.0], [-INF, -INF, -INF]], grad=False)])
        several(f"{name}.dim0.float64", f"a.{function}(0, dtype=torch.float64)", [f4(3), i8(3)])
    several("softmin.dim1", "F.softmin(a, dim=1)", [f8(2, 3), f4(2, 3)])
    several("normalize", "F.normalize(a)", [f8(2, 3), f4(2, 3), f8(2, 3, 2)])
    several("cosineSimilarity", "F.cosine_similarity(a, b)", [(f8(2, 3), f8(2, 3)), (f4(2, 3), f4(1, 3))])
    several("layerNorm.3", "F.layer_norm(a, (3,))", [f8(2, 3), f4(4, 3)])
    several("layerNorm.affine", "F.layer_norm(a, b.shape, b, c)",
        [(f8(2, 3), f8(3), f8(3)), (f4(2, 2, 3), f4(2, 3), f4(2, 3))])
    return family


# ------------------------------------------------------------------------------------------------------------- linalg

EINSUM = [
    ("ij,jk->ik", [(f8(2, 3), f8(3, 4)), (f4(2, 3), f4(3, 4, layout="t"))]),
    ("ij,jk", [(f8(2, 3), f8(3, 2))]),
    ("bij,bjk->bik", [(f8(2, 2, 3), f8(2, 3, 2)), (f4(2, 2, 3), f4(2, 3, 2))]),
    ("i,j->ij", [(f8(2), f8(3)), (f4(2), f4(3))]),
    ("i,i->", [(f8(3), f8(3))]),
    ("ij->ji", [(f8(2, 3),), (f4(2, 3),)]),
    ("ij->", [(f8(2, 3),)]),
    ("ij->j", [(f8(2, 3),), (f4(2, 3),)]),
    ("ii->", [(f8(3, 3),), (f4(3, 3),)]),
    ("ii->i", [(f8(3, 3),), (f4(3, 3),)]),
    ("ii", [(f8(2, 2),)]),
    ("bii->bi", [(f8(2, 3, 3),)]),
    ("ij,ij->ij", [(f8(2, 3), f8(2, 3))]),
    ("ij,ij->", [(f8(2, 3), f8(2, 3))]),
    ("...ij,...jk->...ik", [(f8(2, 2, 3), f8(2, 3, 2)), (f8(2, 3), f8(4, 3, 2)), (f4(2, 1, 2, 3), f4(2, 3, 2))]),
    ("...i,i->...", [(f8(2, 3), f8(3)), (f8(2, 2, 3), f8(3)), (f8(3), f8(3))]),
    ("b...->b", [(f8(2, 3, 2),)]),
    ("bhqd,bhkd->bhqk", [(f8(1, 2, 2, 3), f8(1, 2, 3, 3)), (f4(2, 2, 2, 3), f4(2, 2, 2, 3))]),
    ("ij,j->i", [(f8(2, 3), f8(3)), (f4(2, 3), f4(3))]),
    ("i,ij,j->", [(f8(2), f8(2, 3), f8(3))]),
    ("bn,anm,bm->ba", [(f8(2, 2), f8(3, 2, 3), f8(2, 3)), (f4(2, 2), f4(3, 2, 3), f4(2, 3))]),
    ("ij,kl->ijkl", [(f8(2, 2), f8(2, 3))]),
    ("ijk,ikl->jl", [(f8(2, 2, 3), f8(2, 3, 2))]),
]


def linalg():
    family = Family("linalg")
    several = family.several

    several("matmul", "a.matmul(b)",
        [ (f8(3), f8(3)), (f4(3), f4(3)), (f8(3), f8(3, 2)), (f4(3), f4(3, 2)), (f8(2, 3), f8(3)), (f4(2, 3), f4(3)),
        (f8(2, 3), f8(3, 4)), (f4(2, 3), f4(3, 4)), (f8(2, 3, layout="t"), f8(3, 4, layout="t")),
        (f4(2, 3, layout="s"), f4(3, 4, layout="t")), (f8(2, 3, grad=False), f8(3, 4)),
        (f8(2, 3), f8(3, 4, grad=False)), (f8(1, 3), f8(3, 1)), (f8(0, 3), f8(3, 2)), (f8(2, 0), f8(0, 3)),
        (f4(2, 3), f4(3, 0)), (f4(0), f4(0)), (i8(2, 3), i8(3, 2)), (i4(3), i4(3)), (u1(2, 2), u1(2, 2)),
        (f4(17, 33), f4(33, 5)), (f8(9, 40), f8(40, 3)), ])
    several("matmul.batched", "torch.matmul(a, b)",
        [ (f8(2, 2, 3), f8(3, 2)), (f4(2, 2, 3), f4(3, 2)), (f8(2, 3), f8(2, 3, 2)), (f8(2, 2, 3), f8(3)),
        (f8(3), f8(2, 3, 2)), (f8(2, 2, 3), f8(2, 3, 2)), (f4(2, 2, 3), f4(2, 3, 2)), (f8(1, 2, 3), f8(4, 3, 2)),
        (f8(4, 2, 3), f8(1, 3, 2)), (f8(2, 1, 2, 3), f8(3, 3, 2)), (f4(2, 1, 2, 3), f4(3, 3, 2)),
        (f8(2, 2, 2, 3), f8(2, 2, 3, 1)), (f8(2, 1, 2, 3), f8(1, 3, 3, 2)),
        (f8(2, 2, 3, layout="t"), f8(2, 3, 2, layout="t")), (f8(2, 1, 2, 3), f8(3)), (f8(0, 2, 3), f8(3, 2)),
        (f8(2, 2, 0), f8(2, 0, 2)), (f4(0, 2, 3), f4(1, 3, 2)), (i8(2, 2, 2), i8(2, 2)), (f8(2, 3), f8(2, 1, 3, 2)), ])
    two = [(f8(2, 3), f8(3, 4)), (f4(2, 3), f4(3, 4)), (f8(3, 3, layout="t"), f8(3, 2, layout="s")),
        (f8(0, 3), f8(3, 2)), (f8(2, 0), f8(0, 2)), (f4(1, 1), f4(1, 1)), (i8(2, 2), i8(2, 2))]
    several("mm", "a.mm(b)", two)
    several("bmm", "a.bmm(b)", [(f8(2, 2, 3), f8(2, 3, 2)), (f4(3, 1, 2), f4(3, 2, 1)),
        (f8(2, 3, 3, layout="t"), f8(2, 3, 2)), (f8(0, 2, 2), f8(0, 2, 2)), (f4(2, 2, 0), f4(2, 0, 3)),
        (i8(2, 2, 2), i8(2, 2, 2))])
    several("mv", "a.mv(b)", [(f8(2, 3), f8(3)), (f4(3, 2, layout="t"), f4(2)), (f8(2, 0), f8(0)), (i8(2, 2), i8(2))])
    several("dot", "a.dot(b)", [(f8(3), f8(3)), (f4(4, layout="s"), f4(4)), (f8(0), f8(0)), (f8(1), f8(1)),
        (i8(3), i8(3))])
    several("outer", "a.outer(b)", [(f8(2), f8(3)), (f4(3), f4(2)), (f8(0), f8(2)), (f4(2), f8(2)), (i8(2), i8(3))])
    additions = [(f8(2, 4), f8(2, 3), f8(3, 4)), (f8(4), f8(2, 3), f8(3, 4)), (f4(2, 1), f4(2, 3), f4(3, 4)),
                 (f8(), f8(2, 3), f8(3, 2)), (f8(2), f8(3, 0), f8(0, 2)), (f4(3, grad=False), f4(2, 2), f4(2, 3)),
                 (i8(2), i8(2, 2), i8(2, 2))]
    several("addmm", "torch.addmm(a, b, c)", additions)
    several("addmm.beta0.5.alpha2", "torch.addmm(a, b, c, beta=0.5, alpha=2.0)", additions[:6])
    several("addmm.beta0", "torch.addmm(a, b, c, beta=0)", [(of("f8", [[NAN, 1.0], [2.0, 3.0]]), f8(2, 3), f8(3, 2))])
    vectors = [(f8(2), f8(2, 3), f8(3)), (f8(1), f8(2, 3), f8(3)), (f4(), f4(2, 3), f4(3)), (f8(2), f8(2, 0), f8(0))]
    several("addmv", "torch.addmv(a, b, c)", vectors)
    several("addmv.beta0.5.alpha2", "torch.addmv(a, b, c, beta=0.5, alpha=2.0)", vectors)
    batches = [(f8(2, 2, 2), f8(2, 2, 3), f8(2, 3, 2)), (f8(1, 2), f8(2, 2, 3), f8(2, 3, 2)),
        (f4(), f4(2, 1, 2), f4(2, 2, 1))]
    several("baddbmm", "torch.baddbmm(a, b, c)", batches)
    several("baddbmm.beta0.5.alpha2", "torch.baddbmm(a, b, c, beta=0.5, alpha=2.0)", batches)
    several("addr", "torch.addr(a, b, c)", [(f8(2, 3), f8(2), f8(3)), (f8(3), f8(2), f8(3)), (f4(), f4(2), f4(2))])
    several("linear", "F.linear(a, b)",
        [(f8(2, 3), f8(4, 3)), (f8(3), f8(2, 3)), (f8(2, 2, 3), f8(2, 3)), (f4(2, 3), f4(4, 3)), (f8(0, 3), f8(2, 3))])
    several("linear.bias", "F.linear(a, b, c)",
        [(f8(2, 3), f8(4, 3), f8(4)), (f8(3), f8(2, 3), f8(2)), (f8(2, 2, 3), f8(2, 3), f8(2)),
        (f4(2, 3), f4(4, 3), f4(4)), (f8(0, 3), f8(2, 3), f8(2))])
    several("trace", "a.trace()", [(f8(3, 3),), (f8(2, 4),), (f4(3, 2, layout="t"),), (f8(0, 3),), (i8(3, 3),)])
    several("inner", "a.inner(b)", [(f8(3), f8(3)), (f8(2, 3), f8(4, 3)), (f4(2, 2, 2), f4(2)), (f8(), f8(2))])
    several("tensordot.1", "torch.tensordot(a, b, dims=1)", [(f8(2, 3), f8(3, 2)), (f4(2, 2, 3), f4(3))])
    several("tensordot.01,10", "torch.tensordot(a, b, dims=([0, 1], [1, 0]))",
        [(f8(2, 3, 2), f8(3, 2, 2)), (f4(2, 3), f4(3, 2))])
    for equation, samples in EINSUM:
        several("einsum." + equation, f"torch.einsum('{equation}', *inputs)", samples)
    return family


# -------------------------------------------------------------------------------------------------------------- views

def views():
    family = Family("views", strides=True)
    several = family.several

    cube = [f8(2, 3, 4), f4(2, 3, 4, layout="t"), i8(2, 3, 4), f4(0, 3, 4), b1(2, 3, 4)]
    plane = [f8(2, 3), f4(2, 3, layout="t"), f4(2, 3, layout="s"), i8(2, 3), f4(0, 3), f4(1, 3)]
    several("view.-1", "a.view(-1)", f8(2, 3), f4(1, 4), f4(), i8(2, 2), f4(2, 0, layout="c"))
    several("view.3,-1", "a.view(3, -1)", f8(2, 3), f4(3, 1, 2), u1(6))
    several("view.6,4", "a.view(6, 4)", f8(2, 3, 4), f4(24))
    several("viewAs", "a.view_as(torch.zeros(3, 2))", f8(2, 3), f4(6))
    several("reshape.-1", "a.reshape(-1)", *plane, f4())
    several("reshape.3,2", "a.reshape(3, 2)", f8(2, 3), f8(2, 3, layout="t"), f4(2, 3, layout="s"), i8(6))
    several("reshape.4,-1", "a.reshape(4, -1)", *cube)
    several("reshape.empty", "a.reshape(())", f8(1, 1), f4(1), f4())
    several("reshape.2,0,5", "a.reshape(2, 0, 5)", f4(0, 3))
    several("permute.201", "a.permute(2, 0, 1)", *cube)
    several("permute.0-12", "a.permute(0, -1, 1)", f8(2, 3, 4))
    several("permute.10", "a.permute(1, 0)", *plane)
    several("permute.none", "a.permute(())", f8())
    several("transpose.0,1", "a.transpose(0, 1)", *plane, f8(2, 3, 2))
    several("transpose.-1,0", "a.transpose(-1, 0)", *cube, f4(3), f4())
    several("t", "a.t()", *plane, f4(3), f4())
    several("mT", "a.mT", *cube, *plane)
    several("movedim.0,2", "a.movedim(0, 2)", *cube)
    several("movedim.01,-10", "a.movedim((0, 1), (-1, 0))", *cube)
    several("swapaxes.0,-1", "a.swapaxes(0, -1)", f8(2, 3, 2), f4(2, 3))
    several("expand.4,-1,3", "a.expand(4, -1, 3)", f8(2, 3), f8(1, 3), f4(2, 1), f4(1, 1), f4(3))
    several("expand.3,4", "a.expand(3, 4)", f8(3, 1), f8(4), f8(1), f8(), f4(1, 4), f4(3, 4), i8(4))
    several("expand.0,3", "a.expand(0, 3)", f8(1, 3), f4(3), f4())
    several("expandAs", "a.expand_as(torch.zeros(2, 3))", f8(3), f4(2, 1))
    several("broadcastTo.2,3", "a.broadcast_to((2, 3))", f8(3), f8(2, 1), f4(), i8(1, 3))
    several("squeeze", "a.squeeze()", f8(1, 3, 1), f4(2, 3), f4(1, 1), f4(), f4(1, 0), i8(3, 1))
    several("squeeze.0", "a.squeeze(0)", f8(1, 3, 1), f4(2, 3), f4(1), f4())
    several("squeeze.-1", "a.squeeze(-1)", f8(1, 3, 1), f4(2, 3), f4(1), f4())
    several("squeeze.0,2", "a.squeeze((0, 2))", f8(1, 3, 1), f4(1, 3, 2))
    several("unsqueeze.0", "a.unsqueeze(0)", *plane, f4())
    several("unsqueeze.1", "a.unsqueeze(1)", *plane, f4(3))
    several("unsqueeze.-1", "a.unsqueeze(-1)", *plane, f4())
    several("narrow.1,1,2", "a.narrow(1, 1, 2)", *plane, f8(2, 4, 2))
    several("narrow.-1,0,1", "a.narrow(-1, 0, 1)", *plane)
    several("narrow.0,1,0", "a.narrow(0, 1, 0)", f8(2, 3))
    several("select.0,0", "a.select(0, 0)", *plane, f8(3))
    several("select.1,-1", "a.select(1, -1)", *plane, *cube)
    several("select.-1,1", "a.select(-1, 1)", *plane)
    several("slice.1:7:2", "a[1:7:2]", f8(8), f8(4, 2), f4(9, layout="s"), i8(8), f4(0, 2))
    several("slice.:-1", "a[:-1]", f8(4), f4(3, 2), f4(1))
    several("slice.-2:", "a[-2:]", f8(4), f4(3, 2), f4(1))
    several("slice.::3", "a[::3]", f8(7), f4(3, 2), b1(5))
    several("slice.5:2", "a[5:2]", f8(7), f4(7, 2))
    several("slice.:,1:3", "a[:, 1:3]", *plane, *cube)
    several("slice.:,::2,1:", "a[:, ::2, 1:]", *cube)
    several("diagonal", "a.diagonal()", f8(3, 3), f8(2, 4), f4(4, 2, layout="t"), f8(2, 3, 2), i8(3, 3), f4(0, 3))
    several("diagonal.offset1", "a.diagonal(1)", f8(3, 3), f8(2, 4), f4(4, 2), f8(1, 1))
    several("diagonal.offset-1", "a.diagonal(-1)", f8(3, 3), f8(2, 4), f4(4, 2))
    several("diagonal.0,1,2", "a.diagonal(0, 1, 2)", *cube)
    several("diagonal.1,-1,0", "a.diagonal(1, -1, 0)", *cube)
    several("unfold.0,2,1", "a.unfold(0, 2, 1)", f8(5), f8(4, 2), f4(3, 2, layout="t"), i8(4))
    several("unfold.-1,3,2", "a.unfold(-1, 3, 2)", f8(7), f8(2, 5), f4(2, 3))
    several("split.2", "a.split(2)", f8(5), f8(4, 2), f4(3, 2, layout="t"), i8(4), f4(1))
    several("split.1.dim1", "a.split(1, 1)", *plane)
    several("split.1,2.dim1", "a.split([1, 2], 1)", *plane)
    several("chunk.2", "a.chunk(2)", f8(5), f8(4, 2), f4(1, 2), i8(4))
    several("chunk.3.dim-1", "a.chunk(3, -1)", f8(5), f8(2, 4), f4(2, 3))
    several("tensorSplit.3", "a.tensor_split(3)", f8(5), f4(2, 2))
    several("unbind", "a.unbind()", *plane[:4], f4(3))
    several("unbind.-1", "a.unbind(-1)", *plane, f8(2, 2, 2))
    several("flatten", "a.flatten()", *plane, f4(), f8(2, 1, 3))
    several("flatten.1,2", "a.flatten(1, 2)", *cube, f8(2, 1, 1, 3))
    several("flatten.0,-2", "a.flatten(0, -2)", *cube)
    several("unflatten.0,2,-1", "a.unflatten(0, (2, -1))", f8(6), f4(4, 3))
    several("ravel", "a.ravel()", *plane)
    several("contiguous", "a.contiguous()", *plane, f8(2, 3, layout="t"))
    several("asStrided.2,2,1,2", "a.as_strided((2, 2), (1, 2))", f8(6), f4(4), f8(2, 3))
    several("asStrided.overlap", "a.as_strided((3, 2), (1, 1), 1)", f8(6), f4(5))
    several("asStrided.transposed", "a.as_strided((2, 3), (1, 2))", f8(3, 2), f8(2, 3, layout="t"))
    several("composite.views", "a.t()[1:].unsqueeze(0).expand(2, -1, -1).reshape(-1, 2)", f8(2, 3),
        f4(2, 3, layout="t"))
    return family


# ----------------------------------------------------------------------------------------------------------- indexing

def indexing():
    family = Family("indexing")
    several = family.several

    plane = [f8(3, 4), f4(3, 4, layout="t"), i8(3, 4)]
    cube = [f8(2, 3, 4), f4(2, 3, 4, layout="t")]
    several("get.0", "a[0]", *plane, f8(3), *cube)
    several("get.-1", "a[-1]", *plane, f4(3))
    several("get.1,2", "a[1, 2]", *plane, f8(2, 3, 2))
    several("get.:,1", "a[:, 1]", *plane, *cube)
    several("get.1:3,0", "a[1:3, 0]", *plane)
    several("get.1:,::2", "a[1:, ::2]", *plane)
    several("get....,1", "a[..., 1]", *plane, *cube, f4(3))
    several("get.none", "a[None]", *plane, f4())
    several("get.:,none,1", "a[:, None, 1]", *plane)
    several("get.none,...,none", "a[None, ..., None]", f8(2, 3), f4())
    several("get.0,...,::2", "a[0, ..., ::2]", *cube)
    index = of("i8", [2, 0, 2, -1])
    pair = of("i8", [[0, 1], [2, 1]])
    several("get.tensor", "a[b]", (f8(3, 2), index), (f4(3), index), (f8(4, 2), pair), (i8(3, 2), index),
        (b1(3), index), (f4(3, 2, layout="t"), index), (f8(3, 2), of("i8", 1)), (f8(3, 2), of("i8", [])),
        (f8(3, 2), of("i4", [1, 0])))
    several("get.tensor,tensor", "a[b, c]", (f8(3, 4), of("i8", [0, 2, 2, 0]), of("i8", [1, 3, 3, -1])),
        (f4(3, 4), pair, of("i8", [1, 0])), (f8(3, 4), of("i8", [[0], [2]]), of("i8", [1, 3, 0])),
        (f8(3, 2, 2), of("i8", [0, 2]), of("i8", [1, 1])))
    several("get.:,tensor", "a[:, b]", (f8(2, 3), index), (f4(2, 3, 2), index), (f8(2, 3), pair))
    several("get.tensor,:,tensor", "a[b, :, c]", (f8(3, 2, 4), of("i8", [0, 2, 2]), of("i8", [3, 3, 1])),
        (f4(3, 2, 2), pair, of("i8", [0, 1])))
    several("get.:,tensor,tensor", "a[:, b, c]", (f8(2, 3, 4), of("i8", [0, 2, 2]), of("i8", [3, 3, 1])))
    several("get.tensor,1", "a[b, 1]", (f8(3, 4), index), (f4(3, 2, 2), index))
    several("get.1:,tensor", "a[1:, b]", (f8(3, 3), index))
    several("get....,tensor", "a[..., b]", (f8(2, 3), index), (f4(2, 2, 3), index))
    several("get.tensor,none", "a[b, None]", (f8(3, 2), index))
    mask = of("b1", [[True, False, True], [False, True, True]])
    several("get.mask", "a[b]", (f8(2, 3), mask), (f4(2, 3, layout="t"), mask), (f8(2, 3, 2), mask), (i8(2, 3), mask),
        (f8(3, 2), of("b1", [True, False, True])), (f8(2, 3), of("b1", [[False] * 3] * 2)),
        (f4(0, 3), of("b1", np_empty((0, 3)))))
    several("get.:,mask", "a[:, b]", (f8(2, 3), of("b1", [True, False, True])),
        (f8(2, 3, 2), of("b1", [True, False, True])))
    several("get.mask,tensor", "a[b, c]", (f8(3, 4), of("b1", [True, False, True]), of("i8", [1, 3])))

    def settings(key, target, *samples):
        """Writing through an index on a non-leaf: `target` is the index; the value is the last input, or a number."""
        value = "2.5" if key.endswith(".number") else "bcd"[len(re.findall(r"\b[bc]\b", target))]
        several(key, f"(lambda x: (x.__setitem__({target}, {value}), x)[1])(a.clone())", *samples)

    settings("set.0.number", "0", f8(3, 2), f4(3), i8(3, 2))
    settings("set.0", "0", (f8(3, 2), f8(2)), (f4(3, 2), f4()), (f8(3), f8()), (f8(3, 2), f8(1)), (f4(3, 2), f8(2)),
        (f4(3, 2), i8(2)))
    settings("set.:,1", "(slice(None), 1)", (f8(3, 2), f8(3)), (f8(2, 3, 2), f8(2, 2)), (f8(3, 2), f8()))
    settings("set.1:3", "slice(1, 3)", (f8(4, 2), f8(2, 2)), (f8(4, 2), f8(2)), (f4(4), f4(1)), (i8(4), i8(2)))
    settings("set.1:3.number", "slice(1, 3)", f8(4, 2), f4(4))
    settings("set.::2,1:", "(slice(None, None, 2), slice(1, None))", (f8(3, 3), f8(2, 2)),
        (f4(3, 3, layout="t"), f4(2)))
    settings("set.all.number", "...", f8(2, 2), f4())
    settings("set....,0", "(..., 0)", (f8(2, 3), f8(2)), (f8(2, 2, 2), f8(2)))
    settings("set.mask.number", "b", (f8(2, 3), mask), (f4(2, 3, 2), mask), (i8(2, 3), mask))
    settings("set.mask", "b", (f8(2, 3), mask, f8(4)), (f8(2, 3), mask, f8()), (f4(2, 3, 2), mask, f4(4, 2)))
    unique = of("i8", [2, 0])
    settings("set.tensor.number", "b", (f8(3, 2), index), (f4(3), index))
    settings("set.tensor", "b", (f8(3, 2), unique, f8(2, 2)), (f8(3, 2), unique, f8(2)), (f4(3), unique, f4()),
        (i8(3), unique, i8(2)))
    settings("set.tensor,tensor", "(b, c)", (f8(3, 4), of("i8", [0, 2, 1]), of("i8", [1, 3, -1]), f8(3)),
        (f4(3, 4), of("i8", [0, 2]), of("i8", 1), f4()))
    settings("set.:,tensor", "(slice(None), b)", (f8(2, 3), unique, f8(2, 2)), (f8(2, 3), unique, f8(2)))

    for dim in (0, 1):
        several(f"indexSelect.dim{dim}", f"a.index_select({dim}, b)", (f8(3, 3), of("i8", [2, 0, 2])),
            (f4(3, 4, 2), of("i8", [1])), (f8(3, 3, layout="t"), of("i4", [0, 1])), (i8(3, 2), of("i8", [1, 0])),
            (f8(3, 2), of("i8", [])), (f4(3), of("i8", [1, 1])))
        low = of("i8", [[0, 1, 1], [1, 0, 0]])
        several(f"gather.dim{dim}", f"a.gather({dim}, b)", (f8(2, 3), low), (f4(3, 3), low),
            (f8(2, 3, layout="t"), of("i8", [[1, 0]])), (i8(2, 3), low), (f8(2, 3), of("i8", np_empty((0, 3)))),
            (f4(3), of("i8", [1, 1, 2, 0])), (f4(), of("i8", 0)))
        distinct = of("i8", [[0, 1, 2], [1, 2, 0]]) if dim == 1 else of("i8", [[0, 1, 2], [1, 2, 0]])
        several(f"scatter.dim{dim}", f"a.scatter({dim}, b, c)", (f8(3, 3), distinct, f8(2, 3)),
            (f4(3, 3), distinct, f4(3, 3)), (f8(3, 4, layout="t"), of("i8", [[1, 0, 2]]), f8(2, 3)),
            (i8(3, 3), distinct, i8(2, 3)), (f8(4), of("i8", [3, 0]), f8(2)))
        several(f"scatter.dim{dim}.number", f"a.scatter({dim}, b, 1.5)", (f8(3, 3), distinct), (f4(3, 3), low),
            (f8(4), of("i8", [3, 0, 3])))
        several(f"scatterAdd.dim{dim}", f"a.scatter_add({dim}, b, c)", (f8(3, 3), low, f8(2, 3)),
            (f4(3, 3), low, f4(3, 3)), (f8(2, 3), of("i8", [[1, 0]]), f8(1, 2)), (i8(3, 3), low, i8(2, 3)),
            (f8(2), of("i8", [1, 1, 1]), f8(3)))
        rows = of("i8", [1, 0, 1])
        several(f"indexAdd.dim{dim}", f"a.index_add({dim}, b, c)", (f8(3, 3), rows, f8(3, 3)),
            (f4(3, 3, layout="t"), rows, f4(3, 3)), (f8(4), rows, f8(3)), (i8(3, 3), rows, i8(3, 3)))
        several(f"indexAdd.dim{dim}.alpha2", f"a.index_add({dim}, b, c, alpha=2)", (f8(3, 3), rows, f8(3, 3)),
            (f4(3, 3), rows, f4(3, 3)))
        several(f"indexCopy.dim{dim}", f"a.index_copy({dim}, b, c)",
            (f8(3, 3), unique, f8(2, 3) if dim == 0 else f8(3, 2)), (f4(4), unique, f4(2)),
            (i8(3, 3), unique, i8(2, 3) if dim == 0 else i8(3, 2)))
        several(f"indexFill.dim{dim}.number", f"a.index_fill({dim}, b, 2.5)", (f8(3, 3), unique), (f4(4), unique),
            (i8(3, 3), unique))
        several(f"indexFill.dim{dim}", f"a.index_fill({dim}, b, c)", (f8(3, 3), unique, f8()), (f4(4), unique, f4()))
        several(f"takeAlongDim.dim{dim}", f"a.take_along_dim(b, {dim})", (f8(2, 3), low), (f4(2, 1), low),
            (f8(2, 3), of("i8", [[1], [0]])))
    several("takeAlongDim", "a.take_along_dim(b)", (f8(2, 3), of("i8", [5, 0, 5])))
    several("indexPut", "a.index_put((b,), c)", (f8(3, 2), unique, f8(2, 2)), (f4(3), unique, f4(2)))
    several("indexPut.accumulate", "a.index_put((b,), c, accumulate=True)", (f8(3, 2), index, f8(4, 2)),
        (f4(3), index, f4()), (i8(3), index, i8(4)))
    several("indexPut.2.accumulate", "a.index_put((b, c), d, accumulate=True)",
        (f8(3, 4), of("i8", [0, 2, 0]), of("i8", [1, 3, 1]), f8(3)))
    masks = [(f8(2, 3), mask), (f4(2, 3, layout="t"), mask), (f8(2, 3), of("b1", [True, False, True])),
        (i8(2, 3), mask), (f4(), of("b1", True)), (f4(0, 3), b1(3))]
    several("maskedFill.number", "a.masked_fill(b, 1.5)", *masks)
    several("maskedFill.-inf", "a.masked_fill(b, -INF)", *masks[:3])
    several("maskedFill", "a.masked_fill(b, c)", (f8(2, 3), mask, f8()), (f4(2, 3), mask, f4()), (i8(2, 3), mask, i8()))
    several("maskedSelect", "a.masked_select(b)", *masks, (f8(3), mask))
    several("maskedScatter", "a.masked_scatter(b, c)", (f8(2, 3), mask, f8(4)), (f4(2, 3), mask, f4(5)),
        (f8(2, 3), of("b1", [True, False, True]), f8(2, 3)))
    several("take", "a.take(b)", (f8(2, 3), of("i8", [5, 0, 5])), (f4(2, 3, layout="t"), pair), (i8(4), of("i8", [-1])),
        (f8(2, 2), of("i8", [])))
    several("put", "a.put(b, c)", (f8(2, 3), of("i8", [5, 0]), f8(2)), (f4(2, 3), of("i8", [[1, 2]]), f4(1, 2)))
    several("put.accumulate", "a.put(b, c, accumulate=True)", (f8(2, 3), of("i8", [5, 0, 5]), f8(3)))
    several("nonzero", "a.nonzero()", of("f4", [[1, 0, NAN], [0, -0.0, 2]], grad=False), of("i8", [0, 3, 0, 1]),
        b1(2, 2, 2), of("f4", 1.0), of("f4", 0.0), f4(0, 3))
    several("nonzero.tuple", "a.nonzero(as_tuple=True)", of("i8", [[0, 3], [1, 0]]), b1(4))
    several("argwhere", "torch.argwhere(a)", of("i8", [[0, 3], [1, 0]]), b1(4))
    several("where.condition", "torch.where(a)", of("b1", [[True, False], [True, True]]), of("i8", [0, 2, 0]))
    several("embedding", "F.embedding(b, a)", (f8(4, 2), of("i8", [3, 0, 3])), (f4(3, 2), pair))
    several("embedding.padding1", "F.embedding(b, a, padding_idx=1)", (f8(3, 2), pair), (f4(3, 2), of("i8", [1, 1, 0])))
    several("scatterReduce.dim0.sum", "a.scatter_reduce(0, b, c, 'sum')", (f8(3), of("i8", [0, 2, 0]), f8(3)))
    return family


def np_empty(shape):
    return torch.zeros(shape).numpy()


# ---------------------------------------------------------------------------------------------------------- arranging

def arranging():
    family = Family("arranging")
    several = family.several

    joins = [(f8(2, 3), f8(2, 3)), (f4(2, 3, layout="t"), f4(2, 3), f4(2, 3)), (f4(2, 2), f8(2, 2)),
        (i8(2, 2), f4(2, 2)), (i8(2, 2), i4(2, 2)), (f8(2, 2), f8(2, 2, grad=False)), (f4(0, 3), f4(0, 3)),
        (b1(1, 2), u1(1, 2)), (f8(2, 3),)]
    several("cat", "torch.cat(inputs)", *joins, (f8(2, 3), f8(1, 3)), (f8(3), f8(1), f8(0)), (f4(0), f4(2, 2)))
    several("cat.dim1", "torch.cat(inputs, 1)", *joins, (f8(2, 3), f8(2, 1)))
    several("cat.dim-1", "torch.cat(inputs, -1)", (f8(2, 2, 2), f8(2, 2, 1)))
    several("cat.twice", "torch.cat([a, b, a])", (f8(2), f8(3)))
    several("stack", "torch.stack(inputs)", *joins, (f4(), f4(), f4()))
    several("stack.dim1", "torch.stack(inputs, 1)", *joins, (f8(3), f8(3)))
    several("stack.dim-1", "torch.stack(inputs, -1)", (f8(2, 2), f8(2, 2)), (f4(), f4()))
    several("hstack", "torch.hstack(inputs)", (f8(2), f8(3)), (f8(2, 1), f8(2, 2)), (f4(), f4()))
    several("vstack", "torch.vstack(inputs)", (f8(2), f8(2)), (f8(2, 2), f8(1, 2)), (f4(), f4()))
    several("dstack", "torch.dstack(inputs)", (f8(2), f8(2)), (f4(2, 2), f4(2, 2)))
    several("pad.1,2", "F.pad(a, (1, 2))", f8(3), f8(2, 3), f4(2, 3, layout="t"), i8(3), f4(0), f4(2, 0), b1(2, 2))
    several("pad.1,0,2,1.value1.5", "F.pad(a, (1, 0, 2, 1), value=1.5)", f8(2, 3), f4(2, 2, 2))
    several("pad.-1,1", "F.pad(a, (-1, 1))", f8(3), f4(2, 3))
    several("pad.-1,-1", "F.pad(a, (-1, -1))", f8(4), f4(2, 3))
    several("pad.0,0,1,-1", "F.pad(a, (0, 0, 1, -1))", f8(3, 2), f4(2, 2, 2))
    for mode in ("reflect", "replicate", "circular"):
        several(f"pad.1,2.{mode}", f"F.pad(a, (1, 2), mode='{mode}')", f8(2, 4), f8(1, 2, 3), f4(2, 3, layout="t"))
        several(f"pad.1,2,1,0.{mode}", f"F.pad(a, (1, 2, 1, 0), mode='{mode}')", f8(1, 2, 4), f8(1, 2, 2, 3),
            f4(1, 3, 3))
    several("roll.1", "a.roll(1)", f8(2, 3), f8(4), f4(2, 3, layout="t"), f4(), f4(0, 2), i8(5))
    several("roll.-2.dim0", "a.roll(-2, 0)", f8(3, 2), f4(5), i8(3))
    several("roll.1,2.dims0,1", "a.roll((1, 2), (0, 1))", f8(2, 3), f4(3, 3))
    several("roll.7.dim1", "a.roll(7, 1)", f8(2, 3))
    several("flip.0", "a.flip(0)", f8(2, 3), f8(4), f4(2, 3, layout="t"), i8(3), f4(0, 2), b1(3))
    several("flip.0,-1", "a.flip(0, -1)", f8(2, 3), f8(2, 2, 2))
    several("fliplr", "a.fliplr()", f8(2, 3), i8(2, 2))
    several("flipud", "a.flipud()", f8(2, 3), f4(3))
    several("rot90", "a.rot90()", f8(2, 3), f4(2, 2, 2), i8(2, 2))
    several("rot90.2", "a.rot90(2)", f8(2, 3))
    several("rot90.-1.dims1,2", "a.rot90(-1, (1, 2))", f8(2, 2, 3))
    several("repeat.2", "a.repeat(2)", f8(3), f4(), i8(2))
    several("repeat.2,3", "a.repeat(2, 3)", f8(2, 2), f8(3), f4(2, 2, layout="t"), f4(0, 2))
    several("repeat.2,1,3", "a.repeat(2, 1, 3)", f8(2, 2), f4(2, 2, 1))
    several("repeat.0,2", "a.repeat(0, 2)", f8(2, 2))
    several("tile.2", "a.tile(2)", f8(2, 3), f8(3), f4())
    several("tile.2,3", "a.tile((2, 3))", f8(2), f8(2, 2), f4(1, 2, 2))
    several("repeatInterleave.2", "a.repeat_interleave(2)", f8(3), f4(2, 2), i8(3))
    several("repeatInterleave.3.dim1", "a.repeat_interleave(3, 1)", f8(2, 2), f4(2, 2, 2))
    several("repeatInterleave", "a.repeat_interleave(b, 0)", (f8(3, 2), of("i8", [2, 0, 1])), (f4(2), of("i8", [3, 1])))
    for name in ("tril", "triu"):
        squares = [f8(3, 3), f8(2, 4), f4(4, 2, layout="t"), f8(2, 3, 2), i8(3, 3), f4(0, 3), b1(3, 3)]
        several(name, f"a.{name}()", *squares)
        several(f"{name}.1", f"a.{name}(1)", *squares[:4])
        several(f"{name}.-1", f"a.{name}(-1)", *squares[:4])
    several("diag", "a.diag()", f8(3), f8(3, 3), f4(2, 3), f4(3, 2, layout="t"), i8(2), f4(0))
    several("diag.1", "a.diag(1)", f8(2), f8(3, 3), f4(2, 3))
    several("diag.-1", "a.diag(-1)", f8(2), f8(3, 3), f4(3, 2))
    several("diagEmbed", "a.diag_embed()", f8(3), f8(2, 2), f4(2, 3), i8(2))
    several("diagEmbed.1", "a.diag_embed(1)", f8(2), f4(2, 2))
    several("diagEmbed.-1,0,2", "a.diag_embed(-1, 0, 2)", f8(2, 2))
    ties = of("f8", [[2, 1, 2, 1, 3], [0, 0, -1, 0, 5]])
    orders = [f8(2, 4), f8(5), f4(3, 3, layout="t"), f4(), f4(0, 3), f4(2, 0), i8(2, 4),
        of("f4", [1.0, NAN, -INF, INF, 0.0], grad=False), f4(2, 3, 2)]
    several("sort", "a.sort()", *orders)
    several("sort.dim0", "a.sort(0)", *orders)
    several("sort.descending", "a.sort(descending=True)", *orders)
    several("sort.stable", "a.sort(stable=True)", *orders, ties, of("i8", [3, 1, 3, 1, 2, 3]), b1(6), u1(6),
        of("f4", [-0.0, 0.0, -0.0, 0.0]))
    several("sort.stable.dim0.descending", "a.sort(stable=True, dim=0, descending=True)", *orders, ties)
    several("argsort.stable", "a.argsort(stable=True)", *orders, ties)
    several("argsort.dim0.descending", "a.argsort(0, descending=True)", *orders)
    several("msort", "a.msort()", f8(3, 2))
    several("topk.2", "a.topk(2)", f8(2, 4), f8(5), f4(3, 3, layout="t"), i8(5, lo=0, hi=99),
        of("f4", [1.0, NAN, 3.0, INF], grad=False))
    several("topk.2.dim0.smallest", "a.topk(2, 0, largest=False)", f8(3, 2), f4(5),
        of("f4", [1.0, NAN, 3.0, INF], grad=False))
    several("topk.0", "a.topk(0)", f8(2, 3))
    several("kthvalue.2", "a.kthvalue(2)", f8(2, 4), f8(5), f4(3, 3, layout="t"), i8(5, lo=0, hi=99))
    several("kthvalue.1.dim0.keep", "a.kthvalue(1, 0, True)", f8(3, 2), f4(4))
    repeats = [of("i8", [3, 1, 2, 3, 1, 1]), of("f4", [0.5, -1.0, 0.5, 2.0], grad=False), of("b1", [True, False, True]),
        of("i8", [[2, 1], [1, 2]]), i8(0)]
    several("unique", "a.unique()", *repeats)
    several("unique.inverse.counts", "a.unique(return_inverse=True, return_counts=True)", *repeats)
    several("unique.dim0", "a.unique(dim=0)", of("i8", [[2, 1], [1, 2], [2, 1]]))
    several("uniqueConsecutive", "a.unique_consecutive()", of("i8", [1, 1, 2, 2, 1]),
        of("f4", [0.5, 0.5, 1.0], grad=False))
    several("bincount", "a.bincount()", of("i8", [1, 3, 1, 0]), of("i8", []), of("i4", [2, 2]))
    several("bincount.minlength6", "a.bincount(minlength=6)", of("i8", [1, 3, 1, 0]))
    several("bincount.weights", "a.bincount(b)", (of("i8", [1, 3, 1, 0]), f8(4, grad=False)))
    several("oneHot", "F.one_hot(a)", of("i8", [1, 3, 0]), of("i8", [[0, 1], [2, 0]]))
    several("oneHot.5", "F.one_hot(a, 5)", of("i8", [1, 3, 0]), of("i8", 2), i8(0))
    edges = of("f4", [-1.0, 0.0, 0.0, 2.5], grad=False)
    several("searchsorted", "torch.searchsorted(a, b)",
        (edges, of("f4", [-2.0, -1.0, 0.0, 1.0, 2.5, 9.0, NAN], grad=False)),
        (of("i8", [1, 3, 5]), of("i8", [[0, 3], [4, 6]])),
        (of("f4", [[1, 2, 3], [2, 4, 6]], grad=False), of("f4", [[2.5, 0], [4, 9]], grad=False)))
    several("searchsorted.right", "torch.searchsorted(a, b, right=True)",
        (edges, of("f4", [-2.0, -1.0, 0.0, 1.0, 2.5, 9.0], grad=False)))
    several("bucketize", "torch.bucketize(a, b)", (of("f4", [[-2.0, -1.0], [0.0, 9.0]], grad=False), edges))
    several("bucketize.right", "torch.bucketize(a, b, right=True)",
        (of("f4", [[-2.0, -1.0], [0.0, 9.0]], grad=False), edges))
    several("meshgrid.ij", "torch.meshgrid(*inputs, indexing='ij')", (f8(2), f8(3)), (f4(2), f4(), f4(2)),
        (i8(2), i8(2)))
    several("meshgrid.xy", "torch.meshgrid(*inputs, indexing='xy')", (f8(2), f8(3)))
    several("atLeast2d", "torch.atleast_2d(a)", f8(3), f4(), f4(2, 3))
    return family


# ------------------------------------------------------------------------------------------------------------- losses

def losses():
    family = Family("losses")
    several = family.several

    def reductions(key, call, *samples):
        for reduction in ("mean", "sum", "none"):
            suffix = "" if reduction == "mean" else "." + reduction
            several(key + suffix, call.format(f"reduction='{reduction}'"),
                *(samples if reduction == "mean" else samples[:2]))

    pairs = [(f8(2, 3), f8(2, 3)), (f4(4), f4(4, grad=False)), (f8(2, 3, layout="t"), f8(2, 3, grad=False)),
        (f4(), f4()), (f4(0, 2), f4(0, 2))]
    reductions("mseLoss", "F.mse_loss(a, b, {})", *pairs)
    reductions("l1Loss", "F.l1_loss(a, b, {})", *pairs)
    reductions("smoothL1Loss", "F.smooth_l1_loss(a, b, {})", *pairs)
    reductions("smoothL1Loss.beta0.5", "F.smooth_l1_loss(a, b, {}, beta=0.5)", *pairs[:3])
    several("smoothL1Loss.beta0", "F.smooth_l1_loss(a, b, beta=0.0)", *pairs[:2])
    reductions("huberLoss", "F.huber_loss(a, b, {})", *pairs)
    reductions("huberLoss.delta0.5", "F.huber_loss(a, b, {}, delta=0.5)", *pairs[:3])
    probabilities = [(f8(2, 3, lo=0.05, hi=0.95), f8(2, 3, lo=0, hi=1, grad=False)),
        (f4(4, lo=0.05, hi=0.95), f4(4, lo=0, hi=1, grad=False)),
        (f8(2, 3, lo=0.05, hi=0.95, layout="t"), of("f8", [[0, 1, 1], [1, 0, 1]], grad=False)),
        (f4(lo=0.1, hi=0.9), of("f4", 1.0, grad=False))]
    reductions("binaryCrossEntropy", "F.binary_cross_entropy(a, b, {})", *probabilities)
    several("binaryCrossEntropy.weight", "F.binary_cross_entropy(a, b, c)",
        (*probabilities[0], f8(3, lo=0.2, hi=2, grad=False)))
    logits = [(f8(2, 3, lo=-4, hi=4), f8(2, 3, lo=0, hi=1, grad=False)),
        (f4(4, lo=-4, hi=4), f4(4, lo=0, hi=1, grad=False)), (f8(2, 3), f8(2, 3, lo=0, hi=1)),
        (f4(3), of("f4", [0, 1, 1], grad=False)), (of("f4", [-200.0, 200.0, 0.0]), of("f4", [0, 0, 1], grad=False)),
        (f4(), f4(lo=0, hi=1, grad=False))]
    reductions("binaryCrossEntropyWithLogits", "F.binary_cross_entropy_with_logits(a, b, {})", *logits)
    several("binaryCrossEntropyWithLogits.weight", "F.binary_cross_entropy_with_logits(a, b, c)",
        (*logits[0], f8(3, lo=0.2, hi=2, grad=False)))
    several("binaryCrossEntropyWithLogits.posWeight", "F.binary_cross_entropy_with_logits(a, b, pos_weight=c)",
        (*logits[0], f8(3, lo=0.2, hi=2, grad=False)), (*logits[2], f8(2, 1, lo=0.2, hi=2, grad=False)))
    classes = [(f8(3, 4), of("i8", [2, 0, 3])), (f4(3, 4), of("i8", [1, 1, 0])),
        (f8(3, 4, layout="t"), of("i8", [2, 0, 3])), (f4(4), of("i8", 2)), (f8(2, 3, 2), of("i8", [[0, 2], [1, 1]])),
        (f4(2, 3, 2, 2), of("i8", [[[0, 1], [2, 0]], [[1, 1], [2, 2]]]))]
    reductions("crossEntropy", "F.cross_entropy(a, b, {})", *classes)
    reductions("nllLoss", "F.nll_loss(a, b, {})", *classes)
    reductions("crossEntropy.weight", "F.cross_entropy(a, b, c, {})", (*classes[0], f8(4, lo=0.2, hi=2, grad=False)),
        (*classes[1], f4(4, lo=0.2, hi=2, grad=False)))
    reductions("nllLoss.weight", "F.nll_loss(a, b, c, {})", (*classes[0], f8(4, lo=0.2, hi=2, grad=False)),
        (*classes[4], f8(3, lo=0.2, hi=2, grad=False)))
    reductions("crossEntropy.ignore1", "F.cross_entropy(a, b, ignore_index=1, {})", (f8(3, 4), of("i8", [1, 0, 3])),
        (f4(3, 4), of("i8", [1, 1, 0])), (f4(2, 3), of("i8", [1, 1])))
    reductions("nllLoss.ignore-100", "F.nll_loss(a, b, ignore_index=-100, {})", (f8(3, 4), of("i8", [-100, 0, 3])),
        (f4(2, 3), of("i8", [-100, 1])))
    reductions("crossEntropy.smoothing0.1", "F.cross_entropy(a, b, label_smoothing=0.1, {})", classes[0], classes[1],
        classes[4])
    several("crossEntropy.weight.smoothing0.1", "F.cross_entropy(a, b, c, label_smoothing=0.1)",
        (*classes[0], f8(4, lo=0.2, hi=2, grad=False)))
    shares = of("f8", [[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])
    reductions("crossEntropy.probabilities", "F.cross_entropy(a, b, {})", (f8(2, 3), shares),
        (f4(2, 3), of("f4", [[1, 0, 0], [0, 0.5, 0.5]], grad=False)))
    reductions("klDiv", "F.kl_div(a, b, {})", (f8(2, 3, lo=-3, hi=-0.2), shares),
        (f4(3, lo=-3, hi=-0.2), f4(3, lo=0, hi=1, grad=False)))
    reductions("softMarginLoss", "F.soft_margin_loss(a, b, {})", (f8(4), of("f8", [1, -1, -1, 1], grad=False)),
        (f4(3), of("f4", [1, -1, 1], grad=False)))
    reductions("marginRankingLoss", "F.margin_ranking_loss(a, b, c, margin=0.5, {})",
        (f8(3), f8(3), of("f8", [1, -1, 1], grad=False)), (f4(3), f4(3), of("f4", [1, -1, -1], grad=False)))
    return family


# ------------------------------------------------------------------------------------------------------------ inplace

def inplace():
    family = Family("inplace")
    several = family.several

    binaries = [(f8(2, 3), f8(2, 3)), (f8(2, 3, layout="t"), f8(3)), (f4(2, 3), f4()), (f4(2, 2), f8(2, 2)),
        (f4(2, 2), i8(2, 2, lo=1)), (i8(2, 2), i8(2, lo=1)), (f4(0, 2), f4(2)), (f8(2, 3, grad=False), f8(2, 3))]
    for name in ("add_", "sub_", "mul_", "div_"):
        several(name, f"a.clone().{name}(b)", *binaries)
    several("add_.alpha2", "a.clone().add_(b, alpha=2)", *binaries)
    several("add_.number2.5", "a.clone().add_(2.5)", f8(2, 3), f4(3), f4())
    several("sub_.number1", "a.clone().sub_(1)", f8(2, 3), f4(3), i8(3))
    several("mul_.number-1.5", "a.clone().mul_(-1.5)", f8(2, 3), f4(3), f4())
    several("div_.number4", "a.clone().div_(4)", f8(2, 3), f4(3))
    several("pow_.number3", "a.clone().pow_(3)", f8(2, 3), f4(3))
    several("pow_.number0.5", "a.clone().pow_(0.5)", f8(2, 3, lo=0.1, hi=3), f4(3, lo=0.1, hi=3))
    several("pow_", "a.clone().pow_(b)", (f8(2, 3, lo=0.2, hi=3), f8(3)), (f4(3, lo=0.2, hi=3), f4()))
    several("remainder_.number1.5", "a.clone().remainder_(1.5)", f8(2, 3), f4(3))
    several("atan2_", "a.clone().atan2_(b)", (f8(2, 3), f8(3)))
    for name in ("neg_", "abs_", "exp_", "expm1_", "sin_", "cos_", "tanh_", "sigmoid_", "square_", "relu_", "floor_",
                 "ceil_", "round_", "trunc_", "frac_", "sign_", "erf_"):
        several(name, f"a.clone().{name}()", f8(2, 3), f4(4), f4(2, 2, layout="t"))
    for name in ("sqrt_", "rsqrt_", "log_", "log2_", "log1p_", "reciprocal_", "lgamma_"):
        several(name, f"a.clone().{name}()", f8(2, 3, lo=0.2, hi=3), f4(4, lo=0.2, hi=3))
    several("leakyRelu_.0.2", "F.leaky_relu_(a.clone(), 0.2)", f8(2, 3), f4(3))
    several("elu_", "F.elu_(a.clone())", f8(2, 3), f4(3))
    several("hardtanh_", "F.hardtanh_(a.clone())", f8(2, 3), f4(3))
    several("silu_", "F.silu(a.clone(), inplace=True)", f8(2, 3), f4(3))
    several("clamp_.min-0.5.max0.5", "a.clone().clamp_(-0.5, 0.5)", f8(2, 3), f4(4), i8(4))
    several("clampMin_.number0.3", "a.clone().clamp_min_(0.3)", f8(2, 3), f4(4))
    several("clampMax_.number0.3", "a.clone().clamp_max_(0.3)", f8(2, 3), f4(4))
    several("addcmul_", "a.clone().addcmul_(b, c)", (f8(2, 3), f8(2, 3), f8(3)), (f4(2, 3), f4(2, 1), f4()))
    several("addcmul_.value0.5", "a.clone().addcmul_(b, c, value=0.5)", (f8(2, 3), f8(2, 3), f8(3)))
    several("addcdiv_.value-2", "a.clone().addcdiv_(b, c, value=-2.0)", (f8(2, 3), f8(2, 3), f8(3, lo=0.3, hi=2)))
    several("lerp_.number0.3", "a.clone().lerp_(b, 0.3)", (f8(2, 3), f8(3)), (f4(3), f4(3)))
    several("lerp_", "a.clone().lerp_(b, c)", (f8(2, 3), f8(3), f8(2, 3, lo=0, hi=1)))
    several("addmm_", "a.clone().addmm_(b, c)", (f8(2, 2), f8(2, 3), f8(3, 2)), (f4(2, 2), f4(2, 3), f4(3, 2)))
    several("fill_.number2.5", "a.clone().fill_(2.5)", f8(2, 3), f4(), i8(3))
    several("fill_", "a.clone().fill_(b)", (f8(2, 3), f8()), (f4(2), f4(grad=False)))
    several("zero_", "a.clone().zero_()", f8(2, 3), f4(), b1(3))
    several("copy_", "a.clone().copy_(b)", (f8(2, 3), f8(2, 3)), (f8(2, 3), f8(3)), (f4(2, 3), f8(2, 1)),
        (f4(3), i8(3)), (i8(3), i4(3)), (f8(2, 3, grad=False), f4(2, 3)))
    mask = of("b1", [[True, False, True], [False, True, True]])
    several("maskedFill_.number", "a.clone().masked_fill_(b, 1.5)", (f8(2, 3), mask),
        (f4(2, 3), of("b1", [True, False, True])))
    several("maskedFill_", "a.clone().masked_fill_(b, c)", (f8(2, 3), mask, f8()))
    several("maskedScatter_", "a.clone().masked_scatter_(b, c)", (f8(2, 3), mask, f8(4)))
    rows, index = of("i8", [1, 0, 1]), of("i8", [2, 0])
    several("indexAdd_.dim0", "a.clone().index_add_(0, b, c)", (f8(3, 2), rows, f8(3, 2)), (f4(3), rows, f4(3)))
    several("indexCopy_.dim0", "a.clone().index_copy_(0, b, c)", (f8(3, 2), index, f8(2, 2)))
    several("indexFill_.dim1.number", "a.clone().index_fill_(1, b, 2.5)", (f8(2, 3), index))
    several("scatter_.dim1", "a.clone().scatter_(1, b, c)", (f8(2, 3), of("i8", [[0, 2], [1, 0]]), f8(2, 2)),
        (f4(2, 3), of("i8", [[0, 2], [1, 0]]), f4(2, 2)))
    several("scatter_.dim0.number", "a.clone().scatter_(0, b, 1.5)", (f8(3, 2), of("i8", [[0, 2], [1, 0]])))
    several("scatterAdd_.dim0", "a.clone().scatter_add_(0, b, c)", (f8(3, 2), of("i8", [[0, 2], [0, 0]]), f8(2, 2)))
    several("indexPut_", "a.clone().index_put_((b,), c)", (f8(3, 2), index, f8(2, 2)))
    several("indexPut_.accumulate", "a.clone().index_put_((b,), c, accumulate=True)", (f8(3, 2), rows, f8(3, 2)))
    several("put_", "a.clone().put_(b, c)", (f8(2, 3), of("i8", [5, 0]), f8(2)))
    several("tril_", "a.clone().tril_()", f8(3, 3), f4(2, 3))
    several("triu_.1", "a.clone().triu_(1)", f8(3, 3), f4(2, 3))
    several("cumsum_.dim0", "a.clone().cumsum_(0)", f8(3, 2), f4(3))
    several("t_", "a.clone().t_()", f8(2, 3), f4(3))
    several("transpose_.0,1", "a.clone().transpose_(0, 1)", f8(2, 3))
    several("squeeze_", "a.clone().squeeze_()", f8(1, 3, 1))
    several("unsqueeze_.0", "a.clone().unsqueeze_(0)", f8(3))

    def on_view(key, change, *samples):
        """Changes a view v of the clone x, and returns x (first, so that its grad_fn is the one recorded) and v."""
        several("view." + key, f"(lambda x: (lambda v: (v.{change}, (x, v))[1])({{}}))(a.clone())".replace("{}",
            VIEWS[key.split('.')[0]]), *samples)

    on_view("select.mul_", "mul_(3)", f8(3, 2), f4(3, 2, layout="t"))
    on_view("select.copy_", "copy_(b)", (f8(3, 2), f8(2)), (f4(3, 2), f4()))
    on_view("slice.add_", "add_(b)", (f8(4, 2), f8(2, 2)), (f8(4, 2), f8(2)), (f8(4, 2, grad=False), f8(2)))
    on_view("slice.zero_", "zero_()", f8(4, 2), f4(4))
    on_view("slice.sigmoid_", "sigmoid_()", f8(4, 2))
    on_view("t.exp_", "exp_()", f8(2, 3), f4(2, 3))
    on_view("reshape.mul_", "mul_(b)", (f8(2, 3), f8(6)))
    on_view("diagonal.fill_", "fill_(b)", (f8(3, 3), f8()))
    on_view("diagonal.mul_", "mul_(2)", f8(3, 3), f4(2, 3))
    on_view("chain.div_", "div_(b)", (f8(3, 3), f8(2, lo=0.5, hi=2)))
    on_view("unsqueeze.pow_", "pow_(2)", f8(3, 2))
    on_view("narrow.tanh_", "tanh_()", f8(2, 3))
    on_view("permute.lerp_", "lerp_(b, 0.5)", (f8(2, 3, 2), f8(2, 3)))
    several("view.base.mul_", "(lambda x: (lambda v: (x.mul_(2), (v, x))[1])(x[1]))(a.clone())", f8(3, 2), f4(2, 2))
    several("view.sibling.add_", "(lambda x: (lambda v, w: (v.add_(b), (w, x))[1])(x[1], x.t()))(a.clone())",
        (f8(2, 3), f8(3)))
    several("view.twice", "(lambda x: (x[0].mul_(b), x[1].add_(x[0]), x)[2])(a.clone())", (f8(2, 3), f8(3)))
    several("view.then.use", "(lambda x: (lambda y: (x[0].mul_(2), y * x)[1])(x + 1))(a.clone())", f8(2, 3))
    return family


VIEWS = { "select": "x[1]", "slice": "x[1:3]", "t": "x.t()", "reshape": "x.view(-1)", "diagonal": "x.diagonal()",
    "chain": "x.t()[1][:2]", "unsqueeze": "x.unsqueeze(1)", "narrow": "x.narrow(1, 1, 2)",
    "permute": "x.permute(2, 0, 1)", }


# ------------------------------------------------------------------------------------------------------------- points

def points():
    """Gradients where there is no derivative, or where a formula easily gives NaN."""
    family = Family("points")
    again = Family.expressions.__getitem__

    def at(key, *values, expression=None):
        """The key at these points (nested lists), in both float types."""
        for dtype in ("f4", "f8"):
            family.case(key, expression or again(key), *(of(dtype, v) for v in values), second=False)

    edges = { "abs": [0, -0.0], "sign": [0, -0.0], "relu": [0, -0.0, NAN], "relu6": [0, 6, -0.0], "hardtanh": [-1, 1],
        "hardtanh.min-0.5.max2": [-0.5, 2], "hardsigmoid": [-3, 3], "hardswish": [-3, 3, 0],
        "hardshrink": [-0.5, 0.5, 0, 0.25], "softshrink": [-0.5, 0.5, 0], "threshold.0.3.-2": [0.3, 0, 1],
        "floor": [0, 1, -2], "ceil": [0, 1, -2], "round": [0.5, 1.5, -0.5], "trunc": [0, 1], "frac": [0, 1, -1.5],
        "leakyRelu": [0, -0.0], "leakyRelu.0.2": [0], "elu": [0, -0.0], "celu": [0], "selu": [0], "gelu": [0, -0.0],
        "gelu.tanh": [0], "silu": [0], "mish": [0], "softsign": [0, -0.0], "tanhshrink": [0],
        "clamp.min-0.5.max0.5": [-0.5, 0.5, -0.75, 0.75, NAN, INF, -INF], "clampMin.number0.3": [0.25, NAN, INF],
        "clampMax.number0.3": [0.25, NAN, -INF], "sqrt": [0, -0.0, -1, INF], "rsqrt": [0, -0.0, -1, INF],
        "log": [0, -0.0, -1, INF], "log2": [0, -1], "log10": [0, -1], "log1p": [-1, -2, 0], "asin": [-1, 1, 2, 0],
        "acos": [-1, 1, 2, 0], "acosh": [1, 0.5], "atanh": [-1, 1, 2], "atan": [INF, -INF, 0], "asinh": [0],
        "erfinv": [-1, 1, 2, 0], "reciprocal": [0, -0.0, INF], "sinc": [0, -0.0, 1, 2], "tan": [0], "exp": [-INF, 0],
        "expm1": [-INF, 0], "pow.number0": [0, 1, -1, NAN, INF], "pow.number1": [0, NAN], "pow.number2": [0, -0.0, -1],
        "pow.number3": [0, -1], "pow.number0.5": [0, -1, -0.0], "pow.number-1": [0, -0.0, -2], "pow.number-2": [0, -2],
        "pow.number2.5": [0, -1], "rpow.number2": [0, -INF], "square": [0], "nanToNum": [NAN, INF, -INF, 1],
        "nanToNum.0.5": [NAN, INF, -INF, 1], "logit": [0, 1, 0.5, 2], "logit.eps0.1": [0, 0.05, 0.5, 0.95, 1],
        "softplus": [0, 20, 21, 50, -50, -200], "logsigmoid": [0, 100, -100, 1000, -1000], "digamma": [1, 2, 0.5],
        "lgamma": [1, 2, 0.5], "remainder.number1.5": [0, 1.5, -1.5, 3], "fmod.number1.5": [0, 1.5, -1.5], "cosh": [0],
        "tanh": [0], }
    for key, values in edges.items():
        at(key, [float(v) for v in values])
    large = ("sigmoid", "tanh", "silu", "gelu", "gelu.tanh", "mish", "softplus", "logsigmoid", "elu", "celu", "selu",
        "hardswish", "softsign", "erf", "erfc", "atan", "asinh", "tanhshrink", "exp", "log1p", "rsqrt", "relu",
        "leakyRelu", "rpow.number2")
    for key in large:
        at(key, [30.0, -30.0, 80.0, -80.0, 1000.0, -1000.0, 1e-6, -1e-6])
    for key in ("sigmoid", "tanh", "relu", "abs", "sin", "exp", "gelu", "silu", "softplus", "elu", "sqrt", "log", "erf",
                "atan", "square", "neg", "floor", "leakyRelu", "mish"):
        at(key, [NAN, INF, -INF])

    def two(key, pairs):
        at(key, [float(x) for x, _ in pairs], [float(y) for _, y in pairs])

    same = [(1, 1), (NAN, 1), (1, NAN), (NAN, NAN), (INF, INF), (-INF, 2), (0.0, -0.0), (2, 1), (1, 2)]
    for key in ("maximum", "minimum", "fmax", "fmin", "max.binary", "min.binary", "clampMin", "clampMax"):
        two(key, same)
    two("div", [(0, 0), (1, 0), (-1, 0), (0, 2), (1, -0.0), (1, INF), (INF, INF)])
    two("mul", [(0, INF), (INF, 0), (NAN, 0), (0, 0)])
    two("pow", [(0, 0), (0, 1), (0, 2), (0, 0.5), (0, -1), (-1, 2), (-2, 3), (-2, 0.5), (1, 0), (2, 0), (NAN, 0),
        (-1, 0), (0, 3)])
    two("atan2", [(0, 0), (0, 1), (0, -1), (1, 0), (-0.0, -1)])
    two("hypot", [(0, 0), (0, 1), (3, 4)])
    two("xlogy", [(0, 0), (0, 1), (1, 0), (0, -1), (0, NAN), (2, 1)])
    two("logaddexp", [(0, 0), (INF, INF), (-INF, -INF), (1000, 0), (-INF, 1), (INF, 1)])
    two("copysign", [(0, 1), (0, -1), (1, 0), (1, -0.0), (-2, -0.0)])
    two("remainder", [(3, 1.5), (0, 2), (-3, 2), (3, -2)])
    two("fmod", [(3, 1.5), (0, 2), (-3, 2), (3, -2)])
    at("clamp", [-1.0, 0.0, 1.0, 2.0, NAN, 0.5], [0.0] * 6, [1.0, 1.0, 1.0, 1.0, 1.0, 0.5])
    at("lerp", [1.0, 2.0, 3.0], [2.0, 2.0, 3.0], [0.5, 0.0, 1.0])
    for dtype in ("f4", "f8"):
        family.case("points.where.log", "torch.where(a > 0, a.log(), torch.zeros_like(a))", of(dtype, [0.0, 1.0, -1.0]),
            second=False)
        family.case("points.where.sqrt", "torch.where(a > 0, a.sqrt(), 0.0)", of(dtype, [0.0, 4.0]), second=False)

    ties = [[1.0, 3.0, 3.0, 0.0, 3.0], [2.0, 2.0, -1.0, 2.0, 0.0]]
    nans = [[1.0, NAN, 3.0], [NAN, 2.0, NAN]]
    for key in ("max", "min", "amax", "amin"):
        at(key, ties)
        at(key, nans)
        at(key, [5.0, 5.0])
        at(key + ".dim0", ties)
        at(key + ".dim-1.keep", ties)
        at(key + ".dim-1.keep", nans)
    at("sort.stable", ties)
    for key in ("norm", "norm.p1", "norm.p3", "norm.inf", "norm.-inf", "norm.p0", "norm.p0.5"):
        at(key, [0.0, 0.0, 0.0])
        at(key, [0.0, 3.0, -4.0])
        at(key, [2.0, -2.0, 2.0, 1.0])
        at(key + ".dim-1.keep", [[0.0, 0.0], [1.0, -1.0], [0.0, 2.0]])
        at(key, [INF, 1.0])
    for key in ("prod", "prod.dim0", "prod.dim-1.keep", "cumprod.dim0", "cumprod.dim-1"):
        at(key, [2.0, 0.0, 3.0, 4.0])
        at(key, [2.0, 0.0, 3.0, 0.0, 5.0])
        at(key, [0.0, 0.0, 0.0])
        at(key, [[2.0, 0.0, 3.0], [1.0, 4.0, 0.0]])
    for dtype in ("f8",):
        for key in ("prod", "prod.dim0", "cumprod.dim0"):
            family.case(key, again(key), of(dtype, [2.0, 0.0, 3.0]))
            family.case(key, again(key), of(dtype, [2.0, 0.0, 0.0]))
    for key in ("std", "var", "std.correction0", "var.correction0"):
        at(key, [2.0, 2.0, 2.0])
        at(key, [2.0])
        at(key + ".dim-1.keep", [[1.0, 1.0], [1.0, 2.0]])
    at("logsumexp.dim0", [-INF, -INF])
    at("logsumexp.dim0", [INF, 1.0])
    at("logsumexp.dim0", [1000.0, 1000.0, -1000.0])
    at("logSoftmax.dim0", [1000.0, 0.0, -1000.0])
    at("softmax.dim0", [1000.0, 0.0, -1000.0])
    at("softmax.dim0", [-INF, 0.0, 1.0])
    at("logSoftmax.dim0", [-INF, 0.0, 1.0])
    at("nansum", [NAN, 1.0, INF])
    at("l1Loss", [1.0, 2.0, 3.0], [1.0, 3.0, 2.0])
    at("smoothL1Loss", [1.0, 0.0, 1.5, 2.0], [0.0, 1.0, 1.5, 0.0])
    at("smoothL1Loss.beta0.5", [0.5, 0.0, 1.0], [0.0, 0.5, 1.0])
    at("smoothL1Loss.beta0", [0.5, 1.0], [0.0, 1.0])
    at("huberLoss", [1.0, 0.0, 1.5, 2.0], [0.0, 1.0, 1.5, 0.0])
    at("huberLoss.delta0.5", [0.5, 0.0, 1.0], [0.0, 0.5, 1.0])
    for dtype in ("f4", "f8"):
        family.case("binaryCrossEntropy", again("binaryCrossEntropy"), of(dtype, [0.0, 1.0, 0.0, 1.0]),
            of(dtype, [1.0, 0.0, 0.0, 1.0], grad=False), second=False)
        family.case("binaryCrossEntropyWithLogits", again("binaryCrossEntropyWithLogits"),
            of(dtype, [0.0, 0.0, 100.0, -100.0]), of(dtype, [0.0, 1.0, 0.0, 1.0], grad=False), second=False)
        family.case("crossEntropy", again("crossEntropy"), of(dtype, [[1000.0, 0.0], [0.0, -1000.0]]), of("i8", [1, 0]),
            second=False)
        family.case("normalize", again("normalize"), of(dtype, [[0.0, 0.0], [3.0, 4.0]]), second=False)
        family.case("klDiv", again("klDiv"), of(dtype, [-1.0, -2.0, 0.0]), of(dtype, [0.0, 1.0, 0.0]), second=False)
    return family


# ------------------------------------------------------------------------------------------------------------ further

def further():
    """Operations that are not in the first list."""
    family = Family("further")
    several = family.several

    for name in ("cummax", "cummin"):
        several(f"{name}.dim0", f"a.{name}(0)", f8(4), f8(3, 2), of("f4", [1.0, 3.0, 3.0, NAN, 2.0]), i8(4))
    several("logcumsumexp.dim0", "a.logcumsumexp(0)", f8(4), f8(3, 2), f4(4))
    several("median", "a.median()", f8(5), f8(2, 3), f4(4), i8(5), of("f4", [1.0, NAN, 2.0]))
    several("median.dim0", "a.median(0)", f8(3, 2), f4(5))
    several("kron", "a.kron(b)", (f8(2, 2), f8(2, 3)), (f4(2), f4(2, 2)))
    several("cartesianProd", "torch.cartesian_prod(a, b)", (f8(2), f8(3)), (i8(2), i8(2)))
    several("diff", "a.diff()", f8(4), f4(2, 3), i8(4))
    several("diff.2.dim0", "a.diff(2, 0)", f8(4, 2))
    several("stdMean", "torch.std_mean(a)", f8(2, 3), f4(4))
    several("varMean.dim0", "torch.var_mean(a, 0)", f8(3, 2), f4(4))
    several("aminmax.dim0", "torch.aminmax(a, dim=0)", f8(3, 2), f4(4))
    several("logaddexp2", "a.logaddexp2(b)", (f8(2, 3), f8(3)), (f4(3), f4()))
    several("floatPower.2", "a.float_power(2)", f8(3), f4(3), i8(3))
    several("isclose", "a.isclose(b)",
        (of("f4", [1.0, 1.0, NAN], grad=False), of("f4", [1.0 + 1e-7, 1.1, NAN], grad=False)))
    several("signbit", "a.signbit()", of("f4", [0.0, -0.0, -1.0, NAN], grad=False), i8(3))
    several("polygamma.1", "a.polygamma(1)", f8(4, lo=0.3, hi=5), f4(3, lo=0.3, hi=5))
    several("glu", "F.glu(a)", f8(2, 4), f4(4))
    several("prelu", "F.prelu(a, b)", (f8(2, 3), f8(3)), (f4(2, 3, 2), f4(1)))
    several("scaledDotProductAttention", "F.scaled_dot_product_attention(a, b, c)",
        (f8(1, 2, 3, 4), f8(1, 2, 3, 4), f8(1, 2, 3, 4)), (f4(2, 3, 4), f4(2, 5, 4), f4(2, 5, 2)))
    return family


def main():
    for family in (pointwise, reductions, linalg, views, indexing, arranging, losses, inplace, points, further):
        family().write()
    finish(sys.argv[1] if len(sys.argv) > 1 else None)


if __name__ == "__main__":
    main()
