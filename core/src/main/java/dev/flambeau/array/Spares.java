package dev.flambeau.array;

import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Java arrays that nobody can reach any more, for the next arrays of the same type and length on the same thread: they need not be found, cleared and
 * brought into the cache again.
 *
 * <p>Only who can prove that nobody else holds an array may give it. Arrays are kept from {@link #open} to the {@link #close} that belongs to it, the last
 * few that were given; short ones are not worth it. What is {@linkplain #leave left} between a close and an open is there as well, if the collector has not
 * been by.
 */
public final class Spares implements AutoCloseable {
  private static final int KEPT = 8;
  private static final int LEFT = 512;
  private static final ThreadLocal<Spares> CURRENT = ThreadLocal.withInitial(Spares::new);
  /** Elements from which on an array is kept. */
  static int least = 4096;

  private final @Nullable Object[] arrays = new Object[KEPT];
  private final ArrayDeque<WeakReference<Object>> left = new ArrayDeque<>();
  private int count;
  private int opened;
  private boolean litters;

  private Spares() {}

  /** From now on arrays are kept on this thread, until the result is closed. */
  public static Spares open() {
    Spares mine = CURRENT.get();
    mine.opened++;
    return mine;
  }

  /** The same for tests: what is unwritten holds garbage, so that who reads it is found out. */
  static Spares litter() {
    Spares mine = open();
    mine.litters = true;
    return mine;
  }

  @Override
  public void close() {
    if (--opened > 0) return;
    litters = false;
    while (count > 0) arrays[--count] = null;
  }

  /** Gives away the Java array behind {@code dead}, which nobody else holds. */
  public static void give(NdArray dead) {
    if (dead.length() < least) return;
    Spares mine = CURRENT.get();
    if (mine.opened > 0) mine.keep(dead.data());
  }

  /** Gives away the Java array behind {@code dead} to the next time that arrays are kept on this thread. */
  public static void leave(NdArray dead) {
    if (dead.length() < least) return;
    ArrayDeque<WeakReference<Object>> left = CURRENT.get().left;
    if (left.size() == LEFT) left.removeFirst();
    left.addLast(new WeakReference<>(dead.data()));
  }

  private void keep(Object array) {
    for (int i = 0; i < count; i++) if (arrays[i] == array) throw new IllegalStateException("an array was given twice");
    if (count == KEPT) System.arraycopy(arrays, 1, arrays, 0, --count);
    arrays[count++] = array;
  }

  /** An array with any content, the one given last; or null. */
  static @Nullable Object take(ElementType type, int length) {
    return length < least ? null : CURRENT.get().find(type, length);
  }

  private @Nullable Object find(ElementType type, int length) {
    if (opened == 0) return null;
    if (litters) return littered(type, length);
    for (int i = count - 1; i >= 0; i--) {
      Object array = arrays[i];
      if (array == null || !type.fits(array) || Array.getLength(array) != length) continue;
      System.arraycopy(arrays, i + 1, arrays, i, --count - i);
      arrays[count] = null;
      return array;
    }
    for (Iterator<WeakReference<Object>> i = left.descendingIterator(); i.hasNext();) {
      Object array = i.next().get();
      if (array != null && !(type.fits(array) && Array.getLength(array) == length)) continue;
      i.remove();
      if (array != null) return array;
    }
    return null;
  }

  private static Object littered(ElementType type, int length) {
    Object array = type.allocate(length);
    type.fill(array, type.isFloating() ? Double.NaN : 1);
    return array;
  }
}
