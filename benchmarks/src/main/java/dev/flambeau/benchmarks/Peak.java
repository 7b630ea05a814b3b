package dev.flambeau.benchmarks;

import dev.flambeau.benchmarks.worker.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Fused multiply-adds on registers alone, as many as the machine can do; the result is their number of operations. */
final class Peak implements Row {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 1_000_000, CHAINS = 12;

  private final int threads;
  private final ExecutorService pool;

  Peak(int threads) {
    this.threads = threads;
    pool = Executors.newFixedThreadPool(threads);
  }

  @Override
  public Object step() {
    List<Future<Float>> sums = new ArrayList<>();
    for (int t = 0; t < threads; t++) sums.add(pool.submit(() -> multiplyAdd(ROUNDS)));
    float total = 0;
    try {
      for (Future<Float> sum : sums) total += sum.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return total;
  }

  @Override
  public float[] result() { return new float[] {2f * ROUNDS * CHAINS * SPECIES.length() * threads}; }

  /** Twelve independent chains hide the latency, and fit into the sixteen registers of AVX2. */
  private static float multiplyAdd(int rounds) {
    FloatVector m = FloatVector.broadcast(SPECIES, 0.999f), c = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector a = m, b = m, d = m, e = m, f = m, g = m, h = m, i = m, j = m, k = m, l = m, n = m;
    for (int r = 0; r < rounds; r++) {
      a = a.fma(m, c);
      b = b.fma(m, c);
      d = d.fma(m, c);
      e = e.fma(m, c);
      f = f.fma(m, c);
      g = g.fma(m, c);
      h = h.fma(m, c);
      i = i.fma(m, c);
      j = j.fma(m, c);
      k = k.fma(m, c);
      l = l.fma(m, c);
      n = n.fma(m, c);
    }
    return a.add(b).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l).add(n).lane(0);
  }

  @Override
  public void close() { pool.shutdownNow(); }
}
