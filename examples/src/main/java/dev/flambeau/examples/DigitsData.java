package dev.flambeau.examples;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * 1,797 real handwritten digits.
 *
 * <p>E. Alpaydin and C. Kaynak, <i>Optical Recognition of Handwritten Digits</i>, UCI Machine Learning Repository
 * (1998), <a href="https://doi.org/10.24432/C50P49">doi:10.24432/C50P49</a>, licensed under CC BY 4.0.
 */
final class DigitsData {
  private static final int COLUMNS = 65;

  private DigitsData() {}

  /** A row per digit: 8 × 8 pixels of 0 to 16, then the label. */
  static Tensor rows() {
    List<String> lines = lines();
    float[] rows = new float[lines.size() * COLUMNS];
    int i = 0;
    for (String line : lines) for (String number : line.split(",", -1)) rows[i++] = Float.parseFloat(number);
    return Torch.fromArray(rows, lines.size(), COLUMNS);
  }

  private static List<String> lines() {
    InputStream file = Objects.requireNonNull(DigitsData.class.getResourceAsStream("digits.csv.gz"));
    try (var text = new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      return text.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
