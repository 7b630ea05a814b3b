package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.kernel.RowMaxima;
import dev.flambeau.scalar.Scalar;

/** Shares of exponentials, and logarithms of sums of them; the greatest element is taken off first, so nothing overflows. */
final class Softmaxes {
  /** Elements of a row from which on a reduction has several running at a time. */
  private static final int LONG_ROW = 512;
  private static final Scalar A = Scalar.arg(0);
  private static final Scalar B = Scalar.arg(1);
  private static final Formula EXP_DIFFERENCE = Formula.of(A.sub(B).exp(), 2);
  private static final Formula QUOTIENT = Formula.of(A.div(B), 2);
  private static final Formula PRODUCT = Formula.of(A.mul(B), 2);
  private static final Formula LOG = Formula.of(A.log(), 1);
  private static final Formula LESS_TWO = Formula.of(A.sub(B).sub(Scalar.arg(2)), 3);
  private static final Formula LOG_SUM = Formula.of(B.log().add(A), 2);
  private static final Formula FINITE = Formula.of(A.isInf().select(0, A), 1);
  private static final Formula CENTRED = Formula.of(A.mul(B.sub(Scalar.arg(2))), 3);
  private static final Formula LESS_SHARE = Formula.of(A.sub(B.exp().mul(Scalar.arg(2))), 3);

  private Softmaxes() {}

  /** The greatest elements; a NaN may be passed over, as it shows in the differences to any. */
  private static NdArray greatest(Over over, NdArray x) {
    int last = x.rank() - 1;
    if (!x.isContiguous() || over.dims().size() != 1 || over.dims().at(0) != last || x.shape().size(last) >= LONG_ROW) {
      return over.reduceKept(Reducer.MAX, Sums.IDENTITY, x.type(), x.type(), x);
    }
    NdArray y = NdArray.unwritten(x.type(), over.kept(x.shape()));
    RowMaxima.find(y, x);
    return y;
  }

  private static NdArray sum(Over over, Formula pre, NdArray... x) {
    return over.reduceKept(Reducer.SUM, pre, x[0].type(), x[0].type(), x);
  }

  private static NdArray map(Formula f, NdArray... x) {
    return into(NdArray.unwritten(x[0].type(), x[0].shape()), f, x);
  }

  private static NdArray into(NdArray y, Formula f, NdArray... x) {
    Loops.map(f, y.type(), y, x);
    return y;
  }

  private static Tensor sum(Tensor x, Over over) { return Op.apply(Sums.sum(over.keeping()), x); }

  static Tensor logsumexp(Tensor x, Over over) {
    return Op.apply(new Logsumexp(over), x.isFloatingPoint() ? x : x.to(Torch.getDefaultDtype()));
  }

  /** y = eˣ / Σ eˣ along dim;  dx = y · (g − Σ g · y). */
  record Softmax(Over over) implements Fused {
    @Override
    public NdArray forward(NdArray... x) {
      Moments.checkReal("softmax", x[0]);
      NdArray y = map(EXP_DIFFERENCE, x[0], greatest(over, x[0]));
      return into(y, QUOTIENT, y, sum(over, Sums.IDENTITY, y));
    }

    @Override
    public Tensor reference(Tensor... x) {
      Tensor e = x[0].exp();
      return e.div(sum(e, over));
    }

    @Override
    public Saves saves(int i) { return Saves.OUTPUT; }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new SoftmaxBackward(over), g, s.output()); }
  }

  /** y = p · (g − Σ g · p) for the inputs g, p;  dg = p · (h − Σ h · p), dp = h · (g − Σ g · p) − g · Σ h · p. */
  record SoftmaxBackward(Over over) implements Fused {
    @Override
    public NdArray forward(NdArray... x) { return map(CENTRED, x[1], x[0], sum(over, PRODUCT, x)); }

    @Override
    public Tensor reference(Tensor... x) { return x[1].mul(x[0].sub(sum(x[0].mul(x[1]), over))); }

    @Override
    public Saves saves(int i) { return i == 0 ? Saves.input(1) : Saves.input(0).and(Saves.input(1)); }

    @Override
    public Tensor backward(int i, Saved s, Tensor h) {
      Tensor p = s.input(1);
      if (i == 0) return Op.apply(this, h, p);
      Tensor g = s.input(0);
      return h.mul(g.sub(sum(g.mul(p), over))).sub(g.mul(sum(h.mul(p), over)));
    }
  }

  /** y = x − log Σ eˣ along dim;  dx = g − eʸ · Σ g. */
  record LogSoftmax(Over over) implements Fused {
    @Override
    public NdArray forward(NdArray... x) {
      Moments.checkReal("logSoftmax", x[0]);
      NdArray top = greatest(over, x[0]);
      NdArray y = map(EXP_DIFFERENCE, x[0], top);
      NdArray sum = sum(over, Sums.IDENTITY, y);
      return into(y, LESS_TWO, x[0], top, into(sum, LOG, sum));
    }

    @Override
    public Tensor reference(Tensor... x) { return x[0].sub(sum(x[0].exp(), over).log()); }

    @Override
    public Saves saves(int i) { return Saves.OUTPUT; }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new LogSoftmaxBackward(over), g, s.output()); }
  }

  /** y = g − eˡ · Σ g for the inputs g, l;  dg = h − Σ h · eˡ, dl = −h · eˡ · Σ g. */
  record LogSoftmaxBackward(Over over) implements Fused {
    @Override
    public NdArray forward(NdArray... x) { return map(LESS_SHARE, x[0], x[1], sum(over, Sums.IDENTITY, x[0])); }

    @Override
    public Tensor reference(Tensor... x) { return x[0].sub(x[1].exp().mul(sum(x[0], over))); }

    @Override
    public Saves saves(int i) { return i == 0 ? Saves.input(1) : Saves.input(0).and(Saves.input(1)); }

    @Override
    public Tensor backward(int i, Saved s, Tensor h) {
      Tensor weighted = h.mul(s.input(1).exp());
      return i == 0 ? h.sub(sum(weighted, over)) : weighted.mul(sum(s.input(0), over)).neg();
    }
  }

  /** y = log Σ eˣ over dims;  dx = g · eˣ⁻ʸ. */
  record Logsumexp(Over over) implements Reduction {
    @Override
    public NdArray forward(NdArray... x) {
      ElementType type = x[0].type();
      if (over.count(x[0].shape()) == 0) return over.reduce(Reducer.MAX, Sums.IDENTITY, type, type, x[0]);
      NdArray top = greatest(over, x[0]);
      NdArray _ = into(top, FINITE, top);
      return into(top, LOG_SUM, top, sum(over, Sums.IDENTITY, map(EXP_DIFFERENCE, x[0], top)))
          .reshaped(over.result(x[0].shape()));
    }

    @Override
    public Saves saves(int i) { return Saves.input(0).and(Saves.OUTPUT); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor x = s.input(0);
      return Op.apply(Share.OP, over.kept(g, s.shapeOf(0)), x, over.kept(s.output(), s.shapeOf(0)));
    }
  }

  /** y = g · eˣ⁻ˡ for the inputs g, x, l. */
  record Share() implements Pointwise {
    static final Share OP = new Share();

    @Override
    public Scalar of(Scalar... x) { return x[0].mul(x[1].sub(x[2]).exp()); }
  }
}
