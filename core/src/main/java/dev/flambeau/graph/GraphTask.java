package dev.flambeau.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One sweep: what waits for what, what has arrived, what is wanted.
 *
 * <p>All its walks are loops over explicit stacks, so the depth of a graph costs heap and no stack. One task runs on one thread, in an order that is
 * fixed by the graph: ready vertices run in reverse order of creation, and first come first served among equals.
 */
public final class GraphTask<V> {
  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.getAndIncrement();
  private final boolean keepGraph;
  private final BinaryOperator<V> sum;
  private final Places<V> places = new Places<>();
  private final PriorityQueue<Place<V>> ready = new PriorityQueue<>();
  private final List<Vertex<V>> starts = new ArrayList<>();
  private final List<Runnable> callbacks = new ArrayList<>();
  private final List<@Nullable V> captured = new ArrayList<>();
  private boolean selective;
  private int arrivals;
  private @Nullable Vertex<V> running;

  GraphTask(boolean keepGraph, BinaryOperator<V> sum) {
    this.keepGraph = keepGraph;
    this.sum = sum;
  }

  /** Number of this sweep; no two have the same. */
  public long id() { return id; }

  /** Whether vertices keep what they saved after they ran. */
  public boolean keepsGraph() { return keepGraph; }

  /** The vertex that runs now, or null. */
  public @Nullable Vertex<V> running() { return running; }

  /** Whether this sweep will run {@code vertex} or take its gradient. */
  public boolean wants(Vertex<V> vertex) {
    if (!selective) return true;
    Place<V> place = places.find(vertex);
    return place != null && place.executes();
  }

  /** Whether gradients arrive at {@code vertex} during this sweep. */
  public boolean reaches(Vertex<V> vertex) {
    Place<V> place = places.find(vertex);
    return place != null && (!selective || place.executes());
  }

  /** Has {@code callback} run once after the whole sweep; it may add more. */
  public void whenDone(Runnable callback) { callbacks.add(callback); }

  /** The vertices of this sweep in the order in which they will run. */
  public List<Vertex<V>> order() {
    Map<Vertex<V>, Integer> left = new IdentityHashMap<>();
    for (Vertex<V> vertex : places.vertices()) {
      for (int i = 0; i < vertex.edges(); i++) {
        Vertex<V> next = vertex.next(i);
        if (next != null) left.merge(next, 1, Integer::sum);
      }
    }
    PriorityQueue<Place<V>> queue = new PriorityQueue<>();
    int arrived = 0;
    for (Vertex<V> start : starts) queue.add(new Place<>(start).at(arrived++));
    List<Vertex<V>> order = new ArrayList<>();
    for (Place<V> place = queue.poll(); place != null; place = queue.poll()) {
      order.add(place.vertex);
      for (int i = 0; i < place.vertex.edges(); i++) {
        Vertex<V> next = place.vertex.next(i);
        if (next != null && left.merge(next, -1, Integer::sum) == 0 && wants(next))
          queue.add(new Place<>(next).at(arrived++));
      }
    }
    return order;
  }

  void discover(List<Root<V>> roots) {
    ArrayDeque<Vertex<V>> stack = new ArrayDeque<>();
    for (Root<V> root : roots) visit(root.vertex(), stack);
    while (!stack.isEmpty()) {
      Vertex<V> vertex = stack.pop();
      for (int i = 0; i < vertex.edges(); i++) {
        Vertex<V> next = vertex.next(i);
        if (next != null) visit(next, stack).dependencies++;
      }
    }
  }

  private Place<V> visit(Vertex<V> vertex, ArrayDeque<Vertex<V>> toVisit) {
    Place<V> place = places.find(vertex);
    if (place == null) {
      place = new Place<>(vertex);
      places.add(place);
      toVisit.push(vertex);
    }
    return place;
  }

  private Place<V> place(Vertex<V> vertex) {
    Place<V> place = places.find(vertex);
    if (place == null)
      throw new IllegalStateException("the graph changed while gradients were computed: a vertex was added to it");
    return place;
  }

  /** Restricts the sweep to what leads to the targets. A target is run, or only its gradient is taken. */
  void restrict(List<Root<V>> roots, List<Target<V>> targets) {
    selective = true;
    for (int t = 0; t < targets.size(); t++) {
      captured.add(null);
      Target<V> target = targets.get(t);
      Place<V> place = places.find(target.vertex());
      if (place == null) continue;
      if (target.run()) {
        place.needed = true;
      } else {
        if (place.captures == null) place.captures = new ArrayList<>();
        place.captures.add(new Place.Capture(target.slot(), t));
      }
    }
    markPaths(roots);
  }

  private void markPaths(List<Root<V>> roots) {
    ArrayDeque<Place<V>> path = new ArrayDeque<>();
    ArrayDeque<int[]> edge = new ArrayDeque<>();
    for (Root<V> root : roots) {
      if (place(root.vertex()).seen) continue;
      path.push(place(root.vertex()));
      edge.push(new int[1]);
      place(root.vertex()).seen = true;
      while (!path.isEmpty()) {
        Place<V> place = path.element();
        int i = edge.element()[0]++;
        if (i < place.vertex.edges()) {
          Vertex<V> next = place.vertex.next(i);
          if (next == null) continue;
          Place<V> child = place(next);
          if (!child.seen) {
            child.seen = true;
            path.push(child);
            edge.push(new int[1]);
          } else {
            place.needed |= child.executes();
          }
        } else {
          path.pop();
          edge.pop();
          if (!path.isEmpty()) path.element().needed |= place.executes();
        }
      }
    }
  }

  void start(List<Root<V>> roots) {
    for (Root<V> root : roots) add(place(root.vertex()), root.slot(), root.gradient());
    for (Root<V> root : roots) {
      Place<V> place = place(root.vertex());
      if (place.dependencies == 0) {
        place.dependencies = -1;
        if (selective && !place.executes()) continue;
        starts.add(place.vertex);
        offer(place);
      }
    }
  }

  private void add(Place<V> place, int slot, @Nullable V gradient) {
    if (gradient == null) return;
    if (place.buffer == null) place.buffer = place.vertex.buffer();
    V present = place.buffer[slot];
    place.buffer[slot] = present == null ? gradient : sum.apply(present, gradient);
  }

  private void offer(Place<V> place) {
    ready.add(place.at(arrivals++));
  }

  List<@Nullable V> sweep() {
    for (Place<V> place = ready.poll(); place != null; place = ready.poll()) visitReady(place);
    running = null;
    for (int i = 0; i < callbacks.size(); i++) callbacks.get(i).run();
    return captured;
  }

  private void visitReady(Place<V> place) {
    Vertex<V> vertex = place.vertex;
    @Nullable V[] gradients = place.buffer == null ? vertex.buffer() : place.buffer;
    place.buffer = null;
    running = vertex;
    gradients = vertex.arrive(gradients);
    if (place.captures != null) {
      for (Place.Capture capture : place.captures) {
        V gradient = gradients[capture.slot()];
        if (gradient != null) vertex.handOut(gradient);
        captured.set(capture.result(), gradient);
      }
    }
    if (selective && !place.needed) return;
    @Nullable V[] results = vertex.run(gradients, this);
    if (!keepGraph) vertex.release();
    for (int i = 0; i < vertex.edges(); i++) {
      Vertex<V> next = vertex.next(i);
      if (next == null) continue;
      Place<V> target = place(next);
      if (selective && !target.executes()) continue;
      add(target, vertex.nextSlot(i), results[i]);
      if (--target.dependencies == 0) offer(target);
    }
  }

  /** Where a sweep begins, and with which gradient. */
  public record Root<V>(Vertex<V> vertex, int slot, @Nullable V gradient) {}

  /** What a sweep is for: a vertex to run, or a slot whose gradient is taken without running its vertex. */
  public record Target<V>(Vertex<V> vertex, int slot, boolean run) {}
}
