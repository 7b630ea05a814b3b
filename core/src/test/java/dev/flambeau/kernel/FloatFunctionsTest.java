package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.scalar.Scalar;
import dev.flambeau.scalar.UnaryOp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions in single precision against those on doubles. */
class FloatFunctionsTest {
  private static final float[] SPECIAL =
      {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 88.72283f, 88.72284f, -87.3f, -88f,
        -103.97f, -104f, 1f, -1f, 0.5f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, 3.92f,
        9.01f, -17.9f, -18.1f};

  /** All exponents, both signs, and the specials. */
  private static float[] arguments() {
    int step = 0x4001;
    int count = (int) ((1L << 32) / step);
    float[] x = new float[count + SPECIAL.length];
    for (int i = 0; i < count; i++) x[i] = Float.intBitsToFloat(i * step);
    System.arraycopy(SPECIAL, 0, x, count, SPECIAL.length);
    return x;
  }

  @ParameterizedTest
  @CsvSource({"EXP, 1.1", "EXPM1, 2", "LOG, 1.1", "LOG1P, 2", "SIGMOID, 2.5", "TANH, 2.5", "ERF, 5.5"})
  void staysWithinItsError(UnaryOp op, double maxUlps) {
    float[] x = arguments();
    NdArray out = NdArray.allocate(ElementType.FLOAT32, Shape.of(x.length));
    Loops.map(Formula.of(Scalar.arg(0).unary(op), 1), ElementType.FLOAT32, out,
        NdArray.of(x, ElementType.FLOAT32, Shape.of(x.length)));
    for (int i = 0; i < x.length; i++) {
      double exact = op.apply(x[i]);
      float expected = (float) exact;
      float actual = out.floats()[i];
      boolean exactly = Float.isNaN(expected) || Float.isInfinite(expected) || expected == 0;
      boolean good = exactly ? Float.compare(expected + 0f, actual + 0f) == 0
          : Math.abs(actual - exact) <= maxUlps * Math.ulp(expected);
      assertThat(good).as("%s(%s) is %s, but came out as %s", op, x[i], expected, actual).isTrue();
    }
  }
}
