package io.dermaga.engine.listen;

import io.dermaga.api.TlsSession;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.engine.recording.Recorder;
import io.dermaga.engine.recording.Subject;

/** How connections come into recordings. On the event loop of the connection. */
final class Recorded {

    private Recorded() {}

    /** A connection opens; nothing was read or written yet. */
    static void opened(TcpConnection connection, Recorder recorder) {
        if (recorder.isRecording()) {
            connection.tape(recorder.opened(subject(connection, true)));
        }
    }

    /** A recording has begun, and the connection may have been open before. */
    static void joined(TcpConnection connection, Recorder recorder, String recording) {
        if (connection.handler().hasOpened() && connection.state() != ConnectionState.CLOSED) {
            connection.tape(
                    recorder.joined(recording, connection.tape(), subject(connection, false)));
        }
    }

    private static Subject subject(TcpConnection connection, boolean whole) {
        return new Subject(
                connection.id(),
                connection.listener(),
                connection.remoteAddress(),
                connection.localAddress(),
                connection.settings().dialing() != null,
                connection.tls().map(TlsSession::protocol).orElse(null),
                whole,
                connection.bytesRead(),
                connection.bytesWritten());
    }
}
