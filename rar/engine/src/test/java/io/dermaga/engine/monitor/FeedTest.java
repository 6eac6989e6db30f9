package io.dermaga.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.RecordedMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The numbered feeds of messages and events. */
class FeedTest {

    private static final Origin ORIGIN =
            new Origin(
                    "c-1",
                    "orders",
                    "",
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
                    "UTF-8",
                    null);

    /** Messages of 100 bytes, each byte the last digit of the message's number. */
    private record Delivered(long firstNumber, int count, long nanos) implements FinishedMessages {

        @Override
        public Origin origin() {
            return ORIGIN;
        }

        @Override
        public long size(int index) {
            return 100;
        }

        @Override
        public long firstByteNanos(int index) {
            return nanos;
        }

        @Override
        public long lastByteNanos(int index) {
            return nanos + 1_000;
        }

        @Override
        public long calledNanos(int index) {
            return nanos + 3_000;
        }

        @Override
        public long endedNanos(int index) {
            return nanos + 6_000;
        }

        @Override
        public int attempts(int index) {
            return 1;
        }

        @Override
        public Outcome outcome(int index) {
            return Outcome.DELIVERED;
        }

        @Override
        public @Nullable String error(int index) {
            return null;
        }

        @Override
        public boolean spilled() {
            return false;
        }

        @Override
        public void copyHead(int index, int length, byte[] target, int offset) {
            byte digit = (byte) ('0' + (firstNumber + index) % 10);
            Arrays.fill(target, offset, offset + length, digit);
        }
    }

    private static Delivered message(long number) {
        return new Delivered(number, 1, System.nanoTime());
    }

    private static MessageRing filled(int capacity, long headCapacity, int messages) {
        MessageRing ring = new MessageRing(capacity, headCapacity);
        LongStream.rangeClosed(1, messages).forEach(i -> ring.add(message(i), 10));
        return ring;
    }

    private static String head(MessageRing ring, String id) {
        MessageContent content = ring.content(id).orElseThrow();
        StringBuilder text = new StringBuilder();
        while (content.head().position() + text.length() < content.head().limit()) {
            text.append((char) content.head().get(text.length()));
        }
        return text.toString();
    }

    @Test
    void recorded_messages_come_with_what_is_kept_of_their_contents() {
        MessageRing ring = filled(8, 1000, 5);
        ring.add(message(6), 0); // nothing of it is wanted

        List<RecordedMessage> recorded = ring.recordedAfter(3, 100);

        assertThat(recorded).extracting(one -> one.facts().sequence()).containsExactly(4L, 5L, 6L);
        assertThat(recorded)
                .extracting(one -> Objects.requireNonNull(one.content()).head())
                .containsExactly(bytes("4444444444"), bytes("5555555555"), bytes(""));
        assertThat(filled(8, 1000, 12).recordedAfter(0, 2))
                .as("of those that are still there, the oldest")
                .extracting(one -> one.facts().sequence())
                .containsExactly(5L, 6L);
        assertThat(filled(8, 0, 1).recordedAfter(0, 1))
                .as("there is no room for contents")
                .extracting(RecordedMessage::content)
                .containsOnlyNulls();
    }

    private static ByteBuffer bytes(String ascii) {
        return ByteBuffer.wrap(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void messages_are_numbered_from_one_without_gaps() {
        MessageRing ring = filled(8, 1000, 5);
        assertThat(ring.last()).isEqualTo(5);
        assertThat(ring.after(0, 100))
                .extracting(MessageRecord::sequence)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ring.after(2, 2)).extracting(MessageRecord::sequence).containsExactly(3L, 4L);
        assertThat(ring.after(5, 100)).isEmpty();
        assertThat(ring.after(99, 100)).isEmpty();
        assertThat(new MessageRing(8, 1000).after(0, 100)).isEmpty();
    }

    @Test
    void the_latest_are_kept_and_a_reader_sees_the_gap() {
        MessageRing ring = filled(8, 1000, 21);
        assertThat(ring.after(3, 100))
                .extracting(MessageRecord::id)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(14, 21).mapToObj(i -> "c-1." + i).toList());
        assertThat(ring.find("c-1.13")).isEmpty();
        assertThat(ring.find("c-1.14").orElseThrow().sequence()).isEqualTo(14);
        assertThat(ring.find("c-1")).isEmpty();
        assertThat(ring.find("c-1.1")).isEmpty();
        assertThat(ring.find("c-.14")).isEmpty();
    }

    @Test
    void a_burst_larger_than_the_ring_leaves_its_latest() {
        MessageRing ring = new MessageRing(8, 1000);
        ring.add(new Delivered(1, 21, System.nanoTime()), 10);
        assertThat(ring.last()).isEqualTo(21);
        assertThat(ring.after(0, 100))
                .extracting(MessageRecord::id)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(14, 21).mapToObj(i -> "c-1." + i).toList());
        assertThat(head(ring, "c-1.14")).isEqualTo("4444444444");
        assertThat(head(ring, "c-1.21")).isEqualTo("1111111111");
    }

    @Test
    void contents_are_kept_within_their_bound_oldest_gone_first() {
        MessageRing ring = filled(8, 35, 6);
        assertThat(ring.headBytes()).isEqualTo(35);
        assertThat(ring.content("c-1.3")).isEmpty();
        assertThat(ring.find("c-1.3")).isPresent();
        MessageContent content = ring.content("c-1.4").orElseThrow();
        assertThat(content.head().remaining()).isEqualTo(10);
        assertThat(content.head().isReadOnly()).isTrue();
        assertThat(content.size()).isEqualTo(100);
        assertThat(content.complete()).isFalse();
        assertThat(head(ring, "c-1.4")).isEqualTo("4444444444");
        assertThat(head(ring, "c-1.6")).isEqualTo("6666666666");
    }

    @Test
    void a_content_larger_than_the_bound_is_not_kept() {
        MessageRing ring = new MessageRing(8, 5);
        ring.add(message(1), 10);
        ring.add(message(2), 5);
        assertThat(ring.content("c-1.1")).isEmpty();
        assertThat(ring.content("c-1.2")).isPresent();
        assertThat(ring.headBytes()).isEqualTo(5);
    }

    @Test
    void without_a_bound_for_contents_only_empty_ones_are_kept() {
        MessageRing ring = new MessageRing(8, 0);
        ring.add(message(1), 10);
        ring.add(message(2), 0);
        assertThat(ring.content("c-1.1")).isEmpty();
        assertThat(ring.content("c-1.2").orElseThrow().head().remaining()).isZero();
        assertThat(ring.headBytes()).isZero();
    }

    @Test
    void the_stages_of_a_message_add_up() {
        MessageRecord record = filled(8, 1000, 1).after(0, 1).get(0);
        assertThat(List.of(record.receiving(), record.waiting(), record.inBean()))
                .extracting(one -> one.toNanos())
                .containsExactly(1_000L, 2_000L, 3_000L);
    }

    @Test
    void who_reads_the_feed_is_told_first_what_was_put_off() {
        Feed feed = new Feed(1000);
        AtomicInteger asked = new AtomicInteger();
        Runnable once =
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        feed.messages(message(1), 0);
                    }
                };
        feed.join(once);
        assertThat(feed.lastMessage()).isEqualTo(1);
        feed.leave(once);
        assertThat(feed.messages(0, 10)).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void events_are_numbered_and_the_latest_are_kept() {
        EventRing ring = new EventRing(4);
        for (int i = 1; i <= 10; i++) {
            String text = "text " + i;
            ring.add(MonitorEvent.Kind.CONNECTED, "orders", "c-" + i, () -> text);
        }
        assertThat(ring.last()).isEqualTo(10);
        assertThat(ring.after(0, 100))
                .extracting(MonitorEvent::sequence)
                .containsExactly(7L, 8L, 9L, 10L);
        assertThat(ring.after(8, 1)).extracting(MonitorEvent::text).containsExactly("text 9");
    }
}
