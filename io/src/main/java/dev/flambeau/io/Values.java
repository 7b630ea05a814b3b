package dev.flambeau.io;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that checkpoints hold. */
final class Values {
  static final int MAX_DEPTH = 500;

  private static final long MAX_COUNT = 1L << 28;
  private static final Size OPEN = new Size(0, 0);

  private Values() {}

  /** A container seen as a tree: its elements at all levels, and its levels. */
  private record Size(long count, int depth) {}

  private static final class Level {
    final Object container;
    final Iterator<?> items;
    long count = 1;
    int depth;

    Level(Object container) {
      this.container = container;
      this.items = (container instanceof Map<?, ?> map ? map.values() : (Collection<?>) container).iterator();
    }
  }

  /**
   * Makes sure that a value out of a file is one that a user can walk through: of known types, without circles, of bounded depth, and not of millions of
   * paths to few objects.
   */
  static void check(Location place, @Nullable Object value) throws FileFormatException {
    if (value == null || !isContainer(place, value)) return;
    Map<Object, Size> sizes = new IdentityHashMap<>();
    Deque<Level> path = new ArrayDeque<>();
    path.push(new Level(value));
    sizes.put(value, OPEN);
    while (!path.isEmpty()) {
      Level top = path.peek();
      if (!top.items.hasNext()) {
        path.pop();
        sizes.put(top.container, new Size(top.count, top.depth + 1));
        Level above = path.peek();
        if (above != null) add(place, above, sizes.get(top.container));
        continue;
      }
      Object item = top.items.next();
      if (!isContainer(place, item)) {
        top.count++;
        continue;
      }
      Size known = sizes.get(item);
      if (known == OPEN) throw place.error("a container holds itself");
      if (known != null) {
        add(place, top, known);
        continue;
      }
      if (path.size() >= MAX_DEPTH) throw tooDeep(place);
      sizes.put(item, OPEN);
      path.push(new Level(item));
    }
  }

  private static void add(Location place, Level level, Size inner) throws FileFormatException {
    level.count += inner.count();
    level.depth = Math.max(level.depth, inner.depth());
    if (level.depth >= MAX_DEPTH) throw tooDeep(place);
    if (level.count > MAX_COUNT) {
      throw place.error("few objects refer to each other so often that they look like more than " + MAX_COUNT);
    }
  }

  private static FileFormatException tooDeep(Location place) {
    return place.error("containers are nested more than " + MAX_DEPTH + " deep");
  }

  private static boolean isContainer(Location place, @Nullable Object value) throws FileFormatException {
    return switch (value) {
      case Map<?, ?> map -> true;
      case Collection<?> collection -> true;
      case null -> false;
      case Boolean b -> false;
      case Long n -> false;
      case BigInteger n -> false;
      case Double x -> false;
      case String s -> false;
      case byte[] bytes -> false;
      case DType dtype -> false;
      case Tensor x -> false;
      default -> throw place.error("the file holds " + describe(value) + ", which is not a value");
    };
  }

  /** What a value is, in Python's words, for messages. */
  static String describe(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case TorchGlobals.Call call -> "the function " + call.name();
      case TorchGlobals.StorageClass type -> "the class " + type.name();
      case StorageRef storage -> "the bare storage " + Location.quote(storage.key());
      case Tensor x -> "a tensor";
      case Map<?, ?> map -> "a dict of " + map.size();
      case Collection<?> items -> "a collection of " + items.size();
      case String s -> "the string " + Location.quote(s);
      case byte[] bytes -> bytes.length + " bytes";
      case Number n -> "the number " + Location.quote(n.toString());
      case Boolean b -> b ? "True" : "False";
      case DType dtype -> dtype.torchName();
      default -> "an object that is not complete";
    };
  }
}
