package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsLineUp() {
    Table table = new Table(List.of("row", "time"));
    table.add(List.of("add", "7 ns"));
    table.add(List.of("matmul", "12.5 ms"));
    assertThat(table).hasToString("""
        | row    |    time |
        |--------|--------:|
        | add    |    7 ns |
        | matmul | 12.5 ms |
        """);
  }

  @Test
  void aRowHasAsManyCellsAsThereAreTitles() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Table(List.of("row", "time")).add(List.of("add")))
        .withMessage("expected 2 cells, got 1");
  }
}
