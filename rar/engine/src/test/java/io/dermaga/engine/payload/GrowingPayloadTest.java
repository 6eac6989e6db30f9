package io.dermaga.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a payload that goes to disk holds in memory meanwhile. */
class GrowingPayloadTest {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final CountDownLatch diskGoesOn = new CountDownLatch(1);
    private final ByteBudget budget = new ByteBudget(1024 * 1024, null);
    private final ByteBuf chunk =
            UnpooledByteBufAllocator.DEFAULT.buffer(CHUNK_BYTES).writeZero(CHUNK_BYTES);

    @Test
    void few_bytes_do_not_keep_a_large_chunk_in_memory_while_the_disk_is_slow(
            @TempDir Path folder) {
        try (SpillStore store = new SpillStore(folder, CHUNK_BYTES)) {
            GrowingPayload growing = slow(store);
            growing.append(chunk, 0, 10, 0);

            assertThat(budget.used()).isEqualTo(1 + 10);
            assertThat(chunk.refCnt()).isEqualTo(1);
            end(growing);
        }
    }

    @Test
    void a_chunk_that_waits_for_the_disk_is_booked_whole(@TempDir Path folder) {
        try (SpillStore store = new SpillStore(folder, CHUNK_BYTES)) {
            GrowingPayload growing = slow(store);
            growing.append(chunk, 0, CHUNK_BYTES * 3 / 4, 0);

            assertThat(budget.used()).isEqualTo(1 + CHUNK_BYTES);
            end(growing);
        }
    }

    /** One that has begun to go to disk, where its first byte takes its time. */
    private GrowingPayload slow(SpillStore store) {
        GrowingPayload growing =
                new GrowingPayload(UnpooledByteBufAllocator.DEFAULT, budget, store, new Nobody());
        store.write(this::awaitDisk);
        growing.spill();
        growing.append(chunk, 0, 1, 0);
        return growing;
    }

    private void end(GrowingPayload growing) {
        diskGoesOn.countDown();
        await().until(() -> budget.used() == 0);
        growing.discard();
        chunk.release();
    }

    private void awaitDisk() {
        try {
            diskGoesOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Nobody implements SpillFile.Observer {

        @Override
        public void written(long pendingBytes) {
            // nobody waits
        }

        @Override
        public void failed(IOException cause) {
            throw new AssertionError(cause);
        }
    }
}
