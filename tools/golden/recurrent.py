"""Recurrent layers, attention and transformers: first values for a seed, states, masks, gradients, and how they print.

Writes core/src/test/resources/golden/recurrent.txt (names of states, printed form), recurrent-cases.txt (numbers), and
ops/recurrent.txt (the operations behind them).
"""

import warnings
import zlib

import numpy as np
import torch
from torch import nn

from common import ROOT, Family, b1, bracketed, cotangent, f4, f8, number, of, text, write_text

GOLDEN = ROOT / "core/src/test/resources/golden"
INF = float("inf")
about, cases = [], []


def rounded(x):
    """As text, doubles to twelve digits."""
    if x.dtype != torch.float64:
        return text(x)
    return " ".join(["float64", bracketed(x.shape), ".", *(number(float(f"{v:.12g}")) for v in x.reshape(-1).tolist())])


def flat(y):
    """All tensors of nested tuples."""
    if y is None:
        return []
    return [y] if isinstance(y, torch.Tensor) else [t for part in y for t in flat(part)]


def layer(key, make, *specs, call=lambda m, x: m(*x), singles=True):
    """One layer made after manual_seed(7) and called, in training mode after manual_seed(8), with float32 (case 0) and float64 (case 1)."""
    torch.manual_seed(7)
    first = make()
    about.extend([f"layer {key}", "keys " + " ".join(first.state_dict()), "print " + str(first).replace("\n", "\\n")])
    for which, dtype in enumerate((torch.float32, torch.float64)):
        if which == 0 and not singles:
            continue
        torch.manual_seed(7)
        module = make().to(dtype)
        rng = np.random.default_rng([zlib.crc32(key.encode())])
        inputs = [s.draw(rng) for s in specs]
        inputs = [x.detach().to(dtype).requires_grad_(x.requires_grad) if x.is_floating_point() else x for x in inputs]
        state = list(module.state_dict(keep_vars=True).values())
        lines = [f"case {key} {which}"]
        lines += [f"in {text(x, 'g' if x.requires_grad else '.')}" for x in inputs + state]
        torch.manual_seed(8)
        outputs = flat(call(module, inputs))
        gradients = [cotangent(y, rng) for y in outputs]
        wanted = [x for x in inputs + state if x.requires_grad]
        found = dict(zip(map(id, wanted), torch.autograd.grad(outputs, wanted, gradients, allow_unused=True)))
        lines += [f"out {rounded(y)}" for y in outputs]
        lines += [f"go {text(g)}" for g in gradients]
        lines += ["gi -" if found.get(id(x)) is None else f"gi {rounded(found[id(x)])}" for x in inputs + state]
        cases.extend(lines)


def with_states(module, x):
    return module(x[0], tuple(x[1:]) if len(x) > 2 else x[1])


def recurrent():
    x = f4(4, 2, 3)
    for name, make, states in (("rnn", nn.RNN, 1), ("lstm", nn.LSTM, 2), ("gru", nn.GRU, 1)):
        cell = {"rnn": nn.RNNCell, "lstm": nn.LSTMCell, "gru": nn.GRUCell}[name]
        layer(name, lambda m=make: m(3, 5), x)
        layer(f"{name}.states", lambda m=make: m(3, 5), x, *[f4(1, 2, 5)] * states, call=with_states)
        layer(f"{name}.all", lambda m=make: m(3, 4, num_layers=2, bidirectional=True, batch_first=True), f4(2, 4, 3),
              *[f4(4, 2, 4)] * states, call=with_states)
        layer(f"{name}.noBias", lambda m=make: m(3, 5, bias=False, bidirectional=True), x)
        layer(f"{name}.single", lambda m=make: m(3, 5, batch_first=True), f4(4, 3), *[f4(1, 5)] * states,
              call=with_states)
        layer(f"{name}.dropout", lambda m=make: m(3, 4, num_layers=3, dropout=0.5), x, singles=False)
        layer(f"{name}.many", lambda m=make: m(3, 6), f4(3, 21, 3), singles=False)
        layer(f"{name}Cell", lambda c=cell: c(3, 5), f4(2, 3), *[f4(2, 5)] * states, call=with_states)
        layer(f"{name}Cell.zeros", lambda c=cell: c(3, 5, bias=False), f4(3))
    layer("rnn.relu", lambda: nn.RNN(3, 5, nonlinearity="relu"), x)
    layer("rnnCell.relu", lambda: nn.RNNCell(3, 5, nonlinearity="relu"), f4(2, 3))


def with_weights(module, x): return module(x[0], x[1], x[2], average_attn_weights=False)


def without_weights(module, x): return module(x[0], x[1], x[2], need_weights=False)


def masked(weights):
    return lambda m, x: m(x[0], x[0], x[0], key_padding_mask=x[1], attn_mask=x[2], need_weights=weights)


PADDING = of("b1", [[0, 0, 0, 1], [0, 1, 0, 0]])
LATER = of("b1", np.triu(np.ones((4, 4)), 1).tolist())
LATER_NUMBERS = of("f4", [[0, -INF, -INF, -INF], [0.5, 0, -INF, -INF], [0, 0.25, 0, -INF], [-1, 0, 0, 0]], grad=False)
PADDING_NUMBERS = of("f4", [[0, 0, 0, -INF], [0, -INF, 0.5, 0]], grad=False)


def attention():
    q, k, v = f4(3, 2, 4), f4(5, 2, 4), f4(5, 2, 4)
    layer("mha", lambda: nn.MultiheadAttention(4, 2), q, k, v)
    layer("mha.perHead", lambda: nn.MultiheadAttention(4, 2, bias=False), q, k, v, call=with_weights)
    layer("mha.fused", lambda: nn.MultiheadAttention(4, 2), q, k, v, call=without_weights)
    layer("mha.sizes", lambda: nn.MultiheadAttention(4, 2, kdim=3, vdim=5, batch_first=True), f4(2, 3, 4), f4(2, 5, 3),
          f4(2, 5, 5), call=without_weights)
    layer("mha.single", lambda: nn.MultiheadAttention(4, 2, batch_first=True), f4(3, 4), f4(5, 4), f4(5, 4))
    for name, weights in (("weights", True), ("fused", False)):
        layer(f"mha.{name}.truths", lambda: nn.MultiheadAttention(4, 2, batch_first=True), f4(2, 4, 4), PADDING, LATER,
              call=masked(weights))
        layer(f"mha.{name}.numbers", lambda: nn.MultiheadAttention(4, 2), f4(4, 2, 4), PADDING_NUMBERS, LATER_NUMBERS,
              call=masked(weights))
        layer(f"mha.{name}.dropout", lambda: nn.MultiheadAttention(4, 2, dropout=0.5), f4(4, 2, 4), PADDING,
              LATER, call=masked(weights), singles=False)
        layer(f"mha.{name}.each", lambda: nn.MultiheadAttention(4, 2), f4(3, 2, 4), of("b1", [[0] * 3, [0, 0, 1]]),
              of("b1", [[[0, 1, 0], [0, 0, 1], [0, 0, 0]]] * 4), call=masked(weights), singles=False)


def transformers():
    x = f4(2, 4, 4)
    relu = dict(d_model=4, nhead=2, dim_feedforward=6, dropout=0.0)
    gelu = dict(relu, activation="gelu", batch_first=True, norm_first=True)
    layer("encoderLayer", lambda: nn.TransformerEncoderLayer(**relu), x)
    layer("encoderLayer.gelu", lambda: nn.TransformerEncoderLayer(**gelu, layer_norm_eps=1e-3), x, PADDING, LATER,
          call=lambda m, x: m(x[0], src_mask=x[2], src_key_padding_mask=x[1]))
    layer("encoderLayer.dropout", lambda: nn.TransformerEncoderLayer(**dict(gelu, dropout=0.25), bias=False), x,
          singles=False)
    layer("encoder", lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(**gelu), 2, norm=nn.LayerNorm(4)), x,
          LATER, call=lambda m, x: m(x[0], mask=x[1]))
    layer("decoderLayer", lambda: nn.TransformerDecoderLayer(**relu), f4(3, 2, 4), f4(5, 2, 4))
    layer("decoderLayer.gelu", lambda: nn.TransformerDecoderLayer(**dict(gelu, dropout=0.25)), x, f4(2, 4, 4), LATER,
          PADDING, singles=False, call=lambda m, x: m(x[0], x[1], tgt_mask=x[2], memory_key_padding_mask=x[3]))
    layer("decoder", lambda: nn.TransformerDecoder(nn.TransformerDecoderLayer(**relu), 2), f4(3, 2, 4), f4(5, 2, 4))
    layer("transformer", lambda: nn.Transformer(num_encoder_layers=1, num_decoder_layers=1, **gelu), x, x, LATER,
          call=lambda m, x: m(x[0], x[1], tgt_mask=x[2]))


def operations():
    """The product with 1 gives all the same node; PyTorch's depend on dtype and library."""
    ops = Family("recurrent")
    for name, states in (("rnn_tanh", 1), ("rnn_relu", 1), ("gru", 1), ("lstm", 2)):
        gates = {"gru": 3, "lstm": 4}.get(name, 1)
        state = "inputs[1]" if states == 1 else "[inputs[1], inputs[6]]"
        biased = "[inputs[2], inputs[3], inputs[4], inputs[5]], True, 1, 0.0, False, False, False"
        specs = [f8(3, 2, 2), f8(1, 2, 3), f8(3 * gates, 2), f8(3 * gates, 3), f8(3 * gates), f8(3 * gates)]
        results = "y * 1 for y in " if states == 1 else "y * 1 for y in "
        ops.case(name.replace("_", "."), f"[{results}torch.{name}(a, {state}, {biased})]",
                 *specs, *[f8(1, 2, 3)] * (states - 1))
    attention_of = "F.scaled_dot_product_attention(a, b, c"
    heads = [f8(2, 2, 3, 2), f8(2, 2, 4, 2), f8(2, 2, 4, 2)]
    ops.case("scaledDotProductAttention.masked", f"{attention_of}, attn_mask=d) * 1", *heads,
             of("f8", [[0, 1, -INF, 2]] * 2 + [[0.5, 0, 0, -1]], grad=False))
    ops.case("scaledDotProductAttention.truths", f"{attention_of}, attn_mask=d) * 1", *heads,
             of("b1", [[[[1, 0, 1, 1]] * 3], [[[0, 1, 1, 1]] * 3]]))
    ops.case("scaledDotProductAttention.learned", f"{attention_of}, attn_mask=d) * 1", *heads, f8(3, 4))
    ops.case("scaledDotProductAttention.causal", f"{attention_of}, is_causal=True) * 1", f8(1, 2, 4, 2), f8(1, 2, 4, 2),
             f8(1, 2, 4, 3))
    ops.write()


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    recurrent()
    attention()
    transformers()
write_text(GOLDEN / "recurrent.txt", "\n".join(about) + "\n")
write_text(GOLDEN / "recurrent-cases.txt", "\n".join(cases) + "\n")
print(f"{len(about) // 3} layers, {sum(line.startswith('case ') for line in cases)} cases")
operations()
