package dev.flambeau.array;

/** How tests get at {@link Spares}. */
public final class TestSpares {
  private TestSpares() {}

  /** Until closed, what is unwritten holds garbage on this thread: NaN, or ones. */
  public static AutoCloseable litter() {
    int before = Spares.least;
    Spares.least = 1;
    Spares mine = Spares.litter();
    return () -> {
      mine.close();
      Spares.least = before;
    };
  }

  /** Until closed, the shortest arrays are used again, too. */
  public static AutoCloseable keepShort() {
    int before = Spares.least;
    Spares.least = 1;
    return () -> Spares.least = before;
  }
}
