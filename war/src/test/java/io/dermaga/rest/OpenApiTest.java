package io.dermaga.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** openapi.yaml is valid, and says what the resources do. */
class OpenApiTest {

    private static final JsonNode DOCUMENT = read();

    /** Types that are written as a string or a number, with the format of the schema. */
    private static final Map<Type, String> SIMPLE =
            Map.of(
                    String.class, "string",
                    InetSocketAddress.class, "string",
                    Instant.class, "string date-time",
                    Duration.class, "string duration",
                    long.class, "integer int64",
                    Long.class, "integer int64",
                    int.class, "integer int32",
                    double.class, "number double",
                    boolean.class, "boolean");

    private static String text() {
        try (InputStream stream = OpenApiTest.class.getResourceAsStream(OpenApiResource.DOCUMENT)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(text());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Methods of resources by {@code get /v1/adapter}. */
    private static Map<String, Method> methods() {
        Map<String, Method> methods = new TreeMap<>();
        for (Class<?> resource : RestApplication.RESOURCES) {
            String root = resource.getAnnotation(Path.class).value();
            for (Method method : resource.getDeclaredMethods()) {
                Path path = method.getAnnotation(Path.class);
                Stream.of(method.getAnnotations())
                        .map(one -> one.annotationType().getAnnotation(HttpMethod.class))
                        .filter(one -> one != null)
                        .forEach(
                                one ->
                                        methods.put(
                                                one.value().toLowerCase(Locale.ROOT)
                                                        + " /"
                                                        + root
                                                        + (path == null ? "" : "/" + path.value()),
                                                method));
            }
        }
        return methods;
    }

    private static Method method(String name) {
        return Objects.requireNonNull(methods().get(name), name);
    }

    /** Operations of the document, by the same. */
    private static Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.put(method.getKey() + " " + path.getKey(), method.getValue());
            }
        }
        return operations;
    }

    private static JsonNode resolved(JsonNode node) {
        JsonNode ref = node.get("$ref");
        return ref == null ? node : DOCUMENT.at(ref.asText().substring(1));
    }

    @Test
    void the_document_is_valid() {
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(text());

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(parsed.getOpenAPI().getPaths()).hasSameSizeAs(DOCUMENT.get("paths"));
    }

    @Test
    void every_path_and_method_is_in_both() {
        assertThat(operations().keySet()).isEqualTo(methods().keySet()).hasSizeGreaterThan(25);
    }

    @Test
    void every_parameter_is_in_both() {
        operations()
                .forEach(
                        (name, operation) ->
                                assertThat(parameters(operation))
                                        .as(name)
                                        .isEqualTo(parameters(method(name))));
    }

    private static Collection<String> parameters(JsonNode operation) {
        Collection<String> parameters = new TreeSet<>();
        for (JsonNode one : operation.path("parameters")) {
            JsonNode parameter = resolved(one);
            parameters.add(parameter.get("in").asText() + " " + parameter.get("name").asText());
        }
        return parameters;
    }

    private static Collection<String> parameters(Method method) {
        Collection<String> parameters = new TreeSet<>();
        KnownParametersFilter.parameters(method).forEach(name -> parameters.add("query " + name));
        for (Annotation[] annotations : method.getParameterAnnotations()) {
            for (Annotation one : annotations) {
                if (one instanceof PathParam path) {
                    parameters.add("path " + path.value());
                } else if (one instanceof HeaderParam header) {
                    parameters.add("header " + header.value());
                }
            }
        }
        return parameters;
    }

    @Test
    void every_body_is_in_both() {
        operations()
                .forEach(
                        (name, operation) ->
                                assertThat(operation.has("requestBody"))
                                        .as(name)
                                        .isEqualTo(
                                                List.of(method(name).getParameterTypes())
                                                        .contains(InputStream.class)));
    }

    @Test
    void every_answer_has_the_members_of_its_record() {
        operations()
                .forEach(
                        (name, operation) -> {
                            JsonNode answer = operation.at("/responses/200/content");
                            JsonNode schema = answer.at("/application~1json/schema");
                            Type type = method(name).getGenericReturnType();
                            if (!schema.isMissingNode()) {
                                same(name, resolved(schema), type, Map.of());
                            }
                        });
    }

    private static void same(
            String where, JsonNode schema, Type type, Map<String, Type> variables) {
        Type known = variables.getOrDefault(type.getTypeName(), type);
        String simple = SIMPLE.get(known);
        if (simple != null) {
            String format = schema.has("format") ? " " + schema.get("format").asText() : "";
            assertThat(schema.get("type").asText() + format).as(where).isEqualTo(simple);
        } else if (known instanceof ParameterizedType parameterized) {
            generic(where, schema, parameterized, variables);
        } else if (known instanceof Class<?> enumeration && enumeration.isEnum()) {
            assertThat(texts(schema.get("enum")))
                    .as(where)
                    .isEqualTo(
                            Arrays.stream(enumeration.getEnumConstants())
                                    .map(Object::toString)
                                    .toList());
        } else {
            assertThat(known).as(where).isInstanceOf(Class.class);
            record(where, schema, (Class<?>) known, Map.of());
        }
    }

    private static void generic(
            String where, JsonNode schema, ParameterizedType type, Map<String, Type> variables) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type argument = type.getActualTypeArguments()[0];
        Type first = variables.getOrDefault(argument.getTypeName(), argument);
        if (Collection.class.isAssignableFrom(raw)) {
            assertThat(schema.get("type").asText()).as(where).isEqualTo("array");
            same(where + "[]", resolved(schema.get("items")), first, Map.of());
        } else if (Map.class.isAssignableFrom(raw)) {
            same(where + " names", resolved(schema.get("propertyNames")), first, Map.of());
        } else {
            record(where, schema, raw, Map.of("T", first));
        }
    }

    private static void record(
            String where, JsonNode schema, Class<?> type, Map<String, Type> variables) {
        assertThat(type.isRecord()).as(where + ": " + type).isTrue();
        List<RecordComponent> components = List.of(type.getRecordComponents());
        assertThat(schema.get("properties").fieldNames())
                .toIterable()
                .as(where)
                .containsExactlyInAnyOrderElementsOf(
                        components.stream().map(RecordComponent::getName).toList());
        assertThat(texts(schema.get("required")))
                .as(where + " required")
                .containsExactlyInAnyOrderElementsOf(
                        components.stream()
                                .filter(
                                        one ->
                                                !one.getAnnotatedType()
                                                        .isAnnotationPresent(Nullable.class))
                                .map(RecordComponent::getName)
                                .toList());
        for (RecordComponent one : components) {
            same(
                    where + "." + one.getName(),
                    resolved(schema.get("properties").get(one.getName())),
                    one.getGenericType(),
                    variables);
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
