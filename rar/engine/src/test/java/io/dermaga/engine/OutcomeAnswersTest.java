package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.Reply;
import io.dermaga.engine.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers are told by their framing when the delivery of a payload has ended. */
class OutcomeAnswersTest {

    private static final String MESSAGE =
            "MSH|^~\\&|LAB|HOSP|EHR|CLINIC|20240101||ORU^R01^ORU_R01|%s|P|2.5.1\rPID|1\r";
    private static final String LOST = "MSH|^~\\&|A|B|C|D|20240101||ACK|oversized|P|2.5.1\r";

    private static EngineUnderTest.Draft draft(String framing) {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, framing)
                        .set(Setting.MAX_DELIVERIES, 2)
                        .set(Setting.REDELIVERY_MIN, "1ms");
        draft.bean()
                .onPayload(
                        payload -> {
                            if (payload.text().contains("fail")) {
                                payload.reply("never sent");
                                throw new IllegalStateException("fails");
                            }
                            if (payload.text().contains("refuse")) {
                                payload.reply(Reply.nak());
                            }
                            if (payload.text().contains("own")) {
                                payload.reply("own answer");
                            }
                        });
        return draft;
    }

    private static String block(String content) {
        return "\u000b" + content + "\u001c\r";
    }

    private static String withoutTime(String answer) {
        return answer.replaceAll("\\d{14}\\.\\d{3}[+-]\\d{4}", "TIME");
    }

    private static String acknowledgement(String code, String id) {
        return block(
                "MSH|^~\\&|EHR|CLINIC|LAB|HOSP|TIME||ACK^R01^ACK|%s|P|2.5.1\rMSA|%s|%s\r"
                        .formatted(id, code, id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STRIP", "KEEP"})
    void an_hl7_message_is_acknowledged_by_its_outcome(String envelope) throws Exception {
        try (EngineUnderTest engine = draft("mllp").set(Setting.ENVELOPE, envelope).start();
                TestPeer peer = engine.connect()) {
            for (String id : new String[] {"1", "fail", "refuse", "own", "5"}) {
                peer.send(block(MESSAGE.formatted(id)));
            }
            peer.send(block("no message")).end();
            assertThat(withoutTime(peer.untilEnd()))
                    .isEqualTo(
                            acknowledgement("AA", "1")
                                    + acknowledgement("AE", "fail")
                                    + acknowledgement("AE", "refuse")
                                    + "own answer"
                                    + acknowledgement("AA", "5")
                                    + "FIN");
            assertThat(engine.settled().failed()).isEqualTo(1);
        }
    }

    @Test
    void a_message_that_was_discarded_unread_is_not_acknowledged() throws Exception {
        try (EngineUnderTest engine =
                        draft("mllp")
                                .set(Setting.MAX_PAYLOAD, LOST.length() - 1)
                                .set(Setting.ON_OVERSIZE, "DISCARD")
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send(block(LOST)).end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK", "ACK^R01", "ACK^R01^ACK"})
    void an_acknowledgement_is_not_acknowledged(String type) throws Exception {
        try (EngineUnderTest engine = draft("mllp").start();
                TestPeer peer = engine.connect()) {
            peer.send(block("MSH|^~\\&|A|B|C|D|20240101||" + type + "|7|P|2.5.1\rMSA|AA|1\r"))
                    .end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().delivered()).isEqualTo(1);
        }
    }

    @Test
    void an_acknowledgement_needs_no_more_of_a_message_than_it_has() throws Exception {
        try (EngineUnderTest engine = draft("mllp").start();
                TestPeer peer = engine.connect()) {
            peer.send(block("MSH|^~\\&|A") + block("MSH") + block("MSH|^~\\&|A||||||X|é")).end();
            assertThat(withoutTime(peer.untilEnd()))
                    .isEqualTo(
                            block("MSH|^~\\&|||A||TIME||ACK|||\rMSA|AA|\r")
                                    + block("MSH|^~\\&|||A||TIME||ACK|é||\rMSA|AA|é\r")
                                    + "FIN");
        }
    }

    @ParameterizedTest
    @CsvSource({"none, none, FIN", "'ACK', auto, ACKFIN", "0x41, 0x15, AFIN"})
    void settings_stand_above_what_the_framing_has(String ack, String nak, String told)
            throws Exception {
        try (EngineUnderTest engine =
                        draft("mllp")
                                .set(Setting.ACK, ack.equals("ACK") ? "'ACK'" : ack)
                                .set(Setting.NAK, nak)
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send(block(MESSAGE.formatted("1"))).end();
            assertThat(peer.untilEnd()).isEqualTo(told);
        }
    }

    @Test
    void whoever_acknowledges_never_says_nothing() throws Exception {
        try (EngineUnderTest engine = draft("mllp").set(Setting.ACKNOWLEDGE, "NEVER").start();
                TestPeer peer = engine.connect()) {
            peer.send(block(MESSAGE.formatted("1"))).send(block(MESSAGE.formatted("own"))).end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().failed()).isEqualTo(1);
            assertThat(engine.messages().get(1).error())
                    .contains("DMG3011 ")
                    .contains("given acknowledge=NEVER, allowed: ON_DELIVERY");
        }
    }

    @Test
    void a_tracker_is_told_how_many_records_were_taken() throws Exception {
        try (EngineUnderTest engine = draft("teltonika").start();
                TestPeer peer = engine.connect()) {
            peer.send("\u0000\u000f356307042441013");
            assertThat(peer.receive(1)).isEqualTo("\u0001");
            peer.send(avl("\u0008\u0003abc\u0003") + avl("\u0008\u0002fail\u0002"));
            assertThat(peer.receive(8)).isEqualTo("\0\0\0\u0003\0\0\0\0");
        }
    }

    /** CRC-16 of the protocol over data that this test sends. */
    private static String avl(String data) {
        int crc = 0;
        for (int i = 0; i < data.length(); i++) {
            crc ^= data.charAt(i);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xa001 : crc >> 1;
            }
        }
        return "\0\0\0\0\0\0\0"
                + (char) data.length()
                + data
                + "\0\0"
                + (char) (crc >> 8)
                + (char) (crc & 0xff);
    }
}
