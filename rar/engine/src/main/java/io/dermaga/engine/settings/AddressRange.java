package io.dermaga.engine.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits (CIDR, RFC 4632): {@code 10.0.0.0/8}, {@code fd00::/8};
 * one address without a length.
 */
public final class AddressRange {

    /** Nothing that would be looked up as a name. */
    private static final Pattern NUMERIC =
            Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F.:]{0,40}:[0-9a-fA-F.:]{0,40}");

    private final byte[] address;
    private final int bits;

    private AddressRange(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none, or has bits behind its length
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String numeric = slash < 0 ? text : text.substring(0, slash);
        if (!NUMERIC.matcher(numeric).matches()) {
            throw new IllegalArgumentException("not an address: " + numeric);
        }
        try {
            byte[] address = InetAddress.getByName(numeric).getAddress();
            int most = address.length * Byte.SIZE;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("not a length of an address: " + bits);
            }
            AddressRange range = new AddressRange(address, bits);
            if (!Arrays.equals(range.masked(address), address)) {
                throw new IllegalArgumentException("bits behind the length: " + text);
            }
            return range;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + numeric, e);
        }
    }

    /**
     * Reads some, separated by commas.
     *
     * @throws IllegalArgumentException if one is none
     */
    public static List<AddressRange> parseAll(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(AddressRange::parse)
                .toList();
    }

    /** Whether an address is in it. */
    public boolean contains(InetAddress other) {
        byte[] theirs = other.getAddress();
        return theirs.length == address.length && Arrays.equals(masked(theirs), address);
    }

    private byte[] masked(byte[] bytes) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
            result[i] &= (byte) (0xFF00 >> kept);
        }
        return result;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
