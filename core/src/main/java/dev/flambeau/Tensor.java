package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.array.Spares;
import dev.flambeau.kernel.Loops;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array that may remember how it was made, as in <a href="https://pytorch.org/docs/stable/tensors.html">torch.Tensor</a>.
 *
 * <p>Methods whose name ends in an underscore change the tensor in place and return it; all others give new tensors or views. Memory belongs to the
 * collector: there is nothing to close.
 *
 * <p>Reading from several threads is safe; changing a tensor in place while another thread uses it is not. Backward calls from several threads may share
 * leaves and retained graphs.
 */
public final class Tensor
    implements Differentiable, TensorPointwise, TensorReductions, TensorViews, TensorIndexing, TensorArranging,
    TensorLinear, TensorRandom {
  private static final System.Logger LOG = System.getLogger("dev.flambeau");

  private NdArray array;
  private Version version;
  private boolean requiresGrad;
  private boolean number;
  boolean inference;
  /** In how many places of a sweep this gradient waits (1: as a leaf's), if nobody else holds its storage; 0 if somebody may. See {@link Ownership}. */
  byte holders;
  private int outputNr;
  private int viewVersion;
  private @Nullable Node gradFn;
  private @Nullable Tensor grad;
  private @Nullable ViewInfo view;
  private @Nullable Metadata metadata;
  private volatile @Nullable AccumulateGrad accumulator;
  private @Nullable Gradient gradient;

  /** Rarely set attributes of the gradient. */
  private static final class Gradient {
    boolean retained;
    boolean anyDtype;
    @Nullable DType dtype;
  }

  private Tensor(NdArray array, Version version) {
    this.array = array;
    this.version = version;
  }

  static Tensor of(NdArray array) { return new Tensor(array, new Version()); }

  /** A tensor on storage that {@code x} owns. */
  static Tensor sharing(Tensor x, NdArray array) { return new Tensor(array, x.version); }

  /** A single number as an operand: it yields to the dtype of the tensor that it meets. */
  static Tensor number(NdArray array) {
    Tensor x = of(array);
    x.number = true;
    return x;
  }

  static Tensor alias(NdArray array, Version version, @Nullable Node gradFn, int outputNr) {
    Tensor x = new Tensor(array, version);
    x.gradFn = gradFn;
    x.outputNr = outputNr;
    return x;
  }

  @Override
  public Tensor self() { return this; }

  NdArray array() { return array; }

  Version versionCounter() { return version; }

  boolean isNumber() { return number; }

  @Nullable ViewInfo viewInfo() { return view; }

  void becomeView(ViewInfo info) {
    view = info;
    viewVersion = version.get();
  }

  /** Another view of the same elements in the place of the present one; what made it, if it is a view, is found anew when asked for. */
  void relayout(NdArray array, @Nullable ViewInfo info) {
    this.array = array;
    view = info;
    metadata = null;
  }

  Metadata metadata() {
    Metadata known = metadata;
    if (known == null) {
      known = new Metadata(array.shape(), dtype());
      metadata = known;
    }
    return known;
  }

  // ---------------------------------------------------------------- what it is

  /** Sizes of the dimensions. */
  public long[] shape() {
    long[] sizes = new long[array.rank()];
    Arrays.setAll(sizes, array.shape()::size);
    return sizes;
  }

  /** What the elements are. */
  public DType dtype() { return DType.of(array.type()); }

  /** Number of dimensions. */
  public int dim() { return array.rank(); }

  /**
   * Size of dimension {@code dim}; negative counts from the end.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public long size(int dim) {
    int d = Dims.wrap("size", dim, dim());
    if (dim() == 0)
      throw Errors.argument("size", "a tensor of a single number has no dimensions, so there is no dimension " + dim);
    return array.shape().size(d);
  }

  /** Number of elements. */
  public long numel() { return array.numel(); }

  /** Step of each dimension, in elements. */
  public long[] strides() {
    long[] strides = new long[array.rank()];
    Arrays.setAll(strides, array::stride);
    return strides;
  }

  /** Position of the first element in the storage. */
  public long storageOffset() { return array.offset(); }

  /**
   * The Java array that holds the elements, shared by all views: {@code float[] double[] long[] int[]}, or {@code byte[]} for uint8 and for bool (0 and 1).
   * Element (i, j, …) is at {@link #storageOffset()} + i·stride(0) + j·stride(1) + …. Changes of it are not noticed by backward.
   */
  public Object storage() { return array.data(); }

  /** Whether the elements lie in row-major order without gaps. */
  public boolean isContiguous() { return array.isContiguous(); }

  /** Whether the elements are real numbers. */
  public boolean isFloatingPoint() { return array.type().isFloating(); }

  /** Whether it was made in inference mode. */
  public boolean isInference() { return inference; }

  /** Whether it is a view of another tensor. */
  public boolean isView() { return view != null; }

  /** The tensor that it is a view of, or null. */
  public @Nullable Tensor base() { return view == null ? null : view.base(); }

  // ---------------------------------------------------------------- its elements

  /**
   * The only element.
   *
   * @throws IllegalArgumentException unless there is exactly one element
   */
  public double item() { return array.doubleAt(only("item")); }

  /**
   * The only element, as an integer; real numbers are truncated.
   *
   * @throws IllegalArgumentException unless there is exactly one element
   */
  public long itemLong() { return array.longAt(only("itemLong")); }

  /**
   * Whether the only element is not zero.
   *
   * @throws IllegalArgumentException unless there is exactly one element
   */
  public boolean itemBoolean() { return array.doubleAt(only("itemBoolean")) != 0; }

  private int only(String operation) {
    if (array.numel() != 1) {
      throw Errors.argument(operation, "a tensor of shape " + array.shape() + " has " + array.numel()
          + " elements, not one; select one, or reduce it first");
    }
    return array.offset();
  }

  /** A copy of the elements in row-major order. */
  public float[] toFloatArray() { return Layout.cast(array, DType.FLOAT32.element()).floats(); }

  /** A copy of the elements in row-major order. */
  public double[] toDoubleArray() { return Layout.cast(array, DType.FLOAT64.element()).doubles(); }

  /** A copy of the elements in row-major order; real numbers are truncated. */
  public long[] toLongArray() { return Layout.cast(array, DType.INT64.element()).longs(); }

  /** A copy of the elements in row-major order, true where they are not zero. */
  public boolean[] toBooleanArray() {
    byte[] truth = Layout.cast(array, DType.BOOL.element()).bytes();
    boolean[] out = new boolean[truth.length];
    for (int i = 0; i < out.length; i++) out[i] = truth[i] != 0;
    return out;
  }

  // ---------------------------------------------------------------- its history

  /** Whether gradients are computed for it: it asks for them, or was made from tensors that do. */
  public boolean requiresGrad() { return requiresGrad || gradFn != null || view != null && view.base().requiresGrad(); }

  /** Asks for gradients. */
  @CanIgnoreReturnValue
  public Tensor requiresGrad_() { return requiresGrad_(true); }

  /**
   * Asks for gradients, or no longer does.
   *
   * @throws IllegalArgumentException if the elements are not real numbers
   * @throws IllegalStateException if it is not a leaf and {@code wanted} is false
   */
  @CanIgnoreReturnValue
  public Tensor requiresGrad_(boolean wanted) {
    if (wanted && !isFloatingPoint()) {
      throw Errors.argument("requiresGrad_", "only tensors of real numbers have gradients, but this one is "
          + dtype().torchName() + "; convert it with to(DType.FLOAT32)");
    }
    if (!wanted && !isLeaf()) {
      throw new IllegalStateException("requiresGrad_: only leaves can stop requiring grad, and this tensor was made by "
          + gradFn() + "; detach() gives one outside of the graph");
    }
    if (wanted && inference && !Modes.current().inference) {
      throw new IllegalStateException(
          "requiresGrad_: a tensor made in inference mode cannot require grad outside of it; clone it first");
    }
    if (isLeaf()) requiresGrad = wanted;
    return this;
  }

  /** Whether no recorded operation made it. */
  public boolean isLeaf() { return gradFn() == null; }

  /**
   * The node that made it, or null for a leaf.
   *
   * @throws IllegalStateException if it is a view whose history cannot be told because its base was changed in place
   */
  public @Nullable Node gradFn() {
    ViewInfo info = view;
    if (info == null) return gradFn;
    synchronized (this) {
      if (gradFn == null && !info.base().requiresGrad()) return null;
      int now = version.get();
      if (now != viewVersion) setHistory(History.regenerate(this, info), 0);
      return gradFn;
    }
  }

  /** The node last known to have made it, without looking at the base. */
  @Nullable Node cachedGradFn() { return gradFn; }

  /** Which output of {@link #cachedGradFn} it is. */
  int cachedOutputNr() { return outputNr; }

  /** Which output of {@link #gradFn} it is. */
  public int outputNr() {
    Node current = gradFn();
    return current == null ? 0 : outputNr;
  }

  void setHistory(Node node, int slot) {
    Node before = gradFn;
    if (gradient != null && gradient.retained && before != null) {
      before.retain(outputNr, null);
      node.retain(slot, this);
    }
    gradFn = node;
    outputNr = slot;
    viewVersion = version.get();
  }

  /**
   * The node that takes its gradient: what made it, or its accumulator if it is a leaf. Null if nothing does, as for a view of a leaf made in no-grad mode,
   * which only says that it requires grad.
   */
  @Nullable Node gradEdge() {
    Node made = gradFn();
    return made != null ? made : requiresGrad ? accumulator() : null;
  }

  private AccumulateGrad accumulator() {
    AccumulateGrad mine = accumulator;
    if (mine != null) return mine;
    synchronized (this) {
      if (accumulator == null) accumulator = new AccumulateGrad(this);
      return accumulator;
    }
  }

  /** How often its storage was changed in place. Shared by all views; a tensor made in inference mode has none. */
  public int version() {
    if (inference)
      throw new IllegalStateException("version: a tensor made in inference mode does not count its changes");
    return version.get();
  }

  /** The gradient accumulated so far, or null. */
  public @Nullable Tensor grad() {
    if (grad == null && gradFn != null && (gradient == null || !gradient.retained)) {
      LOG.log(System.Logger.Level.WARNING,
          "the grad of a tensor that is not a leaf was read; it stays null unless retainGrad() was called before backward");
    }
    if (grad != null) grad.holders = 0;
    return grad;
  }

  /**
   * Shows the accumulated gradient to {@code reader}, if there is one, for the time of the call: a clone must be made of what shall outlive it. Once {@link
   * #grad(Tensor) grad(null)} clears a gradient that was only lent, and never given out by {@link #grad()}, the next backward pass writes into its memory.
   */
  public void lendGrad(Consumer<Tensor> reader) { if (grad != null) reader.accept(grad); }

  /**
   * Replaces the accumulated gradient; null clears it.
   *
   * @throws IllegalArgumentException if it is this tensor itself, or of another shape or dtype
   */
  public void grad(@Nullable Tensor grad) {
    if (grad != null) {
      if (grad == this) throw Errors.argument("grad", "a tensor cannot be its own gradient; use a clone");
      if (!grad.array.shape().equals(array.shape())) {
        throw Errors.argument("grad", "the gradient has shape " + grad.array.shape() + ", but the tensor has shape "
            + array.shape() + "; they must be equal");
      }
      if (grad.dtype() != gradientDtype() && (gradient == null || !gradient.anyDtype)) {
        throw Errors.argument("grad", "the gradient is " + grad.dtype().torchName() + ", but must be "
            + gradientDtype().torchName() + "; convert it with to(…)");
      }
    }
    if (grad == null && this.grad != null && this.grad.holders == 1) Spares.leave(this.grad.array);
    this.grad = grad;
  }

  /**
   * The dtype that gradients are cast to, or null if any is accepted; leaves only.
   *
   * @throws IllegalStateException if it is not a leaf
   */
  public @Nullable DType gradDtype() {
    requireLeaf("gradDtype");
    return gradient != null && gradient.anyDtype ? null : gradientDtype();
  }

  /**
   * Sets the dtype that gradients are cast to; null accepts any.
   *
   * @throws IllegalStateException if it is not a leaf, or has a gradient of another dtype
   */
  public void gradDtype(@Nullable DType dtype) {
    requireLeaf("gradDtype");
    if (grad != null && dtype != null && grad.dtype() != dtype) {
      throw new IllegalStateException("gradDtype: there is already a gradient of " + grad.dtype().torchName()
          + "; clear it with grad(null) before it can become " + dtype.torchName());
    }
    Gradient mine = gradient();
    mine.dtype = dtype;
    mine.anyDtype = dtype == null;
  }

  private void requireLeaf(String operation) {
    if (!isLeaf())
      throw new IllegalStateException(operation + ": only leaves have one, and this tensor was made by " + gradFn());
  }

  DType gradientDtype() { return gradient != null && gradient.dtype != null ? gradient.dtype : dtype(); }

  boolean acceptsAnyGradient() { return gradient != null && gradient.anyDtype; }

  private Gradient gradient() {
    if (gradient == null) gradient = new Gradient();
    return gradient;
  }

  @Nullable Tensor gradOrNull() { return grad; }

  void putGrad(Tensor grad) { this.grad = grad; }

  /** This gradient as a tensor of its own, with nothing left of the sweep. */
  Tensor owned() { return Tensor.of(array); }

  /** this += g on the elements, unrecorded; g has this shape. */
  void accumulate(Tensor g) {
    Loops.map(PointwiseKernel.of(Arithmetic.ADD, 2).formula(), array.type(), array, array, g.array);
    version.increment();
  }

  /** A copy of the elements that came about as this tensor did: what an operation in place saves of its own input. */
  Tensor copyWithHistory() {
    Node made = gradFn();
    Tensor copy = alias(Layout.copy(array), new Version(), made, outputNr);
    copy.number = number;
    return copy;
  }

  /**
   * Keeps the gradient of a tensor that is not a leaf in {@link #grad}, for the newest of its versions.
   *
   * @throws IllegalStateException if it does not require grad
   */
  public void retainGrad() {
    if (!requiresGrad()) throw new IllegalStateException(
        "retainGrad: the tensor does not require grad, so it will have no gradient; call requiresGrad_() first");
    Node made = gradFn();
    if (made == null || gradient().retained) return;
    gradient().retained = true;
    made.retain(outputNr, this);
  }

  /** Whether the gradient of this tensor, which is not a leaf, is kept. */
  public boolean retainsGrad() { return gradient != null && gradient.retained && !isLeaf(); }

  /** The same elements outside of the graph. Storage and version are shared, so a change in place is noticed by backward. */
  public Tensor detach() {
    Tensor x = new Tensor(array, version);
    x.inference = inference;
    return x;
  }

  /**
   * Takes this tensor out of the graph.
   *
   * @throws IllegalStateException if it is a view
   */
  @CanIgnoreReturnValue
  public Tensor detach_() {
    if (view != null) throw new IllegalStateException(
        "detach_: a view cannot be detached in place, as its base would still have a history; use detach()");
    gradFn = null;
    outputNr = 0;
    requiresGrad = false;
    return this;
  }

  /** The same elements for changes that the graph is not to notice: storage is shared, the version is not. */
  public Tensor data() { return Tensor.of(array); }

  /**
   * Gives this tensor the elements of {@code source}, whose storage is then shared. The version stays.
   *
   * @throws IllegalArgumentException if this tensor requires grad and {@code source} is not of real numbers
   */
  public void data(Tensor source) {
    if (requiresGrad() && !source.isFloatingPoint()) {
      throw Errors.argument("data",
          "a tensor that requires grad must hold real numbers, but the new data is " + source.dtype().torchName());
    }
    array = source.array;
    metadata = null;
  }

  /** Computes the gradients of this single number with respect to the leaves that it was made from, and adds them to their {@link #grad}. */
  public void backward(GraphOption... options) { Autograd.backward(this, null, options); }

  /**
   * Computes the vector-Jacobian product with {@code gradient} and adds it to the leaves' {@link #grad}.
   *
   * @param gradient the weight of each element, of this shape
   * @throws IllegalArgumentException if the shapes differ
   * @throws IllegalStateException if this tensor does not require grad, or the graph was freed
   */
  public void backward(Tensor gradient, GraphOption... options) { Autograd.backward(this, gradient, options); }

  /**
   * Calls {@code hook} with this tensor's gradient whenever it is computed; the hook may give another gradient instead, or null to leave it. Where backward
   * passes but brings no gradient, as for an unused part of a split tensor, the hook gets null. Bound to the tensor as it is now: after a change in place it
   * still sees the gradient of the old value.
   *
   * @throws IllegalStateException if the tensor does not require grad
   */
  @CanIgnoreReturnValue
  public HookHandle registerHook(UnaryOperator<@Nullable Tensor> hook) {
    if (!requiresGrad()) throw new IllegalStateException(
        "registerHook: the tensor does not require grad, so its hooks would never be called; call requiresGrad_() first");
    return Autograd.gradientEdge(this).node().addTensorHook(outputNr(), hook);
  }

  /**
   * Calls {@code hook} with this leaf each time that its gradient was accumulated.
   *
   * @throws IllegalStateException if it is not a leaf, or does not require grad
   */
  @CanIgnoreReturnValue
  public HookHandle registerPostAccumulateGradHook(Consumer<Tensor> hook) {
    requireLeaf("registerPostAccumulateGradHook");
    if (!requiresGrad()) throw new IllegalStateException(
        "registerPostAccumulateGradHook: the tensor does not require grad; call requiresGrad_() first");
    return accumulator().addPostHook(hook);
  }

  /** A new tensor with the same elements in storage of its own: y = x;  dx = g. */
  @Override
  public Tensor clone() { return Op.apply(Copies.CLONE, this); }

  /** As PyTorch prints it. */
  @Override
  public String toString() { return Printing.format(this); }
}
