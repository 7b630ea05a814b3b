package dev.flambeau.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What a program prints. */
record Captured(String out, String err) {
  /** A program that may fail. */
  interface Program {
    void run() throws Exception;
  }

  static Captured of(Program program) throws Exception { return of(StandardCharsets.UTF_8, program); }

  /** With streams in the encoding {@code charset}. */
  static Captured of(Charset charset, Program program) throws Exception {
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, charset));
    System.setErr(new PrintStream(err, true, charset));
    try {
      program.run();
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
    return new Captured(out.toString(charset), err.toString(charset));
  }
}
