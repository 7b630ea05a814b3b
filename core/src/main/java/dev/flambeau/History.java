package dev.flambeau;

/** The rules of in-place changes: who may be changed, and whose history is rewritten. */
final class History {
  private History() {}

  static void checkInPlace(String operation, Tensor self, boolean records) {
    if (!records) return;
    ViewInfo info = self.viewInfo();
    if (info != null) {
      if (info.mark() != ViewMark.DEFAULT) throw untracked(operation, self, info, false);
      if (self.requiresGrad() && info.base().isLeaf()) {
        throw new IllegalStateException(operation
            + ": a view of a leaf that requires grad cannot be changed in place; do it inside noGrad(), or on a clone");
      }
    }
    if (self.requiresGrad() && self.isLeaf()) {
      throw new IllegalStateException(
          operation + ": a leaf that requires grad cannot be changed in place; do it inside noGrad(), or on a clone");
    }
  }

  /** Makes {@code node} the newest history of {@code self}, and of its base if it is a view. */
  static void rebase(Tensor self, Node node) {
    ViewInfo info = self.viewInfo();
    if (info == null) {
      self.setHistory(node, 0);
      return;
    }
    Tensor base = info.base();
    base.setHistory(new CopySlices(base, info.stepsTo(self), node), 0);
  }

  static IllegalStateException untracked(String operation, Tensor self, ViewInfo info, boolean indirect) {
    Node node = self.cachedGradFn();
    String which = node != null ? "output " + self.cachedOutputNr() + " of " + node.name() : switch (info.mark()) {
      case NO_GRAD_MODE -> "a view made in no-grad mode";
      case INFERENCE_MODE -> "a view made in inference mode";
      default -> "a view";
    };
    String reason = switch (info.mark()) {
      case MULTI_OUTPUT_NODE ->
          "it is one of several views that a function returned, which cannot be changed in place; use an operation that is not in-place";
      case NO_GRAD_MODE, INFERENCE_MODE ->
          "it is unclear whether the change is to be tracked; put both the view and the change inside the scope (untracked), "
              + "or both outside (tracked)";
      case IN_CUSTOM_FUNCTION ->
          "the view would override the custom function's backward; clone the function's output first";
      case DEFAULT -> throw new AssertionError("default views are tracked");
    };
    return new IllegalStateException(operation + ": " + which + (info.ofView() ? ", a view of a view," : "") + " "
        + (indirect ? "belongs to a base that, itself or through another view, was changed in place"
            : "is being changed in place")
        + ", but " + reason);
  }

  /** The history of a view whose storage was changed since it was made: its steps, replayed on its base's newest history. */
  static OpNode regenerate(Tensor self, ViewInfo info) {
    if (info.mark() != ViewMark.DEFAULT) throw untracked("gradFn", self, info, true);
    Modes modes = Modes.current();
    return new OpNode(new ViewChain(info.stepsTo(self)), new Tensor[] {info.base()}, new Metadata[] {self.metadata()},
        modes);
  }
}
