package io.dermaga.interop;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An application entity of DICOM that accepts every association and takes every C-ECHO and C-STORE
 * (PS3.8, 9.3; PS3.7, 9.3), one association at a time.
 */
final class DicomEntity implements Receiver.Answer {

    private static final int ASSOCIATE_REQUEST = 1;
    private static final int ASSOCIATE_ACCEPT = 2;
    private static final int DATA = 4;
    private static final int RELEASE_REQUEST = 5;
    private static final int RELEASE_RESPONSE = 6;

    private static final int HEADER_BYTES = 6;
    private static final int ITEMS_AT = 74;
    private static final int CONTEXT_REQUESTED = 0x20;
    private static final int CONTEXT_ACCEPTED = 0x21;
    private static final int TRANSFER_SYNTAX = 0x40;
    private static final int USER_INFORMATION = 0x50;

    private static final int NO_DATASET = 0x0101;

    private final List<Integer> commands = new ArrayList<>();
    private final ByteArrayOutputStream command = new ByteArrayOutputStream();
    private long datasetBytes;

    /** The bytes that a unit tells to have. */
    static int length(byte[] unit) {
        return HEADER_BYTES + ByteBuffer.wrap(unit).getInt(2);
    }

    /** The commands that were asked for. */
    List<Integer> commands() {
        return commands;
    }

    long datasetBytes() {
        return datasetBytes;
    }

    @Override
    public byte[] to(byte[] unit) {
        return switch (unit[0]) {
            case ASSOCIATE_REQUEST -> accept(unit);
            case DATA -> data(unit);
            case RELEASE_REQUEST -> unit(RELEASE_RESPONSE, new byte[4]);
            default -> throw new IllegalArgumentException("type " + unit[0]);
        };
    }

    private static byte[] unit(int type, byte[] content) {
        return ByteBuffer.allocate(HEADER_BYTES + content.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] item(int type, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    /** The request with every presentation context accepted, with its first transfer syntax. */
    private static byte[] accept(byte[] request) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(request, HEADER_BYTES, ITEMS_AT - HEADER_BYTES);
        ByteBuffer items = ByteBuffer.wrap(request, ITEMS_AT, request.length - ITEMS_AT);
        while (items.hasRemaining()) {
            int type = items.get();
            items.get();
            byte[] content = new byte[items.getShort()];
            items.get(content);
            byte[] given =
                    switch (type) {
                        case CONTEXT_REQUESTED -> item(CONTEXT_ACCEPTED, accepted(content));
                        case USER_INFORMATION -> item(type, userInformation());
                        default -> item(type, content);
                    };
            answer.writeBytes(given);
        }
        return unit(ASSOCIATE_ACCEPT, answer.toByteArray());
    }

    private static byte[] accepted(byte[] context) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(new byte[] {context[0], 0, 0, 0}); // id and result
        ByteBuffer items = ByteBuffer.wrap(context, 4, context.length - 4);
        while (items.hasRemaining()) {
            int type = items.get();
            items.get();
            byte[] content = new byte[items.getShort()];
            items.get(content);
            if (type == TRANSFER_SYNTAX) {
                answer.writeBytes(item(type, content));
                break;
            }
        }
        return answer.toByteArray();
    }

    /** The largest unit, and the class of the implementation. */
    private static byte[] userInformation() {
        byte[] most = item(0x51, ByteBuffer.allocate(4).putInt(16384).array());
        byte[] name = item(0x52, "1.2.826.0.1.3680043.2.1".getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.allocate(most.length + name.length).put(most).put(name).array();
    }

    /** Gathers fragments; answers when the message is complete. */
    private byte[] data(byte[] unit) {
        ByteBuffer values = ByteBuffer.wrap(unit, HEADER_BYTES, unit.length - HEADER_BYTES);
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        while (values.hasRemaining()) {
            byte[] fragment = new byte[values.getInt() - 2];
            byte context = values.get();
            byte flags = values.get();
            values.get(fragment);
            boolean isCommand = (flags & 1) != 0;
            boolean isLast = (flags & 2) != 0;
            if (isCommand) {
                command.writeBytes(fragment);
            } else {
                datasetBytes += fragment.length;
            }
            if (isLast && isCommand == (element(command.toByteArray(), 0x0800) == NO_DATASET)) {
                answers.writeBytes(response(context, command.toByteArray()));
                command.reset();
            }
        }
        return answers.toByteArray();
    }

    /** A number of a command set, which is implicit little endian; -1 if it has none. */
    private static int element(byte[] set, int element) {
        byte[] value = value(set, element);
        return value.length < 2
                ? -1
                : ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getShort();
    }

    private static byte[] value(byte[] set, int wanted) {
        ByteBuffer elements = ByteBuffer.wrap(set).order(ByteOrder.LITTLE_ENDIAN);
        while (elements.hasRemaining()) {
            elements.getShort(); // group 0000
            int element = Short.toUnsignedInt(elements.getShort());
            byte[] value = new byte[elements.getInt()];
            elements.get(value);
            if (element == wanted) {
                return value;
            }
        }
        return new byte[0];
    }

    private byte[] response(byte context, byte[] request) {
        int asked = element(request, 0x0100);
        commands.add(asked);
        ByteBuffer set = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        put(set, 0x0002, value(request, 0x0002));
        put(set, 0x0100, number(asked | 0x8000));
        put(set, 0x0120, value(request, 0x0110));
        put(set, 0x0800, number(NO_DATASET));
        put(set, 0x0900, number(0)); // success
        if (value(request, 0x1000).length > 0) {
            put(set, 0x1000, value(request, 0x1000));
        }
        byte[] rest = Arrays.copyOf(set.array(), set.position());
        ByteBuffer whole = ByteBuffer.allocate(12 + rest.length).order(ByteOrder.LITTLE_ENDIAN);
        put(
                whole,
                0x0000,
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(rest.length).array());
        whole.put(rest);
        byte[] value =
                ByteBuffer.allocate(6 + whole.capacity())
                        .putInt(2 + whole.capacity())
                        .put(context)
                        .put((byte) 3) // a command, the last fragment
                        .put(whole.array())
                        .array();
        return unit(DATA, value);
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    private static void put(ByteBuffer set, int element, byte[] value) {
        set.putShort((short) 0).putShort((short) element).putInt(value.length).put(value);
    }
}
