package io.dermaga.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.monitor.MessageContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {

    private static final String HL7 =
            "\u000bMSH|^~\\&|LAB|HOSP|EHR|CLINIC|20240101||ORU^R01|C17|P|2.5.1\r"
                    + "PID|1||4711^^^HOSP&1.2.3&ISO^MR~0815^^^OTHER||Doe^Jan\r"
                    + "OBX|1|NM|A||1\rOBX|2|NM|B||2\r";

    private static final String JSON =
            """
            {"order": {"id": 4711, "tags": ["a", "b", {"deep": 1}, null], "open": true, "a/b": "x", "": "y"},
             "lines": [{"id": "l1"}, {"id": "l2"}], "id": "other"}""";

    private static final String XML =
            """
            <?xml version="1.0"?><o:Order xmlns:o="urn:o" id="4711"><Item><Id>a</Id></Item><Item><Id><![CDATA[b]]>c</Id></Item><Id>elsewhere</Id><Name>before <b/>after</Name></o:Order>""";

    private static List<Attribute> found(String rules, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Attributes.of(rules)
                .of(
                        "orders",
                        new MessageContent("c.1", ByteBuffer.wrap(bytes), bytes.length, "UTF-8"));
    }

    private static String values(String rule, String text) {
        return found("x=" + rule, text).stream()
                .map(Attribute::value)
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "hl7(MSH-10)   > C17",
                "hl7(MSH-9.2)  > R01",
                "hl7(MSH-2)    > ^~\\&",
                "hl7(PID-3.1)  > 4711; 0815",
                "hl7(PID-3.4)  > HOSP&1.2.3&ISO; OTHER",
                "hl7(PID-3.4.2) > 1.2.3",
                "hl7(OBX-3)    > A; B",
                "hl7(PID-5)    > Doe^Jan",
                "hl7(PID-77)   > ''",
                "hl7(ZZZ-1)    > ''"
            })
    void fields_of_hl7_are_found(String rule, String values) {
        assertThat(values(rule, HL7)).isEqualTo(values);
        assertThat(values(rule, "PID|1||4711")).isEmpty();
        assertThat(values(rule, "MSH")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "json(/order/id)    > 4711",
                "json(/order/tags)  > a; b",
                "json(/order/tags/1) > b",
                "json(/order/tags/2/deep) > 1",
                "json(/order/open)  > true",
                "json(/order/a~1b)  > x",
                "json(/order/)      > y",
                "json(/lines/1/id)  > l2",
                "json(/id)          > other",
                "json(/order)       > ''",
                "json(/order/tags/3) > ''",
                "json(/lines/id)    > ''"
            })
    void values_of_json_are_found(String rule, String values) {
        assertThat(values(rule, JSON)).isEqualTo(values);
        assertThat(values(rule, "order")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "xml(/Order/@id)      > 4711",
                "xml(/Order/Item/Id)  > a; bc",
                "xml(/Order/Id)       > elsewhere",
                "xml(/Order/Item/@id) > ''",
                "xml(/Item/Id)        > ''",
                "xml(/Order/Name)     > before after"
            })
    void texts_and_attributes_of_xml_are_found(String rule, String values) {
        assertThat(values(rule, XML)).isEqualTo(values);
        assertThat(values(rule, "Order")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "regex(id.{3}(\\d+)) > 4711",
                "regex([a-z]+/[a-z]) > a/b",
                "regex(\"(l\\d)\")   > l1; l2"
            })
    void what_an_expression_matches_is_found(String rule, String values) {
        assertThat(values(rule, JSON)).isEqualTo(values);
    }

    @Test
    void the_beginning_of_a_content_is_enough_for_what_is_in_it() {
        assertThat(values("json(/order/id)", JSON.substring(0, 40))).isEqualTo("4711");
        assertThat(values("xml(/Order/Item/Id)", XML.substring(0, 100))).isEqualTo("a");
    }

    @Test
    void what_a_peer_may_send_is_bounded_and_harms_nobody() {
        String deep = "[".repeat(100_000);
        assertThat(values("json(/0/0/0)", deep)).isEmpty();
        assertThat(values("xml(/a)", "<a>".repeat(100_000))).isEmpty();
        assertThat(
                        values(
                                "xml(/a)",
                                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"))
                .isEmpty();
        assertThat(found("x=regex(\\w+)", "a b c d e f g h i j k")).hasSize(8);
        assertThat(found("x=regex(a+)", "a".repeat(1_000)).get(0).value()).hasSize(200);
        assertThat(found("x=json(/a)", "{\"a\":\"\\u001b[31m\\n\\u0000b\"}").get(0).value())
                .isEqualTo("[31m b");
        String all =
                IntStream.range(0, 16)
                        .mapToObj(i -> "n" + i + "=regex((?:^|\\d)(b{150}\\d))")
                        .collect(Collectors.joining(","));
        String text =
                IntStream.range(0, 9)
                        .mapToObj(i -> "b".repeat(150) + i)
                        .collect(Collectors.joining("0"));
        assertThat(Attribute.text(found(all, text))).hasSizeLessThanOrEqualTo(4_000);
        assertThat(found(all, text)).hasSizeGreaterThan(20);
    }

    @Test
    void attributes_are_kept_as_a_text_and_found_in_it() {
        List<Attribute> two = List.of(new Attribute("a", "1=2"), new Attribute("b", "3"));
        assertThat(Attribute.of(Attribute.text(two))).isEqualTo(two);
        assertThat(Attribute.of(null)).isEmpty();
        assertThat(Attribute.text(List.of())).isNull();
        assertThat(Attribute.text(two)).contains(Attribute.part("b=3"), Attribute.part("a=1*"));
        assertThat(Attribute.text(two)).contains(Attribute.part("3"));
        assertThat(Attribute.text(two)).doesNotContain(Attribute.part("a=1"));
    }

    /** An echo with the elements 7, 11 and 70: as text, and two digits in a byte. */
    @ParameterizedTest
    @CsvSource({"iso8583(11), 000001", "iso8583(70), 301", "iso8583(MTI), 0800", "iso8583(37), ''"})
    void elements_of_iso_8583_are_found_in_each_notation(String rule, String value) {
        String bitmaps = "82200000000000000400000000000000";
        assertThat(values(rule, "0800" + bitmaps + "0301080000" + "000001" + "301"))
                .isEqualTo(value);

        byte[] packed =
                HexFormat.of().parseHex("0800" + bitmaps + "0301080000" + "000001" + "0301");
        MessageContent content =
                new MessageContent("c.1", ByteBuffer.wrap(packed), packed.length, "UTF-8");
        assertThat(Attributes.of("x=" + rule).of("orders", content).stream().map(Attribute::value))
                .containsExactlyElementsOf(value.isEmpty() ? List.of() : List.of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hl7(PID-3)",
                "a=card",
                "a=hl7(PID)",
                "a=hl7(PID-0)",
                "a=iso8583(1)",
                "a=iso8583(130)",
                "a=iso8583(mti)",
                "a=json(order)",
                "a=json(/~2)",
                "a=xml(Order)",
                "a=xml(/Order/@)",
                "a=xml(//Order)",
                "a=regex([)",
                "a=regex(a*)",
                "a=regex",
                "a=regex(a), a=regex(b)",
                "a=regex(a) b=regex(b)"
            })
    void rules_that_cannot_be_read_are_refused_and_nothing_is_taken(String rules) {
        assertThatThrownBy(() -> AttributeRules.parse("dermaga.history.attributes.orders", rules))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "DMG4721 property 'dermaga.history.attributes.orders': given '" + rules)
                .hasMessageContaining("allowed: up to 16 of NAME=hl7(");
        assertThat(found(rules, "a")).isEmpty();
    }
}
