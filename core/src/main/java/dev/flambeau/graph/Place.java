package dev.flambeau.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one vertex during one sweep. */
final class Place<V> implements Comparable<Place<V>> {
  final Vertex<V> vertex;
  int dependencies;
  int arrival;
  boolean needed;
  boolean seen;
  @Nullable V @Nullable [] buffer;
  @Nullable List<Capture> captures;

  /** Which gradient is to be taken here, and which result of the sweep it is. */
  record Capture(int slot, int result) {}

  Place(Vertex<V> vertex) {
    this.vertex = vertex;
  }

  boolean executes() { return needed || captures != null; }

  Place<V> at(int arrival) {
    this.arrival = arrival;
    return this;
  }

  /** The latest created first, and among equals first come, first served. */
  @Override
  public int compareTo(Place<V> other) {
    int order = Long.compare(other.vertex.sequenceNr(), vertex.sequenceNr());
    return order != 0 ? order : Integer.compare(arrival, other.arrival);
  }
}
