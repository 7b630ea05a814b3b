package dev.flambeau.io;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of tools/golden/files.py and what they hold, a line for each value. */
final class Golden {
  static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  static Path file(String name) { return FOLDER.resolve(name); }

  static List<String> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(suffix)).sorted().toList();
    }
  }

  static List<String> expected(String name) throws IOException { return Files.readAllLines(file(name + ".txt")); }

  /** The lines that describe a value that was read. */
  static List<String> describe(@Nullable Object value) {
    List<String> lines = new ArrayList<>();
    describe("", value, lines);
    return lines;
  }

  private static void describe(String path, @Nullable Object value, List<String> lines) {
    lines.add((path + " " + switch (value) {
      case null -> "NoneType None";
      case Boolean b -> "bool " + (b ? "True" : "False");
      case Double x -> "float " + real(x);
      case Number n -> "int " + n;
      case String s -> "str " + s;
      case byte[] bytes -> "bytes " + HexFormat.of().formatHex(bytes);
      case Map<?, ?> map -> "dict " + map.size();
      case List<?> list -> "list " + list.size();
      case Set<?> set -> "set " + set.stream().map(String::valueOf).sorted().collect(Collectors.joining(" "));
      case Tensor x -> tensor(x);
      default -> value.getClass().getName();
    }).stripTrailing());
    if (value instanceof Map<?, ?> map) map.forEach((key, item) -> describe(path + "/" + key, item, lines));
    if (value instanceof List<?> list)
      for (int i = 0; i < list.size(); i++) describe(path + "/" + i, list.get(i), lines);
  }

  private static String tensor(Tensor x) {
    List<String> elements = new ArrayList<>();
    if (x.dtype() == DType.BOOL) for (boolean b : x.toBooleanArray()) elements.add(b ? "True" : "False");
    else if (x.isFloatingPoint()) for (double d : x.toDoubleArray()) elements.add(real(d));
    else for (long n : x.toLongArray()) elements.add(Long.toString(n));
    return "tensor " + x.dtype().torchName().substring(6) + " " + tuple(x.shape()) + " " + tuple(x.strides()) + " "
        + x.storageOffset() + " " + (x.requiresGrad() ? "grad" : "leaf") + " : " + String.join(" ", elements);
  }

  /** As Python shows it. */
  private static String real(double x) {
    if (Double.isInfinite(x)) return x > 0 ? "inf" : "-inf";
    if (Double.isNaN(x)) return "nan";
    if (x != 0 && (Math.abs(x) < 1e-4 || Math.abs(x) >= 1e16)) {
      String shown = Double.toString(x).replace(".0E", "E").replace("E-", "e-").replaceAll("E(?=\\d)", "e+");
      return shown.replaceAll("e([+-])(\\d)$", "e$10$2");
    }
    String plain = new java.math.BigDecimal(Double.toString(x)).toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  private static String tuple(long[] values) {
    return Stream.of(values).flatMap(all -> java.util.Arrays.stream(all).boxed()).map(String::valueOf)
        .collect(Collectors.joining(", ", "(", values.length == 1 ? ",)" : ")"));
  }
}
