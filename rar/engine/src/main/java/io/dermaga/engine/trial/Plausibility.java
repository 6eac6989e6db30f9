package io.dermaga.engine.trial;

import io.dermaga.engine.framing.Framing.Likeness;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How well a framing fits a sample: how telling it is that the sample follows it at all, times the
 * share of the sample that does.
 *
 * <p>Framings that demand much of the bytes are telling by themselves. For the others it is counted
 * how many bits of the sample would have been otherwise by chance: every length that leads to
 * another length, every delimiter that is where it should be.
 */
final class Plausibility {

    /** The bytes are a known message of a protocol. */
    private static final double KNOWN = 0.97;

    /** They begin like this framing, and follow it. */
    private static final double RECOGNISED = 0.92;

    /** Any bytes are one payload of {@code eof}. */
    private static final double ANYTHING = 0.12;

    private static final double LITTLE = 0.02;
    private static final double MOST_OF_BITS = 0.9;

    /** So many bits make a framing as plausible as not. */
    private static final double HALF_BITS = 8;

    private static final Pattern LENGTH =
            Pattern.compile(
                    "length\\(([1-8])(,including)?(?:,(ascii|hex|bcd|little))?(,offset=\\d+)?(,adjust=.*)?\\)");

    /** Their frames have headers of which more is checked than a length. */
    private static final Set<String> STRICT =
            Set.of("dicom", "modbus", "tpkt", "smpp", "fix", "teltonika", "stomp");

    private final Sample sample;
    private final Trial trial;
    private final boolean known;

    /** Frames whose payload has a byte. */
    private final int filled;

    private final int largest;

    /**
     * @param known whether the bytes are a known message of the framing's protocol
     */
    Plausibility(Sample sample, Trial trial, boolean known) {
        this.sample = sample;
        this.trial = trial;
        this.known = known && !sample.isUniform();
        int some = 0;
        int most = 0;
        for (int i = 0; i < trial.count(); i++) {
            some += trial.payloadEnd(i) > trial.payloadStart(i) ? 1 : 0;
            most = Math.max(most, trial.end(i) - trial.start(i));
        }
        this.filled = some;
        this.largest = most;
    }

    /** 0 to 100. */
    int percent() {
        return (int) Math.round(100 * (known ? Math.max(KNOWN, telling()) : telling()) * fit());
    }

    /** The share of the sample that follows the framing. */
    private double fit() {
        double size = sample.size();
        if (trial.count() == 0) {
            boolean begun = trial.error() == null && trial.likeness() == Likeness.YES;
            return begun ? 0.5 * (size - trial.lost()) / size : 0;
        }
        double follows = Math.max(0, size - trial.rest() - trial.lost()) / size;
        if (trial.error() != null) {
            return 0.4 * follows;
        }
        // a sample is often cut within a frame
        boolean cut = trial.count() > 1 && trial.rest() <= 2 * largest;
        return follows + (cut ? 0.85 * trial.rest() / size : 0);
    }

    private double telling() {
        return switch (trial.name()) {
            case "eof" -> ANYTHING;
            case "lines" -> lines();
            case "nul" -> (trial.count() > 1 ? 0.75 : 0.4) * text() * filledShare();
            case "delimiter" -> delimiter();
            case "start-end" -> startEnd();
            case "fixed" -> fixed();
            case "length" -> length();
            case "iso8583" -> (trial.rest() == 0 ? 0.4 : 0.1) * ofBits(filled * 4.0);
            default -> protocol();
        };
    }

    private double protocol() {
        boolean whole = trial.count() == 1 && trial.rest() == 0;
        if (STRICT.contains(trial.name()) && (trial.count() > 1 || whole)) {
            return whole && trial.likeness() != Likeness.YES ? 0.7 : RECOGNISED;
        }
        double strict =
                switch (trial.likeness()) {
                    case YES -> RECOGNISED;
                    case ANYTHING -> 0.85;
                    case MORE, NO -> 0.3;
                };
        return trial.form().endsWith(")") ? 0.95 * strict : strict; // the usual form goes first
    }

    private double lines() {
        double usual =
                switch (trial.form()) {
                    case "lines" -> 1;
                    case "lines(lenient)" -> 0.97;
                    default -> 0.9;
                };
        return (trial.count() > 1 ? 0.8 : 0.6) * usual * text() * blank();
    }

    /** Blank lines are nothing unusual, but not blank lines alone. */
    private double blank() {
        return filled == 0 ? 0.1 : 1;
    }

    /** How much of the payloads is text. */
    private double text() {
        int text = 0;
        int all = 0;
        for (int i = 0; i < trial.count(); i++) {
            text += sample.text(trial.payloadStart(i), trial.payloadEnd(i));
            all += trial.payloadEnd(i) - trial.payloadStart(i);
        }
        double share = all == 0 ? 1 : (double) text / all;
        return Math.pow(share, 4); // a control character here and there is telling
    }

    private double filledShare() {
        return trial.count() == 0 ? 0 : (double) filled / trial.count();
    }

    private double delimiter() {
        int bytes = (trial.form().length() - "delimiter(0x)".length()) / 2;
        double bits = (trial.rest() == 0 ? 8.0 : 2.0) * bytes + 2.0 * Math.min(filled, 4) - 5;
        return 0.9 * ofBits(filled > 1 ? bits : 1) * filledShare() * text();
    }

    private double startEnd() {
        int start = trial.count() == 0 ? 0 : trial.start(0);
        boolean control = Sample.isControl(sample.at(start));
        double bits = 8.0 * (filled - 1) + (control ? filled > 1 ? 6 : 3 : -2);
        return Math.min(0.88, ofBits(bits)) * filledShare();
    }

    private double fixed() {
        if (trial.count() < 2) {
            return LITTLE;
        }
        return (trial.count() > 2 ? 0.6 : 0.3) * sample.likeness(trial.end(0));
    }

    private double length() {
        Matcher form = LENGTH.matcher(trial.form());
        boolean simple = form.matches() && form.group(4) == null && form.group(5) == null;
        if (filled < (simple ? 1 : 2)) {
            return LITTLE; // an offset can be found for any bytes
        }
        int width = Integer.parseInt(form.group(1));
        String encoding = form.group(3) == null ? "" : form.group(3);
        double reach = log2(Math.min(sample.size() + 1.0, 2.0 * largest));
        double bits = filled * bitsOfEach(encoding, width, reach);
        if (trial.rest() == 0) {
            bits += reach;
        }
        bits -= form.group(2) == null ? 0 : 0.3;
        bits -= form.group(4) == null ? 0 : 7; // so many places were tried
        bits -= form.group(5) == null ? 0 : 3;
        boolean binary = encoding.isEmpty() || encoding.equals("little");
        return ofBits(bits)
                * (binary && isPrintable(trial.start(0), trial.payloadStart(0)) ? 0.3 : 1);
    }

    /** What chance would not give: digits, and a number that is not larger than it may be. */
    private static double bitsOfEach(String encoding, int width, double reach) {
        return switch (encoding) {
            case "ascii" -> 3.2 * width + Math.max(0, 3.32 * width - reach);
            case "hex" -> 2.1 * width + Math.max(0, 4.0 * width - reach) - 0.6;
            case "bcd" -> 1.3 * width + Math.max(0, 6.64 * width - reach) - 2;
            case "little" -> Math.max(0, 8.0 * width - reach) - 0.3;
            default -> Math.max(0, 8.0 * width - reach);
        };
    }

    private boolean isPrintable(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Sample.isPrintable(sample.at(i))) {
                return false;
            }
        }
        return true;
    }

    private double ofBits(double bits) {
        return bits <= 0 || sample.isUniform()
                ? LITTLE
                : Math.min(MOST_OF_BITS, bits / (bits + HALF_BITS));
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
