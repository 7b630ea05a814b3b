package dev.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** safetensors, .npy and .npz files that lie, and all files with a few bytes changed. */
class HostileFilesTest {
  @TempDir
  Path folder;

  private Object load(String name, byte[] content) throws IOException {
    return GoldenFilesTest.load(Files.write(folder.resolve(name), content));
  }

  private void refused(String name, byte[] content, String... words) {
    assertThatThrownBy(() -> load(name, content)).isInstanceOf(FileFormatException.class).hasMessageContaining(name)
        .hasMessageContainingAll(words);
  }

  // ---------------------------------------------------------------- safetensors

  private void refusedHeader(String header, int bytes, String... words) {
    refused("x.safetensors", Hostile.safetensors(header, bytes), words);
  }

  @Test
  void safetensorsHeadersThatLieAreRefused() throws IOException {
    String two = "\"dtype\":\"F32\",\"shape\":[2]";
    assertThat(
        (Map<?, ?>) load("x.safetensors", Hostile.safetensors("{\"a\":{" + two + ",\"data_offsets\":[0,8]}}  ", 8)))
            .hasSize(1);
    assertThat((Map<?, ?>) load("x.safetensors", Hostile.safetensors("{}", 0))).isEmpty();

    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[0,8]}}", 7, "7", "truncated");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[0,8]}}", 9, "9");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[1,9]}}", 9, "neither gap nor overlap");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[0,8]},\"b\":{" + two + ",\"data_offsets\":[4,12]}}", 12,
        "neither gap nor overlap");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[0,8]},\"b\":{" + two + ",\"data_offsets\":[0,8]}}", 8,
        "neither gap nor overlap");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[0,4]}}", 4, "takes 8 bytes");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[8,0]}}", 8, "data_offsets");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[-8,0]}}", 8, "data_offsets");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[9223372036854775807,-9223372036854775801]}}", 8,
        "data_offsets");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[99999999999999999999,8]}}", 8, "not the JSON");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[0]}}", 8, "two data_offsets");
    refusedHeader("{\"a\":{" + two + "}}", 8, "two data_offsets");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[0,8],\"more\":1}}", 8, "\"more\"");
    refusedHeader("{\"a\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "\"F4\" is not supported");
    refusedHeader("{\"a\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "expected VALUE_STRING");
    refusedHeader("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "negative size");
    refusedHeader("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", 8, "whole numbers");
    refusedHeader("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}", 0,
        "more than");
    refusedHeader("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(64) + "1],\"data_offsets\":[0,4]}}", 4,
        "more than 64 dimensions");
    refusedHeader("{\"a\":{" + two + ",\"data_offsets\":[0,8]},\"a\":{" + two + ",\"data_offsets\":[8,16]}}", 16,
        "two tensors");
    refusedHeader("{\"__metadata__\":{\"a\":1}}", 0, "expected VALUE_STRING");
    refusedHeader("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "two sets");
    refusedHeader("{\"a\":" + "[".repeat(100_000), 0, "expected START_OBJECT");
    refusedHeader("{} {}", 0, "more behind");
    refusedHeader("{\"a\"", 0, "not the JSON");
    refusedHeader("[]", 0, "begin with {");
    refused("x.safetensors", new byte[7], "truncated");
    refused("x.safetensors", ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array(),
        "18446744073709551615");
    refused("x.safetensors", ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 62).array(),
        "100000000");
    refused("x.safetensors", ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(9).array(),
        "within the file of 16");
  }

  // ---------------------------------------------------------------- NumPy

  private void refusedNpy(String header, int bytes, String... words) {
    refused("x.npy", Hostile.npy(header, bytes), words);
  }

  @Test
  void npyHeadersThatLieAreRefused() throws IOException {
    assertThat(
        ((Tensor) load("x.npy", Hostile.npy("{\"shape\":( 2L,) ,'fortran_order' : True, 'descr':'>f4'}\n", 8))).shape())
            .containsExactly(2);

    String descr = "{'descr': '<f4', 'fortran_order': False, 'shape': ";
    refusedNpy(descr + "(2,), }", 7, "truncated");
    refusedNpy(descr + "(2,), }", 9, "more was written");
    refusedNpy(descr + "(-2,), }", 8, "no whole number");
    refusedNpy(descr + "(99999999999999999999,), }", 8, "up to 18 digits");
    refusedNpy(descr + "(4294967296, 4294967296), }", 8, "more than");
    refusedNpy(descr + "(" + "1,".repeat(65) + "), }", 4, "more than 64 dimensions");
    refusedNpy(descr + "(2 3), }", 24, "no comma");
    refusedNpy(descr + "__import__('os').system('x'), }", 8, "expected a header");
    refusedNpy(descr + "(2,), 'x': 1}", 8, "unknown key");
    refusedNpy(descr + "(2,), 'shape': (2,)}", 8, "two times");
    refusedNpy(descr + "(2,)} + {}", 8, "more behind");
    refusedNpy(descr + "(2,)", 8, "no comma");
    refusedNpy("{'descr': '<f4', 'shape': (2,)}", 8, "not all of");
    refusedNpy("{'descr': '|O', 'fortran_order': False, 'shape': (2,)}", 16, "Python objects");
    refusedNpy("{'descr': '<f16', 'fortran_order': False, 'shape': (2,)}", 32, "\"<f16\"");
    refusedNpy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}", 8, "records");
    refusedNpy("{'descr': '', 'fortran_order': False, 'shape': (2,)}", 8, "not supported");
    refusedNpy("{'descr': '<f4', 'fortran_order': None, 'shape': (2,)}", 8, "neither True nor False");
    refusedNpy("", 0, "expected a header");
    byte[] version = Hostile.npy(descr + "(2,), }", 8);
    version[6] = 4;
    refused("x.npy", version, "version is 4.0");
    byte[] length = Hostile.npy(descr + "(2,), }", 8);
    length[9] = (byte) 0xff;
    refused("x.npy", length, "ends within its header");
    refused("x.npy", new byte[3], "ends within its header");
    refused("x.npy", "PK".getBytes(StandardCharsets.US_ASCII), "Npz.load");
    refused("x.npy", new byte[100], "NUMPY");
  }

  @Test
  void npzArchivesThatLieAreRefused() throws IOException {
    byte[] npy = Hostile.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8);
    assertThat(((Map<?, ?>) load("x.npz", Hostile.zip(Map.of("../a.npy", npy), true))).containsKey("../a")).isTrue();
    refused("x.npz", Hostile.zip(Map.of("a.txt", npy), true), "a.txt", ".npy only");
    refused("x.npz", Hostile.zip(Map.of("a.npy", Arrays.copyOf(npy, npy.length - 1)), true), "a.npy", "truncated");
    refused("x.npz", npy, "zip archive");
    Map<String, byte[]> bomb = new LinkedHashMap<>();
    bomb.put("a.npy", Hostile.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4000000,), }", 8));
    refused("x.npz", Hostile.zip(bomb, true), "16000073");
  }

  // ---------------------------------------------------------------- any file

  /** Every file, cut off at some places, and with some bytes changed: read or refused, never anything else. */
  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    List<String> names = new ArrayList<>();
    for (String suffix : List.of(".pth", ".safetensors", ".npy", ".npz")) names.addAll(Golden.files(suffix));
    int refusals = 0;
    for (String name : names) {
      byte[] content = Files.readAllBytes(Golden.file(name));
      Random random = new Random(name.hashCode());
      for (int i = 0; i < 40; i++) {
        if (!isRead(name, i < 10 ? Arrays.copyOf(content, random.nextInt(content.length)) : damaged(content, random)))
          refusals++;
      }
    }
    assertThat(refusals).isGreaterThan(names.size() * 10);
  }

  private static byte[] damaged(byte[] content, Random random) {
    byte[] copy = content.clone();
    for (int change = random.nextInt(1, 4); change > 0; change--) {
      int at = random.nextInt(copy.length);
      switch (random.nextInt(4)) {
        case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> copy[at] = (byte) random.nextInt(256);
        case 2 -> copy[at] = (byte) 0xff;
        default -> {
          int from = random.nextInt(copy.length);
          int length = Math.min(random.nextInt(1, 40), copy.length - Math.max(at, from));
          System.arraycopy(copy, from, copy, at, length);
        }
      }
    }
    return copy;
  }

  private boolean isRead(String name, byte[] content) throws IOException {
    try {
      Golden.describe(load(name, content));
      return true;
    } catch (FileFormatException e) {
      assertThat(e).hasMessageContaining(name);
      return false;
    }
  }

  /** As above, with the pickle alone damaged, so that no check sum tells. */
  @Test
  void damagedPicklesAreReadOrRefused() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String name : Golden.files(".pth")) {
      if (name.startsWith("legacy")) continue;
      try (ZipFile zip = new ZipFile(Golden.file(name).toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          entries.put("archive" + entry.getName().substring(entry.getName().indexOf('/')),
              zip.getInputStream(entry).readAllBytes());
        }
      }
      byte[] pickle = entries.get("archive/data.pkl");
      Random random = new Random(name.hashCode());
      for (int i = 0; i < 60; i++) {
        entries.put("archive/data.pkl", damaged(pickle, random));
        isRead(name, Hostile.zip(entries, false));
      }
      entries.clear();
    }
  }
}
