package dev.flambeau.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** One side of the comparison, as the driver sees it: commands out, answers in (the worker package says which). */
final class Contender implements AutoCloseable {
  private static final List<String> ANSWERS = List.of("ready", "done", "step", "times", "bytes", "folder", "failed");

  private final String name;
  private final String version;
  private final BufferedReader answers;
  private final Writer commands;
  private final AutoCloseable process;

  /**
   * Waits until the worker is ready.
   *
   * @throws IOException with the reason if the worker fails
   */
  Contender(String name, InputStream answers, OutputStream commands, AutoCloseable process) throws IOException {
    this.name = name;
    this.answers = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
    this.commands = new OutputStreamWriter(commands, StandardCharsets.UTF_8);
    this.process = process;
    version = read("ready");
  }

  /**
   * Starts the worker's process; what it says besides the answers goes to {@code log}.
   *
   * @throws IOException with the reason if it does not start
   */
  static Contender start(String name, List<String> command, Path log) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    try {
      return new Contender(name, process.getInputStream(), process.getOutputStream(), process::destroy);
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }

  String name() { return name; }

  String version() { return version; }

  /** Lets the worker compute a row from its first state and write the result to a file. */
  void result(String row, Path file) throws IOException { ask("done", "result " + row + " " + file); }

  /** Runs a row for some time, and gives the nanoseconds per step that it took in the end. */
  double warm(String row, long millis) throws IOException {
    return Double.parseDouble(ask("step", "warm " + row + " " + millis));
  }

  /** Times a row. */
  Times times(String row, long warmup, long samples, long steps) throws IOException {
    return Times.parse(ask("times", "row " + row + " " + warmup + " " + samples + " " + steps), steps);
  }

  /** The most memory, resident or reachable, that a row adds to the process; NaN where it is not known. */
  double memory(String kind, String row, int steps) throws IOException {
    String bytes = ask("bytes", kind + " " + row + " " + steps);
    return bytes.equals(Figures.NONE) ? Double.NaN : Double.parseDouble(bytes);
  }

  /** Where the library is installed. */
  Path folder() throws IOException { return Path.of(ask("folder", "folder")); }

  private String ask(String expected, String command) throws IOException {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new IOException(name + " has stopped", e);
    }
    return read(expected);
  }

  /** What follows the expected word. Lines that answer nothing are a library's own chatter. */
  private String read(String expected) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      String word = line.split(" ", 2)[0], rest = line.substring(word.length()).strip();
      if (word.equals(expected)) return rest;
      if (word.equals("failed")) throw new IOException(rest);
      if (ANSWERS.contains(word)) throw new IOException(name + " answered " + line + ", not " + expected);
    }
    throw new IOException(name + " has stopped");
  }

  @Override
  public void close() throws IOException {
    try (answers; commands) {
      process.close();
    } catch (Exception e) {
      throw new IOException(name + " does not end", e);
    }
  }
}
