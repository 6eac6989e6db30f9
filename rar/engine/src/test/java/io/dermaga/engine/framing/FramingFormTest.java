package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dermaga.engine.settings.FramingRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The written form of a framing. */
class FramingFormTest {

    private static final ClassLoader CLASSES = FramingFormTest.class.getClassLoader();
    private static final FramingRules RULES = Catalog.rules(CLASSES);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "eof; eof",
                "lines (lf); lines(lf)",
                "lines; lines",
                "length(1); length(1)",
                "length( 4 ); length(4)",
                "length( 4 , including ); length(4,including)",
                "length(4,adjust=-2,offset=1,bcd,including); length(4,including,bcd,offset=1,adjust=-2)",
                "delimiter('||',0x0D0a); delimiter(0x7c7c,0x0d0a)",
                "delimiter(',','(',')'); delimiter(0x2c,0x28,0x29)",
                "start-end(0x02,'x',lenient); start-end(0x02,0x78,lenient)",
                "mllp-r2(lenient); mllp-r2(lenient)",
                "iso8583(vap,header=3); iso8583(vap,header=3)",
                "iso8583(gicc,quiet); iso8583(gicc,quiet)",
                "auto(mllp, stx-etx(lenient), delimiter(0x0a)); auto(mllp,stx-etx(lenient),delimiter(0x0a))",
                "custom(io.dermaga.engine.framing.Telegram); custom(io.dermaga.engine.framing.Telegram)"
            })
    void a_known_form_is_taken(String written, String form) {
        assertThat(RULES.problem(written)).isNull();
        assertThat(Framing.parse(written, false, CLASSES).form()).isEqualTo(form);
        assertThat(Framing.parse(form, true, CLASSES).form()).isEqualTo(form);
    }

    @Test
    void every_framing_without_arguments_is_written_as_its_name() {
        assertThat(Catalog.names()).hasSizeGreaterThan(20);
        assertThat(Catalog.names().filter(name -> RULES.problem(name) == null))
                .hasSizeGreaterThan(18)
                .allMatch(name -> Framing.parse(name, false, CLASSES).form().equals(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "EOF",
                "eof\n.lines",
                "(4)",
                "length 4)",
                "unknown",
                "unknown(4)",
                "lines)",
                "-lines",
                "lines(",
                "x'"
            })
    void no_framing_is_refused_with_the_names_of_all(String form) {
        assertThat(RULES.problem(form)).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.parse(form, false, CLASSES));
        if (!form.startsWith("lines")) {
            assertThat(RULES.problem(form)).isEqualTo(String.join(", ", Catalog.names().toList()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "eof(); eof",
                "eof(1); eof",
                "lines(cr); lines[(lf|crlf|lenient)]",
                "lines(lf,crlf); lines[(lf|crlf|lenient)]",
                "length; length(1..8",
                "length(); length(1..8",
                "length(0); length(1..8",
                "length(9); length(1..8",
                "length(-1); length(1..8",
                "length(4,excluding); length(1..8",
                "length(4,including,); length(1..8",
                "length(,including); length(1..8",
                "length(4,ascii,hex); length(1..8",
                "length(4,offset=256); length(1..8",
                "length(4,offset=x); length(1..8",
                "length(4; length(1..8",
                "length(4)); length(1..8",
                "length(4) lines; length(1..8",
                "delimiter; delimiter(0xHEX",
                "delimiter(0x); delimiter(0xHEX",
                "delimiter(0x0); delimiter(0xHEX",
                "delimiter(0xzz); delimiter(0xHEX",
                "delimiter(ab); delimiter(0xHEX",
                "delimiter(''); delimiter(0xHEX",
                "delimiter('ab','a'); delimiter(0xHEX",
                "delimiter('ab','ab'); delimiter(0xHEX",
                "start-end(0x0203,0x03); start-end(start,end",
                "start-end(0x02); start-end(start,end",
                "fixed(0); fixed(1",
                "fixed(2147483648); fixed(1",
                "iso8583; iso8583(nac",
                "iso8583(NAC); iso8583(nac",
                "iso8583(nac,header=65); iso8583(nac",
                "mllp(strict); mllp[(lenient)]",
                "auto(mllp); auto(framing",
                "auto(iso8583(nac),mllp); auto(framing",
                "auto(auto(mllp,lines),lines); auto(framing",
                "auto(mllp,nothing); auto(framing",
                "custom(no.such.Framing); custom(class",
                "custom(java.lang.String); custom(class",
                "custom; custom(class"
            })
    void wrong_arguments_are_refused_with_what_the_framing_allows(String form, String allowed) {
        assertThat(RULES.problem(form)).startsWith(allowed);
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.parse(form, false, CLASSES));
    }

    @Test
    void an_end_can_stand_for_a_delimiter_only_where_there_is_one() {
        assertThat(
                        Catalog.names()
                                .filter(RULES::isDelimited)
                                .filter(name -> RULES.problem(name) == null))
                .containsExactlyInAnyOrder("lines", "nul", "ndjson", "graphite");
        assertThat(RULES.isDelimited("delimiter(0x00)")).isTrue();
    }
}
