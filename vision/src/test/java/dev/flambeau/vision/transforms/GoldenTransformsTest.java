package dev.flambeau.vision.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.Torch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Pictures are those that torchvision 0.28 and Pillow make, to the bit; see {@code tools/golden/transforms.py}. */
final class GoldenTransformsTest {
  private static final BufferedImage COLOURS = picture(23, 31).toImage();
  private static final BufferedImage GREY = picture(20, 17).grey().toImage();
  private static final BufferedImage TALL = picture(40, 9).toImage();
  private static final Map<String, String[]> GOLDEN = golden();

  private static Pixels picture(int height, int width) {
    Pixels p = Pixels.blank(width, height, 3);
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          p.values()[at++] = (byte) (x * 11 + y * 7 + c * 83 + x * y % 19 * 6 + (x / 8 + y / 8 + c) % 3 * 60);
        }
      }
    }
    return p;
  }

  private static Map<String, String[]> golden() {
    Map<String, String[]> cases = new HashMap<>();
    InputStream file = GoldenTransformsTest.class.getResourceAsStream("/golden/transforms.txt.gz");
    try (var in = new GZIPInputStream(Objects.requireNonNull(file))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
        if (!line.isEmpty()) cases.put(line.substring(0, line.indexOf(' ')), line.split(" ", -1));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return cases;
  }

  private static void check(String name, ImageTransform transform, BufferedImage image, long seed) {
    Torch.manualSeed(seed);
    same(name, transform.apply(image));
    assertThat(Torch.randint(0, 1_000_000).itemLong()).as("drawn after %s", name)
        .isEqualTo(Long.parseLong(GOLDEN.get(name)[5]));
  }

  private static void check(String name, ImageTransform transform) { check(name, transform, COLOURS, 0); }

  private static void same(String name, BufferedImage actual) {
    Pixels found = Pixels.of(actual);
    String[] expected = Objects.requireNonNull(GOLDEN.get(name), name);
    assertThat(new int[] {found.height(), found.width(), found.channels()}).as(name).containsExactly(
        Integer.parseInt(expected[1]), Integer.parseInt(expected[2]), Integer.parseInt(expected[3]));
    byte[] values = Base64.getDecoder().decode(expected[4]);
    long different = 0;
    int most = 0;
    for (int i = 0; i < values.length; i++) {
      int off = Math.abs((values[i] & 0xff) - (found.values()[i] & 0xff));
      if (off > 0) different++;
      most = Math.max(most, off);
    }
    assertThat(different).as("%s: values of %s that differ, by up to %s", name, values.length, most).isZero();
  }

  private static void colours(String name, Function<Pixels, Pixels> change, BufferedImage image) {
    same(name, change.apply(Pixels.of(image)).toImage());
  }

  @Test
  void resizing() {
    check("grey-input", x -> x, GREY, 0);
    check("resize-smaller", new Resize(7, 10));
    check("resize-larger", new Resize(40, 50));
    check("resize-mixed", new Resize(50, 11));
    check("resize-shorter", new Resize(12));
    check("resize-tall", new Resize(13), TALL, 0);
    check("resize-one", new Resize(1, 1));
    check("resize-grey", new Resize(33, 9), GREY, 0);
    check("resize-nearest", new Resize(9, 44, Interpolation.NEAREST));
  }

  @Test
  void croppingAndPadding() {
    check("center-crop", new CenterCrop(10, 14));
    check("center-crop-odd", new CenterCrop(8, 12));
    check("center-crop-larger", new CenterCrop(26, 20));
    check("pad-constant", new Pad(1, 2, 3, 4, 77, PaddingMode.CONSTANT));
    check("pad-edge", new Pad(1, 2, 3, 4, 0, PaddingMode.EDGE));
    check("pad-reflect", new Pad(5, 2, 3, 4, 0, PaddingMode.REFLECT));
    check("pad-symmetric", new Pad(5, 2, 3, 4, 0, PaddingMode.SYMMETRIC), GREY, 0);
  }

  @Test
  void randomPlaces() {
    for (int seed = 0; seed < 3; seed++) {
      check("random-crop-" + seed, new RandomCrop(12), COLOURS, seed);
      check("random-crop-padded-" + seed, new RandomCrop(22, 4), COLOURS, seed);
      check("random-flip-" + seed, new RandomHorizontalFlip(), COLOURS, seed);
      check("random-vertical-flip-" + seed, new RandomVerticalFlip(0.3), COLOURS, seed);
      check("random-resized-crop-" + seed, new RandomResizedCrop(11), COLOURS, seed);
    }
    check("random-resized-crop-middle",
        new RandomResizedCrop(6, 6, 0.9, 1, 3. / 4, 4. / 3, Interpolation.BILINEAR), TALL, 0);
  }

  @Test
  void rotations() {
    for (int seed = 0; seed < 3; seed++) {
      check("random-rotation-" + seed, new RandomRotation(60), COLOURS, seed);
      check("random-rotation-bilinear-" + seed, new RandomRotation(-90, 45, Interpolation.BILINEAR, false, 0), COLOURS,
          seed);
      check("random-rotation-expand-" + seed, new RandomRotation(-170, 170, Interpolation.NEAREST, true, 9), GREY,
          seed);
    }
    check("rotation-right-angle", new RandomRotation(90, 90, Interpolation.NEAREST, false, 0));
    check("rotation-right-angle-expand", new RandomRotation(90, 90, Interpolation.NEAREST, true, 0));
    check("rotation-half", new RandomRotation(180, 180, Interpolation.NEAREST, false, 0));
  }

  @Test
  void coloursAndGrey() {
    check("grayscale", new Grayscale());
    check("grayscale-3", new Grayscale(3));
    for (int seed = 0; seed < 3; seed++)
      check("color-jitter-" + seed, new ColorJitter(0.4, 0.4, 0.4, 0.4), COLOURS, seed);
    colours("brightness", x -> Colours.brightness(x, 1.7), COLOURS);
    colours("contrast", x -> Colours.contrast(x, 1.6), COLOURS);
    colours("contrast-grey", x -> Colours.contrast(x, 0.3), GREY);
    colours("saturation", x -> Colours.saturation(x, 2.5), COLOURS);
    for (float hue : new float[] {-0.5f, -0.2f, 0.1f, 0.35f, 0.5f})
      colours("hue" + hue, x -> Colours.hue(x, hue), COLOURS);
  }

  @Test
  void severalOneAfterTheOther() {
    ImageTransform all = new Compose<BufferedImage>(new RandomResizedCrop(16), new RandomHorizontalFlip(),
        new RandomRotation(10), new CenterCrop(13))::apply;
    check("compose", all, COLOURS, 4);
    assertThat(GOLDEN).as("cases not tested").hasSize(59);
  }
}
