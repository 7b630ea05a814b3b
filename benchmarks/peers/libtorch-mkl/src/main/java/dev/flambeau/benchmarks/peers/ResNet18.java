package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.CLASSES;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network of 18 layers: pictures of three colours to logits. */
final class ResNet18 {
  private static final float MOMENTUM = 0.1f, EPS = 1e-5f;

  private final NDManager manager;
  private final Parameters parameters;
  private final boolean training;
  private final Normalised first;
  private final List<Block> blocks = new ArrayList<>();
  private final NDArray weight, bias;

  ResNet18(NDManager manager, Parameters parameters, boolean training) {
    this.manager = manager;
    this.parameters = parameters;
    this.training = training;
    first = new Normalised(3, 64, 7, 2, 3);
    int inputs = 64;
    for (int outputs = 64; outputs <= 512; outputs *= 2) {
      blocks.add(new Block(inputs, outputs, outputs / inputs));
      blocks.add(new Block(outputs, outputs, 1));
      inputs = outputs;
    }
    weight = parameters.weight(CLASSES, 512);
    bias = parameters.bias(CLASSES);
  }

  NDArray logits(NDArray x) {
    NDArray y = Pool.maxPool2d(relu(first.apply(x)), new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
    for (Block block : blocks) y = block.apply(y);
    return Linear.linear(Pool.globalAvgPool2d(y), weight, bias).singletonOrThrow();
  }

  private static NDArray relu(NDArray x) { return x.getNDArrayInternal().relu(); }

  /** A convolution, and the normalisation of its output. */
  private final class Normalised {
    private final NDArray filters, scale, shift, mean, variance;
    private final Shape stride, padding;

    Normalised(int inputs, int outputs, int kernel, int stride, int padding) {
      this.stride = new Shape(stride, stride);
      this.padding = new Shape(padding, padding);
      filters = parameters.weight(outputs, inputs, kernel, kernel);
      scale = parameters.weight(outputs);
      shift = parameters.bias(outputs);
      mean = manager.zeros(new Shape(outputs));
      variance = manager.ones(new Shape(outputs));
    }

    NDArray apply(NDArray x) {
      NDArray y = Conv2d.conv2d(x, filters, null, stride, padding, new Shape(1, 1), 1).singletonOrThrow();
      return BatchNorm.batchNorm(y, mean, variance, scale, shift, 1, MOMENTUM, EPS, training).singletonOrThrow();
    }
  }

  private final class Block {
    private final Normalised first, second;
    private final @Nullable Normalised shortcut;

    Block(int inputs, int outputs, int stride) {
      first = new Normalised(inputs, outputs, 3, stride, 1);
      second = new Normalised(outputs, outputs, 3, 1, 1);
      shortcut = stride == 1 ? null : new Normalised(inputs, outputs, 1, stride, 0);
    }

    NDArray apply(NDArray x) {
      NDArray y = second.apply(relu(first.apply(x)));
      return relu(y.addi(shortcut == null ? x : shortcut.apply(x)));
    }
  }
}
