package dev.flambeau.nn;

import dev.flambeau.DType;
import dev.flambeau.HookHandle;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the layers of a network make of an input, and how many numbers they learn; {@link #toString} is a table.
 *
 * @param rows of the network itself and all layers below it, each once
 */
public record Summary(List<Row> rows) {
  /**
   * One layer.
   *
   * @param path its name from the network down, empty for the network itself
   * @param type the name of its class
   * @param shape of its last output as text, or "-" if it was not used by itself
   * @param parameters how many numbers of its own it has, without those of the layers below it
   * @param learning how many of these require grad
   */
  public record Row(String path, String type, String shape, long parameters, long learning) {}

  /** Copies the list. */
  public Summary {
    rows = List.copyOf(rows);
  }

  /** Runs zeros of this shape through the network in evaluation mode, and leaves it as it was. */
  public static Summary of(Module network, long... inputShape) {
    DType dtype = network.parameters().stream().map(Tensor::dtype).filter(DType::isFloatingPoint).findFirst()
        .orElse(Torch.getDefaultDtype());
    return of(network, Torch.zeros(dtype, inputShape));
  }

  /** Runs {@code input} through the network in evaluation mode, and leaves it as it was. */
  public static Summary of(Module network, Tensor input) {
    Map<Module, String> shapes = new IdentityHashMap<>();
    Map<Module, Boolean> modes = new IdentityHashMap<>();
    List<HookHandle> handles = new ArrayList<>();
    for (Module module : network.modules()) {
      modes.put(module, module.isTraining());
      handles.add(module.registerForwardHook((m, outputs, _) -> {
        shapes.put(m, Arrays.stream(outputs).map(y -> y == null ? "-" : Arrays.toString(y.shape()))
            .collect(Collectors.joining(", ")));
        return null;
      }));
    }
    try (var _ = Torch.noGrad()) {
      network.eval();
      network.apply(input);
    } finally {
      handles.forEach(HookHandle::remove);
      modes.forEach(Module::setTraining);
    }
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Row> rows = new ArrayList<>();
    network.namedModules().forEach((path, module) -> {
      long all = 0, learning = 0;
      for (Map.Entry<String, Tensor> entry : module.namedParameters().entrySet()) {
        Tensor x = entry.getValue();
        if (entry.getKey().contains(".") || !seen.add(x)) continue;
        all += x.numel();
        if (x.requiresGrad()) learning += x.numel();
      }
      rows.add(new Row(path, module.name(), shapes.getOrDefault(module, "-"), all, learning));
    });
    return new Summary(rows);
  }

  /** How many numbers the network has to learn, or had before layers were frozen. */
  public long parameters() { return rows.stream().mapToLong(Row::parameters).sum(); }

  /** How many numbers it learns. */
  public long learning() { return rows.stream().mapToLong(Row::learning).sum(); }

  @Override
  public String toString() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("layer", "type", "output", "parameters", "learning"));
    for (Row row : rows) {
      cells.add(List.of(row.path, row.type, row.shape, grouped(row.parameters), grouped(row.learning)));
    }
    cells.add(List.of("total", "", "", grouped(parameters()), grouped(learning())));
    int[] widths = new int[5];
    for (List<String> row : cells) for (int i = 0; i < 5; i++) widths[i] = Math.max(widths[i], row.get(i).length());
    StringBuilder table = new StringBuilder();
    for (List<String> row : cells) {
      if (row.getFirst().equals("total")) table.append("-".repeat(Arrays.stream(widths).sum() + 8)).append('\n');
      for (int i = 0; i < 5; i++) {
        String gap = " ".repeat(widths[i] - row.get(i).length());
        table.append(i < 3 ? row.get(i) + gap : gap + row.get(i)).append(i < 4 ? "  " : "\n");
      }
    }
    return table.toString();
  }

  private static String grouped(long count) { return String.format(Locale.ROOT, "%,d", count); }
}
