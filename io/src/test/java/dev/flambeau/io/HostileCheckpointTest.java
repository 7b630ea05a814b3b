package dev.flambeau.io;

import static dev.flambeau.io.Hostile.archive;
import static dev.flambeau.io.Hostile.integer;
import static dev.flambeau.io.Hostile.little;
import static dev.flambeau.io.Hostile.pickle;
import static dev.flambeau.io.Hostile.storage;
import static dev.flambeau.io.Hostile.string;
import static dev.flambeau.io.Hostile.tensor;
import static dev.flambeau.io.Hostile.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that want more than to be read, or that lie. */
class HostileCheckpointTest {
  private static final String FLOATS = storage("torch\nFloatStorage", "0", 4);

  @TempDir
  Path folder;

  private Object load(byte[] content) throws IOException {
    return Checkpoint.load(Files.write(folder.resolve("hostile.pth"), content));
  }

  private void refused(byte[] content, String... words) {
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThatThrownBy(() -> load(content))
        .isInstanceOf(FileFormatException.class).hasMessageContaining("hostile.pth").hasMessageContainingAll(words));
  }

  private static byte[] repeat(String unit, int times) {
    return unit.repeat(times).getBytes(StandardCharsets.ISO_8859_1);
  }

  // ---------------------------------------------------------------- code

  @ParameterizedTest
  @ValueSource(strings = {"os\nsystem", "posix\nsystem", "builtins\neval", "__builtin__\nexec", "subprocess\nPopen",
    "builtins\ngetattr",
    "torch\nload", "torch._utils\nos", "datetime\ndatetime", "decimal\nDecimal", "array\narray", "operator\nattrgetter",
    "copy_reg\n_reconstructor", "builtins\nValueError", "exceptions\nOSError", "__builtin__\ncomplex",
    "numpy.core.multiarray\n_reconstruct"}) void aNameThatWeightsDoNotNeedIsRefusedByName(String global) {
    String name = global.replace('\n', '.');
    refused(archive(pickle("c" + global + "\n", string("touch x"), "\u0085R.")), name, "nothing was executed");
    int dot = global.indexOf('\n');
    refused(archive(pickle(string(global.substring(0, dot)), string(global.substring(dot + 1)), 0x93, ".")), name);
  }

  @Test
  void whatAFileCallsIsRefusedBeforeItIsCalled() {
    byte[] system = pickle("cos\nsystem\n", string("touch x"), "\u0085R.");
    refused(archive(system), "archive/data.pkl at byte", "\"os.system\"");
    refused(archive(pickle("(", string("x"), "ios\nsystem\n.")), "operation 105");
    refused(archive(pickle("(ccollections\nOrderedDict\no.")), "operation 111");
    refused(archive(pickle("}", string("x"), "b.")), "sets attributes of a dict");
    refused(archive(pickle("ccollections\nOrderedDict\n)}\u0092.")), "operation 146");
    refused(archive(pickle("\u0082\u0001.")), "operation 130");
    refused(archive(pickle("\u0097.")), "operation 151");
    refused(archive(pickle("Px\n.")), "operation 80");
    refused(archive(pickle("ctorch\nFloatStorage\n)R.")), "calls the class torch.FloatStorage");
    refused(archive(pickle("ctorch._utils\n_rebuild_parameter\n.")), "the function torch._utils._rebuild_parameter",
        "not a value");
    refused(archive(pickle(FLOATS, ".")), "bare storage");
  }

  // ---------------------------------------------------------------- size

  @Test
  void lengthsBeyondTheFileAllocateNothing() {
    refused(archive(pickle("X", little(Integer.MAX_VALUE), ".")), "2147483647", "beyond the end");
    refused(archive(pickle("X", little(-1), ".")), "4294967295");
    refused(archive(pickle(0x8d, little(Long.MAX_VALUE), ".")), "beyond the end");
    refused(archive(pickle(0x8d, little(-1L), ".")), "18446744073709551615");
    refused(archive(pickle(0x8e, little(1L << 40), ".")), "beyond the end");
    refused(archive(pickle(0x96, little(1L << 31), ".")), "beyond the end");
    refused(archive(pickle("B", little(100), ".")), "beyond the end");
    refused(archive(pickle(0x8b, little(Integer.MAX_VALUE), ".")), "operation 139");
    refused(archive(pickle("c" + "x".repeat(2000) + "\n.")), "longer than 1000");
  }

  @Test
  void theMemoTakesAnyIndexAsItIs() throws IOException {
    assertThat(load(archive(pickle("Nr", little(Integer.MAX_VALUE), "K\u0001r", little(-1), "0j", little(-1), "."))))
        .isEqualTo(1L);
    refused(archive(pickle("h\u0005.")), "corrupt");
  }

  @Test
  void bombsOfReferencesAreRefused() {
    StringBuilder doubling = new StringBuilder("]q\u0000");
    for (int i = 0; i < 60; i++)
      doubling.append("](h").append((char) i).append("h").append((char) i).append("eq").append((char) (i + 1));
    refused(archive(pickle(doubling + ".")), "look like more than");
    refused(archive(pickle("]q\u0000h\u0000a.")), "holds itself");
    refused(archive(pickle("}q\u0000", string("x"), "h\u0000s.")), "holds itself");
  }

  @Test
  void bombsOfDepthAreRefused() {
    refused(archive(pickle(repeat("]", 1_000_000), repeat("a", 999_999), ".")), "nested more than 500 deep");
    refused(archive(pickle("N", repeat("\u0085", 1_000_000), ".")), "nested more than 500 deep");
    refused(archive(pickle(repeat("]", 600), repeat("a", 599), "\u0085.")), "nested");
  }

  @Test
  void bombsOfOperationsAreRefused() {
    refused(archive(pickle(repeat("}", 9_000_000), ".")), "more than 10000000 steps");
    refused(archive(pickle("]", repeat("(Ne", 2_900_000), ".")), "more than 10000000 steps");
    refused(archive(pickle(repeat("N", 3_000_000), repeat("(1", 4_000_000), ".")), "more than 10000000 steps");
    refused(archive(new byte[(1 << 26) + 1]), "at most 67108864 are read");
  }

  @Test
  void bombsOfCopiesAreRefused() {
    byte[] list = pickle("](", repeat("K\u0001", 100_000), "e\u0085q\u00010");
    for (String callee : List.of("c__builtin__\nset\n", "ccollections\nCounter\n")) {
      byte[] pairs = callee.contains("set") ? list : pickle("](", repeat("NN\u0086", 50_000), "e\u0085q\u00010");
      refused(archive(pickle(Arrays.copyOfRange(pairs, 2, pairs.length), callee + "q\u00020",
          repeat("h\u0002h\u0001R0", 10_000), "N.")), "more than 10000000 steps");
    }
    refused(
        archive(pickle("B", little(10_000_000), new byte[10_000_000], "\u0085q\u00010c__builtin__\nbytearray\nq\u00020",
            repeat("h\u0002h\u0001R", 10_000), ".")),
        "more than 10000000 steps");
  }

  @Test
  void keysThatCouldTakeForeverToHashAreRefused() {
    refused(archive(pickle("})Ns.")), "key of a dict");
    refused(archive(pickle("}]Ns.")), "key of a dict");
    refused(archive(pickle("c__builtin__\nset\n](]e\u0085R.")), "element of a set");
    refused(archive(pickle("(Nd.")), "without a value");
  }

  // ---------------------------------------------------------------- pickles that make no sense

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "0.", "2.", "t.", "(.", "e.", "Ne.", "(Nu.", "N(NNu.", "Ns.", "a.", "Na.", "\u0085.",
    "R.", "NR.", "NNR.", "Q.", "NQ.", "1.",
    "\u0093.", "NN\u0093.", "b.", "\u0090.", "(N\u0090.", "(\u0085.", "\u0080\u0009.", "\u00ff.", "K", "J\u0001",
    "G\u0001", "\u008a\u0005a", "q\u0000.",
    "\u0094.", "ccollections\nOrderedDict\nK\u0001\u0085R.", "ccollections\nOrderedDict\n](NeN\u0086R.",
    "ctorch\nSize\n)R.", "ctorch\ndevice\n)R.",
    "c_codecs\nencode\nNN\u0086R.", "c__builtin__\nbytearray\nN\u0085R.", "ctorch._utils\n_rebuild_tensor_v2\n)R.",
    "ctorch._utils\n_rebuild_tensor_v3\n(NNNNNNNtR.", "ctorch._utils\n_rebuild_parameter\n(NNNtR.",
    "cnumpy\ndtype\nN\u0085R.",
    "cnumpy.core.multiarray\nscalar\nNN\u0086R."}) void nonsenseIsRefused(String operations) {
    refused(archive(pickle(operations)), "archive/data.pkl at byte");
  }

  // ---------------------------------------------------------------- tensors

  @Test
  void tensorsStayWithinTheirStorages() throws IOException {
    assertThat(((Tensor) load(archive(pickle(tensor(FLOATS, 0, tuple(2, 2), tuple(2, 1)), ".")))).shape())
        .containsExactly(2, 2);
    refused(archive(pickle(tensor(FLOATS, 0, tuple(5), tuple(1)), ".")), "reaches beyond its storage of 4");
    refused(archive(pickle(tensor(FLOATS, 1, tuple(4), tuple(1)), ".")), "reaches beyond");
    refused(archive(pickle(tensor(FLOATS, -1, tuple(1), tuple(1)), ".")), "begins at element -1");
    refused(archive(pickle(tensor(FLOATS, Long.MAX_VALUE, tuple(0), tuple(1)), ".")), "begins at element");
    refused(archive(pickle(tensor(FLOATS, 0, tuple(2), tuple(Integer.MAX_VALUE)), ".")), "reaches beyond");
    refused(archive(pickle(tensor(FLOATS, 0, tuple(2, 2), tuple(Long.MAX_VALUE, Long.MAX_VALUE)), ".")), "strides");
    refused(archive(pickle(tensor(FLOATS, 3, tuple(4), tuple(-1)), ".")), "strides");
    refused(archive(pickle(tensor(FLOATS, 0, tuple(-2, -2), tuple(1, 1)), ".")), "negative size");
    refused(archive(pickle(tensor(FLOATS, 0, tuple(1L << 32, 1L << 32), tuple(0, 0)), ".")), "more than");
    refused(archive(pickle(tensor(FLOATS, 0, tuple(0, 1L << 32, 1L << 32), tuple(0, 0, 0)), ".")), "more than");
    refused(archive(pickle(tensor(FLOATS, 0, tuple(65536, 65536), tuple(0, 0)), ".")), "more than");
    refused(archive(pickle(tensor(FLOATS, 0, tuple(2), tuple()), ".")), "0 strides");
    refused(archive(pickle(tensor(FLOATS, 0, tuple(new long[65]), tuple(new long[65])), ".")), "65 dimensions");
    refused(archive(pickle(tensor(FLOATS, 0, "(Nt", "(Nt"), ".")), "whole numbers");
  }

  @Test
  void storagesAreWhatTheySay() {
    refused(archive(pickle(tensor(storage("torch\nFloatStorage", "0", 5), 0, tuple(4), tuple(1)), ".")), "16 bytes",
        "20");
    refused(archive(pickle(tensor(storage("torch\nFloatStorage", "0", 3), 0, tuple(3), tuple(1)), ".")), "16 bytes",
        "12");
    refused(archive(pickle(tensor(storage("torch\nFloatStorage", "0", -1), 0, tuple(0), tuple(1)), ".")),
        "-1 elements");
    refused(archive(pickle(tensor(storage("torch\nFloatStorage", "0", Long.MAX_VALUE), 0, tuple(0), tuple(1)), ".")),
        "elements");
    refused(archive(pickle(tensor(storage("torch\nFloatStorage", "0", 1L << 34), 0, tuple(0), tuple(1)), ".")),
        "elements");
    refused(
        archive(pickle(tensor(storage("torch\nFloatStorage", "../../../etc/passwd", 4), 0, tuple(4), tuple(1)), ".")),
        "missing");
    refused(archive(pickle(tensor(storage("torch\nComplexFloatStorage", "0", 2), 0, tuple(2), tuple(1)), ".")),
        "ComplexFloatStorage");
    refused(archive(pickle(tensor(storage("torch\nQInt8Storage", "0", 2), 0, tuple(2), tuple(1)), ".")),
        "QInt8Storage");
    refused(
        archive(pickle("(" + tensor(FLOATS, 0, tuple(4), tuple(1))
            + tensor(storage("torch\nIntStorage", "0", 4), 0, tuple(4), tuple(1)) + "t.")),
        "two ways");
    refused(archive(pickle(
        "ctorch._utils\n_rebuild_tensor_v2\n(" + storage("torch\nIntStorage", "0", 4) + integer(0) + tuple(4) + tuple(1)
            + "\u0088NtR.")),
        "torch.int32", "require grad");
  }

  @Test
  void manyTensorsOnOneStorageTakeItsMemoryOnce() throws IOException {
    StringBuilder list = new StringBuilder("](");
    for (int i = 0; i < 20_000; i++) list.append(tensor(FLOATS, 0, tuple(2, 2), tuple(0, 0)));
    assertThat((List<?>) load(archive(pickle(list + "e.")))).hasSize(20_000);
  }

  // ---------------------------------------------------------------- archives

  private static Map<String, byte[]> entries() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle(tensor(FLOATS, 0, tuple(4), tuple(1)), "."));
    entries.put("archive/data/0", new byte[16]);
    return entries;
  }

  /** Sets bytes of the {@code i}-th record that begins with "PK" and these two bytes. */
  private static byte[] patched(byte[] zip, String signature, int i, int at, byte... value) {
    byte[] copy = zip.clone();
    int found = -1;
    for (int p = 0; p + 4 <= copy.length; p++) {
      if (new String(copy, p, 4, StandardCharsets.ISO_8859_1).equals("PK" + signature) && ++found == i) {
        System.arraycopy(value, 0, copy, p + at, value.length);
        return copy;
      }
    }
    throw new IllegalArgumentException("no such record");
  }

  @Test
  void archivesThatLieAreRefused() throws IOException {
    String central = "\u0001\u0002";
    String end = "\u0005\u0006";
    byte[] stored = Hostile.zip(entries(), false);
    byte[] deflated = Hostile.zip(entries(), true);
    assertThat(load(stored)).isInstanceOf(Tensor.class);
    assertThat(load(deflated)).isInstanceOf(Tensor.class);

    refused(patched(stored, central, 1, 8, (byte) 1), "encrypted");
    refused(patched(stored, central, 1, 10, (byte) 12), "method 12");
    refused(patched(stored, central, 1, 16, (byte) 1), "check sum");
    refused(patched(stored, central, 1, 42, little(0)), "shares bytes");
    refused(patched(stored, central, 1, 42, little(7)), "header at byte 7");
    refused(patched(stored, central, 1, 42, little(-1)), "archive/data/0");
    refused(patched(stored, central, 1, 20, little(1 << 30)), "archive/data/0");
    refused(patched(stored, central, 1, 24, little(1 << 30)), "stored entry of 16 bytes declares");
    refused(patched(deflated, central, 1, 24, little(1 << 30)), "can inflate to");
    refused(patched(deflated, central, 1, 24, little(17)), "17 bytes");
    refused(patched(patched(deflated, central, 1, 24, little(12)), central, 0, 24, little(3)), "more bytes than");
    refused(patched(stored, end, 0, 10, (byte) 3), "expected an entry of the zip directory");
    refused(patched(stored, end, 0, 12, little(-1)), "does not lie before");
    refused(patched(stored, end, 0, 16, little(-1)), "does not lie before");
    refused(Arrays.copyOf(stored, stored.length - 1), "end record is missing");
    refused(Arrays.copyOf(stored, stored.length / 2), "end record is missing");
    refused("PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1), "truncated");
    byte[] twice = new String(
        Hostile.zip(new LinkedHashMap<>(Map.of("a/data.pkl", new byte[1], "b/data.pkl", new byte[1])), false),
        StandardCharsets.ISO_8859_1).replace("b/data.pkl", "a/data.pkl").getBytes(StandardCharsets.ISO_8859_1);
    refused(twice, "two such entries");
    refused(Hostile.zip(Map.of("a/data.pkl", new byte[1], "b/data.pkl", new byte[1]), false), "another pickle");
    refused(Hostile.zip(Map.of("../../data.pkl", new byte[1]), false), "no entry");
    refused(Hostile.zip(Map.of("a/data.pkl", new byte[1], "a/constants.pkl", new byte[1]), false), "TorchScript");
    Map<String, byte[]> order = entries();
    order.put("archive/byteorder", "middle".getBytes(StandardCharsets.US_ASCII));
    refused(Hostile.zip(order, false), "middle");
  }

  // ---------------------------------------------------------------- the older format

  private static byte[] legacy(byte[] value, byte[] keys, byte... storages) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.writeBytes(pickle("\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."));
    out.writeBytes(pickle("M\u00e9\u0003."));
    out.writeBytes(pickle("}."));
    out.writeBytes(value);
    out.writeBytes(keys);
    out.writeBytes(storages);
    return out.toByteArray();
  }

  @Test
  void olderFilesThatLieAreRefused() throws IOException {
    byte[] value = pickle(tensor(FLOATS, 0, tuple(4), tuple(1)), ".");
    byte[] keys = pickle("]", string("0"), "a.");
    byte[] floats = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(4).putFloat(1).putFloat(2)
        .putFloat(3).putFloat(4).array();
    assertThat(((Tensor) load(legacy(value, keys, floats))).toFloatArray()).containsExactly(1, 2, 3, 4);

    refused(pickle("N."), "another pickle");
    refused(legacy(value, keys), "byte");
    refused(legacy(value, keys, Arrays.copyOf(floats, 23)), "truncated");
    refused(legacy(value, pickle("]."), floats), "0 storages, but tensors use 1");
    refused(legacy(value, pickle("N."), floats), "list of keys");
    refused(legacy(value, pickle("]", string("1"), "a."), floats), "no tensor uses");
    refused(legacy(value, pickle("](", string("0"), string("0"), "e."),
        ByteBuffer.allocate(48).put(floats).put(floats).array()), "came before");
    refused(legacy(value, keys, little(5L)), "5 elements");
    refused(
        legacy(pickle(tensor(storage("torch\nFloatStorage", "0", 1L << 30), 0, tuple(4), tuple(1)), "."), keys, floats),
        "has", "in all");
    refused(legacy(pickle("(" + string("storage") + "ctorch\nFloatStorage\n" + string("0") + string("cpu") + integer(4)
        + "(" + string("v")
        + integer(0) + integer(1) + "ttQ."), keys, floats), "before version 0.4");
  }

  // ---------------------------------------------------------------- other files

  @Test
  void otherFilesAreToldApart() throws IOException {
    refused(new byte[0], "only 0 bytes");
    refused("<html><body>404".getBytes(StandardCharsets.US_ASCII), "error page");
    assertThatThrownBy(() -> Checkpoint.load(folder.resolve("none.pth"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Checkpoint.load(folder)).isInstanceOf(IOException.class);
    Path list = Files.write(folder.resolve("list.pth"), archive(pickle("](K\u0001e.")));
    assertThatThrownBy(() -> Checkpoint.loadMap(list)).isInstanceOf(FileFormatException.class)
        .hasMessageContaining("expected a dict");
    Path numbers = Files.write(folder.resolve("numbers.pth"), archive(pickle("}", string("a"), "K\u0001s.")));
    assertThatThrownBy(() -> Checkpoint.loadStateDict(numbers)).isInstanceOf(FileFormatException.class)
        .hasMessageContaining("\"a\" is the number");
    assertThatThrownBy(() -> TrainingCheckpoint.load(numbers)).isInstanceOf(FileFormatException.class)
        .hasMessageContaining("model_state_dict");
  }
}
