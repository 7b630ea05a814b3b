package dev.flambeau.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sweep on plain doubles: micrograd, with the engine that tensors use. */
final class EngineTest {
  private static final Engine<Double> ENGINE = new Engine<>(Double::sum, UnaryOperator.identity());

  /** A value that remembers how it was made. */
  private static final class Value extends Vertex<Double> {
    private static long created;

    final double data;
    final Value[] from;
    final double[] slopes;
    final List<String> log;
    final String name;
    @Nullable Double grad;
    @Nullable Runnable during;

    Value(String name, double data, List<String> log, Value[] from, double... slopes) {
      super(from.length == 0 ? LAST : created++);
      this.name = name;
      this.data = data;
      this.log = log;
      this.from = from;
      this.slopes = slopes;
    }

    static Value leaf(String name, double data, List<String> log) { return new Value(name, data, log, new Value[0]); }

    Value add(String name, Value other) {
      return new Value(name, data + other.data, log, new Value[] {this, other}, 1, 1);
    }

    Value mul(String name, Value other) {
      return new Value(name, data * other.data, log, new Value[] {this, other}, other.data, data);
    }

    @Override
    public int slots() { return 1; }

    @Override
    public int edges() { return from.length; }

    @Override
    public Vertex<Double> next(int i) { return from[i]; }

    @Override
    public int nextSlot(int i) { return 0; }

    @Override
    protected @Nullable Double[] buffer() { return new Double[1]; }

    @Override
    protected @Nullable Double[] run(@Nullable Double[] gradients, GraphTask<Double> task) {
      log.add(name);
      Double g = gradients[0];
      if (from.length == 0) grad = (grad == null ? 0 : grad) + (g == null ? 0 : g);
      if (during != null) during.run();
      return Arrays.stream(slopes).mapToObj(s -> g == null ? null : g * s).toArray(Double[]::new);
    }
  }

  private static List<@Nullable Double> backward(Value root) {
    return ENGINE.run(List.of(new GraphTask.Root<>(root, 0, 1.0)), false, null);
  }

  @Test
  void sumsGradientsWherePathsMeet() {
    List<String> log = new ArrayList<>();
    Value a = Value.leaf("a", 3, log);
    Value b = Value.leaf("b", -2, log);
    Value c = a.mul("c", b);
    Value d = c.add("d", a).mul("e", c);
    assertThat(backward(d)).isEmpty();
    assertThat(a.grad).isEqualTo(2 * 3 * 4 + 2 * 3 * -2);
    assertThat(b.grad).isEqualTo(2.0 * 9 * -2 + 9);
  }

  @Test
  void runsTheLatestFirstAndLeavesAsSoonAsTheyCan() {
    List<String> log = new ArrayList<>();
    Value a = Value.leaf("a", 1, log);
    Value b = Value.leaf("b", 1, log);
    Value two = Value.leaf("two", 2, log);
    Value p = a.mul("p", two);
    Value q = b.mul("q", two);
    assertThat(backward(p.add("z", q))).isEmpty();
    assertThat(log).containsExactly("z", "q", "b", "p", "a", "two");
  }

  @Test
  void takesGradientsAtTargetsAndRunsNothingElse() {
    List<String> log = new ArrayList<>();
    Value a = Value.leaf("a", 3, log);
    Value b = Value.leaf("b", 4, log);
    Value c = a.mul("c", a);
    Value d = c.add("d", b.mul("e", b));
    List<@Nullable Double> taken = ENGINE.run(List.of(new GraphTask.Root<>(d, 0, 1.0)), false,
        List.of(new GraphTask.Target<>(a, 0, false), new GraphTask.Target<>(c, 0, false),
            new GraphTask.Target<>(a, 0, false)));
    assertThat(taken).containsExactly(6.0, 1.0, 6.0);
    assertThat(log).containsExactly("d", "c");
    assertThat(a.grad).isNull();
  }

  @Test
  void walksGraphsOfAnyDepth() {
    List<String> log = new ArrayList<>();
    Value a = Value.leaf("a", 1, log);
    Value x = a;
    for (int i = 0; i < 150_000; i++) x = x.add("x", a);
    assertThat(backward(x)).isEmpty();
    assertThat(a.grad).isEqualTo(150_001.0);
  }

  @Test
  void nestsSweepsWithoutStack() {
    List<String> log = new ArrayList<>();
    int[] depth = {0};
    Runnable[] nested = new Runnable[1];
    nested[0] = () -> {
      if (depth[0]++ == 2_000) return;
      Value a = Value.leaf("a", 1, log);
      Value b = a.add("b", a);
      b.during = nested[0];
      assertThat(backward(b)).isEmpty();
      assertThat(a.grad).isEqualTo(2.0);
    };
    nested[0].run();
    assertThat(depth[0]).isEqualTo(2_001);
    assertThat(ENGINE.current()).isNull();
  }

  @Test
  void passesFailuresOnAndWorksAfterwards() {
    List<String> log = new ArrayList<>();
    Value a = Value.leaf("a", 1, log);
    Value b = a.add("b", a);
    b.during = () -> {
      throw new ArithmeticException("mine");
    };
    assertThatThrownBy(() -> backward(b)).isInstanceOf(ArithmeticException.class).hasMessage("mine");
    assertThat(ENGINE.current()).isNull();
    b.during = null;
    assertThat(backward(b)).isEmpty();
    assertThat(a.grad).isEqualTo(2.0);
  }

  @Test
  void runsCallbacksAfterTheSweepAndThoseTheyAdd() {
    List<String> log = new ArrayList<>();
    Value a = Value.leaf("a", 1, log);
    Value b = a.add("b", a);
    b.during = () -> {
      GraphTask<Double> task = ENGINE.current();
      if (task == null) throw new AssertionError("a sweep runs");
      task.whenDone(() -> {
        log.add("first");
        task.whenDone(() -> log.add("second"));
      });
    };
    assertThat(backward(b)).isEmpty();
    assertThat(log).containsExactly("b", "a", "first", "second");
  }

  @Test
  void tellsTheOrderBeforehand() {
    List<String> log = new ArrayList<>();
    Value a = Value.leaf("a", 1, log);
    Value b = a.add("b", a);
    Value c = b.mul("c", b);
    List<String> foretold = new ArrayList<>();
    c.during = () -> {
      GraphTask<Double> task = ENGINE.current();
      if (task == null) throw new AssertionError("a sweep runs");
      for (Vertex<Double> v : task.order()) foretold.add(((Value) v).name);
    };
    assertThat(backward(c)).isEmpty();
    assertThat(foretold).containsExactlyElementsOf(log);
  }
}
