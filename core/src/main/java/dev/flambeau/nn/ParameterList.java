package dev.flambeau.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A list of parameters that belong to a module, as in
 * <a href="https://pytorch.org/docs/stable/generated/torch.nn.ParameterList.html">torch.nn.ParameterList</a>.
 */
public final class ParameterList extends Module implements Iterable<Tensor> {
  private final transient List<Tensor> all = new ArrayList<>();

  /** These parameters, which from now on require grad. */
  public ParameterList(Tensor... parameters) {
    for (Tensor parameter : parameters) append(parameter);
  }

  /** Adds a parameter at the end. */
  @CanIgnoreReturnValue
  public ParameterList append(Tensor parameter) {
    all.add(register(Integer.toString(all.size()), parameter));
    return this;
  }

  /** Number of parameters. */
  public int size() { return all.size(); }

  /** Parameter {@code i}, negative numbers counting from the end. */
  public Tensor get(int i) { return all.get(ModuleList.wrap("ParameterList", i, all.size())); }

  @Override
  public Iterator<Tensor> iterator() { return List.copyOf(all).iterator(); }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("ParameterList(");
    for (int i = 0; i < all.size(); i++) {
      Tensor x = all.get(i);
      String shape = Arrays.stream(x.shape()).mapToObj(Long::toString).collect(Collectors.joining("x"));
      text.append("\n    (" + i + "): Parameter containing: [" + x.dtype().torchName() + " of size " + shape + "]");
    }
    return text.append("\n)").toString();
  }
}
