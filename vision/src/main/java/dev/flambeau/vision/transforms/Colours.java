package dev.flambeau.vision.transforms;

import java.util.Arrays;

/** Changes of colour with Pillow's arithmetic. */
final class Colours {
  private Colours() {}

  static Pixels brightness(Pixels in, double factor) {
    return blend(Pixels.blank(in.width(), in.height(), in.channels()), in, (float) factor);
  }

  /** Away from, or towards, the mean brightness. */
  static Pixels contrast(Pixels in, double factor) {
    long sum = 0;
    Pixels grey = in.grey();
    for (byte v : grey.values()) sum += v & 0xff;
    Pixels mean = Pixels.blank(in.width(), in.height(), in.channels());
    Arrays.fill(mean.values(), (byte) (int) ((double) sum / grey.values().length + 0.5));
    return blend(mean, in, (float) factor);
  }

  static Pixels saturation(Pixels in, double factor) {
    return in.channels() == 1 ? in : blend(in.grey().colours(), in, (float) factor);
  }

  private static Pixels blend(Pixels from, Pixels to, float factor) {
    Pixels out = Pixels.blank(to.width(), to.height(), to.channels());
    for (int i = 0; i < out.values().length; i++) {
      int start = from.values()[i] & 0xff;
      float v = start + factor * ((to.values()[i] & 0xff) - start);
      out.values()[i] = (byte) (int) Math.clamp(v, 0f, 255f);
    }
    return out;
  }

  /** Turns the colours around the circle of hues by this part of it. */
  static Pixels hue(Pixels in, double factor) {
    if (in.channels() == 1) return in;
    Pixels out = Pixels.blank(in.width(), in.height(), 3);
    int shift = (int) (factor * 255);
    for (int i = 0; i < out.values().length; i += 3) turn(in.values(), out.values(), i, shift);
    return out;
  }

  private static void turn(byte[] in, byte[] out, int i, int shift) {
    int r = in[i] & 0xff;
    int g = in[i + 1] & 0xff;
    int b = in[i + 2] & 0xff;
    int value = Math.max(r, Math.max(g, b));
    int range = value - Math.min(r, Math.min(g, b));
    float redness = range == 0 ? 0 : (float) (value - r) / range;
    float greenness = range == 0 ? 0 : (float) (value - g) / range;
    float blueness = range == 0 ? 0 : (float) (value - b) / range;
    float sector = range == 0 ? 0
        : r == value ? blueness - greenness : g == value ? 2 + redness - blueness : 4 + greenness - redness;
    int hue = range == 0 ? 0 : (int) ((float) ((sector / 6.0 + 1.0) % 1.0) * 255.0);
    int saturation = range == 0 ? 0 : (int) ((float) range / value * 255.0);
    write(out, i, (hue + shift) & 0xff, saturation, value);
  }

  private static void write(byte[] out, int i, int hue, int saturation, int value) {
    int sector = (int) Math.floor((float) (hue * 6.0 / 255.0));
    float f = (float) (hue * 6.0 / 255.0 - sector);
    float s = (float) (saturation / 255.0);
    int p = Math.clamp(Math.round(value * (1.0 - s)), 0, 255);
    int q = Math.clamp(Math.round(value * (1.0 - s * f)), 0, 255);
    int t = Math.clamp(Math.round(value * (1.0 - s * (1.0 - f))), 0, 255);
    switch (sector % 6) {
      case 0 -> put(out, i, value, t, p);
      case 1 -> put(out, i, q, value, p);
      case 2 -> put(out, i, p, value, t);
      case 3 -> put(out, i, p, q, value);
      case 4 -> put(out, i, t, p, value);
      default -> put(out, i, value, p, q);
    }
  }

  private static void put(byte[] out, int i, int r, int g, int b) {
    out[i] = (byte) r;
    out[i + 1] = (byte) g;
    out[i + 2] = (byte) b;
  }
}
