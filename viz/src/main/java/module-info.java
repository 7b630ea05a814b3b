/** Pictures of autograd graphs. */
module dev.flambeau.viz {
  requires transitive dev.flambeau;
  // ELK's jars are no modules, so nobody else says that they need Guava.
  requires com.google.common;
  requires org.eclipse.elk.alg.layered;
  requires org.eclipse.elk.core;
  requires org.eclipse.elk.graph;
  requires org.eclipse.emf.common;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.flambeau.viz;
}
