package io.dermaga.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.security.Role;
import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The roles that operations need, and their names in the audit. */
class OperationTest {

    private static Stream<Method> methods() {
        return RestApplication.RESOURCES.stream()
                .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
                .filter(method -> !httpMethod(method).isEmpty());
    }

    private static String httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(one -> one.annotationType().getAnnotation(HttpMethod.class))
                .filter(one -> one != null)
                .map(HttpMethod::value)
                .findFirst()
                .orElse("");
    }

    @Test
    void each_operation_has_a_name_of_its_own() {
        assertThat(methods().map(Operation::action))
                .doesNotHaveDuplicates()
                .contains("listeners.pause");
    }

    @Test
    void what_acts_is_audited_and_no_viewer_may_do_it_but_his_own_password() {
        methods()
                .map(method -> Operation.of(method, httpMethod(method), List.of()))
                .filter(Operation::acts)
                .forEach(
                        one -> {
                            assertThat(one.isAudited()).as(one.action()).isTrue();
                            if (one.action().endsWith(".reveal")) {
                                assertThat(one.role()).isEqualTo(Role.REVEALER);
                            } else if (!one.action().equals("password.change")) {
                                assertThat(one.role())
                                        .as(one.action())
                                        .isIn(Role.OPERATOR, Role.ADMIN);
                            }
                        });
    }

    @Test
    void what_a_reader_needs_more_than_a_viewer_for() {
        Map<String, String> roles = new TreeMap<>();
        methods()
                .map(method -> Operation.of(method, httpMethod(method), List.of("text")))
                .filter(one -> !one.acts() && !one.role().equals(Role.VIEWER))
                .forEach(one -> roles.put(one.action(), one.role()));

        assertThat(roles)
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("messages.acknowledgement", Role.PAYLOAD_READER),
                                Map.entry("messages.attributes", Role.PAYLOAD_READER),
                                Map.entry("messages.content", Role.PAYLOAD_READER),
                                Map.entry("messages.export", Role.PAYLOAD_READER),
                                Map.entry("recordings.content", Role.PAYLOAD_READER),
                                Map.entry("messages.search", Role.PAYLOAD_READER),
                                Map.entry("deadLetters.content", Role.PAYLOAD_READER),
                                Map.entry("deadLetters.original", Role.PAYLOAD_READER),
                                Map.entry("audit.list", Role.ADMIN),
                                Map.entry("users.list", Role.ADMIN),
                                Map.entry("users.get", Role.ADMIN)));
    }

    @Test
    void a_search_without_contents_is_for_viewers() throws NoSuchMethodException {
        Method search =
                methods()
                        .filter(method -> Operation.action(method).equals("messages.search"))
                        .findFirst()
                        .orElseThrow();

        assertThat(Operation.of(search, "GET", List.of("listener")).role()).isEqualTo(Role.VIEWER);
    }
}
