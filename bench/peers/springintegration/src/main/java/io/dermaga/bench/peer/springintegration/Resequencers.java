package io.dermaga.bench.peer.springintegration;

import static org.springframework.integration.IntegrationMessageHeaderAccessor.SEQUENCE_NUMBER;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.integration.StaticMessageHeaderAccessor;
import org.springframework.integration.aggregator.ResequencingMessageGroupProcessor;
import org.springframework.integration.aggregator.ResequencingMessageHandler;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/** Resequencers with the framework's defaults, releasing messages as soon as it is their turn. */
final class Resequencers {

    private Resequencers() {}

    static MessageHandler before(MessageHandler next) {
        DirectChannel output = new DirectChannel();
        output.subscribe(next);
        var resequencer = new ResequencingMessageHandler(new ResequencingMessageGroupProcessor());
        resequencer.setReleasePartialSequences(true);
        resequencer.setOutputChannel(output);
        resequencer.setBeanFactory(new DefaultListableBeanFactory());
        resequencer.afterPropertiesSet();
        resequencer.start();
        return message -> resequencer.handleMessage(withIntSequence(message));
    }

    // In 6.5.2 the connection numbers its messages with a Long, and the store accepts only Integer.
    private static Message<?> withIntSequence(Message<?> message) {
        int sequence = StaticMessageHeaderAccessor.getSequenceNumber(message);
        return MessageBuilder.fromMessage(message).setHeader(SEQUENCE_NUMBER, sequence).build();
    }
}
