package dev.flambeau;

import java.util.List;

/**
 * How gradients are computed, for {@link Tensor#backward} and {@link Autograd#grad}: the boolean keywords of PyTorch, for static import.
 */
public sealed interface GraphOption {
  /** Keep what the graph saved, so that backward can run through it again. */
  GraphOption RETAIN_GRAPH = Flag.RETAIN_GRAPH;
  /** Record the gradients' own computation, so that they can be differentiated; keeps the graph too. */
  GraphOption CREATE_GRAPH = Flag.CREATE_GRAPH;
  /** Give null for an input that the outputs do not depend on, instead of an error. */
  GraphOption ALLOW_UNUSED = Flag.ALLOW_UNUSED;
  /** Give zeros for an input that the outputs do not depend on. */
  GraphOption MATERIALIZE_GRADS = Flag.MATERIALIZE_GRADS;
  /** The first dimension of each given gradient is a batch: one sweep for each entry, results stacked. */
  GraphOption GRADS_BATCHED = Flag.GRADS_BATCHED;

  /** The options without a value. */
  enum Flag implements GraphOption {
    /** See {@link GraphOption#RETAIN_GRAPH}. */
    RETAIN_GRAPH,
    /** See {@link GraphOption#CREATE_GRAPH}. */
    CREATE_GRAPH,
    /** See {@link GraphOption#ALLOW_UNUSED}. */
    ALLOW_UNUSED,
    /** See {@link GraphOption#MATERIALIZE_GRADS}. */
    MATERIALIZE_GRADS,
    /** See {@link GraphOption#GRADS_BATCHED}. */
    GRADS_BATCHED
  }

  /**
   * See {@link GraphOption#inputs}.
   *
   * @param of what gets gradients
   */
  record Inputs(List<Differentiable> of) implements GraphOption {}

  /** Accumulate only into these tensors. */
  static GraphOption inputs(Differentiable... inputs) { return new Inputs(List.of(inputs)); }
}
