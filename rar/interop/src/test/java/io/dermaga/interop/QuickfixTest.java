package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import quickfix.ApplicationAdapter;
import quickfix.DefaultMessageFactory;
import quickfix.MemoryStoreFactory;
import quickfix.Message;
import quickfix.ScreenLogFactory;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionSettings;
import quickfix.SocketInitiator;
import quickfix.field.BeginString;
import quickfix.field.ClOrdID;
import quickfix.field.EncryptMethod;
import quickfix.field.HeartBtInt;
import quickfix.field.MsgSeqNum;
import quickfix.field.MsgType;
import quickfix.field.SenderCompID;
import quickfix.field.SendingTime;
import quickfix.field.TargetCompID;
import quickfix.field.TestReqID;
import quickfix.field.Text;

/** QuickFIX/J as the initiator of a session. */
class QuickfixTest {

    private static final SessionID SESSION = new SessionID("FIX.4.4", "CLIENT", "DERMAGA");

    /** An acceptor with one session. */
    private static final class Acceptor implements Receiver.Answer {

        private final AtomicInteger sequence = new AtomicInteger();

        @Override
        public byte[] to(byte[] payload) throws Exception {
            Message message = new Message(new String(payload, StandardCharsets.ISO_8859_1), true);
            Message answer = new Message();
            switch (message.getHeader().getString(MsgType.FIELD)) {
                case MsgType.LOGON -> {
                    answer.setInt(EncryptMethod.FIELD, 0);
                    answer.setInt(HeartBtInt.FIELD, message.getInt(HeartBtInt.FIELD));
                    return sent(answer, MsgType.LOGON);
                }
                case MsgType.TEST_REQUEST -> {
                    answer.setString(TestReqID.FIELD, message.getString(TestReqID.FIELD));
                    return sent(answer, MsgType.HEARTBEAT);
                }
                case MsgType.LOGOUT -> {
                    return sent(answer, MsgType.LOGOUT);
                }
                case MsgType.HEARTBEAT -> {
                    return sent(answer, MsgType.HEARTBEAT);
                }
                default -> {
                    return new byte[0];
                }
            }
        }

        /** With length and checksum, which QuickFIX/J computes. */
        private byte[] sent(Message answer, String type) {
            Message.Header header = answer.getHeader();
            header.setString(BeginString.FIELD, SESSION.getBeginString());
            header.setString(MsgType.FIELD, type);
            header.setString(SenderCompID.FIELD, SESSION.getTargetCompID());
            header.setString(TargetCompID.FIELD, SESSION.getSenderCompID());
            header.setInt(MsgSeqNum.FIELD, sequence.incrementAndGet());
            header.setUtcTimeStamp(SendingTime.FIELD, LocalDateTime.now(ZoneOffset.UTC));
            return answer.toString().getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static SocketInitiator initiator(int port) throws Exception {
        SessionSettings settings = new SessionSettings();
        settings.setString(SESSION, "ConnectionType", "initiator");
        settings.setString(SESSION, "StartTime", "00:00:00");
        settings.setString(SESSION, "EndTime", "00:00:00");
        settings.setString(SESSION, "HeartBtInt", "1");
        settings.setString(SESSION, "ReconnectInterval", "1");
        settings.setString(SESSION, "UseDataDictionary", "N");
        settings.setString(SESSION, "SocketConnectHost", Receiver.HOST);
        settings.setString(SESSION, "SocketConnectPort", Integer.toString(port));
        return new SocketInitiator(
                new ApplicationAdapter(),
                new MemoryStoreFactory(),
                settings,
                new ScreenLogFactory(false, false, false),
                new DefaultMessageFactory());
    }

    private static List<String> ofType(Receiver receiver, String type) {
        return receiver.texts().stream()
                .filter(one -> one.contains("\001" + "35=" + type + "\001"))
                .toList();
    }

    private static void logOn(SocketInitiator initiator) throws Exception {
        initiator.start();
        await().until(
                        () -> {
                            Session session = Session.lookupSession(SESSION);
                            return session != null && session.isLoggedOn();
                        });
    }

    @Test
    void an_initiator_logs_on_sends_orders_and_logs_out() throws Exception {
        try (Receiver receiver = Receiver.of("fix", new Acceptor())) {
            SocketInitiator initiator = initiator(receiver.port());
            logOn(initiator);
            for (int i = 0; i < 50; i++) {
                Message order = new Message();
                order.getHeader().setString(MsgType.FIELD, MsgType.ORDER_SINGLE);
                order.setString(ClOrdID.FIELD, "order-" + i);
                order.setString(Text.FIELD, "10=000 is no checksum, " + "x".repeat(i * 20));
                assertThat(Session.sendToTarget(order, SESSION)).isTrue();
            }
            await().until(() -> ofType(receiver, MsgType.ORDER_SINGLE).size() == 50);
            initiator.stop();
            List<String> orders = ofType(receiver, MsgType.ORDER_SINGLE);
            for (int i = 0; i < 50; i++) {
                assertThat(orders.get(i))
                        .startsWith("8=FIX.4.4\001" + "9=")
                        .contains("\001" + "11=order-" + i + "\001")
                        .containsPattern("\00110=[0-9]{3}\001$");
            }
            assertThat(ofType(receiver, MsgType.LOGON)).hasSize(1);
            assertThat(ofType(receiver, MsgType.LOGOUT)).hasSize(1);
            assertThat(receiver.settled().envelopeBytes()).isZero();
        }
    }

    @Test
    void a_session_stays_logged_on_by_heartbeats() throws Exception {
        try (Receiver receiver = Receiver.of("fix", new Acceptor())) {
            SocketInitiator initiator = initiator(receiver.port());
            logOn(initiator);
            await().until(() -> ofType(receiver, MsgType.HEARTBEAT).size() >= 2);
            initiator.stop();
            assertThat(ofType(receiver, MsgType.LOGON)).hasSize(1);
            receiver.settled();
        }
    }
}
