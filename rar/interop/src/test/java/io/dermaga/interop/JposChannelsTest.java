package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.monitor.Counters;
import io.dermaga.engine.settings.Setting;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jpos.iso.BaseChannel;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.ISOUtil;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.channel.AmexChannel;
import org.jpos.iso.channel.BASE24TCPChannel;
import org.jpos.iso.channel.BCDChannel;
import org.jpos.iso.channel.CSChannel;
import org.jpos.iso.channel.GICCChannel;
import org.jpos.iso.channel.HEXChannel;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.channel.NCCChannel;
import org.jpos.iso.channel.RawChannel;
import org.jpos.iso.channel.VAPChannel;
import org.jpos.iso.header.BASE1Header;
import org.jpos.iso.packager.ISO87APackager;
import org.jpos.iso.packager.ISO87BPackager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The channels of jPOS as the sending side. */
class JposChannelsTest {

    private static final byte[] TPDU = {0x60, 0x00, 0x03, 0x00, 0x00};
    private static final byte[] NOTHING = {};

    /**
     * A channel.
     *
     * @param framing that goes with it
     * @param envelope bytes around each message
     * @param opener makes it, for a port
     * @param frame a message as the channel expects it
     */
    private record Peer(
            String framing,
            int envelope,
            IntFunction<BaseChannel> opener,
            UnaryOperator<byte[]> frame) {

        BaseChannel connect(Receiver receiver) throws Exception {
            BaseChannel channel = opener.apply(receiver.port());
            channel.setTimeout(30_000);
            channel.connect();
            return channel;
        }

        @Override
        public String toString() {
            return framing;
        }
    }

    private static final String HOST = Receiver.HOST;

    private static ISOPackager text() {
        return new ISO87APackager();
    }

    private static ISOPackager binary() {
        return new ISO87BPackager();
    }

    static Stream<Peer> channels() {
        return Stream.of(
                new Peer(
                        "iso8583(nac)",
                        2,
                        port -> new NACChannel(HOST, port, binary(), NOTHING),
                        message -> join(hex("%04x", message.length), message)),
                new Peer(
                        "iso8583(nac,header=5)",
                        7,
                        port -> new NACChannel(HOST, port, binary(), TPDU),
                        message -> join(hex("%04x", message.length + 5), TPDU, message)),
                new Peer(
                        "iso8583(ascii)",
                        4,
                        port -> new ASCIIChannel(HOST, port, text()),
                        message -> join(digits("%04d", message.length), message)),
                new Peer(
                        "iso8583(ncc)",
                        2,
                        port -> new NCCChannel(HOST, port, binary(), NOTHING),
                        message -> join(hex("%04d", message.length), message)),
                new Peer(
                        "iso8583(ncc,header=5)",
                        7,
                        port -> new NCCChannel(HOST, port, binary(), TPDU),
                        message -> join(hex("%04d", message.length + 5), TPDU, message)),
                new Peer(
                        "iso8583(bcd)",
                        2,
                        port -> new BCDChannel(HOST, port, binary(), NOTHING),
                        message -> join(hex("%04d", message.length), message)),
                new Peer(
                        "iso8583(hex)",
                        4,
                        port -> new HEXChannel(HOST, port, text(), NOTHING),
                        message -> join(digits("%04X", message.length), message)),
                new Peer(
                        "iso8583(raw)",
                        4,
                        port -> new RawChannel(HOST, port, binary(), NOTHING),
                        message -> join(hex("%08x", message.length), message)),
                new Peer(
                        "iso8583(amex)",
                        2,
                        port -> new AmexChannel(HOST, port, binary()),
                        message -> join(hex("%04x", message.length + 2), message)),
                new Peer(
                        "iso8583(base24)",
                        3,
                        port -> new BASE24TCPChannel(HOST, port, text()),
                        message -> join(hex("%04x", message.length + 1), message, new byte[] {3})),
                new Peer(
                        "iso8583(vap,header=22)",
                        26,
                        port -> new VAPChannel(HOST, port, binary()),
                        message ->
                                join(
                                        hex("%04x0000", message.length + 22),
                                        base1Header(message.length),
                                        message)),
                new Peer(
                        "iso8583(cs)",
                        4,
                        port -> new CSChannel(HOST, port, binary()),
                        message -> join(hex("%04x0000", message.length), message)),
                new Peer(
                        "iso8583(gicc)",
                        4,
                        port -> new GICCChannel(HOST, port, binary()),
                        message -> join(hex("0000%04x", message.length), message)));
    }

    /** Its sendKeepAlive announces an ETX that it does not send. */
    static Stream<Peer> channels_with_keep_alive() {
        return channels().filter(peer -> !peer.framing().equals("iso8583(base24)"));
    }

    private static byte[] hex(String format, int length) {
        return ISOUtil.hex2byte(format.formatted(length));
    }

    private static byte[] digits(String format, int length) {
        return format.formatted(length).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] base1Header(int length) {
        BASE1Header header = new BASE1Header("000000", "000000");
        header.setLen(length);
        return header.pack();
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(one -> one.length).sum());
        Stream.of(parts).forEach(all::put);
        return all.array();
    }

    private static ISOMsg message(BaseChannel channel, int number) throws Exception {
        ISOMsg message = new ISOMsg("0800");
        message.setPackager(channel.getPackager());
        message.set(11, "%06d".formatted(number));
        message.set(41, "TERM%04d".formatted(number));
        message.set(48, "x".repeat(number % 500));
        message.set(70, "301");
        return message;
    }

    @ParameterizedTest
    @MethodSource("channels")
    void messages_of_the_channel_are_received_and_the_answers_understood(Peer peer)
            throws Exception {
        try (Receiver receiver = Receiver.of(peer.framing(), peer.frame()::apply)) {
            BaseChannel channel = peer.connect(receiver);
            for (int i = 1; i <= 300; i += 23) {
                ISOMsg sent = message(channel, i);
                channel.send(sent);
                ISOMsg answer = channel.receive();
                assertThat(answer.getMTI()).isEqualTo("0800");
                assertThat(answer.getString(11)).isEqualTo("%06d".formatted(i));
                assertThat(answer.getString(48)).isEqualTo(sent.getString(48));
                assertThat(receiver.payloads()).last().isEqualTo(sent.pack());
            }
            channel.disconnect();
            Counters counters = receiver.settled();
            assertThat(counters.delivered()).isEqualTo(14);
            assertThat(counters.envelopeBytes()).isEqualTo(14L * peer.envelope());
        }
    }

    @ParameterizedTest
    @MethodSource("channels")
    void a_message_with_its_envelope_can_be_sent_back_as_it_is(Peer peer) throws Exception {
        Map<Setting, String> settings =
                Map.of(Setting.FRAMING, peer.framing(), Setting.ENVELOPE, "KEEP");
        try (Receiver receiver = Receiver.of(settings, payload -> payload)) {
            BaseChannel channel = peer.connect(receiver);
            channel.send(message(channel, 7));
            assertThat(channel.receive().getString(41)).isEqualTo("TERM0007");
            channel.disconnect();
            assertThat(receiver.settled().envelopeBytes()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("channels_with_keep_alive")
    void a_keep_alive_of_the_channel_is_sent_back_and_is_no_payload(Peer peer) throws Exception {
        int header = header(peer);
        try (Receiver receiver = Receiver.of(peer.framing(), peer.frame()::apply)) {
            BaseChannel channel = peer.connect(receiver);
            channel.sendKeepAlive();
            byte[] echo = channel.getSocket().getInputStream().readNBytes(header);
            assertThat(echo).isEqualTo(keepAlive(peer, header));
            channel.send(message(channel, 9));
            assertThat(channel.receive().getString(41)).isEqualTo("TERM0009");
            channel.disconnect();
            assertThat(receiver.payloads()).hasSize(1);
            assertThat(receiver.settled().envelopeBytes()).isEqualTo(header + peer.envelope());
        }
    }

    /** Channels that send zeros back, of themselves. */
    static Stream<Peer> channels_that_answer_zeros() {
        List<String> framings =
                List.of(
                        "iso8583(amex)",
                        "iso8583(base24)",
                        "iso8583(vap,header=22)",
                        "iso8583(cs)",
                        "iso8583(gicc)");
        return channels().filter(peer -> framings.contains(peer.framing()));
    }

    @ParameterizedTest
    @MethodSource("channels_that_answer_zeros")
    void zeros_are_answered_as_the_channel_answers_them(Peer peer) throws Exception {
        byte[] zeros = new byte[header(peer)];
        InetAddress host = InetAddress.getLoopbackAddress();
        byte[] expected;
        try (ServerSocket server = new ServerSocket(0, 1, host);
                Socket socket = new Socket(host, server.getLocalPort())) {
            BaseChannel channel = peer.opener().apply(0);
            channel.accept(server);
            socket.getOutputStream().write(zeros);
            socket.shutdownOutput();
            assertThatThrownBy(channel::receive).isInstanceOf(EOFException.class);
            expected = socket.getInputStream().readNBytes(zeros.length);
        }
        assertThat(expected).isEqualTo(zeros);
        try (Receiver receiver = Receiver.of(peer.framing(), Receiver.Answer.NONE);
                Socket socket = new Socket(host, receiver.port())) {
            socket.getOutputStream().write(zeros);
            assertThat(socket.getInputStream().readNBytes(zeros.length)).isEqualTo(expected);
            assertThat(receiver.payloads()).isEmpty();
        }
    }

    /** Bytes before a message, without those of {@code header=n}. */
    private static int header(Peer peer) {
        String[] parts = peer.framing().replace(")", "").split("header=", -1);
        int left = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
        int trailer = peer.framing().equals("iso8583(base24)") ? 1 : 0;
        return peer.envelope() - left - trailer;
    }

    private static byte[] keepAlive(Peer peer, int header) {
        return switch (peer.framing()) {
            case "iso8583(ascii)", "iso8583(hex)" -> digits("%04d", 0);
            case "iso8583(amex)" -> new byte[] {0, 2};
            default -> new byte[header];
        };
    }
}
