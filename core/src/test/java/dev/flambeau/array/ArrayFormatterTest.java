package dev.flambeau.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArrayFormatterTest {
  /** One case of the golden file; see tools/golden/printing.py. */
  private record Printed(String[] array, String[] dtype, String prefix, String[] options, String suffixes,
      String storage, String text) {
    static Printed of(String block) {
      String[] parts = block.split("\n", 3);
      String[] head = parts[0].split(" \\| ?", -1);
      return new Printed(head[0].split(" "), head[1].split(" "), head[2], head[3].split(" "), head[4], parts[1],
          parts[2].stripTrailing());
    }

    String formatted() {
      List<String> more = suffixes.isEmpty() ? List.of() : List.of(suffixes.replace("\\n", "\n").split(" ; "));
      return ArrayFormatter.format(prefix, values(), dtype[0], dtype[1].equals("default"), more, printOptions());
    }

    private NdArray values() {
      ElementType type = ElementType.valueOf(array[0]);
      Shape shape = Shape.of(integers(array[1]));
      NdArray base = storage.startsWith("ramp") ? ramp(type, storage.split(" ")) : bits(type, storage.split(" "));
      return base.view(shape, integers(array[2]), Integer.parseInt(array[3]));
    }

    private PrintOptions printOptions() {
      Boolean sciMode = options[4].equals("auto") ? null : (Boolean) options[4].equals("on");
      return new PrintOptions(Integer.parseInt(options[0]), Integer.parseInt(options[1]), Integer.parseInt(options[2]),
          Integer.parseInt(options[3]), sciMode);
    }
  }

  @TestFactory
  Stream<DynamicTest> printsWhatPyTorchPrints() {
    return Stream.of(golden().split("(^|\n)== ")).skip(1).map(Printed::of)
        .map(c -> DynamicTest.dynamicTest(c.text.lines().findFirst().orElseThrow(),
            () -> assertThat(c.formatted()).isEqualTo(c.text)));
  }

  private static int[] integers(String text) {
    return text.equals("-") ? new int[0] : Stream.of(text.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private static NdArray ramp(ElementType type, String[] words) {
    long[] p = Stream.of(words).skip(1).mapToLong(Long::parseLong).toArray();
    NdArray out = NdArray.allocate(type, Shape.of((int) p[0]));
    for (int i = 0; i < p[0]; i++) put(out, i, (double) (i * p[1] % p[2] - p[3]) / p[4]);
    return out;
  }

  private static NdArray bits(ElementType type, String[] words) {
    String[] values = Stream.of(words).skip(1).flatMap(ArrayFormatterTest::repeated).toArray(String[]::new);
    NdArray out = NdArray.allocate(type, Shape.of(values.length));
    for (int i = 0; i < values.length; i++) {
      switch (type) {
        case FLOAT32 -> out.floats()[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(values[i], 16));
        case FLOAT64 -> out.doubles()[i] = Double.longBitsToDouble(Long.parseUnsignedLong(values[i], 16));
        case INT64 -> out.longs()[i] = Long.parseLong(values[i]);
        case INT32, UINT8, BOOL -> put(out, i, Long.parseLong(values[i]));
      }
    }
    return out;
  }

  private static Stream<String> repeated(String word) {
    String[] run = word.split("\\*");
    return IntStream.range(0, run.length == 1 ? 1 : Integer.parseInt(run[1])).mapToObj(i -> run[0]);
  }

  private static void put(NdArray out, int i, double value) {
    switch (out.type()) {
      case FLOAT32 -> out.floats()[i] = (float) value;
      case FLOAT64 -> out.doubles()[i] = value;
      case INT64 -> out.longs()[i] = (long) value;
      case INT32 -> out.ints()[i] = (int) value;
      case UINT8, BOOL -> out.bytes()[i] = (byte) value;
    }
  }

  private static String golden() {
    try (InputStream in = ArrayFormatterTest.class.getResourceAsStream("/golden/printing.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void looksOnlyAtTheElementsItShows() {
    int[] size = {1 << 10, 1 << 10, 1 << 10};
    NdArray ones = NdArray.allocate(ElementType.BOOL, Shape.of(1)).view(Shape.of(size), new int[3], 0);
    long start = System.nanoTime();
    String text = print(ones, PrintOptions.DEFAULT);
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    assertThat(text).startsWith("tensor([[[False, False, False,  ..., False, False, False],\n").hasSizeLessThan(4000);
  }

  @Test
  void followsNoLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(print(floats(1.5f, -2.25f), PrintOptions.DEFAULT)).isEqualTo("tensor([ 1.5000, -2.2500])");
      assertThat(print(floats(1e20f), PrintOptions.DEFAULT)).isEqualTo("tensor([1.0000e+20])");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void hasPyTorchsProfiles() {
    NdArray many = NdArray.allocate(ElementType.INT64, Shape.of(1001));
    assertThat(print(many, PrintOptions.DEFAULT)).isEqualTo("tensor([0, 0, 0,  ..., 0, 0, 0])");
    assertThat(print(many, PrintOptions.SHORT)).isEqualTo("tensor([0, 0,  ..., 0, 0])");
    assertThat(print(many, PrintOptions.FULL)).doesNotContain("...").hasLineCount(42);
    assertThat(print(floats(1.5f), PrintOptions.SHORT)).isEqualTo("tensor([1.50])");
    assertThat(print(floats(1.5f), PrintOptions.DEFAULT.withSciMode(true))).isEqualTo("tensor([1.5000e+00])");
    assertThat(print(floats(1.5f, 1.5f), PrintOptions.DEFAULT.withLineWidth(20)))
        .isEqualTo("tensor([1.5000,\n        1.5000])");
  }

  @Test
  void refusesNegativeOptions() {
    assertThatIllegalArgumentException().isThrownBy(() -> PrintOptions.DEFAULT.withPrecision(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> PrintOptions.DEFAULT.withEdgeItems(-1));
  }

  private static NdArray floats(float... values) {
    return NdArray.of(values, ElementType.FLOAT32, Shape.of(values.length));
  }

  private static String print(NdArray array, PrintOptions options) {
    return ArrayFormatter.format("tensor(", array, "torch." + array.type().name().toLowerCase(Locale.ROOT),
        array.type() == ElementType.FLOAT32, List.of(), options);
  }
}
