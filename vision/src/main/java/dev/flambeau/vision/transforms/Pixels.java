package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** The 8-bit values of a picture, a pixel's channels (one of grey, or red, green, blue) side by side, row by row. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pixels(int width, int height, int channels, byte[] values) {
  static Pixels blank(int width, int height, int channels) {
    long size = (long) width * height * channels;
    if (width < 1 || height < 1 || size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("expected a picture of at least 1 × 1 pixels and below 2³¹ values, got "
          + height + " × " + width + " of " + channels);
    }
    return new Pixels(width, height, channels, new byte[(int) size]);
  }

  /** Grey values are taken as they are stored: {@code BufferedImage.getRGB} would convert between colour spaces. */
  static Pixels of(BufferedImage image) {
    boolean grey =
        image.getColorModel().getNumColorComponents() == 1 && !(image.getColorModel() instanceof IndexColorModel);
    Pixels pixels = blank(image.getWidth(), image.getHeight(), grey ? 1 : 3);
    if (grey) pixels.readGrey(image.getRaster());
    else pixels.readColours(image);
    return pixels;
  }

  private void readGrey(Raster raster) {
    int bits = raster.getSampleModel().getSampleSize(0);
    int[] row = new int[width];
    for (int y = 0, at = 0; y < height; y++) {
      row = raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int v : row) values[at++] = (byte) (bits > 8 ? v >>> (bits - 8) : v);
    }
  }

  private void readColours(BufferedImage image) {
    int[] row = new int[width];
    for (int y = 0, at = 0; y < height; y++) {
      row = image.getRGB(0, y, width, 1, row, 0, width);
      for (int rgb : row) {
        values[at++] = (byte) (rgb >> 16);
        values[at++] = (byte) (rgb >> 8);
        values[at++] = (byte) rgb;
      }
    }
  }

  BufferedImage toImage() {
    BufferedImage image =
        new BufferedImage(width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    byte[] stored = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    if (channels == 1) {
      System.arraycopy(values, 0, stored, 0, stored.length);
    } else {
      for (int i = 0; i < stored.length; i += 3) {
        stored[i] = values[i + 2];
        stored[i + 1] = values[i + 1];
        stored[i + 2] = values[i];
      }
    }
    return image;
  }

  /** The value at a place. */
  int at(int y, int x, int channel) { return values[(y * width + x) * channels + channel] & 0xff; }

  void copyPixel(int toY, int toX, Pixels from, int y, int x) {
    System.arraycopy(from.values, (y * from.width + x) * channels, values, (toY * width + toX) * channels, channels);
  }

  /** Turned upside down, or mirrored left to right. */
  Pixels flipped(boolean upsideDown) {
    Pixels out = blank(width, height, channels);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out.copyPixel(y, x, this, upsideDown ? height - 1 - y : y, upsideDown ? x : width - 1 - x);
      }
    }
    return out;
  }

  /** The part from (top, left) on; what lies outside of the picture gets {@code fill}. */
  Pixels crop(int top, int left, int cropHeight, int cropWidth, int fill) {
    Pixels out = blank(cropWidth, cropHeight, channels);
    if (fill != 0) Arrays.fill(out.values, (byte) fill);
    int from = Math.max(0, -left);
    int to = Math.min(cropWidth, width - left);
    for (int y = Math.max(0, -top); y < Math.min(cropHeight, height - top) && from < to; y++) {
      System.arraycopy(values, ((top + y) * width + left + from) * channels, out.values,
          (y * cropWidth + from) * channels,
          (to - from) * channels);
    }
    return out;
  }

  Pixels grey() {
    if (channels == 1) return this;
    Pixels out = blank(width, height, 1);
    for (int i = 0, at = 0; i < out.values.length; i++, at += 3) {
      out.values[i] = (byte) luma(values[at] & 0xff, values[at + 1] & 0xff, values[at + 2] & 0xff);
    }
    return out;
  }

  /** The brightness of a colour after ITU-R 601, in 16-bit fixed point. */
  private static int luma(int r, int g, int b) { return (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16; }

  Pixels colours() {
    if (channels == 3) return this;
    Pixels out = blank(width, height, 3);
    for (int i = 0; i < out.values.length; i++) out.values[i] = values[i / 3];
    return out;
  }
}
