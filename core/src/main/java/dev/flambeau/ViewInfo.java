package dev.flambeau;

import java.util.ArrayList;
import java.util.List;

/**
 * That a tensor is a view, and of what.
 *
 * @param base the tensor that owns the storage, itself no view
 * @param steps the views that lead from the base to it
 * @param mark whether in-place changes of it can be tracked
 * @param ofView whether it was taken from another view
 */
record ViewInfo(Tensor base, List<View> steps, ViewMark mark, boolean ofView) {
  static ViewInfo of(Tensor x, View step, ViewMark mark) {
    ViewInfo parent = x.viewInfo();
    if (parent == null) return new ViewInfo(x, List.of(step), mark, false);
    List<View> steps = new ArrayList<>(parent.steps);
    steps.add(step);
    return new ViewInfo(parent.base, List.copyOf(steps), mark.inherit(parent.mark), true);
  }

  ViewInfo marked(ViewMark mark) { return new ViewInfo(base, steps, mark, ofView); }
}
