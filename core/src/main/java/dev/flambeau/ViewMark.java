package dev.flambeau;

/** How a view came to be, as far as it decides whether changing the view in place can be tracked. */
enum ViewMark {
  /** By a view operation in grad mode: changes are tracked. */
  DEFAULT,
  /** Returned by a custom function. */
  IN_CUSTOM_FUNCTION,
  /** One of several views that share a node. */
  MULTI_OUTPUT_NODE,
  /** In no-grad mode. */
  NO_GRAD_MODE,
  /** In inference mode. */
  INFERENCE_MODE;

  static ViewMark now(Modes modes) { return modes.inference ? INFERENCE_MODE : modes.grad ? DEFAULT : NO_GRAD_MODE; }

  /** The mark of a view made with this mark from a view that has {@code other}. */
  ViewMark inherit(ViewMark other) {
    if (this == INFERENCE_MODE || other == INFERENCE_MODE) return INFERENCE_MODE;
    return other != DEFAULT ? other : this;
  }
}
