"""Golden output of the tutorials: runs each as a straight script in real PyTorch and keeps what it prints.

    python tools/golden/tutorials.py

Every script begins with torch.manual_seed(0). Objects' addresses become 0x... in the files.
"""

import contextlib
import io
import re
import warnings

import torch

from common import ROOT, write_text

# "Autograd: automatic differentiation", the edition with tensors
AUTOGRAD = """
x = torch.ones(2, 2, requires_grad=True)
print(x)
y = x + 2
print(y)
print(y.grad_fn)
z = y * y * 3
out = z.mean()
print(z, out)
a = torch.randn(2, 2)
a = ((a * 3) / (a - 1))
print(a.requires_grad)
a.requires_grad_(True)
print(a.requires_grad)
b = (a * a).sum()
print(b.grad_fn)
out.backward()
print(x.grad)
x = torch.randn(3, requires_grad=True)
y = x * 2
while y.data.norm() < 1000:
    y = y * 2
print(y)
v = torch.tensor([0.1, 1.0, 0.0001], dtype=torch.float)
y.backward(v)
print(x.grad)
print(x.requires_grad)
print((x ** 2).requires_grad)
with torch.no_grad():
    print((x ** 2).requires_grad)
"""

# the same tutorial, the edition with variables
VARIABLE = """
from torch.autograd import Variable
x = Variable(torch.ones(2, 2), requires_grad=True)
print(x)
print("data: ", x.data)
print("grad: ", x.grad)
print("requires_grad", x.requires_grad)
print("volatile", x.volatile)
print("is_leaf", x.is_leaf)
print("grad_fn", x.grad_fn)
y = x + 2
print(y)
print(y.grad_fn)
z = y * y * 3
out = z.mean()
print(z, out)
out.backward()
print(x.grad)
x = torch.randn(3)
print(x)
x = Variable(x, requires_grad=True)
y = x * 2
c = 0
while y.data.norm() < 1000:
    y = y * 2
    c += 1
print(y)
print(c)
gradients = torch.FloatTensor([0.1, 1.0, 0.0001])
print(gradients)
y.backward(gradients)
print(x.grad)
"""

# "Automatic differentiation with torch.autograd", the original of Storch's page
STORCH = """
x = torch.ones(5)
y = torch.zeros(3)
w = torch.randn(5, 3, requires_grad=True)
b = torch.randn(3, requires_grad=True)
z = torch.matmul(x, w) + b
loss = torch.nn.functional.binary_cross_entropy_with_logits(z, y)
print(f"Gradient function for z = {z.grad_fn}")
print(f"Gradient function for loss = {loss.grad_fn}")
loss.backward()
print(w.grad)
print(b.grad)
z = torch.matmul(x, w) + b
print(z.requires_grad)
with torch.no_grad():
    z = torch.matmul(x, w) + b
print(z.requires_grad)
z = torch.matmul(x, w) + b
z_det = z.detach()
print(z_det.requires_grad)
inp = torch.eye(4, 5, requires_grad=True)
out = (inp + 1).pow(2).t()
out.backward(torch.ones_like(out), retain_graph=True)
print(f"First call\\n{inp.grad}")
out.backward(torch.ones_like(out), retain_graph=True)
print(f"\\nSecond call\\n{inp.grad}")
inp.grad.zero_()
out.backward(torch.ones_like(out), retain_graph=True)
print(f"\\nCall after zeroing gradients\\n{inp.grad}")
"""

# "A gentle introduction to torch.autograd", the notebook: prints the value of a cell, and an error's type and message.
# The second y.backward() stands after the gradients, which in PyTorch it changes halfway before it fails.
NOTEBOOK = """
x = torch.tensor(3.)
m = torch.tensor(4., requires_grad=True)
c = torch.tensor(5., requires_grad=True)
print((x, m, c))
y = m * x + c
print(y)
y.backward()
print('dy/dm:', m.grad)
print('dy/dc:', c.grad)
try:
    y.backward()
except RuntimeError as e:
    print(f"RuntimeError: {e}")
a = torch.tensor([2., 3.], requires_grad=True)
b = torch.tensor([6., 4.], requires_grad=True)
Q = 3*a**3 - b**2
print(Q)
try:
    Q.backward()
except RuntimeError as e:
    print(f"RuntimeError: {e}")
external_grad = torch.tensor([1., 1.])
Q.backward(gradient=external_grad)
print((a.grad, b.grad))
print(9*a**2 == a.grad)
print(-2*b == b.grad)
"""

# the same introduction as a script, without the pretrained network
GENTLE = """
a = torch.tensor([2., 3.], requires_grad=True)
b = torch.tensor([6., 4.], requires_grad=True)
Q = 3*a**3 - b**2
external_grad = torch.tensor([1., 1.])
Q.backward(gradient=external_grad)
print(9*a**2 == a.grad)
print(-2*b == b.grad)
x = torch.rand(5, 5)
y = torch.rand(5, 5)
z = torch.rand((5, 5), requires_grad=True)
a = x + y
print(f"Does `a` require gradients? : {a.requires_grad}")
b = x + z
print(f"Does `b` require gradients?: {b.requires_grad}")
"""

SCRIPTS = {
    "autograd": AUTOGRAD, "storch": STORCH, "variable": VARIABLE, "gentle-notebook": NOTEBOOK, "gentle-script": GENTLE,
}


def printed(script):
    torch.manual_seed(0)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(script, {"torch": torch})
    return re.sub(r"0x[0-9a-f]+", "0x...", out.getvalue())


def main():
    for name, script in SCRIPTS.items():
        write_text(ROOT / "examples/src/test/resources/golden" / f"tutorial-{name}.txt", printed(script))


if __name__ == "__main__":
    main()
