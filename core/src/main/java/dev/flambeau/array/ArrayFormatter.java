package dev.flambeau.array;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Arrays as text, in PyTorch's layout: {@code tensor([[1., 2.], [3., 4.]], dtype=torch.float64)} with a line per row.
 *
 * <p>An array of more elements than the threshold is summarised. Then only the elements at the edges are looked at, so
 * printing takes the same time for any size.
 */
public final class ArrayFormatter {
  private final NdArray array;
  private final PrintOptions options;
  private final boolean summarised;
  private final ElementFormat format;
  private final StringBuilder out = new StringBuilder();

  private ArrayFormatter(NdArray array, PrintOptions options) {
    this.array = array;
    this.options = options;
    this.summarised = array.numel() > options.threshold();
    this.format = new ElementFormat(array, visit -> walk(0, array.offset(), visit), options);
  }

  /**
   * The array within {@code prefix} and {@code )}, followed by what its elements do not tell: its size if it is empty
   * and not one-dimensional or if no elements are shown, its dtype if it is not the one that the elements suggest,
   * then {@code suffixes}. What does not fit the line starts a new one.
   *
   * @param prefix as in {@code tensor(}
   * @param dtype as in {@code torch.float64}
   * @param isDefaultDtype whether {@code dtype} is the one of real numbers without further notice
   * @param suffixes more of these, as in {@code requires_grad=True}
   */
  public static String format(String prefix, NdArray array, String dtype, boolean isDefaultDtype, List<String> suffixes,
      PrintOptions options) {
    StringBuilder text = new StringBuilder(prefix).append(elements(array, prefix.length(), options));
    List<String> all = new ArrayList<>();
    boolean empty = array.numel() == 0;
    if (empty ? array.rank() != 1 : options.edgeItems() == 0) all.add("size=" + size(array.shape()));
    boolean suggested = !empty && (array.type() == ElementType.INT64 || array.type() == ElementType.BOOL);
    if (!isDefaultDtype && !suggested) all.add("dtype=" + dtype);
    all.addAll(suffixes);
    place(text, all, prefix.length(), options.lineWidth());
    return text.append(')').toString();
  }

  /**
   * The elements alone, in brackets but for a single number.
   *
   * @param indent columns that stand before the text on its first line; further lines are indented as much
   */
  public static String elements(NdArray array, int indent, PrintOptions options) {
    if (array.numel() == 0) return "[]";
    ArrayFormatter formatter = new ArrayFormatter(array, options);
    formatter.append(0, array.offset(), indent);
    return formatter.out.toString();
  }

  private static void place(StringBuilder text, List<String> suffixes, int indent, int lineWidth) {
    int column = text.length() - text.lastIndexOf("\n") + 1;
    for (String suffix : suffixes) {
      if (column + suffix.length() + 2 > lineWidth) {
        text.append(",\n").repeat(' ', indent);
        column = indent + suffix.length();
      } else {
        text.append(", ");
        column += suffix.length() + 2;
      }
      text.append(suffix);
    }
  }

  /** As Python writes a tuple. */
  private static String size(Shape shape) {
    String sizes = IntStream.of(shape.sizes()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return shape.rank() == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
  }

  private void append(int dim, int position, int indent) {
    if (dim == array.rank()) format.append(out, position);
    else if (dim == array.rank() - 1) appendVector(position, indent);
    else appendSlices(dim, position, indent);
  }

  private void appendVector(int position, int indent) {
    int perLine = Math.max(1, (options.lineWidth() - indent) / (format.width() + 2));
    int last = array.rank() - 1;
    int size = array.shape().size(last);
    int shown = 0;
    out.append('[');
    for (int i = 0; i < size; i = next(i, size)) {
      if (shown > 0) out.append(shown % perLine == 0 ? "," : ", ");
      if (shown > 0 && shown % perLine == 0) newLines(1, indent);
      if (isLeftOut(i, size)) out.append(options.edgeItems() == 0 ? "..." : " ...");
      else format.append(out, position + i * array.stride(last));
      shown++;
    }
    out.append(']');
  }

  private void appendSlices(int dim, int position, int indent) {
    int size = array.shape().size(dim);
    out.append('[');
    for (int i = 0; i < size; i = next(i, size)) {
      if (i > 0) {
        out.append(',');
        newLines(array.rank() - dim - 1, indent);
      }
      if (isLeftOut(i, size)) out.append("...");
      else append(dim + 1, position + i * array.stride(dim), indent + 1);
    }
    out.append(']');
  }

  private void newLines(int count, int indent) { out.repeat('\n', count).repeat(' ', indent + 1); }

  /** Whether index {@code i} of a dimension is the first one that a summary leaves out. */
  private boolean isLeftOut(int i, int size) {
    return summarised && i == options.edgeItems() && size > 2L * options.edgeItems();
  }

  /** The index to go on with: past the left-out ones, if {@code i} stands for them. */
  private int next(int i, int size) { return isLeftOut(i, size) ? size - options.edgeItems() : i + 1; }

  /** Visits the positions of the elements that are shown, from dimension {@code dim} on. */
  private void walk(int dim, int position, IntConsumer visit) {
    if (dim == array.rank()) {
      visit.accept(position);
      return;
    }
    int size = array.shape().size(dim);
    for (int i = 0; i < size; i = next(i, size)) {
      if (!isLeftOut(i, size)) walk(dim + 1, position + i * array.stride(dim), visit);
    }
  }
}
