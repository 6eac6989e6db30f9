package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.FramingTrial;
import io.dermaga.api.monitor.FramingTrial.Frame;
import io.dermaga.dashboard.text.HexDump;
import io.dermaga.dashboard.text.Visible;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The beginning of a sample in rows of sixteen bytes, with the frames that a framing finds. */
public final class FramedBytes {

    /** How many bytes a page shows. */
    static final int MOST_BYTES = 1024;

    /** How many frames a page lists. */
    static final int MOST_FRAMES = 50;

    private static final int WIDTH = 16;
    private static final int MOST_EXCERPT = 48;
    private static final int MOST_ENVELOPE = 8;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    /** What a byte is. */
    enum Kind {
        PAYLOAD,
        FRAMING,
        OUTSIDE,
        REST
    }

    /**
     * Bytes of one row that are alike.
     *
     * @param gap what stands before them in the hexadecimal column
     * @param style classes of the style sheet
     * @param number of the frame if it begins here; empty if not
     */
    public record Run(String gap, String style, String number, String hex, String text) {}

    /** A row. */
    public record Row(String offset, List<Run> runs) {}

    /**
     * A frame in words, for those who do not see colours.
     *
     * @param before framing bytes before the payload, in hex, shortened
     * @param text the beginning of the payload
     * @param after framing bytes after the payload, in hex, shortened
     */
    public record Told(
            int number, int offset, String before, int size, String text, String after) {}

    private final byte[] sample;
    private final FramingTrial trial;

    FramedBytes(byte[] sample, FramingTrial trial) {
        this.sample = sample;
        this.trial = trial;
    }

    /** How many bytes are shown: not more than frames are known of. */
    public int getShown() {
        List<Frame> frames = trial.frames();
        boolean all = trial.frameCount() == frames.size();
        int known = all ? sample.length : frames.get(frames.size() - 1).end();
        return Math.min(MOST_BYTES, known);
    }

    /** Whether these are all bytes. */
    public boolean isWhole() {
        return getShown() == sample.length;
    }

    /** Whether all frames are listed. */
    public boolean isAllListed() {
        return trial.frameCount() <= MOST_FRAMES;
    }

    /** The first frames. */
    public List<Told> getFrames() {
        List<Told> told = new ArrayList<>();
        for (Frame frame : trial.frames()) {
            if (told.size() == MOST_FRAMES) {
                break;
            }
            told.add(
                    new Told(
                            told.size() + 1,
                            frame.start(),
                            hex(frame.start(), frame.payloadStart()),
                            frame.payloadEnd() - frame.payloadStart(),
                            text(frame.payloadStart(), frame.payloadEnd()),
                            hex(frame.payloadEnd(), frame.end())));
        }
        return told;
    }

    private String hex(int from, int to) {
        int end = Math.min(to, from + MOST_ENVELOPE);
        return HEX.formatHex(sample, from, end) + (end < to ? " …" : "");
    }

    private String text(int from, int to) {
        int end = Math.min(to, from + MOST_EXCERPT);
        String decoded =
                StandardCharsets.UTF_8.decode(ByteBuffer.wrap(sample, from, end - from)).toString();
        return Visible.line(decoded) + (end < to ? "…" : "");
    }

    /** The rows. */
    public List<Row> getRows() {
        int shown = getShown();
        Kind[] kinds = new Kind[shown];
        int[] frames = new int[shown];
        Arrays.fill(kinds, Kind.OUTSIDE);
        Arrays.fill(frames, -1);
        int rest = sample.length - trial.rest();
        if (rest < shown) {
            Arrays.fill(kinds, rest, shown, Kind.REST);
        }
        for (int i = 0; i < trial.frames().size(); i++) {
            Frame frame = trial.frames().get(i);
            for (int at = frame.start(); at < Math.min(shown, frame.end()); at++) {
                boolean payload = at >= frame.payloadStart() && at < frame.payloadEnd();
                kinds[at] = payload ? Kind.PAYLOAD : Kind.FRAMING;
                frames[at] = i;
            }
        }
        List<Row> rows = new ArrayList<>(shown / WIDTH + 1);
        for (int from = 0; from < shown; from += WIDTH) {
            int to = Math.min(shown, from + WIDTH);
            rows.add(new Row(HexFormat.of().toHexDigits(from), runs(kinds, frames, from, to)));
        }
        return rows;
    }

    private List<Run> runs(Kind[] kinds, int[] frames, int from, int to) {
        List<Run> runs = new ArrayList<>();
        int start = from;
        while (start < to) {
            int middle = from + WIDTH / 2;
            int end = start + 1;
            while (end < to
                    && end != middle
                    && kinds[end] == kinds[start]
                    && frames[end] == frames[start]) {
                end++;
            }
            String gap = start == from ? "" : start == middle ? "  " : " ";
            runs.add(run(gap, kinds[start], frames[start], start, end));
            start = end;
        }
        return runs;
    }

    private Run run(String gap, Kind kind, int number, int start, int end) {
        StringBuilder style = new StringBuilder("run ");
        style.append(PageFormat.styleOf(kind));
        boolean begins = false;
        if (number >= 0) {
            Frame frame = trial.frames().get(number);
            begins = frame.start() == start;
            style.append(number % 2 == 0 ? " odd" : " even");
            style.append(begins ? " begins" : "").append(frame.end() == end ? " ends" : "");
        }
        return new Run(
                gap,
                style.toString(),
                begins ? Integer.toString(number + 1) : "",
                HEX.formatHex(sample, start, end),
                HexDump.ascii(sample, start, end));
    }
}
