package dev.flambeau.golden;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation in PyTorch. Lists over inputs and outputs are aligned with them; they are empty where nothing
 * was recorded, and hold null where PyTorch gives no gradient.
 *
 * @param key names the operation with its attributes
 * @param number tells the cases of a key apart, over all files
 * @param outputStrides strides of the outputs in elements
 * @param gradFn name of the node that made the first output, null if it has none
 * @param gradOutputs gradients put in
 * @param gradInputs gradients that come out
 * @param directions v in Σ gradInput·v, the function that is differentiated for the second order
 * @param secondOrder gradients of that function with respect to the inputs, null meaning zero
 * @param outputTangents gradients of that function with respect to gradOutputs: the outputs' derivatives along v
 * @param refused whether PyTorch raised an error instead of giving outputs
 */
public record GoldenCase(
    String key,
    int number,
    List<GoldenTensor> inputs,
    List<GoldenTensor> outputs,
    List<int[]> outputStrides,
    @Nullable String gradFn,
    List<@Nullable GoldenTensor> gradOutputs,
    List<@Nullable GoldenTensor> gradInputs,
    List<@Nullable GoldenTensor> directions,
    List<@Nullable GoldenTensor> secondOrder,
    List<@Nullable GoldenTensor> outputTangents,
    boolean refused) {

  /** Key and number. */
  @Override public String toString() { return key + " #" + number; }
}
