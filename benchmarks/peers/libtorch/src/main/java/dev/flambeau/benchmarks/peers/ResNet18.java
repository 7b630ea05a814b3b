package dev.flambeau.benchmarks.peers;

import static dev.flambeau.benchmarks.worker.Inputs.CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The network of 18 layers: pictures of three colours to logits. */
final class ResNet18 {
  private final Parameters parameters = new Parameters();
  private final boolean training;
  private final Normalised first;
  private final List<Block> blocks = new ArrayList<>();
  private final LinearImpl classifier = new LinearImpl(512, CLASSES);

  ResNet18(boolean training) {
    this.training = training;
    first = new Normalised(3, 64, 7, 2, 3);
    int inputs = 64;
    for (int outputs = 64; outputs <= 512; outputs *= 2) {
      blocks.add(new Block(inputs, outputs, outputs / inputs));
      blocks.add(new Block(outputs, outputs, 1));
      inputs = outputs;
    }
    parameters.add(classifier);
  }

  TensorVector parameters() { return parameters.all(); }

  Tensor logits(Tensor x) {
    Tensor y = torch.max_pool2d(first.apply(x).relu_(), new long[] {3, 3}, new long[] {2, 2}, new long[] {1, 1},
        new long[] {1, 1}, false);
    for (Block block : blocks) y = block.apply(y);
    return classifier.forward(torch.adaptive_avg_pool2d(y, 1, 1).flatten(1, -1));
  }

  /** A convolution, and the normalisation of its output. */
  private final class Normalised {
    private final Conv2dImpl convolution;
    private final BatchNorm2dImpl normalisation;

    Normalised(int inputs, int outputs, int kernel, int stride, int padding) {
      Conv2dOptions options = new Conv2dOptions(inputs, outputs, new LongPointer(kernel, kernel));
      options.stride().put(new long[] {stride, stride});
      options.padding().put(new LongPointer(padding, padding));
      options.bias().put(false);
      convolution = new Conv2dImpl(options);
      normalisation = new BatchNorm2dImpl(new BatchNormOptions(outputs));
      normalisation.train(training);
      parameters.add(convolution);
      parameters.add(normalisation);
    }

    Tensor apply(Tensor x) { return normalisation.forward(convolution.forward(x)); }
  }

  private final class Block {
    private final Normalised first, second;
    private final @Nullable Normalised shortcut;

    Block(int inputs, int outputs, int stride) {
      first = new Normalised(inputs, outputs, 3, stride, 1);
      second = new Normalised(outputs, outputs, 3, 1, 1);
      shortcut = stride == 1 ? null : new Normalised(inputs, outputs, 1, stride, 0);
    }

    Tensor apply(Tensor x) {
      Tensor y = second.apply(first.apply(x).relu_());
      return y.add_(shortcut == null ? x : shortcut.apply(x)).relu_();
    }
  }
}
