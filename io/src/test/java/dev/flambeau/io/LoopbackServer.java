package dev.flambeau.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that says exactly what a test tells it to, however wrong: one answer per request, the last one for ever. */
final class LoopbackServer implements AutoCloseable {
  record Request(String line, Map<String, String> headers) {
    String header(String name) { return headers.getOrDefault(name, ""); }

    /** The first byte that is asked for. */
    int start() {
      String range = header("range");
      return range.isEmpty() ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }
  }

  interface Answer {
    void to(Request request, OutputStream out) throws Exception;
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final List<Answer> answers;

  LoopbackServer(Answer... answers) throws IOException {
    this.answers = List.of(answers);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI uri(String path) { return URI.create("http://127.0.0.1:" + server.getLocalPort() + path); }

  /** The whole file, or the rest of it that is asked for by the right tag. */
  static Answer file(byte[] bytes, String tag) { return cut(bytes, tag, bytes.length); }

  /** As {@link #file}, but after so many bytes of each answer the line is cut. */
  static Answer cut(byte[] bytes, String tag, int sent) {
    return (request, out) -> {
      int start = request.header("if-range").equals(tag) ? request.start() : 0;
      String status = start == 0 ? "200 OK" : "206 Partial Content\r\nContent-Range: " + range(start, bytes);
      byte[] rest = Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + sent));
      say(out, status + "\r\nETag: " + tag, bytes.length - start, rest);
    };
  }

  /** All of these bytes under a length that may be another. */
  static Answer promising(long length, byte[] bytes) { return (_, out) -> say(out, "200 OK", length, bytes); }

  static Answer status(String status) { return (_, out) -> say(out, status, 0, new byte[0]); }

  static Answer redirect(String to) { return status("302 Found\r\nLocation: " + to); }

  static void say(OutputStream out, String head, long length, byte[] bytes) throws IOException {
    write(out, "HTTP/1.1 " + head + "\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n");
    out.write(bytes);
    out.flush();
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String range(int start, byte[] bytes) {
    return "bytes " + start + "-" + (bytes.length - 1) + "/" + bytes.length;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      if (!server.isClosed()) throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String first = in.readLine();
      if (first == null) return;
      Map<String, String> headers = new TreeMap<>();
      for (String line; !(line = in.readLine()).isEmpty();)
        headers.put(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
            line.substring(line.indexOf(':') + 1).strip());
      Request request = new Request(first, headers);
      int turn;
      synchronized (requests) {
        turn = Math.min(requests.size(), answers.size() - 1);
        requests.add(request);
      }
      answers.get(turn).to(request, socket.getOutputStream());
    } catch (Exception e) { // the client has gone, as some tests want it
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) socket.close();
  }
}
