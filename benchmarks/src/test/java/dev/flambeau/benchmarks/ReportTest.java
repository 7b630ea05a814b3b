package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Machine MACHINE =
      new Machine("Some CPU", 2, "16.0 GB", "Linux amd64", "Some JDK", "--some-flag", "G1", "abc123");
  private static final Spec ADD = new Spec("add", "one add", 10, 0, 0);
  private static final Spec MATMUL = new Spec("matmul", "matmul, 64", 1, 524_288, 1e-5);
  private static final Spec START = new Spec("start", "start", 2, 0, 0, 1000);

  private static Times times(double nanos) { return new Times(List.of(nanos), 10, 1920, 50); }

  private static Report report(Outcome... outcomes) {
    Map<String, String> contenders = new LinkedHashMap<>();
    contenders.put("Flambeau", "this commit");
    contenders.put("LibTorch", "2.10");
    return new Report(MACHINE, LocalDate.of(2026, 1, 2), 2, contenders, Map.of("PyTorch", "python cannot import torch"),
        400, List.of(outcomes), List.of());
  }

  private static Outcome outcome(Spec spec, double own, double peer) {
    return new Outcome(spec, Map.of("Flambeau", times(own), "LibTorch", times(peer)), 3e-7, List.of());
  }

  @Test
  void theTableHasAllThatWasMeasured() {
    assertThat(report(outcome(ADD, 100, 1200), outcome(MATMUL, 2621.44, 5242.88)).summary()).isEqualTo("""
        | row        | Flambeau | spread | LibTorch |  ratio | goal | of peak | allocated |      GC | difference |
        |------------|---------:|-------:|---------:|-------:|-----:|--------:|----------:|--------:|-----------:|
        | one add    |   100 ns |    0 % |  1.20 µs | 12.00× | ≥ 10 |       - |     192 B | 5.00 ns |      3e-07 |
        | matmul, 64 |  2.62 µs |    0 % |  5.24 µs |  2.00× |  ≥ 1 |    50 % |     192 B | 5.00 ns |      3e-07 |

        Geometric mean of the ratios: 4.90 of ≥ 2.
        Every goal is met.
        """);
  }

  @Test
  void rowsBelowOneAreNamedBeforeThoseBelowTheirGoal() {
    assertThat(report(outcome(ADD, 100, 900), outcome(MATMUL, 3000, 2400)).summary()).endsWith("""

        Geometric mean of the ratios: 2.68 of ≥ 2.

        Below 1: matmul, 64 (0.80 of ≥ 1).

        Below the goal: one add (9.00 of ≥ 10).
        """);
  }

  @Test
  void whatThePeakAllowsIsSaidOfAProductThatCannotReachItsGoal() {
    Spec product = new Spec("matmul", "matmul, 64", 1.7, 400_000, 1e-5);
    assertThat(report(outcome(product, 1200, 1440)).summary())
        .contains("Below the goal: matmul, 64 (1.20 of ≥ 1.7, and of at most 1.44 that this machine's peak allows).");
    assertThat(report(outcome(product, 1200, 1800)).summary()).contains("matmul, 64 (1.50 of ≥ 1.7).");
    assertThat(report(outcome(product, 1000, 900)).summary()).as("faster than the peak").contains("(0.90 of ≥ 1.7).");
    Spec convolution = new Spec("resnet", "resnet", 1.7, 400_000, 1e-5);
    assertThat(report(outcome(convolution, 1200, 1440)).summary()).contains("resnet (1.20 of ≥ 1.7).");
  }

  @Test
  void aProcessThatIsLateIsNamed() {
    assertThat(report(outcome(START, 900, 1800)).summary()).contains("≥ 2, ≤ 1.00 µs").contains("Every goal is met");
    assertThat(report(outcome(START, 1100, 4400)).summary())
        .contains("Later than wanted: start (1.10 µs of ≤ 1.00 µs).").doesNotContain("Every goal");
    assertThat(report(outcome(START, 1200, 1800)).summary())
        .contains("Below the goal: start (1.50 of ≥ 2; 1.20 µs of ≤ 1.00 µs).");
  }

  @Test
  void bytesHaveATableOfTheirOwn() {
    Report report = new Report(MACHINE, LocalDate.of(2026, 1, 2), 2, report().contenders(), Map.of(), 400, List.of(),
        List.of(new Footprint("files", 1e6, Map.of("Flambeau", 1.3e6, "LibTorch", 113e6)),
            new Footprint("memory", Double.NaN, Map.of("Flambeau", 5e8))));
    assertThat(report.summary()).isEqualTo("""
        | besides time | Flambeau | LibTorch |              goal |
        |--------------|---------:|---------:|------------------:|
        | files        |  1.30 MB |   113 MB | ≤ 1.00 MB: missed |
        | memory       |   500 MB |        - |                 - |
        """);
  }

  @Test
  void aFailedRowSaysWhy() {
    Report report = report(Outcome.failed(ADD, "WRONG RESULT: differs from LibTorch by 1e-01"));
    assertThat(report.failed()).isTrue();
    assertThat(report.summary()).contains("| one add |   FAILED |")
        .contains("- one add: WRONG RESULT: differs from LibTorch");
  }

  @Test
  void theHeaderSaysWhereWhenAndWithWhom() {
    assertThat(report().header()).isEqualTo("""
        - Machine: Some CPU, 2 cores, 16.0 GB, Linux amd64
        - JDK: Some JDK
        - Flags of Flambeau's JVM: `--some-flag` (G1)
        - Commit: abc123, measured on 2026-01-02
        - Peak: 400 GFLOP/s in float on 2 threads
        - Flambeau: this commit
        - LibTorch: 2.10
        - PyTorch: absent: python cannot import torch
        """);
  }

  @Test
  void onlyRatiosAreWrittenAsRatios() {
    String page = report(outcome(ADD, 100, 900), outcome(MATMUL, 2000, 3000)).page();
    assertThat(page.chars().filter(c -> c == '×').count()).isEqualTo(2);
    assertThat(page).contains("./flambeau bench --write");
    assertThat(Spec.ALL).noneMatch(s -> s.title().contains("×"));
  }
}
