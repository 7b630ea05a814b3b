package dev.flambeau.kernel;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.scalar.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A loop over the rows of matrices that makes several passes over a row while the cache holds it, and then over the next. Passes are formulas over the
 * operands' elements, each written to an operand or combined into a number of the row; later passes may use both. Softmax of rows of operand 1 is
 *
 * <pre>{@code
 * new RowProgram(2, row -> {
 *   Scalar top = row.max(row.get(1));
 *   Scalar y = row.set(0, row.get(1).sub(top).exp());
 *   row.set(0, y.div(row.sum(y)));
 * });
 * }</pre>
 */
public final class RowProgram {
  /** Rows shorter than this are not worth vectors. */
  private static final int MIN_VECTOR_ROW = 16;

  /** A variant that was compiled; the fields are final, so a race shows a whole one or none. */
  private record Variant(long key, Loop loop) {}

  /** What passes are written down with, in their order. */
  public final class Row {
    private Row() {}

    /** The element of operand {@code k}, or the number that it has for the row or for all. */
    public Scalar get(int k) { return Scalar.arg(k); }

    /** The pass that writes {@code f} to operand {@code k}, which it returns. If that has a number for each row, no pass reads it. */
    @CanIgnoreReturnValue
    public Scalar set(int k, Scalar f) { return add(f, null, k + 1); }

    /** The greatest value of {@code f} in the row; NaN if there is one. */
    public Scalar max(Scalar f) { return add(f, Reducer.MAX, -1); }

    /** The sum of {@code f} over the row. */
    public Scalar sum(Scalar f) { return add(f, Reducer.SUM, -1); }

    /** A formula over numbers of the row, computed once. */
    public Scalar number(Scalar f) { return add(f, null, -1); }
  }

  /** A pass before it is lowered for a type. */
  private record Draft(Scalar formula, @Nullable Reducer reducer, int target) {}

  private final int operands;
  private final List<Draft> drafts = new ArrayList<>();
  private int numbers;
  private volatile List<Variant> variants = List.of();

  /** The program that {@code passes} write down for so many operands. */
  public RowProgram(int operands, Consumer<Row> passes) {
    this.operands = operands;
    passes.accept(new Row());
  }

  private Scalar add(Scalar formula, @Nullable Reducer reducer, int target) {
    drafts.add(new Draft(formula, reducer, target));
    return target > 0 ? Scalar.arg(target - 1) : Scalar.arg(operands + numbers++);
  }

  /**
   * Runs it. All operands are real, of one type, and broadcast to the matrix that the first is; those written to do so at most along rows.
   */
  public void run(NdArray... x) {
    if (x[0].numel() == 0) return;
    int rows = x[0].shape().size(0);
    int n = x[0].shape().size(1);
    long key = LoopKey.of(x[0].type(), LoopKey.MAP, x[0].type());
    int[] start = new int[operands + 1];
    int[] inner = new int[operands + 1];
    int[] outer = new int[operands + 1];
    boolean gaps = false;
    for (int k = 0; k <= operands; k++) {
      NdArray each = x[Math.max(0, k - 1)];
      int last = each.rank() - 1;
      boolean single = last < 0 || each.shape().size(last) < n;
      start[k] = each.offset();
      inner[k] = single ? 0 : n == 1 ? 1 : each.stride(last);
      outer[k] = last < 1 || each.shape().size(last - 1) == 1 ? 0 : each.stride(last - 1);
      int layout = single ? LoopKey.SINGLE : inner[k] == 1 ? LoopKey.DENSE : LoopKey.STRIDED;
      gaps |= layout == LoopKey.STRIDED;
      key |= k == 0 ? LoopKey.outLayout(layout) : LoopKey.input(k - 1, each.type(), layout);
    }
    boolean vectors = !gaps && n >= MIN_VECTOR_ROW && x[0].type() == ElementType.FLOAT32 && VectorSupport.available();
    Loop loop = loop(vectors ? LoopKey.withVectors(key) : key);
    Parallel.forRange(rows, Math.max(1, Loops.GRAIN / n), (from, to) -> {
      int[] position = new int[operands + 1];
      for (int k = 0; k <= operands; k++) position[k] = start[k] + from * outer[k];
      loop.rows(x[0], x, position, inner, outer, to - from, n);
    });
  }

  private Loop loop(long key) {
    for (Variant known : variants) if (known.key == key) return known.loop;
    return make(key);
  }

  private synchronized Loop make(long key) {
    for (Variant known : variants) if (known.key == key) return known.loop;
    Loop scalars = compile(LoopKey.withoutVectors(key), 0);
    int size = passes(LoopKey.compute(key)).stream().mapToInt(pass -> pass.code().size()).sum();
    Variant made = new Variant(key, !LoopKey.hasVectors(key) ? scalars
        : new LoopWarming(scalars, () -> compile(key, VectorSupport.vectorBits()), key, operands, size));
    variants = Stream.concat(variants.stream(), Stream.of(made)).toList();
    return made.loop;
  }

  Loop compile(long key, int vectorBits) {
    return LoopCompiler.compile(passes(LoopKey.compute(key)), operands, key, vectorBits);
  }

  private List<LoopPass> passes(ElementType type) {
    return drafts.stream().map(draft -> new LoopPass(Lowering.lower(draft.formula, type), draft.reducer,
        draft.reducer != null && type == ElementType.FLOAT32, draft.target)).toList();
  }
}
