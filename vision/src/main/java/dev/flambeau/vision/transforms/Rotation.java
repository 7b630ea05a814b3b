package dev.flambeau.vision.transforms;

import java.util.Arrays;

/**
 * A rotation about the middle, as the map from a place in the result to one in the source, x' = a·x + b·y + c, y' =
 * d·x + e·y + f.
 */
record Rotation(int width, int height, double a, double b, double c, double d, double e, double f, int fill) {
  private static final int FIXED = 16;

  /** Counter-clockwise by {@code degrees}; {@code expand}ed, the result holds all of the source. */
  static Rotation of(Pixels in, double degrees, boolean expand, int fill) {
    double angle = -Math.toRadians(degrees - 360 * Math.floor(degrees / 360));
    double cos = rounded(Math.cos(angle));
    double sin = rounded(Math.sin(angle));
    double x = in.width() / 2.;
    double y = in.height() / 2.;
    double c = cos * -x + sin * -y + x;
    double f = -sin * -x + cos * -y + y;
    if (!expand) return new Rotation(in.width(), in.height(), cos, sin, c, -sin, cos, f, fill);
    double[] xs = {c, cos * in.width() + c, cos * in.width() + sin * in.height() + c, sin * in.height() + c};
    double[] ys = {f, -sin * in.width() + f, -sin * in.width() + cos * in.height() + f, cos * in.height() + f};
    int width = span(xs);
    int height = span(ys);
    double dx = -(width - in.width()) / 2.;
    double dy = -(height - in.height()) / 2.;
    return new Rotation(width, height, cos, sin, cos * dx + sin * dy + c, -sin, cos, -sin * dx + cos * dy + f, fill);
  }

  private static int span(double[] places) {
    return (int) (Math.ceil(Arrays.stream(places).max().orElse(0)) - Math.floor(Arrays.stream(places).min().orElse(0)));
  }

  private static double rounded(double x) { return Math.rint(x * 1e15) / 1e15; }

  private Pixels blank(Pixels in) {
    Pixels out = Pixels.blank(width, height, in.channels());
    Arrays.fill(out.values(), (byte) fill);
    return out;
  }

  /** In 16-bit fixed point, as Pillow. */
  Pixels nearest(Pixels in) {
    Pixels out = blank(in);
    for (int y = 0; y < height; y++) {
      int atX = fixed(c + a * 0.5 + b * 0.5) + y * fixed(b);
      int atY = fixed(f + d * 0.5 + e * 0.5) + y * fixed(e);
      for (int x = 0; x < width; x++, atX += fixed(a), atY += fixed(d)) {
        int sx = atX >> FIXED;
        int sy = atY >> FIXED;
        if (sx >= 0 && sx < in.width() && sy >= 0 && sy < in.height()) out.copyPixel(y, x, in, sy, sx);
      }
    }
    return out;
  }

  private static int fixed(double x) { return (int) Math.floor(x * (1 << FIXED) + 0.5); }

  Pixels bilinear(Pixels in) {
    Pixels out = blank(in);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sx = a * (x + 0.5) + b * (y + 0.5) + c;
        double sy = d * (x + 0.5) + e * (y + 0.5) + f;
        if (sx >= 0 && sx < in.width() && sy >= 0 && sy < in.height())
          mix(out, (y * width + x) * in.channels(), in, sx - 0.5, sy - 0.5);
      }
    }
    return out;
  }

  private static void mix(Pixels out, int at, Pixels in, double sx, double sy) {
    int x = (int) Math.floor(sx);
    int y = (int) Math.floor(sy);
    int x0 = Math.max(0, x);
    int x1 = Math.min(in.width() - 1, x + 1);
    int y0 = Math.max(0, y);
    int y1 = Math.min(in.height() - 1, y + 1);
    for (int ch = 0; ch < in.channels(); ch++) {
      double upper = in.at(y0, x0, ch) + (in.at(y0, x1, ch) - in.at(y0, x0, ch)) * (sx - x);
      double lower = in.at(y1, x0, ch) + (in.at(y1, x1, ch) - in.at(y1, x0, ch)) * (sx - x);
      out.values()[at + ch] = (byte) (int) (upper + (lower - upper) * (sy - y));
    }
  }
}
