package dev.flambeau.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers one after the other, as in <a href="https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html">torch.nn.Sequential</a>. */
public class Sequential extends Module implements Iterable<Module> {
  private final transient Map<String, Module> layers = new LinkedHashMap<>();

  /** Layers named by their number. */
  public Sequential(Module... layers) {
    for (Module layer : layers) append(layer);
  }

  /** Layers with names of their own, in the order of the map. */
  public Sequential(Map<String, ? extends Module> layers) {
    layers.forEach(this::register);
  }

  /** Adds a layer with a name of its own at the end, or in the place of the one so named. */
  @Override
  @CanIgnoreReturnValue
  public final <M extends Module> M register(String name, M layer) {
    super.register(name, layer);
    layers.put(name, layer);
    return layer;
  }

  /** Adds a layer, named by its number, at the end. */
  @CanIgnoreReturnValue
  public final Sequential append(Module layer) {
    register(Integer.toString(size()), layer);
    return this;
  }

  /** Number of layers. */
  public final int size() { return layers.size(); }

  /** Layer {@code i}, negative numbers counting from the end. */
  public Module get(int i) { return List.copyOf(layers.values()).get(place(i)); }

  /** Puts another layer in the place of layer {@code i}. */
  public void set(int i, Module layer) { register(List.copyOf(layers.keySet()).get(place(i)), layer); }

  private int place(int i) { return ModuleList.wrap("Sequential", i, layers.size()); }

  @Override
  public Iterator<Module> iterator() { return List.copyOf(layers.values()).iterator(); }

  @Override
  public Tensor forward(Tensor x) {
    Module[] each = layers.values().toArray(Module[]::new);
    Tensor y = x;
    for (int i = 0; i < each.length; i++) {
      if (i + 1 == each.length || !ConvBnReLU.fits(each[i], each[i + 1], null)) {
        y = each[i].apply(y);
        continue;
      }
      boolean relu = i + 2 < each.length && ConvBnReLU.fits(each[i], each[i + 1], each[i + 2]);
      y = ConvBnReLU.apply(y, each[i], each[i + 1], relu ? each[i + 2] : null);
      i += relu ? 2 : 1;
    }
    return y;
  }
}
