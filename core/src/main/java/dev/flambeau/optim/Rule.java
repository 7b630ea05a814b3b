package dev.flambeau.optim;

import dev.flambeau.FusedUpdate;
import dev.flambeau.scalar.Scalar;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An optimizer's rule with its options, as a value: what its loop is compiled from, once. */
interface Rule {
  Map<Rule, FusedUpdate> LOOPS = new ConcurrentHashMap<>();

  FusedUpdate compile();

  default FusedUpdate loop() {
    FusedUpdate known = LOOPS.get(this);
    return known != null ? known : LOOPS.computeIfAbsent(this, Rule::compile);
  }

  /** The direction to descend: g or −g, and weightDecay · p. */
  static Scalar gradient(Scalar g, boolean maximize, Scalar p, boolean decays, Scalar weightDecay) {
    Scalar downhill = maximize ? g.neg() : g;
    return decays ? downhill.add(p.mul(weightDecay)) : downhill;
  }

  /** (1 − w) · before + w · now. */
  static Scalar average(Scalar before, Scalar now, Scalar w) {
    return before.mul(Scalar.constant(1).sub(w)).add(now.mul(w));
  }
}
