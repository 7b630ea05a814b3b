package dev.flambeau.scalar;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.WeakHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A formula as a graph of distinct parts.
 *
 * <p>Parts are told apart by {@code instanceof}, here and wherever a program's first gradient passes: the first switch over patterns costs a JVM some
 * ten milliseconds.
 */
public final class Dag {
  /** All living parts, so that equal ones are one object. */
  private static final Map<Scalar, WeakReference<Scalar>> PARTS = new WeakHashMap<>();

  private static final Scalar[] NONE = {};

  private Dag() {}

  static Scalar unique(Scalar part) {
    synchronized (PARTS) {
      WeakReference<Scalar> known = PARTS.get(part);
      Scalar old = known == null ? null : known.get();
      if (old != null) return old;
      PARTS.put(part, new WeakReference<>(part));
      return part;
    }
  }

  /** Whether two parts are one: as equal ones are, this takes the place of comparing them. */
  @SuppressWarnings("ReferenceEquality")
  static boolean same(Scalar a, Scalar b) { return a == b; }

  /** The distinct parts of {@code root}, operands before what is made of them, {@code root} last. */
  public static SequencedSet<Scalar> parts(Scalar root) {
    SequencedSet<Scalar> done = new LinkedHashSet<>();
    var open = new ArrayDeque<Scalar>();
    open.push(root);
    while (!open.isEmpty()) {
      Scalar part = open.peek();
      boolean ready = true;
      if (!done.contains(part)) {
        for (Scalar operand : operands(part)) {
          if (done.contains(operand)) continue;
          open.push(operand);
          ready = false;
        }
      }
      if (ready) {
        open.pop();
        done.add(part);
      }
    }
    return done;
  }

  /** What {@code part} is made of. */
  static Scalar[] operands(Scalar part) {
    if (part instanceof Scalar.Unary(_, Scalar x)) return new Scalar[] {x};
    if (part instanceof Scalar.Binary(_, Scalar a, Scalar b)) return new Scalar[] {a, b};
    if (part instanceof Scalar.Select(Scalar c, Scalar a, Scalar b)) return new Scalar[] {c, a, b};
    return NONE;
  }

  /** {@code part} over other operands. */
  static Scalar rebuild(Scalar part, Function<Scalar, Scalar> operands) {
    if (part instanceof Scalar.Unary(UnaryOp op, Scalar x)) return operands.apply(x).unary(op);
    if (part instanceof Scalar.Binary(BinaryOp op, Scalar a, Scalar b))
      return operands.apply(a).binary(op, operands.apply(b));
    if (part instanceof Scalar.Select(Scalar c, Scalar a, Scalar b))
      return operands.apply(c).select(operands.apply(a), operands.apply(b));
    return part;
  }

  /** A result for {@code root}, made by {@code rule} from each part and the results of its operands; once for each distinct part. */
  static <R> R fold(Scalar root, BiFunction<Scalar, Function<Scalar, R>, R> rule) {
    Map<Scalar, R> results = new IdentityHashMap<>();
    Function<Scalar, R> result = part -> Objects.requireNonNull(results.get(part));
    for (Scalar part : parts(root)) results.put(part, rule.apply(part, result));
    return result.apply(root);
  }
}
