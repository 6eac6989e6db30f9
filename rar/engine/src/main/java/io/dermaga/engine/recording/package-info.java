/**
 * What is read from and written to connections, kept in files, and sent again.
 *
 * <p>In: copies of the bytes of both directions from event loops and workers, which never wait: a
 * bounded queue leads to the thread of the recording, and a connection that is faster than the disk
 * is cut out of the recording. Out: pcapng files that are complete up to their last block whatever
 * ends the process; on threads that ask. A replay has two threads of its own while it goes on. May
 * fail with {@link java.io.IOException} of the disk or a socket, told in the facts of the recording
 * or the replay; a connection never notices.
 */
@NullMarked
package io.dermaga.engine.recording;

import org.jspecify.annotations.NullMarked;
