"""Writes core/src/test/resources/golden/ops/convolution.txt: convolutions, transposed ones, unfold and fold."""

from common import Family, f4, f8

CONV = "F.conv{d}d(a, b{bias}, stride={stride}, padding={padding}, dilation={dilation}, groups={groups})"
TRANSPOSED = ("F.conv_transpose{d}d(a, b{bias}, stride={stride}, padding={padding}, output_padding={more}, "
              "groups={groups}, dilation={dilation})")


def word(values):
    return str(values) if isinstance(values, (int, str)) else "x".join(map(str, values))


def conv(family, d, x, w, bias=True, stride=1, padding=0, dilation=1, groups=1, make=f8, layout="c"):
    key = f"conv{d}d.s{word(stride)}.p{word(padding)}.d{word(dilation)}.g{groups}" + (".bias" if bias else "")
    expression = CONV.format(d=d, bias=", c" if bias else "", stride=stride, padding=repr(padding), dilation=dilation,
                             groups=groups)
    specs = [make(*x, layout=layout), make(*w, layout=layout)] + ([make(w[0])] if bias else [])
    family.case(key, expression, *specs)


def transposed(family, d, x, w, bias=True, stride=1, padding=0, more=0, groups=1, dilation=1, make=f8, layout="c"):
    key = (f"convTranspose{d}d.s{word(stride)}.p{word(padding)}.o{word(more)}.g{groups}.d{word(dilation)}"
           + (".bias" if bias else ""))
    expression = TRANSPOSED.format(d=d, bias=", c" if bias else "", stride=stride, padding=padding, more=more,
                                   dilation=dilation, groups=groups)
    specs = [make(*x, layout=layout), make(*w, layout=layout)] + ([make(w[1] * groups)] if bias else [])
    family.case(key, expression, *specs)


def cases():
    f = Family("convolution")
    conv(f, 2, (2, 3, 5, 6), (4, 3, 3, 3))
    conv(f, 2, (2, 3, 5, 6), (4, 3, 3, 3), bias=False)
    conv(f, 2, (2, 3, 5, 6), (4, 3, 3, 3), make=f4)
    conv(f, 2, (2, 3, 5, 6), (4, 3, 3, 3), layout="t")
    conv(f, 2, (2, 3, 5, 6), (4, 3, 3, 3), layout="s")
    conv(f, 2, (3, 5, 6), (4, 3, 3, 3))
    conv(f, 2, (3, 5, 6), (4, 3, 3, 3), bias=False)
    conv(f, 2, (1, 1, 1, 1), (1, 1, 1, 1))
    conv(f, 2, (0, 3, 5, 6), (4, 3, 3, 3))
    conv(f, 2, (2, 3, 4, 4), (5, 3, 1, 1))
    conv(f, 2, (2, 3, 5, 5), (5, 3, 1, 1), bias=False, stride=2)
    conv(f, 2, (2, 3, 5, 5), (5, 3, 1, 1), stride=3, padding=1)
    conv(f, 2, (1, 2, 6, 6), (3, 2, 3, 3), padding=1)
    conv(f, 2, (1, 2, 6, 6), (3, 2, 3, 3), bias=False, stride=2, padding=1)
    conv(f, 2, (1, 2, 6, 6), (3, 2, 3, 3), bias=False, stride=2, padding=1, make=f4)
    conv(f, 2, (1, 2, 7, 5), (3, 2, 3, 3), bias=False, stride=2, padding=1)
    conv(f, 2, (1, 3, 11, 10), (2, 3, 7, 7), bias=False, stride=2, padding=3)
    conv(f, 2, (1, 2, 7, 8), (2, 2, 2, 3), stride=(2, 1), padding=(1, 2))
    conv(f, 2, (1, 2, 7, 8), (2, 2, 3, 2), stride=(1, 3), padding=(0, 1), dilation=(2, 1))
    conv(f, 2, (1, 2, 7, 7), (2, 2, 3, 3), dilation=2)
    conv(f, 2, (1, 2, 7, 7), (2, 2, 3, 3), padding=2, dilation=2)
    conv(f, 2, (1, 2, 8, 9), (2, 2, 2, 2), stride=2, padding=1, dilation=3)
    conv(f, 2, (1, 2, 9, 9), (2, 2, 2, 2), stride=4)
    conv(f, 2, (2, 4, 5, 4), (6, 2, 3, 2), padding=1, groups=2)
    conv(f, 2, (2, 4, 5, 4), (6, 2, 3, 2), bias=False, stride=2, padding=1, groups=2)
    conv(f, 2, (2, 4, 5, 5), (4, 1, 3, 3), padding=1, groups=4)
    conv(f, 2, (2, 4, 5, 5), (4, 1, 3, 3), bias=False, stride=2, padding=1, groups=4)
    conv(f, 2, (1, 3, 5, 5), (6, 1, 3, 3), groups=3)
    conv(f, 2, (1, 3, 6, 5), (6, 1, 3, 3), padding=2, dilation=2, groups=3)
    conv(f, 2, (1, 2, 4, 5), (3, 2, 3, 3), padding="same")
    conv(f, 2, (1, 2, 4, 5), (3, 2, 2, 4), padding="same")
    conv(f, 2, (1, 2, 6, 7), (3, 2, 2, 4), padding="same", dilation=(2, 1))
    conv(f, 2, (1, 2, 4, 5), (3, 2, 2, 4), padding="valid")
    conv(f, 1, (2, 3, 8), (4, 3, 3))
    conv(f, 1, (2, 3, 8), (4, 3, 3), bias=False)
    conv(f, 1, (2, 3, 8), (4, 3, 3), make=f4)
    conv(f, 1, (2, 3, 8), (4, 3, 3), layout="t")
    conv(f, 1, (3, 8), (4, 3, 3))
    conv(f, 1, (2, 3, 9), (4, 3, 3), stride=2, padding=1)
    conv(f, 1, (2, 3, 9), (4, 3, 2), stride=3, padding=2, dilation=2)
    conv(f, 1, (2, 4, 9), (4, 2, 3), padding=1, groups=2)
    conv(f, 1, (2, 4, 9), (8, 1, 3), padding=1, groups=4)
    conv(f, 1, (2, 3, 7), (2, 3, 4), padding="same")
    conv(f, 1, (2, 3, 7), (2, 3, 4), padding="valid")

    transposed(f, 2, (2, 3, 4, 5), (3, 4, 3, 3))
    transposed(f, 2, (2, 3, 4, 5), (3, 4, 3, 3), bias=False)
    transposed(f, 2, (2, 3, 4, 5), (3, 4, 3, 3), make=f4)
    transposed(f, 2, (2, 3, 4, 5), (3, 4, 3, 3), layout="t")
    transposed(f, 2, (3, 4, 5), (3, 4, 3, 3))
    transposed(f, 2, (1, 2, 3, 4), (2, 3, 2, 2), stride=2)
    transposed(f, 2, (1, 2, 3, 4), (2, 3, 3, 3), stride=2, padding=1, more=1)
    transposed(f, 2, (1, 2, 3, 4), (2, 3, 3, 2), stride=(2, 3), padding=(1, 0), more=(0, 2))
    transposed(f, 2, (1, 2, 3, 3), (2, 3, 2, 2), stride=3)
    transposed(f, 2, (1, 4, 3, 3), (4, 2, 3, 3), stride=2, padding=1, groups=2)
    transposed(f, 2, (1, 4, 3, 3), (4, 1, 3, 3), padding=1, groups=4)
    transposed(f, 2, (1, 2, 3, 3), (2, 2, 3, 3), padding=1, dilation=2)
    transposed(f, 1, (2, 3, 5), (3, 4, 3))
    transposed(f, 1, (3, 5), (3, 4, 3))
    transposed(f, 1, (2, 3, 5), (3, 4, 3), stride=2, padding=1, more=1)
    transposed(f, 1, (2, 4, 5), (4, 2, 4), bias=False, stride=2, padding=1, groups=2)

    unfold = "F.unfold(a, {k}, dilation={d}, padding={p}, stride={s})"
    for k, d, p, s, shape in ((2, 1, 0, 1, (2, 3, 4, 5)), ((2, 3), 1, 1, 2, (2, 2, 5, 5)),
                              (2, (2, 1), (1, 0), (1, 2), (1, 2, 5, 6)), (2, 1, 0, 2, (3, 4, 4))):
        f.case(f"unfold.k{word(k)}.d{word(d)}.p{word(p)}.s{word(s)}", unfold.format(k=k, d=d, p=p, s=s), f8(*shape))
    fold = "F.fold(a, {o}, {k}, dilation={d}, padding={p}, stride={s})"
    for o, k, d, p, s, shape in (((4, 5), 2, 1, 0, 1, (2, 12, 12)), ((5, 5), (2, 3), 1, 1, 2, (2, 12, 9)),
                                 ((4, 4), 2, 1, 0, 2, (16, 4))):
        f.case(f"fold.o{word(o)}.k{word(k)}.d{word(d)}.p{word(p)}.s{word(s)}",
               fold.format(o=o, k=k, d=d, p=p, s=s), f8(*shape))
    f.write()


cases()
