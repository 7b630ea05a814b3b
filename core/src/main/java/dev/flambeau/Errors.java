package dev.flambeau;

import java.util.Locale;

/** Words that several messages share. */
final class Errors {
  static final String SECOND_BACKWARD =
      "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). "
          + "Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward "
          + "through the graph a second time or if you need to access saved tensors after calling backward.";
  static final String NOT_SCALAR = "grad can be implicitly created only for scalar outputs";

  private Errors() {}

  /** The name of an operation as the user calls it, as in {@code add}. */
  static String operation(Op op) {
    String name = op.name();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  static IllegalStateException secondBackward() { return new IllegalStateException(SECOND_BACKWARD); }

  static IllegalArgumentException argument(String operation, String problem) {
    return new IllegalArgumentException(operation + ": " + problem);
  }
}
