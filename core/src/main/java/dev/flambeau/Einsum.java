package dev.flambeau;

import dev.flambeau.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Map;

/**
 * Sums of products by named dimensions, as in {@code "ij,jk->ik"}.
 *
 * <p>A label is a letter, or a negative number for a dimension under an ellipsis, counted from its end. Operands are brought to one order of labels, first
 * those of the result, then those to be summed, and joined from left to right by batched matrix products.
 */
final class Einsum {
  private final String equation;
  private final List<List<Integer>> subscripts = new ArrayList<>();
  private final List<Integer> order = new ArrayList<>();
  private final Map<Integer, Integer> lastUse = new HashMap<>();
  private int results;

  private Einsum(String equation, Tensor... operands) {
    this.equation = equation;
    String plain = equation.replace(" ", "");
    int arrow = plain.indexOf("->");
    String[] parts = (arrow < 0 ? plain : plain.substring(0, arrow)).split(",", -1);
    if (parts.length != operands.length)
      throw wrong("it names " + parts.length + " operands, but there are " + operands.length);
    int ellipsis = 0;
    for (int i = 0; i < parts.length; i++) {
      int letters = letters(parts[i]);
      int hidden = operands[i].dim() - letters;
      if (hidden < 0 || hidden > 0 && !parts[i].contains("...")) {
        throw wrong("'" + parts[i] + "' names " + letters + " dimensions, but operand " + i + " has shape "
            + operands[i].array().shape());
      }
      subscripts.add(labels(parts[i], hidden));
      ellipsis = Math.max(ellipsis, parts[i].contains("...") ? hidden : 0);
    }
    order.addAll(arrow < 0 ? implicit(ellipsis) : result(plain.substring(arrow + 2), ellipsis));
    results = order.size();
    for (int i = 0; i < parts.length; i++) {
      for (int label : subscripts.get(i)) {
        if (!order.contains(label)) order.add(label);
        lastUse.put(label, i);
      }
    }
  }

  private IllegalArgumentException wrong(String problem) {
    return Errors.argument("einsum", "in \"" + equation + "\", " + problem);
  }

  private int letters(String part) {
    checkLetters(part);
    return bare(part).length();
  }

  private static String bare(String part) { return part.replaceFirst("\\.\\.\\.", ""); }

  private void checkLetters(String part) {
    String bare = bare(part);
    for (int k = 0; k < bare.length(); k++) {
      char c = bare.charAt(k);
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'))
        throw wrong("'" + part + "' must consist of letters and at most one ellipsis");
    }
  }

  private static List<Integer> labels(String part, int hidden) {
    List<Integer> labels = new ArrayList<>();
    for (int k = 0; k < part.length(); k++) {
      if (part.charAt(k) != '.') {
        labels.add((int) part.charAt(k));
      } else {
        for (int d = hidden; d > 0; d--) labels.add(-d);
        k += 2;
      }
    }
    return labels;
  }

  /** The ellipsis, then the letters that occur once, in their order. */
  private List<Integer> implicit(int ellipsis) {
    List<Integer> all = subscripts.stream().flatMap(List::stream).toList();
    List<Integer> once = new ArrayList<>(labels("...", ellipsis));
    all.stream().filter(label -> label > 0 && all.indexOf(label) == all.lastIndexOf(label)).sorted().forEach(once::add);
    return once;
  }

  private List<Integer> result(String part, int ellipsis) {
    checkLetters(part);
    List<Integer> labels = labels(part, ellipsis);
    for (int label : labels) {
      if (labels.indexOf(label) != labels.lastIndexOf(label))
        throw wrong("the result names '" + (char) label + "' twice");
      if (subscripts.stream().noneMatch(each -> each.contains(label)))
        throw wrong("the result names '" + (char) label + "', which no operand has");
    }
    return labels;
  }

  /**
   * The sum of products that {@code equation} describes: a letter names a dimension of each operand; letters that are not in the result are summed over; a
   * letter twice in one operand takes its diagonal; {@code ...} stands for all other dimensions, which broadcast.
   *
   * @throws IllegalArgumentException if the equation is malformed, or does not fit the operands
   */
  static Tensor einsum(String equation, Tensor... operands) {
    if (operands.length == 0) throw Errors.argument("einsum", "expected at least one operand");
    return new Einsum(equation, operands).run(operands);
  }

  /** Σ a · b over {@code dimsA} of a, one by one with {@code dimsB} of b; the other dimensions of a, then of b, remain. */
  static Tensor tensordot(Tensor a, Tensor b, int[] dimsA, int[] dimsB) {
    int[] p = Views.distinct("tensordot", dimsA, a.dim());
    int[] q = Views.distinct("tensordot", dimsB, b.dim());
    boolean fit = p.length == q.length;
    for (int k = 0; fit && k < p.length; k++) fit = a.size(p[k]) == b.size(q[k]);
    if (!fit) {
      throw Errors.argument("tensordot",
          "dimensions " + Arrays.toString(dimsA) + " of shape " + a.array().shape() + " and " + Arrays.toString(dimsB)
              + " of shape " + b.array().shape() + " must be as many, and equally large one by one");
    }
    StringBuilder left = new StringBuilder();
    StringBuilder right = new StringBuilder();
    StringBuilder result = new StringBuilder();
    for (int d = 0; d < a.dim(); d++) left.append((char) ('a' + d));
    for (int d = 0; d < b.dim(); d++) right.append((char) ('A' + d));
    for (int k = 0; k < p.length; k++) right.setCharAt(q[k], left.charAt(p[k]));
    (left.toString() + right).chars().filter(c -> left.indexOf("" + (char) c) < 0 || right.indexOf("" + (char) c) < 0)
        .forEach(c -> result.append((char) c));
    return einsum(left + "," + right + "->" + result, a, b);
  }

  private Tensor run(Tensor... operands) {
    Tensor[] x = new Tensor[operands.length];
    for (int i = 0; i < x.length; i++) x[i] = arranged(i, operands[i]);
    int[] sizes = new int[order.size()];
    Arrays.fill(sizes, 1);
    for (Tensor each : x) {
      for (int d = 0; d < sizes.length; d++) {
        int size = each.array().shape().size(d);
        if (size != 1 && sizes[d] != 1 && size != sizes[d])
          throw wrong(name(d) + " has the sizes " + sizes[d] + " and " + size + "; they must be equal, or 1");
        if (size != 1) sizes[d] = size;
      }
    }
    Tensor y = summed(x[0], 0, x.length == 1);
    for (int i = 1; i < x.length; i++) y = joined(y, x[i], i);
    if (y.dim() == results) return y;
    return Op.apply(new Views.Reshaped(Shape.of(Arrays.copyOf(y.array().shape().sizes(), results))), y);
  }

  private String name(int d) {
    int label = order.get(d);
    return label > 0 ? "'" + (char) label + "'" : "dimension " + label + " of the ellipsis";
  }

  /** The operand with its dimensions in the common order, and with size 1 those that it does not have. */
  private Tensor arranged(int i, Tensor operand) {
    Tensor x = operand;
    List<Integer> labels = new ArrayList<>(subscripts.get(i));
    int d = 0;
    while (d < labels.size()) {
      int again = labels.lastIndexOf(labels.get(d));
      if (again == d) {
        d++;
        continue;
      }
      if (x.size(d) != x.size(again)) {
        throw wrong("'" + (char) (int) labels.get(d) + "' names two dimensions of operand " + i + ", whose shape is "
            + operand.array().shape()
            + "; they must be equally large");
      }
      x = x.diagonal(0, d, again);
      labels.add(labels.get(d));
      labels.subList(again, again + 1).clear();
      labels.subList(d, d + 1).clear();
    }
    int[] dims = new int[order.size()];
    int missing = labels.size();
    for (int k = 0; k < dims.length; k++) {
      int at = labels.indexOf(order.get(k));
      if (at < 0) x = x.unsqueeze(missing);
      dims[k] = at < 0 ? missing++ : at;
    }
    return x.permute(dims);
  }

  private boolean endsAt(int d, int operand) {
    return d >= results && Objects.equals(lastUse.get(order.get(d)), operand);
  }

  /** Sums over the labels that only {@code operand} has; they vanish if it is the only one. */
  private Tensor summed(Tensor x, int operand, boolean only) {
    int[] dims = new int[x.dim()];
    int count = 0;
    for (int d = 0; d < dims.length; d++) if (endsAt(d, operand)) dims[count++] = d;
    return count == 0 ? x : x.sum(Arrays.copyOf(dims, count), !only);
  }

  /** The product of two operands, summed over the labels that no later one has: these stay with size 1. */
  private Tensor joined(Tensor left, Tensor right, int operand) {
    List<Integer> both = new ArrayList<>();
    List<Integer> ofLeft = new ArrayList<>();
    List<Integer> ofRight = new ArrayList<>();
    List<Integer> inner = new ArrayList<>();
    Tensor a = left;
    Tensor b = right;
    boolean ends = false;
    for (int d = 0; d < a.dim(); d++) {
      boolean wideA = a.size(d) != 1;
      boolean wideB = b.size(d) != 1;
      if (endsAt(d, operand)) {
        ends = true;
        if (wideA && wideB) inner.add(d);
        else if (wideA) a = a.sum(d, true);
        else if (wideB) b = b.sum(d, true);
        if (!wideA || !wideB) ofLeft.add(d);
      } else {
        (wideA && wideB ? both : wideB ? ofRight : ofLeft).add(d);
      }
    }
    if (!ends) return a.mul(b);
    int[] sizes = new int[a.dim()];
    Tensor p = folded(a, both, ofLeft, inner);
    Tensor q = folded(b, both, inner, ofRight);
    List<Integer> now = new ArrayList<>(both);
    now.addAll(ofLeft);
    now.addAll(ofRight);
    now.addAll(inner);
    int[] back = new int[sizes.length];
    for (int k = 0; k < sizes.length; k++) {
      int d = now.get(k);
      sizes[k] = inner.contains(d) ? 1 : Dims.exact("einsum", wide(a, b, d));
      back[d] = k;
    }
    Tensor y = Views.reshape(p.bmm(q), Shape.of(sizes));
    return y.permute(back);
  }

  private static long wide(Tensor a, Tensor b, int d) { return a.size(d) != 1 ? a.size(d) : b.size(d); }

  /** {@code x} as a batch of matrices: the dimensions of each list become one. */
  private static Tensor folded(Tensor x, List<Integer> batch, List<Integer> rows, List<Integer> columns) {
    List<Integer> dims = new ArrayList<>(batch);
    dims.addAll(rows);
    dims.addAll(columns);
    for (int d = 0; d < x.dim(); d++) if (!dims.contains(d)) dims.add(d);
    Tensor y = x.permute(dims.stream().mapToInt(d -> d).toArray());
    return Views.reshape(y, Shape.of(size(x, batch), size(x, rows), size(x, columns)));
  }

  private static long size(Tensor x, List<Integer> dims) {
    long size = 1;
    for (int d : dims) size *= x.size(d);
    return size;
  }
}
