package dev.flambeau.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A list of layers that belong to a module, as in <a href="https://pytorch.org/docs/stable/generated/torch.nn.ModuleList.html">torch.nn.ModuleList</a>. */
public final class ModuleList<M extends Module> extends Module implements Iterable<M> {
  private final transient List<M> layers = new ArrayList<>();

  /** These layers. */
  @SafeVarargs
  public ModuleList(M... layers) {
    for (M layer : layers) append(layer);
  }

  /** {@code count} layers, made one after the other. */
  public static <M extends Module> ModuleList<M> of(int count, IntFunction<M> layer) {
    ModuleList<M> list = new ModuleList<>();
    for (int i = 0; i < count; i++) list.append(layer.apply(i));
    return list;
  }

  /** Adds a layer at the end. */
  @CanIgnoreReturnValue
  public ModuleList<M> append(M layer) {
    register(Integer.toString(layers.size()), layer);
    layers.add(layer);
    return this;
  }

  /** Number of layers. */
  public int size() { return layers.size(); }

  /** Layer {@code i}, negative numbers counting from the end. */
  public M get(int i) { return layers.get(wrap("ModuleList", i, layers.size())); }

  /** Puts another layer in the place of layer {@code i}. */
  public void set(int i, M layer) {
    int place = wrap("ModuleList", i, layers.size());
    register(Integer.toString(place), layer);
    layers.set(place, layer);
  }

  @Override
  public Iterator<M> iterator() { return List.copyOf(layers).iterator(); }

  static int wrap(String owner, int i, int size) {
    if (i < -size || i >= size) {
      throw new IndexOutOfBoundsException(
          owner + ": there are " + size + " layers, so there is no layer " + i);
    }
    return i < 0 ? i + size : i;
  }

  /** Equal neighbours stand together, as in PyTorch. */
  @Override
  Map<String, String> childrenAsText() {
    Map<String, String> parts = new LinkedHashMap<>();
    for (int from = 0, to; from < layers.size(); from = to) {
      String text = layers.get(from).toString();
      to = from + 1;
      while (to < layers.size() && layers.get(to).toString().equals(text)) to++;
      if (to - from == 1) parts.put("(" + from + ")", text);
      else parts.put("(" + from + "-" + (to - 1) + ")", (to - from) + " x " + text);
    }
    return parts;
  }
}
