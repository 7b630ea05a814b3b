package dev.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HubTest {
  private static final String WEIGHTS = "https://download.pytorch.org/models/resnet18-f37072fd.pth";

  @Test
  void aRequestReadsAsASentence() {
    RemoteFile file = Hub.file(WEIGHTS, "https://mirror.example/r18").sha256Prefix("F37072FD").size(46_830_571)
        .inCache("checkpoints");
    assertThat(file.name()).isEqualTo("resnet18-f37072fd.pth");
    assertThat(file.folder()).isEqualTo(Path.of("checkpoints"));
    assertThat(file.checksums()).containsExactly(new Checksum("SHA-256", "f37072fd"));
    assertThat(file.addresses()).containsExactly(URI.create(WEIGHTS), URI.create("https://mirror.example/r18"));
    assertThat(file.size()).isEqualTo(46_830_571);
    assertThat(file.in(Path.of("here")).folder()).isAbsolute();
  }

  @Test
  void namesFromAddressesHaveNoTricks() {
    assertThat(name("https://h/a/..%2F..%2Fetc%2Fpasswd")).isEqualTo("passwd");
    assertThat(name("https://h/a/..%5C..%5Cwindows%5Csystem.ini")).isEqualTo("system.ini");
    assertThat(name("https://h/.bashrc")).isEqualTo("bashrc");
    assertThat(name("https://h/a%00b%0Ac:d.pth")).isEqualTo("a_b_c_d.pth");
    assertThat(name("https://h/nul.txt")).isEqualTo("_nul.txt_");
    assertThat(name("https://h/x.part")).isEqualTo("_x.part_");
    assertThat(name("https://h/" + "long".repeat(100) + ".pth")).hasSize(200).endsWith("long.pth");
    for (String none : List.of("https://h", "https://h/", "https://h/a/..", "https://h/%2E%2E", "https://h/..%2F"))
      assertThatIllegalArgumentException().as(none).isThrownBy(() -> Hub.file(none))
          .withMessageContaining("named(\"model.pth\")");
  }

  @Test
  void foldersFromAddressesHaveNoTricks() {
    for (String uri : List.of("https://h/../../a/%2E%2E/b/f", "https://h/..%2F..%2Fetc/f", "https://h/C:%5Cx/f",
        "https://h//etc//f",
        "https://[::1]:80/f", "https://h/a/f?../../../b")) {
      Path folder = Hub.file(uri).folder();
      assertThat(folder.isAbsolute()).as(uri).isFalse();
      assertThat(folder).as(uri).isEqualTo(folder.normalize());
      for (Path part : folder) assertThat(part.toString()).as(uri).isNotEqualTo("..").doesNotContain(":", "\\");
    }
    assertThat(Hub.file("https://h/a/b/f").folder()).isEqualTo(Path.of("h", "a", "b"));
  }

  @Test
  void namesByHandAreRefusedRatherThanChanged() {
    for (String bad : List.of("", ".", "..", "a/b", "a\\b", "../x", "/x", "a:b", ".hidden", "con", "x.lock", "a\0b",
        "a\nb"))
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Hub.file(WEIGHTS).named(bad));
    assertThatIllegalArgumentException().isThrownBy(() -> Hub.file(WEIGHTS).inCache("../elsewhere"));
    assertThat(Hub.file(WEIGHTS).named("train-images-idx3-ubyte.gz").name()).isEqualTo("train-images-idx3-ubyte.gz");
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String bad : List.of("file:///etc/passwd", "ftp://h/f", "net.pth", "https:net.pth", "https:///f",
        "jar:file:x!/y", ""))
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Hub.file(bad))
          .withMessageContaining("https://host/file");
    assertThatIllegalArgumentException().isThrownBy(() -> Hub.file(WEIGHTS, "ftp://h/f"));
    assertThatIllegalArgumentException().isThrownBy(() -> Hub.file("no address at all"));
  }

  @Test
  void whatIsNoChecksumIsRefused() {
    RemoteFile file = Hub.file(WEIGHTS);
    for (String bad : List.of("", "f37072f", "f37072fg", "f".repeat(65)))
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> file.sha256Prefix(bad))
          .withMessageContaining("hexadecimal");
    assertThatIllegalArgumentException().isThrownBy(() -> file.sha256("f37072fd"))
        .withMessageContaining("sha256Prefix");
    assertThatIllegalArgumentException().isThrownBy(() -> file.md5("f37072fd"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checksum("CRC", "f37072fd"));
    assertThatIllegalArgumentException().isThrownBy(() -> file.size(-2));
    assertThatIllegalArgumentException().isThrownBy(() -> file.limit(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Patience(0, Duration.ZERO, Duration.ofSeconds(1)));
  }

  @Test
  void pausesDoubleUpToSixteenfold() {
    Patience patience = new Patience(9, Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(List.of(1, 2, 3, 4, 5, 6, 7).stream().map(i -> patience.after(i).toSeconds())).containsExactly(1L, 2L,
        4L, 8L, 16L, 16L, 16L);
  }

  @Test
  void theCacheIsWhereTheUserWantsIt() {
    Map<String, String> home = Map.of("user.home", "/home/ada");
    assertThat(places(home, Map.of()).cache()).isEqualTo(path("/home/ada/.cache/flambeau"));
    assertThat(places(home, Map.of()).torchCache()).isEqualTo(path("/home/ada/.cache/torch/hub/checkpoints"));
    Map<String, String> caches = Map.of("XDG_CACHE_HOME", "/caches");
    assertThat(places(home, caches).cache()).isEqualTo(path("/caches/flambeau"));
    assertThat(places(home, caches).torchCache()).isEqualTo(path("/caches/torch/hub/checkpoints"));
    Map<String, String> both = Map.of("XDG_CACHE_HOME", "/caches", "FLAMBEAU_HOME", "/own", "TORCH_HOME", "/torch");
    assertThat(places(home, both).cache()).isEqualTo(path("/own"));
    assertThat(places(home, both).torchCache()).isEqualTo(path("/torch/hub/checkpoints"));
    assertThat(places(Map.of("flambeau.home", "/first"), both).cache()).isEqualTo(path("/first"));
  }

  @Test
  void theUserMayForbidTheNetwork() {
    assertThat(places(Map.of(), Map.of()).offline()).isFalse();
    assertThat(places(Map.of("flambeau.offline", "true"), Map.of()).offline()).isTrue();
    assertThat(places(Map.of(), Map.of("FLAMBEAU_OFFLINE", "1")).offline()).isTrue();
    assertThat(places(Map.of(), Map.of("FLAMBEAU_OFFLINE", "")).offline()).isFalse();
    assertThat(places(Map.of("flambeau.offline", "false"), Map.of("FLAMBEAU_OFFLINE", "1")).offline()).isFalse();
  }

  @Test
  void aTerminalShowsABarOfALargeFile() {
    var shown = new ByteArrayOutputStream();
    var out = Optional.of(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try (var progress = new DownloadProgress(Hub.file(WEIGHTS), out)) {
      progress.at(1 << 20, 4 << 20);
      progress.at(4 << 20, 4 << 20);
    }
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("resnet18-f37072fd.pth", "100%", "4/4 MB");
  }

  @Test
  void aSmallFileShowsNothing() {
    var shown = new ByteArrayOutputStream();
    var out = Optional.of(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try (var progress = new DownloadProgress(Hub.file(WEIGHTS), out)) {
      progress.at(1000, 1000);
    }
    assertThat(shown.size()).isZero();
  }

  private static String name(String uri) { return Hub.file(uri).name(); }

  private static Places places(Map<String, String> properties, Map<String, String> environment) {
    return Places.of(properties::get, environment::get);
  }

  private static Path path(String path) { return Path.of(path).toAbsolutePath(); }
}
