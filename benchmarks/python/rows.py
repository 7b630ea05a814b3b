"""The rows of the table in PyTorch: one side of the comparison, as benchmarks/src/main/java/.../worker says.

Run as: python3 rows.py THREADS, then commands on standard input; or as: python3 rows.py THREADS first-step.
"""

import ctypes
import functools
import os
import sys
import time

BATCH, IN, HIDDEN, OUT = 64, 784, 256, 10
LEARNING_RATE, MOMENTUM, STEPS = 0.01, 0.9, 5
CLASSES, RESNET_RATE = 1000, 0.00001
FIRST_BATCH, FIRST_SIDE = 8, 64
SEQUENCES, TOKENS, FEATURES, HEADS, INNER = 16, 64, 128, 4, 512
ADAM_RATE, DECAY = 0.001, 0.01
TIMES, SERIES, SIGNALS, STATES = 50, 16, 64, 128
MILLION = 1 << 20

answers = os.fdopen(os.dup(1), "w")  # whatever else is printed goes to standard error
os.dup2(2, 1)


def answer(line):
    print(line, file=answers, flush=True)


try:
    import torch
except Exception as e:  # a broken installation can raise anything
    answer(f"failed python cannot import torch: {e}".replace("\n", " "))
    sys.exit(1)


def hashes(n, seed):
    mask = 0xFFFFFFFF
    h = (torch.arange(n) * 0x9E3779B1 + seed * 0x85EBCA6B) & mask
    h = ((h ^ (h >> 15)) * 0x2C1B3C6D) & mask
    h = ((h ^ (h >> 12)) * 0x297A2D39) & mask
    return (h ^ (h >> 15)) >> 8


def uniform(seed, *shape, scale=1.0):
    n = torch.Size(shape).numel()
    return ((hashes(n, seed) - (1 << 23)).float() * 2.0**-23 * scale).reshape(shape)


class Forward:
    def __init__(self, op, arity, *shape):
        self.op = op
        self.inputs = [uniform(1 + i, *shape) for i in range(arity)]

    def step(self):
        return self.op(*self.inputs)

    def result(self):
        return self.step()


class Tutorial:
    def __init__(self):
        self.x = uniform(1, 2, 2).requires_grad_()

    def step(self):
        x = self.x
        x.grad = None
        y = x + 2
        out = (y * y * 3).mean()
        out.backward()
        return out

    def result(self):
        self.step()
        return self.x.grad


class Perceptron:
    def __init__(self):
        self.x = uniform(1, BATCH, IN)
        self.labels = hashes(BATCH, 2) % OUT
        self.w1 = uniform(3, HIDDEN, IN, scale=1 / 32).requires_grad_()
        self.b1 = uniform(4, HIDDEN, scale=1 / 32).requires_grad_()
        self.w2 = uniform(5, OUT, HIDDEN, scale=1 / 16).requires_grad_()
        self.b2 = uniform(6, OUT, scale=1 / 16).requires_grad_()
        self.parameters = [self.w1, self.b1, self.w2, self.b2]
        self.momenta = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        linear = torch.nn.functional.linear
        logits = linear(linear(self.x, self.w1, self.b1).relu(), self.w2, self.b2)
        loss = torch.nn.functional.cross_entropy(logits, self.labels)
        loss.backward()
        with torch.no_grad():
            for p, v in zip(self.parameters, self.momenta):
                v.mul_(MOMENTUM).add_(p.grad)
                p.sub_(v, alpha=LEARNING_RATE)
                p.grad = None
        return loss

    def result(self):
        for _ in range(STEPS):
            self.step()
        return torch.cat([p.flatten() for p in self.parameters])


def filled(network):
    """Fills the parameters in the order in which the network has them."""
    with torch.no_grad():
        for place, (name, p) in enumerate(network.named_parameters()):
            if p.dim() > 1:
                p.copy_(uniform(100 + place, *p.shape, scale=(3 * p.shape[0] / p.numel()) ** 0.5))
            else:
                p.copy_(uniform(100 + place, *p.shape, scale=1 / 8) + (0 if "bias" in name else 1))
    return network


class Block(torch.nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(outputs)
        self.relu = torch.nn.ReLU(inplace=True)
        self.conv2 = torch.nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = torch.nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride > 1:
            self.downsample = torch.nn.Sequential(
                torch.nn.Conv2d(inputs, outputs, 1, stride, bias=False), torch.nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


class ResNet18(torch.nn.Sequential):
    def __init__(self):
        layers = [
            torch.nn.Conv2d(3, 64, 7, 2, 3, bias=False),
            torch.nn.BatchNorm2d(64),
            torch.nn.ReLU(inplace=True),
            torch.nn.MaxPool2d(3, 2, 1),
        ]
        inputs = 64
        for outputs in (64, 128, 256, 512):
            layers += [Block(inputs, outputs, outputs // inputs), Block(outputs, outputs, 1)]
            inputs = outputs
        layers += [torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(512, CLASSES)]
        super().__init__(*layers)


class ResNetInference:
    def __init__(self, batch, side):
        self.network = filled(ResNet18()).eval()
        self.x = uniform(1, batch, 3, side, side)

    def step(self):
        with torch.no_grad():
            return self.network(self.x)

    def result(self):
        return self.step()


class Training:
    def __init__(self, network, optimizer, loss, x, target):
        self.network, self.optimizer, self.loss, self.x, self.target = network, optimizer, loss, x, target

    def step(self):
        self.optimizer.zero_grad()
        loss = self.loss(self.network(self.x), self.target)
        loss.backward()
        self.optimizer.step()
        return loss

    def result(self):
        with torch.no_grad():
            before = self.network(self.x).flatten()
        return torch.cat([before] + [self.step().detach().reshape(1) / self.target.numel() for _ in range(STEPS)])


def resnet_training(batch, side):
    return training(filled(ResNet18()), batch, side)


def training(network, batch, side):
    optimizer = torch.optim.SGD(network.parameters(), RESNET_RATE, MOMENTUM)
    labels = hashes(batch, 2) % CLASSES
    return Training(
        network, optimizer, torch.nn.functional.cross_entropy, uniform(1, batch, 3, side, side), labels
    )


def first_step():
    """Prints the loss of a network that is initialised by chance, as torchvision does it."""
    torch.manual_seed(0)
    network = ResNet18()
    for layer in network.modules():
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
    answer(training(network, FIRST_BATCH, FIRST_SIDE).step())


def transformer_training():
    layer = filled(torch.nn.TransformerEncoderLayer(FEATURES, HEADS, INNER, 0.0, "gelu", batch_first=True))
    optimizer = torch.optim.AdamW(layer.parameters(), ADAM_RATE, weight_decay=DECAY)
    x, target = (uniform(seed, SEQUENCES, TOKENS, FEATURES) for seed in (1, 2))
    squares = functools.partial(torch.nn.functional.mse_loss, reduction="sum")
    return Training(layer, optimizer, squares, x, target)


class Recurrence:
    def __init__(self):
        self.layer = filled(torch.nn.LSTM(SIGNALS, STATES))
        self.x = uniform(1, TIMES, SERIES, SIGNALS)

    def step(self):
        self.layer.zero_grad()
        total = self.layer(self.x)[0].sum()
        total.backward()
        return total

    def result(self):
        self.step()
        return torch.cat([p.grad.flatten() for p in self.layer.parameters()])


ROWS = {
    "graph-2x2": Tutorial,
    "add-2x2": lambda: Forward(torch.add, 2, 2, 2),
    "matmul-64": lambda: Forward(torch.matmul, 2, 64, 64),
    "matmul-256": lambda: Forward(torch.matmul, 2, 256, 256),
    "matmul-1024": lambda: Forward(torch.matmul, 2, 1024, 1024),
    "matmul-2048": lambda: Forward(torch.matmul, 2, 2048, 2048),
    "add-1m": lambda: Forward(torch.add, 2, MILLION),
    "add-16m": lambda: Forward(torch.add, 2, 16 * MILLION),
    "exp-1m": lambda: Forward(torch.exp, 1, MILLION),
    "gelu-1m": lambda: Forward(torch.nn.functional.gelu, 1, MILLION),
    "sum-1m": lambda: Forward(torch.sum, 1, MILLION),
    "mlp": Perceptron,
    "resnet-training-8-224": lambda: resnet_training(8, 224),
    "resnet-training-8-64": lambda: resnet_training(8, 64),
    "resnet-training-1-64": lambda: resnet_training(1, 64),
    "resnet-inference-8-224": lambda: ResNetInference(8, 224),
    "resnet-inference-8-64": lambda: ResNetInference(8, 64),
    "resnet-inference-1-64": lambda: ResNetInference(1, 64),
    "transformer": transformer_training,
    "lstm": Recurrence,
}


def write(values, file):
    values = values.detach().contiguous().flatten()
    with open(file, "wb") as out:
        out.write(memoryview((ctypes.c_float * values.numel()).from_address(values.data_ptr())))


def warm(row, millis):
    start = time.perf_counter_ns()
    half, end = start + millis * 500_000, start + millis * 1_000_000
    while time.perf_counter_ns() < half:
        row.step()
    begin = time.perf_counter_ns()
    steps = 0
    while True:
        row.step()
        steps += 1
        now = time.perf_counter_ns()
        if now >= end:
            return (now - begin) / steps


def times(row, warmup, samples, steps):
    step = row.step
    for _ in range(warmup):
        step()
    found = []
    for _ in range(samples):
        start = time.perf_counter_ns()
        for _ in range(steps):
            step()
        found.append((time.perf_counter_ns() - start) / steps)
    return "times - - " + " ".join(map(str, found))


def peak_memory():
    """VmHWM, as ru_maxrss begins with what the process that started this one had."""
    try:
        with open("/proc/self/status") as lines:
            return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), -1)
    except OSError:
        return -1


def main():
    torch.set_num_threads(int(sys.argv[1]))
    if sys.argv[2:] == ["first-step"]:
        return first_step()
    answer(f"ready {torch.__version__}, {torch.get_num_threads()} threads")
    name, row = None, None
    for line in sys.stdin:
        words = line.split()
        try:
            if words[0] == "folder":
                answer(f"folder {os.path.dirname(torch.__file__)}")
                continue
            before = peak_memory()
            if words[1] != name:
                row = None
                name, row = words[1], ROWS[words[1]]()
            if words[0] == "result":
                write(row.result(), words[2])
                answer("done")
            elif words[0] == "warm":
                answer(f"step {warm(row, int(words[2]))}")
            elif words[0] == "row":
                answer(times(row, *map(int, words[2:5])))
            elif words[0] == "resident":
                for _ in range(int(words[2])):
                    row.step()
                answer(f"bytes {peak_memory() - before}")
            else:
                raise ValueError(f"there is no command {words[0]}")
        except Exception as e:
            answer(f"failed {type(e).__name__}: {e}".replace("\n", " "))


main()
