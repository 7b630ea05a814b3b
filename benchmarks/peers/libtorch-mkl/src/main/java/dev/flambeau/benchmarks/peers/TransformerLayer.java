package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.FEATURES;
import static dev.flambeau.benchmarks.worker.Inputs.HEADS;
import static dev.flambeau.benchmarks.worker.Inputs.INNER;
import static dev.flambeau.benchmarks.worker.Inputs.SEQUENCES;
import static dev.flambeau.benchmarks.worker.Inputs.TOKENS;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;

/** A Transformer's encoder layer, put together from operations. */
final class TransformerLayer {
  private static final int SIZE = FEATURES / HEADS;

  private final Affine in, out, widening, narrowing;
  private final Affine norm1, norm2;

  private record Affine(NDArray weight, NDArray bias) {
    NDArray linear(NDArray x) { return Linear.linear(x, weight, bias).singletonOrThrow(); }

    NDArray norm(NDArray x) {
      return LayerNorm.layerNorm(x, new Shape(FEATURES), weight, bias, 1e-5f).singletonOrThrow();
    }
  }

  TransformerLayer(Parameters parameters) {
    in = affine(parameters, 3 * FEATURES, FEATURES);
    out = affine(parameters, FEATURES, FEATURES);
    widening = affine(parameters, INNER, FEATURES);
    narrowing = affine(parameters, FEATURES, INNER);
    norm1 = affine(parameters, FEATURES);
    norm2 = affine(parameters, FEATURES);
  }

  private static Affine affine(Parameters parameters, long... shape) {
    return new Affine(parameters.weight(shape), parameters.bias(shape[0]));
  }

  NDArray output(NDArray x) {
    NDArray y = norm1.norm(x.add(attended(x)));
    return norm2.norm(y.add(narrowing.linear(Activation.gelu(widening.linear(y)))));
  }

  private NDArray attended(NDArray x) {
    NDArray all = in.linear(x).reshape(SEQUENCES, TOKENS, 3, HEADS, SIZE).transpose(2, 0, 3, 1, 4);
    NDArray queries = all.get(0), keys = all.get(1), values = all.get(2);
    NDArray scores = queries.matMul(keys.transpose(0, 1, 3, 2)).mul(1 / Math.sqrt(SIZE));
    NDArray read = scores.softmax(-1).matMul(values);
    return out.linear(read.transpose(0, 2, 1, 3).reshape(SEQUENCES, TOKENS, FEATURES));
  }
}
