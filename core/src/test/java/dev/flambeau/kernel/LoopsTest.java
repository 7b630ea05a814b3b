package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopsTest {
  private static final Scalar X = Scalar.arg(0);
  private static final Scalar Y = Scalar.arg(1);
  private static final ElementType[] TYPES = ElementType.values();
  private static final List<Formula> ANY = formulas(X.add(Y), X.sub(Y.mul(2)), X.mul(Y), X.min(Y), X.max(Y), X.lt(Y),
      X.ge(Y).and(X.ne(1)).or(Y.not()), X.gt(0).select(X, Y), X.abs().neg().add(Y.sign()), X.eq(Y).select(3, X));
  private static final List<Formula> REAL =
      formulas(X.div(Y), X.exp().add(Y), X.floor().add(Y.ceil()), X.round().mul(Y.trunc()), X.rem(Y), X.fmod(Y),
          X.floorDiv(Y), X.abs().pow(Y.div(8)), X.isNan().select(1, Y), X.div(Y).isInf(), X.sigmoid().sub(Y.tanh()),
          X.atan2(Y), X.abs().sqrt());
  private static final Formula IDENTITY = Formula.of(X, 1);
  private static final Formula SQUARE = Formula.of(X.square().sub(1), 1);

  private static List<Formula> formulas(Scalar... bodies) {
    return Arrays.stream(bodies).map(s -> Formula.of(s, 2)).toList();
  }

  private static NdArray floats(Shape shape, float... values) { return NdArray.of(values, ElementType.FLOAT32, shape); }

  private static int[] sizes(Random random) {
    int[] sizes = new int[random.nextInt(5)];
    for (int d = 0; d < sizes.length; d++) {
      int kind = random.nextInt(12);
      sizes[d] = kind == 0 ? 0 : kind < 3 ? 1 : random.nextInt(sizes.length > 2 ? 9 : 70);
    }
    return random.nextInt(200) == 0 ? new int[] {300, 1 + random.nextInt(500)} : sizes;
  }

  private static <T> T pick(Random random, List<T> from) { return from.get(random.nextInt(from.size())); }

  @Test
  void mapsAgreeWithTheFormulaForAllTypesAndLayouts() {
    Random random = new Random(1);
    for (int round = 0; round < 3000; round++) {
      int[] sizes = sizes(random);
      ElementType compute = random.nextBoolean() ? ElementType.FLOAT32 : TYPES[random.nextInt(TYPES.length)];
      NdArray out =
          LoopOracle.random(random, random.nextBoolean() ? compute : TYPES[random.nextInt(TYPES.length)], sizes);
      NdArray[] in = new NdArray[2];
      for (int k = 0; k < 2; k++) {
        int[] own =
            Arrays.copyOfRange(sizes, random.nextInt(3) == 0 ? random.nextInt(sizes.length + 1) : 0, sizes.length);
        for (int d = 0; d < own.length; d++) if (random.nextInt(5) == 0) own[d] = 1;
        in[k] = LoopOracle.random(random, random.nextInt(3) > 0 ? compute : TYPES[random.nextInt(TYPES.length)], own);
      }
      Formula f = pick(random, compute.isFloating() && random.nextBoolean() ? REAL : ANY);
      Loops.map(f, compute, out, in);
      for (int e = 0; e < out.numel(); e++) checkElement(f, compute, out, in, e);
    }
  }

  private static void checkElement(Formula f, ElementType compute, NdArray out, NdArray[] in, int e) {
    Shape shape = out.shape();
    ElementType loaded = compute == ElementType.UINT8 ? ElementType.INT32 : compute;
    double x = LoopOracle.stored(LoopOracle.element(in[0], shape, e), loaded);
    double y = LoopOracle.stored(LoopOracle.element(in[1], shape, e), loaded);
    double exact = f.body().evaluate(x, y);
    double expected = LoopOracle.stored(compute == ElementType.FLOAT32 ? (float) exact : exact, out.type());
    double actual = LoopOracle.element(out, shape, e);
    boolean undefined = !out.type().isFloating() && !(Math.abs(exact) < 1e9);
    if (actual == expected || undefined || Double.isNaN(expected) && Double.isNaN(actual)) return;
    double slack = !compute.isFloating() ? 0 : out.type().isFloating() ? 1e-6 * (1 + Math.abs(expected)) : 1;
    assertThat(actual).as("%s in %s of %s, %s, %s at %d", f, compute, x, y, out, e).isCloseTo(expected, within(slack));
  }

  @Test
  void aLongFormulaIsSummedInTwoSteps() {
    Scalar exp = X.exp();
    Formula f = Formula.of(exp.log1p().add(X.tanh()).mul(Y), 2);
    int threads = Parallel.threads();
    for (int n : new int[] {513, 16_384, 100_001}) {
      NdArray x = Samples.random(ElementType.FLOAT32, new Random(n), n);
      NdArray three = NdArray.scalar(3f).view(Shape.of(n), new int[] {0}, 0);
      NdArray sum = NdArray.allocate(ElementType.FLOAT32, Shape.of(1));
      Loops.reduce(Reducer.SUM, f, ElementType.FLOAT32, sum, new boolean[] {true}, x, three);
      double exact = 0;
      for (float v : x.floats()) exact += f.body().evaluate(v, 3);
      assertThat((double) sum.floats()[0]).isCloseTo(exact, within(1e-5 * n));
      NdArray again = NdArray.allocate(ElementType.FLOAT32, Shape.of(1));
      try {
        Parallel.setThreads(1);
        Loops.reduce(Reducer.SUM, f, ElementType.FLOAT32, again, new boolean[] {true}, x, three);
      } finally {
        Parallel.setThreads(threads);
      }
      assertThat(again.floats()).containsExactly(sum.floats());
    }
  }

  @Test
  void reductionsAgreeWithPlainSums() {
    Random random = new Random(2);
    for (int round = 0; round < 3000; round++) {
      int[] sizes = sizes(random);
      ElementType type = random.nextBoolean() ? ElementType.FLOAT32 : TYPES[random.nextInt(TYPES.length)];
      ElementType compute = random.nextInt(3) == 0 ? ElementType.FLOAT64 : type.isFloating() ? type : ElementType.INT64;
      NdArray x = LoopOracle.random(random, type, sizes);
      boolean[] reduced = new boolean[sizes.length];
      boolean all = random.nextInt(3) == 0;
      int[] kept = sizes.clone();
      for (int d = 0; d < sizes.length; d++) {
        reduced[d] = all || random.nextBoolean();
        if (reduced[d]) kept[d] = 1;
      }
      NdArray out = LoopOracle.random(random, random.nextInt(4) == 0 ? ElementType.FLOAT64 : compute, kept);
      Reducer reducer = Reducer.values()[random.nextInt(4)];
      if (reducer == Reducer.PROD) Loops.fill(x, 1L);
      Formula pre = reducer != Reducer.PROD && random.nextBoolean() ? SQUARE : IDENTITY;
      Loops.reduce(reducer, pre, compute, out, reduced, x);
      checkReduction(reducer, pre, compute, out, x);
    }
  }

  private static void checkReduction(Reducer reducer, Formula pre, ElementType compute, NdArray out, NdArray x) {
    double[] expected = new double[out.numel()];
    double[] size = new double[out.numel()];
    Arrays.fill(expected, reducer.identity());
    Shape shape = x.shape();
    for (int e = 0; e < x.numel(); e++) {
      int place = 0;
      int rest = e;
      for (int d = shape.rank() - 1; d >= 0; d--) {
        if (out.shape().size(d) > 1) place += rest % shape.size(d) * out.shape().stride(d);
        rest /= shape.size(d);
      }
      double value = pre.body().evaluate(LoopOracle.stored(LoopOracle.element(x, shape, e), compute));
      size[place] += Math.abs(value);
      expected[place] = reducer.combine(X, Y).evaluate(expected[place], value);
    }
    for (int e = 0; e < expected.length; e++) {
      assertThat(LoopOracle.element(out, out.shape(), e)).as("%s of %s in %s: %s to %s", reducer, pre, compute, x, out)
          .isCloseTo(LoopOracle.stored(expected[e], out.type()), within(2e-7 * size[e]));
    }
  }

  @Test
  void reductionsOfSeveralInputsBroadcastThem() {
    Formula product = Formula.of(X.mul(Y), 2);
    NdArray x = floats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    NdArray y = floats(Shape.of(3), 1, 10, 100);
    NdArray rows = NdArray.allocate(ElementType.FLOAT32, Shape.of(2, 1));
    Loops.reduce(Reducer.SUM, product, ElementType.FLOAT32, rows, new boolean[] {false, true}, x, y);
    assertThat(rows.floats()).containsExactly(321, 654);
    NdArray columns = NdArray.allocate(ElementType.FLOAT64, Shape.of(1, 3));
    Loops.reduce(Reducer.SUM, product, ElementType.FLOAT32, columns, new boolean[] {true, false}, x, y);
    assertThat(columns.doubles()).containsExactly(5, 70, 900);
    NdArray big = NdArray.allocate(ElementType.FLOAT32, Shape.of(700, 900));
    Loops.fill(big, 2.0);
    NdArray weights = NdArray.allocate(ElementType.FLOAT32, Shape.of(900));
    Loops.fill(weights, 3.0);
    NdArray sums = NdArray.allocate(ElementType.FLOAT32, Shape.of(700, 1));
    Loops.reduce(Reducer.SUM, product, ElementType.FLOAT32, sums, new boolean[] {false, true}, big, weights);
    assertThat(sums.floats()).containsOnly(5400);
    NdArray down = NdArray.allocate(ElementType.FLOAT32, Shape.of(1, 900));
    Loops.reduce(Reducer.SUM, product, ElementType.FLOAT32, down, new boolean[] {true, false}, big, weights);
    assertThat(down.floats()).containsOnly(4200);
  }

  @Test
  void scansAgreeWithPlainSums() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      int[] sizes = {1 + random.nextInt(20), 1 + random.nextInt(20), 1 + random.nextInt(5)};
      ElementType type = random.nextBoolean() ? ElementType.FLOAT32 : ElementType.INT64;
      NdArray x = LoopOracle.random(random, type, sizes);
      NdArray out = LoopOracle.random(random, type, sizes);
      int dim = random.nextInt(3);
      Reducer reducer = pick(random, List.of(Reducer.SUM, Reducer.MIN, Reducer.MAX));
      Loops.scan(reducer, out, x, dim);
      Shape shape = x.shape();
      int step = shape.stride(dim);
      for (int e = 0; e < x.numel(); e++) {
        int at = e / step % shape.size(dim);
        double before = at == 0 ? reducer.identity() : LoopOracle.element(out, shape, e - step);
        double expected = reducer.combine(X, Y).evaluate(before, LoopOracle.element(x, shape, e));
        assertThat(LoopOracle.element(out, shape, e)).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
      }
    }
  }

  @Test
  void writesInPlace() {
    NdArray x = floats(Shape.of(2, 2), 1, 2, 3, 4);
    Loops.map(Formula.of(X.mul(Y), 2), ElementType.FLOAT32, x, x, x);
    assertThat(x.floats()).containsExactly(1, 4, 9, 16);
  }

  @Test
  void convertsAsItSays() {
    NdArray x = floats(Shape.of(4), -1.7f, 0, 257.9f, Float.NaN);
    NdArray bytes = NdArray.allocate(ElementType.UINT8, Shape.of(4));
    Loops.copy(bytes, x);
    assertThat(bytes.bytes()).containsExactly(-1, 0, 1, 0);
    NdArray truths = NdArray.allocate(ElementType.BOOL, Shape.of(4));
    Loops.copy(truths, x);
    assertThat(truths.bytes()).containsExactly(1, 0, 1, 1);
    NdArray longs = NdArray.allocate(ElementType.INT64, Shape.of(4));
    Loops.copy(longs, x);
    assertThat(longs.longs()).containsExactly(-1, 0, 257, 0);
    Loops.copy(x, bytes);
    assertThat(x.floats()).containsExactly(255, 0, 1, 0);
  }

  @Test
  void integersFollowPython() {
    NdArray a = NdArray.of(new long[] {-7, 7, -7, 2}, ElementType.INT64, Shape.of(4));
    NdArray b = NdArray.of(new long[] {3, -3, -3, 70}, ElementType.INT64, Shape.of(4));
    NdArray out = NdArray.allocate(ElementType.INT64, Shape.of(4));
    Loops.map(Formula.of(X.rem(Y), 2), ElementType.INT64, out, a, b);
    assertThat(out.longs()).containsExactly(2, -2, -1, 2);
    Loops.map(Formula.of(X.floorDiv(Y), 2), ElementType.INT64, out, a, b);
    assertThat(out.longs()).containsExactly(-3, -3, 2, 0);
    Loops.map(Formula.of(X.div(Y), 2), ElementType.INT64, out, a, b);
    assertThat(out.longs()).containsExactly(-2, -2, 2, 0);
    Loops.map(Formula.of(X.shiftLeft(Y.abs()), 2), ElementType.INT64, out, a, b);
    assertThat(out.longs()).containsExactly(-56, 56, -56, 0);
    Loops.map(Formula.of(X.pow(Y), 2), ElementType.INT64, out, a, NdArray.scalar(3L));
    assertThat(out.longs()).containsExactly(-343, 343, -343, 8);
    NdArray truths = NdArray.of(new byte[] {1, 0}, ElementType.BOOL, Shape.of(2));
    NdArray flipped = NdArray.allocate(ElementType.BOOL, Shape.of(2));
    Loops.map(Formula.of(X.bitNot(), 1), ElementType.BOOL, flipped, truths);
    assertThat(flipped.bytes()).containsExactly(0, 1);
  }

  @Test
  void extremaPassNanOn() {
    float[] values = new float[5000];
    Arrays.fill(values, 1);
    NdArray x = floats(Shape.of(5000), values);
    NdArray out = NdArray.allocate(ElementType.FLOAT32, Shape.of(1));
    Loops.reduce(Reducer.MAX, IDENTITY, ElementType.FLOAT32, out, new boolean[] {true}, x);
    assertThat(out.floats()).containsExactly(1);
    values[4321] = Float.NaN;
    Loops.reduce(Reducer.MAX, IDENTITY, ElementType.FLOAT32, out, new boolean[] {true}, x);
    assertThat(out.floats()).containsExactly(Float.NaN);
  }

  @Test
  void emptyReductionsGiveTheNeutralValue() {
    NdArray out = floats(Shape.of(2, 1), 5, 5);
    Loops.reduce(Reducer.SUM, IDENTITY, ElementType.FLOAT32, out, new boolean[] {false, true},
        NdArray.allocate(ElementType.FLOAT32, Shape.of(2, 0)));
    assertThat(out.floats()).containsExactly(0, 0);
    Loops.reduce(Reducer.PROD, IDENTITY, ElementType.FLOAT32, out, new boolean[] {false, true},
        NdArray.allocate(ElementType.FLOAT32, Shape.of(2, 0)));
    assertThat(out.floats()).containsExactly(1, 1);
  }

  @Test
  void sumsOfMillionsStayAccurate() {
    float[] values = new float[3_000_001];
    Arrays.fill(values, 0.1f);
    for (int[] sizes : new int[][] {{3_000_001}, {1, 3_000_001}, {3_000_001, 1}}) {
      NdArray x = floats(Shape.of(sizes), values);
      NdArray out = NdArray.allocate(ElementType.FLOAT32, Shape.SCALAR.insert(0, 1));
      Loops.reduce(Reducer.SUM, IDENTITY, ElementType.FLOAT32,
          out.view(Shape.of(sizes.length == 1 ? new int[] {1} : new int[] {1, 1}),
              new int[sizes.length], 0),
          all(sizes.length), x);
      assertThat((double) out.floats()[0]).isCloseTo(3_000_001 * (double) 0.1f, within(0.05));
    }
  }

  private static boolean[] all(int rank) {
    boolean[] reduced = new boolean[rank];
    Arrays.fill(reduced, true);
    return reduced;
  }

  @Test
  void threadsChangeNoBit() {
    Random random = new Random(4);
    NdArray x = NdArray.allocate(ElementType.FLOAT32, Shape.of(300, 1000));
    for (int i = 0; i < x.numel(); i++) x.floats()[i] = (float) random.nextGaussian();
    int threads = Parallel.threads();
    try {
      for (boolean[] reduced : new boolean[][] {{true, true}, {true, false}, {false, true}}) {
        float[][] results = new float[3][];
        for (int t = 0; t < 3; t++) {
          Parallel.setThreads(t + 1);
          NdArray out = NdArray.allocate(ElementType.FLOAT32, Shape.of(reduced[0] ? 1 : 300, reduced[1] ? 1 : 1000));
          Loops.reduce(Reducer.SUM, SQUARE, ElementType.FLOAT32, out, reduced, x);
          results[t] = out.floats();
        }
        assertThat(results[1]).containsExactly(results[0]);
        assertThat(results[2]).containsExactly(results[0]);
      }
    } finally {
      Parallel.setThreads(threads);
    }
  }

  @Test
  void refusesWhatItCannotDo() {
    NdArray x = floats(Shape.of(1), 1);
    assertThatThrownBy(() -> Loops.map(pick(new Random(), ANY), ElementType.FLOAT32, x, x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 inputs");
    assertThatThrownBy(() -> Loops.map(Formula.of(X.exp(), 1), ElementType.INT64, x, x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("real numbers");
    assertThatThrownBy(() -> Loops.map(Formula.of(X.bitNot(), 1), ElementType.FLOAT32, x, x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("integer type");
    assertThatThrownBy(() -> Formula.of(X, 11)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 10");
    assertThatThrownBy(() -> Formula.of(Y, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
