package io.dermaga.rest;

/**
 * What came of writing to a connection.
 *
 * @param written bytes, with what the framing has put around them
 */
public record WrittenBody(int written) {}
