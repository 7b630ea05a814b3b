package dev.flambeau.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Map;

/** Layers by name that belong to a module, as in <a href="https://pytorch.org/docs/stable/generated/torch.nn.ModuleDict.html">torch.nn.ModuleDict</a>. */
public final class ModuleDict extends Module {
  /** None yet. */
  public ModuleDict() {}

  /** These layers, in the order of the map. */
  public ModuleDict(Map<String, ? extends Module> layers) { layers.forEach(this::register); }

  /** Adds a layer, or puts it in the place of that of the same name. */
  @CanIgnoreReturnValue
  public ModuleDict put(String name, Module layer) {
    register(name, layer);
    return this;
  }

  /**
   * The layer of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Module get(String name) {
    Module layer = namedChildren().get(name);
    if (layer == null) throw new IllegalArgumentException(
        "ModuleDict: there is no layer \"" + name + "\", only " + namedChildren().keySet());
    return layer;
  }

  /** Number of layers. */
  public int size() { return namedChildren().size(); }
}
