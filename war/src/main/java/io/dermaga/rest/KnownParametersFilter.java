package io.dermaga.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Refuses a parameter that the method does not have, or that is given twice: a misspelt filter
 * would mean everything.
 */
@Provider
public class KnownParametersFilter implements ContainerRequestFilter {

    @Context private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Set<String> known = parameters(resource.getResourceMethod());
        request.getUriInfo()
                .getQueryParameters()
                .forEach((name, values) -> check(name, values, known));
    }

    private static void check(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            throw Refused.bad(
                    "query parameter", name, known.isEmpty() ? "none" : String.join(", ", known));
        }
        if (values.size() > 1) {
            throw Refused.bad("parameter '" + name + "'", String.join(", ", values), "one value");
        }
    }

    /** Names of the query parameters of a method of a resource. */
    static Set<String> parameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            Stream<? extends AnnotatedElement> places =
                    parameter.isAnnotationPresent(BeanParam.class)
                            ? Arrays.stream(parameter.getType().getDeclaredFields())
                            : Stream.of(parameter);
            places.map(place -> place.getAnnotation(QueryParam.class))
                    .filter(query -> query != null)
                    .forEach(query -> names.add(query.value()));
        }
        return names;
    }
}
