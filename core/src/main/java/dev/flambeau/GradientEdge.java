package dev.flambeau;

/**
 * One output of one node: stands for a tensor in {@link Autograd#grad} and {@link Autograd#backward}, without keeping the tensor.
 *
 * @param node the node that made the tensor, or the accumulator of a leaf
 * @param outputNr which of the node's outputs it is
 */
public record GradientEdge(Node node, int outputNr) implements Differentiable {
  /** Checks that the node has such an output. */
  public GradientEdge {
    if (outputNr < 0 || outputNr >= node.slots()) {
      throw Errors.argument("GradientEdge",
          node.name() + " has " + node.slots() + " outputs, so there is no output " + outputNr);
    }
  }
}
