package dev.flambeau;

import static java.util.Objects.requireNonNull;

import dev.flambeau.array.NdArray;
import org.jspecify.annotations.Nullable;

/**
 * A tensor kept for the way back, with the version that it had.
 *
 * <p>An input is kept as the object that it is. An output is kept without its tensor, so that a later change of that tensor's history does not reach
 * back; it becomes a new tensor on the same storage, made by the same node.
 */
final class SavedTensor {
  private final @Nullable Tensor original;
  private final @Nullable MutationGuard guard;
  private @Nullable NdArray array;
  private final Version version;
  private final int expected;
  private final int outputNr;
  private final @Nullable Node madeBy;
  private final boolean leaf;
  private final @Nullable Packed packed;
  private boolean preserved;

  /** What a pack hook gave, and the hooks that gave it. */
  private record Packed(@Nullable Object value, SavedTensorHooks hooks) {}

  private SavedTensor(Tensor tensor, boolean output, @Nullable Node madeBy, int outputNr) {
    SavedTensorHooks hooks = Modes.current().savedTensorHooks;
    this.version = tensor.versionCounter();
    this.expected = version.get();
    this.outputNr = outputNr;
    this.madeBy = madeBy;
    this.leaf = !output && tensor.isLeaf();
    this.packed = hooks == null || tensor.isNumber() ? null : pack(tensor, hooks);
    this.original = output || packed != null && !leaf ? null : tensor;
    this.array = packed != null ? null : tensor.array();
    this.guard = Modes.current().mutation;
    if (guard != null && array != null) guard.watch(this, array.data());
  }

  static SavedTensor input(Tensor tensor) {
    if (tensor.inference && !Modes.current().inference) {
      throw new IllegalStateException(
          "a tensor made in inference mode cannot be saved for backward; clone it, or make it under noGrad() instead");
    }
    return new SavedTensor(tensor, false, tensor.isLeaf() ? null : tensor.gradFn(), tensor.outputNr());
  }

  static SavedTensor output(Tensor tensor, Node madeBy, int outputNr) {
    return new SavedTensor(tensor, true, madeBy, outputNr);
  }

  private static Packed pack(Tensor tensor, SavedTensorHooks hooks) {
    int before = tensor.version();
    Object value;
    try (var _ = Torch.noGrad()) {
      value = hooks.pack().apply(tensor.detach());
    }
    if (tensor.version() != before) {
      throw new IllegalStateException(
          "a pack hook changed the tensor in place that it was given to save; it must leave it as it is, and may clone it");
    }
    return new Packed(value, hooks);
  }

  /** Copies what was saved, as its storage is about to change. */
  void preserve() {
    if (array == null || preserved) return;
    array = Layout.copy(array);
    preserved = true;
  }

  /** Whether this is, or for all that is known could be, kept in {@code data}. */
  boolean mayHold(Object data) { return array == null || array.data() == data; }

  Tensor unpack(Node reader) {
    if (packed != null) return unpackThroughHook(packed);
    if (guard != null && !guard.isOpen()) {
      throw new IllegalStateException(reader.name()
          + ": its tensors were saved under allowMutationOnSavedTensors(), so backward must run before that scope is closed");
    }
    if (preserved) return preservedCopy();
    if (version.get() != expected) throw changed(reader);
    if (original == null)
      return Tensor.alias(requireNonNull(array), version, array.type().isFloating() ? madeBy : null, outputNr);
    if (!leaf && original.isLeaf()) {
      throw new IllegalStateException(reader.name()
          + " saved a tensor that was detached in place since, with detach_(); use detach() to get a new tensor instead");
    }
    return original;
  }

  private Tensor preservedCopy() {
    Node history = leaf && original != null && original.requiresGrad() ? original.gradEdge() : madeBy;
    return Tensor.alias(requireNonNull(array), new Version(), history, outputNr);
  }

  private Tensor unpackThroughHook(Packed packed) {
    Object value = packed.hooks().unpack().apply(packed.value());
    if (!(value instanceof Tensor t)) {
      throw new IllegalArgumentException(
          "an unpack hook must give a tensor, but gave " + (value == null ? "null" : value.getClass().getName()));
    }
    if (leaf && original != null && original.requiresGrad())
      return Tensor.alias(t.array(), t.versionCounter(), original.gradEdge(), 0);
    return Tensor.alias(t.array(), t.versionCounter(), madeBy, outputNr);
  }

  private IllegalStateException changed(Node reader) {
    String which = madeBy == null ? "a leaf" : "output " + outputNr + " of " + madeBy.name();
    Metadata what = new Metadata(requireNonNull(array).shape(), DType.of(array.type()));
    boolean anomaly = Modes.current().anomaly;
    return new IllegalStateException("a value that " + reader.name() + " needs was changed in place: a "
        + what.dtype().torchName() + " of shape "
        + what.shape() + ", " + which + ", is at version " + version.get() + ", but was saved at version " + expected
        + ". " + (anomaly
            ? "The forward trace above shows the operation that needed the value; it was overwritten there or later."
            : "Use an operation that is not in-place, or a clone; Autograd.detectAnomaly() shows the operation that needed the value."));
  }
}
