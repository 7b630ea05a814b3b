package dev.flambeau.benchmarks;

import dev.flambeau.Torch;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the libraries take besides time. */
final class Footprints {
  private static final int STEPS = 3;
  private static final double CORE = 2e6;

  private Footprints() {}

  /** The files without which a program cannot run: for Flambeau its core, and all that the benchmarks use. */
  static List<Footprint> sizes(Map<String, List<Path>> peers) throws URISyntaxException {
    Path own = home(Footprints.class);
    List<Path> used = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
        .filter(p -> !p.toAbsolutePath().equals(own)).toList();
    Map<String, Double> core = new LinkedHashMap<>(Map.of(Outcome.FLAMBEAU, size(List.of(home(Torch.class)))));
    peers.forEach((name, files) -> core.put(name, size(files)));
    return List.of(new Footprint("files to ship: the library, of Flambeau the core", CORE, core), new Footprint(
        "files to ship: Flambeau with io, vision and their libraries", Double.NaN,
        Map.of(Outcome.FLAMBEAU, size(used))));
  }

  static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  static double size(List<Path> paths) {
    double bytes = 0;
    for (Path path : paths) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) bytes += Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes;
  }

  /** A row's memory, of each in a process of its own. */
  static List<Footprint> memory(Spec spec, List<String> names, Contenders contenders) {
    Map<String, Double> resident = new LinkedHashMap<>(), reachable = new LinkedHashMap<>();
    try (Contender flambeau = contenders.counting()) {
      reachable.put(Outcome.FLAMBEAU, flambeau.memory("reachable", spec.name(), STEPS));
    } catch (IOException e) {
      unknown(Outcome.FLAMBEAU, e);
    }
    for (String name : names) {
      try (Contender contender = contenders.start(name)) {
        resident.put(name, contender.memory("resident", spec.name(), STEPS));
      } catch (IOException e) {
        unknown(name, e);
      }
    }
    return List.of(new Footprint(spec.title() + ": reachable", Double.NaN, reachable),
        new Footprint(spec.title() + ": resident", Double.NaN, resident));
  }

  private static void unknown(String name, IOException e) {
    System.err.println("the memory of " + name + " is unknown: " + e.getMessage());
  }
}
