package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;

/**
 * The greatest element of each window of each plane, and where it was: the first of equals, a NaN over everything.
 *
 * <p>Arrays have the shape [N, C, H, W]. Where channels lie side by side, they are compared side by side, and the result has that layout too. Otherwise the
 * windows of a plane are, in a copy with −∞ around it in which the same tap of neighbouring windows lies side by side.
 */
public final class MaxPooling {
  private static final int GRAIN = 1 << 14;
  /** Channels that fill the lanes of a vector, where windows have all kinds of sizes. */
  private static final int MANY = 16;
  private static final ConvLoops<float[]> LOOPS = new ConvLoops.Floats();

  /**
   * The greatest elements and their places in the plane.
   *
   * @param indices INT32, row by row; empty if not asked for
   */
  public record Maxima(NdArray values, NdArray indices) {}

  private final NdArray x;
  private final Windows rows;
  private final Windows columns;
  private final NdArray values;
  private final NdArray indices;

  private MaxPooling(NdArray x, Windows rows, Windows columns) {
    this.x = x;
    this.rows = rows;
    this.columns = columns;
    values = allocate(x.type(), x, rows.size(), columns.size());
    indices = allocate(ElementType.INT32, x, rows.size(), columns.size());
  }

  /** The maxima of real {@code x} over all pairs of windows. */
  public static Maxima find(NdArray x, Windows rows, Windows columns) {
    boolean uneven = rows.stride() == 0 || columns.stride() == 0;
    boolean turns = x.shape().size(1) >= MANY && x.shape().size(2) * x.shape().size(3) > 1 && !channelsLast(x);
    if (uneven && turns && x.type() == ElementType.FLOAT32) {
      NdArray turned = allocate(x, x.type(), x.shape().size(2), x.shape().size(3), true);
      Loops.copy(turned, x);
      Maxima found = find(turned, rows, columns);
      return new Maxima(rowMajor(found.values), rowMajor(found.indices));
    }
    MaxPooling pooling = new MaxPooling(x, rows, columns);
    if (pooling.values.numel() > 0) pooling.run();
    return new Maxima(pooling.values, pooling.indices);
  }

  private static NdArray rowMajor(NdArray x) {
    NdArray y = NdArray.unwritten(x.type(), x.shape());
    Loops.copy(y, x);
    return y;
  }

  /** A new array with the batch, the channels and the layout of {@code like}, and planes of another size. */
  static NdArray allocate(ElementType type, NdArray like, int height, int width) {
    return allocate(like, type, height, width, channelsLast(like));
  }

  private static NdArray allocate(NdArray like, ElementType type, int height, int width, boolean channelsLast) {
    int n = like.shape().size(0);
    int c = like.shape().size(1);
    Shape shape = Shape.of(n, c, height, width);
    NdArray y = NdArray.allocate(type, shape);
    return channelsLast ? y.view(shape, new int[] {c * height * width, 1, width * c, c}, 0) : y;
  }

  static boolean channelsLast(NdArray x) { return x.shape().size(1) > 1 && x.stride(1) == 1 && !x.isContiguous(); }

  private void run() {
    int n = x.shape().size(0);
    int c = x.shape().size(1);
    int taps = Math.max(1, values.numel() / (n * c));
    if (x.type() == ElementType.FLOAT32 && channelsLast(x)) {
      int perRow = Math.max(1, c * columns.size());
      Parallel.forRange(n * rows.size(), Math.max(1, GRAIN / perRow), (from, to) -> {
        Lanes lanes = new Lanes();
        for (int k = from; k < to; k++) channelsOfRow(k / rows.size(), k % rows.size(), lanes);
      });
    } else if (x.type() == ElementType.FLOAT32 && rows.stride() > 0 && columns.stride() > 0) {
      ConvTaps windows = ConvTaps.forward(rows.axis(x.shape().size(2)), columns.axis(x.shape().size(3)));
      Parallel.forRange(n * c, Math.max(1, GRAIN / taps), (from, to) -> planes(from, to, windows));
    } else {
      Parallel.forRange(n * c, Math.max(1, GRAIN / taps), (from, to) -> {
        for (int k = from; k < to; k++) {
          for (int oy = 0; oy < rows.size(); oy++) windows(k / c, k % c, oy, 0, columns.size());
        }
      });
    }
  }

  private int position(NdArray a, int n, int c, int h, int w) {
    return a.offset() + n * a.stride(0) + c * a.stride(1) + h * a.stride(2) + w * a.stride(3);
  }

  /** The taps of some windows that lie side by side: where the first window's are, and their index in its plane. */
  private final class Lanes {
    final int[] offsets = new int[most(rows) * most(columns)];
    final int[] places = new int[offsets.length];
    int taps;

    void add(int offset, int place) {
      offsets[taps] = offset;
      places[taps++] = place;
    }

    void find(int n, int oy, int ox) {
      LaneMaxima.find(x.floats(), offsets, places, taps, x.shape().size(1), values.floats(),
          position(values, n, 0, oy, ox), indices.ints(), position(indices, n, 0, oy, ox));
    }
  }

  private static int most(Windows w) {
    int most = 1;
    for (int count : w.count()) most = Math.max(most, count);
    return most;
  }

  /** One row of results in all channels, which are the lanes. */
  private void channelsOfRow(int n, int oy, Lanes lanes) {
    int width = x.shape().size(3);
    for (int ox = 0; ox < columns.size(); ox++) {
      lanes.taps = 0;
      for (int i = 0; i < rows.count()[oy]; i++) {
        int iy = rows.start()[oy] + i * rows.step();
        for (int j = 0; j < columns.count()[ox]; j++) {
          int ix = columns.start()[ox] + j * columns.step();
          lanes.add(position(x, n, 0, iy, ix), iy * width + ix);
        }
      }
      lanes.find(n, oy, ox);
    }
  }

  /** Some planes; all windows of one are the lanes, and what lies between two rows of windows. */
  private void planes(int begin, int end, ConvTaps taps) {
    int height = x.shape().size(2);
    int width = x.shape().size(3);
    int channels = x.shape().size(1);
    ConvPlanes<float[]> planes = ConvPlanes.of(x);
    ConvStrip<float[]> strip = new ConvStrip<>(LOOPS, taps, new ConvBlock(0, 1, 0, rows.size(), 0, columns.size()),
        Double.NEGATIVE_INFINITY);
    int[] steps = strip.steps(1);
    int[] places = new int[taps.count];
    for (int t = 0; t < places.length; t++) {
      places[t] = t / columns.kernel() * rows.step() * width + t % columns.kernel() * columns.step();
    }
    int length = strip.length();
    float[] copied = Workspace.takeFloats(strip.channelSize);
    float[] greatest = Workspace.takeFloats(length);
    int[] found = new int[length];
    for (int k = begin; k < end; k++) {
      strip.fill(planes.from(k / channels), k % channels, height, width, copied, 0);
      LaneMaxima.find(copied, steps, places, places.length, length, greatest, 0, found, 0);
      for (int oy = 0; oy < rows.size(); oy++) {
        store(k / channels, k % channels, oy, greatest, found, oy * strip.pitch);
      }
    }
    Workspace.give(copied);
    Workspace.give(greatest);
  }

  private void store(int n, int c, int oy, float[] greatest, int[] found, int from) {
    int to = position(values, n, c, oy, 0);
    System.arraycopy(greatest, from, values.floats(), to, columns.size());
    int first = rows.begin(oy) * x.shape().size(3) - columns.before();
    int[] out = indices.ints();
    for (int i = 0; i < columns.size(); i++) out[to + i] = found[from + i] + first + i * columns.stride();
    // Where nothing is greater than −∞, the first tap was found, which may lie in the rim.
    for (int i = 0; i < columns.size() && (rows.begin(oy) < 0 || columns.begin(i) < 0); i++) {
      if (greatest[from + i] == Float.NEGATIVE_INFINITY) windows(n, c, oy, i, i + 1);
    }
  }

  /** Windows of one row, one after the other. */
  private void windows(int n, int c, int oy, int from, int to) {
    int width = x.shape().size(3);
    for (int ox = from; ox < to; ox++) {
      int best = rows.start()[oy] * width + columns.start()[ox];
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < rows.count()[oy]; i++) {
        int iy = rows.start()[oy] + i * rows.step();
        for (int j = 0; j < columns.count()[ox]; j++) {
          int ix = columns.start()[ox] + j * columns.step();
          double value = x.doubleAt(position(x, n, c, iy, ix));
          if (value > greatest || Double.isNaN(value)) {
            greatest = value;
            best = iy * width + ix;
          }
        }
      }
      int at = position(values, n, c, oy, ox);
      if (x.type() == ElementType.FLOAT32) values.floats()[at] = (float) greatest;
      else values.doubles()[at] = greatest;
      indices.ints()[position(indices, n, c, oy, ox)] = best;
    }
  }
}
