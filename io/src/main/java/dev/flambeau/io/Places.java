package dev.flambeau.io;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where this machine keeps downloaded files, and whether it may ask the network for more. */
record Places(Path cache, Path torchCache, boolean offline) {
  /**
   * A property or a variable by its name, as {@link System#getProperty(String)} and {@link System#getenv(String)} have
   * them.
   */
  interface Settings {
    @Nullable String get(String name);
  }

  static Places ofSystem() { return of(System::getProperty, System::getenv); }

  static Places of(Settings properties, Settings environment) {
    Path home = Path.of(first(properties.get("user.home"), "."));
    Path caches = Path.of(first(environment.get("XDG_CACHE_HOME"), home.resolve(".cache").toString()));
    String own =
        first(properties.get("flambeau.home"), environment.get("FLAMBEAU_HOME"), caches.resolve("flambeau").toString());
    String torch = first(environment.get("TORCH_HOME"), caches.resolve("torch").toString());
    String offline = first(properties.get("flambeau.offline"), environment.get("FLAMBEAU_OFFLINE"), "false");
    return new Places(Path.of(own).toAbsolutePath(), Path.of(torch, "hub", "checkpoints").toAbsolutePath(),
        !Set.of("0", "false").contains(offline));
  }

  private static String first(@Nullable String... choices) {
    for (String choice : choices) if (choice != null && !choice.isBlank()) return choice;
    throw new IllegalStateException("the last choice is always there");
  }
}
