package io.dermaga.bench.peer.springboot;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.dsl.TcpNetServerConnectionFactorySpec;
import org.springframework.integration.ip.tcp.serializer.AbstractByteArraySerializer;
import org.springframework.integration.ip.tcp.serializer.TcpCodecs;

/** The three servers. */
@Configuration(proxyBeanMethods = false)
class Flows {

    private static final int MAX_FRAME = 1 << 20;

    @Bean
    IntegrationFlow eofFlow(Payloads payloads) {
        return IntegrationFlow.from(Tcp.inboundAdapter(server("eof", TcpCodecs.raw(2 * MAX_FRAME))))
                .handle(payloads, "receive")
                .get();
    }

    @Bean
    IntegrationFlow framesFlow(Payloads payloads) {
        return IntegrationFlow.from(
                        Tcp.inboundAdapter(server("frames", TcpCodecs.lengthHeader4(MAX_FRAME))))
                .handle(payloads, "receive")
                .get();
    }

    @Bean
    IntegrationFlow echoFlow(Payloads payloads) {
        return IntegrationFlow.from(
                        Tcp.inboundGateway(server("echo", TcpCodecs.lengthHeader4(MAX_FRAME))))
                .handle(payloads, "echo")
                .get();
    }

    private static TcpNetServerConnectionFactorySpec server(
            String name, AbstractByteArraySerializer codec) {
        return Tcp.netServer(0)
                .id(name)
                .localAddress("127.0.0.1")
                .backlog(1024)
                .soTcpNoDelay(true)
                .serializer(codec)
                .deserializer(codec);
    }
}
