package io.dermaga.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessageFilterTest {

    @Test
    void nothing_wanted_matches_everything() throws UnknownHostException {
        assertThat(new MessageFilter(null, "", " ", null).matches(message())).isTrue();
    }

    @Test
    void peer_and_error_match_in_part_whatever_the_case() throws UnknownHostException {
        assertThat(new MessageFilter(null, "0.0.7:51", null, "dmg3001").matches(message()))
                .isTrue();
        assertThat(new MessageFilter(null, "0.0.8", null, null).matches(message())).isFalse();
        assertThat(new MessageFilter(null, null, null, "DMG2001").matches(message())).isFalse();
    }

    @Test
    void listener_and_outcome_match_as_a_whole() throws UnknownHostException {
        assertThat(new MessageFilter("lines", null, "FAILED", null).matches(message())).isTrue();
        assertThat(new MessageFilter("line", null, null, null).matches(message())).isFalse();
        assertThat(new MessageFilter(null, null, "DELIVERED", null).matches(message())).isFalse();
    }

    private static MessageRecord message() throws UnknownHostException {
        return new MessageRecord(
                1,
                "c.1",
                "",
                "c",
                "lines",
                new InetSocketAddress(InetAddress.getByName("10.0.0.7"), 51422),
                5,
                Instant.EPOCH,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                1,
                Outcome.FAILED,
                "DMG3001 the bean failed",
                false,
                null,
                null,
                null);
    }
}
