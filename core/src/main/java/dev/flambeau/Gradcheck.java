package dev.flambeau;

import dev.flambeau.array.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds derivatives against central differences, as in
 * <a href="https://pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html">torch.autograd.gradcheck</a>.
 *
 * <p>The function takes the inputs and gives a tensor or a {@code Tensor[]}. Inputs that require grad should be float64.
 *
 * @param eps step of the differences
 * @param atol absolute tolerance
 * @param rtol relative tolerance
 * @param raiseException whether a difference is thrown, or told as false
 * @param nondetTol how much two runs of backward may differ
 * @param checkUndefinedGrad whether missing gradients of outputs are tried too
 * @param fastMode whether only one random projection of the Jacobian is compared instead of all of it
 */
public record Gradcheck(double eps, double atol, double rtol, boolean raiseException, double nondetTol,
    boolean checkUndefinedGrad, boolean fastMode) {
  /** PyTorch's settings: eps 1e-6, atol 1e-5, rtol 1e-3. */
  public static final Gradcheck DEFAULT = new Gradcheck(1e-6, 1e-5, 1e-3, true, 0, true, false);

  private static final System.Logger LOG = System.getLogger("dev.flambeau");

  /** With other tolerances. */
  public Gradcheck tolerances(double eps, double atol, double rtol) {
    return new Gradcheck(eps, atol, rtol, raiseException, nondetTol, checkUndefinedGrad, fastMode);
  }

  /** Telling failure as false instead of throwing. */
  public Gradcheck quiet() { return new Gradcheck(eps, atol, rtol, false, nondetTol, checkUndefinedGrad, fastMode); }

  /** Comparing one random projection only. */
  public Gradcheck fast() {
    return new Gradcheck(eps, atol, rtol, raiseException, nondetTol, checkUndefinedGrad, true);
  }

  /** Allowing two runs of backward to differ by {@code tolerance}. */
  public Gradcheck nondeterminism(double tolerance) {
    return new Gradcheck(eps, atol, rtol, raiseException, tolerance, checkUndefinedGrad, fastMode);
  }

  /**
   * Checks the first derivatives of {@code function} at {@code inputs}.
   *
   * @return true if they are right; false if not and {@code raiseException} is off
   * @throws GradcheckException if they are not right
   * @throws IllegalArgumentException if no input requires grad, or an input repeats elements with stride 0
   */
  public boolean check(Function<Tensor[], ?> function, Tensor... inputs) {
    checkInputs(inputs);
    try {
      run(function, inputs);
      return true;
    } catch (GradcheckException e) {
      if (raiseException) throw e;
      return false;
    }
  }

  /**
   * Checks the second derivatives: the first derivatives of {@code (x, g) ↦ grad(f(x), x, g)} with random g.
   *
   * @return true if they are right; false if not and {@code raiseException} is off
   * @throws GradcheckException if they are not right
   */
  public boolean checkSecond(Function<Tensor[], ?> function, Tensor... inputs) {
    checkInputs(inputs);
    List<Tensor> all = new ArrayList<>(Arrays.asList(inputs));
    int outputs = 0;
    for (Tensor y : differentiable(function, inputs)) {
      double[] g = new double[(int) y.numel()];
      for (int i = 0; i < g.length; i++) g[i] = weight(outputs * 31 + i);
      all.add(Torch.fromArray(g).view(y.shape()).to(y.dtype()).detach().requiresGrad_());
      outputs++;
    }
    int n = inputs.length;
    Function<Tensor[], Tensor[]> gradients = x -> {
      Tensor[] own = Arrays.copyOf(x, n);
      List<Tensor> y = differentiable(function, own);
      List<Tensor> wrt = Arrays.stream(own).filter(Tensor::requiresGrad).toList();
      List<Tensor> g = Arrays.asList(x).subList(n, x.length);
      return Autograd.grad(y, wrt, g, GraphOption.CREATE_GRAPH, GraphOption.ALLOW_UNUSED).stream()
          .filter(r -> r != null && r.requiresGrad()).toArray(Tensor[]::new);
    };
    try {
      run(gradients, all.toArray(new Tensor[0]));
      return true;
    } catch (GradcheckException e) {
      if (raiseException) throw e;
      return false;
    }
  }

  /** A number of (−1, 1) that looks random and is the same each time. */
  private static double weight(int i) { return ((i * 2654435761L + 12345) % 1999) / 1000.0 - 0.9995; }

  private static void checkInputs(Tensor... inputs) {
    boolean any = false;
    for (int i = 0; i < inputs.length; i++) {
      Tensor x = inputs[i];
      if (!x.requiresGrad()) continue;
      any = true;
      if (x.dtype() != DType.FLOAT64) {
        LOG.log(System.Logger.Level.WARNING, "gradcheck: input " + i + " requires grad but is " + x.dtype().torchName()
            + "; differences are exact enough for float64 only");
      }
      for (int d = 0; d < x.dim(); d++) {
        if (x.array().stride(d) == 0 && x.size(d) > 1) {
          throw Errors.argument("gradcheck", "input " + i + " repeats its elements along dimension " + d
              + " (stride 0), so they cannot be varied one by one; call contiguous()");
        }
      }
    }
    if (!any) throw Errors.argument("gradcheck",
        "no input requires grad; call requiresGrad_() on those that are to be checked");
  }

  private static List<Tensor> outputs(Function<Tensor[], ?> function, Tensor... inputs) {
    return switch (function.apply(inputs)) {
      case Tensor one -> List.of(one);
      case Tensor[] several -> List.of(several);
      case null, default -> throw Errors.argument("gradcheck", "the function must give a tensor or a Tensor[]");
    };
  }

  private static List<Tensor> differentiable(Function<Tensor[], ?> function, Tensor... inputs) {
    return outputs(function, inputs).stream().filter(Tensor::requiresGrad).toList();
  }

  private void run(Function<Tensor[], ?> function, Tensor... inputs) {
    List<Tensor> y = differentiable(function, inputs);
    List<Tensor> x = Arrays.stream(inputs).filter(Tensor::requiresGrad).toList();
    if (y.isEmpty()) {
      checkConstant(function, inputs, x);
      return;
    }
    double[][][] numerical = new double[x.size()][][];
    for (int i = 0; i < x.size(); i++) numerical[i] = numerical(function, inputs, x.get(i), y);
    for (int k = 0; k < y.size(); k++) {
      double[][] analytical = analytical(y.get(k), x);
      int begin = 0;
      for (int j = 0; j < k; j++) begin += (int) y.get(j).numel();
      for (int i = 0; i < x.size(); i++) compare(k, i, y.get(k), begin, numerical[i], analytical[i]);
    }
    checkZeroGradient(y, x);
    if (checkUndefinedGrad && y.size() > 1) checkUndefined(function, inputs, x);
  }

  private void checkConstant(Function<Tensor[], ?> function, Tensor[] inputs, List<Tensor> x) {
    List<Tensor> all = outputs(function, inputs).stream().filter(Tensor::isFloatingPoint).toList();
    for (int i = 0; i < x.size(); i++) {
      for (double[] row : numerical(function, inputs, x.get(i), all)) {
        for (double d : row) {
          if (Math.abs(d) > atol) throw new GradcheckException(
              "the outputs do not require grad, so the numerical gradient should be zero, but for input " + i
                  + " it is " + d);
        }
      }
    }
  }

  /** Row by element of x, column by element of all outputs. */
  private double[][] numerical(Function<Tensor[], ?> function, Tensor[] inputs, Tensor x, List<Tensor> y) {
    NdArray array = x.array();
    double[][] rows = new double[array.numel()][];
    for (int e = 0; e < rows.length; e++) {
      int position = array.position(e);
      double before = array.doubleAt(position);
      double[] high;
      double[] low;
      try {
        high = at(function, inputs, array, position, before + eps, y);
        low = at(function, inputs, array, position, before - eps, y);
      } finally {
        put(array, position, before);
      }
      rows[e] = new double[high.length];
      for (int c = 0; c < high.length; c++) rows[e][c] = (high[c] - low[c]) / (2 * eps);
    }
    return rows;
  }

  private static double[] at(Function<Tensor[], ?> function, Tensor[] inputs, NdArray array, int position, double value,
      List<Tensor> like) {
    put(array, position, value);
    List<Tensor> all = like.getFirst().requiresGrad() ? differentiable(function, inputs)
        : outputs(function, inputs).stream().filter(Tensor::isFloatingPoint).toList();
    double[] values = new double[0];
    for (int k = 0; k < all.size(); k++) {
      Tensor y = all.get(k);
      if (k >= like.size() || !Arrays.equals(y.shape(), like.get(k).shape()) || y.dtype() != like.get(k).dtype()) {
        throw new GradcheckException("output " + k
            + " changes its shape or dtype when an input is varied by eps; the function must be smooth there");
      }
      double[] more = y.toDoubleArray();
      int n = values.length;
      values = Arrays.copyOf(values, n + more.length);
      System.arraycopy(more, 0, values, n, more.length);
    }
    return values;
  }

  private static void put(NdArray array, int position, double value) {
    switch (array.type()) {
      case FLOAT32 -> array.floats()[position] = (float) value;
      case FLOAT64 -> array.doubles()[position] = value;
      default -> throw new IllegalArgumentException("gradcheck varies real numbers only, not " + array.type());
    }
  }

  /** For each input: row by element of x, column by element of y. */
  private double[][] analytical(Tensor y, List<Tensor> x) {
    int n = (int) y.numel();
    double[][] jacobians = new double[x.size()][];
    for (int i = 0; i < x.size(); i++) jacobians[i] = new double[(int) x.get(i).numel() * n];
    for (int c = 0; c < n; c++) {
      List<@Nullable Tensor> g = gradients(y, c, x);
      List<@Nullable Tensor> again = gradients(y, c, x);
      for (int i = 0; i < x.size(); i++) {
        double[] first = values(g.get(i), x.get(i), i);
        double[] second = values(again.get(i), x.get(i), i);
        for (int e = 0; e < first.length; e++) {
          if (Math.abs(first[e] - second[e]) > nondetTol) {
            throw new GradcheckException("backward is not reentrant: two runs differ by "
                + Math.abs(first[e] - second[e]) + " for input " + i + ", more than the tolerance " + nondetTol);
          }
          jacobians[i][e * n + c] = first[e];
        }
      }
    }
    return jacobians;
  }

  private static double[] values(@Nullable Tensor g, Tensor x, int i) {
    if (g == null) return new double[(int) x.numel()];
    if (!Arrays.equals(g.shape(), x.shape()) || g.dtype() != x.dtype()) {
      throw new GradcheckException("the gradient of input " + i + " has shape " + Arrays.toString(g.shape())
          + " and dtype " + g.dtype() + ", the input has "
          + Arrays.toString(x.shape()) + " and " + x.dtype());
    }
    return g.toDoubleArray();
  }

  private static List<@Nullable Tensor> gradients(Tensor y, int column, List<Tensor> x) {
    Tensor g = Torch.zeros(y.dtype(), y.array().shape());
    if (column >= 0) put(g.array(), column, 1);
    return new ArrayList<>(
        Autograd.grad(List.of(y), x, List.of(g), GraphOption.RETAIN_GRAPH, GraphOption.ALLOW_UNUSED));
  }

  private void compare(int output, int input, Tensor y, int begin, double[][] numerical, double[] analytical) {
    int n = (int) y.numel();
    if (fastMode) {
      compareProjection(output, input, n, begin, numerical, analytical);
      return;
    }
    for (int e = 0; e < numerical.length; e++) {
      for (int c = 0; c < n; c++) {
        if (differ(analytical[e * n + c], numerical[e][begin + c], 1))
          throw mismatch(output, input, n, begin, numerical, analytical);
      }
    }
  }

  private boolean differ(double a, double b, double scale) {
    if (Double.isNaN(a) && Double.isNaN(b) || a == b) return false;
    return !(Math.abs(a - b) <= atol * scale + rtol * Math.abs(b));
  }

  private void compareProjection(int output, int input, int n, int begin, double[][] numerical, double[] analytical) {
    double a = 0;
    double b = 0;
    double scale = 0;
    for (int e = 0; e < numerical.length; e++) {
      for (int c = 0; c < n; c++) {
        double w = weight(e) * weight(c + 7);
        a += w * analytical[e * n + c];
        b += w * numerical[e][begin + c];
        scale += Math.abs(w);
      }
    }
    if (differ(a, b, scale)) throw mismatch(output, input, n, begin, numerical, analytical);
  }

  private static GradcheckException mismatch(int output, int input, int n, int begin, double[][] numerical,
      double[] analytical) {
    double[][] expected = new double[numerical.length][];
    double[][] found = new double[numerical.length][];
    for (int e = 0; e < numerical.length; e++) {
      expected[e] = Arrays.copyOfRange(numerical[e], begin, begin + n);
      found[e] = Arrays.copyOfRange(analytical, e * n, e * n + n);
    }
    return new GradcheckException("the Jacobian of output " + output + " with respect to input " + input + " differs"
        + System.lineSeparator() + "numerical: "
        + Arrays.deepToString(expected) + System.lineSeparator() + "analytical: " + Arrays.deepToString(found));
  }

  private static void checkZeroGradient(List<Tensor> y, List<Tensor> x) {
    for (Tensor each : y) {
      for (Tensor g : gradients(each, -1, x)) {
        if (g == null) continue;
        for (double v : g.toDoubleArray()) {
          if (v != 0 && !Double.isNaN(v)) throw new GradcheckException(
              "backward does not multiply by the incoming gradient: zeros in gave " + v + " out");
        }
      }
    }
  }

  private static void checkUndefined(Function<Tensor[], ?> function, Tensor[] inputs, List<Tensor> x) {
    List<Tensor> y = differentiable(function, inputs);
    for (Tensor only : y) {
      try {
        List<Tensor> _ = Autograd.grad(List.of(only), x, List.of(Torch.onesLike(only)), GraphOption.RETAIN_GRAPH,
            GraphOption.ALLOW_UNUSED);
      } catch (NullPointerException e) {
        GradcheckException failure = new GradcheckException("backward does not handle outputs without a gradient");
        failure.initCause(e);
        throw failure;
      }
    }
  }
}
