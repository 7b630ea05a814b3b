package dev.flambeau.vision;

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
 * 1,797 real handwritten digits of 8 × 8 pixels, of 17 shades of grey; they come with this library. 1,437 chosen at
 * random are to learn from, the other 360 to be tried on.
 *
 * <p>Source: E. Alpaydin and C. Kaynak, <i>Optical Recognition of Handwritten Digits</i>, UCI Machine Learning
 * Repository (1998), <a href="https://doi.org/10.24432/C50P49">doi:10.24432/C50P49</a>, licensed under CC BY 4.0.
 */
public final class Digits {
  private static final int SIDE = 8;
  private static final int COLUMNS = SIDE * SIDE + 1;
  private static final int WHITE = 16;
  private static final int TRAIN = 1437;
  private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private Digits() {}

  /** The digits to learn from: the first 1,437 of a permutation with seed 0. */
  public static ImageDataset train() {
    ImageDataset all = all();
    return part(all, 0, TRAIN);
  }

  /** The digits to be tried on: the other 360. */
  public static ImageDataset test() {
    ImageDataset all = all();
    return part(all, TRAIN, all.size());
  }

  /** All digits, in the order in which they were published. */
  public static ImageDataset all() {
    List<String> lines = lines();
    byte[] images = new byte[lines.size() * SIDE * SIDE];
    long[] targets = new long[lines.size()];
    for (int i = 0; i < targets.length; i++) {
      String[] numbers = lines.get(i).split(",", COLUMNS);
      for (int p = 0; p < COLUMNS - 1; p++) images[i * (COLUMNS - 1) + p] = Byte.parseByte(numbers[p]);
      targets[i] = Long.parseLong(numbers[COLUMNS - 1]);
    }
    return new ImageDataset(Torch.fromArray(images, targets.length, 1, SIDE, SIDE), Torch.fromArray(targets), CLASSES,
        WHITE);
  }

  private static ImageDataset part(ImageDataset all, long from, long to) {
    try (var _ = Torch.forkRng(0)) {
      Tensor chosen = Torch.randperm(all.size()).slice(0, from, to);
      return new ImageDataset(all.images().get(chosen), all.targets().get(chosen), CLASSES, WHITE);
    }
  }

  private static List<String> lines() {
    InputStream file = Objects.requireNonNull(Digits.class.getResourceAsStream("digits.csv.gz"));
    try (var text = new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      return text.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
