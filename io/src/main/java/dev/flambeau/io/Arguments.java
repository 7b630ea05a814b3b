package dev.flambeau.io;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a call in a pickle, each checked for its type when it is taken. */
record Arguments(TorchUnpickler unpickler, String callee, List<?> values) {
  /** Makes sure that there are from {@code least} to {@code most} of them. */
  void count(int least, int most) throws FileFormatException {
    if (values.size() < least || values.size() > most) {
      throw unpickler
          .refuse(callee + " expects " + least + " to " + most + " arguments, but is given " + values.size());
    }
  }

  <T> T get(int i, Class<T> type) throws FileFormatException {
    Object value = i < values.size() ? values.get(i) : null;
    if (type.isInstance(value)) return type.cast(value);
    throw unpickler.refuse(
        callee + " expects a " + type.getSimpleName() + " as argument " + i + ", but is given "
            + Values.describe(value));
  }

  /** A tuple of whole numbers. */
  long[] longs(int i) throws FileFormatException {
    List<?> list = get(i, List.class);
    if (list.size() > Elements.MAX_RANK)
      throw unpickler.refuse(callee + " is given " + list.size() + " dimensions, at most "
          + Elements.MAX_RANK + " are read");
    long[] longs = new long[list.size()];
    for (int k = 0; k < longs.length; k++) {
      Object value = list.get(k);
      if (!(value instanceof Long n))
        throw unpickler.refuse(callee + " expects whole numbers as argument " + i + ", not "
            + Values.describe(value));
      longs[k] = n;
    }
    return longs;
  }

  @Nullable Object at(int i) { return values.get(i); }
}
