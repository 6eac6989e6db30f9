package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A delimiter after each payload, or one of several. Where one ends with another, as CRLF with LF,
 * the longest one is taken off.
 *
 * <pre>
 *  delimiter(0x0d0a,0x00)   bytes  61 62 0d 0a 63 00 00 64   payloads  61 62 | 63 | (empty) | incomplete: 64
 *  nul                      bytes  7b 7d 00 7b 7d 00         payloads  7b 7d | 7b 7d
 * </pre>
 *
 * {@code nul} is the framing of GELF over TCP (Graylog Extended Log Format 1.1, "GELF via TCP").
 */
record Delimiter(String form, DelimiterSearch search, boolean keepEnvelope) implements Framing {

    private static final int MOST_BYTES = 64;
    private static final int MOST_DELIMITERS = 16;

    static Delimiter of(Form form, Catalog.Terms terms) {
        List<byte[]> delimiters = new ArrayList<>();
        do {
            delimiters.add(form.nextBytes(MOST_BYTES));
        } while (form.hasMore());
        requireDistinct(delimiters);
        String written =
                delimiters.stream()
                        .map(one -> "0x" + HexFormat.of().formatHex(one))
                        .collect(Collectors.joining(",", "delimiter(", ")"));
        return new Delimiter(written, new DelimiterSearch(delimiters), terms.keepEnvelope());
    }

    static Delimiter nul(Catalog.Terms terms) {
        DelimiterSearch search = new DelimiterSearch(List.of(new byte[] {0}));
        return new Delimiter("nul", search, terms.keepEnvelope());
    }

    /** One that begins with another could never be found. */
    private static void requireDistinct(List<byte[]> delimiters) {
        for (int i = 0; i < delimiters.size(); i++) {
            for (int j = 0; j < delimiters.size(); j++) {
                if (i != j && startsWith(delimiters.get(i), delimiters.get(j))) {
                    throw new IllegalArgumentException("one delimiter begins with another");
                }
            }
        }
        if (delimiters.size() > MOST_DELIMITERS) {
            throw new IllegalArgumentException("too many delimiters");
        }
    }

    private static boolean startsWith(byte[] whole, byte[] beginning) {
        return Arrays.mismatch(whole, beginning) < 0
                || Arrays.mismatch(whole, beginning) == beginning.length;
    }

    @Override
    public boolean isDelimited() {
        return true;
    }

    @Override
    public Scanner newScanner() {
        return new DelimiterScanner(search, keepEnvelope);
    }

    private static final class DelimiterScanner implements Scanner {

        private final DelimiterSearch search;
        private final boolean keep;
        private final DelimiterSearch.Position position = new DelimiterSearch.Position();

        DelimiterScanner(DelimiterSearch search, boolean keep) {
            this.search = search;
            this.keep = keep;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int start = chunk.readerIndex();
            int limit = chunk.writerIndex();
            while (search.find(chunk, start, limit, position)) {
                DelimiterSearch.frame(position, start, keep, sink);
                start = position.end;
            }
            if (start < limit) {
                sink.partial(start, limit, keep ? 0 : position.undecided);
            }
        }
    }
}
