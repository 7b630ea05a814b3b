package dev.flambeau.examples;

import static dev.flambeau.Torch.*;

import dev.flambeau.Tensor;

/** Autograd: automatic differentiation; the edition of the PyTorch tutorial that came with tensors. */
public final class AutogradTutorial {
  private AutogradTutorial() {}

  /** Runs the tutorial. */
  public static void main(String... args) {
    manualSeed(0);

    // Create a tensor and ask for its gradients.
    Tensor x = ones(2, 2).requiresGrad_();
    print(x);

    // An operation: y was made by it, so it has a gradFn.
    Tensor y = x.add(2);
    print(y);
    print(y.gradFn());

    // More operations on y.
    Tensor z = y.mul(y).mul(3); // z = y * y * 3
    Tensor out = z.mean();
    print(z, out);

    // requiresGrad_() changes a tensor in place; nobody asked for the gradients of a so far.
    Tensor a = randn(2, 2);
    a = a.mul(3).div(a.sub(1)); // a = ((a * 3) / (a - 1))
    print(a.requiresGrad());
    a.requiresGrad_(true);
    print(a.requiresGrad());
    Tensor b = a.mul(a).sum(); // b = (a * a).sum()
    print(b.gradFn());

    // Gradients: out is a single number, so backward needs no argument.
    out.backward();
    print(x.grad()); // d(out)/dx = 3/2 · (x + 2) = 4.5

    // A vector-Jacobian product.
    x = randn(3).requiresGrad_();
    y = x.mul(2);
    while (y.data().norm().item() < 1000) y = y.mul(2);
    print(y);

    Tensor v = tensor(0.1, 1.0, 0.0001);
    y.backward(v);
    print(x.grad());

    // No history inside of noGrad.
    print(x.requiresGrad());
    print(x.pow(2).requiresGrad()); // x ** 2
    try (var _ = noGrad()) {
      print(x.pow(2).requiresGrad());
    }
  }
}
