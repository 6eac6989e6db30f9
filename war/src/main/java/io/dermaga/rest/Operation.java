package io.dermaga.rest;

import io.dermaga.security.Role;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A method of a resource, as roles and the audit see it.
 *
 * @param action its name in the audit, made of the class and the method: {@code listeners.pause}
 * @param role that it needs with the parameters that are given
 * @param acts whether it may change something
 */
record Operation(String action, String role, boolean acts) {

    private static final Set<String> READING =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /**
     * The operation of a request.
     *
     * @param given names of its query parameters
     */
    static Operation of(Method method, String httpMethod, Collection<String> given) {
        boolean acts = !READING.contains(httpMethod);
        String role =
                Optional.ofNullable(method.getAnnotation(Needs.class))
                        .map(Needs::value)
                        .or(() -> ofParameters(method, given))
                        .orElse(acts ? Role.OPERATOR : Role.VIEWER);
        return new Operation(action(method), role, acts);
    }

    private static Optional<String> ofParameters(Method method, Collection<String> given) {
        return Arrays.stream(method.getParameters())
                .filter(one -> one.isAnnotationPresent(BeanParam.class))
                .map(Parameter::getType)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(Needs.class))
                .filter(field -> given.contains(name(field)))
                .map(field -> field.getAnnotation(Needs.class).value())
                .findFirst();
    }

    private static String name(Field field) {
        QueryParam query = field.getAnnotation(QueryParam.class);
        return query == null ? "" : query.value();
    }

    static String action(Method method) {
        String resource = method.getDeclaringClass().getSimpleName().replaceFirst("Resource$", "");
        return resource.substring(0, 1).toLowerCase(Locale.ROOT)
                + resource.substring(1)
                + '.'
                + method.getName();
    }

    /** Whether it is kept in the audit. */
    boolean isAudited() {
        return acts || !role.equals(Role.VIEWER);
    }
}
