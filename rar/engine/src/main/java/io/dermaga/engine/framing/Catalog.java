package io.dermaga.engine.framing;

import io.dermaga.engine.settings.FramingRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every framing under its name, with how it is written. */
public final class Catalog {

    /** Makes a framing of its written form. */
    private interface Maker {

        Framing make(Form form, Terms terms);
    }

    /**
     * A framing.
     *
     * @param syntax how it is written
     */
    private record Entry(String syntax, Maker maker) {}

    /**
     * What is known besides the written form.
     *
     * @param keepEnvelope whether the envelope stays with the payload
     * @param classes finds the class of a custom framing; null: it is not looked for
     */
    record Terms(boolean keepEnvelope, @Nullable ClassLoader classes) {}

    private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

    static {
        add("eof", "eof", (form, terms) -> new EndOfStream());
        add("lines", "lines[(lf|crlf|lenient)]", (form, terms) -> Lines.of(form, terms));
        add(
                "delimiter",
                "delimiter(0xHEX|'text'[,…]) of 1 to 64 bytes each",
                (form, terms) -> Delimiter.of(form, terms));
        add("nul", "nul", (form, terms) -> Delimiter.nul(terms));
        add("stx-etx", "stx-etx[(lenient)]", (form, terms) -> StartEnd.stxEtx(form, terms));
        add(
                "start-end",
                "start-end(start,end[,lenient]), the start one byte as 0x02, the end 1 to 8 bytes",
                (form, terms) -> StartEnd.of(form, terms));
        add("fixed", "fixed(1..2147483647)", (form, terms) -> Fixed.of(form));
        add(
                "length",
                "length(1..8[,including][,ascii|hex|bcd|little][,offset=0..255][,adjust=-65535..65535])",
                (form, terms) -> LengthHeader.of(form, terms));
        add("mllp", "mllp[(lenient)]", (form, terms) -> Mllp.of(form, terms, 1));
        add("mllp-r2", "mllp-r2[(lenient)]", (form, terms) -> Mllp.of(form, terms, 2));
        add(
                "syslog",
                "syslog[(octet-counting|non-transparent)]",
                (form, terms) -> Syslog.of(form, terms));
        add("ndjson", "ndjson", (form, terms) -> new Ndjson(terms.keepEnvelope()));
        add("json-seq", "json-seq", (form, terms) -> new JsonSequence(terms.keepEnvelope()));
        add("json", "json", (form, terms) -> new Json());
        add(
                "iso8583",
                "iso8583(nac|ascii|ncc|bcd|hex|cmf|raw|amex|base24|vap|cs|gicc[,header=0..64][,quiet])",
                (form, terms) -> Iso8583.of(form, terms));
        add("dicom", "dicom", (form, terms) -> new Dicom());
        add("modbus", "modbus", (form, terms) -> new Modbus());
        add("tpkt", "tpkt", (form, terms) -> new Tpkt(terms.keepEnvelope()));
        add("stomp", "stomp", (form, terms) -> new Stomp(terms.keepEnvelope()));
        add("fix", "fix", (form, terms) -> new Fix());
        add("smpp", "smpp", (form, terms) -> new Smpp());
        add("nmea", "nmea", (form, terms) -> new Nmea(terms.keepEnvelope()));
        add("teltonika", "teltonika", (form, terms) -> new Teltonika(terms.keepEnvelope()));
        add("graphite", "graphite", (form, terms) -> new Graphite(terms.keepEnvelope()));
        add(
                "custom",
                "custom(class that implements io.dermaga.api.CustomFraming)",
                (form, terms) -> Custom.of(form, terms));
        add(
                "auto",
                "auto(framing,framing[,…]), those that can be recognised first",
                (form, terms) -> Auto.of(form, terms));
    }

    private Catalog() {}

    private static void add(String name, String syntax, Maker maker) {
        ENTRIES.put(name, new Entry(syntax, maker));
    }

    static Framing parse(String text, boolean keepEnvelope, @Nullable ClassLoader classes) {
        return parse(text, new Terms(keepEnvelope, classes));
    }

    static Framing parse(String text, Terms terms) {
        Form form = Form.parse(text);
        Entry entry = ENTRIES.get(form.name());
        if (entry == null) {
            throw new IllegalArgumentException("no framing has this name");
        }
        return form.complete(entry.maker().make(form, terms));
    }

    /** The names of all framings. */
    public static Stream<String> names() {
        return ENTRIES.keySet().stream();
    }

    /**
     * What settings need to know of framings.
     *
     * @param classes finds the class of a custom framing; null: it is not looked for
     */
    public static FramingRules rules(@Nullable ClassLoader classes) {
        return new FramingRules() {
            @Override
            public @Nullable String problem(String text) {
                try {
                    parse(text, false, classes);
                    return null;
                } catch (IllegalArgumentException e) {
                    boolean own = text.strip().startsWith("custom(") && e.getMessage() != null;
                    return own ? allowed(text) + "; " + e.getMessage() : allowed(text);
                }
            }

            @Override
            public boolean isDelimited(String text) {
                return problem(text) != null || parse(text, false, classes).isDelimited();
            }

            @Override
            public boolean carriesHl7(String text) {
                return problem(text) != null || parse(text, false, classes).carriesHl7();
            }
        };
    }

    private static String allowed(String text) {
        int end = text.indexOf('(');
        Entry entry = ENTRIES.get((end < 0 ? text : text.substring(0, end)).strip());
        if (entry != null) {
            return entry.syntax();
        }
        return names().collect(Collectors.joining(", "));
    }
}
