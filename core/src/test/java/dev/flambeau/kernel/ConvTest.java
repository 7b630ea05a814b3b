package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConvTest {
  private final int threadsBefore = Parallel.threads();

  @AfterEach
  void restoreThreads() { Parallel.setThreads(threadsBefore); }

  /** A convolution with its operands; {@code plain} computes its three results in double by the definition. */
  private record Sample(ConvSizes s, NdArray x, NdArray weight, NdArray bias, NdArray g) {
    static Sample of(ConvSizes s, ElementType type, int layout, long seed) {
      Random random = new Random(seed);
      NdArray x = images(random, type, layout, s.batch(), s.groups() * s.channels(), s.down().in(), s.across().in());
      NdArray g = images(random, type, layout, s.batch(), s.groups() * s.filters(), s.down().out(), s.across().out());
      NdArray w =
          images(random, type, 0, s.groups() * s.filters(), s.channels(), s.down().kernel(), s.across().kernel());
      NdArray bias = images(random, type, 0, 1, 1, 1, s.groups() * s.filters());
      return new Sample(s, x, w, bias.view(Shape.of(bias.numel()), new int[] {1}, bias.offset()), g);
    }

    /** Row-major after an offset, channels last, or with all rows the same one. */
    private static NdArray images(Random random, ElementType type, int layout, int n, int c, int h, int w) {
      NdArray buffer = NdArray.allocate(type, Shape.of(3 + n * c * h * w));
      for (int i = 0; i < buffer.numel(); i++) {
        double value = random.nextGaussian();
        if (type == ElementType.FLOAT32) buffer.floats()[i] = (float) value;
        else buffer.doubles()[i] = value;
      }
      int[] strides = switch (layout) {
        case 0 -> new int[] {c * h * w, h * w, w, 1};
        case 1 -> new int[] {c * h * w, 1, w * c, c};
        default -> new int[] {c * h * w, h * w, 0, 1};
      };
      return buffer.view(Shape.of(n, c, h, w), strides, 3);
    }

    static List<Sample> all(ElementType type) {
      Random random = new Random(11);
      List<Sample> samples = new ArrayList<>();
      while (samples.size() < 150) {
        int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        ConvAxis down = axis(random);
        ConvAxis across = axis(random);
        if (down.out() < 1 || across.out() < 1) continue;
        ConvSizes s = new ConvSizes(1 + random.nextInt(3), groups, random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(20),
            random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(30), down, across);
        samples.add(of(s, type, random.nextInt(3), samples.size()));
      }
      ConvAxis three = new ConvAxis(20, 20, 3, 1, 1, 1);
      samples.add(of(new ConvSizes(2, 1, 70, 64, three, three), type, 0, 1));
      samples.add(of(new ConvSizes(3, 1, 16, 32, new ConvAxis(31, 16, 3, 2, 1, 1), new ConvAxis(33, 17, 3, 2, 1, 1)),
          type, 0, 2));
      samples.add(of(new ConvSizes(2, 1, 3, 64, new ConvAxis(40, 20, 7, 2, 3, 1), new ConvAxis(44, 22, 7, 2, 3, 1)),
          type, 0, 3));
      samples.add(of(new ConvSizes(2, 1, 33, 40, new ConvAxis(20, 20, 1, 1, 0, 1), new ConvAxis(20, 20, 1, 1, 0, 1)),
          type, 0, 4));
      samples.add(of(new ConvSizes(1, 1, 4, 5, ConvAxis.NONE, new ConvAxis(3000, 3000, 5, 1, 2, 1)), type, 0, 5));
      samples.add(of(new ConvSizes(9, 1, 64, 96, new ConvAxis(4, 4, 3, 1, 1, 1), new ConvAxis(4, 4, 3, 1, 1, 1)),
          type, 0, 6));
      samples.add(of(new ConvSizes(2, 40, 1, 1, three, three), type, 0, 7));
      samples.add(of(new ConvSizes(5, 2, 20, 18, new ConvAxis(9, 5, 3, 2, 2, 2), new ConvAxis(8, 4, 3, 2, 1, 1)),
          type, 1, 9));
      samples.add(of(new ConvSizes(6, 1, 64, 17, new ConvAxis(39, 20, 3, 2, 1, 1), new ConvAxis(39, 20, 3, 2, 1, 1)),
          type, 0, 10));
      samples.add(of(new ConvSizes(2, 2, 32, 64, three, new ConvAxis(13, 11, 3, 1, 0, 1)), type, 1, 11));
      samples.add(of(new ConvSizes(1, 1, 64, 32, new ConvAxis(57, 57, 3, 1, 1, 1), three), type, 2, 12));
      samples.add(of(new ConvSizes(4, 2, 64, 32, new ConvAxis(7, 7, 3, 1, 1, 1), new ConvAxis(3, 5, 3, 1, 2, 1)),
          type, 0, 13));
      ConvAxis two = new ConvAxis(2, 2, 3, 1, 1, 1);
      samples.add(of(new ConvSizes(5, 1, 64, 96, two, two), type, 0, 14));
      samples.add(of(new ConvSizes(2, 20, 1, 2, new ConvAxis(30, 15, 3, 2, 1, 1), three), type, 0, 8));
      return samples;
    }

    private static ConvAxis axis(Random random) {
      int in = 1 + random.nextInt(20);
      int kernel = 1 + random.nextInt(4);
      int stride = 1 + random.nextInt(3);
      int before = random.nextInt(3);
      int dilation = 1 + random.nextInt(2);
      int padded = in + before + random.nextInt(3) - dilation * (kernel - 1) - 1;
      return new ConvAxis(in, padded < 0 ? 0 : padded / stride + 1, kernel, stride, before, dilation);
    }

    /** What a result holds before it is written. */
    private NdArray anything(Shape shape) {
      NdArray a = NdArray.allocate(x.type(), shape);
      if (a.type() == ElementType.FLOAT32) Arrays.fill(a.floats(), Float.NaN);
      else Arrays.fill(a.doubles(), Double.NaN);
      return a;
    }

    NdArray forward() {
      NdArray y = anything(g.shape());
      Conv.forward(s, x, weight, bias, y);
      return y;
    }

    NdArray inputGradient() {
      boolean skips = Math.max(s.down().stride(), s.across().stride()) > 1;
      NdArray dx = skips ? NdArray.allocate(x.type(), x.shape()) : anything(x.shape());
      Conv.inputGradient(s, g, weight, null, dx);
      return dx;
    }

    NdArray weightGradient() {
      NdArray dw = anything(weight.shape());
      Conv.weightGradient(s, x, g, dw);
      return dw;
    }

    /** y, dx and dw in double, and of each element the sum of the magnitudes that it adds up. */
    double[][] plain() {
      double[] y = new double[g.numel()];
      double[] dx = new double[x.numel()];
      double[] dw = new double[weight.numel()];
      double[][] sizes = {new double[y.length], new double[dx.length], new double[dw.length]};
      Shape in = x.shape();
      Shape out = g.shape();
      Shape kernel = weight.shape();
      for (int i = 0; i < y.length; i++) {
        int q = i % out.size(3);
        int p = i / out.size(3) % out.size(2);
        int f = i / out.size(3) / out.size(2) % out.size(1);
        int n = i / out.size(3) / out.size(2) / out.size(1);
        double gradient = g.doubleAt(g.position(i));
        y[i] = bias.doubleAt(bias.position(f));
        sizes[0][i] = Math.abs(y[i]);
        for (int j = 0; j < kernel.size(1) * kernel.size(2) * kernel.size(3); j++) {
          int c = j / kernel.size(3) / kernel.size(2);
          int row =
              p * s.down().stride() + j / kernel.size(3) % kernel.size(2) * s.down().dilation() - s.down().before();
          int column = q * s.across().stride() + j % kernel.size(3) * s.across().dilation() - s.across().before();
          if (row < 0 || row >= in.size(2) || column < 0 || column >= in.size(3)) continue;
          int at = ((n * in.size(1) + f / s.filters() * s.channels() + c) * in.size(2) + row) * in.size(3) + column;
          int w = f * kernel.size(1) * kernel.size(2) * kernel.size(3) + j;
          double pixel = x.doubleAt(x.position(at));
          double factor = weight.doubleAt(weight.position(w));
          y[i] += pixel * factor;
          dx[at] += gradient * factor;
          dw[w] += gradient * pixel;
          sizes[0][i] += Math.abs(pixel * factor);
          sizes[1][at] += Math.abs(gradient * factor);
          sizes[2][w] += Math.abs(gradient * pixel);
        }
      }
      return new double[][] {y, dx, dw, sizes[0], sizes[1], sizes[2]};
    }

    void check(double epsilon) {
      double[][] plain = plain();
      check("output", forward(), plain[0], plain[3], epsilon);
      check("gradient of the input", inputGradient(), plain[1], plain[4], epsilon);
      check("gradient of the weight", weightGradient(), plain[2], plain[5], epsilon);
    }

    private void check(String what, NdArray actual, double[] expected, double[] size, double epsilon) {
      for (int i = 0; i < expected.length; i++) {
        double value = actual.doubleAt(actual.position(i));
        if (!(Math.abs(value - expected[i]) <= epsilon * size[i])) {
          throw new AssertionError(
              s + ": " + what + " at " + i + " of " + actual.shape() + " is " + value + " instead of " + expected[i]);
        }
      }
    }
  }

  @Test
  void floatsAgreeWithTheDefinition() {
    for (Sample sample : Sample.all(ElementType.FLOAT32)) sample.check(5e-6);
  }

  @Test
  void doublesAgreeWithTheDefinition() {
    for (Sample sample : Sample.all(ElementType.FLOAT64)) sample.check(2e-14);
  }

  @Test
  void theNumberOfThreadsDoesNotShow() {
    for (Sample sample : Sample.all(ElementType.FLOAT32)) {
      assertSameBits(sample, sample::forward);
      assertSameBits(sample, sample::inputGradient);
      assertSameBits(sample, sample::weightGradient);
    }
  }

  private static void assertSameBits(Sample sample, Supplier<NdArray> result) {
    Parallel.setThreads(1);
    float[] one = result.get().floats();
    for (int threads : new int[] {2, 3, 7}) {
      Parallel.setThreads(threads);
      assertThat(result.get().floats()).as("%s on %s threads", sample.s(), threads).isEqualTo(one);
    }
  }

  @Test
  void anEmptyBatchGivesNothingAndNoGradient() {
    ConvAxis axis = new ConvAxis(5, 3, 3, 1, 0, 1);
    Sample sample = Sample.of(new ConvSizes(0, 1, 2, 3, axis, axis), ElementType.FLOAT32, 0, 1);
    assertThat(sample.forward().numel()).isZero();
    assertThat(sample.inputGradient().numel()).isZero();
    assertThat(sample.weightGradient().floats()).containsOnly(0f);
  }
}
