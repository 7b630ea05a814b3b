package dev.flambeau;

import static java.util.Objects.requireNonNull;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import org.jspecify.annotations.Nullable;

/**
 * The type in which operands meet: arrays with dimensions decide; single numbers count only where they are of a higher category (truth values,
 * integers, real numbers).
 */
final class Promotion {
  private Promotion() {}

  static ElementType of(NdArray... x) {
    ElementType first = x[0].type();
    boolean same = true;
    for (NdArray each : x) same &= each.type() == first;
    return same ? first : mixed(x);
  }

  private static ElementType mixed(NdArray... x) {
    DType arrays = null;
    DType numbers = null;
    for (NdArray each : x) {
      DType dtype = DType.of(each.type());
      if (each.rank() > 0) arrays = join(arrays, dtype);
      else numbers = join(numbers, dtype);
    }
    if (arrays == null) return requireNonNull(numbers).element();
    if (numbers == null || numbers.category() <= arrays.category()) return arrays.element();
    return arrays.promote(numbers).element();
  }

  private static DType join(@Nullable DType a, DType b) { return a == null ? b : a.promote(b); }

  /** As {@link #of}, but integers and truth values become the default real numbers. */
  static ElementType floating(NdArray... x) {
    ElementType type = of(x);
    return type.isFloating() ? type : Torch.getDefaultDtype().element();
  }
}
