"""ResNet in PyTorch: what networks made from a seed predict, their gradients, their running statistics, ten steps of training.

Run as: python3 resnet.py            writes vision/src/test/resources/golden/resnet.txt.gz
        python3 resnet.py FILE.pth   writes only the state dict of the ResNet-18, 47 MB

A line is `<case> <what> <number of elements> <greatest absolute value> <norm> <values>`: of large tensors only elements spread over them.
"""

import sys

import torch
from torch import nn

from common import ROOT, number, write_text

SAMPLES = 12


class BasicBlock(nn.Module):
    growth = 1

    def __init__(self, inside, planes, stride, downsample):
        super().__init__()
        self.conv1 = nn.Conv2d(inside, planes, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.downsample = downsample

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        return (y + (x if self.downsample is None else self.downsample(x))).relu()


class Bottleneck(nn.Module):
    growth = 4

    def __init__(self, inside, planes, stride, downsample):
        super().__init__()
        self.conv1 = nn.Conv2d(inside, planes, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.conv3 = nn.Conv2d(planes, 4 * planes, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * planes)
        self.downsample = downsample

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu())).relu()
        y = self.bn3(self.conv3(y))
        return (y + (x if self.downsample is None else self.downsample(x))).relu()


class ResNet(nn.Module):
    """K. He et al. (2015), with torchvision's names and first values."""

    def __init__(self, block, counts, classes=1000):
        super().__init__()
        self.inside = 64
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        for i, count in enumerate(counts):
            setattr(self, f"layer{i + 1}", self.stage(block, 64 << i, count, 1 if i == 0 else 2))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(512 * block.growth, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")

    def stage(self, block, planes, count, stride):
        outside = planes * block.growth
        downsample = None
        if stride != 1 or self.inside != outside:
            downsample = nn.Sequential(nn.Conv2d(self.inside, outside, 1, stride, bias=False), nn.BatchNorm2d(outside))
        blocks = [block(self.inside, planes, stride, downsample)]
        self.inside = outside
        return nn.Sequential(*blocks, *(block(outside, planes, 1, None) for _ in range(count - 1)))

    def forward(self, x):
        x = self.maxpool(self.bn1(self.conv1(x)).relu())
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(self.avgpool(x).flatten(1))


def resnet(block, counts):
    torch.manual_seed(0)
    return ResNet(block, counts)


def spread(n):
    """Positions all over a tensor of n elements; the Java test takes the same."""
    return range(n) if n <= SAMPLES else [i * (n - 1) // (SAMPLES - 1) for i in range(SAMPLES)]


def line(case, what, x):
    flat = x.detach().double().flatten()
    values = [flat.abs().max(), flat.norm(), *(flat[i] for i in spread(len(flat)))]
    return " ".join([case, what, str(len(flat)), *(number(float("%.12g" % float(v))) for v in values)])


def batch(size, side):
    torch.manual_seed(1)
    return torch.rand(size, 3, side, side), torch.arange(size) * 7 % 1000


def filled():
    """A ResNet-18 whose numbers are all drawn uniformly, which gives the same bits everywhere."""
    model = resnet(BasicBlock, [2, 2, 2, 2])
    torch.manual_seed(2)
    with torch.no_grad():
        for p in model.parameters():
            if p.dim() == 1:
                p.uniform_(0.5, 1)
            else:
                bound = (6 / p[0].numel()) ** 0.5
                p.uniform_(-bound, bound)
        for b in model.buffers():
            if b.dim() == 1:
                b.uniform_(0.5, 1)
    return model


def gradients(side, training):
    """In double precision: in single precision a rounding error can push the input of a ReLU over 0, which changes gradients by far more."""
    model = filled().double().train(training)
    x, labels = batch(2, side)
    x = x.double().requires_grad_()
    logits = model(x)
    nn.functional.cross_entropy(logits, labels).backward()
    case = f"resnet18.{side}.{'train' if training else 'eval'}"
    lines = [line(case, "logits", logits), line(case, "input", x.grad)]
    lines += [line(case, k, p.grad) for k, p in model.named_parameters()]
    return lines + ([line(case, k, b) for k, b in model.named_buffers()] if training else [])


def steps():
    model = resnet(BasicBlock, [2, 2, 2, 2])
    x, labels = batch(4, 64)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    losses = []
    for _ in range(10):
        loss = nn.functional.cross_entropy(model(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return [line("resnet18.steps", "losses", torch.stack(losses))]


def predictions(name, block, counts):
    model = resnet(block, counts)
    x, _ = batch(2, 64)
    lines = [line(name, "first", torch.cat([p.flatten()[:2] for p in model.parameters()]))]
    with torch.no_grad():
        lines.append(line(name, "logits", model(x)))
    return lines + [f"{name} keys {sum(p.numel() for p in model.parameters())} {' '.join(model.state_dict())}"]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        torch.save(filled().state_dict(), sys.argv[1])
    else:
        rows = [r for side in (64, 224) for training in (True, False) for r in gradients(side, training)]
        rows += steps()
        for name, block, counts in (("resnet18", BasicBlock, [2, 2, 2, 2]), ("resnet34", BasicBlock, [3, 4, 6, 3]),
                                    ("resnet50", Bottleneck, [3, 4, 6, 3])):
            rows += predictions(name, block, counts)
        write_text(ROOT / "vision/src/test/resources/golden/resnet.txt", "\n".join(rows) + "\n", limit=0)
