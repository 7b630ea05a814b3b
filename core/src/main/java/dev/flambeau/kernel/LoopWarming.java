package dev.flambeau.kernel;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A loop of vectors. Until it is compiled its scalar twin, which gives the same bits, runs in its place. */
final class LoopWarming extends Loop {
  private static final int ELEMENTS = 512;
  /** Compiled, a function of a vector takes a nanosecond at most; not compiled, it takes thirty and more. */
  private static final int COMPILED_NANOS = 3;
  private static final int CALL_NANOS = 500;

  private final Loop scalars;
  private final WarmUp warmUp;
  private volatile @Nullable Loop vectors;

  /**
   * @param key of the loop of vectors
   * @param size the number of values that it computes for an element
   */
  LoopWarming(Loop scalars, Supplier<Loop> vectors, long key, int inputs, int size) {
    this.scalars = scalars;
    NdArray out = NdArray.allocate(LoopKey.outType(key), Shape.of(ELEMENTS));
    NdArray[] in = new NdArray[inputs];
    int[] steps = new int[inputs + 1];
    Arrays.fill(steps, 1);
    for (int k = 0; k < inputs; k++) {
      in[k] = NdArray.allocate(LoopKey.inputType(key, k), Shape.of(ELEMENTS));
      if (LoopKey.inputLayout(key, k) == LoopKey.SINGLE) steps[k + 1] = 0;
    }
    int lanes = VectorSupport.vectorBits() / Float.SIZE;
    this.warmUp = WarmUp.of(() -> {
      Loop made = this.vectors;
      if (made == null) this.vectors = made = vectors.get();
      made.rows(out, in, new int[inputs + 1], steps, steps, 1, ELEMENTS);
    }, CALL_NANOS + (long) COMPILED_NANOS * size * (ELEMENTS / lanes));
  }

  private Loop loop() { return warmUp.isDone() ? Objects.requireNonNull(vectors) : scalars; }

  @Override
  void dense(NdArray out, NdArray[] in, int start, int n) { loop().dense(out, in, start, n); }

  @Override
  void rows(NdArray out, NdArray[] in, int[] position, int[] inner, int[] outer, int rows, int n) {
    loop().rows(out, in, position, inner, outer, rows, n);
  }
}
