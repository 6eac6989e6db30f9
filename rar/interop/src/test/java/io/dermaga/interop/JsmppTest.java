package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.util.DefaultComposer;
import org.junit.jupiter.api.Test;

/** jSMPP as the external short messaging entity. */
class JsmppTest {

    private static final int COMMAND_AT = 4;
    private static final int SEQUENCE_AT = 12;

    private static int command(byte[] unit) {
        return ByteBuffer.wrap(unit).getInt(COMMAND_AT);
    }

    /** A message centre that takes everything. */
    private static byte[] centre(byte[] unit) throws Exception {
        DefaultComposer composer = new DefaultComposer();
        int sequence = ByteBuffer.wrap(unit).getInt(SEQUENCE_AT);
        return switch (command(unit)) {
            case SMPPConstant.CID_BIND_TRANSCEIVER ->
                    composer.bindResp(SMPPConstant.CID_BIND_TRANSCEIVER_RESP, sequence, "dermaga");
            case SMPPConstant.CID_SUBMIT_SM ->
                    composer.submitSmResp(sequence, Integer.toHexString(sequence));
            case SMPPConstant.CID_ENQUIRE_LINK -> composer.enquireLinkResp(sequence);
            case SMPPConstant.CID_UNBIND ->
                    composer.unbindResp(SMPPConstant.STAT_ESME_ROK, sequence);
            default -> throw new IllegalArgumentException("command " + command(unit));
        };
    }

    private static String bind(SMPPSession session, Receiver receiver) throws Exception {
        BindParameter parameters =
                new BindParameter(
                        BindType.BIND_TRX,
                        "interop",
                        "secret",
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        null);
        return session.connectAndBind(Receiver.HOST, receiver.port(), parameters, 30_000);
    }

    private static long enquiries(Receiver receiver) {
        return receiver.payloads().stream()
                .filter(one -> command(one) == SMPPConstant.CID_ENQUIRE_LINK)
                .count();
    }

    private static String submit(SMPPSession session, String text) throws Exception {
        return session.submitShortMessage(
                        "",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        "62811",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        "62812",
                        new ESMClass(),
                        (byte) 0,
                        (byte) 1,
                        null,
                        null,
                        new RegisteredDelivery(0),
                        (byte) 0,
                        DataCodings.ZERO,
                        (byte) 0,
                        text.getBytes(StandardCharsets.US_ASCII))
                .getMessageId();
    }

    @Test
    void a_session_binds_submits_and_unbinds() throws Exception {
        try (Receiver receiver = Receiver.of("smpp", JsmppTest::centre)) {
            SMPPSession session = new SMPPSession();
            session.setTransactionTimer(30_000);
            String centre = bind(session, receiver);
            assertThat(centre).isEqualTo("dermaga");
            for (int i = 0; i < 100; i++) {
                String text = "x".repeat(i) + "end";
                String id = submit(session, text);
                byte[] unit = receiver.payloads().get(receiver.payloads().size() - 1);
                assertThat(command(unit)).isEqualTo(SMPPConstant.CID_SUBMIT_SM);
                assertThat(new String(unit, StandardCharsets.US_ASCII)).endsWith(text);
                assertThat(unit).hasSize(ByteBuffer.wrap(unit).getInt());
                assertThat(Integer.parseInt(id, 16))
                        .isEqualTo(ByteBuffer.wrap(unit).getInt(SEQUENCE_AT));
            }
            session.unbindAndClose();
            assertThat(command(receiver.payloads().get(101))).isEqualTo(SMPPConstant.CID_UNBIND);
            assertThat(receiver.settled().envelopeBytes()).isZero();
        }
    }

    @Test
    void an_idle_session_is_told_that_the_link_is_alive() throws Exception {
        try (Receiver receiver = Receiver.of("smpp", JsmppTest::centre)) {
            SMPPSession session = new SMPPSession();
            session.setTransactionTimer(30_000);
            session.setEnquireLinkTimer(100);
            bind(session, receiver);
            await().until(() -> enquiries(receiver) >= 3);
            assertThat(session.getSessionState().isBound()).isTrue();
            session.unbindAndClose();
            receiver.settled();
        }
    }
}
