package dev.flambeau.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Fills tensors with first values, in their place and without recording, as
 * <a href="https://pytorch.org/docs/stable/nn.init.html">torch.nn.init</a> does: the same numbers for the same {@link Torch#manualSeed}.
 */
public final class Init {
  private Init() {}

  /** Which number of connections keeps its variance: those that come in, as seen forward, or that go out, as seen backward. */
  public enum Fan {
    /** Of an output's connections to inputs. */
    FAN_IN,
    /** Of an input's connections to outputs. */
    FAN_OUT
  }

  private static Tensor filled(Tensor x, UnaryOperator<Tensor> filler) {
    try (var _ = Torch.noGrad()) {
      return filler.apply(x);
    }
  }

  /** Uniform numbers of [a, b). */
  @CanIgnoreReturnValue
  public static Tensor uniform_(Tensor x, double a, double b) { return filled(x, t -> t.uniform_(a, b)); }

  /** Normal numbers. */
  @CanIgnoreReturnValue
  public static Tensor normal_(Tensor x, double mean, double std) { return filled(x, t -> t.normal_(mean, std)); }

  /**
   * Normal numbers of a … b, those outside refused; drawn from uniform ones where less than 0.3 of the distribution is inside.
   *
   * @throws IllegalArgumentException unless a &lt; b
   */
  @CanIgnoreReturnValue
  public static Tensor truncNormal_(Tensor x, double mean, double std, double a, double b) {
    if (!(a < b)) throw new IllegalArgumentException("truncNormal_: takes limits a < b, but they are " + a + ", " + b);
    Tensor below = Torch.fromArray(new double[] {(a - mean) / std, (b - mean) / std}, 2).div(Math.sqrt(2.0)).erf();
    boolean normal = below.get(1).item() - below.get(0).item() > 0.6;
    double peak = -0.5 * Math.pow((Math.clamp(mean, a, b) - mean) / std, 2);
    return filled(x, t -> {
      Tensor low = Torch.fullLike(t, a), high = Torch.fullLike(t, b);
      for (Tensor open = Torch.ones(DType.BOOL, t.shape()); open.any().itemBoolean();) {
        Tensor drawn = normal ? Torch.emptyLike(t).normal_(mean, std) : Torch.emptyLike(t).uniform_(a, b);
        t.copy_(drawn.where(open, t));
        open = open.logicalAnd(normal ? drawn.lt(low).logicalOr(drawn.gt(high))
            : Torch.randLike(t).log().gt(drawn.sub(mean).div(std).square().mul(-0.5).sub(peak)));
      }
      return t;
    });
  }

  /** The same number everywhere. */
  @CanIgnoreReturnValue
  public static Tensor constant_(Tensor x, double value) { return filled(x, t -> t.fill_(value)); }

  /** Ones. */
  @CanIgnoreReturnValue
  public static Tensor ones_(Tensor x) { return constant_(x, 1); }

  /** Zeros. */
  @CanIgnoreReturnValue
  public static Tensor zeros_(Tensor x) { return constant_(x, 0); }

  /** Ones on the diagonal of a matrix, else zeros: a linear layer passes on what it is given. */
  @CanIgnoreReturnValue
  public static Tensor eye_(Tensor x) {
    require("eye_", x, x.dim() == 2, "a matrix");
    return filled(x, t -> t.copy_(Torch.eye(t.size(0), t.size(1))));
  }

  /** {@link #dirac_(Tensor, long)} for one group. */
  @CanIgnoreReturnValue
  public static Tensor dirac_(Tensor x) { return dirac_(x, 1); }

  /** Weights (O, C, *kernel) of a convolution that, in each group, passes on as many channels as it can. */
  @CanIgnoreReturnValue
  public static Tensor dirac_(Tensor x, long groups) {
    require("dirac_", x, x.dim() >= 3 && x.dim() <= 5, "a convolution's weight of 3, 4 or 5 dimensions");
    require("dirac_", x, groups > 0 && x.size(0) % groups == 0, "a first dimension that " + groups + " groups divide");
    long each = x.size(0) / groups;
    return filled(x, t -> {
      Tensor middle = t.zero_();
      for (int d = 2; d < x.dim(); d++) middle = middle.select(2, x.size(d) / 2);
      for (long g = 0; g < groups; g++) middle.narrow(0, g * each, each).diagonal().fill_(1);
      return t;
    });
  }

  /** Uniform in ±gain · √(6 / (fan in + fan out)) (<a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot &amp; Bengio 2010</a>). */
  @CanIgnoreReturnValue
  public static Tensor xavierUniform_(Tensor x, double gain) {
    double bound = Math.sqrt(3.0) * xavier(x, gain);
    return uniform_(x, -bound, bound);
  }

  /** {@link #xavierUniform_(Tensor, double)} with gain 1. */
  @CanIgnoreReturnValue
  public static Tensor xavierUniform_(Tensor x) { return xavierUniform_(x, 1); }

  /** Normal with deviation gain · √(2 / (fan in + fan out)). */
  @CanIgnoreReturnValue
  public static Tensor xavierNormal_(Tensor x, double gain) { return normal_(x, 0, xavier(x, gain)); }

  /** {@link #xavierNormal_(Tensor, double)} with gain 1. */
  @CanIgnoreReturnValue
  public static Tensor xavierNormal_(Tensor x) { return xavierNormal_(x, 1); }

  private static double xavier(Tensor x, double gain) {
    return gain * Math.sqrt(2.0 / (fan(x, Fan.FAN_IN) + fan(x, Fan.FAN_OUT)));
  }

  /** Uniform in ±gain · √(3 / fan) (<a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>), the gain being {@link #calculateGain}'s. */
  @CanIgnoreReturnValue
  public static Tensor kaimingUniform_(Tensor x, double a, Fan mode, String nonlinearity) {
    if (x.numel() == 0) return x;
    double bound = Math.sqrt(3.0) * (calculateGain(nonlinearity, a) / Math.sqrt((double) fan(x, mode)));
    return uniform_(x, -bound, bound);
  }

  /** {@link #kaimingUniform_(Tensor, double, Fan, String)} for what comes in and a leaky ReLU of slope {@code a}. */
  @CanIgnoreReturnValue
  public static Tensor kaimingUniform_(Tensor x, double a) { return kaimingUniform_(x, a, Fan.FAN_IN, "leaky_relu"); }

  /** Normal with deviation gain / √fan, the gain being {@link #calculateGain}'s. */
  @CanIgnoreReturnValue
  public static Tensor kaimingNormal_(Tensor x, double a, Fan mode, String nonlinearity) {
    if (x.numel() == 0) return x;
    return normal_(x, 0, calculateGain(nonlinearity, a) / Math.sqrt((double) fan(x, mode)));
  }

  /** {@link #kaimingNormal_(Tensor, double, Fan, String)} for what comes in and a leaky ReLU of slope {@code a}. */
  @CanIgnoreReturnValue
  public static Tensor kaimingNormal_(Tensor x, double a) { return kaimingNormal_(x, a, Fan.FAN_IN, "leaky_relu"); }

  /** {@link #orthogonal_(Tensor, double)} with gain 1. */
  @CanIgnoreReturnValue
  public static Tensor orthogonal_(Tensor x) { return orthogonal_(x, 1); }

  /** Rows, or columns if there are fewer, that are orthogonal and of length {@code gain}; dimensions after the first count as one. */
  @CanIgnoreReturnValue
  public static Tensor orthogonal_(Tensor x, double gain) {
    require("orthogonal_", x, x.dim() >= 2, "at least 2 dimensions");
    if (x.numel() == 0) return x;
    return filled(x, t -> {
      Tensor drawn = Torch.empty(t.dtype(), t.size(0), t.numel() / t.size(0)).normal_().to(DType.FLOAT64);
      boolean wide = drawn.size(0) < drawn.size(1);
      Tensor q = orthonormal(wide ? drawn.t() : drawn);
      return t.copy_((wide ? q.t() : q).mul(gain).reshape(t.shape()));
    });
  }

  /** Columns made orthonormal one after the other, by projections; the second takes away what rounding left. */
  private static Tensor orthonormal(Tensor columns) {
    Tensor q = columns.t().contiguous();
    for (long j = 0; j < q.size(0); j++) {
      Tensor before = q.narrow(0, 0, j), column = q.select(0, j);
      for (int pass = 0; pass < 2; pass++) column.sub_(before.t().mv(before.mv(column)));
      column.div_(column.norm());
    }
    return q.t();
  }

  /** Normal numbers of mean 0 in a matrix, of which in each column the share {@code sparsity}, rounded up, are zeros. */
  @CanIgnoreReturnValue
  public static Tensor sparse_(Tensor x, double sparsity, double std) {
    require("sparse_", x, x.dim() == 2, "a matrix");
    long zeros = (long) Math.ceil(sparsity * x.size(0));
    return filled(x, t -> {
      t.normal_(0, std);
      for (long column = 0; column < t.size(1); column++) {
        t.select(1, column).indexFill_(0, Torch.randperm(t.size(0)).narrow(0, 0, zeros), 0);
      }
      return t;
    });
  }

  /**
   * The factor that keeps the variance through a nonlinearity.
   *
   * @param nonlinearity linear, conv1d …, sigmoid, tanh, relu, leaky_relu, selu
   * @param slope of the leaky ReLU
   * @throws IllegalArgumentException for any other nonlinearity
   */
  public static double calculateGain(String nonlinearity, double slope) {
    return switch (nonlinearity) {
      case "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d",
          "sigmoid" -> 1;
      case "tanh" -> 5.0 / 3;
      case "relu" -> Math.sqrt(2.0);
      case "leaky_relu" -> Math.sqrt(2.0 / (1 + slope * slope));
      case "selu" -> 0.75;
      default -> throw new IllegalArgumentException("calculateGain: \"" + nonlinearity
          + "\" is none of linear, conv1d, …, sigmoid, tanh, relu, leaky_relu, selu");
    };
  }

  /** Connections of a weight (O, C, *kernel). */
  static long fan(Tensor weight, Fan mode) {
    require("fan", weight, weight.dim() >= 2, "at least 2 dimensions");
    long connections = weight.size(mode == Fan.FAN_IN ? 1 : 0);
    for (int d = 2; d < weight.dim(); d++) connections *= weight.size(d);
    return connections;
  }

  /** The bias of a layer with this weight, uniform in ±1/√(fan in). */
  static Tensor bias(long size, Tensor weight) {
    double bound = weight.numel() == 0 ? 0 : 1 / Math.sqrt((double) fan(weight, Fan.FAN_IN));
    return uniform_(Torch.empty(size), -bound, bound);
  }

  private static void require(String operation, Tensor x, boolean fits, String expected) {
    if (!fits) throw new IllegalArgumentException(
        operation + ": takes " + expected + ", but the tensor has shape " + Arrays.toString(x.shape()));
  }
}
