package dev.flambeau;

import dev.flambeau.array.ArrayFormatter;
import dev.flambeau.array.PrintOptions;
import java.util.List;

/** Tensors as PyTorch prints them. */
final class Printing {
  static volatile PrintOptions options = PrintOptions.DEFAULT;

  private Printing() {}

  static String format(Tensor x) {
    return ArrayFormatter.format("tensor(", x.array(), x.dtype().torchName(), x.dtype() == Torch.getDefaultDtype(),
        history(x), options);
  }

  private static List<String> history(Tensor x) {
    Node made;
    try {
      made = x.gradFn();
    } catch (IllegalStateException e) {
      return List.of("grad_fn=<Invalid>");
    }
    if (made != null) return List.of("grad_fn=<" + made.name() + ">");
    return x.requiresGrad() ? List.of("requires_grad=True") : List.of();
  }
}
