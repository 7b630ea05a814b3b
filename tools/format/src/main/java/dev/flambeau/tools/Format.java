package dev.flambeau.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jdt.core.ToolFactory;
import org.eclipse.jdt.core.formatter.CodeFormatter;
import org.eclipse.jdt.core.formatter.DefaultCodeFormatterConstants;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.Document;
import org.eclipse.text.edits.TextEdit;

/**
 * Formats Java sources with Eclipse's formatter and the settings of {@code config/eclipse-formatter.xml}.
 *
 * <p>Three things the formatter cannot leave alone are hidden from it and put back: a Javadoc comment of one line (its length
 * would be added to that of the method below, which then no longer fits on one line), the line break after an annotation, and
 * columns made with spaces. The space that it drops in {@code case Integer _, Long _} is given back.
 */
final class Format {
  private static final int KIND = CodeFormatter.K_COMPILATION_UNIT | CodeFormatter.F_INCLUDE_COMMENTS;
  private static final Path SETTINGS = Path.of("config", "eclipse-formatter.xml");
  private static final Pattern SETTING = Pattern.compile("<setting id=\"([^\"]+)\" value=\"([^\"]+)\"/>");
  private static final Pattern SHORT_JAVADOC = Pattern.compile("(?m)(?<=^ {0,40})/\\*\\*.*\\*/$");
  private static final Pattern ANNOTATION_LINE =
      Pattern.compile("(?m)^[ \\t]*@(?!interface)[\\w.]+(\\([^()\\n]*\\))?( @[\\w.]+(\\([^()\\n]*\\))?)*$");

  private final CodeFormatter formatter;

  Format(Path settings) throws IOException {
    Map<String, String> options = DefaultCodeFormatterConstants.getEclipseDefaultSettings();
    for (String key : List.of("source", "compliance", "codegen.targetPlatform")) {
      options.put("org.eclipse.jdt.core.compiler." + key, "25");
    }
    Matcher m = SETTING.matcher(Files.readString(settings));
    while (m.find()) options.put(m.group(1), m.group(2));
    formatter = ToolFactory.createCodeFormatter(options, ToolFactory.M_FORMAT_EXISTING);
  }

  /** Formats every source file of the repository whose root is given. */
  public static void main(String[] args) throws IOException, BadLocationException {
    Path root = Path.of(args[0]);
    Format format = new Format(root.resolve(SETTINGS));
    for (Path file : sources(root)) {
      String source = Files.readString(file);
      String formatted = format.apply(source);
      if (!formatted.equals(source)) Files.writeString(file, formatted);
    }
  }

  /** Those source files of the repository at {@code root} which are not formatted. */
  static List<Path> unformatted(Path root) throws IOException, BadLocationException {
    Format format = new Format(root.resolve(SETTINGS));
    List<Path> found = new ArrayList<>();
    for (Path file : sources(root)) {
      String source = Files.readString(file);
      if (!format.apply(source).equals(source)) found.add(root.relativize(file));
    }
    return found;
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java"))
          .filter(f -> StreamSupport.stream(root.relativize(f).spliterator(), false)
              .noneMatch(p -> p.toString().equals("target")))
          .sorted().toList();
    }
  }

  String apply(String source) throws BadLocationException {
    List<String> javadocs = new ArrayList<>();
    String hidden = SHORT_JAVADOC.matcher(source).replaceAll(m -> {
      javadocs.add(m.group());
      return "//J" + (javadocs.size() - 1) + "J";
    });
    hidden = ANNOTATION_LINE.matcher(hidden).replaceAll("$0 //A");
    TextEdit edit = formatter.format(KIND, hidden, 0, hidden.length(), 0, "\n");
    if (edit == null) throw new IllegalArgumentException("the formatter cannot read this; does it compile?\n" + source);
    Document document = new Document(hidden);
    edit.apply(document);
    String shown = document.get().replaceAll("(?m) *//A$", "").replaceAll(" _,(?=\\w)", " _, ");
    for (int i = 0; i < javadocs.size(); i++) shown = shown.replace("//J" + i + "J", javadocs.get(i));
    String result = withColumns(source, shown);
    if (!bare(result).equals(bare(source))) throw new AssertionError("more than white space changed:\n" + result);
    return result;
  }

  /** The formatted text, with the spaces of the source inside those lines which differ in nothing else. */
  private static String withColumns(String source, String formatted) {
    Map<String, Deque<String>> lines = new HashMap<>();
    source.lines().map(String::strip).forEach(l -> lines.computeIfAbsent(squeezed(l), _ -> new ArrayDeque<>()).add(l));
    StringBuilder result = new StringBuilder();
    formatted.lines().forEach(l -> {
      String text = l.strip();
      Deque<String> originals = lines.getOrDefault(squeezed(text), new ArrayDeque<>());
      String original = originals.isEmpty() ? text : originals.remove();
      result.append(l.stripTrailing(), 0, l.stripTrailing().length() - text.length()).append(original).append('\n');
    });
    return result.toString();
  }

  private static String bare(String text) { return text.replaceAll("\\s", ""); }

  private static String squeezed(String line) { return line.replaceAll(" {2,}", " "); }
}
