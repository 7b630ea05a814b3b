package dev.flambeau;

import java.util.Arrays;

/** Dimension arguments: negative ones count from the end. */
final class Dims {
  private Dims() {}

  /** The dimension among {@code rank}; a single number counts as one dimension. */
  static int wrap(String operation, int dim, int rank) {
    int bound = Math.max(rank, 1);
    if (dim < -bound || dim >= bound) {
      throw Errors.argument(operation, "dimension " + dim + " is out of range for a tensor of " + rank
          + " dimensions; it must be in " + -bound + " … " + (bound - 1));
    }
    return dim < 0 ? dim + bound : dim;
  }

  /** The dimensions, each once, ascending; none given means all. */
  static Ints wrapAll(String operation, int[] dims, int rank) {
    if (dims.length == 0) return Ints.range(rank);
    boolean[] chosen = chosen(operation, dims, rank);
    int[] sorted = new int[dims.length];
    int n = 0;
    for (int d = 0; d < chosen.length; d++) if (chosen[d] && d < rank) sorted[n++] = d;
    return Ints.of(Arrays.copyOf(sorted, n));
  }

  private static boolean[] chosen(String operation, int[] dims, int rank) {
    boolean[] chosen = new boolean[Math.max(rank, 1)];
    for (int dim : dims) {
      int d = wrap(operation, dim, rank);
      if (chosen[d])
        throw Errors.argument(operation, "dimension " + dim + " appears twice in " + Arrays.toString(dims));
      chosen[d] = true;
    }
    return chosen;
  }

  /** {@code value} as an int, which all sizes and offsets are. */
  static int exact(String operation, long value) {
    if (value != (int) value) throw Errors.argument(operation,
        "the number " + value + " is too large; sizes, steps and offsets stay below 2147483648");
    return (int) value;
  }

  /** {@code values} as ints. */
  static int[] exact(String operation, long... values) {
    return Arrays.stream(values).mapToInt(value -> exact(operation, value)).toArray();
  }

  static boolean[] mask(Ints dims, int rank) {
    boolean[] mask = new boolean[rank];
    for (int k = 0; k < dims.size(); k++) mask[dims.at(k)] = true;
    return mask;
  }
}
