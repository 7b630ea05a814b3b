package dev.flambeau.kernel;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Scratch arrays that a kernel takes and gives back, kept per thread so that a warm kernel allocates nothing.
 *
 * <p>An array taken is at least as long as asked for and holds whatever its last user left in it. One that is never
 * given back is merely lost to the cache.
 */
public final class Workspace {
  private static final int KEPT_PER_SIZE = 4;
  private static final int SIZES = 25;
  private static final ThreadLocal<Workspace> CURRENT = ThreadLocal.withInitial(Workspace::new);

  private final Shelf<float[]> floats = new Shelf<>(float[]::new);
  private final Shelf<double[]> doubles = new Shelf<>(double[]::new);

  private Workspace() {}

  /** A scratch array of at least {@code length} floats, its contents undefined. */
  public static float[] takeFloats(int length) { return CURRENT.get().floats.take(length); }

  /** A scratch array of at least {@code length} doubles, its contents undefined. */
  public static double[] takeDoubles(int length) { return CURRENT.get().doubles.take(length); }

  /** Gives back an array from {@link #takeFloats}, on any thread; the caller must not use it afterwards. */
  public static void give(float[] array) { CURRENT.get().floats.give(array, array.length); }

  /** Gives back an array from {@link #takeDoubles}, on any thread; the caller must not use it afterwards. */
  public static void give(double[] array) { CURRENT.get().doubles.give(array, array.length); }

  /** Arrays whose lengths are powers of two; longer ones than the largest size come and go uncached. */
  private static final class Shelf<A> {
    private final IntFunction<A> allocator;
    private final @Nullable Object[][] kept = new Object[SIZES][KEPT_PER_SIZE];

    Shelf(IntFunction<A> allocator) { this.allocator = allocator; }

    @SuppressWarnings("unchecked")
    A take(int length) {
      int size = 32 - Integer.numberOfLeadingZeros(Math.max(1, length) - 1);
      if (size >= SIZES) return allocator.apply(length);
      @Nullable Object[] places = kept[size];
      for (int i = 0; i < KEPT_PER_SIZE; i++) {
        Object array = places[i];
        if (array != null) {
          places[i] = null;
          return (A) array;
        }
      }
      return allocator.apply(1 << size);
    }

    void give(A array, int length) {
      int size = Integer.numberOfTrailingZeros(length);
      if (size >= SIZES || length != 1 << size) return;
      @Nullable Object[] places = kept[size];
      for (int i = 0; i < KEPT_PER_SIZE; i++) {
        if (places[i] == null) {
          places[i] = array;
          return;
        }
      }
    }
  }
}
