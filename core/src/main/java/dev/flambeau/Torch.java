package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.PrintOptions;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Generator;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Factories and free functions, for static import, as in <a href="https://pytorch.org/docs/stable/torch.html">torch</a>. */
public final class Torch {
  private static final Generator GENERATOR = new Generator();
  private static volatile DType defaultDtype = DType.FLOAT32;

  private Torch() {}

  // ---------------------------------------------------------------- tensors from values

  /** A single number of the default dtype. */
  public static Tensor tensor(double value) { return full(value); }

  /** A single integer, int64. */
  public static Tensor tensor(long value) { return fromArray(new long[] {value}).view(); }

  /** A single integer, int64. */
  public static Tensor tensor(int value) { return tensor((long) value); }

  /** A single truth value. */
  public static Tensor tensor(boolean value) { return fromArray(new boolean[] {value}).view(); }

  /** A vector of the default dtype. */
  public static Tensor tensor(double... values) { return Nested.real(values); }

  /** A vector of the default dtype. */
  public static Tensor tensor(float... values) { return Nested.real(values); }

  /** A vector of int64. */
  public static Tensor tensor(long... values) { return Nested.of(values, DType.INT64); }

  /** A vector of int64. */
  public static Tensor tensor(int... values) { return Nested.of(values, DType.INT64); }

  /** A vector of truth values. */
  public static Tensor tensor(boolean... values) { return Nested.of(values, DType.BOOL); }

  /**
   * A matrix of the default dtype.
   *
   * @throws IllegalArgumentException if rows are of different lengths
   */
  public static Tensor tensor(double[][] values) { return Nested.real(values); }

  /** As {@link #tensor(double[][])}, with a dimension more. */
  public static Tensor tensor(double[][][] values) { return Nested.real(values); }

  /** As {@link #tensor(double[][])}, with two dimensions more. */
  public static Tensor tensor(double[][][][] values) { return Nested.real(values); }

  /** As {@link #tensor(double[][])}. */
  public static Tensor tensor(float[][] values) { return Nested.real(values); }

  /** As {@link #tensor(double[][])}, of int64. */
  public static Tensor tensor(long[][] values) { return Nested.of(values, DType.INT64); }

  /** As {@link #tensor(double[][])}, of int64, with a dimension more. */
  public static Tensor tensor(long[][][] values) { return Nested.of(values, DType.INT64); }

  /** As {@link #tensor(double[][])}, of int64. */
  public static Tensor tensor(int[][] values) { return Nested.of(values, DType.INT64); }

  /** As {@link #tensor(double[][])}, of int64, with a dimension more. */
  public static Tensor tensor(int[][][] values) { return Nested.of(values, DType.INT64); }

  /** As {@link #tensor(double[][])}, of truth values. */
  public static Tensor tensor(boolean[][] values) { return Nested.of(values, DType.BOOL); }

  /**
   * The array itself as a float32 tensor, not copied: changes of one show in the other. Without a shape, a vector.
   *
   * @throws IllegalArgumentException if the shape has another number of elements
   */
  public static Tensor fromArray(float[] array, long... shape) {
    return wrap(array, array.length, ElementType.FLOAT32, shape);
  }

  /** As {@link #fromArray(float[], long...)}, float64. */
  public static Tensor fromArray(double[] array, long... shape) {
    return wrap(array, array.length, ElementType.FLOAT64, shape);
  }

  /** As {@link #fromArray(float[], long...)}, int64. */
  public static Tensor fromArray(long[] array, long... shape) {
    return wrap(array, array.length, ElementType.INT64, shape);
  }

  /** As {@link #fromArray(float[], long...)}, int32. */
  public static Tensor fromArray(int[] array, long... shape) {
    return wrap(array, array.length, ElementType.INT32, shape);
  }

  /** As {@link #fromArray(float[], long...)}, uint8. */
  public static Tensor fromArray(byte[] array, long... shape) {
    return wrap(array, array.length, ElementType.UINT8, shape);
  }

  /** Truth values; copied, as Java keeps them in another form. */
  public static Tensor fromArray(boolean[] array, long... shape) {
    byte[] truth = new byte[array.length];
    for (int i = 0; i < truth.length; i++) truth[i] = (byte) (array[i] ? 1 : 0);
    return wrap(truth, truth.length, ElementType.BOOL, shape);
  }

  private static Tensor wrap(Object array, int length, ElementType type, long... shape) {
    return made(NdArray.of(array, type, shape.length == 0 ? Shape.of(length) : Shape.of(shape)));
  }

  /** A new tensor, which belongs to inference mode if that is on. */
  static Tensor made(NdArray array) {
    Tensor x = Tensor.of(array);
    x.inference = Modes.current().inference;
    return x;
  }

  // ---------------------------------------------------------------- tensors of one value

  /** Zeros of the default dtype. */
  public static Tensor zeros(long... shape) { return zeros(defaultDtype, shape); }

  /** Zeros. */
  public static Tensor zeros(DType dtype, long... shape) { return zeros(dtype, Shape.of(shape)); }

  static Tensor zeros(DType dtype, Shape shape) { return made(NdArray.allocate(dtype.element(), shape)); }

  /** Ones of the default dtype. */
  public static Tensor ones(long... shape) { return ones(defaultDtype, shape); }

  /** Ones. */
  public static Tensor ones(DType dtype, long... shape) { return ones(dtype, Shape.of(shape)); }

  static Tensor ones(DType dtype, Shape shape) { return filled(dtype, shape, 1); }

  /** As {@link #zeros(long...)}: memory that was never written does not exist here. */
  public static Tensor empty(long... shape) { return zeros(shape); }

  /** As {@link #zeros(DType, long...)}. */
  public static Tensor empty(DType dtype, long... shape) { return zeros(dtype, shape); }

  /** {@code value} everywhere, of the default dtype. */
  public static Tensor full(double value, long... shape) { return full(defaultDtype, value, shape); }

  /** {@code value} everywhere, int64. */
  public static Tensor full(long value, long... shape) {
    NdArray array = NdArray.allocate(ElementType.INT64, Shape.of(shape));
    Arrays.fill(array.longs(), value);
    return made(array);
  }

  /** {@code value} everywhere, int64. */
  public static Tensor full(int value, long... shape) { return full((long) value, shape); }

  /** {@code value} everywhere. */
  public static Tensor full(DType dtype, double value, long... shape) { return filled(dtype, Shape.of(shape), value); }

  private static Tensor filled(DType dtype, Shape shape, double value) {
    NdArray array = NdArray.allocate(dtype.element(), shape);
    Loops.fill(array, value);
    return made(array);
  }

  /** Zeros of the shape and dtype of {@code x}. */
  public static Tensor zerosLike(Tensor x) { return zeros(x.dtype(), x.array().shape()); }

  /** Ones of the shape and dtype of {@code x}. */
  public static Tensor onesLike(Tensor x) { return ones(x.dtype(), x.array().shape()); }

  /** {@code value} everywhere, in the shape and dtype of {@code x}. */
  public static Tensor fullLike(Tensor x, double value) { return filled(x.dtype(), x.array().shape(), value); }

  /** As {@link #zerosLike}. */
  public static Tensor emptyLike(Tensor x) { return zerosLike(x); }

  // ---------------------------------------------------------------- tensors of a rule

  /** The n × n matrix with ones on its diagonal. */
  public static Tensor eye(long n) { return eye(n, n); }

  /** The n × m matrix with ones on its diagonal. */
  public static Tensor eye(long n, long m) {
    NdArray array = NdArray.allocate(defaultDtype.element(), Shape.of(n, m));
    int steps = (int) Math.min(n, m);
    if (steps > 0) Loops.fill(array.view(Shape.of(steps), new int[] {(int) m + 1}, 0), 1);
    return made(array);
  }

  /** 0, 1, … below {@code end}, int64. */
  public static Tensor arange(long end) { return arange(0L, end, 1L); }

  /** {@code start}, {@code start + 1}, … below {@code end}, int64. */
  public static Tensor arange(long start, long end) { return arange(start, end, 1L); }

  /**
   * {@code start}, {@code start + step}, … before {@code end}, int64.
   *
   * @throws IllegalArgumentException if the step is 0 or leads away from the end
   */
  public static Tensor arange(long start, long end, long step) {
    checkStep((double) start, (double) end, (double) step);
    long count = Math.ceilDiv(Math.subtractExact(end, start), step);
    NdArray array = NdArray.allocate(ElementType.INT64, Shape.of(count));
    long[] values = array.longs();
    for (int i = 0; i < values.length; i++) values[i] = start + i * step;
    return made(array);
  }

  /** 0, 1, … below {@code end}, of the default dtype. */
  public static Tensor arange(double end) { return arange(0, end, 1); }

  /** {@code start}, {@code start + 1}, … below {@code end}, of the default dtype. */
  public static Tensor arange(double start, double end) { return arange(start, end, 1); }

  /**
   * {@code start}, {@code start + step}, … before {@code end}, of the default dtype.
   *
   * @throws IllegalArgumentException if the step is 0 or leads away from the end, or a number is not finite
   */
  public static Tensor arange(double start, double end, double step) {
    checkStep(start, end, step);
    double count = Math.ceil((end - start) / step);
    NdArray array =
        NdArray.allocate(defaultDtype.element(), Shape.of(count > Long.MAX_VALUE ? Long.MAX_VALUE : (long) count));
    return made(sequence(array, i -> start + i * step));
  }

  private static void checkStep(double start, double end, double step) {
    if (!Double.isFinite(start) || !Double.isFinite(end) || !Double.isFinite(step)) {
      throw Errors.argument("arange",
          "start, end and step must be finite, but are " + start + ", " + end + " and " + step);
    }
    if (step == 0) throw Errors.argument("arange", "the step must not be 0");
    if ((end - start) / step < 0) throw Errors.argument("arange",
        "a step of " + step + " does not lead from " + start + " to " + end + "; change its sign");
  }

  /** {@code steps} numbers from {@code start} to {@code end}, both included, evenly spaced. */
  public static Tensor linspace(double start, double end, long steps) {
    NdArray array = NdArray.allocate(defaultDtype.element(), Shape.of(steps));
    double step = steps > 1 ? (end - start) / (steps - 1) : 0;
    long half = steps / 2;
    if (array.type() == ElementType.FLOAT32) {
      float fine = steps > 1 ? ((float) end - (float) start) / (float) (steps - 1) : 0;
      return made(sequence(array, i -> i < half ? Math.fma(fine, (float) i, (float) start)
          : Math.fma(-fine, (float) (steps - 1 - i), (float) end)));
    }
    return made(sequence(array, i -> i < half ? start + step * i : end - step * (double) (steps - 1 - i)));
  }

  /** {@code base} to the power of each of {@link #linspace}, for base 10. */
  public static Tensor logspace(double start, double end, long steps) {
    double step = steps > 1 ? (end - start) / (steps - 1) : 0;
    return made(
        sequence(NdArray.allocate(defaultDtype.element(), Shape.of(steps)), i -> Math.pow(10, start + step * i)));
  }

  private static NdArray sequence(NdArray array, IntToDoubleFunction rule) {
    if (array.type() == ElementType.FLOAT32) {
      float[] values = array.floats();
      for (int i = 0; i < values.length; i++) values[i] = (float) rule.applyAsDouble(i);
    } else {
      Arrays.setAll(array.doubles(), rule);
    }
    return array;
  }

  // ---------------------------------------------------------------- random tensors

  /** Starts the random numbers anew: the same seed gives the same numbers, and PyTorch's. */
  @CanIgnoreReturnValue
  public static Generator manualSeed(long seed) { return generator().manualSeed(seed); }

  /** The seed that was set last. */
  public static long initialSeed() { return generator().initialSeed(); }

  /** The state of the random numbers, in PyTorch's format. */
  public static byte[] getRngState() { return generator().getState(); }

  /** Puts back a state of the random numbers. */
  public static void setRngState(byte[] state) { generator().setState(state); }

  /**
   * Random numbers of this thread come from a generator of their own, started from {@code seed}, until the scope is
   * closed; the other threads', and this one's thereafter, are not touched.
   */
  public static Scope forkRng(long seed) {
    Modes modes = Modes.current();
    Generator before = modes.generator;
    modes.generator = new Generator().manualSeed(seed);
    return () -> modes.generator = before;
  }

  static Generator generator() {
    Generator own = Modes.current().generator;
    return own != null ? own : GENERATOR;
  }

  /** Uniform numbers of [0, 1), of the default dtype. */
  public static Tensor rand(long... shape) { return rand(defaultDtype, shape); }

  /** Uniform numbers of [0, 1). */
  public static Tensor rand(DType dtype, long... shape) {
    NdArray array = NdArray.allocate(real("rand", dtype), Shape.of(shape));
    generator().uniform(array, 0, 1);
    return made(array);
  }

  /** Normal numbers of mean 0 and variance 1, of the default dtype. */
  public static Tensor randn(long... shape) { return randn(defaultDtype, shape); }

  /** Normal numbers of mean 0 and variance 1. */
  public static Tensor randn(DType dtype, long... shape) {
    NdArray array = NdArray.allocate(real("randn", dtype), Shape.of(shape));
    generator().normal(array, 0, 1);
    return made(array);
  }

  private static ElementType real(String operation, DType dtype) {
    if (!dtype.isFloatingPoint()) throw Errors.argument(operation,
        "the numbers are real, so the dtype must be float32 or float64, not " + dtype.torchName());
    return dtype.element();
  }

  /** Uniform numbers of [0, 1) in the shape and dtype of {@code x}. */
  public static Tensor randLike(Tensor x) { return rand(x.dtype(), x.shape()); }

  /** Normal numbers in the shape and dtype of {@code x}. */
  public static Tensor randnLike(Tensor x) { return randn(x.dtype(), x.shape()); }

  /** Normal numbers of the default dtype. */
  public static Tensor normal(double mean, double std, long... shape) {
    if (!(std >= 0)) throw Errors.argument("normal", "the standard deviation must be at least 0, but is " + std);
    NdArray array = NdArray.allocate(defaultDtype.element(), Shape.of(shape));
    generator().normal(array, mean, std);
    return made(array);
  }

  /**
   * Integers of {@code low} … {@code high} − 1, int64.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Tensor randint(long low, long high, long... shape) {
    if (low >= high)
      throw Errors.argument("randint", "there is no integer from " + low + " up to, and without, " + high);
    NdArray array = NdArray.allocate(ElementType.INT64, Shape.of(shape));
    generator().randint(array, low, high);
    return made(array);
  }

  /** The integers 0 … {@code n} − 1 in random order, int64. */
  public static Tensor randperm(long n) {
    NdArray array = NdArray.allocate(ElementType.INT64, Shape.of(n));
    generator().randperm(array);
    return made(array);
  }

  /** 1 with the probability that {@code p} has at each place, else 0; of the shape and dtype of {@code p}. */
  public static Tensor bernoulli(Tensor p) {
    NdArray array = NdArray.allocate(real("bernoulli", p.dtype()), p.array().shape());
    generator().bernoulli(array, Layout.contiguous(p.array()));
    return made(array);
  }

  // ---------------------------------------------------------------- functions of several tensors

  /** Joins tensors along their first dimension. */
  public static Tensor cat(Tensor... tensors) { return cat(List.of(tensors), 0); }

  /** Joins tensors along {@code dim}; their other sizes are equal. */
  public static Tensor cat(List<Tensor> tensors, int dim) { return Joins.cat(tensors, dim); }

  /** Joins tensors of one shape along a new first dimension. */
  public static Tensor stack(Tensor... tensors) { return stack(List.of(tensors), 0); }

  /** Joins tensors of one shape along a new dimension {@code dim}. */
  public static Tensor stack(List<Tensor> tensors, int dim) { return Joins.stack(tensors, dim); }

  /** Joins tensors along their second dimension; vectors end to end. */
  public static Tensor hstack(Tensor... tensors) { return Joins.hstack(List.of(tensors)); }

  /** Joins tensors along their first dimension; vectors are rows. */
  public static Tensor vstack(Tensor... tensors) { return Joins.vstack(List.of(tensors)); }

  /** Joins tensors along their third dimension; vectors are (1, n, 1), matrices (m, n, 1). */
  public static Tensor dstack(Tensor... tensors) { return Joins.dstack(List.of(tensors)); }

  /** Joins tensors along their second dimension; vectors are columns. */
  public static Tensor columnStack(Tensor... tensors) { return Joins.columnStack(List.of(tensors)); }

  /** The matrices along the diagonal of a greater one, zeros elsewhere; vectors are rows. */
  public static Tensor blockDiag(Tensor... tensors) { return Joins.blockDiag(List.of(tensors)); }

  /** The coordinates of the grid that n vectors span: n tensors of n dimensions, the i-th varying along dimension i. */
  public static Tensor[] meshgrid(Tensor... tensors) { return meshgrid("ij", tensors); }

  /** As {@link #meshgrid(Tensor...)}; with {@code indexing} "xy" instead of "ij" the first two dimensions are the other way round. */
  public static Tensor[] meshgrid(String indexing, Tensor... tensors) {
    return Joins.meshgrid(indexing, List.of(tensors));
  }

  /** All combinations of an element of each vector, as rows. */
  public static Tensor cartesianProd(Tensor... tensors) { return Joins.cartesianProd(List.of(tensors)); }

  /** Elements of {@code x} where {@code condition} is true, else of {@code y}. */
  public static Tensor where(Tensor condition, Tensor x, Tensor y) { return x.where(condition, y); }

  /** Elements of {@code x} where {@code condition} is true, else {@code y}. */
  public static Tensor where(Tensor condition, Tensor x, double y) { return x.where(condition, Numbers.beside(x, y)); }

  /** {@code x} where {@code condition} is true, else elements of {@code y}. */
  public static Tensor where(Tensor condition, double x, Tensor y) { return Numbers.beside(y, x).where(condition, y); }

  /** The indices of the true elements of {@code condition}: a vector for each dimension. */
  public static Tensor[] where(Tensor condition) { return condition.nonzero().unbind(1); }

  /** Sums of products in Einstein's notation, as in {@code "bij,bjk->bik"}. */
  public static Tensor einsum(String equation, Tensor... operands) { return Einsum.einsum(equation, operands); }

  /** y = a @ b; see {@link Tensor#matmul}. */
  public static Tensor matmul(Tensor a, Tensor b) { return a.matmul(b); }

  /** y = base ^ exponent;  dexponent = g · y · log(base). */
  public static Tensor pow(double base, Tensor exponent) { return exponent.rpow(base); }

  // ---------------------------------------------------------------- grad modes

  /** Whether operations are recorded on this thread. */
  public static boolean isGradEnabled() { return Modes.current().grad; }

  /** Switches recording off on this thread, until the scope is closed. */
  public static Scope noGrad() { return setGradEnabled(false); }

  /** Runs {@code block} without recording. */
  public static void noGrad(Runnable block) {
    try (var _ = noGrad()) {
      block.run();
    }
  }

  /** What {@code block} gives, without recording. */
  public static <T extends @Nullable Object> T noGrad(Supplier<T> block) {
    try (var _ = noGrad()) {
      return block.get();
    }
  }

  /** Switches recording on on this thread, until the scope is closed. */
  public static Scope enableGrad() { return setGradEnabled(true); }

  /** What {@code block} gives, with recording. */
  public static <T extends @Nullable Object> T enableGrad(Supplier<T> block) {
    try (var _ = enableGrad()) {
      return block.get();
    }
  }

  /** Switches recording on or off on this thread: at once, and back again if the scope is closed. */
  @CanIgnoreReturnValue
  public static Scope setGradEnabled(boolean on) {
    Modes modes = Modes.current();
    boolean before = modes.grad;
    modes.grad = on && !modes.inference;
    return () -> modes.grad = before;
  }

  /** Switches inference mode on on this thread, until the scope is closed: nothing is recorded, tensors made inside never can be. */
  public static Scope inferenceMode() { return inferenceMode(true); }

  /** Switches inference mode on or off on this thread, until the scope is closed. */
  public static Scope inferenceMode(boolean on) {
    Modes modes = Modes.current();
    boolean grad = modes.grad;
    boolean inference = modes.inference;
    modes.inference = on;
    modes.grad = !on;
    return () -> {
      modes.grad = grad;
      modes.inference = inference;
    };
  }

  /** What {@code block} gives in inference mode. */
  public static <T extends @Nullable Object> T inferenceMode(Supplier<T> block) {
    try (var _ = inferenceMode()) {
      return block.get();
    }
  }

  /** Whether inference mode is on on this thread. */
  public static boolean isInferenceModeEnabled() { return Modes.current().inference; }

  /** Calls {@code hook} with each node that is recorded on this thread, until the scope is closed. */
  public static Scope nodeCreationHook(Consumer<Node> hook) {
    List<Consumer<Node>> hooks = Modes.current().nodeCreationHooks;
    hooks.add(hook);
    return () -> hooks.remove(hook);
  }

  // ---------------------------------------------------------------- settings

  /** The dtype of real numbers where none is asked for. */
  public static DType getDefaultDtype() { return defaultDtype; }

  /**
   * Sets the dtype of real numbers where none is asked for, for all threads.
   *
   * @throws IllegalArgumentException if it is not of real numbers
   */
  public static void setDefaultDtype(DType dtype) {
    if (!dtype.isFloatingPoint()) throw Errors.argument("setDefaultDtype",
        "the default dtype must be float32 or float64, not " + dtype.torchName());
    defaultDtype = dtype;
  }

  /** How many threads a single operation may use. Results do not depend on it. */
  public static int getNumThreads() { return Parallel.threads(); }

  /** Sets how many threads a single operation may use. */
  public static void setNumThreads(int threads) { Parallel.setThreads(threads); }

  /** Sets how tensors are printed, for all threads. */
  public static void setPrintOptions(PrintOptions options) { Printing.options = options; }

  /** Prints {@code value} and a line end to standard output; for scripts and jshell. */
  public static void print(@Nullable Object value) { System.out.println(value); }

  /** Prints values with blanks between them, and a line end, to standard output. */
  public static void print(@Nullable Object first, @Nullable Object... more) {
    StringBuilder line = new StringBuilder(String.valueOf(first));
    for (Object each : more) line.append(' ').append(each);
    System.out.println(line);
  }
}
