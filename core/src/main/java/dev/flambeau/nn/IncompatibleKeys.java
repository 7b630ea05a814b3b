package dev.flambeau.nn;

import java.util.List;

/**
 * What a {@link Module} and a state dict did not have in common.
 *
 * @param missing keys of the module that the state dict lacks
 * @param unexpected keys of the state dict that the module lacks
 */
public record IncompatibleKeys(List<String> missing, List<String> unexpected) {
  /** Copies the lists. */
  public IncompatibleKeys {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
  }

  /** Whether they had all in common. */
  public boolean isEmpty() { return missing.isEmpty() && unexpected.isEmpty(); }

  @Override
  public String toString() {
    if (isEmpty()) return "<All keys matched successfully>";
    return "missing keys " + missing + ", unexpected keys " + unexpected;
  }
}
