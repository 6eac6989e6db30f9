package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.payload.Place;
import io.dermaga.engine.payload.SpillFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that do not fit memory. */
class SpoolLargeTest {

    private static final int CHUNK_BYTES = 1024 * 1024;

    private final Path directory;

    SpoolLargeTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static final Place PLACE = new Place(5_000_000_000L, 6_000_000_000L, 70_000);

    private static Content large(SpoolUnderTest under, int chunks) {
        GrowingPayload growing =
                new GrowingPayload(
                        UnpooledByteBufAllocator.DEFAULT, under.intake, under.spill, new Nobody());
        growing.spill();
        for (int i = 0; i < chunks; i++) {
            ByteBuf chunk = Unpooled.buffer(CHUNK_BYTES).writeZero(CHUNK_BYTES);
            growing.append(chunk, 0, CHUNK_BYTES, System.nanoTime());
            chunk.release();
            if (growing.pendingBytes() > 8 * CHUNK_BYTES) {
                await().until(() -> growing.pendingBytes() < CHUNK_BYTES);
            }
        }
        return growing.finish(0, System.nanoTime(), 7, PLACE);
    }

    @Test
    void a_payload_larger_than_the_heap_goes_through_with_its_order_kept() {
        int chunks = (int) (Runtime.getRuntime().maxMemory() / CHUNK_BYTES) + 64;
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.append("a", "before");
            under.append("a", large(under, chunks));
            under.append("a", "after");
            under.append("b", "meanwhile");
            SpoolReader reader = under.readAndKeep(CHUNK_BYTES);
            await().atMost(java.time.Duration.ofSeconds(100))
                    .until(() -> under.entries.size() == 4);

            assertThat(under.receivedOf("a"))
                    .containsExactly(
                            "a.1 before", "a.2 large " + (long) chunks * CHUNK_BYTES, "a.3 after");
            assertThat(reader.held()).isLessThan(CHUNK_BYTES);
            assertThat(under.entries)
                    .filteredOn(entry -> entry.firstNumber() == 2)
                    .singleElement()
                    .satisfies(
                            entry -> {
                                Content content = entry.content();
                                assertThat(content.originalSize(0))
                                        .isEqualTo((long) chunks * CHUNK_BYTES + 7);
                                assertThat(content.streamStart(0)).isEqualTo(PLACE.start());
                                assertThat(content.streamEnd(0)).isEqualTo(PLACE.end());
                                assertThat(content.reads(0)).isEqualTo(PLACE.reads());
                            });
            under.entries.forEach(
                    entry -> {
                        entry.content().release();
                        entry.done();
                    });
            await().until(() -> under.queue().backlog() == 0);
            await().until(() -> under.spill.used() == 0);
        }
    }

    @Test
    void a_large_payload_survives_a_restart() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.append("a", large(under, 5));
            await().until(() -> under.stored.get() == 1);
            assertThat(under.intake.used()).isZero();
        }
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.readAndDo();
            await().until(() -> under.received.size() == 1);
            assertThat(under.received).containsExactly("a.1 large " + 5 * CHUNK_BYTES);
        }
    }

    @Test
    void payloads_of_every_size_around_the_threshold_go_through() {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            int[] sizes = {
                0, 1, 4095, 65_536, 131_000, 131_071, 131_072, 131_073, 200_000, 900_000
            };
            for (int size : sizes) {
                under.append("a", "y".repeat(size));
                under.append("b", "first", "y".repeat(size), "last");
            }
            under.readAndDo();
            await().until(() -> under.received.size() == 4 * sizes.length);
            assertThat(under.receivedOf("b")).element(28).isEqualTo("b.29 " + "y".repeat(900_000));
        }
    }

    private static final class Nobody implements SpillFile.Observer {

        @Override
        public void written(long pendingBytes) {}

        @Override
        public void failed(IOException cause) {}
    }
}
