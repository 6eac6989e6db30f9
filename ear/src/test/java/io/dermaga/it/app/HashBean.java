package io.dermaga.it.app;

import io.dermaga.api.Payload;
import io.dermaga.api.PayloadListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests payloads of any size. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "name", propertyValue = "hash"),
            @ActivationConfigProperty(propertyName = "maxPayload", propertyValue = "4GiB")
        })
public class HashBean implements PayloadListener {
    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void onPayload(Payload payload) {
        try (InputStream in = payload.stream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            Ledger.of("hash")
                    .note(
                            "port" + payload.connection().remoteAddress().getPort(),
                            payload.size() + ":" + HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
