package dev.flambeau.io;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread of one process at a time work at a file, by a lock on a file beside it. */
final class FileGuard implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.flambeau");
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path path;
  private final ReentrantLock threads;
  private final FileChannel channel;

  private FileGuard(Path path, ReentrantLock threads, FileChannel channel) {
    this.path = path;
    this.threads = threads;
    this.channel = channel;
  }

  /** Waits for its turn at a file of a folder that exists. */
  static FileGuard of(Path folder, String name) throws IOException, InterruptedException {
    // One key for one file, whichever way leads to it: a process cannot lock the same file twice.
    Path path = folder.toRealPath().resolve(name + ".lock");
    ReentrantLock threads = THREADS.computeIfAbsent(path, _ -> new ReentrantLock());
    threads.lockInterruptibly();
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock(path, channel);
      return new FileGuard(path, threads, channel);
    } catch (IOException | RuntimeException | InterruptedException e) {
      threads.unlock();
      throw e;
    }
  }

  private static void lock(Path path, FileChannel channel) throws IOException, InterruptedException {
    try {
      channel.lock();
    } catch (IOException | OverlappingFileLockException e) {
      if (Thread.interrupted()) {
        channel.close();
        throw new InterruptedException();
      }
      LOG.log(Level.WARNING, path + " cannot be locked (" + e + "): do not download the same file from two programs");
    }
  }

  /** The work is done, and whoever waits will see that: nobody needs the lock's file any more. */
  void done() throws IOException { Files.deleteIfExists(path); }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.unlock();
    }
  }
}
