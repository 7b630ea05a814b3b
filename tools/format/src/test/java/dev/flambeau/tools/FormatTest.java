package dev.flambeau.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  @Test
  void everySourceFileIsFormatted() throws Exception {
    assertThat(Format.unformatted(ROOT)).as("not formatted; run: mvn -q -pl tools/format test -Dformat").isEmpty();
  }

  @Test
  void formattedTextStaysAsItIs() throws Exception {
    String text = """
        package t;

        /** Longer than half a line, so that it would not fit beside the method below, if somebody put the two together. */
        record Exp(int n) implements Op {
          public Scalar of(Scalar... x)                    { return x[0].exp(); }
          public Saves  saves(int i)                       { return Saves.OUTPUT; }      // y is cheaper than eˣ again
          @Override public String toString()               { return "Exp"; }

          @Test
          void one() { check(_ -> 1, new int[] {1, 2}); }

          static int kind(Object o) {
            if (o == null) return 0;
            return switch (o) {
              case Integer _, Long _ -> 1;
              case Pair(var a, _) when a > 0 -> { yield a; }
              default -> 2;
            };
          }
        }
        """;
    assertThat(new Format(ROOT.resolve("config/eclipse-formatter.xml")).apply(text)).isEqualTo(text);
  }

  @Test
  void sloppyTextIsFormatted() throws Exception {
    String text = """
        package t;
        class A{
        int f( int x ){
        if(x>0){return 1;}
              return  x+1 ;
        }}
        """;
    assertThat(new Format(ROOT.resolve("config/eclipse-formatter.xml")).apply(text)).isEqualTo("""
        package t;

        class A {
          int f(int x) {
            if (x > 0) { return 1; }
            return x + 1;
          }
        }
        """);
  }
}
