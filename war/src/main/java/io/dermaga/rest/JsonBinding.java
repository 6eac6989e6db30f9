package io.dermaga.rest;

import io.dermaga.dashboard.text.Format;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.net.InetSocketAddress;

/**
 * How records become JSON: their components by name; what is null is left out; times as ISO 8601 in
 * UTC, durations as ISO 8601, addresses as {@code 10.0.0.7:51422}.
 */
@Provider
public class JsonBinding implements ContextResolver<Jsonb> {

    private static final Jsonb JSON =
            JsonbBuilder.create(new JsonbConfig().withAdapters(new AddressText()));

    @Override
    public Jsonb getContext(Class<?> type) {
        return JSON;
    }

    /** The same outside of a response. */
    static String text(Object value) {
        return JSON.toJson(value);
    }

    /** An address as text. */
    public static final class AddressText implements JsonbAdapter<InetSocketAddress, String> {

        @Override
        public String adaptToJson(InetSocketAddress address) {
            return Format.address(address);
        }

        @Override
        public InetSocketAddress adaptFromJson(String text) {
            throw new UnsupportedOperationException("addresses are told, not taken");
        }
    }
}
