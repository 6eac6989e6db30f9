package io.dermaga.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Whose handshake is computed next; the threads are a queue that the test runs. */
class TurnsTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    private static InetAddress peer(int host) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host});
    }

    private void runAll() {
        for (Runnable task = threads.poll(); task != null; task = threads.poll()) {
            task.run();
        }
    }

    @Test
    void peers_take_turns_however_many_tasks_one_of_them_has() throws Exception {
        Turns turns = new Turns(threads::add, 1);
        for (int i = 1; i <= 4; i++) {
            String name = "greedy " + i;
            turns.execute(peer(1), () -> done.add(name));
        }
        turns.execute(peer(2), () -> done.add("modest"));
        turns.execute(peer(3), () -> done.add("other"));
        runAll();

        assertThat(done)
                .containsExactly("greedy 1", "greedy 2", "modest", "other", "greedy 3", "greedy 4");
    }

    @Test
    void so_many_run_at_a_time_and_a_task_that_fails_makes_room_too() throws Exception {
        Turns turns = new Turns(threads::add, 2);
        for (int i = 0; i < 5; i++) {
            turns.execute(
                    peer(i),
                    () -> {
                        done.add("run");
                        throw new IllegalStateException("a task that fails");
                    });
            assertThat(threads).hasSizeLessThanOrEqualTo(2);
        }
        for (Runnable task = threads.poll(); task != null; task = threads.poll()) {
            try {
                task.run();
            } catch (IllegalStateException e) {
                // it is the thread's
            }
        }
        assertThat(done).hasSize(5);
    }
}
