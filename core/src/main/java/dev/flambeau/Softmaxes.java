package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.kernel.RowProgram;
import dev.flambeau.scalar.Scalar;

/** Shares of exponentials, and logarithms of sums of them; the greatest element is taken off first, so nothing overflows. */
final class Softmaxes {
  private static final RowProgram SOFTMAX = new RowProgram(2, row -> {
    Scalar y = row.set(0, row.get(1).sub(row.max(row.get(1))).exp());
    row.set(0, y.mul(row.number(row.sum(y).reciprocal())));
  });
  private static final RowProgram SOFTMAX_BACKWARD = new RowProgram(3, row -> {
    Scalar g = row.get(1);
    Scalar p = row.get(2);
    row.set(0, p.mul(g.sub(row.sum(g.mul(p)))));
  });
  private static final RowProgram LOG_SOFTMAX = new RowProgram(2, row -> {
    Scalar x = row.get(1);
    Scalar top = row.max(x);
    Scalar sum = row.sum(row.set(0, x.sub(top).exp()));
    row.set(0, x.sub(top).sub(row.number(sum.log())));
  });
  private static final RowProgram LOG_SOFTMAX_BACKWARD = new RowProgram(3, row -> {
    Scalar g = row.get(1);
    row.set(0, g.sub(row.get(2).exp().mul(row.sum(g))));
  });
  private static final RowProgram LOG_SUM_EXP = new RowProgram(3, row -> {
    Scalar greatest = row.max(row.get(1));
    Scalar top = row.number(greatest.isInf().select(0, greatest));
    Scalar sum = row.sum(row.set(0, row.get(1).sub(top).exp()));
    row.set(2, sum.log().add(top));
  });

  private Softmaxes() {}

  /** What {@code program} makes of the rows of all {@code x}. */
  private static NdArray run(RowProgram program, Over over, NdArray... x) {
    NdArray[] operands = new NdArray[x.length + 1];
    for (int k = 0; k < x.length; k++) operands[k + 1] = over.rows(x[k]);
    operands[0] = NdArray.unwritten(x[0].type(), operands[1].shape());
    program.run(operands);
    return over.unrolled(operands[0], x[0].shape());
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
      return run(SOFTMAX, over, x);
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
    public NdArray forward(NdArray... x) { return run(SOFTMAX_BACKWARD, over, x); }

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
      return run(LOG_SOFTMAX, over, x);
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
    public NdArray forward(NdArray... x) { return run(LOG_SOFTMAX_BACKWARD, over, x); }

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
      NdArray rows = over.rows(x[0]);
      NdArray y = NdArray.unwritten(type, rows.shape().with(1, 1));
      LOG_SUM_EXP.run(NdArray.unwritten(type, rows.shape()), rows, y);
      return y.reshaped(over.result(x[0].shape()));
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
