package dev.flambeau.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts Flambeau's process and the peers'. */
final class Contenders {
  private static final int REASON_LENGTH = 200;

  private final Path root;
  private final Path logs;
  private final String threads;
  private final List<Contender> peers = new ArrayList<>();
  private final Map<String, String> absent = new LinkedHashMap<>();

  Contenders(Path root, Path logs, int threads) {
    this.root = root;
    this.logs = logs;
    this.threads = Integer.toString(threads);
  }

  /** The same JVM, flags and class path as this process. */
  Contender flambeau() throws IOException {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(Machine.jvmFlags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), FlambeauWorker.class.getName(), threads));
    return Contender.start(Outcome.FLAMBEAU, command, log(Outcome.FLAMBEAU));
  }

  /** Fetches, builds and starts what can be; {@link #absent} says why the others cannot. */
  List<Contender> peers() throws InterruptedException {
    jvm("LibTorch", "libtorch", "LibTorch", "-Dorg.bytedeco.javacpp.nopointergc=true",
        "-Dorg.bytedeco.javacpp.cachedir=" + cache("libtorch"));
    jvm("LibTorch-MKL", "libtorch-mkl", "LibTorchMkl", "-Dai.djl.offline=true",
        "-DDJL_CACHE_DIR=" + cache("libtorch-mkl"));
    String python = System.getenv().getOrDefault("FLAMBEAU_PYTHON", "python3");
    start("PyTorch", List.of(python, root.resolve("benchmarks/python/rows.py").toString(), threads));
    return peers;
  }

  /** Name and reason of each peer that could not be started. */
  Map<String, String> absent() { return absent; }

  private Path project(String module) { return root.resolve("benchmarks/peers").resolve(module); }

  private Path cache(String module) { return project(module).resolve("target/natives"); }

  private void jvm(String name, String module, String main, String... flags) throws InterruptedException {
    try {
      build(name, module);
      Path target = project(module).resolve("target");
      String libraries = Files.readString(target.resolve("classpath.txt")).strip();
      List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
      command.addAll(List.of(flags));
      command.addAll(List.of("-cp", target.resolve("classes") + File.pathSeparator + libraries,
          "dev.flambeau.benchmarks.peers." + main, threads));
      start(name, command);
    } catch (IOException e) {
      absent.put(name, reason(e));
    }
  }

  private void start(String name, List<String> command) {
    try {
      peers.add(Contender.start(name, command, log(name)));
    } catch (IOException e) {
      absent.put(name, reason(e));
    }
  }

  /** Maven fetches the libraries and compiles; offline it is content with what was fetched before. */
  private void build(String name, String module) throws IOException, InterruptedException {
    Path log = logs.resolve(module + "-build.log");
    String project = root.resolve("benchmarks/peers/pom.xml").toString();
    ProcessBuilder maven = new ProcessBuilder("mvn", "-q", "-B", "-f", project, "-pl", module, "compile")
        .redirectErrorStream(true).redirectOutput(log.toFile());
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    if (maven.start().waitFor() == 0) return;
    throw new IOException("cannot build " + name + ": " + Files.readAllLines(log, StandardCharsets.UTF_8).stream()
        .filter(l -> l.startsWith("[ERROR]")).map(l -> l.substring("[ERROR]".length()).strip()).findFirst()
        .orElse("Maven failed"));
  }

  private static String java() { return Path.of(System.getProperty("java.home"), "bin", "java").toString(); }

  private Path log(String name) { return logs.resolve(name + ".log"); }

  private static String reason(IOException e) {
    String line = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").replace("|", "/");
    return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + " ...";
  }
}
