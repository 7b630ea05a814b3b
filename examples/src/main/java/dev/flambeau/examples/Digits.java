package dev.flambeau.examples;

import static dev.flambeau.Torch.*;
import static dev.flambeau.nn.Functional.crossEntropy;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.vision.ImageDataset;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/**
 * A network of two layers learns 1,437 handwritten digits and is tried on the other 360, with nothing but tensors,
 * {@code backward} and a step of gradient descent written by hand. Line by line the program in
 * {@code tools/golden/digits.py}, and so are its losses.
 *
 * <p>The digits are {@link dev.flambeau.vision.Digits}: E. Alpaydin and C. Kaynak (1998), CC BY 4.0.
 */
public final class Digits {
  static final int EPOCHS = 40;
  static final int BATCH = 32;
  static final double RATE = 0.5;
  static final long SEED = 0;
  static final int TRAIN = 1437;
  static final int TEST = 360;
  private static final int HIDDEN = 64;

  private final Tensor pixels;
  private final Tensor labels;
  private final Tensor w1;
  private final Tensor b1;
  private final Tensor w2;
  private final Tensor b2;

  Digits(long seed) {
    ImageDataset digits = dev.flambeau.vision.Digits.all();

    manualSeed(seed);
    Tensor order = randperm(digits.size());
    pixels = digits.images().get(order).view(-1, 64).to(DType.FLOAT32).div(16); // rows[order, :64] / 16
    labels = digits.targets().get(order);

    w1 = randn(64, HIDDEN).mul(Math.sqrt(2. / 64)).requiresGrad_();
    b1 = zeros(HIDDEN).requiresGrad_();
    w2 = randn(HIDDEN, 10).mul(Math.sqrt(2. / HIDDEN)).requiresGrad_();
    b2 = zeros(10).requiresGrad_();
  }

  private Tensor logits(Tensor x) { return x.matmul(w1).add(b1).relu().matmul(w2).add(b2); }

  /** Takes {@code steps} steps of gradient descent, each along the gradient of {@code size} digits' loss. */
  @SuppressWarnings("NullAway") // after backward, leaves have gradients
  void train(long steps, int size, double rate, DoubleConsumer eachLoss) {
    List<Tensor> parameters = List.of(w1, b1, w2, b2);
    for (long step = 0; step < steps;) {
      Tensor permutation = randperm(TRAIN);
      for (int i = 0; i < TRAIN && step < steps; i += size, step++) {
        Tensor batch = permutation.slice(0, i, i + size);
        Tensor loss = crossEntropy(logits(pixels.get(batch)), labels.get(batch));
        loss.backward();
        try (var _ = noGrad()) {
          for (Tensor p : parameters) {
            p.sub_(p.grad().mul(rate)); // p -= RATE * p.grad
            p.grad().zero_();
          }
        }
        eachLoss.accept(loss.item());
      }
    }
  }

  /** How many of the digits held out the network reads right; shows a few of them. */
  long test() {
    Tensor unseen = pixels.narrow(0, TRAIN, TEST);
    Tensor truth = labels.narrow(0, TRAIN, TEST);
    Tensor read = noGrad(() -> logits(unseen).argmax(1));
    Tensor right = read.eq(truth);
    DigitPictures.show(unseen, read, truth);
    return right.sum().itemLong();
  }

  static long steps(long epochs, int batch) { return epochs * Math.ceilDiv(TRAIN, batch); }

  static void run(long steps, int batch, double rate, long seed, Progress progress) {
    Digits digits = new Digits(seed);
    try (progress) {
      digits.train(steps, batch, rate, progress::step);
    }
    long right = digits.test();
    print(right + " of " + TEST + " digits that it never saw are read right");
    print(String.format(Locale.ROOT, "accuracy: %.1f %%", 100. * right / TEST));
  }

  /** Trains as the PyTorch program does. */
  public static void main(String... args) {
    long steps = steps(EPOCHS, BATCH);
    run(steps, BATCH, RATE, SEED, Progress.of(steps));
  }
}
