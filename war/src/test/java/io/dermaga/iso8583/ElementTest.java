package io.dermaga.iso8583;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElementTest {

    @Test
    void every_element_of_the_table_can_be_read() {
        for (int number = 2; number <= 128; number++) {
            for (boolean isLater : new boolean[] {false, true}) {
                Element element = Element.of(number, isLater).orElseThrow();
                assertThat(element.name()).isNotBlank();
                assertThat(element.size()).isBetween(1, 999);
            }
        }
        assertThat(Element.of(1, false)).isEmpty();
        assertThat(Element.of(129, true)).isEmpty();
    }
}
