package io.dermaga.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditExportTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '~',
            value = {
                "- | ~~",
                "ann | \"ann\"",
                "a,b | \"a,b\"",
                "say \"hi\" | \"say \"\"hi\"\"\"",
                "=cmd() | \"'=cmd()\"",
                "+1 | \"'+1\"",
                "@x | \"'@x\""
            })
    void a_cell_is_never_a_formula_and_ends_where_it_ends(String text, String cell) {
        assertThat(AuditExport.cell(text)).isEqualTo(cell);
    }
}
