package dev.flambeau.io;

import dev.flambeau.Tensor;
import dev.flambeau.array.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** The JSON at the start of a safetensors file: what tensors there are and where their bytes lie behind it. */
record SafeTensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;
  // Names are read once each, so tables of known names would only grow.
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .build();

  /** One tensor's bytes are those from {@code begin} to before {@code end}, counted from the end of the header. */
  record Entry(StoredType type, Shape shape, long begin, long end) {}

  /** Reads a header and makes sure that the tensors fill the {@code size} bytes behind it, without gaps and overlaps. */
  static SafeTensorsHeader parse(Location place, byte[] json, long size) throws FileFormatException {
    SafeTensorsHeader header = new SafeTensorsHeader(new LinkedHashMap<>(), new LinkedHashMap<>());
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      header.read(place, parser);
    } catch (JacksonException e) {
      FileFormatException refused =
          place.error("the header is not the JSON that it should be: " + e.getOriginalMessage());
      refused.initCause(e);
      throw refused;
    }
    header.checkOffsets(place, size);
    return header;
  }

  private void read(Location place, JsonParser json) throws FileFormatException {
    expect(place, json, JsonToken.START_OBJECT);
    boolean described = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      if (name.equals(METADATA)) {
        if (described) throw place.error("there are two sets of metadata");
        described = true;
        readMetadata(place, json);
      } else if (tensors.put(name, readEntry(place.in("tensor " + Location.quote(name)), json)) != null) {
        throw place.error("there are two tensors " + Location.quote(name));
      }
    }
    if (json.nextToken() != null) throw place.error("there is more behind the header's JSON object");
  }

  private void readMetadata(Location place, JsonParser json) throws FileFormatException {
    expect(place, json, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = json.currentName();
      expect(place, json, JsonToken.VALUE_STRING);
      metadata.put(key, json.getString());
    }
  }

  private static Entry readEntry(Location place, JsonParser json) throws FileFormatException {
    StoredType type = null;
    Shape shape = null;
    long[] offsets = null;
    expect(place, json, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (json.currentName()) {
        case "dtype" -> {
          expect(place, json, JsonToken.VALUE_STRING);
          type = type(place, json.getString());
        }
        case "shape" -> shape = Elements.shape(place, readLongs(place, json));
        case "data_offsets" -> offsets = readLongs(place, json);
        default -> throw place
            .error("expected dtype, shape and data_offsets, but there is " + Location.quote(json.currentName()));
      }
    }
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw place.error("expected a dtype, a shape and two data_offsets");
    }
    long bytes = (long) shape.numel() * type.bytes;
    if (offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes) {
      throw place.error("the shape " + shape + " of " + type.torchName + " takes " + bytes
          + " bytes, but the data_offsets are " + Arrays.toString(offsets));
    }
    return new Entry(type, shape, offsets[0], offsets[1]);
  }

  private static StoredType type(Location place, String name) throws FileFormatException {
    for (StoredType type : StoredType.values()) if (type.safetensorsName.equals(name)) return type;
    throw place.error("the dtype " + Location.quote(name) + " is not supported; these are: " + StoredType.supported());
  }

  private static long[] readLongs(Location place, JsonParser json) throws FileFormatException {
    expect(place, json, JsonToken.START_ARRAY);
    long[] values = new long[Elements.MAX_RANK];
    int count = 0;
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      if (count == values.length) throw place.error("there are more than " + values.length + " dimensions");
      values[count++] = json.getLongValue();
    }
    if (json.currentToken() != JsonToken.END_ARRAY) throw place.error("expected whole numbers in brackets");
    return Arrays.copyOf(values, count);
  }

  private static void expect(Location place, JsonParser json, JsonToken expected) throws FileFormatException {
    JsonToken token = json.nextToken();
    if (token != expected) {
      throw place
          .error("expected " + expected + " in the header's JSON, but there is " + (token == null ? "its end" : token));
    }
  }

  private void checkOffsets(Location place, long size) throws FileFormatException {
    List<Map.Entry<String, Entry>> byPosition = new ArrayList<>(tensors.entrySet());
    byPosition.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
        .thenComparingLong(e -> e.getValue().end()));
    long free = 0;
    for (Map.Entry<String, Entry> next : byPosition) {
      if (next.getValue().begin() != free) {
        throw place.in("tensor " + Location.quote(next.getKey())).error("its bytes begin at " + next.getValue().begin()
            + ", but those before it end at " + free + "; there must be neither gap nor overlap");
      }
      free = next.getValue().end();
    }
    if (free != size) {
      throw place.error(
          "the tensors take " + free + " bytes, but there are " + size + " behind the header; the file is truncated"
              + " or corrupt");
    }
  }

  // ---------------------------------------------------------------- writing

  /** The tensors in the order of their bytes: those of large elements first, so that all are aligned. */
  static List<Map.Entry<String, Tensor>> order(Map<String, Tensor> tensors) {
    List<Map.Entry<String, Tensor>> order = new ArrayList<>(tensors.entrySet());
    order.sort(Comparator.comparingInt(entry -> -entry.getValue().dtype().element().bytes()));
    return order;
  }

  /** The header's JSON, filled up with spaces so that what follows is aligned. */
  static byte[] json(Map<String, Tensor> tensors, List<Map.Entry<String, Tensor>> order,
      Map<String, String> metadata) {
    Map<String, Long> begins = new HashMap<>();
    long free = 0;
    for (Map.Entry<String, Tensor> next : order) {
      begins.put(next.getKey(), free);
      free += bytes(next.getValue());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeName(METADATA).writeStartObject();
        metadata.forEach((key, text) -> json.writeStringProperty(sound(key), sound(text)));
        json.writeEndObject();
      }
      tensors.forEach((name, x) -> writeEntry(json, name, x, begins.getOrDefault(name, 0L)));
      json.writeEndObject();
    } catch (JacksonException e) {
      throw new IllegalArgumentException("save: names and metadata cannot be written: " + e.getOriginalMessage(), e);
    }
    while (out.size() % ALIGNMENT != 0) out.write(' ');
    return out.toByteArray();
  }

  private static void writeEntry(JsonGenerator json, String name, Tensor x, long begin) {
    if (name.equals(METADATA)) throw new IllegalArgumentException("save: a tensor cannot be named " + METADATA);
    json.writeName(sound(name)).writeStartObject();
    json.writeStringProperty("dtype", StoredType.of(x.dtype()).safetensorsName);
    json.writeName("shape").writeStartArray();
    for (long size : x.shape()) json.writeNumber(size);
    json.writeEndArray();
    json.writeName("data_offsets").writeStartArray().writeNumber(begin).writeNumber(begin + bytes(x)).writeEndArray();
    json.writeEndObject();
  }

  private static String sound(String text) {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) return text;
    throw new IllegalArgumentException(
        "save: a text has half of a surrogate pair, which no file can hold: " + Location.quote(text));
  }

  private static long bytes(Tensor x) { return x.numel() * x.dtype().element().bytes(); }
}
