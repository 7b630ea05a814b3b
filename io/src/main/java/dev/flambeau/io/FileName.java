package dev.flambeau.io;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Names of files made safe on every system: no separators, no hidden files, no devices, no names that downloads use.
 */
final class FileName {
  private static final int LONGEST = 200;
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9._+@=()-]");
  private static final Pattern RESERVED =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?|.*\\.(part|from|lock)");

  private FileName() {}

  /** The last part of the address's path; empty where it has none. */
  static String of(URI from) {
    String path = path(from);
    return clean(path.substring(path.lastIndexOf('/') + 1));
  }

  /** A folder for what comes from there: its host, then the folders of its path, then its query. */
  static Path folder(URI from) {
    Path folder = Path.of(clean(from.getHost() + (from.getPort() < 0 ? "" : "_" + from.getPort())));
    String path = path(from);
    for (String part : path.substring(0, path.lastIndexOf('/') + 1).split("/", -1))
      folder = folder.resolve(clean(part));
    return from.getQuery() == null ? folder : folder.resolve(clean(from.getQuery()));
  }

  /** A name as near as possible to the one given; empty where nothing is left of it. */
  static String clean(String name) {
    String clean = FOREIGN.matcher(name).replaceAll("_").replaceAll("^\\.+|\\.+$", "");
    if (clean.length() > LONGEST) clean = clean.substring(clean.length() - LONGEST).replaceAll("^\\.+", "");
    return RESERVED.matcher(clean).matches() ? "_" + clean + "_" : clean;
  }

  private static String path(URI from) {
    return from.getPath() == null ? "" : from.getPath().replace('\\', '/');
  }
}
