"""files_check.py FOLDER: whether PyTorch, NumPy and safetensors read what Flambeau wrote there (dev.flambeau.io.Rewrite, in io's tests)."""

import re
import sys
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from files import OUT, lines


def load(path):
    if path.suffix == ".pth":
        x = torch.load(path, weights_only=True)
        torch.load(path, weights_only=True, mmap=True)
        return x
    if path.suffix == ".safetensors":
        with open(path, "rb") as file:
            header = file.read()[8:]
        x = safetensors.torch.load_file(path)
        return dict(sorted(x.items(), key=lambda item: header.index(f'"{item[0]}":'.encode())))
    if path.suffix == ".npy":
        x = np.load(path)
        return torch.from_numpy(x).reshape(-1).view(x.shape)
    return {name: torch.from_numpy(x) for name, x in np.load(path).items()}


def comparable(line, path):
    """Strides are kept in .pth only."""
    return line if path.suffix == ".pth" else re.sub(r"\) \([^)]*\)", ")", line)


wrong = 0
for path in sorted(Path(sys.argv[1]).iterdir()):
    expected = (OUT / f"{path.name}.txt").read_text(encoding="utf-8").splitlines()
    read = [line.rstrip() for line in lines("", load(path))]
    same = [comparable(line, path) for line in read] == [comparable(line, path) for line in expected]
    wrong += not same
    print("same " if same else "OTHER", path.name)
sys.exit(wrong > 0)
