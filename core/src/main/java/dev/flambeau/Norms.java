package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lengths of vectors. */
final class Norms {
  /** What is summed (or of which the extreme is taken), and what is made of the sum. */
  private record Steps(Reducer reducer, Formula pre, @Nullable Formula post) {
    static final ConcurrentHashMap<Double, Steps> OF = new ConcurrentHashMap<>();

    static Steps of(double p) {
      Scalar x = Scalar.arg(0);
      if (p == 0) return sum(x.ne(0), null);
      if (p == 1) return sum(x.abs(), null);
      if (p == 2) return sum(x.square(), x.sqrt());
      if (Double.isInfinite(p)) return new Steps(p > 0 ? Reducer.MAX : Reducer.MIN, Formula.of(x.abs(), 1), null);
      return sum(x.abs().pow(p), x.pow(1 / p));
    }

    private static Steps sum(Scalar pre, @Nullable Scalar post) {
      return new Steps(Reducer.SUM, Formula.of(pre, 1), post == null ? null : Formula.of(post, 1));
    }
  }

  private Norms() {}

  /** y = (Σ |x|ᵖ)^(1/p) over dims; the number of x ≠ 0 for p = 0, the extreme |x| for p = ±∞;  dx = g · x · |x|ᵖ⁻² / yᵖ⁻¹, 0 where y is 0. */
  record Norm(double p, Over over) implements Reduction {
    @Override
    public String name() { return "LinalgVectorNorm"; }

    @Override
    public NdArray forward(NdArray... x) {
      Moments.checkReal("norm", x[0]);
      if ((Double.isInfinite(p) || p < 0) && over.count(x[0].shape()) == 0) {
        throw Errors.argument("norm", "the norm of order " + p
            + " needs elements, but there are none in the dimensions to reduce of shape " + x[0].shape());
      }
      Steps steps = Steps.OF.computeIfAbsent(p, Steps::of);
      ElementType type = x[0].type();
      NdArray y = over.reduce(steps.reducer, steps.pre, type, type, x[0]);
      if (steps.post != null) Loops.map(steps.post, type, y, y);
      return y;
    }

    @Override
    public Saves saves(int i) {
      return p == 0 ? Saves.NOTHING : p == 1 ? Saves.input(0) : Saves.input(0).and(Saves.OUTPUT);
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      if (p == 0) return null;
      Tensor x = s.input(0);
      Tensor whole = over.kept(g, s.shapeOf(0));
      if (p == 1) return whole.mul(x.sign());
      Tensor y = over.kept(s.output(), s.shapeOf(0));
      if (!Double.isInfinite(p)) return Op.apply(new Direction(p), whole, x, y);
      return Extremes.shared(over, g, Op.apply(Extremes.Same.OP, x.abs(), y)).mul(x.sign());
    }
  }

  /** y = g · ∂norm/∂x for an element x of a vector of length n, with the inputs g, x, n. */
  record Direction(double p) implements Pointwise {
    @Override
    public Scalar of(Scalar... a) {
      Scalar g = a[0];
      Scalar x = a[1];
      Scalar n = a[2];
      if (p == 2) return n.eq(0).select(0, g.mul(x.div(n)));
      Scalar ratio = x.abs().div(n).pow(p - 1).mul(x.sign());
      return (p < 1 ? x.eq(0).or(n.eq(0)) : n.eq(0)).select(0, g.mul(ratio));
    }
  }
}
