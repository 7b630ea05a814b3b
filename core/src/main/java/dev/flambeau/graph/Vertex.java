package dev.flambeau.graph;

import org.jspecify.annotations.Nullable;

/**
 * One step of a backward graph: takes a gradient for each output of the forward step, gives one for each input.
 *
 * <p>An edge leads from input {@code i} of the forward step to the vertex that made this input, and to the slot there: which of that vertex's outputs
 * it was. A missing edge means that nobody wants this gradient. A missing gradient is null.
 *
 * @param <V> what gradients are
 */
public abstract class Vertex<V> {
  /** The sequence number of vertices that end a path; they run as soon as they can. */
  public static final long LAST = Long.MAX_VALUE;

  private final int number;
  private long sequenceNr;

  /** A vertex created as the {@code sequenceNr}-th: among those ready the latest runs first. */
  protected Vertex(long sequenceNr) {
    this.sequenceNr = sequenceNr;
    number = sequenceNr == LAST ? System.identityHashCode(this) : (int) sequenceNr;
  }

  /** A number that most vertices of a graph have alone. */
  final int number() { return number; }

  /** Its place in the order of creation; among vertices ready to run, the highest goes first. */
  public final long sequenceNr() { return sequenceNr; }

  /** Moves this vertex in the order among ready vertices; what depends on what stays as it is. */
  public final void setSequenceNr(long sequenceNr) { this.sequenceNr = sequenceNr; }

  /** Number of gradients taken: outputs of the forward step. */
  public abstract int slots();

  /** Number of gradients given: inputs of the forward step. */
  public abstract int edges();

  /** Where the gradient of input {@code i} goes, or null if nowhere. */
  public abstract @Nullable Vertex<V> next(int i);

  /** Which slot of {@link #next} the gradient of input {@code i} goes to. */
  public abstract int nextSlot(int i);

  /** An array for the gradients taken, all null. */
  protected abstract @Nullable V[] buffer();

  /** Called once all gradients are summed, even if this vertex itself is not to run; the result takes their place. */
  protected @Nullable V[] arrive(@Nullable V[] gradients) { return gradients; }

  /**
   * Computes the gradients of the inputs, in the order of the edges.
   *
   * @param gradients one for each slot, null where there is none
   * @param task the sweep that asks; {@link GraphTask#wants} tells which edges it will follow
   */
  protected abstract @Nullable V[] run(@Nullable V[] gradients, GraphTask<V> task);

  /** Called when a gradient is given to the caller of the sweep, who may keep it. */
  protected void handOut(V gradient) {}

  /** Frees what was kept for {@link #run}. */
  protected void release() {}
}
