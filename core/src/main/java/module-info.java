/** Tensors that remember how they were made, and gradients of any order, in plain Java. */
module dev.flambeau {
  requires static com.google.errorprone.annotations;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.flambeau;
  exports dev.flambeau.array;
  exports dev.flambeau.data;
  exports dev.flambeau.graph;
  exports dev.flambeau.nn;
  exports dev.flambeau.optim;
  exports dev.flambeau.optim.lrscheduler;
  exports dev.flambeau.scalar;
}
