package io.dermaga.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.contract.ContractBean.Call;
import io.dermaga.it.support.Tcp;
import java.io.File;
import java.net.URISyntaxException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the container and the adapter promise each other. The tests run inside the server. */
@ExtendWith(ArquillianExtension.class)
class ConnectorsContractIT {

    @Deployment
    static WebArchive application() throws URISyntaxException {
        return ShrinkWrap.create(WebArchive.class, "contract.war")
                .addClasses(ContractBean.class, Call.class, Tcp.class)
                .addAsLibrary(jarOf(Assertions.class));
    }

    @Test
    void a_payload_reaches_the_bean_on_a_thread_of_the_container() throws InterruptedException {
        Tcp.send(Integer.getInteger("dermaga.contract.port"), "hello, container");

        Call call = ContractBean.CALLS.poll(30, TimeUnit.SECONDS);

        assertThat(call).isNotNull();
        assertThat(call.text()).isEqualTo("hello, container");
        assertThat(call.thread()).contains("thread-pool");
    }

    private static File jarOf(Class<?> type) throws URISyntaxException {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
