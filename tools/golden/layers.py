"""Layers and losses of torch.nn: first values for a seed, forward, gradients, running statistics, and how they print.

Writes core/src/test/resources/golden/layers.txt (names of states, printed form), layers-cases.txt (numbers)
and hooks.txt (hooks of modules, as they are called).
"""

import warnings
import zlib

import numpy as np
import torch
from torch import nn

from common import ROOT, bracketed, cotangent, f4, i8, number, of, text, write_text

GOLDEN = ROOT / "core/src/test/resources/golden"
about, cases = [], []


def rounded(x):
    """As text, doubles to twelve digits."""
    if x.dtype != torch.float64:
        return text(x)
    return " ".join(["float64", bracketed(x.shape), ".", *(number(float(f"{v:.12g}")) for v in x.reshape(-1).tolist())])


def escaped(module):
    return str(module).replace("\n", "\\n")


def layer(key, make, *specs, modes=("train",), dtypes=("f4", "f8"), seed=7):
    """One layer, made after manual_seed; cases for dtypes and modes: in their number bit 0 is eval mode, bit 1 float64."""
    torch.manual_seed(seed)
    first = make()
    about.extend([f"layer {key}", "keys " + " ".join(first.state_dict()), "print " + escaped(first)])
    for d, dtype in enumerate(("f4", "f8")):
        if dtype not in dtypes:
            continue
        torch.manual_seed(seed)
        module = make().to(torch.float64 if dtype == "f8" else torch.float32)
        for i, mode in enumerate(modes):
            rng = np.random.default_rng([zlib.crc32(key.encode())])
            inputs = [s.draw(rng) for s in specs]
            inputs = [x.detach().to(torch.float64).requires_grad_(x.requires_grad)
                      if dtype == "f8" and x.is_floating_point() else x for x in inputs]
            case(key, 4 * i + 2 * d + (mode == "eval"), module.train(mode == "train"), inputs, rng)


def case(key, which, module, inputs, rng):
    """Inputs are those of the layer, then its state; outputs its result, then its buffers as they are afterwards."""
    state = list(module.state_dict(keep_vars=True).values())
    parameters = [p for p in module.parameters() if p.requires_grad]
    lines = [f"case {key} {which}"]
    lines += [f"in {text(x, 'g' if x.requires_grad else '.')}" for x in inputs + state]
    y = module(*inputs)
    wanted = [x for x in inputs + state if x.requires_grad]
    assert len(wanted) == len(parameters) + sum(x.requires_grad for x in inputs), key
    lines += [f"out {rounded(x)}" for x in [y, *module.buffers()]]
    if y.requires_grad:
        g = cotangent(y, rng)
        found = dict(zip(map(id, wanted), torch.autograd.grad(y, wanted, g, allow_unused=True)))
        lines += [f"go {text(g)}", *["go -"] * len(list(module.buffers()))]
        lines += ["gi -" if found.get(id(x)) is None else f"gi {rounded(found[id(x)])}" for x in inputs + state]
    cases.extend(lines)


BOTH = ("train", "eval")
X2, X3, X4 = f4(3, 4), f4(2, 4, 7), f4(2, 4, 5, 4)


def linear_and_embedding():
    layer("linear", lambda: nn.Linear(4, 3), X2)
    layer("linear.noBias", lambda: nn.Linear(4, 3, bias=False), f4(2, 3, 4))
    layer("bilinear", lambda: nn.Bilinear(4, 3, 2), X2, f4(3, 3))
    layer("bilinear.noBias", lambda: nn.Bilinear(2, 3, 2, False), f4(2, 2, 2), f4(2, 2, 3))
    layer("identity", nn.Identity, X2)
    layer("embedding", lambda: nn.Embedding(7, 3), i8(2, 4, lo=0, hi=7))
    layer("embedding.padding", lambda: nn.Embedding(7, 3, padding_idx=-2), of("i8", [[5, 1], [2, 5]]))
    layer("embedding.maxNorm", lambda: nn.Embedding(7, 3, max_norm=1.0), of("i8", [5, 1, 2, 5]))


def convolutions():
    layer("conv1d", lambda: nn.Conv1d(4, 3, 3), X3)
    layer("conv1d.all", lambda: nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False), X3)
    layer("conv2d", lambda: nn.Conv2d(4, 3, 3), X4)
    layer("conv2d.short", lambda: nn.Conv2d(4, 3, 3, 2, 1), X4)
    layer("conv2d.stride2", lambda: nn.Conv2d(4, 3, (3, 2), stride=2, padding=(1, 0), bias=False), X4)
    layer("conv2d.groups", lambda: nn.Conv2d(4, 8, 3, padding=1, groups=4, dilation=(1, 2)), X4)
    for mode in ("reflect", "replicate", "circular"):
        layer(f"conv2d.{mode}", lambda m=mode: nn.Conv2d(4, 2, 3, padding=(1, 2), padding_mode=m), X4)
    layer("conv2d.same", lambda: nn.Conv2d(4, 2, (2, 3), padding="same", dilation=(1, 2)), X4)
    layer("convTranspose1d", lambda: nn.ConvTranspose1d(4, 3, 3, stride=2), X3)
    layer("convTranspose2d", lambda: nn.ConvTranspose2d(4, 3, 3), X4)
    layer("convTranspose2d.all", lambda: nn.ConvTranspose2d(
        4, 6, (3, 2), stride=2, padding=1, output_padding=1, groups=2, dilation=(1, 2)), X4)


def normalisation():
    layer("batchNorm1d", lambda: nn.BatchNorm1d(4), f4(5, 4), modes=BOTH)
    layer("batchNorm1d.3d", lambda: nn.BatchNorm1d(4, 1e-3, 0.3), X3, modes=BOTH)
    layer("batchNorm2d", lambda: nn.BatchNorm2d(4), X4, modes=BOTH)
    layer("batchNorm2d.cumulative", lambda: nn.BatchNorm2d(4, momentum=None), X4, modes=("train", "eval", "train"))
    layer("batchNorm2d.plain", lambda: nn.BatchNorm2d(4, affine=False, track_running_stats=False), X4, modes=BOTH)
    layer("instanceNorm1d", lambda: nn.InstanceNorm1d(4), X3, modes=BOTH)
    layer("instanceNorm2d", lambda: nn.InstanceNorm2d(4, affine=True, track_running_stats=True), X4, modes=BOTH)
    layer("instanceNorm2d.single", lambda: nn.InstanceNorm2d(4), f4(4, 3, 5))
    layer("layerNorm", lambda: nn.LayerNorm(4), f4(2, 3, 4))
    layer("layerNorm.two", lambda: nn.LayerNorm((3, 4), eps=1e-3, bias=False), f4(2, 3, 4))
    layer("layerNorm.plain", lambda: nn.LayerNorm(4, elementwise_affine=False), X2)
    layer("groupNorm", lambda: nn.GroupNorm(2, 4), X4)
    layer("groupNorm.plain", lambda: nn.GroupNorm(4, 4, 1e-3, affine=False), X3)
    layer("rmsNorm", lambda: nn.RMSNorm(4), X2)
    layer("rmsNorm.eps", lambda: nn.RMSNorm((3, 4), eps=1e-3, elementwise_affine=False), f4(2, 3, 4))


def without_state():
    for key, make in {"dropout": nn.Dropout, "dropout1d": nn.Dropout1d, "dropout2d": lambda: nn.Dropout2d(0.25),
                      "alphaDropout": nn.AlphaDropout}.items():
        layer(key, make, X3, modes=("eval",))
    layer("maxPool1d", lambda: nn.MaxPool1d(3, 2, 1), X3)
    layer("maxPool2d", lambda: nn.MaxPool2d(2), X4)
    layer("maxPool2d.all", lambda: nn.MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2), ceil_mode=True), X4)
    layer("maxPool2d.stem", lambda: nn.MaxPool2d(3, 2, 1), X4)
    layer("avgPool1d", lambda: nn.AvgPool1d(3), X3)
    layer("avgPool2d", lambda: nn.AvgPool2d(2), X4)
    layer("avgPool2d.all", lambda: nn.AvgPool2d((3, 2), (2, 1), (1, 0), True, False), X4)
    layer("adaptiveAvgPool1d", lambda: nn.AdaptiveAvgPool1d(3), X3)
    layer("adaptiveAvgPool2d", lambda: nn.AdaptiveAvgPool2d((1, 1)), X4)
    layer("adaptiveAvgPool2d.square", lambda: nn.AdaptiveAvgPool2d(4), X4)
    layer("adaptiveMaxPool1d", lambda: nn.AdaptiveMaxPool1d(3), X3)
    layer("adaptiveMaxPool2d", lambda: nn.AdaptiveMaxPool2d((4, 3)), X4)
    layer("upsample", lambda: nn.Upsample(scale_factor=2), X3)
    layer("upsample.bilinear", lambda: nn.Upsample(scale_factor=1.5, mode="bilinear", align_corners=True), X4)
    layer("upsample.size", lambda: nn.Upsample(size=(7, 3), mode="bilinear"), X4)
    layer("pixelShuffle", lambda: nn.PixelShuffle(2), X4)
    layer("zeroPad2d", lambda: nn.ZeroPad2d(1), X4)
    layer("reflectionPad2d", lambda: nn.ReflectionPad2d((1, 2, 3, 0)), X4)
    layer("replicationPad2d", lambda: nn.ReplicationPad2d(2), X4)
    layer("flatten", nn.Flatten, X4)
    layer("flatten.dims", lambda: nn.Flatten(0, 1), X4)
    layer("unflatten", lambda: nn.Unflatten(1, (2, 2)), X3)
    layer("softmax", lambda: nn.Softmax(1), X3)
    layer("logSoftmax", lambda: nn.LogSoftmax(-1), X3)
    layer("softmin", lambda: nn.Softmin(1), X3)
    for name in ("ReLU ReLU6 LeakyReLU ELU CELU SELU GELU SiLU Mish Sigmoid LogSigmoid Tanh Softplus Softsign Softshrink "
                 "Hardshrink Tanhshrink Hardtanh Hardsigmoid Hardswish GLU PReLU").split():
        layer(name, getattr(nn, name), f4(3, 8, lo=-4, hi=4))
    layer("ReLU.inplace", lambda: nn.Sequential(nn.Linear(4, 3), nn.ReLU(inplace=True)), X2)
    layer("LeakyReLU.slope", lambda: nn.LeakyReLU(0.2), X2)
    layer("ELU.alpha", lambda: nn.ELU(0.7), X2)
    layer("CELU.alpha", lambda: nn.CELU(0.7), X2)
    layer("GELU.tanh", lambda: nn.GELU("tanh"), X2)
    layer("Softplus.beta", lambda: nn.Softplus(2.0, 1.0), X2)
    layer("Hardtanh.wide", lambda: nn.Hardtanh(-0.75, 1e-05), X2)
    layer("Threshold", lambda: nn.Threshold(0.1, 20.0), X2)
    layer("GLU.dim", lambda: nn.GLU(1), X3)
    layer("PReLU.channels", lambda: nn.PReLU(4, 0.1), X3)


def losses():
    target = f4(3, 4, grad=False)
    shares = f4(3, 4, lo=0.05, hi=0.95)
    signs = of("f4", [[1, -1, 1, 1], [-1, -1, 1, -1], [1, 1, -1, 1]], grad=False)
    classes = of("i8", [2, 0, 3])
    weights = [0.5, 2.0, 1.0, 0.25]
    layer("MSELoss", nn.MSELoss, X2, X2)
    layer("MSELoss.sum", lambda: nn.MSELoss(reduction="sum"), X2, target)
    layer("L1Loss", nn.L1Loss, X2, target)
    layer("SmoothL1Loss", lambda: nn.SmoothL1Loss(reduction="none", beta=0.5), X2, target)
    layer("HuberLoss", lambda: nn.HuberLoss(delta=0.7), X2, target)
    layer("SoftMarginLoss", nn.SoftMarginLoss, X2, signs)
    layer("HingeEmbeddingLoss", nn.HingeEmbeddingLoss, X2, signs)
    layer("PoissonNLLLoss", nn.PoissonNLLLoss, X2, f4(3, 4, lo=0, hi=5, grad=False))
    layer("PoissonNLLLoss.full", lambda: nn.PoissonNLLLoss(log_input=False, full=True, reduction="sum"),
          f4(3, 4, lo=0.1, hi=5), f4(3, 4, lo=0, hi=5, grad=False))
    layer("KLDivLoss", lambda: nn.KLDivLoss(reduction="sum"), X2, f4(3, 4, lo=0.1, hi=0.9, grad=False))
    layer("KLDivLoss.log", lambda: nn.KLDivLoss(reduction="none", log_target=True), X2, target)
    layer("BCELoss", nn.BCELoss, shares, f4(3, 4, lo=0, hi=1, grad=False))
    layer("BCELoss.weight", lambda: nn.BCELoss(torch.tensor(weights)), shares, f4(3, 4, lo=0, hi=1, grad=False))
    layer("BCEWithLogitsLoss", nn.BCEWithLogitsLoss, X2, f4(3, 4, lo=0, hi=1, grad=False))
    layer("BCEWithLogitsLoss.weights", lambda: nn.BCEWithLogitsLoss(
        torch.tensor([1.5]), pos_weight=torch.tensor(weights)), X2, f4(3, 4, lo=0, hi=1, grad=False))
    layer("NLLLoss", nn.NLLLoss, X2, classes)
    layer("NLLLoss.weight", lambda: nn.NLLLoss(torch.tensor(weights), ignore_index=2, reduction="sum"),
          f4(2, 4, 3), i8(2, 3, lo=0, hi=4))
    layer("CrossEntropyLoss", nn.CrossEntropyLoss, X2, classes)
    layer("CrossEntropyLoss.weight", lambda: nn.CrossEntropyLoss(
        torch.tensor(weights), ignore_index=3, label_smoothing=0.1), f4(2, 4, 3), i8(2, 3, lo=0, hi=4))
    layer("CrossEntropyLoss.soft", nn.CrossEntropyLoss, X2, shares)
    layer("TripletMarginLoss", nn.TripletMarginLoss, X2, X2, X2)
    layer("TripletMarginLoss.swap", lambda: nn.TripletMarginLoss(0.5, p=3.0, swap=True, reduction="sum"), X2, X2, X2)
    layer("MarginRankingLoss", lambda: nn.MarginRankingLoss(0.3), X2, X2, signs)
    layer("CosineEmbeddingLoss", lambda: nn.CosineEmbeddingLoss(0.1), X2, X2, of("f4", [1, -1, 1], grad=False))
    layer("GaussianNLLLoss", nn.GaussianNLLLoss, X2, target, shares)
    layer("GaussianNLLLoss.full", lambda: nn.GaussianNLLLoss(full=True, reduction="none"), X2, target, shares)
    layer("CosineSimilarity", nn.CosineSimilarity, X2, X2)
    layer("CosineSimilarity.dim", lambda: nn.CosineSimilarity(dim=0, eps=1e-6), X2, X2)
    layer("PairwiseDistance", nn.PairwiseDistance, X2, X2)
    layer("PairwiseDistance.p", lambda: nn.PairwiseDistance(3.0, keepdim=True), X2, X2)


class Block(nn.Module):
    """A residual block, as a network of one's own."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x):
        return x + self.scale * torch.relu(self.bn1(self.conv1(x)))


def networks():
    layer("mlp", lambda: nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, 2)), X2,
          modes=("eval",))
    layer("convnet", lambda: nn.Sequential(
        nn.Conv2d(4, 3, 3, bias=False), nn.BatchNorm2d(3), nn.ReLU(True), Block(3), nn.MaxPool2d(2),
        nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Linear(3, 2)), X4, modes=BOTH)
    nested = nn.ModuleDict({"body": nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2), nn.Tanh()]), "head": Block(1)})
    lists = nn.ParameterList([torch.zeros(2, 3), torch.zeros(4)])
    for key, module in {"nested": nested, "parameterList": lists}.items():
        about.extend([f"layer {key}", "keys " + " ".join(module.state_dict()), "print " + escaped(module)])


def first_values():
    """Of torch.nn.init: fill a tensor of ones after manual_seed(3)."""
    i = nn.init
    for key, shape, fill in [
        ("uniform", (3, 4), lambda x: i.uniform_(x, -2, 5)), ("normal", (5, 4), lambda x: i.normal_(x, 1, 3)),
        ("eye", (3, 4), i.eye_), ("dirac", (4, 3, 3), i.dirac_), ("dirac.groups", (4, 2, 3, 2), lambda x: i.dirac_(x, 2)),
        ("xavierUniform", (3, 4), i.xavier_uniform_), ("xavierNormal", (3, 4, 2), lambda x: i.xavier_normal_(x, 2.5)),
        ("kaimingUniform", (3, 4, 2), lambda x: i.kaiming_uniform_(x, 0.3)),
        ("kaimingUniform.out", (3, 4), lambda x: i.kaiming_uniform_(x, 0, "fan_out", "relu")),
        ("kaimingNormal", (5, 4), lambda x: i.kaiming_normal_(x, 0, "fan_out", "tanh")),
        ("truncNormal", (8, 8), lambda x: i.trunc_normal_(x, 0, 1, -1, 1.5)),
        ("truncNormal.tail", (8, 8), lambda x: i.trunc_normal_(x, 0, 1, 2, 3)),
        ("orthogonal", (5, 4), i.orthogonal_), ("orthogonal.wide", (3, 2, 4), lambda x: i.orthogonal_(x, 2)),
        ("sparse", (8, 3), lambda x: i.sparse_(x, 0.3, 0.5)),
    ]:
        torch.manual_seed(3)
        cases.extend([f"case init.{key} 0", f"in {text(torch.ones(shape))}", f"out {text(fill(torch.ones(shape)))}"])


def hooks():
    """In which order hooks are called, and with what: pre and post, forward and backward, on a network and its layers."""
    log = []

    def shown(x):
        return "None" if x is None else "[" + " ".join(f"{v:.4f}" for v in x.reshape(-1).tolist()) + "]"

    def note(word, path, *groups):
        log.append(" ".join([word, path or "net", *(",".join(map(shown, g)) for g in groups)]))

    def watched(net):
        for path, module in net.named_modules():
            module.register_forward_pre_hook(lambda m, x, p=path: note("before", p, x))
            module.register_forward_hook(lambda m, x, y, p=path: note("after", p, [y], x))
            module.register_full_backward_pre_hook(lambda m, gy, p=path: note("backwardBefore", p, gy))
            module.register_full_backward_hook(lambda m, gx, gy, p=path: note("backwardAfter", p, gx, gy))
        return net

    def network():
        torch.manual_seed(5)
        return watched(nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.Tanh(), nn.Linear(3, 2))))

    for wanted in (True, False):
        log.append(f"input {'wants' if wanted else 'without'} gradient")
        network()(torch.tensor([[0.5, -1.0]]).requires_grad_(wanted)).sum().backward()
    log.append("changing")
    net = network()
    net[0].register_forward_pre_hook(lambda m, x: (x[0] * 2,))
    net[1].register_forward_hook(lambda m, x, y: y + 1)
    net[1][1].register_full_backward_pre_hook(lambda m, gy: (gy[0] * 3,))
    net[1][0].register_full_backward_hook(lambda m, gx, gy: (gx[0] * 5,))
    x = torch.tensor([[0.5, -1.0]], requires_grad=True)
    y = net(x)
    y.sum().backward()
    log += [f"y {shown(y)}", f"x {shown(x.grad)}", *(f"{n} {shown(p.grad)}" for n, p in net.named_parameters())]
    write_text(GOLDEN / "hooks.txt", "\n".join(log) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    linear_and_embedding()
    convolutions()
    normalisation()
    without_state()
    losses()
    networks()
    first_values()
    hooks()
    write_text(GOLDEN / "layers.txt", "\n".join(about) + "\n")
    write_text(GOLDEN / "layers-cases.txt", "\n".join(cases) + "\n")
    print(sum(line.startswith("case ") for line in cases), "cases of", sum(a.startswith("layer ") for a in about), "layers")
