package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import io.dermaga.api.monitor.StreamRead;
import io.dermaga.dashboard.page.Waterfall.Bar;
import io.dermaga.dashboard.page.Waterfall.Leg;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaterfallTest {

    private static final Duration NONE = Duration.ZERO;

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static MessageRecord message(
            Duration receiving,
            Duration waiting,
            Duration inBean,
            @Nullable StreamRange stream,
            @Nullable Stages stages) {
        return new MessageRecord(
                1,
                "c.1",
                "",
                "c",
                "lab",
                new InetSocketAddress("10.0.0.7", 51422),
                5,
                Instant.EPOCH,
                receiving,
                waiting,
                inBean,
                1,
                Outcome.DELIVERED,
                null,
                false,
                stream,
                stages,
                null);
    }

    private static MessageRecord at(long start, long end) {
        return message(NONE, NONE, NONE, new StreamRange(start, end, 1), null);
    }

    @Test
    void stages_follow_each_other_and_those_that_did_not_happen_are_left_out() {
        Stages stages = new Stages(NONE, ms(20), NONE, ms(50), ms(20));
        Waterfall waterfall = Waterfall.of(message(ms(10), ms(20), ms(70), null, stages));

        assertThat(waterfall.whole()).isEqualTo(ms(100));
        assertThat(waterfall.bars())
                .containsExactly(
                        new Bar(Leg.RECEIVING, ms(0), ms(10), 0, 10),
                        new Bar(Leg.LANE, ms(10), ms(20), 10, 20),
                        new Bar(Leg.BEAN, ms(30), ms(50), 30, 50),
                        new Bar(Leg.COMMIT, ms(80), ms(20), 80, 20));
    }

    @Test
    void of_an_earlier_release_there_are_the_stages_that_it_knew() {
        assertThat(Waterfall.of(message(ms(1), ms(2), ms(3), null, null)).bars())
                .extracting(Bar::leg)
                .containsExactly(Leg.RECEIVING, Leg.WAITING, Leg.IN_BEAN);
    }

    @Test
    void what_took_no_time_has_no_bar_of_any_length() {
        assertThat(Waterfall.of(message(NONE, NONE, NONE, null, null)).bars())
                .containsExactly(new Bar(Leg.RECEIVING, NONE, NONE, 0, 0));
    }

    @Test
    void messages_of_a_connection_are_in_the_order_of_its_stream() {
        MessageRecord unknown = message(NONE, NONE, NONE, null, null);
        assertThat(StreamRow.of(Stream.of(at(9, 12), unknown, at(0, 4), at(4, 9))))
                .extracting(row -> row.range().start())
                .containsExactly(0L, 4L, 9L);
    }

    @Test
    void of_a_read_the_share_of_the_message_is_told() {
        MessageRecord message = at(4, 9);
        StreamRange range = new StreamRange(4, 9, 2);
        StreamRead first = new StreamRead(0, 6, Instant.EPOCH, NONE);
        StreamRead second = new StreamRead(6, 100, Instant.EPOCH.plusMillis(3), ms(2));

        assertThat(ReadRow.of(first, message, range)).isEqualTo(new ReadRow(0, 6, 2, NONE, NONE));
        assertThat(ReadRow.of(second, message, range))
                .isEqualTo(new ReadRow(6, 100, 3, ms(3), ms(2)));
    }
}
