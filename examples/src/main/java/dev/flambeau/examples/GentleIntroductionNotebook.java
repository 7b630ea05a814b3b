package dev.flambeau.examples;

import static dev.flambeau.Torch.*;

import dev.flambeau.Tensor;

/** A gentle introduction to autograd, the notebook: what its cells print, and the two errors that it shows. */
@SuppressWarnings("NullAway") // after backward, leaves have gradients
public final class GentleIntroductionNotebook {
  private GentleIntroductionNotebook() {}

  /** Runs the cells. */
  public static void main(String... args) {
    manualSeed(0);

    // Create tensors.
    Tensor x = tensor(3.);
    Tensor m = tensor(4.).requiresGrad_();
    Tensor c = tensor(5.).requiresGrad_();
    print("(" + x + ", " + m + ", " + c + ")");

    Tensor y = m.mul(x).add(c); // y = m * x + c
    print(y);

    y.backward();
    print("dy/dm:", m.grad());
    print("dy/dc:", c.grad());

    // What the graph kept for backward is gone.
    try {
      y.backward();
    } catch (IllegalStateException e) {
      print("RuntimeError: " + e.getMessage());
    }

    Tensor a = tensor(2., 3.).requiresGrad_();
    Tensor b = tensor(6., 4.).requiresGrad_();
    Tensor Q = a.pow(3).mul(3).sub(b.pow(2)); // Q = 3*a**3 - b**2
    print(Q);

    // Q is a vector: backward has to be told the weight of each element.
    try {
      Q.backward();
    } catch (IllegalArgumentException e) {
      print("RuntimeError: " + e.getMessage());
    }

    Tensor externalGrad = tensor(1., 1.);
    Q.backward(externalGrad);
    print("(" + a.grad() + ", " + b.grad() + ")");

    // Check whether the collected gradients are correct.
    print(a.pow(2).mul(9).eq(a.grad())); // 9*a**2 == a.grad
    print(b.mul(-2).eq(b.grad())); // -2*b == b.grad
  }
}
