package io.dermaga.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7:1, false",
        "[2001:db8:0:0:0:0:0:7]:65535, false",
        "device.example:7, true",
        "[fe80::1%gone0]:7, true"
    })
    void an_address_is_read_as_it_was_written(String text, boolean isUnresolved) {
        assertThat(Peers.address(text).isUnresolved()).isEqualTo(isUnresolved);
        assertThat(Peers.text(Peers.address(text))).isEqualTo(text);
    }
}
