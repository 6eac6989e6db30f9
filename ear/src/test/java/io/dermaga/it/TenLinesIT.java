package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.FreePorts;
import io.dermaga.it.support.Micro;
import io.dermaga.it.support.Tcp;
import io.dermaga.run.MicroServer;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The second shape of the product: the adapter alone, an application beside it. */
class TenLinesIT {

    @Test
    void a_bean_of_ten_lines_prints_what_it_receives() {
        int port = FreePorts.next();
        try (MicroServer server =
                Micro.start(
                        Micro.withAdapter("ten-lines")
                                .deploy(Built.tenLines())
                                .property("dermaga.inbox.port", Integer.toString(port))
                                .property("dermaga.inbox.host", "127.0.0.1"))) {
            Tcp.send(port, "hello, ten lines");

            await().untilAsserted(
                            () ->
                                    assertThat(Files.readString(server.log().file()))
                                            .contains("hello, ten lines"));
        }
    }
}
