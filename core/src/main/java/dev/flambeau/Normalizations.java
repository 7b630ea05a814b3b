package dev.flambeau;

import static java.util.Objects.requireNonNull;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Parallel;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.kernel.RowProgram;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the functions of {@code dev.flambeau.nn} that normalise are made of; users call those. */
public final class Normalizations {
  private Normalizations() {}

  /** (x − mean) / √(variance + ε) of each channel, dimension 1, times weight, plus bias; with running statistics in place of its own unless {@code training}. */
  public static Tensor batchNorm(Tensor x, @Nullable Tensor runningMean, @Nullable Tensor runningVar,
      @Nullable Tensor weight, @Nullable Tensor bias, boolean training, double momentum, double eps) {
    Shape shape = x.array().shape();
    if (x.dim() < 2) throw Errors.argument("batchNorm",
        "expected an input of shape [N, C] or [N, C, …], but got " + shape + "; unsqueeze(0) makes a batch of one");
    Moments.checkReal("batchNorm", x.array());
    Shape channels = Shape.of(shape.size(1));
    for (Tensor each : new @Nullable Tensor[] {runningMean, runningVar, weight, bias}) {
      checkParameter("batchNorm", each, channels, x);
    }
    int[] sizes = new int[x.dim() - 1];
    Arrays.fill(sizes, 1);
    sizes[0] = shape.size(1);
    Shape spread = Shape.of(sizes);
    Tensor w = orNumber(weight, x, 1);
    Tensor b = orNumber(bias, x, 0);
    if (!training) {
      if (runningMean == null || runningVar == null) throw Errors.argument("batchNorm",
          "running mean and variance are needed where the batch's own are not used; give both, or training = true");
      return Op.apply(new GivenNorm(spread, eps), x, w, b, runningMean, runningVar);
    }
    int count = shape.numel() / Math.max(1, shape.size(1));
    if (count == 1) throw Errors.argument("batchNorm",
        "training needs more than one value per channel, but the input has shape " + shape);
    int[] over = IntStream.range(0, x.dim()).filter(d -> d != 1).toArray();
    Tensor[] y = Op.apply(new Normalize("NativeBatchNorm", shape, Ints.of(over), spread, true, eps), x, w, b);
    try (var _ = Torch.noGrad()) {
      if (runningMean != null) follow(runningMean, y[1], momentum, 1);
      if (runningVar != null) follow(runningVar, y[3], momentum, count / (count - 1.0));
    }
    return y[0];
  }

  private static void follow(Tensor running, Tensor observed, double momentum, double factor) {
    running.mul_(1 - momentum).add_(observed.detach().reshape(running.shape()), momentum * factor);
  }

  /** {@link #batchNorm} of each element of the batch for itself, as if its channels were channels of one. */
  public static Tensor instanceNorm(Tensor x, @Nullable Tensor runningMean, @Nullable Tensor runningVar,
      @Nullable Tensor weight, @Nullable Tensor bias, boolean ownStatistics, double momentum, double eps) {
    Shape shape = x.array().shape();
    if (x.dim() < 2) throw Errors.argument("instanceNorm",
        "expected an input of shape [N, C] or [N, C, …], but got " + shape + "; unsqueeze(0) makes a batch of one");
    int n = shape.size(0);
    int c = shape.size(1);
    if (ownStatistics && n * c > 0 && shape.numel() / (n * c) == 1) throw Errors.argument("instanceNorm",
        "more than one value per channel is needed, but the input has shape " + shape);
    for (Tensor each : new @Nullable Tensor[] {runningMean, runningVar, weight, bias}) {
      checkParameter("instanceNorm", each, Shape.of(c), x);
    }
    Tensor mean = repeated(runningMean, n);
    Tensor var = repeated(runningVar, n);
    Tensor all = Views.reshape(x, shape.with(0, 1).with(1, n * c));
    Tensor y = batchNorm(all, mean, var, repeated(weight, n), repeated(bias, n), ownStatistics, momentum, eps);
    if (ownStatistics) {
      try (var _ = Torch.noGrad()) {
        if (runningMean != null && mean != null) runningMean.copy_(mean.view(n, c).mean(0));
        if (runningVar != null && var != null) runningVar.copy_(var.view(n, c).mean(0));
      }
    }
    return y.view(x.shape());
  }

  private static @Nullable Tensor repeated(@Nullable Tensor parameter, int n) {
    return parameter == null ? null : parameter.repeat(n);
  }

  /** (x − mean) / √(variance + ε) over each group of channels of each element of the batch, times weight, plus bias, per channel. */
  public static Tensor groupNorm(Tensor x, long groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Shape shape = x.array().shape();
    if (x.dim() < 2) throw Errors.argument("groupNorm",
        "expected an input of shape [N, C] or [N, C, …], but got " + shape + "; unsqueeze(0) makes a batch of one");
    Moments.checkReal("groupNorm", x.array());
    int channels = shape.size(1);
    if (groups < 1 || channels % groups != 0) throw Errors.argument("groupNorm",
        "the " + channels + " channels of the input, of shape " + shape + ", do not divide into " + groups + " groups");
    checkParameter("groupNorm", weight, Shape.of(channels), x);
    checkParameter("groupNorm", bias, Shape.of(channels), x);
    int[] each = new int[x.dim()];
    Arrays.fill(each, 1);
    each[0] = (int) groups;
    each[1] = channels / (int) groups;
    Shape folded = shape.with(1, each[0]).insert(2, each[1]);
    Ints over = Ints.of(IntStream.range(2, x.dim() + 1).toArray());
    return Op.apply(new Normalize("NativeGroupNorm", folded, over, Shape.of(each), true, eps), x,
        orNumber(weight, x, 1), orNumber(bias, x, 0))[0];
  }

  /** (x − mean) / √(variance + ε) over the last dimensions, of shape {@code normalized}, times weight, plus bias. */
  public static Tensor layerNorm(Tensor x, long[] normalized, @Nullable Tensor weight, @Nullable Tensor bias,
      double eps) {
    return overLast("layerNorm", "NativeLayerNorm", x, normalized, weight, bias, true, eps);
  }

  /** x / √(mean x² + ε) over the last dimensions, of shape {@code normalized}, times weight; without ε that of the dtype. */
  public static Tensor rmsNorm(Tensor x, long[] normalized, @Nullable Tensor weight, @Nullable Double eps) {
    double least = eps != null ? eps : x.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
    return overLast("rmsNorm", "Mul", x, normalized, weight, null, false, least);
  }

  private static Tensor overLast(String operation, String name, Tensor x, long[] normalized, @Nullable Tensor weight,
      @Nullable Tensor bias, boolean centred, double eps) {
    Shape inner = Shape.of(normalized);
    int lead = x.dim() - inner.rank();
    if (inner.rank() == 0 || lead < 0 || !inner.equals(Shape.of(Arrays.copyOfRange(x.shape(), lead, x.dim())))) {
      throw Errors.argument(operation,
          "the last dimensions of the input must be " + inner + ", but it has shape " + x.array().shape());
    }
    Moments.checkReal(operation, x.array());
    checkParameter(operation, weight, inner, x);
    checkParameter(operation, bias, inner, x);
    Ints over = Ints.of(IntStream.range(lead, x.dim()).toArray());
    return Op.apply(new Normalize(name, x.array().shape(), over, inner, centred, eps), x, orNumber(weight, x, 1),
        orNumber(bias, x, 0))[0];
  }

  private static void checkParameter(String operation, @Nullable Tensor parameter, Shape shape, Tensor x) {
    if (parameter == null) return;
    if (!parameter.array().shape().equals(shape) || parameter.dtype() != x.dtype()) {
      throw Errors.argument(operation,
          "weight, bias and running statistics must be " + x.dtype().torchName() + " of shape " + shape
              + " for an input of shape " + x.array().shape() + ", but one is " + parameter.dtype().torchName()
              + " of shape " + parameter.array().shape());
    }
  }

  private static Tensor orNumber(@Nullable Tensor parameter, Tensor x, double absent) {
    return parameter == null ? Numbers.beside(x, absent) : parameter;
  }

  private static NdArray fold(NdArray x, Shape folded) {
    NdArray view = Views.reshaped(x, folded);
    return view != null ? view : Layout.copy(x).reshaped(folded);
  }

  /** A parameter in the shape in which it broadcasts to x, or the number that it is. */
  private static NdArray parameter(NdArray p, Shape shape) {
    return p.rank() == 0 ? p : Layout.contiguous(p).reshaped(shape);
  }

  private static final Scalar X = Scalar.arg(0);
  private static final Scalar MEAN = Scalar.arg(1);
  private static final Formula TIMES = Formula.of(X.mul(Scalar.arg(1)), 2);
  private static final Formula SQUARE = Formula.of(X.sub(MEAN).square(), 2);
  private static final Formula SPREAD = Formula.of(X.add(Scalar.arg(1)).rsqrt(), 2);
  private static final Formula NORM =
      Formula.of(X.sub(MEAN).mul(Scalar.arg(2)).mul(Scalar.arg(3)).add(Scalar.arg(4)), 5);

  /**
   * y = n · w + b with n = (x − μ) · r, μ the mean over dims and r = 1 / √(variance + ε);  dx = r · (h − mean h − n · mean(h · n)) with h = g · w,
   * dw = Σ g · n, db = Σ g. Not centred, μ is 0. Inputs: x, w, b. Outputs: y, μ, r, and the variance.
   *
   * @param folded the shape in which x is seen: its own, with a dimension split
   * @param over dimensions of {@code folded}
   * @param parameters the shape in which w and b are seen, which broadcasts to {@code folded}
   */
  record Normalize(String name, Shape folded, Ints over, Shape parameters, boolean centred, double eps)
      implements Joint {
    /** Bytes of the input that are normalised at a time, so that the later passes find them in the cache. */
    private static final int PART = 1 << 17;

    /** What is done with a part; it gets the function that cuts it out of an array. */
    private interface Work {
      void on(UnaryOperator<NdArray> cut);
    }

    /** Rows: y, x, w, b, 1/n, ε, μ, r, variance. */
    private static final RowProgram CENTRED_ROWS = rows(true);
    private static final RowProgram ROWS = rows(false);

    private static RowProgram rows(boolean centred) {
      return new RowProgram(9, row -> {
        Scalar x = row.get(1);
        Scalar mean = row.number(centred ? row.sum(x).mul(row.get(4)) : Scalar.constant(0));
        Scalar rest = centred ? x.sub(mean) : x;
        Scalar variance = row.number(row.sum(rest.square()).mul(row.get(4)));
        Scalar spread = row.number(variance.add(row.get(5)).rsqrt());
        row.set(6, mean);
        row.set(7, spread);
        row.set(8, variance);
        row.set(0, rest.mul(spread).mul(row.get(2)).add(row.get(3)));
      });
    }

    /** Whether what is normalised together are the rows of a matrix, which the parameters follow. */
    boolean isByRows(NdArray x) {
      return parameters.rank() == over.size() && over.at(0) == folded.rank() - over.size() && x.isContiguous();
    }

    /** {@code x} as that matrix; what has one number for each row as a column. */
    NdArray matrix(NdArray x) {
      int n = span().count(folded);
      int rows = folded.numel() / n;
      return x.numel() == rows && n > 1 ? x.reshaped(Shape.of(rows, 1)) : x.reshaped(Shape.of(rows, n));
    }

    NdArray row(NdArray p) { return p.rank() == 0 ? p : p.reshaped(Shape.of(p.numel())); }

    Over span() { return new Over(over, true, false); }

    double share() { return 1.0 / span().count(folded); }

    /** Whether each group of elements that are normalised together has a parameter of its own. */
    boolean parametersFollowGroups() {
      for (int k = 0; k < over.size(); k++) {
        int d = over.at(k) - folded.rank() + parameters.rank();
        if (d >= 0 && parameters.size(d) != 1) return false;
      }
      return span().kept(folded).numel() == parameters.numel();
    }

    /** Does {@code work} for parts of the dimension with the most groups; their bounds depend on the shape alone. */
    void inParts(NdArray x, Work work) {
      int dim = -1;
      for (int d = 0; d < folded.rank(); d++) {
        if (!over.contains(d) && x.stride(d) > 1 && folded.size(d) > (dim < 0 ? 1 : folded.size(dim))) dim = d;
      }
      if (dim < 0) {
        work.on(a -> a);
        return;
      }
      int bytes = Math.max(1, folded.numel() / folded.size(dim) * (x.type() == ElementType.FLOAT64 ? 8 : 4));
      int along = dim - folded.rank();
      Parallel.forRange(folded.size(dim), Math.max(1, PART / bytes), (from, to) -> work.on(a -> {
        int d = a.rank() + along;
        return d < 0 || a.shape().size(d) == 1 ? a : Slices.narrowed(a, d, from, to - from);
      }));
    }

    private static NdArray into(NdArray y, Formula f, NdArray... x) {
      Loops.map(f, y.type(), y, x);
      return y;
    }

    void sum(NdArray out, Formula pre, NdArray... x) {
      Loops.reduce(Reducer.SUM, pre, out.type(), out, span().mask(folded.rank()), x);
    }

    @Override
    public NdArray[] outputs(NdArray... in) {
      ElementType type = in[0].type();
      Shape kept = span().kept(folded);
      NdArray x = fold(in[0], folded);
      NdArray y = Layout.allocateLike(type, in[0].shape(), in[0]);
      NdArray seen = fold(y, folded);
      NdArray[] moments = new NdArray[3];
      Arrays.setAll(moments, _ -> NdArray.allocate(type, kept));
      NdArray w = parameter(in[1], parameters);
      NdArray b = parameter(in[2], parameters);
      NdArray share = NdArray.scalar(share());
      NdArray least = NdArray.scalar(eps);
      if (x.numel() > 0 && isByRows(x)) {
        (centred ? CENTRED_ROWS : ROWS).run(matrix(y), matrix(x), row(w), row(b), share, least, matrix(moments[0]),
            matrix(moments[1]), matrix(moments[2]));
      } else if (x.numel() > 0) inParts(x, cut -> {
        NdArray part = cut.apply(x);
        NdArray mean = cut.apply(moments[0]);
        NdArray spread = cut.apply(moments[1]);
        NdArray variance = cut.apply(moments[2]);
        if (centred) {
          sum(mean, Sums.IDENTITY, part);
          NdArray _ = into(mean, TIMES, mean, share);
        }
        sum(variance, SQUARE, part, mean);
        NdArray _ = into(spread, SPREAD, into(variance, TIMES, variance, share), least);
        NdArray _ = into(cut.apply(seen), NORM, part, mean, spread, cut.apply(w), cut.apply(b));
      });
      return new NdArray[] {y, moments[0], moments[1], moments[2]};
    }

    @Override
    public boolean savesOutput(int k) { return k == 1 || k == 2; }

    @Override
    public Saves saves(int i) {
      return switch (i) {
        case 0 -> Saves.input(0).and(Saves.input(1)).and(Saves.OUTPUT);
        case 1 -> Saves.input(0).and(Saves.OUTPUT);
        default -> Saves.NOTHING;
      };
    }

    @Override
    public @Nullable Tensor[] gradients(boolean[] wanted, Saved s, @Nullable Tensor[] g) {
      @Nullable Tensor[] d = new Tensor[3];
      Tensor first = g[0];
      if (first == null) return d;
      Tensor none = Numbers.beside(first, 1.0);
      boolean needsX = wanted[0] || wanted[1];
      NormalizeBackward op = new NormalizeBackward(this, wanted[0], wanted[1], wanted[2]);
      Tensor[] all = Op.apply(op, first, needsX ? s.input(0) : first, wanted[0] ? s.input(1) : none,
          needsX ? s.output(1).detach() : none, needsX ? s.output(2).detach() : none);
      for (int i = 0; i < 3; i++) if (wanted[i]) d[i] = Views.reshape(all[i], s.shapeOf(i));
      return d;
    }

    /** v − mean v − n · mean(v · n): what a change v of n · w + b makes of n, before it is divided by the spread. */
    Tensor project(Tensor v, Tensor n) {
      Tensor rest = v.sub(n.mul(mean(v.mul(n))));
      return centred ? rest.sub(mean(v)) : rest;
    }

    Tensor mean(Tensor v) { return Op.apply(Moments.mean(span()), v); }
  }

  /**
   * The gradients dx, dw, db of {@code of}, those that are asked for. Inputs: g, x, w, μ, r. Its own gradients treat μ and r as what they are, functions
   * of x: with h, k, l the gradients of dx, dw, db and P(v) = v − mean v − n · mean(v · n), dg = w · r · P(h) + k · n + l, dw = Σ g · r · P(h) and
   * dx = r · P(q) − r² · n · mean(h · P(g · w)) for q = k · g − r · (h · mean(g · w · n) + g · w · mean(h · n)).
   */
  record NormalizeBackward(Normalize of, boolean dx, boolean dw, boolean db) implements Joint {
    private static final Scalar N = Scalar.arg(1).sub(Scalar.arg(2)).mul(Scalar.arg(3));
    private static final Formula GRADIENT_N = Formula.of(Scalar.arg(0).mul(N), 4);
    private static final Formula WEIGHTED_N = Formula.of(Scalar.arg(0).mul(N).mul(Scalar.arg(4)), 5);
    private static final Formula PRODUCT3 = Formula.of(Scalar.arg(0).mul(Scalar.arg(1)).mul(Scalar.arg(2)), 3);
    private static final Formula DX = Formula.of(Scalar.arg(0).mul(Scalar.arg(4)).sub(Scalar.arg(5))
        .sub(Scalar.arg(1).sub(Scalar.arg(2)).mul(Scalar.arg(6))).mul(Scalar.arg(3)), 7);
    private static final NdArray ONE = NdArray.scalar(1.0);
    /** Rows: dx, g, x, w, μ, r, 1/n. */
    private static final RowProgram CENTRED_ROWS = rows(true);
    private static final RowProgram ROWS = rows(false);

    private static RowProgram rows(boolean centred) {
      return new RowProgram(7, row -> {
        Scalar change = row.get(1).mul(row.get(3));
        Scalar n = row.get(2).sub(row.get(4)).mul(row.get(5));
        Scalar slope = row.number(row.sum(change.mul(n)).mul(row.get(6)));
        Scalar shift = centred ? row.number(row.sum(change).mul(row.get(6))) : Scalar.constant(0);
        row.set(0, change.sub(shift).sub(n.mul(slope)).mul(row.get(5)));
      });
    }

    @Override
    public String name() { return of.name() + "Backward"; }

    @Override
    public NdArray[] outputs(NdArray... in) {
      NdArray g = fold(in[0], of.folded);
      NdArray x = fold(in[1], of.folded);
      NdArray w = parameter(in[2], of.parameters);
      NdArray mean = in[3];
      NdArray spread = in[4];
      ElementType type = in[1].type();
      boolean together = of.parametersFollowGroups();
      Shape kept = of.span().kept(of.folded);
      NdArray gradient = dx ? Layout.allocateLike(type, in[1].shape(), in[1]) : NdArray.allocate(type, Shape.of(0));
      NdArray out = dx ? fold(gradient, of.folded) : gradient;
      NdArray sums = NdArray.allocate(type, kept);
      NdArray products = NdArray.allocate(type, kept);
      NdArray share = NdArray.scalar(of.share());
      if (x.numel() > 0 && dx && of.isByRows(x)) {
        (of.centred ? CENTRED_ROWS : ROWS).run(of.matrix(out), of.matrix(Layout.contiguous(g)), of.matrix(x), of.row(w),
            of.matrix(mean), of.matrix(spread), share);
      } else if (x.numel() > 0 && (dx || together)) of.inParts(x, cut -> {
        NdArray partG = cut.apply(g);
        NdArray partX = cut.apply(x);
        NdArray partMean = cut.apply(mean);
        NdArray partSpread = cut.apply(spread);
        NdArray partW = cut.apply(w);
        NdArray sum = cut.apply(sums);
        NdArray product = cut.apply(products);
        if (together) {
          if (dx || db) of.sum(sum, Sums.IDENTITY, partG);
          if (dx || dw) of.sum(product, GRADIENT_N, partG, partX, partMean, partSpread);
        } else {
          of.sum(sum, TIMES, partG, partW);
          of.sum(product, WEIGHTED_N, partG, partX, partMean, partSpread, partW);
        }
        if (!dx) return;
        NdArray shift = NdArray.allocate(type, sum.shape());
        if (of.centred) Loops.map(PRODUCT3, type, shift, sum, share, together ? partW : ONE);
        NdArray slope = NdArray.allocate(type, sum.shape());
        Loops.map(PRODUCT3, type, slope, product, share, together ? partW : ONE);
        Loops.map(TIMES, type, slope, slope, partSpread);
        Loops.map(DX, type, cut.apply(out), partG, partX, partMean, partSpread, partW, shift, slope);
      });
      return new NdArray[] {gradient,
        !dw ? NdArray.allocate(type, Shape.of(0)) : together ? products.reshaped(of.parameters)
            : overRest(GRADIENT_N, g, x, mean, spread),
        !db ? NdArray.allocate(type, Shape.of(0)) : together ? sums.reshaped(of.parameters)
            : overRest(Sums.IDENTITY, g)};
    }

    /** A sum over the dimensions in which the parameters are broadcast. */
    private NdArray overRest(Formula pre, NdArray... in) {
      int lead = of.folded.rank() - of.parameters.rank();
      int[] rest = IntStream.range(0, of.folded.rank())
          .filter(d -> d < lead || of.parameters.size(d - lead) == 1).toArray();
      ElementType type = in[0].type();
      return new Over(Ints.of(rest), true, false).reduceKept(Reducer.SUM, pre, type, type, in).reshaped(of.parameters);
    }

    @Override
    public Saves saves(int i) {
      return i > 2 ? Saves.NOTHING : Saves.input(0).and(Saves.input(1)).and(Saves.input(2));
    }

    @Override
    public @Nullable Tensor[] gradients(boolean[] wanted, Saved s, @Nullable Tensor[] h) {
      Tensor g = Views.reshape(s.input(0), of.folded);
      Tensor x = Views.reshape(s.input(1), of.folded);
      Tensor w = shaped(s.input(2));
      Tensor centred = of.centred ? x.sub(of.mean(x)) : x;
      Tensor r = of.mean(centred.square()).add(of.eps).rsqrt();
      Tensor n = centred.mul(r);
      Tensor a = g.mul(w);
      Tensor b = h[0] == null || !dx ? null : Views.reshape(h[0], of.folded);
      Tensor k = h[1] == null || !dw ? null : shaped(h[1]);
      Tensor back = b == null ? null : of.project(b, n).mul(r);
      @Nullable Tensor[] d = new Tensor[5];
      if (wanted[0]) {
        Tensor l = h[2] == null || !db ? null : shaped(h[2]);
        Tensor all = plus(plus(back == null ? null : back.mul(w), k == null ? null : n.mul(k)), l);
        if (all != null) d[0] = Views.reshape(Op.apply(new Views.Expand(of.folded), all), s.shapeOf(0));
      }
      if (wanted[1] && (b != null || k != null)) {
        Tensor q = k == null ? null : g.mul(k);
        if (b != null) q = plus(q, b.mul(of.mean(a.mul(n))).add(a.mul(of.mean(b.mul(n)))).mul(r).neg());
        Tensor total = of.project(requireNonNull(q), n).mul(r);
        if (b != null) total = total.sub(n.mul(r.square()).mul(of.mean(b.mul(of.project(a, n)))));
        d[1] = Views.reshape(total, s.shapeOf(1));
      }
      if (wanted[2] && back != null)
        d[2] = Views.reshape(Sums.sumTo(g.mul(back), of.parameters), s.shapeOf(2));
      return d;
    }

    private Tensor shaped(Tensor p) { return p.dim() == 0 ? p : Views.reshape(p, of.parameters); }

    private static @Nullable Tensor plus(@Nullable Tensor a, @Nullable Tensor b) {
      return a == null ? b : b == null ? a : a.add(b);
    }
  }

  /**
   * y = (x − mean) / √(variance + ε) · w + b for given statistics;  dx = g · w / √(variance + ε), dw = Σ g · (x − mean) / √(variance + ε), db = Σ g.
   * Inputs: x, w, b, mean, variance.
   *
   * @param channels the shape in which a value for each channel broadcasts to x
   */
  record GivenNorm(Shape channels, double eps) implements Fused {
    private static final Formula SHIFTED = Formula.of(X.sub(MEAN).mul(Scalar.arg(2)).add(Scalar.arg(3)), 4);

    @Override
    public String name() { return "NativeBatchNorm"; }

    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = Layout.allocateLike(x[0].type(), x[0].shape(), x[0]);
      NdArray spread = NdArray.unwritten(y.type(), x[4].shape());
      Loops.map(SPREAD, y.type(), spread, x[4], NdArray.scalar(eps));
      Loops.map(TIMES, y.type(), spread, spread, x[1]);
      Loops.map(SHIFTED, y.type(), y, x[0], parameter(x[3], channels), parameter(spread, channels),
          parameter(x[2], channels));
      return y;
    }

    @Override
    public Saves saves(int i) {
      return switch (i) {
        case 0 -> Saves.input(1).and(Saves.input(4));
        case 1 -> Saves.input(0).and(Saves.input(3)).and(Saves.input(4));
        default -> Saves.NOTHING;
      };
    }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      return switch (i) {
        case 0 -> g.mul(shaped(s.input(4).add(eps).rsqrt().mul(s.input(1))));
        case 1 -> perChannel(g.mul(s.input(0).sub(shaped(s.input(3))))).mul(s.input(4).add(eps).rsqrt());
        case 2 -> perChannel(g);
        default -> null;
      };
    }

    private Tensor shaped(Tensor p) { return Views.reshape(p, channels); }

    private Tensor perChannel(Tensor v) { return Views.reshape(Sums.sumTo(v, channels), Shape.of(channels.numel())); }

    @Override
    public Tensor reference(Tensor... x) {
      Tensor n = x[0].sub(shaped(x[3])).div(shaped(x[4].add(eps).sqrt()));
      return n.mul(x[1].dim() == 0 ? x[1] : shaped(x[1])).add(x[2].dim() == 0 ? x[2] : shaped(x[2]));
    }
  }
}
