package dev.flambeau;

import dev.flambeau.array.NdArray;
import org.jspecify.annotations.Nullable;

/**
 * One operation as a value: what it computes, what it keeps for the way back, and how a gradient passes through it.
 *
 * <p>Attributes are record components, so two equal records are the same operation. What is computed is typed on arrays and cannot record a graph; the
 * way back is typed on tensors and cannot avoid it: gradients of gradients need no further rule. Shapes and dtypes never show in a derivative:
 * {@link OpNode} sums each gradient to its input's shape and casts it.
 */
public sealed interface Op permits Single, Several {
  /** PyTorch's name of the operation, as in {@code Add}. */
  default String name() { return getClass().getSimpleName(); }

  /** The number behind PyTorch's name of the backward node. */
  default int overload() { return 0; }

  /** PyTorch's name of the backward node, as in {@code AddBackward0}. */
  default String nodeName() { return name() + "Backward" + overload(); }

  /** What the gradient of input {@code i} will read. Asked only for inputs that need one. */
  default Saves saves(int i) { return Saves.NOTHING; }

  /** Whether {@link Saves#OUTPUT} includes output {@code k}. */
  default boolean savesOutput(int k) { return true; }

  /** The outputs, freshly made or views of {@code x}. */
  NdArray[] outputs(NdArray... x);

  /**
   * The gradient of input {@code i}, or null where it is zero everywhere.
   *
   * @param s what {@link #saves} asked for
   * @param g the outputs' gradients, null where there is none, not all null
   */
  @Nullable Tensor gradient(int i, Saved s, @Nullable Tensor[] g);

  /** Applies a single-output operation: computes, and records it where gradients are wanted. */
  static Tensor apply(Single op, Tensor... inputs) { return Recorder.apply(op, inputs); }

  /** Applies an operation with several outputs: computes, and records it where gradients are wanted. */
  static Tensor[] apply(Several op, Tensor... inputs) { return Recorder.apply(op, inputs); }
}
