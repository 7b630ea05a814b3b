package dev.flambeau.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the place of a vertex by its identity: a table that probes onward from the vertex's own number, so that a small sweep costs no hashing. */
final class Places<V> {
  private @Nullable Place<V>[] table = newTable(16);
  private int size;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <V> @Nullable Place<V>[] newTable(int length) { return new Place[length]; }

  @Nullable Place<V> find(Vertex<V> vertex) { return table[slot(table, vertex)]; }

  private static <V> int slot(@Nullable Place<V>[] table, Vertex<V> vertex) {
    int mask = table.length - 1;
    int i = vertex.number() * 0x9E3779B9 >>> 8 & mask;
    for (Place<V> place = table[i]; place != null && place.vertex != vertex; place = table[i]) i = i + 1 & mask;
    return i;
  }

  /** Adds the place of a vertex that has none yet. */
  void add(Place<V> place) {
    if (2 * ++size > table.length) {
      @Nullable Place<V>[] larger = newTable(4 * table.length);
      for (Place<V> each : table) if (each != null) larger[slot(larger, each.vertex)] = each;
      table = larger;
    }
    table[slot(table, place.vertex)] = place;
  }

  /** All vertices, in no order that matters. */
  List<Vertex<V>> vertices() {
    List<Vertex<V>> all = new ArrayList<>(size);
    for (Place<V> each : table) if (each != null) all.add(each.vertex);
    return all;
  }
}
