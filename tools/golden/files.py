"""Files written by PyTorch, NumPy and safetensors, each beside a .txt that says what is in it: io/src/test/resources/golden.

A line of the .txt is a path into the value, what is there, and its elements or its value:
    weights/w tensor float32 (4, 3) (1, 4) 0 leaf : 0.0 4.0 ...
"""

import collections
import io
import json
import zipfile

import numpy as np
import safetensors.torch
import torch
from common import ROOT

OUT = ROOT / "io/src/test/resources/golden"
WIDENED = {
    torch.float16: torch.float32, torch.bfloat16: torch.float32, torch.int8: torch.int32, torch.int16: torch.int32,
    torch.uint16: torch.int32, torch.uint32: torch.int64,
}
DTYPES = [
    torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool, torch.float16, torch.bfloat16, torch.int8,
    torch.int16,
]


def numbers(n, dtype):
    """n values that every dtype holds exactly, with the extremes of small integers."""
    if dtype == torch.bool:
        return torch.arange(n) % 3 == 0
    if dtype.is_floating_point:
        values = torch.arange(n, dtype=torch.float64) * 0.75 - 3
        if n > 6:
            values[5], values[6] = float("inf"), float("-inf")
        return values.to(dtype)
    info = torch.iinfo(dtype)
    values = [info.min, info.max] + [(3 * i) % 100 for i in range(n)]
    return torch.tensor(values[:n], dtype=dtype)


def lines(path, x):
    if isinstance(x, torch.Tensor):
        shown = x.detach().to(WIDENED.get(x.dtype, x.dtype))
        elements = shown.flatten().tolist()
        kind = str(shown.dtype).removeprefix("torch.")
        grad = "grad" if x.requires_grad else "leaf"
        yield f"{path} tensor {kind} {tuple(x.shape)} {x.stride()} {x.storage_offset()} {grad} : " + " ".join(map(repr, elements))
    elif isinstance(x, dict):
        yield f"{path} dict {len(x)}"
        for key, value in x.items():
            yield from lines(f"{path}/{key}", value)
    elif isinstance(x, (list, tuple)):
        yield f"{path} list {len(x)}"
        for i, value in enumerate(x):
            yield from lines(f"{path}/{i}", value)
    elif isinstance(x, set):
        yield f"{path} set " + " ".join(sorted(map(str, x)))
    elif isinstance(x, (bytes, bytearray)):
        yield f"{path} bytes {x.hex()}"
    elif isinstance(x, np.generic):
        yield from lines(path, x.item())
    else:
        yield f"{path} {type(x).__name__} {x}"


def describe(name, x):
    (OUT / f"{name}.txt").write_text("".join(line.rstrip() + "\n" for line in lines("", x)), encoding="utf-8")


class Keys(type):
    """In the place of str, numbers storages as they come: the older format names them by their addresses."""

    def __init__(cls, *args):
        super().__init__(*args)
        cls.known = {}

    def __call__(cls, x=""):
        return cls.known.setdefault(x, f"{len(cls.known):03}") if isinstance(x, int) else str(x)

    def __instancecheck__(cls, x):
        return isinstance(x, str)


def pth(name, x, **options):
    describe(name, x)
    buffer = io.BytesIO()
    if name.startswith("legacy"):
        torch.serialization.str = Keys("Keys", (), {})
        torch.save(x, buffer, _use_new_zipfile_serialization=False)
        del torch.serialization.str
    else:
        torch.save(x, buffer, **options)
    (OUT / name).write_bytes(buffer.getvalue())
    return buffer.getvalue()


def rezipped(content, compression=zipfile.ZIP_STORED, change=lambda name, data: data):
    """The same archive, written by another program."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", compression) as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename)
            entry.compress_type = compression
            new.writestr(entry, change(info.filename, old.read(info)))
    return buffer.getvalue()


def containers():
    return {
        "list": [1, 2.5, None, True, False, "text", "\u00e9\u4e16\U0001f525", "", (1, (2, ()), [])],
        "ints": [0, -1, 255, 256, 65535, 65536, 2**31 - 1, -(2**31), 2**31, 2**63 - 1, -(2**63), 2**63, -(2**100)],
        "floats": [0.0, -1.5, 1e300, float("inf")],
        "bytes": b"\x00\xff\n",
        "bytearray": bytearray(b"ab"),
        "set": {1, 2, 3},
        "ordered": collections.OrderedDict(b=1, a=2),
        "counter": collections.Counter("aab"),
        "size": torch.Size([2, 3]),
        7: {"nested": {"deeper": torch.arange(3)}},
    }


def layouts():
    base = numbers(24, torch.float32)
    matrix = base.view(4, 6)
    tied = numbers(6, torch.float64).view(2, 3)
    return collections.OrderedDict(
        whole=matrix, transposed=matrix.t(), column=matrix[:, 2], block=matrix[1:3, 2:5], stepped=base[1::5], expanded=base[3].expand(2, 2),
        scalar=torch.tensor(2.5), empty=torch.zeros(0, 3), tied=tied, tied_again=tied,
        channels_last=numbers(24, torch.float32).view(1, 2, 3, 4).contiguous(memory_format=torch.channels_last),
    )


def dtypes():
    return {str(d).removeprefix("torch."): numbers(9, d) for d in DTYPES}


def parameters():
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    return {"parameter": torch.nn.Parameter(torch.ones(2, 2)), "frozen": torch.nn.Parameter(torch.ones(1), requires_grad=False),
            "leaf": torch.ones(2, requires_grad=True), "state_dict": model.state_dict()}


def training():
    torch.manual_seed(1)
    model = torch.nn.Linear(3, 2)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2)
    for _ in range(3):
        optimizer.zero_grad()
        model(torch.ones(4, 3)).square().sum().backward()
        optimizer.step()
        scheduler.step()
    return {"epoch": 3, "model_state_dict": model.state_dict(), "optimizer_state_dict": optimizer.state_dict(),
            "scheduler_state_dict": scheduler.state_dict(), "rng_state": torch.get_rng_state(), "best": np.float64(0.5)}


def archives():
    pth("containers.pth", containers())
    pth("protocol5.pth", containers(), pickle_protocol=5)
    pth("legacy_containers.pth", containers())
    layout = pth("layouts.pth", layouts())
    pth("legacy_layouts.pth", layouts())
    dtype = pth("dtypes.pth", {**dtypes(), "uint16": numbers(4, torch.uint16), "uint32": numbers(4, torch.uint32)})
    pth("legacy_dtypes.pth", dtypes())
    pth("parameters.pth", parameters())
    pth("training.pth", training())
    pth("tensor.pth", torch.arange(4.0))
    torch.serialization.set_crc32_options(False)
    pth("no_check_sums.pth", torch.arange(5.0))
    torch.serialization.set_crc32_options(True)

    describe("deflated.pth", layouts())
    (OUT / "deflated.pth").write_bytes(rezipped(layout, zipfile.ZIP_DEFLATED))
    limit, zipfile.ZIP64_LIMIT = zipfile.ZIP64_LIMIT, 10
    describe("zip64.pth", layouts())
    (OUT / "zip64.pth").write_bytes(rezipped(layout))
    zipfile.ZIP64_LIMIT = limit

    plain = {k: v for k, v in dtypes().items() if k in ("float32", "float64", "int64", "int32", "bool", "float16", "int16")}
    sizes = {str(k): v.element_size() for k, v in enumerate(plain.values())}

    def swapped(name, data):
        if name.endswith("byteorder"):
            return b"big"
        key = name.removeprefix("archive/data/")
        return np.frombuffer(data, f"u{sizes[key]}").byteswap().tobytes() if key in sizes else data

    big = pth("big_endian.pth", plain)
    (OUT / "big_endian.pth").write_bytes(rezipped(big, change=swapped))

    for name, x in {"complex": torch.zeros(1, dtype=torch.complex64), "float8": torch.zeros(1).to(torch.float8_e4m3fn),
                    "uint64": torch.zeros(1, dtype=torch.uint64), "module": torch.nn.ReLU(),
                    "sparse": torch.eye(2).to_sparse()}.items():
        buffer = io.BytesIO()
        torch.save({"x": x}, buffer)
        (OUT / f"refused_{name}.pth").write_bytes(buffer.getvalue())


def safetensors_files():
    tensors = {**dtypes(), "uint16": numbers(4, torch.uint16), "uint32": numbers(4, torch.uint32), "matrix": numbers(6, torch.float32).view(2, 3),
               "scalar": torch.tensor(2.5), "empty": torch.zeros(2, 0), "\u00e9": torch.arange(2)}
    content = safetensors.torch.save(tensors, metadata={"note": "a \"quoted\" \u4e16"})
    (OUT / "all.safetensors").write_bytes(content)
    header = json.loads(content[8:8 + int.from_bytes(content[:8], "little")])
    read = safetensors.torch.load(content)
    describe("all.safetensors", {name: read[name] for name in header if name in read})
    (OUT / "refused_float8.safetensors").write_bytes(safetensors.torch.save({"x": torch.zeros(1).to(torch.float8_e4m3fn)}))


def npy(name, x, version=None, order="<"):
    x = np.asarray(x)
    if x.dtype.itemsize > 1:
        x = x.astype(x.dtype.newbyteorder(order), order="K")
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, x, version=version, allow_pickle=True)
    (OUT / name).write_bytes(buffer.getvalue())
    native = np.array(x.astype(x.dtype.newbyteorder("="), order="K"), order="K")
    if x.dtype != object and x.dtype.fields is None and x.dtype.kind in "fiub":
        describe(name, torch.from_numpy(native).reshape(-1).view(x.shape) if x.flags.c_contiguous else torch.from_numpy(native.T.copy()).permute(*range(x.ndim)[::-1]))


def numpy_files():
    for d in DTYPES + [torch.uint16, torch.uint32]:
        if d != torch.bfloat16:
            name = str(d).removeprefix("torch.")
            npy(f"{name}.npy", numbers(9, d).numpy())
            if d.itemsize > 1:
                npy(f"{name}_big.npy", numbers(9, d).numpy(), order=">")
    npy("version2.npy", numbers(6, torch.float32).view(2, 3).numpy(), version=(2, 0))
    npy("version3.npy", numbers(6, torch.float32).view(2, 3).numpy(), version=(3, 0))
    npy("fortran.npy", np.asfortranarray(numbers(24, torch.float64).view(2, 3, 4).numpy()))
    npy("scalar.npy", np.float64(2.5))
    npy("empty.npy", np.zeros((0, 3), np.float32))
    npy("refused_object.npy", np.array([{}, None], dtype=object))
    npy("refused_record.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
    npy("refused_text.npy", np.array(["a", "bc"]))
    npy("refused_complex.npy", np.zeros(2, np.complex64))
    npy("refused_uint64.npy", np.zeros(2, np.uint64))
    arrays = {"matrix": numbers(6, torch.float32).view(2, 3), "ints": numbers(5, torch.int64), "scalar": torch.tensor(1.5)}
    for name, save in {"stored.npz": np.savez, "compressed.npz": np.savez_compressed}.items():
        buffer = io.BytesIO()
        save(buffer, **{k: v.numpy() for k, v in arrays.items()})
        (OUT / name).write_bytes(rezipped(buffer.getvalue(), zipfile.ZIP_DEFLATED if name.startswith("c") else zipfile.ZIP_STORED))
        describe(name, arrays)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    archives()
    safetensors_files()
    numpy_files()
