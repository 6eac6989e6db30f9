package io.dermaga.dashboard.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.dashboard.tree.ContentTree.End;
import io.dermaga.dashboard.tree.ContentTree.Format;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTreeTest {

    private static ContentTree tree(String content) {
        return tree(content, true);
    }

    private static ContentTree tree(String content, boolean whole) {
        return ContentTree.of(bytes(content), whole, "UTF-8").orElseThrow();
    }

    private static ByteBuffer bytes(String content) {
        return ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> rows(ContentTree tree) {
        return tree.rows().stream()
                .map(
                        row ->
                                "  ".repeat(row.depth())
                                        + row.name()
                                        + " = "
                                        + row.value()
                                        + (row.meaning().isEmpty() ? "" : " | " + row.meaning()))
                .toList();
    }

    @Test
    void json_is_told_as_it_is_nested() {
        ContentTree tree =
                tree(
                        "\ufeff {\"a\":[1,{\"b\":null},[]],\"größe\":\"x<y\",\"t\":true,\"n\":-1.50e3}");

        assertThat(tree.format()).isEqualTo(Format.JSON);
        assertThat(tree.end()).isNull();
        assertThat(rows(tree))
                .containsExactly(
                        " = { }",
                        "  a = [ ]",
                        "    [0] = 1",
                        "    [1] = { }",
                        "      b = null",
                        "    [2] = [ ]",
                        "  größe = \"x<y\"",
                        "  t = true",
                        "  n = -1.50e3");
    }

    @Test
    void xml_is_told_with_its_attributes() {
        ContentTree tree =
                tree(
                        "<?xml version='1.0' encoding='UTF-16'?><a:o x=\"1 &amp; 2\"><!-- c --><i>&one;</i> <i><![CDATA[<two>]]></i></a:o>");

        assertThat(tree.format()).isEqualTo(Format.XML);
        assertThat(tree.end()).isNull();
        assertThat(rows(tree))
                .containsExactly(
                        "a:o = ",
                        "  @x = 1 & 2",
                        "  i = ",
                        "     = &one;",
                        "  i = ",
                        "     = <two>");
    }

    @Test
    void hl7_is_told_with_the_names_of_the_standard_and_its_own_separators() {
        ContentTree tree =
                tree(
                        "\u000bMSH|^~\\&|LAB||EHR||20240101||ORU^R01|1|P|2.5.1\rPID|||4711^^^H~815||Doe^J\rZZZ|x\r\u001c\r");

        assertThat(tree.format()).isEqualTo(Format.HL7);
        assertThat(tree.end()).isNull();
        assertThat(rows(tree))
                .containsExactly(
                        "MSH =  | Message header",
                        "  MSH-1 = | | Field separator",
                        "  MSH-2 = ^~\\& | Encoding characters",
                        "  MSH-3 = LAB | Sending application",
                        "  MSH-5 = EHR | Receiving application",
                        "  MSH-7 = 20240101 | Date/time of message",
                        "  MSH-9 =  | Message type",
                        "    MSH-9.1 = ORU | Message code",
                        "    MSH-9.2 = R01 | Trigger event",
                        "  MSH-10 = 1 | Message control ID",
                        "  MSH-11 = P | Processing ID",
                        "  MSH-12 = 2.5.1 | Version ID",
                        "PID =  | Patient identification",
                        "  PID-3[1] =  | Patient identifier list",
                        "    PID-3.1 = 4711 | ID number",
                        "    PID-3.4 = H | Assigning authority",
                        "  PID-3[2] = 815 | Patient identifier list",
                        "  PID-5 =  | Patient name",
                        "    PID-5.1 = Doe | Family name",
                        "    PID-5.2 = J | Given name",
                        "ZZZ = ",
                        "  ZZZ-1 = x");
        assertThat(rows(tree("MSH#*~\\&#LAB#A*B")))
                .contains("  MSH-1 = # | Field separator", "    MSH-4.2 = B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "hello", "MSH", "MSH|^~\\&", "42", "\u0000\u0001"})
    void what_is_none_of_them_has_no_tree(String content) {
        assertThat(ContentTree.of(bytes(content), true, "UTF-8")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,}",
                "[1,2",
                "{\"a\" 1}",
                "{} x",
                "[1]\u0000",
                "<a><b></a>",
                "<a",
                "<a>\u0001</a>",
                "MSH|^~\\&|LAB\rno segment",
            })
    void what_is_malformed_is_told_as_far_as_it_goes_with_the_reason(String content) {
        ContentTree tree = tree(content);

        assertThat(tree.end()).isEqualTo(End.MALFORMED);
        assertThat(tree.problem()).isNotBlank();
        assertThat(tree(content, false).end()).isEqualTo(End.CONTENT);
    }

    @Test
    void an_entity_bomb_and_a_file_of_the_server_stay_what_they_are() {
        String bomb =
                "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY c \"&a;&a;&a;&a;\">]><b>&c;</b>";
        String file = "<!DOCTYPE b [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><b>&f;</b>";
        for (String content : List.of(bomb, file, "<?xml version='1.0'?>\n" + bomb)) {
            ContentTree tree = tree(content);
            assertThat(tree.end()).isEqualTo(End.MALFORMED);
            assertThat(tree.problem()).isEqualTo("<!DOCTYPE");
            assertThat(tree.rows()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "<a>"})
    void a_hundred_thousand_levels_end_at_the_last_one_that_is_shown(String level) {
        ContentTree tree = tree(level.repeat(100_000));

        assertThat(tree.end()).isEqualTo(End.DEPTH);
        assertThat(tree.rows()).hasSize(ContentTree.MOST_DEPTH);
    }

    @Test
    void a_hundred_thousand_rows_end_at_the_last_one_that_is_shown() {
        for (String content :
                List.of(
                        "[" + "1,".repeat(100_000) + "1]",
                        "<a>" + "<b/>".repeat(50_000) + "</a>",
                        "MSH|^~\\&|LAB" + "\rOBX|1".repeat(30_000),
                        "MSH|^~\\&|LAB|" + "^x".repeat(100_000))) {
            ContentTree tree = tree(content);
            assertThat(tree.end()).isEqualTo(End.ROWS);
            assertThat(tree.rows()).hasSize(ContentTree.MOST_ROWS);
        }
    }

    @Test
    void no_more_of_a_content_is_looked_at_than_is_bounded_and_no_value_shown_longer() {
        String long1 = "x".repeat(ContentTree.MOST_BYTES);
        ContentTree tree = tree("[\"a\",\"" + "y".repeat(600) + "\",\"" + long1 + "\"]");

        assertThat(tree.end()).isEqualTo(End.CONTENT);
        assertThat(tree.rows()).hasSize(3);
        assertThat(tree.rows().get(2).value()).hasSizeLessThan(510).endsWith("…");
    }

    @Test
    void bytes_that_deceive_are_told_as_what_they_are() {
        ContentTree tree = tree("{\"a\u202eb\":\"\\u001b[31m<script>\"}");

        assertThat(rows(tree).get(1)).isEqualTo("  a\\u202Eb = \"\\x1B[31m<script>\"");
        assertThat(ContentTree.of(bytes("[1]"), true, "no-such-charset")).isPresent();
    }
}
