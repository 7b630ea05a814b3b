package dev.flambeau.examples;

import static dev.flambeau.Torch.*;

import dev.flambeau.Tensor;

/** {@link AutogradTutorial} in its first edition, when a tensor had to be wrapped in a variable to have gradients. */
public final class VariableTutorial {
  private VariableTutorial() {}

  /** Runs the tutorial. */
  public static void main(String... args) {
    manualSeed(0);

    Tensor x = ones(2, 2).requiresGrad_(); // Variable(torch.ones(2, 2), requires_grad=True)
    print(x);
    print("data: ", x.data());
    print("grad: ", x.grad());
    print("requires_grad", x.requiresGrad());
    print("volatile", false); // gone: see Torch.noGrad
    print("is_leaf", x.isLeaf());
    print("grad_fn", x.gradFn());

    Tensor y = x.add(2);
    print(y);
    print(y.gradFn());

    Tensor z = y.mul(y).mul(3); // z = y * y * 3
    Tensor out = z.mean();
    print(z, out);

    out.backward();
    print(x.grad());

    // You can do many crazy things with autograd!
    x = randn(3);
    print(x);
    x.requiresGrad_(); // Variable(x, requires_grad=True)
    y = x.mul(2);
    int c = 0;
    while (y.data().norm().item() < 1000) {
      y = y.mul(2);
      c += 1;
    }
    print(y);
    print(c);

    Tensor gradients = tensor(0.1, 1.0, 0.0001);
    print(gradients);
    y.backward(gradients);
    print(x.grad());
  }
}
