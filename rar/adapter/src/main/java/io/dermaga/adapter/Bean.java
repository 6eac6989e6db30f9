package io.dermaga.adapter;

import io.dermaga.api.BatchListener;
import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import io.dermaga.api.SocketListener;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.EndpointSource;
import io.dermaga.engine.lane.EndpointUnavailableException;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.settings.Acknowledge;
import io.dermaga.engine.settings.ActivationSettings;
import io.dermaga.engine.settings.SettingsException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deployed bean: what it takes, and where its instances come from. */
final class Bean implements EndpointSource {

    private final MessageEndpointFactory factory;
    private final BeanShape shape;
    private final BeanMethods methods;

    private Bean(MessageEndpointFactory factory, BeanShape shape, BeanMethods methods) {
        this.factory = factory;
        this.shape = shape;
        this.methods = methods;
    }

    /**
     * Looks at the class of the bean.
     *
     * @throws SettingsException DMG1103 if it is no listener, or its annotated methods do not fit
     */
    static Bean of(MessageEndpointFactory factory) {
        Class<?> type = factory.getEndpointClass();
        if (PayloadListener.class.isAssignableFrom(type)) {
            Method method = method(PayloadListener.class, "onPayload", Payload.class);
            return new Bean(
                    factory, BeanShape.ofPayloads(), BeanMethods.ofListener(factory, method));
        }
        if (BatchListener.class.isAssignableFrom(type)) {
            Method method = method(BatchListener.class, "onPayloads", List.class);
            return new Bean(
                    factory, BeanShape.ofBatches(), BeanMethods.ofListener(factory, method));
        }
        if (SocketListener.class.isAssignableFrom(type)) {
            BeanMethods methods = BeanMethods.ofAnnotated(factory);
            return new Bean(factory, methods.shape(), methods);
        }
        throw new SettingsException(
                "bean '" + type.getName() + "'",
                List.of(
                        "DMG1103 class '%s' implements none of PayloadListener, BatchListener, SocketListener"
                                .formatted(type.getName())));
    }

    private static Method method(Class<?> type, String name, Class<?> parameter) {
        try {
            return type.getMethod(name, parameter);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    BeanShape shape() {
        return shape;
    }

    /**
     * Whether it can keep to the settings of its listeners.
     *
     * @throws SettingsException DMG1109 if it returns replies that a listener would never send
     */
    void check(ActivationSettings settings) {
        Method method = methods.replying();
        if (method == null) {
            return;
        }
        List<String> problems =
                settings.listeners().stream()
                        .filter(one -> one.delivery().acknowledge() != Acknowledge.ON_DELIVERY)
                        .map(
                                one ->
                                        "DMG1109 method '%s' of class '%s' returns a reply that listener '%s' would never send: given acknowledge=%s, allowed: ON_DELIVERY, or a method that returns void"
                                                .formatted(
                                                        method.getName(),
                                                        method.getDeclaringClass().getName(),
                                                        one.name(),
                                                        one.delivery().acknowledge()))
                        .toList();
        if (!problems.isEmpty()) {
            throw new SettingsException(
                    "bean '" + method.getDeclaringClass().getName() + "'", problems);
        }
    }

    @Override
    public ClassLoader classLoader() {
        return factory.getEndpointClass().getClassLoader();
    }

    /** The simple name of the class, its first letter in lower case. */
    String defaultName() {
        String name = factory.getEndpointClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    @Override
    public Endpoint create() throws EndpointUnavailableException {
        @Nullable OutcomeResource resource = methods.anyTransacted() ? new OutcomeResource() : null;
        try {
            MessageEndpoint endpoint = factory.createEndpoint(resource);
            return new BeanEndpoint(endpoint, methods, resource);
        } catch (UnavailableException | RuntimeException e) {
            throw new EndpointUnavailableException(Escape.cause(e));
        }
    }
}
