package dev.flambeau.kernel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A tile of vectors, in whose place its scalar twin computes until it is compiled. */
final class GemmTileWarming<A> implements GemmTile<A> {
  private static final int DEPTH = 32;
  /** Compiled, a vector's multiply-add takes a nanosecond at most; not compiled, it takes fifty and more. */
  private static final int COMPILED_NANOS = 6;

  private final GemmTile<A> vectors;
  private final GemmTile<A> scalars;
  private final WarmUp warmUp;
  private final Supplier<WarmUp> begin;
  private volatile @Nullable WarmUp inSteps;

  GemmTileWarming(GemmTiles<A> tiles, GemmTile<A> vectors, GemmTile<A> scalars, int height, int width,
      GemmLayout layout) {
    this.vectors = vectors;
    this.scalars = scalars;
    int end = layout.length(DEPTH, 1);
    A a = tiles.room(height * Math.max(1, layout.rowStep()) + DEPTH * Math.max(1, layout.kStep()) + width);
    A b = tiles.room(width * DEPTH);
    A c = tiles.room(height * width);
    long compiled = 2L * DEPTH * height * (width / tiles.lanes) * COMPILED_NANOS;
    this.warmUp = WarmUp.of(() -> {
      vectors.multiply(a, 0, end, 1, b, 0, width, c, 0, width, false);
      vectors.multiply(a, 0, end, 1, b, 0, width, c, 0, width, true);
    }, compiled);
    int[] steps = GemmTile.steps(DEPTH, width);
    this.begin = () -> WarmUp.of(() -> {
      vectors.multiply(a, 0, end, 1, b, 0, steps, c, 0, width, false);
      vectors.multiply(a, 0, end, 1, b, 0, steps, c, 0, width, true);
    }, compiled);
  }

  @Override
  public void multiply(A a, int aFrom, int aEnd, int aStep, A b, int bFrom, int bRow, A c, int cFrom, int cRow,
      boolean accumulate) {
    GemmTile<A> tile = warmUp.isDone() ? vectors : scalars;
    tile.multiply(a, aFrom, aEnd, aStep, b, bFrom, bRow, c, cFrom, cRow, accumulate);
  }

  @Override
  public void multiply(A a, int aFrom, int aEnd, int aStep, A b, int bFrom, int[] bSteps, A c, int cFrom, int cRow,
      boolean accumulate) {
    WarmUp started = inSteps;
    GemmTile<A> tile = (started == null ? start() : started).isDone() ? vectors : scalars;
    tile.multiply(a, aFrom, aEnd, aStep, b, bFrom, bSteps, c, cFrom, cRow, accumulate);
  }

  boolean isWarm() { return warmUp.isDone(); }

  private synchronized WarmUp start() {
    WarmUp started = inSteps;
    if (started == null) inSteps = started = begin.get();
    return started;
  }
}
