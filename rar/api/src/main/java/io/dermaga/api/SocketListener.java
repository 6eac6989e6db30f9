package io.dermaga.api;

/**
 * Marks a message-driven bean whose public methods carry {@link OnConnect}, {@link OnData}, {@link
 * OnPayload}, {@link OnEnd}, {@link OnDrain}, {@link OnTimeout}, {@link OnError} or {@link
 * OnClose}: the events of a Node.js socket. At least one must be present, each at most once. The
 * interface has no methods (Jakarta Enterprise Beans 4.0, 5.4.3 "no-methods listener interface").
 *
 * <p>Events of one connection are delivered one after the other in the order in which they
 * happened, on threads of the container. Parameters are bound by type, in any order:
 *
 * <ul>
 *   <li>every event: {@link Connection}
 *   <li>{@link OnPayload}: {@link Payload}, {@code byte[]}, {@code ByteBuffer} (read-only), {@code
 *       String} (the listener's charset), {@code InputStream}
 *   <li>{@link OnData}: {@code byte[]}, {@code ByteBuffer}, {@code String}, {@code InputStream}
 *   <li>{@link OnTimeout}: {@link TimeoutKind}
 *   <li>{@link OnError}: {@code Throwable}
 *   <li>{@link OnClose}: {@link CloseReason}
 * </ul>
 *
 * Any other parameter type, a second method for the same event, or a class without any annotated
 * public method fails the deployment with DMG1103.
 */
public interface SocketListener {}
