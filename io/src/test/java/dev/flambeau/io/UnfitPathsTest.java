package dev.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Torch;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told about a path where no file can be read or written: the path that the user gave. */
class UnfitPathsTest {
  @TempDir
  Path folder;

  @Test
  void aFolderIsNoFileToRead() {
    for (Reader reader : new Reader[] {Checkpoint::load, SafeTensors::load, Npy::load, Npz::load}) {
      assertThatThrownBy(() -> reader.read(folder)).isInstanceOf(FileSystemException.class)
          .hasMessageContaining(folder.toString()).hasMessageContaining("folder");
    }
  }

  @Test
  void aFolderIsNotOverwritten() {
    assertThatThrownBy(() -> Checkpoint.save(folder, Map.of("a", Torch.ones(1))))
        .isInstanceOf(FileSystemException.class).hasMessage(folder + ": this is a folder, not a file");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsMissingIsTold() {
    Path file = folder.resolve("runs/x.pth");
    assertThatThrownBy(() -> Checkpoint.save(file, Map.of("a", Torch.ones(1))))
        .isInstanceOf(FileSystemException.class).hasMessage(file + ": its folder does not exist; create it first");
  }

  private interface Reader {
    Object read(Path file) throws IOException;
  }
}
