package io.dermaga.engine.trial;

import io.dermaga.engine.framing.Catalog;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Framings that are worth a trial: all of them, and for those with arguments the usual ones and
 * those that the sample itself suggests. A few hundred, whatever the sample is.
 */
final class Candidates {

    private static final Set<String> WITH_ARGUMENTS =
            Set.of("delimiter", "start-end", "fixed", "length", "iso8583", "custom", "auto");

    private static final List<String> VARIANTS =
            List.of(
                    "lines(lenient)",
                    "lines(crlf)",
                    "lines(lf)",
                    "stx-etx(lenient)",
                    "mllp(lenient)",
                    "mllp-r2(lenient)",
                    "syslog(octet-counting)",
                    "syslog(non-transparent)");

    private static final List<String> CHANNELS =
            List.of(
                    "nac", "ascii", "ncc", "bcd", "hex", "cmf", "raw", "amex", "base24", "vap",
                    "cs", "gicc");

    /** Ends of records that are in use; LF and NUL have framings of their own. */
    private static final List<String> DELIMITERS =
            List.of(
                    "0d",
                    "0d0a",
                    "0d0a0d0a",
                    "0a0a",
                    "03",
                    "04",
                    "17",
                    "1c",
                    "1c0d",
                    "1d",
                    "1e",
                    "1f",
                    "ff",
                    "7c",
                    "7c7c",
                    "3b",
                    "7e",
                    "23",
                    "2c",
                    "00",
                    "0a0d");

    /** Trailers that a length may not count: a check byte, CRLF or a CRC, a longer CRC. */
    private static final int[] TRAILERS = {1, 2, 4};

    private static final int MOST_OFFSET = 12;
    private static final int MOST_END_BYTES = 4;
    private static final int MOST_SIZES = 3;
    private static final HexFormat HEX = HexFormat.of();

    private final Sample sample;

    /** In the order of the simpler one first: it goes before its equals. */
    private final Set<String> forms = new LinkedHashSet<>();

    private Candidates(Sample sample) {
        this.sample = sample;
    }

    static List<String> of(Sample sample) {
        Candidates candidates = new Candidates(sample);
        Catalog.names()
                .filter(name -> !WITH_ARGUMENTS.contains(name))
                .forEach(candidates.forms::add);
        candidates.forms.addAll(VARIANTS);
        candidates.lengths();
        candidates.channels();
        candidates.startsAndEnds();
        candidates.delimiters();
        candidates.sizes();
        return new ArrayList<>(candidates.forms);
    }

    private void channels() {
        for (String channel : CHANNELS) {
            forms.add("iso8583(" + channel + ")");
            forms.add("iso8583(" + channel + ",header=5)");
        }
    }

    private void lengths() {
        for (int width : new int[] {4, 2, 1, 3, 8}) {
            length(width, "");
            if (width > 1) {
                length(width, ",little");
            }
        }
        IntStream.rangeClosed(2, 8).forEach(digits -> length(digits, ",ascii"));
        IntStream.rangeClosed(2, 8).forEach(digits -> length(digits, ",hex"));
        IntStream.rangeClosed(1, 4).forEach(width -> length(width, ",bcd"));
        for (int offset = 1; offset <= MOST_OFFSET; offset++) {
            for (int width : new int[] {2, 4, 1}) {
                lengthWithin(width, "", offset);
                if (width > 1) {
                    lengthWithin(width, ",little", offset);
                }
            }
        }
        for (int trailer : TRAILERS) {
            for (int width : new int[] {2, 4, 1}) {
                forms.add("length(" + width + ",adjust=" + trailer + ")");
            }
        }
    }

    private void length(int width, String encoding) {
        forms.add("length(" + width + encoding + ")");
        forms.add("length(" + width + ",including" + encoding + ")");
    }

    /** A length that is not the first of its header may count any part of it. */
    private void lengthWithin(int width, String encoding, int offset) {
        String after = encoding + ",offset=" + offset;
        forms.add("length(" + width + after + ")");
        forms.add("length(" + width + ",including" + after + ")");
        forms.add("length(" + width + after + ",adjust=-" + width + ")");
        forms.add("length(" + width + after + ",adjust=-" + offset + ")");
    }

    /** The first byte, and the last ones if they end a frame before that as well. */
    private void startsAndEnds() {
        byte start = sample.at(0);
        if (!Sample.isLetterOrDigit(start)) {
            for (String end : ends()) {
                byte[] next = HEX.parseHex(end + HEX.toHexDigits(start));
                if (Sample.isControl(start) || sample.find(next) >= 0) {
                    forms.add("start-end(0x" + HEX.toHexDigits(start) + ",0x" + end + ")");
                }
            }
        }
        forms.add("start-end(0x01,0x04)");
    }

    /** The last bytes of the sample, in hex, up to the last letter or digit. */
    private List<String> ends() {
        List<String> ends = new ArrayList<>();
        StringBuilder end = new StringBuilder();
        for (int at = sample.size() - 1;
                at > 0 && ends.size() < MOST_END_BYTES && !Sample.isLetterOrDigit(sample.at(at));
                at--) {
            ends.add(end.insert(0, HEX.toHexDigits(sample.at(at))).toString());
        }
        return ends;
    }

    private void delimiters() {
        Stream.concat(
                        DELIMITERS.stream().filter(one -> sample.find(HEX.parseHex(one)) >= 0),
                        ends().stream().filter(this::isRepeated))
                .filter(one -> !one.equals("0a"))
                .forEach(one -> forms.add("delimiter(0x" + one + ")"));
        forms.add("delimiter(0x0d)");
    }

    private boolean isRepeated(String end) {
        byte[] bytes = HEX.parseHex(end);
        return sample.find(bytes) < sample.size() - bytes.length;
    }

    /** The sizes that divide the sample and at which it repeats itself most. */
    private void sizes() {
        IntStream.rangeClosed(2, sample.size() / 2)
                .filter(size -> sample.size() % size == 0)
                .mapToObj(size -> Map.entry(size, sample.likeness(size)))
                .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                .limit(MOST_SIZES)
                .forEach(size -> forms.add("fixed(" + size.getKey() + ")"));
        forms.add("fixed(" + sample.size() + ")");
    }
}
