package dev.flambeau.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The processes: how Flambeau's and the peers' are started, and what has to be there for them. */
final class Contenders {
  private static final int REASON_LENGTH = 200;
  private static final String WORKER = "worker", REACHABLE = "reachable", PACKAGE = "dev.flambeau.benchmarks.";
  private static final String GRADIENT = """
      import torch
      x = torch.tensor([2.0, 3.0], requires_grad=True)
      (x * x).sum().backward()
      print(x.grad)
      """;

  private final Path root;
  private final Path logs;
  private final String threads;
  private final Map<String, Map<String, List<String>>> commands = new LinkedHashMap<>();
  private final Map<String, List<Path>> shipped = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();

  Contenders(Path root, Path logs, int threads) {
    this.root = root;
    this.logs = logs;
    this.threads = Integer.toString(threads);
  }

  /** The same JVM, flags and class path as this process. */
  Contender flambeau() throws IOException {
    commands.put(Outcome.FLAMBEAU, flambeau(List.of()));
    return start(Outcome.FLAMBEAU);
  }

  /** With G1 a large array would count with all of the regions that it begins. */
  private Map<String, List<String>> flambeau(List<String> more) {
    List<String> flags = Machine.jvmFlags(), path = List.of("-cp", System.getProperty("java.class.path"));
    List<String> parallel = joined(flags.stream().filter(f -> !f.matches("-XX:.Use\\w+GC")).toList(),
        List.of("-XX:+UseParallelGC"));
    List<String> worker = joined(path, List.of(FlambeauWorker.class.getName(), threads));
    List<String> program = joined(List.of(java()), joined(joined(flags, more), path));
    return Map.of(WORKER, joined(List.of(java()), joined(flags, worker)),
        REACHABLE, joined(List.of(java()), joined(parallel, worker)),
        "cold-start", joined(program, List.of(FirstGradient.class.getName())),
        "first-step", joined(program, List.of(FirstStep.class.getName(), threads)));
  }

  /** Fetches, builds and starts what can be; {@link #absent} says why the others cannot. */
  List<Contender> peers() throws InterruptedException {
    List<Contender> peers = new ArrayList<>();
    jvm(peers, "LibTorch", "libtorch", "LibTorch", "-Dorg.bytedeco.javacpp.nopointergc=true",
        "-Dorg.bytedeco.javacpp.cachedir=" + cache("libtorch"));
    jvm(peers, "LibTorch-MKL", "libtorch-mkl", "LibTorchMkl", "-Dai.djl.offline=true",
        "-DDJL_CACHE_DIR=" + cache("libtorch-mkl"));
    python(peers);
    return peers;
  }

  /** Name and reason of each peer that could not be started. */
  Map<String, String> absent() { return absent; }

  /** What runs a row that is a whole process, by the name of whoever has it. */
  Map<String, List<String>> commands(String row) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    commands.forEach((name, all) -> {
      if (all.containsKey(row)) found.put(name, all.getOrDefault(row, List.of()));
    });
    Path cache = root.resolve("benchmarks/target/flambeau.aot");
    if (Files.exists(cache)) {
      List<String> cached = List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off");
      found.put(Outcome.FLAMBEAU, flambeau(cached).getOrDefault(row, List.of()));
    }
    return found;
  }

  /** Flambeau's process without what the launcher keeps for it. */
  Map<String, List<String>> variants(String row) {
    return Map.of("without the launcher's AOT cache", flambeau(List.of()).getOrDefault(row, List.of()));
  }

  /** Another process of a contender that could be started. */
  Contender start(String name) throws IOException { return start(name, WORKER); }

  /** A process of Flambeau whose collector counts bytes. */
  Contender counting() throws IOException { return start(Outcome.FLAMBEAU, REACHABLE); }

  private Contender start(String name, String what) throws IOException {
    List<String> command = commands.getOrDefault(name, Map.of()).getOrDefault(what, List.of());
    return Contender.start(name, command, logs.resolve(name + ".log"));
  }

  /** The files and folders of each peer's library for this platform. */
  Map<String, List<Path>> shipped() { return shipped; }

  private Path project(String module) { return root.resolve("benchmarks/peers").resolve(module); }

  private Path cache(String module) { return project(module).resolve("target/natives"); }

  private void jvm(List<Contender> peers, String name, String module, String main, String... flags)
      throws InterruptedException {
    try {
      build(name, module);
      Path target = project(module).resolve("target");
      String libraries = Files.readString(target.resolve("classpath.txt")).strip();
      List<String> java = joined(joined(List.of(java(), "--enable-native-access=ALL-UNNAMED"), List.of(flags)),
          List.of("-cp", target.resolve("classes") + File.pathSeparator + libraries));
      commands.put(name, Map.of(WORKER, joined(java, List.of(PACKAGE + "peers." + main, threads)),
          "cold-start", joined(java, List.of(PACKAGE + "peers.FirstGradient"))));
      shipped.put(name, Arrays.stream(libraries.split(File.pathSeparator)).map(Path::of).toList());
      peers.add(start(name));
    } catch (IOException e) {
      leave(name, e);
    }
  }

  private void python(List<Contender> peers) {
    String name = "PyTorch", python = System.getenv().getOrDefault("FLAMBEAU_PYTHON", "python3");
    String rows = root.resolve("benchmarks/python/rows.py").toString();
    commands.put(name, Map.of(WORKER, List.of(python, rows, threads), "cold-start", List.of(python, "-c", GRADIENT),
        "first-step", List.of(python, rows, threads, "first-step")));
    try {
      Contender peer = start(name);
      peers.add(peer);
      shipped.put(name, List.of(peer.folder()));
    } catch (IOException e) {
      leave(name, e);
    }
  }

  private void leave(String name, IOException e) {
    commands.remove(name);
    absent.put(name, reason(e));
  }

  static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
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

  private static String reason(IOException e) {
    String line = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").replace("|", "/");
    return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + " ...";
  }
}
