package dev.flambeau.examples;

import dev.flambeau.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Digits drawn with letters, side by side. */
final class DigitPictures {
  private static final int SIZE = 8;
  private static final int SHOWN = 4;
  private static final String GAP = "   ";

  private DigitPictures() {}

  /** Prints three digits, and the first that was read wrong, with what was read and what is true. */
  static void show(Tensor pixels, Tensor read, Tensor truth) {
    String shades = Letters.canShow("░▒▓█") ? " ░▒▓█" : " .+#@";
    List<Integer> chosen = chosen(read.toLongArray(), truth.toLongArray());
    for (int y = 0; y < SIZE; y++) {
      StringBuilder line = new StringBuilder();
      for (int i : chosen) line.append(row(pixels.get(i).view(SIZE, SIZE).get(y).toFloatArray(), shades)).append(GAP);
      System.out.println(line.toString().stripTrailing());
    }
    StringBuilder line = new StringBuilder();
    for (int i : chosen) {
      long r = read.get(i).itemLong();
      long t = truth.get(i).itemLong();
      String caption = r == t ? "read " + r : "read " + r + ", is " + t;
      int free = 2 * SIZE - caption.length();
      line.repeat(" ", free / 2).append(caption).repeat(" ", free - free / 2).append(GAP);
    }
    System.out.println(line.toString().stripTrailing());
  }

  private static List<Integer> chosen(long[] read, long[] truth) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < SHOWN - 1; i++) chosen.add(i);
    int i = SHOWN - 1;
    while (i < read.length - 1 && read[i] == truth[i]) i++;
    chosen.add(i);
    return chosen;
  }

  /** Two letters for each pixel, as letters are twice as high as wide. */
  private static String row(float[] pixels, String shades) {
    StringBuilder row = new StringBuilder();
    for (float pixel : pixels) row.repeat(shades.charAt(Math.round(pixel * (shades.length() - 1))), 2);
    return row.toString();
  }
}
