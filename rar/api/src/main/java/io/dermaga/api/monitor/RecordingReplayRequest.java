package io.dermaga.api.monitor;

/**
 * Which connection is to be replayed.
 *
 * @param recording its id
 * @param connection id of the connection in it
 * @param listener name of the listener that its bytes are sent to
 * @param speed 1: as it was; 2: twice as fast; 0: as fast as answers come; at most {@link
 *     #MOST_SPEED}
 */
public record RecordingReplayRequest(
        String recording, String connection, String listener, double speed) {

    /** Faster is 0. */
    public static final double MOST_SPEED = 1000;
}
