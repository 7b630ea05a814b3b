"""Golden training run: a network of two layers learns 1,437 handwritten digits and is tried on the other 360.

    python tools/golden/digits.py DIGITS_CSV_GZ

DIGITS_CSV_GZ has a row per digit: 8×8 pixels of 0 to 16, then the label. Writes the first 50 losses and the final
accuracy to examples/src/test/resources/golden/digits-losses.txt. The Java example mirrors this program.
"""

import gzip
import sys

import numpy as np
import torch
import torch.nn.functional as F

from common import ROOT, number, write_text

HIDDEN, EPOCHS, BATCH, RATE, TRAIN = 64, 40, 32, 0.5, 1437


def main(path):
    torch.set_num_threads(1)
    with gzip.open(path, "rt") as file:
        rows = torch.tensor(np.loadtxt(file, delimiter=","), dtype=torch.float32)

    torch.manual_seed(0)
    order = torch.randperm(len(rows))
    pixels, labels = rows[order, :64] / 16, rows[order, 64].long()

    w1 = (torch.randn(64, HIDDEN) * (2 / 64) ** 0.5).requires_grad_()
    b1 = torch.zeros(HIDDEN, requires_grad=True)
    w2 = (torch.randn(HIDDEN, 10) * (2 / HIDDEN) ** 0.5).requires_grad_()
    b2 = torch.zeros(10, requires_grad=True)
    parameters = [w1, b1, w2, b2]

    def logits(x):
        return torch.relu(x @ w1 + b1) @ w2 + b2

    losses = []
    for _ in range(EPOCHS):
        permutation = torch.randperm(TRAIN)
        for i in range(0, TRAIN, BATCH):
            batch = permutation[i:i + BATCH]
            loss = F.cross_entropy(logits(pixels[batch]), labels[batch])
            loss.backward()
            with torch.no_grad():
                for p in parameters:
                    p -= RATE * p.grad
                    p.grad.zero_()
            losses.append(loss.item())

    with torch.no_grad():
        right = (logits(pixels[TRAIN:]).argmax(1) == labels[TRAIN:]).sum().item()
    print(f"{right} of {len(rows) - TRAIN} right, last loss {losses[-1]:.6f}")
    lines = [f"loss {i} {number(np.float32(x))}" for i, x in enumerate(losses[:50])]
    lines += [f"steps {len(losses)}", f"right {right} {len(rows) - TRAIN}"]
    write_text(ROOT / "examples/src/test/resources/golden/digits-losses.txt", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
