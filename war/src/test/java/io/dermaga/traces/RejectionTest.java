package io.dermaga.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RejectionTest {

    private static final UnknownFieldSet LATER =
            UnknownFieldSet.newBuilder()
                    .addField(7, UnknownFieldSet.Field.newBuilder().addFixed32(1).build())
                    .addField(8, UnknownFieldSet.Field.newBuilder().addFixed64(1).build())
                    .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(-1).build())
                    .addField(
                            10,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                    .build())
                    .build();

    private static ExportTraceServiceResponse response() {
        return ExportTraceServiceResponse.newBuilder()
                .setUnknownFields(LATER)
                .setPartialSuccess(
                        ExportTracePartialSuccess.newBuilder()
                                .setUnknownFields(LATER)
                                .setRejectedSpans(300)
                                .setErrorMessage("too olđ"))
                .build();
    }

    @Test
    void what_was_left_out_is_read_whatever_a_later_version_adds() {
        assertThat(Rejection.of(response().toByteArray())).isEqualTo(new Rejection(300, "too olđ"));
    }

    @Test
    void an_empty_answer_leaves_nothing_out() {
        assertThat(Rejection.of(new byte[0])).isEqualTo(Rejection.NONE);
    }

    @Test
    void an_answer_that_is_cut_or_something_else_says_nothing() {
        byte[] whole = response().toByteArray();
        for (int length = 0; length < whole.length; length++) {
            Rejection.of(Arrays.copyOf(whole, length)); // and throws nothing
        }
        assertThat(Rejection.of("{\"partialSuccess\":{}}".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Rejection.NONE);
        byte[] endless = new byte[100];
        Arrays.fill(endless, (byte) 0xff);
        assertThat(Rejection.of(endless)).isEqualTo(Rejection.NONE);
    }
}
