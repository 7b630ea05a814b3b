package dev.flambeau.vision.transforms;

/**
 * Bilinear resampling with antialiasing, to the bit as Pillow does it: each output value is the mean of the input
 * values under a triangle that is as wide as the picture shrinks, along the rows first and then along the columns,
 * with weights in fixed point of 22 bits and 8-bit values between the two passes.
 */
final class Resampling {
  private static final int PRECISION = 22;

  private Resampling() {}

  /** For each output value the first input value under its triangle, and the weights from there on. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Weights(int[] first, int[][] weight) {
    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double reach = Math.max(1, scale);
      int[] first = new int[to];
      int[][] weight = new int[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        first[i] = Math.max(0, (int) (centre - reach + 0.5));
        double[] w = new double[Math.min(from, (int) (centre + reach + 0.5)) - first[i]];
        double sum = 0;
        for (int k = 0; k < w.length; k++) {
          w[k] = Math.max(0, 1 - Math.abs((k + first[i] - centre + 0.5) * (1 / reach)));
          sum += w[k];
        }
        weight[i] = new int[w.length];
        for (int k = 0; k < w.length; k++) weight[i][k] = (int) (0.5 + w[k] / sum * (1 << PRECISION));
      }
      return new Weights(first, weight);
    }
  }

  static Pixels bilinear(Pixels in, int width, int height) {
    Pixels wide = in.width() == width ? in : alongRows(in, width);
    return in.height() == height ? wide : alongColumns(wide, height);
  }

  private static Pixels alongRows(Pixels in, int width) {
    Pixels out = Pixels.blank(width, in.height(), in.channels());
    Weights weights = Weights.of(in.width(), width);
    int channels = in.channels();
    for (int y = 0, at = 0; y < in.height(); y++) {
      for (int x = 0; x < width; x++) {
        int[] w = weights.weight[x];
        int start = (y * in.width() + weights.first[x]) * channels;
        for (int c = 0; c < channels; c++) out.values()[at++] = mean(in.values(), start + c, channels, w);
      }
    }
    return out;
  }

  private static Pixels alongColumns(Pixels in, int height) {
    Pixels out = Pixels.blank(in.width(), height, in.channels());
    Weights weights = Weights.of(in.height(), height);
    int row = in.width() * in.channels();
    for (int y = 0, at = 0; y < height; y++) {
      int[] w = weights.weight[y];
      for (int i = 0; i < row; i++) out.values()[at++] = mean(in.values(), weights.first[y] * row + i, row, w);
    }
    return out;
  }

  private static byte mean(byte[] values, int start, int step, int[] weights) {
    int sum = 1 << (PRECISION - 1);
    for (int k = 0, at = start; k < weights.length; k++, at += step) sum += (values[at] & 0xff) * weights[k];
    return (byte) Math.min(255, sum >> PRECISION);
  }

  /** Each output pixel is the input pixel under its centre. */
  static Pixels nearest(Pixels in, int width, int height) {
    Pixels out = Pixels.blank(width, height, in.channels());
    double scaleX = (double) in.width() / width;
    double scaleY = (double) in.height() / height;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) out.copyPixel(y, x, in, (int) ((y + 0.5) * scaleY), (int) ((x + 0.5) * scaleX));
    }
    return out;
  }
}
