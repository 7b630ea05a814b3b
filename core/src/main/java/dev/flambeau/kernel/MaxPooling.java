package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;

/**
 * The greatest element of each window of each plane, and where it was: the first of equals, a NaN over everything.
 *
 * <p>Arrays have the shape [N, C, H, W]. Where channels lie side by side, they are compared side by side, and the result has that layout too.
 */
public final class MaxPooling {
  private static final int GRAIN = 1 << 14;
  /** Windows of a row that are too few for the lanes of a vector; then the channels become the lanes. */
  private static final int FEW = 16;

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
    boolean few = columns.size() < FEW || columns.stride() == 0;
    boolean turns = x.shape().size(1) >= FEW && x.shape().size(2) * x.shape().size(3) > 1 && !channelsLast(x);
    if (few && turns && x.type() == ElementType.FLOAT32) {
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
    } else if (x.type() == ElementType.FLOAT32 && columns.stride() > 0) {
      Parallel.forRange(n * c, Math.max(1, GRAIN / taps), (from, to) -> {
        Lanes lanes = new Lanes();
        for (int k = from; k < to; k++) plane(k / c, k % c, lanes);
      });
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

    void find(float[] src, int lanes, int placeStep, int n, int c, int oy, int ox) {
      LaneMaxima.find(src, offsets, places, taps, lanes, placeStep, values.floats(), position(values, n, c, oy, ox),
          indices.ints(), position(indices, n, c, oy, ox));
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
      lanes.find(x.floats(), x.shape().size(1), 0, n, 0, oy, ox);
    }
  }

  /** One plane; the windows of a row that are not cut off are the lanes. */
  private void plane(int n, int c, Lanes lanes) {
    int width = x.shape().size(3);
    int stride = columns.stride();
    int kernel = most(columns);
    int lo = 0;
    int hi = columns.size();
    while (lo < hi && columns.count()[lo] < kernel) lo++;
    while (lo < hi && columns.count()[hi - 1] < kernel) hi--;
    boolean direct = stride == 1 && x.stride(3) == 1;
    int phase = (width + stride - 1) / stride;
    float[] src = direct || lo == hi ? x.floats() : sorted(n, c, phase);
    for (int oy = 0; oy < rows.size(); oy++) {
      windows(n, c, oy, 0, lo);
      windows(n, c, oy, hi, columns.size());
      if (lo == hi) continue;
      lanes.taps = 0;
      for (int i = 0; i < rows.count()[oy]; i++) {
        int iy = rows.start()[oy] + i * rows.step();
        for (int j = 0; j < kernel; j++) {
          int ix = columns.start()[lo] + j * columns.step();
          int at = direct ? position(x, n, c, iy, ix) : (iy * stride + ix % stride) * phase + ix / stride;
          lanes.add(at, iy * width + ix);
        }
      }
      lanes.find(src, hi - lo, stride, n, c, oy, lo);
    }
    if (src != x.floats()) Workspace.give(src);
  }

  /** The plane with each row's elements sorted by the remainder of their place by the stride, so that windows find theirs side by side. */
  private float[] sorted(int n, int c, int phase) {
    int height = x.shape().size(2);
    int width = x.shape().size(3);
    int stride = columns.stride();
    int step = x.stride(3);
    float[] from = x.floats();
    float[] to = Workspace.takeFloats(height * stride * phase);
    for (int h = 0; h < height; h++) {
      for (int r = 0; r < Math.min(stride, width); r++) {
        int at = (h * stride + r) * phase;
        int p = position(x, n, c, h, r);
        int count = (width - r + stride - 1) / stride;
        for (int q = 0; q < count; q++) to[at + q] = from[p + q * stride * step];
      }
    }
    return to;
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
