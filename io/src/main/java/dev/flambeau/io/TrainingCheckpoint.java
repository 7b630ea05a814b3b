package dev.flambeau.io;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a training needs to go on as if it had not stopped: the states of model, optimizer and scheduler, how far it got, and the state of the
 * random numbers. With the same data, the resumed losses are bit for bit those of a training that was not interrupted.
 *
 * {@snippet :
 * TrainingCheckpoint.of(model.stateDict(), optimizer.stateDict()).epoch(3).step(1200).save(file);
 *
 * TrainingCheckpoint saved = TrainingCheckpoint.load(file);
 * model.loadStateDict(saved.model());
 * optimizer.loadStateDict(saved.optimizer());
 * saved.restoreRandomState();
 * }
 *
 * <p>The file is one of {@link Checkpoint}: a dict with {@code model_state_dict}, {@code optimizer_state_dict}, {@code scheduler_state_dict}, {@code epoch},
 * {@code step}, {@code rng_state} (for {@code torch.set_rng_state}) and {@code extra}, so {@code torch.load} reads it in Python.
 *
 * @param model the model's state, tensors by name
 * @param optimizer the optimizer's state, empty if there is none
 * @param scheduler the scheduler's state, empty if there is none
 * @param epoch epochs that are complete
 * @param step steps that are complete, over all epochs
 * @param randomState the state of Torch's random numbers: bytes as {@link Torch#getRngState} gives them
 * @param extra anything else that {@link Checkpoint#save} can write, as losses so far
 * @see <a href="https://docs.pytorch.org/tutorials/recipes/recipes/saving_and_loading_a_general_checkpoint.html">PyTorch's general checkpoint</a>
 */
public record TrainingCheckpoint(Map<String, Tensor> model, Map<String, @Nullable Object> optimizer,
    Map<String, @Nullable Object> scheduler, long epoch, long step, Tensor randomState,
    Map<String, @Nullable Object> extra) {
  private static final String MODEL = "model_state_dict";
  private static final String OPTIMIZER = "optimizer_state_dict";
  private static final String SCHEDULER = "scheduler_state_dict";
  private static final String EPOCH = "epoch";
  private static final String STEP = "step";
  private static final String RANDOM = "rng_state";
  private static final String EXTRA = "extra";

  /** The states of a model and its optimizer, and the present state of the random numbers; at epoch and step 0. */
  public static TrainingCheckpoint of(Map<String, Tensor> model, Map<String, ? extends @Nullable Object> optimizer) {
    return new TrainingCheckpoint(model, new LinkedHashMap<>(optimizer), Map.of(), 0, 0,
        Torch.fromArray(Torch.getRngState()),
        Map.of());
  }

  /** This one with the state of a scheduler. */
  public TrainingCheckpoint scheduler(Map<String, ? extends @Nullable Object> state) {
    return new TrainingCheckpoint(model, optimizer, new LinkedHashMap<>(state), epoch, step, randomState, extra);
  }

  /** This one after so many epochs. */
  public TrainingCheckpoint epoch(long epochs) {
    return new TrainingCheckpoint(model, optimizer, scheduler, epochs, step, randomState, extra);
  }

  /** This one after so many steps. */
  public TrainingCheckpoint step(long steps) {
    return new TrainingCheckpoint(model, optimizer, scheduler, epoch, steps, randomState, extra);
  }

  /** This one with one more value beside it. */
  public TrainingCheckpoint with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(extra);
    more.put(name, value);
    return new TrainingCheckpoint(model, optimizer, scheduler, epoch, step, randomState, more);
  }

  /**
   * Writes it as {@link Checkpoint#save} does: as a whole or not at all.
   *
   * @throws IllegalArgumentException if a state holds a value that cannot be written; nothing is written
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put(MODEL, model);
    all.put(OPTIMIZER, optimizer);
    all.put(SCHEDULER, scheduler);
    all.put(EPOCH, epoch);
    all.put(STEP, step);
    all.put(RANDOM, randomState);
    all.put(EXTRA, extra);
    Checkpoint.save(file, all);
  }

  /**
   * Reads what {@link #save} wrote, or PyTorch's usual dict of {@code model_state_dict}, {@code optimizer_state_dict} and {@code epoch}: what is missing is
   * empty, 0, or the present state of the random numbers, and unknown entries are {@code extra}.
   *
   * @throws FileFormatException if there is no model's state, or an entry is not what it should be
   * @throws IOException if it cannot be read
   */
  public static TrainingCheckpoint load(Path file) throws IOException {
    Location place = new Location(file, "");
    Map<String, @Nullable Object> all = Checkpoint.loadMap(file);
    if (!all.containsKey(MODEL))
      throw place.error("there is no " + MODEL + ", so it is not the checkpoint of a training");
    Map<String, Tensor> model = Checkpoint.tensors(place.in(MODEL), map(place, all, MODEL));
    Map<String, @Nullable Object> optimizer = map(place, all, OPTIMIZER);
    Map<String, @Nullable Object> scheduler = map(place, all, SCHEDULER);
    long epoch = count(place, all, EPOCH);
    long step = count(place, all, STEP);
    Object random = all.remove(RANDOM);
    Map<String, @Nullable Object> extra = map(place, all, EXTRA);
    extra.putAll(all);
    Tensor state = random instanceof Tensor x ? x : Torch.fromArray(Torch.getRngState());
    return new TrainingCheckpoint(model, optimizer, scheduler, epoch, step, state, extra);
  }

  private static Map<String, @Nullable Object> map(Location place, Map<String, @Nullable Object> all, String name)
      throws FileFormatException {
    Object value = all.remove(name);
    return value == null ? new LinkedHashMap<>() : Checkpoint.strings(place.in(name), value);
  }

  private static long count(Location place, Map<String, @Nullable Object> all, String name) throws FileFormatException {
    Object value = all.remove(name);
    if (value == null) return 0;
    if (value instanceof Long count && count >= 0) return count;
    throw place.in(name).error("expected a whole number from 0 on, not " + Values.describe(value));
  }

  /**
   * Sets Torch's random numbers to the state that they had.
   *
   * @throws IllegalArgumentException if the state is not one of Torch's
   */
  public void restoreRandomState() {
    byte[] bytes = new byte[(int) randomState.numel()];
    long[] values = randomState.toLongArray();
    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) values[i];
    Torch.setRngState(bytes);
  }
}
