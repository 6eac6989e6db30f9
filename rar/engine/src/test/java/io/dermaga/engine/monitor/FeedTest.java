package io.dermaga.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The numbered feeds of messages and events. */
class FeedTest {

    private static FinishedMessage message(long number) {
        long now = System.nanoTime();
        return new FinishedMessage(
                "c-1",
                number,
                "orders",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
                100,
                now,
                now + 1_000,
                now + 3_000,
                now + 6_000,
                1,
                MessageRecord.Outcome.DELIVERED,
                null,
                false,
                "UTF-8");
    }

    private static MessageRing filled(int capacity, long headCapacity, int messages) {
        MessageRing ring = new MessageRing(capacity, headCapacity);
        LongStream.rangeClosed(1, messages).forEach(i -> ring.add(message(i), new byte[10]));
        return ring;
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
        assertThat(ring.headBytes()).isEqualTo(80);
    }

    @Test
    void contents_are_kept_within_their_bound_oldest_gone_first() {
        MessageRing ring = filled(8, 35, 6);
        assertThat(ring.headBytes()).isEqualTo(30);
        assertThat(ring.content("c-1.3")).isEmpty();
        assertThat(ring.find("c-1.3")).isPresent();
        MessageContent content = ring.content("c-1.4").orElseThrow();
        assertThat(content.head().remaining()).isEqualTo(10);
        assertThat(content.head().isReadOnly()).isTrue();
        assertThat(content.size()).isEqualTo(100);
        assertThat(content.complete()).isFalse();
    }

    @Test
    void a_content_larger_than_the_bound_is_not_kept() {
        MessageRing ring = new MessageRing(8, 5);
        ring.add(message(1), new byte[10]);
        ring.add(message(2), new byte[5]);
        assertThat(ring.content("c-1.1")).isEmpty();
        assertThat(ring.content("c-1.2")).isPresent();
        assertThat(ring.headBytes()).isEqualTo(5);
    }

    @Test
    void the_stages_of_a_message_add_up() {
        MessageRecord record = filled(8, 1000, 1).after(0, 1).get(0);
        assertThat(List.of(record.receiving(), record.waiting(), record.inBean()))
                .extracting(one -> one.toNanos())
                .containsExactly(1_000L, 2_000L, 3_000L);
    }

    @Test
    void events_are_numbered_and_the_latest_are_kept() {
        EventRing ring = new EventRing(4);
        for (int i = 1; i <= 10; i++) {
            ring.add(MonitorEvent.Kind.CONNECTED, "orders", "c-" + i, "text " + i);
        }
        assertThat(ring.last()).isEqualTo(10);
        assertThat(ring.after(0, 100))
                .extracting(MonitorEvent::sequence)
                .containsExactly(7L, 8L, 9L, 10L);
        assertThat(ring.after(8, 1)).extracting(MonitorEvent::text).containsExactly("text 9");
    }
}
