package dev.flambeau;

import static java.util.Objects.requireNonNull;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the loss functions of {@code dev.flambeau.nn} are made of; users call those. */
public final class Losses {
  private static final MseLoss MSE = new MseLoss();
  private static final SmoothL1Loss SMOOTH_L1 = new SmoothL1Loss();
  private static final HuberLoss HUBER = new HuberLoss();
  private static final SoftMarginLoss SOFT_MARGIN = new SoftMarginLoss();
  private static final BinaryCrossEntropy BINARY_CROSS_ENTROPY = new BinaryCrossEntropy();
  private static final BinaryCrossEntropyWithLogits BINARY_CROSS_ENTROPY_WITH_LOGITS =
      new BinaryCrossEntropyWithLogits();

  private Losses() {}

  /** What becomes of the losses of all elements. */
  public enum How {
    /** Their mean. */
    MEAN,
    /** Their sum. */
    SUM,
    /** They are the result. */
    NONE
  }

  /** (x − target)². */
  public static Tensor mse(Tensor x, Tensor target, How how) { return apply(MSE, how, x, target); }

  /** d² / 2β where d = |x − target| &lt; β, else d − β/2. */
  public static Tensor smoothL1(Tensor x, Tensor target, double beta, How how) {
    if (beta < 0) throw Errors.argument("smoothL1Loss", "beta must be at least 0, but is " + beta);
    return apply(SMOOTH_L1, how, x, target, Numbers.beside(x, beta));
  }

  /** d² / 2 where d = |x − target| &lt; δ, else δ · (d − δ/2). */
  public static Tensor huber(Tensor x, Tensor target, double delta, How how) {
    if (delta <= 0) throw Errors.argument("huberLoss", "delta must be above 0, but is " + delta);
    return apply(HUBER, how, x, target, Numbers.beside(x, delta));
  }

  /** log(1 + exp(−target · x)). */
  public static Tensor softMargin(Tensor x, Tensor target, How how) { return apply(SOFT_MARGIN, how, x, target); }

  /** −weight · (target · log x + (1 − target) · log(1 − x)), logarithms being at least −100. */
  public static Tensor binaryCrossEntropy(Tensor x, Tensor target, @Nullable Tensor weight, How how) {
    sameShape("binaryCrossEntropy", x, target);
    if (!Numbers.areAllTrue(x.detach().ge(0).logicalAnd(x.detach().le(1)))) {
      throw Errors.argument("binaryCrossEntropy",
          "all elements must be probabilities, in 0 … 1; binaryCrossEntropyWithLogits takes any numbers");
    }
    return apply(BINARY_CROSS_ENTROPY, how, x, target, orOne(weight, x));
  }

  /** The same of σ(x), exact far from 0; the term of target 1 counts {@code posWeight} times. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor x, Tensor target, @Nullable Tensor weight,
      @Nullable Tensor posWeight, How how) {
    sameShape("binaryCrossEntropyWithLogits", x, target);
    return apply(BINARY_CROSS_ENTROPY_WITH_LOGITS, how, x, target, orOne(weight, x), orOne(posWeight, x));
  }

  /** −weight[c] · x[c] for the class c that {@code target} tells, along dimension 1 of x, or 0 of a vector; the mean is weighted. */
  public static Tensor nll(Tensor x, Tensor target, @Nullable Tensor weight, long ignoreIndex, How how) {
    Shape shape = x.array().shape();
    int dim = checkedClassDim("nllLoss", x, weight);
    if (!target.array().shape().equals(shape.without(dim))) {
      throw Errors.argument("nllLoss", "for scores of shape " + shape + " the classes must have shape "
          + shape.without(dim) + ", but have " + target.array().shape());
    }
    if (target.isFloatingPoint() || target.dtype() == DType.BOOL) {
      throw Errors.argument("nllLoss", "classes are integers, but the target is " + target.dtype().torchName()
          + "; convert it with to(DType.INT64)");
    }
    NllLoss op = new NllLoss(how, ignoreIndex, weight != null, x.dim() > 2);
    Tensor y = weight == null ? Op.apply(op, x, target) : Op.apply(op, x, target, weight);
    return how == How.NONE && x.dim() > 2 && x.dim() != 4 ? y.view(target.shape()) : y;
  }

  /** −Σ weight[c] · target[c] · x[c] over the classes c, for probabilities {@code target}; the mean is over the rest. */
  public static Tensor nllOfProbabilities(Tensor x, Tensor target, @Nullable Tensor weight, How how) {
    int dim = checkedClassDim("crossEntropy", x, weight);
    sameShape("crossEntropy", x, target);
    Tensor terms = x.mul(target);
    if (weight != null) terms = terms.mul(perClass(weight, x.dim()));
    return switch (how) {
      case NONE -> terms.sum(dim).neg();
      case SUM -> terms.sum().neg();
      case MEAN ->
          Op.apply(Arithmetic.DIV_NUMBER, terms.sum().neg(), Numbers.beside(x, (double) x.numel() / x.size(dim)));
    };
  }

  /** One weight for each class, in a shape that broadcasts to scores with {@code rank} dimensions. */
  public static Tensor perClass(Tensor weight, int rank) {
    long[] shape = new long[Math.max(rank - 1, 1)];
    Arrays.fill(shape, 1);
    shape[0] = weight.numel();
    return weight.view(shape);
  }

  private static int checkedClassDim(String operation, Tensor x, @Nullable Tensor weight) {
    if (x.dim() == 0)
      throw Errors.argument(operation, "scores have a dimension for the classes, but are a single number");
    int dim = x.dim() == 1 ? 0 : 1;
    if (weight != null && (weight.dim() != 1 || weight.numel() != x.size(dim) || weight.dtype() != x.dtype())) {
      throw Errors.argument(operation,
          "one weight of " + x.dtype().torchName() + " for each of " + x.size(dim) + " classes is expected, but got "
              + weight.dtype().torchName() + " of shape " + weight.array().shape());
    }
    return dim;
  }

  private static void sameShape(String operation, Tensor x, Tensor target) {
    if (!x.array().shape().equals(target.array().shape())) {
      throw Errors.argument(operation,
          "input and target must have one shape, but have " + x.array().shape() + " and " + target.array().shape());
    }
  }

  private static Tensor orOne(@Nullable Tensor weight, Tensor x) {
    return weight != null ? weight : Numbers.beside(x, 1.0);
  }

  private static Tensor apply(Pointwise each, How how, Tensor... x) {
    return how == How.NONE ? Op.apply(each, x) : Op.apply(new Reduced(each, how == How.MEAN), x);
  }

  /** y = Σ or mean of {@code each} over all elements, in one loop;  dx = the gradient of {@code each} for g, or g / n, everywhere. */
  record Reduced(Pointwise each, boolean mean) implements Fused {
    @Override
    public String name() { return each.name(); }

    @Override
    public NdArray forward(NdArray... x) {
      Shape shape = PointwiseKernel.broadcast(each, x);
      ElementType compute = PointwiseKernel.computeType(each, x);
      NdArray[] whole = new NdArray[x.length];
      for (int k = 0; k < x.length; k++) whole[k] = Broadcast.to(name(), x[k], shape);
      NdArray y = NdArray.allocate(compute, Over.ALL.kept(shape));
      Loops.reduce(Reducer.SUM, PointwiseKernel.of(each, x.length).formula(), compute, y, Over.ALL.mask(shape.rank()),
          whole);
      if (mean) Loops.map(PointwiseKernel.of(Arithmetic.DIV, 2).formula(), compute, y, y,
          NdArray.scalar((double) shape.numel()));
      return y.reshaped(Shape.SCALAR);
    }

    @Override
    public Saves saves(int i) { return each.saves(i); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      Shape shape = s.shapeOf(0);
      for (int k = 1; k < s.inputs(); k++) shape = requireNonNull(Shape.broadcast(shape, s.shapeOf(k)));
      Tensor share = mean ? g.div((double) shape.numel()) : g;
      return each.backward(i, s, Op.apply(new Views.Expand(shape), share));
    }

    @Override
    public Tensor reference(Tensor... x) { return mean ? Op.apply(each, x).mean() : Op.apply(each, x).sum(); }
  }

  /** y = (x − t)²;  dx = 2g · (x − t), dt = −dx. */
  record MseLoss() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[0].sub(x[1]).square(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[i].sub(x[1 - i]).mul(2); }
  }

  /** y = d² / 2β where d = |x − t| < β, else d − β/2, for a number β;  dx = g · (x − t) / β, or g · sign(x − t), dt = −dx. */
  record SmoothL1Loss() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar d = x[0].sub(x[1]).abs();
      return d.lt(x[2]).select(d.square().mul(0.5).div(x[2]), d.sub(x[2].mul(0.5)));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      Scalar z = x[i].sub(x[1 - i]);
      return z.abs().lt(x[2]).select(z.div(x[2]), z.sign());
    }
  }

  /** y = d² / 2 where d = |x − t| < δ, else δ · (d − δ/2), for a number δ;  dx = g · (x − t) kept within −δ … δ, dt = −dx. */
  record HuberLoss() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar d = x[0].sub(x[1]).abs();
      return d.lt(x[2]).select(d.square().mul(0.5), x[2].mul(d.sub(x[2].mul(0.5))));
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      Scalar z = x[i].sub(x[1 - i]);
      return z.abs().lt(x[2]).select(z, z.sign().mul(x[2]));
    }
  }

  /** y = log(1 + exp(−t · x));  dx = −g · t · σ(−t · x), dt = −g · x · σ(−t · x). */
  record SoftMarginLoss() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) { return x[1].neg().mul(x[0]).exp().log1p(); }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) { return x[1 - i].neg().mul(x[1].neg().mul(x[0]).sigmoid()); }
  }

  /** y = −w · (t · log x + (1 − t) · log(1 − x));  dx = g · w · (x − t) / (x · (1 − x)), dt = g · w · (log(1 − x) − log x). */
  record BinaryCrossEntropy() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar missed = x[1].sub(1).mul(x[0].neg().log1p().max(-100));
      return missed.sub(x[1].mul(x[0].log().max(-100))).mul(x[2]);
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      return switch (i) {
        case 0 -> x[0].sub(x[1]).div(x[0].mul(Scalar.constant(1).sub(x[0])).max(1e-12)).mul(x[2]);
        case 1 -> x[0].neg().log1p().sub(x[0].log()).mul(x[2]);
        default -> of(x).derivative(i);
      };
    }
  }

  /**
   * y = w · ((1 − t) · x + (1 + (p − 1) · t) · log(1 + e⁻ˣ));  dx = g · w · ((p · t + 1 − t) · σ(x) − p · t), dt = g · w · ((p − 1) · log(1 + e⁻ˣ) − x).
   */
  record BinaryCrossEntropyWithLogits() implements RealPointwise {
    @Override
    public Scalar of(Scalar... x) {
      Scalar factor = x[3].sub(1).mul(x[1]).add(1);
      return Scalar.constant(1).sub(x[1]).mul(x[0]).add(factor.mul(softplusOfMinus(x[0]))).mul(x[2]);
    }

    @Override
    public Scalar slope(int i, Scalar y, Scalar... x) {
      Scalar hit = x[3].mul(x[1]);
      return switch (i) {
        case 0 -> hit.add(1).sub(x[1]).mul(x[0].sigmoid()).sub(hit).mul(x[2]);
        case 1 -> x[3].sub(1).mul(softplusOfMinus(x[0])).sub(x[0]).mul(x[2]);
        case 2 -> of(x[0], x[1], Scalar.constant(1), x[3]);
        default -> x[1].mul(softplusOfMinus(x[0])).mul(x[2]);
      };
    }

    private static Scalar softplusOfMinus(Scalar x) {
      return Activations.LOG_SIGMOID.of(x).neg();
    }
  }

  /** y = −w[t] · x[t], its sum, or its weighted mean, for a class t at each place;  dx = −g · w[t] at t, 0 elsewhere. */
  record NllLoss(How how, long ignoreIndex, boolean weighted, boolean planes) implements Fused {
    @Override
    public String name() { return planes ? "NllLoss2D" : "NllLoss"; }

    @Override
    public NdArray forward(NdArray... x) {
      Chosen chosen = Chosen.of(x[0].shape(), x[1], weighted ? x[2] : null, ignoreIndex);
      NdArray scores = Layout.contiguous(x[0]);
      NdArray y = NdArray.allocate(ElementType.FLOAT64, how == How.NONE ? x[1].shape() : Shape.SCALAR);
      double[] out = y.doubles();
      for (int k = 0; k < chosen.positions.length; k++) {
        double loss =
            chosen.weights[k] == 0 ? 0 : -chosen.weights[k] * scores.doubleAt(scores.offset() + chosen.positions[k]);
        out[how == How.NONE ? k : 0] += loss;
      }
      if (how == How.MEAN) out[0] /= chosen.totalWeight();
      return Layout.cast(y, x[0].type());
    }

    @Override
    public Saves saves(int i) { return weighted ? Saves.input(1).and(Saves.input(2)) : Saves.input(1); }

    @Override
    public @Nullable Tensor backward(int i, Saved s, Tensor g) {
      if (i != 0) return null;
      Shape shape = s.shapeOf(0);
      Chosen chosen = Chosen.of(shape, s.input(1).array(), weighted ? s.input(2).array() : null, ignoreIndex);
      double scale = how == How.MEAN ? 1 / chosen.totalWeight() : 1;
      NdArray slope = NdArray.allocate(ElementType.FLOAT64, shape);
      for (int k = 0; k < chosen.positions.length; k++)
        if (chosen.weights[k] != 0) slope.doubles()[chosen.positions[k]] = -chosen.weights[k] * scale;
      Tensor each = how == How.NONE ? g.unsqueeze(shape.rank() == 1 ? 0 : 1) : g;
      return each.mul(Tensor.of(Layout.cast(slope, s.dtypeOf(0).element())));
    }

    @Override
    public Tensor reference(Tensor... x) {
      int dim = x[0].dim() == 1 ? 0 : 1;
      Tensor counts = x[1].ne(ignoreIndex);
      Tensor classes = x[1].to(DType.INT64).where(counts, 0);
      Tensor weights = (weighted ? x[2].take(classes) : Torch.onesLike(x[0].select(dim, 0))).mul(counts);
      Tensor losses = x[0].gather(dim, classes.unsqueeze(dim)).squeeze(dim).mul(weights).neg();
      return switch (how) {
        case NONE -> losses;
        case SUM -> losses.sum();
        case MEAN -> losses.sum().div(weights.sum());
      };
    }
  }

  /** The chosen classes of scores: position of each in the row-major scores, and its weight, 0 if it is ignored. */
  private static final class Chosen {
    final int[] positions;
    final double[] weights;

    private Chosen(int count) {
      positions = new int[count];
      weights = new double[count];
    }

    static Chosen of(Shape scores, NdArray target, @Nullable NdArray weight, long ignoreIndex) {
      long[] classes = Layout.contiguous(Layout.cast(target, ElementType.INT64)).longs();
      boolean vector = scores.rank() == 1;
      int count = scores.size(vector ? 0 : 1);
      int inner = 1;
      for (int d = 2; d < scores.rank(); d++) inner *= scores.size(d);
      Chosen chosen = new Chosen(classes.length);
      for (int k = 0; k < classes.length; k++) {
        long c = classes[k];
        if (c == ignoreIndex) continue;
        if (c < 0 || c >= count) {
          throw Errors.argument("nllLoss",
              "the target has class " + c + " at element " + k + ", but there are scores for the classes 0 … "
                  + (count - 1)
                  + "; to leave elements out, mark them with the ignored index " + ignoreIndex);
        }
        chosen.positions[k] = (k / inner * count + (int) c) * inner + k % inner;
        chosen.weights[k] = weight == null ? 1 : weight.doubleAt(weight.position((int) c));
      }
      return chosen;
    }

    double totalWeight() {
      double total = 0;
      for (double weight : weights) total += weight;
      return total;
    }
  }
}
