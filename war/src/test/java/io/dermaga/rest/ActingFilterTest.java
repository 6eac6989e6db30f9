package io.dermaga.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActingFilterTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // Sec-Fetch-Site, Origin, Host, of another site?
                "-, -, quay:8080, false",
                "-, -, -, false",
                "same-origin, -, quay:8080, false",
                "none, -, quay:8080, false",
                "none, http://evil.example, quay:8080, false",
                "cross-site, -, quay:8080, true",
                "same-site, http://quay:8080, quay:8080, true",
                "'', -, quay:8080, true",
                "-, http://quay:8080, quay:8080, false",
                "-, http://QUAY:8080, quay:8080, false",
                "-, http://quay, quay:8080, true",
                "-, http://evil.example, quay:8080, true",
                "-, null, quay:8080, true",
                "-, '', quay:8080, true",
                "-, http://quay:8080, -, true",
                "-, http://[, quay:8080, true",
                "-, null, null, true"
            })
    void what_a_page_of_another_site_sends_is_known(
            String fetchSite, String origin, String host, boolean another) {
        assertThat(ActingFilter.isOfAnotherSite(fetchSite, origin, host)).isEqualTo(another);
    }
}
