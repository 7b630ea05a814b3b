package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is derived from a pointwise operation's formula, once: its loops and its slopes. */
final class PointwiseKernel {
  /** Kernels of one class of operations: a single one where the class has no attributes. */
  private static final class Family {
    final boolean plain;
    volatile @Nullable PointwiseKernel only;
    final ConcurrentHashMap<Pointwise, PointwiseKernel> byAttributes = new ConcurrentHashMap<>();

    Family(Class<?> type) {
      plain = type.isRecord() && type.getRecordComponents().length == 0;
    }
  }

  private static final ClassValue<Family> FAMILIES = new ClassValue<>() {
    @Override
    protected Family computeValue(Class<?> type) { return new Family(type); }
  };

  private final Formula formula;
  private final @Nullable Slope[] slopes;

  private PointwiseKernel(Pointwise op, int arity) {
    formula = Formula.of(op.of(arguments(arity)), arity);
    slopes = new Slope[arity];
  }

  static Scalar[] arguments(int arity) {
    Scalar[] x = new Scalar[arity];
    Arrays.setAll(x, Scalar::arg);
    return x;
  }

  static PointwiseKernel of(Pointwise op, int arity) {
    Family family = FAMILIES.get(op.getClass());
    if (!family.plain) {
      PointwiseKernel known = family.byAttributes.get(op);
      return known != null ? known : family.byAttributes.computeIfAbsent(op, o -> new PointwiseKernel(o, arity));
    }
    PointwiseKernel kernel = family.only;
    if (kernel == null) {
      kernel = new PointwiseKernel(op, arity);
      family.only = kernel;
    }
    return kernel;
  }

  /** Makes sure that {@link #known} finds the kernel. */
  static void prepare(Pointwise op, int arity) {
    PointwiseKernel _ = of(op, arity);
  }

  /** The kernel of an operation that was computed or prepared before. */
  static PointwiseKernel known(Pointwise op) {
    Family family = FAMILIES.get(op.getClass());
    return Objects.requireNonNull(family.plain ? family.only : family.byAttributes.get(op));
  }

  Formula formula() { return formula; }

  Slope slope(Pointwise op, int i) {
    Slope slope = slopes[i];
    if (slope == null) {
      slope = Slope.of(op, slopes.length, i);
      slopes[i] = slope;
    }
    return slope;
  }

  static Shape broadcast(Pointwise op, NdArray... x) {
    Shape shape = x[0].shape();
    for (int k = 1; k < x.length; k++) {
      Shape joint = Shape.broadcast(shape, x[k].shape());
      if (joint == null) throw unfit(op, x);
      shape = joint;
    }
    return shape;
  }

  private static IllegalArgumentException unfit(Pointwise op, NdArray... x) {
    StringBuilder shapes = new StringBuilder();
    for (int k = 0; k < x.length; k++) {
      shapes.append(k == 0 ? "" : k == x.length - 1 ? " and " : ", ").append(x[k].shape());
    }
    return new IllegalArgumentException(Errors.operation(op) + ": shapes " + shapes
        + " do not broadcast; aligned at the last dimension, sizes must be equal or 1 (reshape, unsqueeze or expand one of them)");
  }

  static ElementType computeType(Pointwise op, NdArray... x) {
    return switch (op.typing()) {
      case SAME, TRUTH -> Promotion.of(x);
      case FLOATING -> Promotion.floating(x);
      case NUMERIC -> {
        ElementType type = Promotion.of(x);
        yield type == ElementType.BOOL ? ElementType.INT64 : type;
      }
      case CHOICE -> Promotion.of(Arrays.copyOfRange(x, 1, x.length));
    };
  }

  static ElementType resultType(Pointwise op, ElementType compute) {
    return op.typing() == Typing.TRUTH ? ElementType.BOOL : compute;
  }
}
