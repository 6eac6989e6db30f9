package io.dermaga.adapter;

import io.dermaga.api.CloseReason;
import io.dermaga.api.Connection;
import io.dermaga.api.OnClose;
import io.dermaga.api.OnConnect;
import io.dermaga.api.OnData;
import io.dermaga.api.OnDrain;
import io.dermaga.api.OnEnd;
import io.dermaga.api.OnError;
import io.dermaga.api.OnPayload;
import io.dermaga.api.OnTimeout;
import io.dermaga.api.Payload;
import io.dermaga.api.Reply;
import io.dermaga.api.TimeoutKind;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.SocketEvent.Kind;
import io.dermaga.engine.settings.SettingsException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a bean by event, as method handles, with what each is given and whether its
 * delivery is transacted.
 */
final class BeanMethods {

    private static final Set<Class<?>> CONTENT =
            Set.of(byte[].class, ByteBuffer.class, String.class, InputStream.class);

    private static final Set<Class<?>> REPLIES = Set.of(Reply.class, byte[].class, String.class);

    private static final Map<Class<? extends Annotation>, Kind> EVENTS =
            Map.of(
                    OnConnect.class, Kind.CONNECT,
                    OnData.class, Kind.DATA,
                    OnEnd.class, Kind.END,
                    OnDrain.class, Kind.DRAIN,
                    OnTimeout.class, Kind.TIMEOUT,
                    OnError.class, Kind.ERROR,
                    OnClose.class, Kind.CLOSE);

    /**
     * A method of a bean.
     *
     * @param method for the container
     * @param transacted whether the container wants a transaction around it
     * @param handle takes an array of the bean and the arguments; null where the interface is
     *     called
     * @param parameters what it is given, by type
     */
    record BeanMethod(
            Method method,
            boolean transacted,
            @Nullable MethodHandle handle,
            List<Class<?>> parameters) {}

    private final @Nullable BeanMethod onPayload;
    private final Map<Kind, BeanMethod> onEvent;

    private BeanMethods(@Nullable BeanMethod onPayload, Map<Kind, BeanMethod> onEvent) {
        this.onPayload = onPayload;
        this.onEvent = onEvent;
    }

    /** The one method of a typed listener interface. */
    static BeanMethods ofListener(MessageEndpointFactory factory, Method method) {
        return new BeanMethods(
                new BeanMethod(method, transacted(factory, method), null, List.of()), Map.of());
    }

    /**
     * The annotated methods of a bean class.
     *
     * @throws SettingsException DMG1103 if they do not fit
     */
    static BeanMethods ofAnnotated(MessageEndpointFactory factory) {
        Class<?> type = factory.getEndpointClass();
        List<String> problems = new ArrayList<>();
        BeanMethod onPayload = null;
        Map<Kind, BeanMethod> onEvent = new EnumMap<>(Kind.class);
        for (Method method : type.getMethods()) {
            if (method.isBridge()) {
                continue;
            }
            if (method.isAnnotationPresent(OnPayload.class)) {
                if (onPayload != null) {
                    problems.add(problem(method, "is the second with @OnPayload", "one"));
                }
                check(method, allowed(null), true, problems);
                onPayload = bind(factory, method, problems);
            }
            for (Map.Entry<Class<? extends Annotation>, Kind> event : EVENTS.entrySet()) {
                if (method.isAnnotationPresent(event.getKey())) {
                    check(method, allowed(event.getValue()), false, problems);
                    BeanMethod bound = bind(factory, method, problems);
                    if (bound != null && onEvent.put(event.getValue(), bound) != null) {
                        String name = "@" + event.getKey().getSimpleName();
                        problems.add(problem(method, "is the second with " + name, "one"));
                    }
                }
            }
        }
        if (onPayload == null && onEvent.isEmpty() && problems.isEmpty()) {
            problems.add(
                    "DMG1103 class '%s' has no public method with @OnPayload or another of the socket annotations, allowed: one or more"
                            .formatted(type.getName()));
        }
        if (!problems.isEmpty()) {
            throw new SettingsException("bean '" + type.getName() + "'", problems);
        }
        return new BeanMethods(onPayload, onEvent);
    }

    /** The method whose value is the reply to a payload; null if there is none. */
    @Nullable Method replying() {
        BeanMethod method = onPayload;
        return method == null || method.method().getReturnType() == void.class
                ? null
                : method.method();
    }

    private static Set<Class<?>> allowed(@Nullable Kind kind) {
        Set<Class<?>> allowed = new LinkedHashSet<>(Set.of(Connection.class));
        if (kind == null) {
            allowed.add(Payload.class);
            allowed.addAll(CONTENT);
        } else if (kind == Kind.DATA) {
            allowed.addAll(CONTENT);
        } else if (kind == Kind.TIMEOUT) {
            allowed.add(TimeoutKind.class);
        } else if (kind == Kind.ERROR) {
            allowed.add(Throwable.class);
        } else if (kind == Kind.CLOSE) {
            allowed.add(CloseReason.class);
        }
        return allowed;
    }

    private static void check(
            Method method, Set<Class<?>> allowed, boolean mayReply, List<String> problems) {
        for (Class<?> parameter : method.getParameterTypes()) {
            if (!allowed.contains(parameter)) {
                problems.add(
                        problem(
                                method,
                                "has a parameter of type " + parameter.getSimpleName(),
                                allowed.stream()
                                        .map(Class::getSimpleName)
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
            }
        }
        Class<?> result = method.getReturnType();
        boolean reply = mayReply && REPLIES.contains(result);
        if (result != void.class && !reply) {
            problems.add(
                    problem(
                            method,
                            "returns " + result.getSimpleName(),
                            mayReply ? "void, Reply, byte[], String" : "void"));
        }
    }

    private static String problem(Method method, String given, String allowed) {
        return "DMG1103 method '%s' of class '%s' %s, allowed: %s"
                .formatted(method.getName(), method.getDeclaringClass().getName(), given, allowed);
    }

    private static @Nullable BeanMethod bind(
            MessageEndpointFactory factory, Method method, List<String> problems) {
        try {
            if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
                throw new IllegalAccessException();
            }
            MethodHandle handle =
                    MethodHandles.publicLookup()
                            .unreflect(method)
                            .asFixedArity()
                            .asSpreader(Object[].class, method.getParameterCount() + 1)
                            .asType(MethodType.methodType(Object.class, Object[].class));
            return new BeanMethod(
                    method,
                    transacted(factory, method),
                    handle,
                    Arrays.asList(method.getParameterTypes()));
        } catch (IllegalAccessException e) {
            problems.add(problem(method, "is not accessible", "public methods of a public class"));
            return null;
        }
    }

    private static boolean transacted(MessageEndpointFactory factory, Method method) {
        try {
            return factory.isDeliveryTransacted(method);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("DMG1106 the container does not know " + method, e);
        }
    }

    /** What the bean takes. */
    BeanShape shape() {
        Set<Kind> events = EnumSet.noneOf(Kind.class);
        events.addAll(onEvent.keySet());
        return new BeanShape(onPayload != null, false, events);
    }

    /** Whether the outcome of a transaction is to be learnt. */
    boolean anyTransacted() {
        return (onPayload != null && onPayload.transacted())
                || onEvent.values().stream().anyMatch(BeanMethod::transacted);
    }

    @Nullable BeanMethod onPayload() {
        return onPayload;
    }

    @Nullable BeanMethod on(Kind kind) {
        return onEvent.get(kind);
    }
}
