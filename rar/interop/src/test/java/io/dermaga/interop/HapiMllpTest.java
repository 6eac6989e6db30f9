package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.llp.MinLLPReader;
import ca.uhn.hl7v2.llp.MinLLPWriter;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.v25.datatype.FT;
import ca.uhn.hl7v2.model.v25.message.ACK;
import ca.uhn.hl7v2.model.v25.message.ADT_A01;
import ca.uhn.hl7v2.model.v25.message.ORU_R01;
import ca.uhn.hl7v2.model.v25.segment.OBX;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.dermaga.api.monitor.Counters;
import io.dermaga.engine.settings.Setting;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HAPI, the HL7 library for Java, as the sending application. */
class HapiMllpTest {

    private HapiContext context;

    @BeforeEach
    void open() {
        context = new DefaultHapiContext(ValidationContextFactory.noValidation());
        MinLowerLayerProtocol protocol = new MinLowerLayerProtocol();
        protocol.setCharset(StandardCharsets.UTF_8);
        context.setLowerLayerProtocol(protocol);
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator()); // not a file
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    private byte[] acknowledge(byte[] payload) throws Exception {
        String text = new String(payload, StandardCharsets.UTF_8);
        String answer = context.getPipeParser().parse(text).generateACK().encode();
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        new MinLLPWriter(block, StandardCharsets.UTF_8).writeMessage(answer);
        return block.toByteArray();
    }

    private ADT_A01 admission(int number) throws Exception {
        ADT_A01 message = new ADT_A01();
        message.setParser(context.getPipeParser());
        message.initQuickstart("ADT", "A01", "P");
        message.getMSH().getMessageControlID().setValue("control-" + number);
        message.getPID()
                .getPatientName(0)
                .getFamilyName()
                .getSurname()
                .setValue("Müller-" + number);
        return message;
    }

    @Test
    void the_hapi_client_understands_the_acknowledgements_that_no_bean_has_written()
            throws Exception {
        Receiver.Answer bean =
                payload -> {
                    if (new String(payload, StandardCharsets.UTF_8).contains("control-1")) {
                        throw new IllegalStateException("not this one");
                    }
                    return new byte[0];
                };
        Map<Setting, String> settings =
                Map.of(Setting.FRAMING, "mllp", Setting.MAX_DELIVERIES, "1");
        try (Receiver receiver = Receiver.of(settings, bean)) {
            Connection connection = context.newClient(Receiver.HOST, receiver.port(), false);
            connection.getInitiator().setTimeout(30, TimeUnit.SECONDS);
            for (int i = 0; i < 3; i++) {
                ACK answer = (ACK) connection.getInitiator().sendAndReceive(admission(i));
                assertThat(answer.getMSA().getAcknowledgmentCode().getValue())
                        .isEqualTo(i == 1 ? "AE" : "AA");
                assertThat(answer.getMSA().getMessageControlID().getValue())
                        .isEqualTo("control-" + i);
                assertThat(answer.getMSH().getMessageType().getTriggerEvent().getValue())
                        .isEqualTo("A01");
            }
            connection.close();
        }
    }

    @Test
    void messages_of_the_hapi_client_are_received_and_acknowledged() throws Exception {
        try (Receiver receiver = Receiver.of("mllp", this::acknowledge)) {
            Connection connection = context.newClient(Receiver.HOST, receiver.port(), false);
            connection.getInitiator().setTimeout(30, TimeUnit.SECONDS);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                ADT_A01 message = admission(i);
                sent.add(message.encode());
                ACK answer = (ACK) connection.getInitiator().sendAndReceive(message);
                assertThat(answer.getMSA().getAcknowledgmentCode().getValue()).isEqualTo("AA");
                assertThat(answer.getMSA().getMessageControlID().getValue())
                        .isEqualTo("control-" + i);
            }
            connection.close();
            assertThat(receiver.texts()).containsExactlyElementsOf(sent);
            Counters counters = receiver.settled();
            assertThat(counters.accepted()).isEqualTo(1);
            assertThat(counters.envelopeBytes()).isEqualTo(10 * 3);
        }
    }

    @Test
    void a_message_of_a_megabyte_is_received_whole() throws Exception {
        try (Receiver receiver = Receiver.of("mllp", this::acknowledge)) {
            ORU_R01 message = new ORU_R01();
            message.setParser(context.getPipeParser());
            message.initQuickstart("ORU", "R01", "P");
            OBX observation =
                    message.getPATIENT_RESULT().getORDER_OBSERVATION().getOBSERVATION().getOBX();
            observation.getValueType().setValue("FT");
            FT text = new FT(message);
            text.setValue("0123456789abcdef".repeat(65536));
            observation.getObservationValue(0).setData(text);
            Connection connection = context.newClient(Receiver.HOST, receiver.port(), false);
            connection.getInitiator().setTimeout(30, TimeUnit.SECONDS);
            connection.getInitiator().sendAndReceive(message);
            connection.close();
            assertThat(receiver.texts()).containsExactly(message.encode());
            receiver.settled();
        }
    }

    @Test
    void messages_that_do_not_wait_for_their_answers_are_answered_in_order() throws Exception {
        try (Receiver receiver = Receiver.of("mllp", this::acknowledge)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
                MinLLPWriter writer =
                        new MinLLPWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
                MinLLPReader reader =
                        new MinLLPReader(socket.getInputStream(), StandardCharsets.UTF_8);
                socket.setSoTimeout(30_000);
                for (int i = 0; i < 100; i++) {
                    writer.writeMessage(admission(i).encode());
                }
                for (int i = 0; i < 100; i++) {
                    ACK answer = (ACK) context.getPipeParser().parse(reader.getMessage());
                    assertThat(answer.getMSA().getMessageControlID().getValue())
                            .isEqualTo("control-" + i);
                }
            }
            receiver.settled();
        }
    }
}
