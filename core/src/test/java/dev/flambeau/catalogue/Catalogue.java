package dev.flambeau.catalogue;

import dev.flambeau.Tensor;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each key of the golden files stands for: a function from tensors to tensors. */
final class Catalogue {
  private static final Catalogue ALL = new Catalogue();

  static {
    PointwiseRows.add(ALL);
    ReductionRows.add(ALL);
    LinearRows.add(ALL);
    ViewRows.add(ALL);
    IndexingRows.add(ALL);
    ArrangingRows.add(ALL);
    LossRows.add(ALL);
    InPlaceRows.add(ALL);
    PointRows.add(ALL);
    RecurrentRows.add(ALL);
    SpatialRows.add(ALL);
    ConvolutionRows.add(ALL);
  }

  private final Map<String, Function<Tensor[], Tensor[]>> rows = new TreeMap<>();

  /** The catalogue with all rows. */
  static Catalogue all() { return ALL; }

  /** {@code key} stands for {@code f}, which gives one tensor. */
  void row(String key, Function<Tensor[], Tensor> f) { rows(key, x -> new Tensor[] {f.apply(x)}); }

  /** {@code key} stands for {@code f}, which gives several tensors. */
  void rows(String key, Function<Tensor[], Tensor[]> f) {
    if (rows.put(key, f) != null) throw new IllegalArgumentException("the catalogue already has a row " + key);
  }

  /** What {@code key} stands for, or null if it has no row. */
  @Nullable Function<Tensor[], Tensor[]> get(String key) { return rows.get(key); }

  /** All keys with a row. */
  Set<String> keys() { return rows.keySet(); }
}
