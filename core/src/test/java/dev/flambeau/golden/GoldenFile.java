package dev.flambeau.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads files of {@linkplain GoldenCase cases}. The format is described in {@code tools/golden/README.md}. */
public final class GoldenFile {
  /** Names of the files of operations, without folder and ending. */
  public static final List<String> OPS = List.of("pointwise", "reductions", "linalg", "views", "indexing", "arranging",
      "losses", "inplace", "points", "further", "convolution", "spatial", "recurrent", "refused");

  private GoldenFile() {}

  /** The cases of one of {@link #OPS}. */
  public static List<GoldenCase> ops(String family) { return read("/golden/ops/" + family + ".txt"); }

  /** The cases in a resource, or in the one of that name with {@code .gz} added. */
  public static List<GoldenCase> read(String resource) {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(resource), UTF_8))) {
      List<GoldenCase> cases = new ArrayList<>();
      CaseBuilder next = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("case ")) {
          if (next != null) { cases.add(next.build()); }
          next = new CaseBuilder(line);
        } else if (next != null) {
          next.add(line);
        } else {
          throw new IOException(resource + ": expected a case first, got: " + line);
        }
      }
      if (next != null) { cases.add(next.build()); }
      return List.copyOf(cases);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream plain = GoldenFile.class.getResourceAsStream(resource);
    if (plain != null) { return resource.endsWith(".gz") ? new GZIPInputStream(plain) : plain; }
    InputStream packed = GoldenFile.class.getResourceAsStream(resource + ".gz");
    if (packed == null) { throw new FileNotFoundException("no resource " + resource + ", nor with .gz"); }
    return new GZIPInputStream(packed);
  }

  private static final class CaseBuilder {
    private final String key;
    private final int number;
    private final List<GoldenTensor> inputs = new ArrayList<>();
    private final List<GoldenTensor> outputs = new ArrayList<>();
    private final List<int[]> outputStrides = new ArrayList<>();
    private @Nullable String gradFn;
    private final List<@Nullable GoldenTensor> gradOutputs = new ArrayList<>();
    private final List<@Nullable GoldenTensor> gradInputs = new ArrayList<>();
    private final List<@Nullable GoldenTensor> directions = new ArrayList<>();
    private final List<@Nullable GoldenTensor> secondOrder = new ArrayList<>();
    private final List<@Nullable GoldenTensor> outputTangents = new ArrayList<>();
    private boolean refused;

    CaseBuilder(String line) {
      int end = line.lastIndexOf(' ');
      key = line.substring("case ".length(), end);
      number = Integer.parseInt(line.substring(end + 1));
    }

    void add(String line) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "in" -> inputs.add(tensor(words));
        case "out" -> outputs.add(tensor(words));
        case "st" -> {
          for (int i = 1; i < words.length; i++) { outputStrides.add(sizes(words[i])); }
        }
        case "fn" -> gradFn = words[1];
        case "go" -> gradOutputs.add(tensorOrNull(words));
        case "gi" -> gradInputs.add(tensorOrNull(words));
        case "dir" -> directions.add(tensorOrNull(words));
        case "gg" -> secondOrder.add(tensorOrNull(words));
        case "gv" -> outputTangents.add(tensorOrNull(words));
        case "error" -> refused = true;
        default -> throw new IllegalArgumentException(key + " #" + number + ": unknown line " + line);
      }
    }

    GoldenCase build() {
      return new GoldenCase(key, number, List.copyOf(inputs), List.copyOf(outputs), List.copyOf(outputStrides), gradFn,
          Collections.unmodifiableList(gradOutputs), Collections.unmodifiableList(gradInputs),
          Collections.unmodifiableList(directions), Collections.unmodifiableList(secondOrder),
          Collections.unmodifiableList(outputTangents), refused);
    }
  }

  private static @Nullable GoldenTensor tensorOrNull(String[] words) {
    return words[1].equals("-") ? null : tensor(words);
  }

  /** Of the words: line kind, dtype, shape, marks, values. */
  private static GoldenTensor tensor(String[] words) {
    String marks = words[3];
    GoldenTensor.Layout layout = marks.contains("t") ? GoldenTensor.Layout.TRANSPOSED
        : marks.contains("s") ? GoldenTensor.Layout.STEPPED : GoldenTensor.Layout.CONTIGUOUS;
    return new GoldenTensor(words[1], sizes(words[2]), values(words), marks.contains("g"), layout);
  }

  private static Object values(String[] words) {
    int n = words.length - 4;
    switch (words[1]) {
      case "float32" -> {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) { values[i] = Float.parseFloat(javaNumber(words[i + 4])); }
        return values;
      }
      case "float64" -> {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) { values[i] = Double.parseDouble(javaNumber(words[i + 4])); }
        return values;
      }
      case "int64" -> {
        long[] values = new long[n];
        for (int i = 0; i < n; i++) { values[i] = Long.parseLong(words[i + 4]); }
        return values;
      }
      case "int32" -> {
        int[] values = new int[n];
        for (int i = 0; i < n; i++) { values[i] = Integer.parseInt(words[i + 4]); }
        return values;
      }
      case "uint8", "bool" -> {
        byte[] values = new byte[n];
        for (int i = 0; i < n; i++) { values[i] = (byte) Integer.parseInt(words[i + 4]); }
        return values;
      }
      default -> throw new IllegalArgumentException("unknown dtype " + words[1]);
    }
  }

  private static String javaNumber(String word) {
    return switch (word) {
      case "nan" -> "NaN";
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      default -> word;
    };
  }

  private static int[] sizes(String bracketed) {
    String inside = bracketed.substring(1, bracketed.length() - 1);
    if (inside.isEmpty()) { return new int[0]; }
    String[] parts = inside.split(",", -1);
    int[] sizes = new int[parts.length];
    for (int i = 0; i < parts.length; i++) { sizes[i] = Integer.parseInt(parts[i]); }
    return sizes;
  }
}
