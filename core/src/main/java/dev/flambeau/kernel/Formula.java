package dev.flambeau.kernel;

import dev.flambeau.array.ElementType;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A scalar formula and the loops that were compiled for it. */
public final class Formula {
  /** A loop and its key; the fields are final, so a race shows a whole variant or none. */
  private record Variant(long key, Loop loop) {}

  private static final int MIN_VECTOR_TOTAL = 512;
  private static final int MIN_VECTOR_ROW = 32;
  /** Beyond this a method may exceed what HotSpot compiles at all. */
  private static final int MAX_VECTOR_CODE = 400;
  /** The same where the code is repeated for up to 16 vectors. */
  private static final int MAX_LANE_CODE = 40;
  private static final Variant[] NONE = {};

  private final Scalar body;
  private final Scalar[] more;
  private final int arity;
  private @Nullable Variant last;
  private volatile Variant[] variants = NONE;
  private final AtomicReferenceArray<@Nullable Code> codes = new AtomicReferenceArray<>(ElementType.values().length);
  private final @Nullable Formula[] accumulators = new Formula[Reducer.values().length];

  private Formula(Scalar body, int arity, Scalar... more) {
    this.body = body;
    this.more = more;
    this.arity = arity;
  }

  /**
   * The formula {@code body} over {@code arity} arguments, and {@code more} results if there are: {@link Loops#map} then writes the first to {@code out},
   * which must be input 0 as well, and each of the others to the input of its number.
   *
   * @throws IllegalArgumentException if a result has an argument beyond, or {@code arity} is more than a loop can have
   */
  public static Formula of(Scalar body, int arity, Scalar... more) {
    for (int k = 0; k <= more.length; k++) {
      Scalar f = k == 0 ? body : more[k - 1];
      if (f.arity() > arity)
        throw new IllegalArgumentException("the formula " + f + " needs " + f.arity() + " arguments, not " + arity);
    }
    if (arity > LoopKey.MAX_INPUTS) {
      throw new IllegalArgumentException(
          "a loop has at most " + LoopKey.MAX_INPUTS + " inputs, the formula " + body + " has " + arity
              + "; split it into several");
    }
    return new Formula(body, arity, more);
  }

  /** The formula itself. */
  public Scalar body() { return body; }

  /** Number of arguments. */
  public int arity() { return arity; }

  /**
   * The loop for a {@link LoopKey}, compiled on first use; for long runs one with vectors, where that is faster.
   *
   * @param n elements of a row
   * @param total elements of all rows
   */
  Loop loop(long key, int n, int total) {
    long variant =
        total >= MIN_VECTOR_TOTAL && n >= MIN_VECTOR_ROW && wantsVectors(key) ? LoopKey.withVectors(key) : key;
    Variant recent = last;
    if (recent != null && recent.key == variant) return recent.loop;
    for (Variant known : variants) {
      if (known.key != variant) continue;
      if (known.loop instanceof LoopInterpreter walked) {
        if (LoopInterpreter.isShort(total) && walked.isFresh()) return walked;
        return make(variant, false);
      }
      last = known;
      return known.loop;
    }
    return make(variant, LoopInterpreter.isShort(total));
  }

  /** Whether vectors are possible, and not what C2 makes of the scalar loop by itself. */
  private boolean wantsVectors(long key) {
    if (!hasVectorForm(key)) return false;
    if (LoopKey.reducer(key) != null) return LoopKey.hasLanes(key) && VectorSupport.available();
    if (LoopKey.outType(key) != ElementType.FLOAT32 || LoopKey.outLayout(key) == LoopKey.STRIDED) return false;
    return (LoopKey.outLayout(key) != LoopKey.ALIGNED || code(ElementType.FLOAT32).needsVectors())
        && VectorSupport.available();
  }

  private boolean hasVectorForm(long key) {
    if (LoopKey.compute(key) != ElementType.FLOAT32) return false;
    for (int i = 0; i < arity; i++) {
      int layout = LoopKey.inputLayout(key, i);
      if (layout == LoopKey.STRIDED || layout == LoopKey.DENSE && LoopKey.inputType(key, i) != ElementType.FLOAT32)
        return false;
    }
    Code code = code(ElementType.FLOAT32);
    return code.size() <= MAX_VECTOR_CODE && code.hasVectorForm();
  }

  /** Makes the loop for {@code key} and keeps it; one that is walked can be replaced by one that is compiled. */
  private synchronized Loop make(long key, boolean walk) {
    Code code = code(LoopKey.compute(key));
    Loop scalars = LoopKey.hasVectors(key) ? make(LoopKey.withoutVectors(key), false) : null;
    int place = 0;
    while (place < variants.length && variants[place].key != key) place++;
    if (place < variants.length && (walk || !(variants[place].loop instanceof LoopInterpreter)))
      return variants[place].loop;
    boolean walked = walk && LoopInterpreter.suits(code, key);
    Variant made = new Variant(key, walked ? new LoopInterpreter(code, key) : compiled(code, key, scalars));
    Variant[] more = Arrays.copyOf(variants, Math.max(variants.length, place + 1));
    more[place] = made;
    variants = more;
    return made.loop;
  }

  private Loop compiled(Code code, long key, @Nullable Loop scalars) {
    if (scalars == null) return LoopCompiler.compile(code, arity, key, 0);
    return new LoopWarming(scalars, () -> LoopCompiler.compile(code, arity, key, VectorSupport.vectorBits()), key,
        arity, code.size());
  }

  /** Whether a reduction along rows, of a variant of this formula, runs in lanes. That depends on formula and types alone. */
  boolean hasLanes(long key) { return hasVectorForm(key) && code(ElementType.FLOAT32).size() <= MAX_LANE_CODE; }

  /** Whether its values are better computed in vectors first, and reduced then. */
  boolean isTooLongForLanes(long key) { return hasVectorForm(key) && !hasLanes(key); }

  /** The formula lowered for a compute type. */
  Code code(ElementType compute) {
    Code code = codes.get(compute.ordinal());
    if (code == null) {
      code = Lowering.lower(body, compute, more);
      codes.set(compute.ordinal(), code);
    }
    return code;
  }

  /** What adds this formula's value to an accumulator, its last argument. */
  synchronized Formula accumulator(Reducer r) {
    Formula accumulator = accumulators[r.ordinal()];
    if (accumulator == null) {
      accumulator = of(r.combine(Scalar.arg(arity), body), arity + 1);
      accumulators[r.ordinal()] = accumulator;
    }
    return accumulator;
  }

  @Override
  public String toString() { return body.toString(); }
}
