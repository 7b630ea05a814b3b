package dev.flambeau.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Correlations with 3 × 3 elements by Winograd's algorithm: 4 × 4 outputs from 6 × 6 inputs with 36 products instead of
 * 144. Inputs, filters and outputs are transformed by small matrices; each of the 36 places is a product over channels.
 *
 * <p>The points are 0, ±p, ±q and infinity. With p = 2/3 and q = 3/2 the error is half of that with the usual 1 and 2,
 * and two to three times that of the plain sum.
 */
final class ConvWinograd {
  private static final int OUT = 4;
  private static final int IN = 6;
  private static final int PLACES = IN * IN;
  private static final float P = 2 / 3f;
  private static final float Q = 3 / 2f;
  private static final float P2 = 4 / 9f;
  private static final float Q2 = 9 / 4f;
  private static final float P3 = 8 / 27f;
  private static final float Q3 = 27 / 8f;
  /** p² + q². */
  private static final float SUM = 97 / 36f;
  /** 1 / (2p² (p² − q²)). */
  private static final float BY_P = -81 / 130f;
  /** 1 / (2q² (q² − p²)). */
  private static final float BY_Q = 8 / 65f;
  /** Transformed elements of a block, few enough for the second cache. */
  private static final int BLOCK = 600_000;
  private static final int FEWEST_TILES = 24;
  private static final int FEWEST_CHANNELS = 16;
  private static final int CHANNELS_PER_TASK = 8;
  private static final int TASKS = 8;

  private final ConvCorrelation<float[]> c;
  private final int high;
  private final int rows;
  private final ConvBlock.Cut cut;

  private ConvWinograd(ConvCorrelation<float[]> c) {
    this.c = c;
    high = ConvCorrelation.panelHeight(c.tiles(), c.filters());
    rows = ConvCorrelation.ceilDiv(c.filters(), high) * high;
    int most = Math.max(64, BLOCK / PLACES / (c.channels() + rows));
    cut = ConvBlock.cut(c.cut().batch(), ConvCorrelation.ceilDiv(c.cut().height(), OUT),
        ConvCorrelation.ceilDiv(c.cut().width(), OUT), most, c.tiles().lanes);
  }

  /** Whether the algorithm can be used, and is worth its transformations. */
  static boolean suits(ConvCorrelation<?> c) {
    ConvTaps taps = c.taps();
    long tiles = (long) c.cut().batch() * ConvCorrelation.ceilDiv(c.cut().height(), OUT)
        * ConvCorrelation.ceilDiv(c.cut().width(), OUT);
    return taps.count == 9 && taps.stepDown == 1 && taps.stepAcross == 1 && taps.reachDown == 2 && taps.reachAcross == 2
        && Math.min(c.channels(), c.filters()) >= FEWEST_CHANNELS && tiles >= FEWEST_TILES
        && c.cut().height() >= OUT && c.cut().width() >= OUT;
  }

  static void run(ConvCorrelation<float[]> c) { new ConvWinograd(c).run(); }

  private void run() {
    int panels = rows / high;
    if (cut.count() == 1) {
      for (int group = 0; group < c.groups(); group++) compute(group, cut.block(0), null, 0);
      return;
    }
    float[] filters = Workspace.takeFloats(Math.multiplyExact(c.groups() * panels, panelSize()));
    Parallel.forRange(c.groups() * panels, ConvCorrelation.ceilDiv(panels, TASKS), (from, to) -> {
      float[][] room = room();
      for (int i = from; i < to; i++) transformFilters(i / panels, i % panels, room, filters, i * panelSize());
    });
    Parallel.forRange(c.groups() * cut.count(), 1, (from, to) -> {
      for (int i = from; i < to; i++) {
        compute(i / cut.count(), cut.block(i % cut.count()), filters, i / cut.count() * panels * panelSize());
      }
    });
    Workspace.give(filters);
  }

  private int panelSize() { return PLACES * c.channels() * high; }

  private float[][] room() { return new float[9 + IN * 3 + IN][c.channels() * high]; }

  /** One panel of filters, of which place after place is a panel of the product. */
  private void transformFilters(int group, int panel, float[][] room, float[] to, int toAt) {
    int length = c.channels() * high;
    int used = Math.min(high, c.filters() - panel * high);
    int from = c.weightFrom() + group * c.weightGroup() + panel * high * c.weightFilter();
    float[][] w = Arrays.copyOfRange(room, 0, 9);
    float[] packed = Workspace.takeFloats(9 * length);
    int together = c.weightChannel() == 9 ? c.channels() : 1;
    for (int k = 0; k < c.channels(); k += together) {
      c.tiles().pack(c.weight(), from + k * c.weightChannel(), c.weightFilter(), 1, used, high, 9 * together, packed,
          k * 9 * high);
    }
    for (int t = 0; t < 9; t++) {
      float[] plane = w[c.taps().rowShift[t] * 3 + c.taps().columnShift[t]];
      int at = c.taps().weight[t] * high;
      for (int k = 0; k < c.channels(); k++) System.arraycopy(packed, at + k * 9 * high, plane, k * high, high);
    }
    Workspace.give(packed);
    float[][] half = Arrays.copyOfRange(room, 9, 9 + IN * 3);
    for (int x = 0; x < 3; x++) {
      filter(w[x], w[3 + x], w[6 + x], half[x], half[3 + x], half[6 + x], half[9 + x], half[12 + x], half[15 + x]);
    }
    float[][] whole = Arrays.copyOfRange(room, 9 + IN * 3, room.length);
    for (int u = 0; u < IN; u++) {
      filter(half[3 * u], half[3 * u + 1], half[3 * u + 2], whole[0], whole[1], whole[2], whole[3], whole[4], whole[5]);
      for (int v = 0; v < IN; v++) {
        System.arraycopy(whole[v], 0, to, toAt + (u * IN + v) * length, length);
      }
    }
  }

  private static void filter(float[] a, float[] b, float[] c, float[] y0, float[] y1, float[] y2, float[] y3,
      float[] y4,
      float[] y5) {
    for (int i = 0; i < a.length; i++) {
      float even = (a[i] + P2 * c[i]) * BY_P;
      float odd = b[i] * (P * BY_P);
      y1[i] = even + odd;
      y2[i] = even - odd;
    }
    for (int i = 0; i < a.length; i++) {
      float even = (a[i] + Q2 * c[i]) * BY_Q;
      float odd = b[i] * (Q * BY_Q);
      y3[i] = even + odd;
      y4[i] = even - odd;
    }
    for (int i = 0; i < a.length; i++) {
      y0[i] = a[i];
      y5[i] = c[i];
    }
  }

  /**
   * A block's three steps, each shared between threads if there is only this block. Then no other needs the filters
   * either, and each panel of them is multiplied while it is in a cache.
   */
  private void compute(int group, ConvBlock block, float @Nullable [] filters, int filtersAt) {
    int count = block.pixels();
    int row = ConvCorrelation.ceilDiv(count, c.tiles().columns()) * c.tiles().columns();
    int panels = rows / high;
    float[] in = Workspace.takeFloats(PLACES * c.channels() * row);
    float[] out = Workspace.takeFloats(PLACES * rows * row);
    Parallel.forRange(c.channels(), CHANNELS_PER_TASK, (from, to) -> transformInputs(group, block, from, to, in, row));
    if (filters == null) {
      Parallel.forRange(panels, ConvCorrelation.ceilDiv(panels, TASKS), (from, to) -> {
        float[][] room = room();
        float[] own = Workspace.takeFloats(panelSize());
        for (int i = from; i < to; i++) {
          transformFilters(group, i, room, own, 0);
          for (int place = 0; place < PLACES; place++) multiply(place, i, i + 1, own, -i * panelSize(), in, out, count);
        }
        Workspace.give(own);
      });
    } else {
      Parallel.forRange(PLACES, 1, (from, to) -> {
        for (int place = from; place < to; place++) multiply(place, 0, panels, filters, filtersAt, in, out, count);
      });
    }
    Parallel.forRange(c.filters(), CHANNELS_PER_TASK, (from, to) -> transformOutputs(group, block, from, to, out, row));
    Workspace.give(in);
    Workspace.give(out);
  }

  private void multiply(int place, int first, int end, float[] filters, int filtersAt, float[] in, float[] out,
      int count) {
    int row = ConvCorrelation.ceilDiv(count, c.tiles().columns()) * c.tiles().columns();
    for (int j = 0; j < count; j += c.tiles().columns()) {
      GemmTile<float[]> tile = c.tiles().tile(high, c.tiles().width(count - j));
      for (int i = first; i < end; i++) {
        int a = filtersAt + i * panelSize() + place * high * c.channels();
        tile.multiply(filters, a, a + high * c.channels(), in, place * c.channels() * row + j, row, out,
            (place * rows + i * high) * row + j, row, false);
      }
    }
  }

  private void transformInputs(int group, ConvBlock block, int first, int last, float[] to, int row) {
    int length = OUT * block.columns() + 2;
    float[][] lines = new float[IN][length];
    float[][] half = new float[IN][length];
    int left = c.taps().phaseColumn[0] + OUT * block.column();
    int begin = Math.clamp(-left, 0, length);
    int end = Math.clamp((long) c.width() - left, begin, length);
    for (int k = first; k < last; k++) {
      int t = k * row;
      for (int n = 0; n < block.images(); n++) {
        for (int i = 0; i < block.rows(); i++, t += block.columns()) {
          for (int u = 0; u < IN; u++) {
            int y = c.taps().phaseRow[0] + OUT * (block.row() + i) + u;
            if (y < 0 || y >= c.height()) c.loops().zero(lines[u], 0, length);
            else c.loops().copy(c.x().data(), c.x().at(block.image() + n, group * c.channels() + k, y, left + begin),
                c.x().column(), lines[u], begin, end - begin);
            if (begin > 0) c.loops().zero(lines[u], 0, begin);
            if (end < length) c.loops().zero(lines[u], end, length);
          }
          input(lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], half[0], half[1], half[2], half[3], half[4],
              half[5]);
          for (int u = 0; u < IN; u++) {
            inputAcross(half[u], block.columns(), to, u * IN * c.channels() * row + t, c.channels() * row);
          }
        }
      }
    }
  }

  private static void input(float[] a, float[] b, float[] c, float[] d, float[] e, float[] f, float[] y0, float[] y1,
      float[] y2, float[] y3, float[] y4, float[] y5) {
    for (int i = 0; i < a.length; i++) {
      y0[i] = a[i] - SUM * c[i] + e[i];
      y5[i] = b[i] - SUM * d[i] + f[i];
    }
    for (int i = 0; i < a.length; i++) {
      float even = e[i] - Q2 * c[i];
      float odd = P * d[i] - Q * b[i];
      y1[i] = even + odd;
      y2[i] = even - odd;
    }
    for (int i = 0; i < a.length; i++) {
      float even = e[i] - P2 * c[i];
      float odd = Q * d[i] - P * b[i];
      y3[i] = even + odd;
      y4[i] = even - odd;
    }
  }

  private static void inputAcross(float[] from, int count, float[] to, int at, int step) {
    float a = from[0];
    float b = from[1];
    for (int j = 0; j < count; j++) {
      float c = from[4 * j + 2];
      float d = from[4 * j + 3];
      float e = from[4 * j + 4];
      float f = from[4 * j + 5];
      float even = e - Q2 * c;
      float odd = P * d - Q * b;
      float even2 = e - P2 * c;
      float odd2 = Q * d - P * b;
      int t = at + j;
      to[t] = a - SUM * c + e;
      to[t + step] = even + odd;
      to[t + 2 * step] = even - odd;
      to[t + 3 * step] = even2 + odd2;
      to[t + 4 * step] = even2 - odd2;
      to[t + 5 * step] = b - SUM * d + f;
      a = e;
      b = f;
    }
  }

  private void transformOutputs(int group, ConvBlock block, int first, int last, float[] from, int row) {
    int length = block.pixels();
    float[][] m = new float[IN][length];
    float[][] half = new float[OUT * IN][length];
    float[] line = new float[OUT * block.columns()];
    int step = rows * row;
    int columns = Math.min(OUT * block.columns(), c.cut().width() - OUT * block.column());
    float[] bias = c.bias();
    for (int k = first; k < last; k++) {
      int channel = group * c.filters() + k;
      for (int v = 0; v < IN; v++) {
        for (int u = 0; u < IN; u++) System.arraycopy(from, (u * IN + v) * step + k * row, m[u], 0, length);
        output(m[0], m[1], m[2], m[3], m[4], m[5], half[v], half[IN + v], half[2 * IN + v], half[3 * IN + v]);
      }
      for (int i = 0; i < block.images() * block.rows(); i++) {
        int n = block.image() + i / block.rows();
        int y = OUT * (block.row() + i % block.rows());
        int end = Math.min(OUT, c.cut().height() - y);
        for (int p = 0; p < end; p++) {
          outputAcross(half[p * IN], half[p * IN + 1], half[p * IN + 2], half[p * IN + 3], half[p * IN + 4],
              half[p * IN + 5], i * block.columns(), line);
          c.loops().store(line, 0, columns, bias == null ? line : bias, bias == null ? -1 : c.biasFrom() + channel,
              c.y().data(), c.y().at(n, channel, y + p, OUT * block.column()), c.y().column());
        }
      }
    }
  }

  private static void output(float[] a, float[] b, float[] c, float[] d, float[] e, float[] f, float[] y0, float[] y1,
      float[] y2, float[] y3) {
    for (int i = 0; i < a.length; i++) {
      float sum = b[i] + c[i];
      float sum2 = d[i] + e[i];
      y0[i] = a[i] + sum + sum2;
      y2[i] = P2 * sum + Q2 * sum2;
    }
    for (int i = 0; i < a.length; i++) {
      float difference = b[i] - c[i];
      float difference2 = d[i] - e[i];
      y1[i] = P * difference + Q * difference2;
      y3[i] = P3 * difference + Q3 * difference2 + f[i];
    }
  }

  private static void outputAcross(float[] a, float[] b, float[] c, float[] d, float[] e, float[] f, int at,
      float[] to) {
    for (int j = 0, i = at; j < to.length; j += 4, i++) {
      float sum = b[i] + c[i];
      float difference = b[i] - c[i];
      float sum2 = d[i] + e[i];
      float difference2 = d[i] - e[i];
      to[j] = a[i] + sum + sum2;
      to[j + 1] = P * difference + Q * difference2;
      to[j + 2] = P2 * sum + Q2 * sum2;
      to[j + 3] = P3 * difference + Q3 * difference2 + f[i];
    }
  }
}
