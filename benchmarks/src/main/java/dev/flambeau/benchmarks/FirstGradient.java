package dev.flambeau.benchmarks;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;

/** The least program that has a gradient: what a start takes. */
final class FirstGradient {
  private FirstGradient() {}

  /** Prints the gradient of the sum of squares. */
  public static void main(String[] args) {
    Tensor x = Torch.tensor(2.0, 3.0).requiresGrad_();
    x.mul(x).sum().backward();
    System.out.println(x.grad());
  }
}
