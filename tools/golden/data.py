"""Golden orders of samplers, loaders and splits: the batches that PyTorch makes after a seed.

    python tools/golden/data.py

Writes core/src/test/resources/golden/data.txt: a line per case, its name and then the numbers; batches end in ";".
"""

import torch
from torch.utils.data import (DataLoader, RandomSampler, SubsetRandomSampler, TensorDataset, WeightedRandomSampler,
                              random_split)

from common import ROOT, write_text

LINES = []


def line(name, numbers):
    LINES.append(f"{name} " + " ".join(str(n) for n in numbers))


def seeded(seed, work):
    torch.manual_seed(seed)
    return work()


def batches(seed, epochs=1, **options):
    """Numbers of the samples of each batch, then a number drawn after: it tells where the generator stands."""
    torch.manual_seed(seed)
    loader = DataLoader(TensorDataset(torch.arange(23)), **options)
    found = []
    for _ in range(epochs):
        for (batch,) in loader:
            found += [*batch.tolist(), ";"]
    return [*found, torch.randint(0, 1_000_000, ()).item()]


def split(seed, n, lengths):
    torch.manual_seed(seed)
    return [x for part in random_split(range(n), lengths) for x in [*part.indices, ";"]]


def main():
    line("shuffle", batches(0, batch_size=5, shuffle=True))
    line("epochs", batches(7, epochs=3, batch_size=4, shuffle=True))
    line("drop-last", batches(1, batch_size=5, shuffle=True, drop_last=True))
    line("sequential", batches(3, batch_size=10))
    weights = [0.5, 3.0, 0.0, 1.0, 0.25, 2.0]
    line("weighted", batches(5, batch_size=8, sampler=WeightedRandomSampler(weights, 20, replacement=True)))
    line("weighted-once", seeded(6, lambda: list(WeightedRandomSampler(weights, 4, replacement=False))))
    line("random", seeded(2, lambda: list(RandomSampler(range(9)))))
    line("random-fewer", seeded(2, lambda: list(RandomSampler(range(9), num_samples=4))))
    line("random-more", seeded(2, lambda: list(RandomSampler(range(9), num_samples=21))))
    line("random-again", seeded(2, lambda: list(RandomSampler(range(9), replacement=True, num_samples=70))))
    line("subset", seeded(4, lambda: list(SubsetRandomSampler([3, 1, 4, 15, 9, 2, 6]))))
    line("split", split(42, 10, [3, 7]))
    line("split-fractions", split(42, 30, [0.3, 0.3, 0.4]))
    line("split-rest", split(8, 17, [0.5, 0.25, 0.25]))
    line("split-near-one", split(9, 13, [0.7, 0.2, 0.1]))
    line("seeds", seeded(0, lambda: [torch.empty((), dtype=torch.int64).random_().item() for _ in range(4)]))
    write_text(ROOT / "core/src/test/resources/golden/data.txt", "\n".join(LINES) + "\n")


if __name__ == "__main__":
    main()
