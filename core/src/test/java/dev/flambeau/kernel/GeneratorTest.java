package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GeneratorTest {
  /** One line of the golden file; see tools/golden/random_numbers.py. */
  private record Draw(String op, String type, String size, String a, String b, String values) {
    static Draw of(String line) {
      String[] columns = line.split(",", -1);
      return new Draw(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
    }

    boolean isExact() { return !op.equals("normal") && !op.equals("exponential"); }

    @Override
    public String toString() { return String.join(" ", op, type, size, a, b); }
  }

  @TestFactory
  Stream<DynamicTest> drawsWhatPyTorchDraws() {
    List<List<Draw>> runs = new ArrayList<>();
    for (String line : golden().split("\n")) {
      Draw draw = Draw.of(line);
      if (draw.op.equals("seed")) runs.add(new ArrayList<>());
      runs.getLast().add(draw);
    }
    return runs.stream().map(run -> DynamicTest.dynamicTest("seed " + run.getFirst().a + ", " + run.size() + " draws",
        () -> replay(run)));
  }

  private static void replay(List<Draw> run) {
    Generator generator = new Generator();
    for (Draw draw : run) {
      if (draw.op.equals("seed")) generator.manualSeed(Long.parseLong(draw.a));
      else if (draw.op.equals("state")) assertThat(crc(generator.getState())).as("%s", draw).isEqualTo(draw.values);
      else compare(draw, fill(generator, draw));
    }
  }

  private static NdArray fill(Generator generator, Draw draw) {
    ElementType type = ElementType.valueOf(draw.type);
    int size = Integer.parseInt(draw.size);
    NdArray out = NdArray.allocate(type, Shape.of(size + 5)).view(Shape.of(size), new int[] {1}, 3);
    switch (draw.op) {
      case "uniform" -> generator.uniform(out, Double.parseDouble(draw.a), Double.parseDouble(draw.b));
      case "normal" -> generator.normal(out, Double.parseDouble(draw.a), Double.parseDouble(draw.b));
      case "randint" -> generator.randint(out, Long.parseLong(draw.a), Long.parseLong(draw.b));
      case "randperm" -> generator.randperm(out);
      case "bernoulli" -> generator.bernoulli(out, Double.parseDouble(draw.a));
      case "bernoulli32" -> {
        NdArray p = NdArray.allocate(ElementType.FLOAT32, Shape.of(size));
        Arrays.fill(p.floats(), Float.parseFloat(draw.a));
        generator.bernoulli(out, p);
      }
      case "exponential" -> generator.exponential(out, Double.parseDouble(draw.a));
      default -> throw new AssertionError(draw.op);
    }
    return out;
  }

  private static void compare(Draw draw, NdArray out) {
    String[] expected = draw.values.isEmpty() ? new String[0] : draw.values.split(" ");
    int first = out.numel() - expected.length;
    for (int i = 0; i < expected.length; i++) {
      int at = out.offset() + first + i;
      double wanted = decode(expected[i], out.type());
      if (draw.isExact()) {
        assertThat(out.doubleAt(at)).as("%s [%d]", draw, first + i).isEqualTo(wanted);
        if (out.type() == ElementType.INT64) assertThat(out.longAt(at)).isEqualTo(Long.parseLong(expected[i]));
      } else {
        double relative = out.type() == ElementType.FLOAT32 ? 1e-6 : 1e-14;
        assertThat(out.doubleAt(at)).as("%s [%d]", draw, first + i)
            .isCloseTo(wanted, within(relative * Math.max(1, Math.abs(wanted))));
      }
    }
  }

  private static double decode(String text, ElementType type) {
    return switch (type) {
      case FLOAT32 -> Float.intBitsToFloat(Integer.parseUnsignedInt(text, 16));
      case FLOAT64 -> Double.longBitsToDouble(Long.parseUnsignedLong(text, 16));
      case INT64, INT32, UINT8, BOOL -> Long.parseLong(text);
    };
  }

  private static String golden() {
    try (InputStream in = GeneratorTest.class.getResourceAsStream("/golden/random.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return Long.toString(crc.getValue());
  }

  @Test
  void startsFromPyTorchsDefaultSeed() {
    NdArray byDefault = floats(20);
    NdArray bySeed = floats(20);
    new Generator().normal(byDefault, 0, 1);
    new Generator().manualSeed(67280421310721L).normal(bySeed, 0, 1);
    assertThat(byDefault.floats()).isEqualTo(bySeed.floats());
    assertThat(new Generator().initialSeed()).isEqualTo(67280421310721L);
  }

  @Test
  void keepsTheWholeSeedButUsesItsLow32Bits() {
    NdArray a = floats(4);
    NdArray b = floats(4);
    Generator generator = new Generator().manualSeed(5 + (1L << 40));
    generator.uniform(a, 0, 1);
    new Generator().manualSeed(5).uniform(b, 0, 1);
    assertThat(a.floats()).isEqualTo(b.floats());
    assertThat(generator.initialSeed()).isEqualTo(5 + (1L << 40));
  }

  @Test
  void continuesFromAnExportedStateWithItsKeptNormal() {
    for (int before : new int[] {0, 1, 2, 3, 15, 311, 312, 313}) {
      Generator generator = new Generator().manualSeed(before);
      for (int i = 0; i < before; i++) generator.normal(floats(1), 0, 1);
      Generator other = new Generator();
      other.setState(generator.getState());
      NdArray a = floats(5);
      NdArray b = floats(5);
      generator.normal(a, 0, 1);
      other.normal(b, 0, 1);
      assertThat(a.floats()).as("after %d normals", before).isEqualTo(b.floats());
      assertThat(other.getState()).isEqualTo(generator.getState());
      assertThat(other.initialSeed()).isEqualTo(before);
    }
  }

  @Test
  void refusesWhatIsNoStateAndKeepsItsOwn() {
    Generator generator = new Generator().manualSeed(3);
    byte[] own = generator.getState();
    assertThatIllegalArgumentException().isThrownBy(() -> generator.setState(new byte[10]))
        .withMessage("setState: expected the 5056 bytes that getState gives, got 10");
    assertThatIllegalArgumentException().isThrownBy(() -> generator.setState(new byte[5056]));
    assertThat(generator.getState()).isEqualTo(own);
  }

  @Test
  void givesTheSameNormalsOnAnyNumberOfThreads() {
    int before = Parallel.threads();
    try {
      NdArray one = floats(100_003);
      NdArray many = floats(100_003);
      Parallel.setThreads(1);
      new Generator().normal(one, 0, 1);
      Parallel.setThreads(4);
      new Generator().normal(many, 0, 1);
      assertThat(many.floats()).isEqualTo(one.floats());
    } finally {
      Parallel.setThreads(before);
    }
  }

  @Test
  void leavesTheSurroundingsOfAViewAlone() {
    NdArray whole = floats(40);
    Arrays.fill(whole.floats(), 9f);
    new Generator().normal(whole.view(Shape.of(17), new int[] {1}, 10), 0, 1);
    assertThat(Arrays.copyOf(whole.floats(), 10)).containsOnly(9f);
    assertThat(Arrays.copyOfRange(whole.floats(), 27, 40)).containsOnly(9f);
    assertThat(Arrays.copyOfRange(whole.floats(), 10, 27)).doesNotContain(9f);
  }

  @Test
  void uniformsStayBelowTheUpperBound() {
    NdArray out = floats(100_000);
    new Generator().uniform(out, 1 - 0x1p-20, 1);
    for (float x : out.floats()) assertThat(x).isLessThan(1f);
  }

  @Test
  void refusesArgumentsThatMakeNoDistribution() {
    Generator generator = new Generator();
    byte[] state = generator.getState();
    NdArray ints = NdArray.allocate(ElementType.INT64, Shape.of(3));
    NdArray small = NdArray.allocate(ElementType.UINT8, Shape.of(300));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.uniform(floats(3), 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.uniform(floats(3), 0, 1e300));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.uniform(ints, 0, 1))
        .withMessage("uniform: expected FLOAT32 or FLOAT64 elements, got INT64");
    assertThatIllegalArgumentException().isThrownBy(() -> generator.normal(ints, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.normal(floats(3), 0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.normal(floats(3), 0, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.randint(ints, 3, 3))
        .withMessage("randint: expected low < high, got low=3 and high=3");
    assertThatIllegalArgumentException().isThrownBy(() -> generator.randint(small, 0, 257));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.randint(small, -1, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.randperm(small));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.bernoulli(ints, 1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.bernoulli(ints, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.bernoulli(ints, floats(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.exponential(ints, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> generator.exponential(floats(3), 0));
    assertThat(generator.getState()).isEqualTo(state);
  }

  private static NdArray floats(int n) { return NdArray.allocate(ElementType.FLOAT32, Shape.of(n)); }
}
