package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Code.Kind;
import dev.flambeau.kernel.Code.Op;
import dev.flambeau.kernel.Code.Value;
import org.jspecify.annotations.Nullable;

/**
 * Walks {@link Code} instead of compiling it: for the first few calls on a few elements, which would not pay for a class. Every operation rounds as its
 * compiled form does, so the results are the same to the bit.
 *
 * <p>Integers and truths are held in {@code long}s, real numbers in {@code double}s. Sums, products, quotients and roots of floats taken in double
 * precision and rounded to float are correctly rounded.
 */
final class LoopInterpreter extends Loop {
  private static final int MAX_CALLS = 8;
  private static final int MAX_ELEMENTS = 32;

  private final Code code;
  private final long key;
  private final Kind kind;
  private final @Nullable Reducer reducer;
  private int calls;

  LoopInterpreter(Code code, long key) {
    this.code = code;
    this.key = key;
    this.kind = Lowering.kindOf(LoopKey.compute(key));
    this.reducer = LoopKey.reducer(key);
  }

  /** Whether {@code code} can be walked. */
  static boolean suits(Code code, long key) {
    return code.results().length == 1 && !code.has(Op.CALL) && !LoopKey.isScan(key) && !LoopKey.hasLanes(key);
  }

  /** Whether a loop over so many elements is short. */
  static boolean isShort(int total) { return total <= MAX_ELEMENTS; }

  /** Counts a call and tells whether it is one of the first few. */
  boolean isFresh() { return ++calls <= MAX_CALLS; }

  @Override
  void dense(NdArray out, NdArray[] in, int start, int n) {
    int[] position = new int[in.length + 1];
    int[] steps = new int[in.length + 1];
    position[0] = out.offset() + start;
    steps[0] = 1;
    for (int i = 0; i < in.length; i++) {
      steps[i + 1] = LoopKey.inputLayout(key, i) == LoopKey.SINGLE ? 0 : 1;
      position[i + 1] = in[i].offset() + start * steps[i + 1];
    }
    rows(out, in, position, steps, steps, 1, n);
  }

  @Override
  void rows(NdArray out, NdArray[] in, int[] position, int[] inner, int[] outer, int rows, int n) {
    var walker = new Walker(in);
    for (int row = 0; row < rows; row++) {
      int[] at = position.clone();
      for (int k = 0; k < at.length; k++) at[k] += row * outer[k];
      if (reducer != null) {
        walker.reduce(reducer, at, inner, n);
        walker.store(out, at[0], code.size(), kind);
        continue;
      }
      for (int i = 0; i < n; i++) {
        walker.evaluate(at);
        walker.store(out, at[0], code.result(), code.kind(code.result()));
        for (int k = 0; k < at.length; k++) at[k] += inner[k];
      }
    }
  }

  /** The values of one element, in {@code reals} or {@code longs}, and behind them a reduction's accumulators. */
  private final class Walker {
    private final NdArray[] in;
    private final double[] reals;
    private final long[] longs;

    Walker(NdArray[] in) {
      this.in = in;
      reals = new double[code.size() + LoopCompiler.ways(code)];
      longs = new long[reals.length];
    }

    void evaluate(int[] at) {
      for (int v = 0; v < code.size(); v++) {
        Value value = code.value(v);
        Kind operands = value.a() < 0 ? value.kind() : code.kind(value.a());
        switch (value.op()) {
          case INPUT -> load(v, in[(int) value.bits()], at[(int) value.bits() + 1]);
          case CONSTANT -> {
            longs[v] = value.bits();
            reals[v] = Double.longBitsToDouble(value.bits());
          }
          case SELECT -> {
            int chosen = longs[value.a()] != 0 ? value.b() : value.c();
            reals[v] = reals[chosen];
            longs[v] = longs[chosen];
          }
          case CAST -> cast(v, value.a(), operands);
          case BITS -> {
            if (operands == Kind.F32) longs[v] = Float.floatToRawIntBits((float) reals[value.a()]);
            else reals[v] = Float.intBitsToFloat((int) longs[value.a()]);
          }
          default -> {
            if (isReal(operands)) real(v, value);
            else integer(v, value, operands);
          }
        }
      }
    }

    private void load(int v, NdArray x, int position) {
      boolean real = x.type().isFloating();
      if (code.kind(v) == Kind.TRUTH) longs[v] = x.doubleAt(position) != 0 ? 1 : 0;
      else if (isReal(kind)) reals[v] = round(
          real ? x.doubleAt(position) : kind == Kind.F32 ? (float) x.longAt(position) : (double) x.longAt(position));
      else if (real) longs[v] = kind == Kind.I32 ? (int) x.doubleAt(position) : (long) x.doubleAt(position);
      else longs[v] = wrap(x.longAt(position));
    }

    private void cast(int v, int a, Kind from) {
      Kind to = code.kind(v);
      if (isReal(to)) reals[v] = to == Kind.F32 ? isReal(from) ? (float) reals[a] : (float) longs[a]
          : isReal(from) ? reals[a] : (double) longs[a];
      else if (isReal(from)) longs[v] = to == Kind.I32 ? (int) reals[a] : (long) reals[a];
      else longs[v] = to == Kind.I32 ? (int) longs[a] : longs[a];
    }

    private void real(int v, Value value) {
      double a = reals[value.a()];
      double b = value.b() < 0 ? 0 : reals[value.b()];
      double c = value.c() < 0 ? 0 : reals[value.c()];
      switch (value.op()) {
        case ADD -> reals[v] = round(a + b);
        case SUB -> reals[v] = round(a - b);
        case MUL -> reals[v] = round(a * b);
        case DIV -> reals[v] = round(a / b);
        case REMAINDER -> reals[v] = a % b;
        case NEG -> reals[v] = -a;
        case ABS -> reals[v] = Math.abs(a);
        case SQRT -> reals[v] = round(Math.sqrt(a));
        case MIN -> reals[v] = Math.min(a, b);
        case MAX -> reals[v] = Math.max(a, b);
        case FMA -> reals[v] = kind == Kind.F32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
        case FLOOR -> reals[v] = Math.floor(a);
        case CEIL -> reals[v] = Math.ceil(a);
        case RINT -> reals[v] = Math.rint(a);
        case LT -> longs[v] = a < b ? 1 : 0;
        case LE -> longs[v] = a <= b ? 1 : 0;
        case GT -> longs[v] = a > b ? 1 : 0;
        case GE -> longs[v] = a >= b ? 1 : 0;
        case EQ -> longs[v] = a == b ? 1 : 0;
        case NE -> longs[v] = a != b ? 1 : 0;
        default -> throw new IllegalStateException("no such operation on real numbers: " + value);
      }
    }

    private void integer(int v, Value value, Kind operands) {
      long a = longs[value.a()];
      long b = value.b() < 0 ? 0 : longs[value.b()];
      boolean narrow = operands != Kind.I64;
      long result = switch (value.op()) {
        case ADD -> a + b;
        case SUB -> a - b;
        case MUL -> a * b;
        case DIV -> a / b;
        case REMAINDER -> a % b;
        case NEG -> -a;
        case ABS -> Math.abs(a);
        case MIN -> Math.min(a, b);
        case MAX -> Math.max(a, b);
        case AND -> a & b;
        case OR -> a | b;
        case XOR -> a ^ b;
        case SHL -> narrow ? (int) a << (int) b : a << b;
        case SHR -> narrow ? (int) a >> (int) b : a >> b;
        case LT -> a < b ? 1 : 0;
        case LE -> a <= b ? 1 : 0;
        case GT -> a > b ? 1 : 0;
        case GE -> a >= b ? 1 : 0;
        case EQ -> a == b ? 1 : 0;
        case NE -> a != b ? 1 : 0;
        default -> throw new IllegalStateException("no such operation on integers: " + value);
      };
      longs[v] = narrow ? (int) result : result;
    }

    /** Combines a row in the order of the compiled loop; the result is the first accumulator. */
    void reduce(Reducer r, int[] at, int[] inner, int n) {
      int ways = LoopCompiler.ways(code);
      int sums = code.size();
      for (int u = 0; u < ways; u++) {
        reals[sums + u] = r.identity();
        longs[sums + u] = kind == Kind.I32 ? (int) r.identity() : (long) r.identity();
      }
      int result = code.result();
      for (int i = 0; i < n; i++) {
        evaluate(at);
        if (isReal(kind) && !isReal(code.kind(result))) reals[result] = longs[result];
        combine(r, sums + (i < n / ways * ways ? i % ways : 0), result);
        for (int k = 1; k < at.length; k++) at[k] += inner[k];
      }
      for (int half = ways / 2; half > 0; half /= 2) {
        for (int u = 0; u < half; u++) combine(r, sums + u, sums + u + half);
      }
    }

    private void combine(Reducer r, int a, int b) {
      if (isReal(kind)) {
        reals[a] = switch (r) {
          case SUM -> round(reals[a] + reals[b]);
          case PROD -> round(reals[a] * reals[b]);
          case MIN -> Math.min(reals[a], reals[b]);
          case MAX -> Math.max(reals[a], reals[b]);
        };
      } else {
        longs[a] = switch (r) {
          case SUM -> wrap(longs[a] + longs[b]);
          case PROD -> wrap(longs[a] * longs[b]);
          case MIN -> Math.min(longs[a], longs[b]);
          case MAX -> Math.max(longs[a], longs[b]);
        };
      }
    }

    void store(NdArray out, int position, int v, Kind kind) {
      boolean real = isReal(kind);
      switch (out.type()) {
        case FLOAT32 -> out.floats()[position] = real ? (float) reals[v] : (float) longs[v];
        case FLOAT64 -> out.doubles()[position] = real ? reals[v] : longs[v];
        case INT64 -> out.longs()[position] = real ? (long) reals[v] : longs[v];
        case INT32 -> out.ints()[position] = real ? (int) reals[v] : (int) longs[v];
        case UINT8 -> out.bytes()[position] = (byte) (real ? (long) reals[v] : longs[v]);
        case BOOL -> out.bytes()[position] = (byte) ((real ? reals[v] != 0 : longs[v] != 0) ? 1 : 0);
      }
    }

    private double round(double x) { return kind == Kind.F32 ? (float) x : x; }

    private long wrap(long x) { return kind == Kind.I32 ? (int) x : x; }
  }

  private static boolean isReal(Kind kind) { return kind == Kind.F32 || kind == Kind.F64; }
}
