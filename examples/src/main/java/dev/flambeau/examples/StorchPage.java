package dev.flambeau.examples;

import static dev.flambeau.GraphOption.RETAIN_GRAPH;
import static dev.flambeau.Torch.*;
import static dev.flambeau.nn.Functional.binaryCrossEntropyWithLogits;

import dev.flambeau.Tensor;

/** Automatic differentiation with torch.autograd, as the page of Storch has it. */
@SuppressWarnings("NullAway") // after backward, leaves have gradients
public final class StorchPage {
  private StorchPage() {}

  /** Runs the page's code. */
  public static void main(String... args) {
    manualSeed(0);

    // The simplest network of one layer, with input x, parameters w and b, and a loss.
    Tensor x = ones(5);
    Tensor y = zeros(3);
    Tensor w = randn(5, 3).requiresGrad_();
    Tensor b = randn(3).requiresGrad_();
    Tensor z = x.matmul(w).add(b); // (x matmul w) + b
    Tensor loss = binaryCrossEntropyWithLogits(z, y);
    print("Gradient function for z = " + z.gradFn());
    print("Gradient function for loss = " + loss.gradFn());

    // Computing gradients.
    loss.backward();
    print(w.grad());
    print(b.grad());

    // Disabling gradient tracking.
    z = matmul(x, w).add(b);
    print(z.requiresGrad());
    try (var _ = noGrad()) {
      z = matmul(x, w).add(b);
    }
    print(z.requiresGrad());

    z = matmul(x, w).add(b);
    Tensor zDet = z.detach();
    print(zDet.requiresGrad());

    // Jacobian products, which accumulate.
    Tensor inp = eye(4, 5).requiresGrad_();
    Tensor out = inp.add(1).pow(2).t();
    out.backward(onesLike(out), RETAIN_GRAPH);
    print("First call\n" + inp.grad());
    out.backward(onesLike(out), RETAIN_GRAPH);
    print("\nSecond call\n" + inp.grad());
    inp.grad().zero_();
    out.backward(onesLike(out), RETAIN_GRAPH);
    print("\nCall after zeroing gradients\n" + inp.grad());
  }
}
