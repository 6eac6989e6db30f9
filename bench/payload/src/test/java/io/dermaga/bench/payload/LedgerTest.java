package io.dermaga.bench.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

    private static final int ALL = -1;

    private final Ledger ledger = new Ledger();

    /** The three ways into the ledger; each finds the payload behind some other bytes. */
    enum Way {
        ARRAY {
            @Override
            boolean verify(Ledger ledger, byte[] payload) {
                return ledger.verify(shifted(payload), SHIFT, payload.length);
            }
        },
        BUFFER {
            @Override
            boolean verify(Ledger ledger, byte[] payload) {
                ByteBuffer direct = ByteBuffer.allocateDirect(payload.length + SHIFT);
                direct.put(shifted(payload));
                return ledger.verify(direct, SHIFT, payload.length);
            }
        },
        INT_AT {
            @Override
            boolean verify(Ledger ledger, byte[] payload) {
                return ledger.verify(ByteBuffer.wrap(payload)::getInt, payload.length);
            }
        };

        private static final int SHIFT = 3;

        abstract boolean verify(Ledger ledger, byte[] payload);

        private static byte[] shifted(byte[] payload) {
            byte[] shifted = new byte[payload.length + SHIFT];
            System.arraycopy(payload, 0, shifted, SHIFT, payload.length);
            return shifted;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 64, 1_000, 1 << 20})
    void a_right_payload_is_counted_whichever_way_it_comes(int size) {
        int number = 0;
        for (Way way : Way.values()) {
            assertThat(way.verify(ledger, payload(size, 7, number++, ALL))).isTrue();
        }
        assertThat(ledger.verified()).isEqualTo(3);
        assertThat(ledger.errors()).isZero();
    }

    @Test
    void the_check_is_that_of_the_written_format() {
        // 20 bytes, so all eight ints of the body are the same one; computed by another program.
        byte[] payload = new byte[20];
        ByteBuffer.wrap(payload).putInt(16, 0x01020304);
        Payload.write(payload, 0, 20, 1, 2, 0xff);
        assertThat(ByteBuffer.wrap(payload).getInt(Payload.CHECK)).isEqualTo(0xA29AEEEB);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_flipped_byte_of_the_header_is_an_error(Way way) {
        for (int index = 0; index < Payload.BODY; index++) {
            byte[] payload = payload(20, 7, 0, ALL);
            payload[index] ^= 0x10;
            assertThat(way.verify(ledger, payload)).as("byte %d", index).isFalse();
        }
        assertThat(ledger.errors()).isEqualTo(Payload.BODY);
        assertThat(ledger.verified()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_flipped_first_or_last_byte_of_the_body_is_an_error(Way way) {
        for (int index : new int[] {16, 999}) {
            byte[] payload = payload(1_000, 7, 0, ALL);
            payload[index] ^= 1;
            assertThat(way.verify(ledger, payload)).as("byte %d", index).isFalse();
        }
        assertThat(ledger.errors()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_payload_cut_short_is_an_error(Way way) {
        byte[] payload = payload(1_000, 7, 0, ALL);
        assertThat(way.verify(ledger, Arrays.copyOf(payload, 999))).isFalse();
        assertThat(way.verify(ledger, Arrays.copyOf(payload, 19))).isFalse();
        assertThat(ledger.errors()).isEqualTo(2);
    }

    @Test
    void a_payload_left_out_is_an_error() {
        assertThat(Way.ARRAY.verify(ledger, payload(64, 7, 0, ALL))).isTrue();
        assertThat(Way.ARRAY.verify(ledger, payload(64, 7, 2, ALL))).isFalse();
        assertThat(ledger.verified()).isEqualTo(1);
        assertThat(ledger.errors()).isEqualTo(1);
    }

    @Test
    void a_repeated_payload_is_an_error() {
        byte[] payload = payload(64, 7, 0, ALL);
        assertThat(Way.ARRAY.verify(ledger, payload)).isTrue();
        assertThat(Way.ARRAY.verify(ledger, payload)).isFalse();
        assertThat(ledger.verified()).isEqualTo(1);
        assertThat(ledger.errors()).isEqualTo(1);
    }

    @Test
    void sequences_wrap_where_the_mask_ends() {
        byte[][] four = new byte[4][];
        for (int number = 0; number < 4; number++) {
            four[number] = payload(64, 7, number, 3);
        }
        for (int number = 0; number < 12; number++) {
            assertThat(Way.ARRAY.verify(ledger, four[number % 4])).isTrue();
        }
        assertThat(Way.ARRAY.verify(ledger, four[1])).isFalse();
        assertThat(ledger.verified()).isEqualTo(12);
    }

    @Test
    void connections_are_counted_apart_and_ids_end_at_a_limit() {
        int last = Ledger.CONNECTIONS - 1;
        assertThat(Way.ARRAY.verify(ledger, payload(64, 0, 0, ALL))).isTrue();
        assertThat(Way.ARRAY.verify(ledger, payload(64, last, 0, ALL))).isTrue();
        assertThat(Way.ARRAY.verify(ledger, payload(64, last, 1, ALL))).isTrue();
        assertThat(Way.ARRAY.verify(ledger, payload(64, last + 1, 0, ALL))).isFalse();
        assertThat(Way.ARRAY.verify(ledger, payload(64, -1, 0, ALL))).isFalse();
        assertThat(ledger.verified()).isEqualTo(3);
        assertThat(ledger.errors()).isEqualTo(2);
    }

    private static byte[] payload(int size, int connection, int number, int mask) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        Payload.write(payload, 0, size, connection, number, mask);
        return payload;
    }
}
