package io.dermaga.adapter;

import io.dermaga.adapter.BeanMethods.BeanMethod;
import io.dermaga.api.BatchListener;
import io.dermaga.api.Connection;
import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import io.dermaga.api.Reply;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.Enlisted;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bean instance of the container. Where any of its methods is transacted, every delivery stands
 * between {@code beforeDelivery} and {@code afterDelivery}, a strict pair on this thread whatever
 * the bean throws (Connectors 2.1, chapter Message Inflow, "Transacted Delivery"): so that every
 * container enlists the resource that learns the outcome. (Payara fails a call without the pair
 * that follows one with it.)
 */
final class BeanEndpoint implements Endpoint {

    /** What a bean is called with. */
    @FunctionalInterface
    private interface Call {
        @Nullable Object make() throws Throwable;
    }

    private final MessageEndpoint endpoint;
    private final BeanMethods methods;
    private final @Nullable OutcomeResource resource;

    /** Before the end of the latest transaction; 0 if there is none. */
    private long returnedNanos;

    BeanEndpoint(
            MessageEndpoint endpoint, BeanMethods methods, @Nullable OutcomeResource resource) {
        this.endpoint = endpoint;
        this.methods = methods;
        this.resource = resource;
    }

    @Override
    public Outcome deliver(Payload payload) {
        BeanMethod method = Objects.requireNonNull(methods.onPayload());
        if (method.handle() == null) {
            return invoke(
                    method,
                    payload,
                    () -> {
                        ((PayloadListener) endpoint).onPayload(payload);
                        return null;
                    });
        }
        return invoke(method, payload, () -> invoke(method, new PayloadArguments(payload)));
    }

    @Override
    public Outcome deliver(List<Payload> payloads) {
        return invoke(
                Objects.requireNonNull(methods.onPayload()),
                payloads,
                () -> {
                    ((BatchListener) endpoint).onPayloads(payloads);
                    return null;
                });
    }

    @Override
    public Outcome tell(SocketEvent event, LaneOwner connection) {
        BeanMethod method = Objects.requireNonNull(methods.on(event.kind()));
        return invoke(method, event, () -> invoke(method, new EventArguments(event, connection)));
    }

    @Override
    public long returnedNanos() {
        return returnedNanos;
    }

    @Override
    public void release() {
        endpoint.release();
    }

    private @Nullable Object invoke(BeanMethod method, Arguments arguments) throws Throwable {
        List<Class<?>> parameters = method.parameters();
        @Nullable Object[] all = new @Nullable Object[parameters.size() + 1];
        all[0] = endpoint;
        for (int i = 0; i < parameters.size(); i++) {
            all[i + 1] = arguments.of(parameters.get(i));
        }
        return Objects.requireNonNull(method.handle()).invokeExact(all);
    }

    private Outcome invoke(BeanMethod method, Object delivered, Call call) {
        return resource == null ? plain(call) : paired(method, resource, delivered, call);
    }

    private static Outcome plain(Call call) {
        try {
            return success(call.make());
        } catch (Throwable failure) {
            return failed(failure);
        }
    }

    private Outcome paired(BeanMethod method, OutcomeResource learnt, Object delivered, Call call) {
        learnt.begin(delivered instanceof Enlisted enlisted ? enlisted.branch() : null);
        try {
            endpoint.beforeDelivery(method.method());
        } catch (NoSuchMethodException | ResourceException | RuntimeException e) {
            return Outcome.notCalled(cause(e));
        }
        Outcome returned = plain(call);
        returnedNanos = System.nanoTime();
        Outcome outcome = after(returned);
        if (!outcome.isFailure() && learnt.isRolledBack()) {
            return Outcome.failed("the transaction was rolled back", false);
        }
        return outcome;
    }

    private Outcome after(Outcome outcome) {
        try {
            endpoint.afterDelivery();
            return outcome;
        } catch (ResourceException | RuntimeException e) {
            return failed(e);
        }
    }

    private static Outcome success(@Nullable Object result) {
        if (result instanceof Reply reply) {
            return Outcome.replied(reply);
        }
        if (result instanceof byte[] bytes) {
            return Outcome.replied(Reply.of(bytes));
        }
        return result instanceof String text ? Outcome.replied(Reply.of(text)) : Outcome.SUCCESS;
    }

    /** Containers discard the instance after a system exception: it is not used again. */
    private static Outcome failed(Throwable failure) {
        return Outcome.failed(cause(failure), true);
    }

    /** What the bean has thrown, without what the container puts around it. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getClass().getName().startsWith("jakarta.ejb.")) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Arguments by type. */
    private interface Arguments {
        @Nullable Object of(Class<?> type);
    }

    private record PayloadArguments(Payload payload) implements Arguments {

        @Override
        public Object of(Class<?> type) {
            if (type == Payload.class) {
                return payload;
            }
            if (type == Connection.class) {
                return payload.connection();
            }
            if (type == byte[].class) {
                return payload.bytes();
            }
            if (type == ByteBuffer.class) {
                return payload.buffer();
            }
            return type == InputStream.class ? payload.stream() : payload.text();
        }
    }

    private record EventArguments(SocketEvent event, LaneOwner connection) implements Arguments {

        @Override
        public @Nullable Object of(Class<?> type) {
            if (type == Connection.class) {
                return connection;
            }
            if (event instanceof SocketEvent.Data data) {
                return data.as(type, connection.settings().charset());
            }
            if (event instanceof SocketEvent.Timeout timeout) {
                return timeout.which();
            }
            if (event instanceof SocketEvent.Failure failure) {
                return failure.cause();
            }
            return event instanceof SocketEvent.Close close ? close.reason() : null;
        }
    }
}
