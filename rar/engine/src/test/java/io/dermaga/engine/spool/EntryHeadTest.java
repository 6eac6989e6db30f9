package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.Place;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is stored beside the bytes of an entry comes out as it went in. */
class EntryHeadTest {

    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
    private static final long FAR = 5_000_000_000L;

    private static EntryHead head(Content content) {
        SpooledConnection connection = SpoolUnderTest.connection("c-1");
        return EntryHead.of(new EntryId(1, 2), connection, 3, AT, AT, content);
    }

    /**
     * @param rows of each payload start, end, start and end of its frame
     */
    private static Frames frames(int... rows) {
        ByteBudget budget = new ByteBudget(1 << 20, null);
        return Frames.of(Unpooled.EMPTY_BUFFER, rows, 0, 0, 0, budget, 0, FAR, 4);
    }

    private static void assertSamePlaces(StoredPlaces places, Content content) {
        assertThat(places.reads()).isEqualTo(content.reads(0));
        for (int i = 0; i < content.count(); i++) {
            assertThat(places.start(i)).isEqualTo(content.streamStart(i));
            assertThat(places.end(i)).isEqualTo(content.streamEnd(i));
        }
    }

    @Test
    void frames_that_are_alike_are_stored_in_few_bytes() {
        int[] rows = new int[4 * 1000];
        for (int i = 0; i < 1000; i++) {
            rows[4 * i] = 3 * i;
            rows[4 * i + 1] = 3 * i + 2;
            rows[4 * i + 2] = 3 * i;
            rows[4 * i + 3] = 3 * i + 3;
        }
        Frames frames = frames(rows);
        byte[] stored = head(frames).encode();

        assertThat(stored.length - head(unknown(1000)).encode().length).isLessThan(20);
        assertSamePlaces(EntryHead.decode(stored).places(), frames);
    }

    @Test
    void frames_of_any_kind_keep_their_places() {
        Frames frames = frames(4, 6, -300, 8, 9, 9, 8, 10, 210, 500, 200, 70_000);
        assertSamePlaces(EntryHead.decode(head(frames).encode()).places(), frames);
    }

    @Test
    void a_payload_by_itself_keeps_its_place() {
        ByteBudget budget = new ByteBudget(1 << 20, null);
        Place place = new Place(FAR, 2 * FAR, 70_000);
        Frames one = Frames.one(Unpooled.EMPTY_BUFFER, 17, 0, 0, budget, 0, 5, place);
        assertSamePlaces(EntryHead.decode(head(one).encode()).places(), one);
    }

    @Test
    void what_has_no_place_has_none_afterwards() {
        assertThat(EntryHead.decode(head(unknown(2)).encode()).places().areKnown()).isFalse();
    }

    @Test
    void a_head_of_the_version_before_is_read_without_places() {
        byte[] stored = head(unknown(2)).encode();
        byte[] before = Arrays.copyOf(stored, stored.length - 1);
        before[0] = 1;
        EntryHead head = EntryHead.decode(before);
        assertThat(head.count()).isEqualTo(2);
        assertThat(head.places().areKnown()).isFalse();
    }

    @Test
    void a_head_that_is_damaged_is_refused() {
        byte[] stored = head(frames(0, 2, 0, 3)).encode();
        assertThatThrownBy(() -> EntryHead.decode(Arrays.copyOf(stored, stored.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryHead.decode(Arrays.copyOf(stored, stored.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Frames unknown(int payloads) {
        int[] bounds = new int[2 * payloads];
        for (int i = 0; i < payloads; i++) {
            bounds[2 * i] = 2 * i;
            bounds[2 * i + 1] = 2 * i + 2;
        }
        ByteBudget budget = new ByteBudget(1 << 20, null);
        return new Frames(Unpooled.EMPTY_BUFFER, bounds, 0, 0, 0, budget, 0);
    }
}
