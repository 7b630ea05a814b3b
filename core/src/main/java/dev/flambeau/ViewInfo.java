package dev.flambeau;

import dev.flambeau.array.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * That a tensor is a view, and of what.
 *
 * @param base the tensor that owns the storage, itself no view
 * @param steps the views that lead from the base to it
 * @param from the base's layout at that time, which a change in place such as {@code t_} may have replaced
 * @param mark whether in-place changes of it can be tracked
 * @param ofView whether it was taken from another view
 */
record ViewInfo(Tensor base, List<View> steps, NdArray from, ViewMark mark, boolean ofView) {
  static ViewInfo of(Tensor x, View step, ViewMark mark) {
    ViewInfo parent = x.viewInfo();
    if (parent == null) return new ViewInfo(x, List.of(step), x.array(), mark, false);
    List<View> steps = new ArrayList<>(parent.steps);
    steps.add(step);
    return new ViewInfo(parent.base, List.copyOf(steps), parent.from, mark.inherit(parent.mark), true);
  }

  ViewInfo marked(ViewMark mark) { return new ViewInfo(base, steps, from, mark, ofView); }

  /** The views that lead from the base, as it lies now, to {@code view}. */
  List<View> stepsTo(Tensor view) {
    NdArray now = base.array();
    if (now.shape().equals(from.shape()) && Arrays.equals(now.strides(), from.strides())) return steps;
    NdArray seen = view.array();
    return List.of(new Slices.AsStrided(seen.shape(), Ints.of(seen.strides()), seen.offset() - now.offset(),
        Ints.of(now.strides())));
  }
}
